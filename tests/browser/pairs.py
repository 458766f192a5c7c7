"""Few combinations that still try every two values together.

Most mistakes need one value, or two that meet (Kuhn, Kacker and Lei, NIST SP 800-142, 2010), so
a page is not opened in every language by every role in every size, but in a set of combinations
in which each two of these occur side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import Any

Row = tuple[Any, ...]
Pair = tuple[int, int, Any, Any]


def pairs_of(row: Row, together: Callable[[int, int], bool]) -> set[Pair]:
    """Return each two values of `row` that are to be tried together, with their places."""
    return {
        (one, other, row[one], row[other])
        for one, other in combinations(range(len(row)), 2)
        if together(one, other)
    }


def cover(
    factors: Sequence[Sequence[Any]],
    *,
    allowed: Callable[[Row], bool] = lambda row: True,
    together: Callable[[int, int], bool] = lambda one, other: True,
) -> list[Row]:
    """Return rows that hold every pair of values that some allowed row holds.

    `together` names, by their places, the factors whose values are paired; a value of every
    factor occurs in any case. Each step takes the row with the most pairs that are still to be
    tried, the first of these, so the same factors always give the same rows.
    """
    numbers: dict[Pair, int] = {}
    rows: list[tuple[int, Row]] = []
    for places in product(*(range(len(factor)) for factor in factors)):
        row = tuple(factor[place] for factor, place in zip(factors, places, strict=True))
        if allowed(row):
            held = pairs_of(places, together) | {(at, at, it, it) for at, it in enumerate(places)}
            # A set as the bits of a number: thousands of them are compared.
            bits = sum(1 << numbers.setdefault(pair, len(numbers)) for pair in held)
            rows.append((bits, row))
    left = (1 << len(numbers)) - 1
    found = []
    while left:
        bits, row = max(rows, key=lambda one: (one[0] & left).bit_count())
        left &= ~bits
        found.append(row)
    return found

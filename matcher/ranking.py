"""From similarities to an order: fusion, the pull of coverage, a spread over employers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.types import Reason, Requirement

Values = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """What counts how much in the order. Chosen on our own evaluation profiles.

    All terms are in standard deviations over the pool before they are weighed.
    """

    meaning: float = 1.3
    wording: float = 0.5
    coverage: float = 0.5
    calling: float = 0.3
    """How near the profession comes to its names, its days, and how people wish for it."""
    origins: float = 0.3
    """What the occupations that somebody names usually bring."""
    ambition: float = 0.4
    """People say more, and more exactly, of what they can than of what they want."""
    gate_missing: float = 0.6
    """When the text does not speak of a register that is asked; half of it when it only comes
    near to a profession that asks it."""
    denied: float = 6.0
    """When all that is asked is what the person said that they cannot do; else its share."""
    same_employer: float = 0.06

    def parts(self, trusted: float) -> tuple[float, ...]:
        """The weights of the parts of one text, in the order in which they are scored.

        `trusted`, 0 to 1, is how far the encoder knows the language of the text.
        """
        return (
            self.meaning * trusted,
            self.wording,
            self.coverage,
            self.calling * trusted,
            self.origins,
        )


@dataclass(frozen=True, slots=True)
class Spread:
    """Middle and spread of a similarity over the pool, against which one value is judged."""

    middle: float
    deviation: float

    def standard(self, values: Values) -> Values:
        """Values in standard deviations from the middle."""
        found: Values = ((values - self.middle) / self.deviation).astype(np.float32)
        return found


USUAL = ((0.3, 0.12), (0.04, 0.03), (0.2, 0.12), (0.35, 0.1), (0.1, 0.1))
"""Usual middle and spread of each part, for a pool that is too small to tell."""
_PRIOR_COUNT = 8
"""A pool of a few says little about spread; it counts as if so many usual values were there."""


def spread(sample: Values, usual_middle: float, usual_deviation: float) -> Spread:
    """Estimate the spread from a sample, drawn to the usual values when the sample is small."""
    count = len(sample)
    if not count:
        return Spread(usual_middle, usual_deviation)
    middle = (float(sample.sum()) + _PRIOR_COUNT * usual_middle) / (count + _PRIOR_COUNT)
    squares = float(((sample - middle) ** 2).sum())
    variance = (squares + _PRIOR_COUNT * usual_deviation**2) / (count + _PRIOR_COUNT)
    return Spread(middle, max(variance**0.5, 1e-4))


class Shown(NamedTuple):
    """How strongly a profile shows a requirement: a reason without its words."""

    requirement: Requirement
    strength: float


def coverage_score(reasons: Sequence[Reason | Shown]) -> float | None:
    """Mean strength over what is asked, 0 to 1, critical ones double; None when nothing counts.

    Legal gates are facts and stay out of it.
    """
    weighed = [
        (reason.strength, 2.0 if reason.requirement.critical else 1.0)
        for reason in reasons
        if not reason.requirement.legal
    ]
    if not weighed:
        return None
    total = sum(weight for _, weight in weighed)
    return sum(strength * weight for strength, weight in weighed) / total


STANDING = 0.15
"""What a caller knows of an opportunity besides the match moves its total by so much at most.

Chosen on the development profiles; docs/matching.md tells what it does to the order.
"""


def nudged(total: float, identifier: str, standing: Mapping[str, float]) -> float:
    """A total with the standing of its opportunity: STANDING more at 1, as much less at -1.

    Raises:
        ValueError: the standing lies outside -1 to 1.
    """
    known = standing.get(identifier, 0.0)
    if not -1 <= known <= 1:
        raise ValueError(f"the standing of '{identifier}' is {known}; it must lie within -1 and 1")
    return total + STANDING * known


def to_unit(total: float) -> float:
    """The summed evidence, in standard deviations, as a score from 0 to 1 that keeps the order."""
    return float(1 / (1 + np.exp(min((1.5 - total) / 1.2, 700.0))))


def spread_over_employers(
    scored: Sequence[tuple[float, str, str | None]], weight: float
) -> list[int]:
    """Order (score, id, employer) so that one employer does not fill the first page.

    Greedy: each earlier place of the same employer costs `weight` times the square root of
    their number, in the unit of the scores. Ties go by id. Returns positions in `scored`.
    """
    order = sorted(range(len(scored)), key=lambda i: (-scored[i][0], scored[i][1]))
    queues: dict[str, list[int]] = {}
    for position in order:
        # Without an employer each stands for itself.
        employer = scored[position][2] or f"\0{scored[position][1]}"
        queues.setdefault(employer, []).append(position)
    # Only the employer that was chosen changes its offer, so a heap of offers suffices.
    offers: list[tuple[float, str, str, int]] = []

    def offer(employer: str, earlier: int) -> None:
        if earlier < len(queues[employer]):
            score, identifier, _ = scored[queues[employer][earlier]]
            heappush(offers, (weight * earlier**0.5 - score, identifier, employer, earlier))

    for employer in queues:
        offer(employer, 0)
    found: list[int] = []
    while offers:
        _, _, employer, earlier = heappop(offers)
        found.append(queues[employer][earlier])
        offer(employer, earlier + 1)
    return found

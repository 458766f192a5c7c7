"""The measures, and how sure they are.

nDCG@10 with gains 0, 1 and 3 for grades 0, 1 and 2 (Järvelin and Kekäläinen, 2002); hit@k,
whether one of grade 2 is among the first k; MRR, one over the place of the first of grade 2
(Voorhees, 1999). All from 0 to 1. Intervals by the bootstrap over profiles, percentile method
(Efron and Tibshirani, 1993).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]

SEED = 20261121
RESAMPLES = 2_000
DEPTH = 10
_GAIN = {0: 0.0, 1: 1.0, 2: 3.0}


@dataclass(frozen=True, slots=True)
class Scores:
    """How one ranker did on each profile: arrays of shape (profiles,), in their order."""

    ndcg: Numbers
    hit1: Numbers
    hit3: Numbers
    mrr: Numbers


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval; all NaN where there was nothing to take a mean of."""

    mean: float
    low: float
    high: float


def measure(grades: Sequence[Mapping[str, int]], orders: Sequence[Sequence[str]]) -> Scores:
    """Compare orders of ids, best first, with grades; what is not graded has grade 0.

    Raises:
        ValueError: there are not as many orders as grades.
    """
    rows = [_measured(wanted, order) for wanted, order in zip(grades, orders, strict=True)]
    columns = np.array(rows, dtype=np.float64).reshape(len(rows), 4).T
    return Scores(*columns)


def interval(values: Numbers) -> Interval:
    """The mean of values and its 95 % bootstrap interval, the same at every call.

    For a paired comparison, give the differences. Arrays of one length are resampled alike.
    """
    if not len(values):
        return Interval(np.nan, np.nan, np.nan)
    drawn = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))


def _measured(grades: Mapping[str, int], order: Sequence[str]) -> tuple[float, ...]:
    gains = [_GAIN[grades.get(identifier, 0)] for identifier in order[:DEPTH]]
    ideal = sorted((_GAIN[grade] for grade in grades.values()), reverse=True)[:DEPTH]
    first = next((n for n, one in enumerate(order, start=1) if grades.get(one) == 2), None)
    hits = tuple(float(first is not None and first <= k) for k in (1, 3))
    return (_discounted(gains) / _discounted(ideal), *hits, 1 / first if first else 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(place + 1) for place, gain in enumerate(gains, start=1)))

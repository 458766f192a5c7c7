"""Real text: does an alternative name of an occupation find that occupation?

The pool is every Dutch occupation of ESCO by its preferred name and description; the queries are
alternative names that were held out of the training (`matcher.training.corpora`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.encoder import Encoder
from matcher.engine import Engine
from matcher.evaluation.baselines import RANDOM, Baseline, baselines, places
from matcher.evaluation.measures import SEED
from matcher.training.corpora import Occupation, held_out_names, unseen
from matcher.types import Opportunity, Profile

QUERIES = 2_000
"""At most so many names are asked, drawn by a fixed seed: more would take minutes."""
TEN = 10
_PORTION = 250
"""Queries at a time against the whole pool, so that the nearness fits in some megabytes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions, and at which place each ranker found the answer; 0 is not among ten.

    `places` has one array of shape (queries,) per ranker; `unseen`, of the same shape, tells
    whether every name of the occupation was held out. `shared` is the share of the questions
    that are a name of more than one occupation, of which only one counts as found.
    """

    held_out: int
    shared: float
    unseen: npt.NDArray[np.bool_]
    places: dict[str, npt.NDArray[np.int64]]


def opportunity_of(occupation: Occupation) -> Opportunity:
    """An occupation as the engine takes it; its id is the last part of the uri."""
    return Opportunity(_tail(occupation.uri), occupation.name, occupation.description)


def ask(
    occupations: Sequence[Occupation], engine: Engine, own: Encoder, most: int = QUERIES
) -> Asked:
    """Ask held-out names of an engine without a pool, which is filled, and of the baselines.

    Raises:
        ValueError: the engine has a pool already, or no name is held out.
    """
    if len(engine):
        raise ValueError("the engine has a pool already")
    everything = held_out_names(occupations)
    if not everything:
        raise ValueError("no name is held out")
    drawn = np.random.default_rng(SEED).permutation(len(everything))[:most]
    asked = [everything[number] for number in sorted(drawn)]
    row_of = {one.uri: row for row, one in enumerate(occupations)}
    wanted = [row_of[uri] for uri, _ in asked]
    queries = [name for _, name in asked]
    named = Counter(
        name
        for one in occupations
        for name in {one.name.casefold(), *(other.casefold() for other in one.others)}
    )
    found = {
        name: _baseline_places(baseline, queries, wanted)
        for name, baseline in baselines(
            [f"{one.name}\n{one.description}" for one in occupations], own
        ).items()
        if name != RANDOM
    }
    engine.add([opportunity_of(one) for one in occupations])
    found["engine"] = np.array(
        [_engine_place(engine, name, _tail(uri)) for uri, name in asked], dtype=np.int64
    )
    return Asked(
        held_out=len(everything),
        shared=float(np.mean([named[name.casefold()] > 1 for name in queries])),
        unseen=np.array([unseen(uri) for uri, _ in asked], dtype=np.bool_),
        places=found,
    )


def share_within(found: npt.NDArray[np.int64], last: int) -> float:
    """The share that was found at place `last` or earlier; NaN when nothing was asked."""
    return float(((found >= 1) & (found <= last)).mean()) if len(found) else float("nan")


def _baseline_places(
    baseline: Baseline, queries: Sequence[str], wanted: Sequence[int]
) -> npt.NDArray[np.int64]:
    found = np.concatenate(
        [
            places(baseline(queries[start : start + _PORTION]), wanted[start : start + _PORTION])
            for start in range(0, len(queries), _PORTION)
        ]
    )
    return np.where(found <= TEN, found, 0)


def _engine_place(engine: Engine, name: str, wanted: str) -> int:
    matches = engine.rank(Profile("name", name), limit=TEN).matches
    return next((n for n, one in enumerate(matches, start=1) if one.opportunity == wanted), 0)


def _tail(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]

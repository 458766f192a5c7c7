"""Does the engine say *met* when a sentence shows a competence, and only then?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import Field

from matcher.datafiles import Record, by_id, read_records
from matcher.engine import Engine
from matcher.evaluation.measures import SEED
from matcher.evaluation.profiles import Half
from matcher.framework import Framework, check_ids
from matcher.sayings import Identifier
from matcher.types import Status

PAIRS = "coverage.yaml"
GRID = tuple(round(0.20 + 0.05 * step, 2) for step in range(14))
"""Strengths that are tried as the threshold of *met*."""
_UNRELATED = 3


class GradedPair(Record):
    """A sentence and a competence: whether the sentence shows it, as somebody read it."""

    id: Identifier
    language: str = Field(pattern="^(nl|en)$")
    sentence: str
    competence: Identifier
    grade: Status
    half: Half = Half.DEVELOPMENT


@dataclass(frozen=True, slots=True)
class Judged:
    """What the engine said of pairs: arrays of shape (pairs,), in their order.

    `called` is whether it said *met*, `strength` runs from 0 to 1.
    """

    grades: tuple[Status, ...]
    called: npt.NDArray[np.bool_]
    strength: npt.NDArray[np.float64]

    def share_called(self, grade: Status, threshold: float | None = None) -> float:
        """The share of the pairs with this grade that was called met, or would be from this
        strength on; NaN when there is no such pair.
        """
        rows = self._graded(grade)
        return float(self._called(threshold)[rows].mean()) if rows.any() else float("nan")

    def figures(self, threshold: float | None = None) -> Figures:
        """Precision and recall of *met*, as it was called, or from this strength on."""
        called = self._called(threshold)
        met = self._graded(Status.MET)
        right = float((called & met).sum())
        return Figures(
            precision=right / called.sum() if called.any() else float("nan"),
            recall=right / met.sum() if met.any() else float("nan"),
        )

    def _called(self, threshold: float | None) -> npt.NDArray[np.bool_]:
        return self.called if threshold is None else self.strength >= threshold

    def _graded(self, grade: Status) -> npt.NDArray[np.bool_]:
        return np.array([one is grade for one in self.grades], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of what was called met, the share that is; and of what is met, the share so called.

    Both from 0 to 1; NaN where nothing was called met, or nothing is.
    """

    precision: float
    recall: float


def load_pairs(file: Path, known: Framework) -> list[GradedPair]:
    """Read the graded pairs.

    Raises:
        DataFileError: a pair does not fit or names a competence that is not known.
    """
    records = read_records(file, GradedPair)
    for located in records:
        check_ids(located, "competence", [located.record.competence], known.competences)
    return list(by_id(records).values())


def judge_pairs(pairs: Sequence[GradedPair], engine: Engine) -> Judged:
    """Ask the engine about every pair."""
    asked = [(pair.sentence, pair.competence) for pair in pairs]
    return _judged(asked, [pair.grade for pair in pairs], engine)


def judge_unrelated(pairs: Sequence[GradedPair], engine: Engine) -> Judged:
    """Ask the engine about the sentences of pairs with competences drawn at random.

    Three per sentence, by a fixed seed, none of which somebody graded beside that sentence. All
    pass for not shown; a few may fit after all, so what is called met is an upper bound.
    """
    generator = np.random.default_rng(SEED)
    graded: dict[str, set[str]] = {}
    for pair in pairs:
        graded.setdefault(pair.sentence, set()).add(pair.competence)
    asked: list[tuple[str, str]] = []
    for sentence, near in graded.items():
        others = [one for one in engine.framework.competences if one not in near]
        drawn = generator.choice(others, min(_UNRELATED, len(others)), replace=False)
        asked += [(sentence, str(one)) for one in drawn]
    return _judged(asked, [Status.NOT_SHOWN] * len(asked), engine)


def _judged(asked: Sequence[tuple[str, str]], grades: Sequence[Status], engine: Engine) -> Judged:
    reasons = [engine.shows(sentence, competence) for sentence, competence in asked]
    return Judged(
        tuple(grades),
        np.array([one.status is Status.MET for one in reasons], dtype=np.bool_),
        np.array([one.strength for one in reasons], dtype=np.float64),
    )

"""Coverage: per requirement, the sentence of the profile that supports it best, and how strongly.

Each piece of the profile is compared with each competence. What counts is not only how near a
competence is, but how much nearer than the others: a vague sentence is a little near to all of
them and supports none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.encoder import Vectors
from matcher.growing import Growing
from matcher.reading import Side
from matcher.types import Answer, Evidence, Grade, Profile, Reason, Requirement, Status

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

MET_FROM = 0.50
PARTLY_FROM = 0.30
ANSWERED_STRENGTH = 0.8
"""Somebody who says *I can do this* shows no sentence: enough for met, less than evidence."""

_GRADE_STRENGTH = {
    Grade.CLAIMED: 0.7,
    Grade.DEMONSTRATED: 0.85,
    Grade.VALIDATED: 0.95,
    Grade.CERTIFIED: 1.0,
}
_PARTIAL_STRENGTH = {
    Grade.CLAIMED: 0.35,
    Grade.DEMONSTRATED: 0.45,
    Grade.VALIDATED: 0.45,
    Grade.CERTIFIED: 0.45,
}
"""Of evidence that says that somebody does it in part: between PARTLY_FROM and MET_FROM."""


@dataclass(frozen=True)
class Scale:
    """How raw similarities become a strength from 0 to 1: a logistic curve over a weighed sum.

    `lift` weighs how far a competence stands out from the others in meaning, in standard
    deviations; `meaning` weighs the cosine itself. Fitted on the development half of the graded
    pairs in `data/evaluation/coverage.yaml` and on as many pairs that have nothing to do with
    each other; `offset` was set again when pieces were also read alike. `docs/matching.md` gives
    the figures.
    """

    lift: float = 0.6
    meaning: float = 4.9
    offset: float = -3.95


class OwnWords:
    """Requirement texts in an employer's own words, each encoded once."""

    def __init__(self, dimension: int) -> None:
        self._row_of: dict[str, int] = {}
        self._dense = Growing(np.float32, dimension)

    def __contains__(self, text: str) -> bool:
        return text in self._row_of

    @property
    def bytes(self) -> int:
        """Memory of the vectors."""
        return self._dense.bytes

    @property
    def numbers(self) -> Mapping[str, int]:
        """The row of each text."""
        return self._row_of

    def add(self, texts: Sequence[str], dense: Vectors) -> None:
        """Add encoded texts, one row each; a text that is there already keeps its row."""
        new = {text: n for n, text in enumerate(texts) if text not in self._row_of}
        for text in new:
            self._row_of[text] = len(self._row_of)
        self._dense.extend(dense[list(new.values())])

    def keep(self, rows: Rows) -> npt.NDArray[np.int32]:
        """Keep only these rows; gives the new row of each old one, -1 for those that went."""
        new = np.full(len(self._row_of), -1, dtype=np.int32)
        new[rows] = np.arange(len(rows), dtype=np.int32)
        self._dense.replace(self._dense.values[rows])
        self._row_of = {text: int(new[row]) for text, row in self._row_of.items() if new[row] >= 0}
        return new

    def vectors(self, rows: Rows) -> Vectors:
        """The vectors of these rows."""
        found: Vectors = self._dense.values[rows]
        return found


class Coverage:
    """What one profile shows, for any requirement. Made once per profile, asked many times."""

    def __init__(
        self, profile: Profile, side: Side, competences: Mapping[str, int], scale: Scale
    ) -> None:
        self._profile = profile
        self._scale = scale
        self._column = competences
        usable = [number for number, piece in enumerate(side.pieces) if not piece.negated]
        self._pieces = [side.pieces[number] for number in usable]
        self._dense = side.dense[usable]
        self._trust = side.trust[usable][:, None]
        meaning = side.near[usable]
        self._meaning_stats = _stats(meaning)
        self._by_competence = _Best.of(self._join(meaning))
        self._by_own_words: dict[int, tuple[int, float]] = {}
        self._on_file = _strongest(profile.evidence)
        self._strengths = self._with_answers()

    def strengths(self) -> Matrix:
        """How strongly the profile shows each competence, shape (competences,), 0 to 1.

        Evidence on file and answers of the person count, as in `of`; -1 where somebody said that
        they cannot do it. Always the same array: not to be written in.
        """
        return self._strengths

    def _with_answers(self) -> Matrix:
        found = np.zeros(len(self._column), dtype=np.float32)
        if self._pieces:
            found[:] = self._by_competence.strength
        answers = {
            self._column[key]: answer
            for key, answer in self._profile.answers.items()
            if key in self._column
        }
        for column, answer in answers.items():
            if answer is Answer.CAN:
                found[column] = max(found[column], ANSWERED_STRENGTH)
        for competence, evidence in self._on_file.items():
            place = self._column.get(competence)
            if place is None or (not evidence.full and answers.get(place) is Answer.CAN):
                continue
            found[place] = _filed(evidence)
        for column, answer in answers.items():
            if answer is Answer.CANNOT:
                found[column] = -1.0
        return found

    @property
    def lines_answered(self) -> frozenset[str]:
        """What the person answered about lines that stand for no known competence."""
        return frozenset(self._profile.answers.keys() - self._column.keys())

    def own_strengths(self, rows: Rows, own_words: OwnWords) -> Matrix:
        """How strongly the profile shows requirements in own words, by row, shape (rows,)."""
        if not self._pieces or not len(rows):
            return np.zeros(len(rows), dtype=np.float32)
        best = self._compared(rows, own_words)
        self._by_own_words.update(
            zip(
                map(int, rows),
                zip(best.piece.tolist(), best.strength.tolist(), strict=True),
                strict=True,
            )
        )
        return best.strength

    def _compared(self, rows: Rows, own_words: OwnWords) -> _Best:
        return _Best.of(self._join(self._dense @ own_words.vectors(rows).T))

    def of(self, requirement: Requirement, own_words: OwnWords) -> Reason:
        """What the profile shows of one requirement."""
        answer = self._profile.answers.get(requirement.key)
        if requirement.legal:
            return self._legal(requirement)
        if answer is Answer.CANNOT:
            return Reason(requirement, Status.NOT_SHOWN, None, 0.0, answered=answer)
        on_file = self._on_file.get(requirement.competence or "")
        if on_file is not None and (on_file.full or answer is not Answer.CAN):
            strength = _filed(on_file)
            return Reason(
                requirement, status_of(strength), on_file.text, strength, grade=on_file.grade
            )
        piece, strength = self._best(requirement, own_words)
        if answer is Answer.CAN:
            strength = max(strength, ANSWERED_STRENGTH)
            return Reason(requirement, Status.MET, piece, strength, Grade.CLAIMED, answer)
        status = status_of(strength)
        if status is Status.NOT_SHOWN:
            return Reason(requirement, status, None, strength)
        return Reason(requirement, status, piece, strength, Grade.CLAIMED)

    def _legal(self, requirement: Requirement) -> Reason:
        if requirement.gate and requirement.gate in self._profile.gates:
            return Reason(requirement, Status.MET, None, 1.0, Grade.CERTIFIED)
        return Reason(requirement, Status.NOT_SHOWN, None, 0.0)

    def _best(self, requirement: Requirement, own_words: OwnWords) -> tuple[str | None, float]:
        """The piece that supports a requirement best, by its competence or by its own words."""
        if not self._pieces:
            return None, 0.0
        column = self._column.get(requirement.competence or "")
        row = own_words.numbers.get(requirement.text)
        found: list[tuple[int, float]] = []
        if column is not None:
            best = self._by_competence
            found.append((int(best.piece[column]), float(best.strength[column])))
        if row is not None:
            if row not in self._by_own_words:
                self.own_strengths(np.array([row], dtype=np.int64), own_words)
            found.append(self._by_own_words[row])
        if not found:
            return None, 0.0
        piece, strength = max(found, key=lambda one: one[1])
        return self._pieces[piece].text, strength

    def _join(self, meaning: Matrix) -> Matrix:
        scale = self._scale
        middle, spread = self._meaning_stats
        near = scale.lift * (meaning - middle) / spread + scale.meaning * meaning
        return np.asarray(1 / (1 + np.exp(-(self._trust * near + scale.offset))), dtype=np.float32)


def status_of(strength: float) -> Status:
    """The word for a strength."""
    if strength >= MET_FROM:
        return Status.MET
    return Status.PARTLY if strength >= PARTLY_FROM else Status.NOT_SHOWN


@dataclass(frozen=True, slots=True)
class _Best:
    """Per column: the piece that is strongest, and how strong."""

    piece: npt.NDArray[np.int64]
    strength: Matrix

    @classmethod
    def of(cls, strength: Matrix) -> _Best:
        """The best of a matrix of shape (pieces, columns)."""
        if not strength.shape[0]:
            width = strength.shape[1]
            return cls(np.zeros(width, dtype=np.int64), np.zeros(width, dtype=np.float32))
        piece = strength.argmax(axis=0)
        return cls(piece, np.take_along_axis(strength, piece[None, :], axis=0)[0])


def _stats(similarity: Matrix) -> tuple[Matrix, Matrix]:
    """Middle and spread per piece, each of shape (pieces, 1)."""
    middle = similarity.mean(axis=1, keepdims=True)
    spread = similarity.std(axis=1, keepdims=True)
    return middle, np.maximum(spread, 1e-3)


def _filed(evidence: Evidence) -> float:
    strengths = _GRADE_STRENGTH if evidence.full else _PARTIAL_STRENGTH
    return strengths[evidence.grade]


def _strongest(evidence: Sequence[Evidence]) -> Mapping[str, Evidence]:
    """Per competence what counts: the highest grade, and among equals what says it in full.

    So who signed that somebody does it under supervision goes before who says to do it alone.
    """
    order = list(Grade)

    def weight(one: Evidence) -> tuple[int, bool]:
        return order.index(one.grade), one.full

    found: dict[str, Evidence] = {}
    for one in evidence:
        kept = found.get(one.competence)
        if kept is None or weight(one) > weight(kept):
            found[one.competence] = one
    return found

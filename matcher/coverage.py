"""Coverage: per requirement, the sentence of the profile that supports it best, and how strongly.

Each piece of the profile is compared with each competence, on meaning and on wording. What
counts is not how near a competence is, but how much nearer than the others: a vague sentence is
a little near to all of them and supports none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from matcher.concepts import Concepts
from matcher.encoder import Vectors
from matcher.lexical import BUCKETS
from matcher.reading import Side
from matcher.types import Answer, Evidence, Grade, Profile, Reason, Requirement, Status

Matrix = npt.NDArray[np.float32]

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


@dataclass(frozen=True)
class Scale:
    """How raw similarities become a strength from 0 to 1: a logistic curve over a weighed sum.

    `lift` weighs how far a competence stands out from the others in meaning, in standard
    deviations; `meaning` and `wording` weigh the cosines themselves. Fitted on the graded pairs
    of `data/evaluation/coverage.yaml` and on as many pairs that have nothing to do with each
    other; `docs/matching.md` gives the figures.
    """

    lift: float = 0.32
    meaning: float = 8.7
    wording: float = 5.4
    offset: float = -5.4


class OwnWords:
    """Requirement texts in an employer's own words, each encoded once."""

    def __init__(self, dimension: int) -> None:
        self._row_of: dict[str, int] = {}
        self._dense = np.zeros((0, dimension), dtype=np.float32)
        self._sparse = csr_matrix((0, BUCKETS), dtype=np.float32)
        self._fresh: list[tuple[Vectors, csr_matrix]] = []

    def __contains__(self, text: str) -> bool:
        return text in self._row_of

    @property
    def bytes(self) -> int:
        """Memory of the vectors and sparse rows."""
        pairs = [(self._dense, self._sparse), *self._fresh]
        return sum(
            dense.nbytes + sparse.data.nbytes + sparse.indices.nbytes + sparse.indptr.nbytes
            for dense, sparse in pairs
        )

    def row(self, text: str) -> int | None:
        """The row of a text, None when it was never added."""
        return self._row_of.get(text)

    def add(self, texts: Sequence[str], dense: Vectors, sparse: csr_matrix) -> None:
        """Add encoded texts, one row each; a text that is there already keeps its row."""
        new = {text: n for n, text in enumerate(texts) if text not in self._row_of}
        if not new:
            return
        for text in new:
            self._row_of[text] = len(self._row_of)
        chosen = list(new.values())
        self._fresh.append((dense[chosen], sparse[chosen]))

    def rows(self, wanted: Sequence[int]) -> tuple[Vectors, csr_matrix]:
        """The vectors and sparse rows of these rows."""
        if self._fresh:
            self._dense = np.vstack([self._dense, *(dense for dense, _ in self._fresh)])
            self._sparse = vstack(
                [self._sparse, *(sparse for _, sparse in self._fresh)], format="csr"
            )
            self._fresh = []
        return self._dense[wanted], self._sparse[wanted]


class Coverage:
    """What one profile shows, for any requirement. Made once per profile, asked many times."""

    def __init__(
        self,
        profile: Profile,
        side: Side,
        concepts: Concepts,
        scale: Scale,
    ) -> None:
        self._profile = profile
        self._scale = scale
        self._concepts = concepts
        usable = [number for number, piece in enumerate(side.pieces) if not piece.negated]
        self._pieces = [side.pieces[number] for number in usable]
        self._dense = side.dense[usable]
        self._sparse = side.sparse[usable]
        self._trust = side.trust[usable][:, None]
        meaning = concepts.meaning(self._dense)
        wording = concepts.wording(self._sparse)
        self._meaning_stats = _stats(meaning)
        strength = self._join(meaning, wording)
        self._by_competence = _best_piece(strength)
        self._by_own_words: dict[int, tuple[int, float]] = {}
        self._on_file = _strongest(profile.evidence)

    def prepare(self, texts: Iterable[str], own_words: OwnWords) -> None:
        """Compare the profile with requirement texts in own words, all at once."""
        rows = {own_words.row(text) for text in texts} - {None} - self._by_own_words.keys()
        if not rows or not self._pieces:
            return
        wanted = sorted(row for row in rows if row is not None)
        dense, sparse = own_words.rows(wanted)
        strength = self._join(self._dense @ dense.T, (self._sparse @ sparse.T).toarray())
        self._by_own_words.update(zip(wanted, _best_piece(strength), strict=True))

    def strength(self, requirement: Requirement, own_words: OwnWords) -> float:
        """How strongly the profile shows one requirement: that of the reason, without its words."""
        if requirement.legal or self._profile.answers or self._on_file:
            return self.of(requirement, own_words).strength
        return self._best(requirement, own_words)[1]

    def of(self, requirement: Requirement, own_words: OwnWords) -> Reason:
        """What the profile shows of one requirement."""
        answer = self._profile.answers.get(requirement.key)
        if requirement.legal:
            return self._legal(requirement)
        if answer is Answer.CANNOT:
            return Reason(requirement, Status.NOT_SHOWN, None, 0.0, answered=answer)
        on_file = self._on_file.get(requirement.competence or "")
        if on_file is not None:
            strength = _GRADE_STRENGTH[on_file.grade]
            return Reason(requirement, Status.MET, on_file.text, strength, grade=on_file.grade)
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
        column = self._concepts.column.get(requirement.competence or "")
        row = own_words.row(requirement.text)
        known = own = None
        if column is not None and self._by_competence:
            known = self._by_competence[column]
        if row is not None:
            own = self._by_own_words.get(row)
        best = own if known is None or (own is not None and own[1] > known[1]) else known
        return (None, 0.0) if best is None else (self._pieces[best[0]].text, best[1])

    def _join(self, meaning: Matrix, wording: Matrix) -> Matrix:
        scale = self._scale
        middle, spread = self._meaning_stats
        near = scale.lift * (meaning - middle) / spread + scale.meaning * meaning
        total = self._trust * near + scale.wording * wording + scale.offset
        return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float32)


def status_of(strength: float) -> Status:
    """The word for a strength."""
    if strength >= MET_FROM:
        return Status.MET
    return Status.PARTLY if strength >= PARTLY_FROM else Status.NOT_SHOWN


def _best_piece(strength: Matrix) -> list[tuple[int, float]]:
    """Per column: the piece that is strongest, and how strong; empty without pieces."""
    if not strength.shape[0]:
        return []
    best = strength.argmax(axis=0)
    values = np.take_along_axis(strength, best[None, :], axis=0)[0]
    return list(zip(best.tolist(), values.tolist(), strict=True))


def _stats(similarity: Matrix) -> tuple[Matrix, Matrix]:
    """Middle and spread per piece, each of shape (pieces, 1)."""
    middle = similarity.mean(axis=1, keepdims=True)
    spread = similarity.std(axis=1, keepdims=True)
    return middle, np.maximum(spread, 1e-3)


def _strongest(evidence: Sequence[Evidence]) -> Mapping[str, Evidence]:
    order = list(Grade)
    found: dict[str, Evidence] = {}
    for one in evidence:
        kept = found.get(one.competence)
        if kept is None or order.index(one.grade) > order.index(kept.grade):
            found[one.competence] = one
    return found

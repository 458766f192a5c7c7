"""Scoring one profile against the pool: from similarities to scored, explained opportunities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from matcher.concepts import Concepts
from matcher.coverage import Coverage, OwnWords, Scale
from matcher.deployability import Judgement, judge
from matcher.encoder import Encoder, Vectors
from matcher.framework import Framework
from matcher.index import VectorIndex
from matcher.knowledge import Knowledge
from matcher.lexical import LexicalEncoder
from matcher.pool import Pool
from matcher.ranking import Shown, Spread, Weights, coverage_score, spread, to_unit
from matcher.reading import Side
from matcher.route import Catalogue
from matcher.types import Match, Opportunity, Profile, Reason, Requirement
from matcher.wording import WordingIndex

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

DEPTH = 300
"""So many of the nearest are explained and put in their final order; a page shows ten of them."""
_SAMPLE = 2000
"""So many opportunities tell how similar an ordinary one is."""
_DIGITS = 4
"""Below this a difference is noise: the same text encoded in another batch. Ties go by id."""
# Usual middle and spread of a cosine, for a pool that is too small to tell.
_USUAL_MEANING = (0.25, 0.10)
_USUAL_WORDING = (0.04, 0.03)
_USUAL_COVERAGE = Spread(0.30, 0.15)


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that a pool takes: its vectors, its index of wording, requirements in own words."""

    vectors: int
    wording: int
    own_words: int


@dataclass
class Shelf:
    """The pool and its indexes, which change together."""

    pool: Pool
    vectors: VectorIndex
    wording: WordingIndex
    known: WordingIndex
    own_words: OwnWords
    sample: tuple[Rows, Vectors] | None = None

    @classmethod
    def empty(cls, dimension: int, texts: int) -> Shelf:
        """A shelf without opportunities, for vectors of `dimension` and `texts` of knowledge."""
        return cls(
            Pool(),
            VectorIndex(dimension),
            WordingIndex(),
            WordingIndex(texts),
            OwnWords(dimension),
        )

    def sampled(self) -> tuple[Rows, Vectors]:
        """Rows spread evenly over the pool, with their vectors; the same until the pool changes."""
        if self.sample is None:
            kept = self.pool.kept()
            count = min(len(kept), _SAMPLE)
            # Over the whole, also where the pool is no multiple of the sample.
            rows = kept[np.arange(count) * len(kept) // max(count, 1)]
            self.sample = rows, self.vectors.vectors(rows)
        return self.sample

    @property
    def memory(self) -> Memory:
        """What the indexes take."""
        return Memory(
            self.vectors.bytes, self.wording.bytes + self.known.bytes, self.own_words.bytes
        )

    def compact(self) -> None:
        """Give back the rows of what was removed; own words that nothing uses go too."""
        kept = self.pool.kept()
        opportunities = [self.pool.at(int(row)) for row in kept]
        vectors = self.vectors.vectors(kept)
        used = sorted({r.text for one in opportunities for r in one.requirements if not r.legal})
        known = [(text, row) for text in used if (row := self.own_words.row(text)) is not None]
        dense, sparse = self.own_words.rows([row for _, row in known])
        fresh = Shelf.empty(vectors.shape[1], 0)
        fresh.vectors.add(fresh.pool.add(opportunities), vectors)
        fresh.own_words.add([text for text, _ in known], dense, sparse)
        self.wording.keep(kept)
        self.known.keep(kept)
        self.pool, self.vectors, self.own_words = fresh.pool, fresh.vectors, fresh.own_words
        self.sample = None


@dataclass(frozen=True)
class Tools:
    """What scoring needs besides the pool; does not change while the engine lives."""

    framework: Framework
    encoder: Encoder
    lexical: LexicalEncoder
    concepts: Concepts
    knowledge: Knowledge
    catalogue: Catalogue
    weights: Weights
    scale: Scale


@dataclass(frozen=True)
class _Wish:
    """One side of a profile: its share in the score, how near every row is, what it shows."""

    share: float
    side: Side
    coverage: Coverage
    meaning: Spread
    wording: Spread
    letters: Floats


@dataclass(frozen=True, slots=True)
class Scored:
    """An opportunity with its total, in standard deviations."""

    row: int
    total: float


class Scorer:
    """Scores one profile. Made for one question; the shelf may not change meanwhile."""

    def __init__(
        self, shelf: Shelf, tools: Tools, profile: Profile, skills: Side, ambition: Side
    ) -> None:
        self._shelf = shelf
        self._tools = tools
        self._profile = profile
        self._skills = Coverage(profile, skills, tools.concepts, tools.scale)
        self._claimed = self._gates_claimed(skills)
        sides = [
            (side, share)
            for side, share in (
                (skills, (1 - profile.ambition_weight) * (1 - tools.weights.ambition)),
                (ambition, profile.ambition_weight * tools.weights.ambition),
            )
            if not side.empty
        ]
        total = sum(share for _, share in sides)
        self._wishes = [
            # The only side that was filled in may weigh nothing; then it weighs all.
            self._wish(side, share / total if total else 1 / len(sides), side is skills)
            for side, share in sides
        ]

    @property
    def empty(self) -> bool:
        """Whether the profile says nothing to go by."""
        return not self._wishes

    def nearest(self, rows: Rows) -> Rows:
        """The rows that may come first: near in meaning or near in wording, at most 2 × DEPTH.

        The sum of standardised cosines is itself an inner product with one mixed vector, so one
        search finds the nearest in meaning for both sides together.
        """
        if len(rows) <= DEPTH:
            return rows
        mixed = np.zeros(self._tools.encoder.dimension, dtype=np.float32)
        letters = np.zeros(len(rows), dtype=np.float32)
        for wish in self._wishes:
            mixed += np.float32(wish.share / wish.meaning.deviation) * wish.side.meaning
            letters += np.float32(wish.share / wish.wording.deviation) * wish.letters[rows]
        everything = len(rows) == len(self._shelf.pool)
        near, _ = self._shelf.vectors.search(mixed, DEPTH, None if everything else rows)
        top = np.argpartition(-letters, DEPTH - 1)[:DEPTH]
        return np.union1d(near, rows[top])

    def score(self, rows: Rows) -> list[Scored]:
        """Score rows with everything that counts, and keep the best `DEPTH`."""
        vectors = self._shelf.vectors.vectors(rows)
        base = self._base(rows, vectors)
        best = np.lexsort((rows, -np.round(base, _DIGITS)))[:DEPTH]
        opportunities = [self._shelf.pool.at(int(rows[number])) for number in best]
        asked = {one.text for each in opportunities for one in each.requirements}
        self._skills.prepare(asked, self._shelf.own_words)
        for wish in self._wishes:
            wish.coverage.prepare(asked, self._shelf.own_words)
        return [
            self._scored(int(rows[number]), float(base[number]), opportunity)
            for number, opportunity in zip(best, opportunities, strict=True)
        ]

    def judged(self, scored: Scored) -> Judgement:
        """The level and the gaps of an opportunity; does not bear on its place in the order."""
        opportunity = self._shelf.pool.at(scored.row)
        return self._judged(self._reasons(opportunity), opportunity)

    def _judged(self, reasons: Sequence[Reason], opportunity: Opportunity) -> Judgement:
        return judge(
            reasons,
            guidance=opportunity.guidance,
            framework=self._tools.framework,
            catalogue=self._tools.catalogue,
            level=self._profile.level,
        )

    def match(self, scored: Scored) -> Match:
        """The answer about one opportunity, with its route."""
        opportunity = self._shelf.pool.at(scored.row)
        (distance,) = self._shelf.pool.distances(
            self._profile, np.array([scored.row], dtype=np.int64)
        )
        reasons = self._reasons(opportunity)
        judgement = self._judged(reasons, opportunity)
        return Match(
            opportunity=opportunity.id,
            score=to_unit(scored.total),
            deployability=judgement.deployability,
            reasons=reasons or (self._by_title(opportunity),),
            route=self._tools.catalogue.plan(judgement.must, judgement.beside, self._profile.level),
            distance_km=None if np.isnan(distance) else float(distance),
        )

    def _wish(self, side: Side, share: float, is_skills: bool) -> _Wish:
        letters = self._letters(side.wording)
        rows, vectors = self._shelf.sampled()
        # Evidence and answers are about what somebody can, not about what somebody wants.
        coverage = (
            self._skills
            if is_skills
            else Coverage(Profile(self._profile.id), side, self._tools.concepts, self._tools.scale)
        )
        return _Wish(
            share=share,
            side=side,
            coverage=coverage,
            meaning=spread(vectors @ side.meaning, *_USUAL_MEANING),
            wording=spread(letters[rows], *_USUAL_WORDING),
            letters=letters,
        )

    def _letters(self, query: csr_matrix) -> Floats:
        """How far the letters of a query agree with every row, its knowledge included."""
        known = self._tools.knowledge.nearness(query)
        return self._shelf.wording.scores(query) + self._shelf.known.scores(known)

    def _base(self, rows: Rows, vectors: Vectors) -> Floats:
        weights = self._tools.weights
        base = np.zeros(len(rows), dtype=np.float32)
        for wish in self._wishes:
            base += np.float32(wish.share) * (
                weights.meaning
                * wish.side.trusted
                * wish.meaning.standard(_cosines(vectors, wish.side.meaning))
                + weights.wording * wish.wording.standard(wish.letters[rows])
            )
        return base

    def _scored(self, row: int, total: float, opportunity: Opportunity) -> Scored:
        weights = self._tools.weights
        for wish in self._wishes:
            covered = coverage_score(self._shown(wish.coverage, opportunity))
            if covered is not None:
                above = (covered - _USUAL_COVERAGE.middle) / _USUAL_COVERAGE.deviation
                total += wish.share * weights.coverage * above
        if any(self._out_of_reach(one) for one in opportunity.requirements):
            total -= weights.gate_missing
        return Scored(row, round(total, _DIGITS))

    def _shown(self, coverage: Coverage, opportunity: Opportunity) -> list[Shown]:
        return [
            Shown(requirement, coverage.strength(requirement, self._shelf.own_words))
            for requirement in opportunity.requirements
        ]

    def _reasons(self, opportunity: Opportunity) -> tuple[Reason, ...]:
        return tuple(
            self._skills.of(requirement, self._shelf.own_words)
            for requirement in opportunity.requirements
        )

    def _out_of_reach(self, requirement: Requirement) -> bool:
        """A register or title that is not on file and that the person does not speak of.

        It lowers the place in the order and no more: somebody without a nurse's registration is
        not helped by a first page of nursing jobs.
        """
        if not requirement.legal or requirement.gate in self._profile.gates:
            return False
        gate = self._tools.framework.gates.get(requirement.gate or "")
        if gate is None:
            return True
        return not gate.arranged_by_employer and gate.id not in self._claimed

    def _gates_claimed(self, skills: Side) -> frozenset[str]:
        return frozenset(
            gate
            for piece in skills.pieces
            if not piece.negated
            for gate in self._tools.framework.gates_in(piece.text)
        )

    def _by_title(self, opportunity: Opportunity) -> Reason:
        """An opportunity that states no requirement is explained by its title."""
        requirement = Requirement(f"{opportunity.id}-title", opportunity.title)
        own_words = self._shelf.own_words
        if requirement.text not in own_words:
            texts = [requirement.text]
            own_words.add(
                texts, self._tools.encoder.encode(texts), self._tools.lexical.encode(texts)
            )
        self._skills.prepare([requirement.text], own_words)
        return self._skills.of(requirement, own_words)


def _cosines(vectors: Vectors, one: Vectors) -> Floats:
    """The cosine of each vector with one; equal vectors give equal numbers.

    A product by BLAS differs in the last digit with the place of a row, which would break ties.
    """
    found: Floats = np.einsum("ij,j->i", vectors, one)
    return found

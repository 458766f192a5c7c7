"""Scoring one profile against the pool: from similarities to scored, explained opportunities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.concepts import Concepts
from matcher.coverage import Coverage, Scale
from matcher.deployability import Judgement, judge
from matcher.encoder import Encoder
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.ranking import USUAL, Spread, Weights, coverage_score, spread, to_unit
from matcher.reading import Side
from matcher.route import Catalogue
from matcher.shelf import Shelf
from matcher.types import Match, Opportunity, Profile, Reason, Requirement

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

DEPTH = 400
"""So many of the nearest are put in their final order; a page shows ten of them."""
_SPOKEN_OF, _SPOKEN_FROM = 3, 0.4
"""At most so many professions does a text of skills speak of, from this nearness on."""
_LETTERS_MOST = 4.0
"""More letters in common than this tell nothing more: a rare word that both happen to use."""
_WORDING = 1
"""The place of wording among the parts."""
_DIGITS = 4
"""Below this a difference is noise: the same text encoded in another batch. Ties go by id."""


@dataclass(frozen=True)
class Tools:
    """What scoring needs besides the pool; does not change while the engine lives."""

    framework: Framework
    encoder: Encoder
    lexical: LexicalEncoder
    competences: Concepts
    professions: Concepts
    catalogue: Catalogue
    weights: Weights
    scale: Scale


@dataclass(frozen=True, slots=True)
class Scored:
    """An opportunity with its total, in standard deviations."""

    row: int
    total: float


class _Wish:
    """One side of a profile: how near every opportunity comes to it, part by part."""

    def __init__(
        self, shelf: Shelf, side: Side, coverage: Coverage, weights: Weights, share: float
    ) -> None:
        self.side = side
        self.share = share
        self._shelf = shelf
        self._coverage = coverage
        self._weights = np.array(weights.parts(side.trusted), dtype=np.float32)
        self._strengths = coverage.strengths()
        self._likeness = shelf.wording.likeness(side.wording)
        sample = shelf.sample()
        parts = self._parts(sample)
        usual = zip(parts, USUAL, strict=True)
        self._spreads = [spread(values[~np.isnan(values)], *one) for values, one in usual]
        # Texts in one language share letters whatever they say: each is judged among its own.
        english = shelf.wording.english(sample)
        self._letters = tuple(
            spread(parts[_WORDING][english == which], *USUAL[_WORDING]) for which in (False, True)
        )

    @property
    def direction(self) -> Floats:
        """What a vector is multiplied with to get this side's share of meaning in a total."""
        meaning: Spread = self._spreads[0]
        found: Floats = np.float32(self.share / meaning.deviation) * self.side.meaning
        return found

    def score(self, rows: Rows) -> Floats:
        """The weighed sum of the parts, in standard deviations, shape (rows,)."""
        found: Floats = self._weights @ self.standard(rows)
        return found

    def standard(self, rows: Rows) -> Floats:
        """The parts in standard deviations, shape (parts, rows), in the order of the weights."""
        raw = self._parts(rows)
        found = np.stack([one.standard(part) for one, part in zip(self._spreads, raw, strict=True)])
        dutch, english = (one.standard(raw[_WORDING]) for one in self._letters)
        letters = np.where(self._shelf.wording.english(rows), english, dutch)
        found[_WORDING] = np.minimum(letters, _LETTERS_MOST)
        # What an opportunity does not state counts as ordinary.
        return np.nan_to_num(found)

    def _parts(self, rows: Rows) -> tuple[Floats, ...]:
        """Meaning, wording, coverage, calling and origins, each of shape (rows,)."""
        shelf = self._shelf
        own_rows = shelf.demands.own_rows(rows)
        own = self._coverage.own_strengths(own_rows, shelf.own_words)
        nothing = np.zeros(len(own_rows), dtype=np.float32)
        return (
            _cosines(shelf.vectors.vectors(rows), self.side.meaning),
            shelf.wording.scores(self._likeness, rows),
            self._answered(rows, shelf.demands.covered(rows, self._strengths, own_rows, own)),
            shelf.demands.called(rows, self.side.professions),
            shelf.demands.covered(rows, self.side.origins, own_rows, nothing),
        )

    def _answered(self, rows: Rows, covered: Floats) -> Floats:
        """The coverage, with what the person answered about an employer's own lines.

        Only these need the reasons one by one; few people answer, and about few lines.
        """
        answered = self._coverage.lines_answered
        for place, row in enumerate(rows) if answered else ():
            requirements = self._shelf.pool.at(int(row)).requirements
            if any(one.key in answered for one in requirements):
                reasons = [self._coverage.of(one, self._shelf.own_words) for one in requirements]
                found = coverage_score(reasons)
                covered[place] = np.nan if found is None else found
        return covered


class Scorer:
    """Scores one profile. Made for one question; the shelf may not change meanwhile."""

    def __init__(
        self, shelf: Shelf, tools: Tools, profile: Profile, skills: Side, ambition: Side
    ) -> None:
        self._shelf = shelf
        self._tools = tools
        self._profile = profile
        self._skills = self._coverage(profile, skills)
        self._named = self._gates_named(skills)
        self._implied = self._gates_implied(skills)
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
            _Wish(
                shelf,
                side,
                # Evidence and answers are about what somebody can, not about what they want.
                self._skills if side is skills else self._coverage(Profile(profile.id), side),
                tools.weights,
                # The only side that was filled in may weigh nothing; then it weighs all.
                share / total if total else 1 / len(sides),
            )
            for side, share in sides
        ]

    @property
    def empty(self) -> bool:
        """Whether the profile says nothing to go by."""
        return not self._wishes

    def nearest(self, rows: Rows) -> Rows:
        """The rows that may come first: all of a small pool, else the nearest in meaning.

        The sum of standardised cosines is itself an inner product with one mixed vector, so one
        search finds the nearest for both sides together.
        """
        if len(rows) <= DEPTH:
            return rows
        mixed = np.sum([wish.direction for wish in self._wishes], axis=0)
        everything = len(rows) == len(self._shelf.pool)
        near, _ = self._shelf.vectors.search(mixed, DEPTH, None if everything else rows)
        return np.sort(near)

    def score(self, rows: Rows) -> list[Scored]:
        """Score rows with everything that counts."""
        totals = np.zeros(len(rows), dtype=np.float32)
        for wish in self._wishes:
            totals += np.float32(wish.share) * wish.score(rows)
        totals -= np.float32(self._tools.weights.gate_missing) * self._beyond_reach(rows)
        denied = self._shelf.demands.denied(rows, self._skills.strengths())
        totals -= np.float32(self._tools.weights.denied) * denied
        rounded = np.round(totals.astype(np.float64), _DIGITS)
        return [Scored(int(row), float(total)) for row, total in zip(rows, rounded, strict=True)]

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

    def _coverage(self, profile: Profile, side: Side) -> Coverage:
        return Coverage(profile, side, self._tools.competences.column, self._tools.scale)

    def _reasons(self, opportunity: Opportunity) -> tuple[Reason, ...]:
        return tuple(
            self._skills.of(requirement, self._shelf.own_words)
            for requirement in opportunity.requirements
        )

    def _beyond_reach(self, rows: Rows) -> Floats:
        """How far each row asks a gate out of reach: 1, 0.5 where the text implies it, or 0.

        Within reach are gates that are on file, that the text names or that the employer
        arranges. Any other lowers the place in the order and no more: somebody without a nurse's
        registration is not helped by a first page of nursing jobs.
        """
        gates = self._tools.framework.gates.values()
        arranged = {gate.id for gate in gates if gate.arranged_by_employer}
        within = self._profile.gates | self._named | arranged
        asking = self._shelf.demands.asking
        found: Floats = (
            asking(rows, within).astype(np.float32) + asking(rows, within | self._implied)
        ) / np.float32(2)
        return found

    def _gates_named(self, skills: Side) -> frozenset[str]:
        """The gates that the text names as its writer's own."""
        return frozenset(
            gate
            for piece in skills.pieces
            if not piece.negated
            for gate in self._tools.framework.gates_in(piece.text)
        )

    def _gates_implied(self, skills: Side) -> frozenset[str]:
        """The gates of the professions that the text comes nearest to: whoever tells of years on
        a ward may well have had a nurse's registration, kept up or not."""
        framework, professions = self._tools.framework, self._tools.professions
        nearest = np.argsort(-skills.professions, kind="stable")[:_SPOKEN_OF]
        return frozenset(
            gate
            for column in nearest
            if skills.professions[column] >= _SPOKEN_FROM
            for gate in framework.professions[professions.ids[column]].gates
        )

    def _by_title(self, opportunity: Opportunity) -> Reason:
        """An opportunity that states no requirement is explained by its title."""
        requirement = Requirement(f"{opportunity.id}-title", opportunity.title)
        own_words = self._shelf.own_words
        if requirement.text not in own_words:
            own_words.add([requirement.text], self._tools.encoder.encode([requirement.text]))
        return self._skills.of(requirement, own_words)


def _cosines(vectors: Floats, one: Floats) -> Floats:
    """The cosine of each vector with one; equal vectors give equal numbers.

    A product by BLAS differs in the last digit with the place of a row, which would break ties.
    """
    found: Floats = np.einsum("ij,j->i", vectors, one)
    return found

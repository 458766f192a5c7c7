"""The engine: add and remove opportunities, rank them for a profile, and explain each match.

In short: hard facts decide what passes; meaning and wording of the two texts, and how much of
each opportunity's requirements the person shows, decide the order; deployability and its route
are judged per opportunity. `docs/matching.md` tells it at length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock

import numpy as np

from matcher.concepts import Concepts, competence_passages, profession_passages
from matcher.coverage import Coverage, OwnWords, Scale
from matcher.deployability import judge
from matcher.encoder import Encoder, Vectors
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.neutral import neutral
from matcher.passages import (
    fingerprint,
    implied,
    link,
    meaning_texts,
    own_texts,
    wording_text,
)
from matcher.proposals import propose
from matcher.ranking import Weights, coverage_score, nudged, spread_over_employers
from matcher.reading import Reader
from matcher.route import Catalogue
from matcher.scoring import Scored, Scorer, Tools
from matcher.shelf import Arriving, Memory, Shelf
from matcher.types import (
    Filters,
    Match,
    Opportunity,
    Profile,
    Proposal,
    Ranking,
    Reason,
    Requirement,
)


class VersionMismatch(ValueError):
    """Vectors of another encoder were offered; they cannot be compared with ours."""


class Engine:
    """Holds one pool. Safe to use from several threads; changes and rankings take turns.

    `cache` is a folder in which the vectors of the framework are kept between processes.
    """

    def __init__(
        self,
        framework: Framework,
        encoder: Encoder,
        lexical: LexicalEncoder,
        *,
        cache: Path | None = None,
        weights: Weights | None = None,
        scale: Scale | None = None,
    ) -> None:
        self.framework = framework
        competences = Concepts(competence_passages(framework), encoder, lexical, cache)
        professions = Concepts(profession_passages(framework), encoder, lexical, cache)
        self._tools = Tools(
            framework=framework,
            encoder=encoder,
            lexical=lexical,
            competences=competences,
            professions=professions,
            catalogue=Catalogue(framework),
            weights=weights or Weights(),
            scale=scale or Scale(),
        )
        self._reader = Reader(framework, encoder, lexical, competences, professions)
        self._lock = RLock()
        self._shelf = Shelf(encoder.dimension, framework, lexical)

    def __len__(self) -> int:
        return len(self._shelf.pool)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._shelf.pool

    @property
    def version(self) -> str:
        """The encoder's version, to be stored beside each vector."""
        return self._tools.encoder.version

    @property
    def memory(self) -> Memory:
        """Bytes that the indexes of the pool take."""
        with self._lock:
            return self._shelf.memory

    def fingerprint(self, opportunity: Opportunity) -> str:
        """A hash of what is encoded of an opportunity: when it changes, its vectors are old."""
        return fingerprint(opportunity, self.framework)

    def encode(self, opportunities: Sequence[Opportunity]) -> list[Vectors]:
        """Encode opportunities, to store and to give back to `add`.

        Each result has shape (1 + requirements that are not legal, dimension): the opportunity
        as a whole, then the text of each requirement.
        """
        meant = [meaning_texts(one, self.framework) for one in opportunities]
        asked = [own_texts(one) for one in opportunities]
        # The same text stands in many opportunities; each is read and encoded once.
        plain = {text: neutral(text) for text in dict.fromkeys(t for one in meant for t, _ in one)}
        texts = [*plain.values(), *(text for one in asked for text in one)]
        row = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        vectors = self._tools.encoder.encode(list(row))
        found: list[Vectors] = []
        for parts, own in zip(meant, asked, strict=True):
            whole = np.zeros(vectors.shape[1], dtype=np.float32)
            for text, share in parts:
                whole += np.float32(share) * vectors[row[plain[text]]]
            whole /= float(np.linalg.norm(whole)) or 1.0
            found.append(np.vstack([whole, *(vectors[row[text]] for text in own)]))
        return found

    def add(
        self,
        opportunities: Sequence[Opportunity],
        vectors: Sequence[Vectors] | None = None,
        version: str | None = None,
    ) -> None:
        """Add opportunities; one that is there already is replaced.

        `vectors` are those of an earlier `encode`, of `version`; without them the texts are
        encoded now.

        Raises:
            VersionMismatch: the vectors are of another encoder or have another shape.
        """
        last = {one.id: number for number, one in enumerate(opportunities)}
        chosen = [opportunities[number] for number in last.values()]
        if not chosen:
            return
        if vectors is None:
            encoded = self.encode(chosen)
        elif version != self.version:
            raise VersionMismatch(f"vectors of '{version}' offered to '{self.version}'")
        else:
            encoded = [vectors[number] for number in last.values()]
        dimension = self._tools.encoder.dimension
        for opportunity, rows in zip(chosen, encoded, strict=True):
            if rows.shape != (1 + len(own_texts(opportunity)), dimension):
                raise VersionMismatch(f"the vectors of '{opportunity.id}' have shape {rows.shape}")
        own = {
            text: row
            for one, rows in zip(chosen, encoded, strict=True)
            for text, row in zip(own_texts(one), rows[1:], strict=True)
        }
        tools = self._tools
        linked = link(chosen, self.framework, tools.competences, tools.lexical, own)
        whole = np.stack([rows[0] for rows in encoded])
        arriving = Arriving(
            opportunities=linked,
            vectors=whole,
            wording=[wording_text(one) for one in chosen],
            implied=implied(linked, whole, tools.professions),
            own=own,
        )
        with self._lock:
            self._shelf.remove(list(last))
            self._shelf.put(arriving)

    def remove(self, identifiers: Iterable[str]) -> int:
        """Remove opportunities; ids that are not there are passed over. Returns how many went."""
        with self._lock:
            return self._shelf.remove(list(identifiers))

    def rank(
        self,
        profile: Profile,
        *,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
        standing: Mapping[str, float] | None = None,
    ) -> Ranking:
        """Order the pool for a profile, nearest first; ties by id.

        The nearest 400 are explained and ordered with everything that counts, so `total` is 400
        at most. A profile without a word is answered with nothing.

        `standing` is what the caller knows of opportunities besides the match, by id, from -1 to
        1; who is missing stands at 0. It moves a total by `ranking.STANDING` at most: two that
        are further apart than twice that keep their order, and no level, reason or route changes.

        Raises:
            ValueError: `limit` is below one, `offset` below zero, or a standing outside -1 to 1.
        """
        if limit < 1 or offset < 0:
            raise ValueError("limit must be one or more, and offset zero or more")
        limits = filters or Filters()
        sides = self._reader.read(profile.skills), self._reader.read(profile.ambition)
        with self._lock:
            scorer = Scorer(self._shelf, self._tools, profile, *sides)
            if scorer.empty:
                # No limit keeps anything away from somebody who says nothing.
                return Ranking((), 0, len(self))
            passing = self._shelf.pool.passing(profile, limits)
            left_out = dict(passing.left_out)
            if not len(passing.rows):
                return Ranking((), 0, len(self), left_out)
            scored = self._standing(scorer.score(scorer.nearest(passing.rows)), standing or {})
            if limits.levels:
                kept = [s for s in scored if scorer.judged(s).deployability.level in limits.levels]
                left_out["level"] = len(scored) - len(kept)
                scored = kept
            order = spread_over_employers(
                [
                    (one.total, opportunity.id, opportunity.organisation)
                    for one in scored
                    for opportunity in (self._shelf.pool.at(one.row),)
                ],
                self._tools.weights.same_employer,
            )
            page = order[offset : offset + limit]
            matches = tuple(scorer.match(scored[position]) for position in page)
            return Ranking(matches, len(scored), len(self), left_out)

    def _standing(self, scored: list[Scored], standing: Mapping[str, float]) -> list[Scored]:
        """The same with what the caller knows besides."""
        if not standing:
            return scored
        at = self._shelf.pool.at
        return [replace(one, total=nudged(one.total, at(one.row).id, standing)) for one in scored]

    def count(self, profile: Profile, filters: Filters | None = None) -> int:
        """How many opportunities pass the hard facts of a profile and of the visitor's filters.

        Levels are judged while ranking, so a filter on levels is not counted here.
        """
        with self._lock:
            return len(self._shelf.pool.passing(profile, filters or Filters()).rows)

    def explain(self, profile: Profile, identifier: str) -> Match:
        """The match of a profile with one opportunity, whatever the limits.

        Raises:
            KeyError: the opportunity is not in the pool.
        """
        sides = self._reader.read(profile.skills), self._reader.read(profile.ambition)
        with self._lock:
            row = self._shelf.pool.row(identifier)
            scorer = Scorer(self._shelf, self._tools, profile, *sides)
            (scored,) = scorer.score(np.array([row], dtype=np.int64))
            return scorer.match(scored)

    def judge(self, profile: Profile, opportunities: Sequence[Opportunity]) -> list[Match]:
        """What a profile shows of opportunities that need not be in the pool, in their order.

        Such as a profession: it is asked what a vacancy asks, but nobody can apply to it. Level,
        reasons and route are those of `explain`. The score, 0 to 1, is the share of what is asked
        that is shown; there is no distance.
        """
        side = self._reader.read(profile.skills)
        tools = self._tools
        coverage = Coverage(profile, side, tools.competences.column, tools.scale)
        own_words = OwnWords(tools.encoder.dimension)
        texts = list(dict.fromkeys(text for one in opportunities for text in self._foreign(one)))
        if texts:
            own_words.add(texts, tools.encoder.encode(texts))
            own = {
                text: own_words.vectors(np.array([own_words.numbers[text]]))[0] for text in texts
            }
            opportunities = link(
                opportunities, self.framework, tools.competences, tools.lexical, own
            )
        return [self._judged(profile, coverage, own_words, one) for one in opportunities]

    def _foreign(self, opportunity: Opportunity) -> list[str]:
        """The requirement texts that are not the framework's own words."""
        return [
            one.text
            for one in opportunity.requirements
            if not one.legal
            and (
                (known := self.framework.competences.get(one.competence or "")) is None
                or one.text not in (known.nl.label, known.en.label)
            )
        ]

    def _judged(
        self,
        profile: Profile,
        coverage: Coverage,
        own_words: OwnWords,
        opportunity: Opportunity,
    ) -> Match:
        reasons = tuple(coverage.of(one, own_words) for one in opportunity.requirements)
        catalogue = self._tools.catalogue
        judgement = judge(
            reasons,
            guidance=opportunity.guidance,
            framework=self.framework,
            catalogue=catalogue,
            level=profile.level,
        )
        return Match(
            opportunity=opportunity.id,
            score=coverage_score(reasons) or 0.0,
            deployability=judgement.deployability,
            reasons=reasons,
            route=catalogue.plan(judgement.must, judgement.beside, profile.level),
        )

    def shows(self, text: str, competence: str) -> Reason:
        """What a text shows of one competence of the framework.

        Raises:
            KeyError: the framework has no such competence.
        """
        label = self.framework.competences[competence].label()
        asked = Requirement(competence, label, competence=competence)
        side = self._reader.read(text)
        coverage = Coverage(
            Profile("text"), side, self._tools.competences.column, self._tools.scale
        )
        return coverage.of(asked, OwnWords(self._tools.encoder.dimension))

    def propose(self, text: str, limit: int = 8) -> list[Proposal]:
        """The requirements that a vacancy text seems to ask, gates first, then strongest first.

        Each competence is proposed once, with the sentence that says so.
        """
        return propose(self._reader.read(text), self._tools, limit)

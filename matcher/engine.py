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
from scipy.sparse import csr_matrix

from matcher.concepts import Concepts
from matcher.coverage import Coverage, OwnWords, Scale
from matcher.encoder import Encoder, Vectors
from matcher.framework import Framework
from matcher.knowledge import Knowledge
from matcher.lexical import LexicalEncoder
from matcher.passages import fingerprint, link, meaning_texts, own_texts, wording_text
from matcher.proposals import propose
from matcher.ranking import Weights, spread_over_employers
from matcher.reading import Reader
from matcher.route import Catalogue
from matcher.scoring import Memory, Scorer, Shelf, Tools
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
        self._tools = Tools(
            framework=framework,
            encoder=encoder,
            lexical=lexical,
            concepts=Concepts(framework, encoder, lexical, cache),
            knowledge=Knowledge(framework, lexical),
            catalogue=Catalogue(framework),
            weights=weights or Weights(),
            scale=scale or Scale(),
        )
        self._reader = Reader(encoder, lexical)
        self._lock = RLock()
        self._shelf = Shelf.empty(encoder.dimension, len(self._tools.knowledge))

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
        (enriched,) = self._enriched([opportunity])
        return fingerprint(enriched, self.framework)

    def encode(self, opportunities: Sequence[Opportunity]) -> list[Vectors]:
        """Encode opportunities, to store and to give back to `add`.

        Each result has shape (1 + requirements that are not legal, dimension): the opportunity
        as a whole, then the text of each requirement.
        """
        texts: list[str] = []
        counts: list[tuple[int, int]] = []
        for opportunity in self._enriched(opportunities):
            whole, own = meaning_texts(opportunity, self.framework), own_texts(opportunity)
            texts += [*whole, *own]
            counts.append((len(whole), len(own)))
        # The same requirement stands in many opportunities; each text is encoded once.
        unique = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        vectors = self._tools.encoder.encode(list(unique))[[unique[text] for text in texts]]
        found: list[Vectors] = []
        start = 0
        for whole_count, own_count in counts:
            middle = vectors[start : start + whole_count].mean(axis=0)
            middle = middle / (float(np.linalg.norm(middle)) or 1.0)
            own_rows = vectors[start + whole_count : start + whole_count + own_count]
            found.append(np.vstack([middle[None, :], own_rows]).astype(np.float32))
            start += whole_count + own_count
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
        chosen = self._enriched([opportunities[number] for number in last.values()])
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
        # The same requirement stands in many opportunities; most are there already.
        fresh = [text for text in own if text not in self._shelf.own_words]
        letters = self._tools.lexical.encode(fresh)
        linked = link(chosen, self.framework, self._tools.concepts, self._tools.lexical)
        wording, known = self._tools.knowledge.joined(
            self._tools.lexical.weigh([wording_text(one) for one in chosen]),
            self._tools.knowledge.pointers(linked),
        )
        with self._lock:
            self._remove(last)
            rows_given = self._shelf.pool.add(linked)
            self._shelf.vectors.add(rows_given, np.stack([rows[0] for rows in encoded]))
            self._shelf.wording.append(wording)
            self._shelf.known.append(known)
            self._add_own_words({text: own[text] for text in fresh}, letters)
            # Removing may have let go of requirements that were there a moment ago.
            lost = {text: row for text, row in own.items() if text not in self._shelf.own_words}
            self._add_own_words(lost, self._tools.lexical.encode(list(lost)))
            self._shelf.sample = None

    def remove(self, identifiers: Iterable[str]) -> int:
        """Remove opportunities; ids that are not there are passed over. Returns how many went."""
        with self._lock:
            return self._remove(identifiers)

    def rank(
        self,
        profile: Profile,
        *,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Ranking:
        """Order the pool for a profile, nearest first; ties by id.

        The nearest 300 are explained and ordered with everything that counts, so `total` is 300
        at most. A profile without a word is answered with nothing.

        Raises:
            ValueError: `limit` is below one or `offset` below zero.
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
            scored = scorer.score(scorer.nearest(passing.rows))
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

    def shows(self, text: str, competence: str) -> Reason:
        """What a text shows of one competence of the framework.

        Raises:
            KeyError: the framework has no such competence.
        """
        label = self.framework.competences[competence].label()
        asked = Requirement(competence, label, competence=competence)
        side = self._reader.read(text)
        coverage = Coverage(Profile("text"), side, self._tools.concepts, self._tools.scale)
        return coverage.of(asked, OwnWords(self._tools.encoder.dimension))

    def propose(self, text: str, limit: int = 8) -> list[Proposal]:
        """The requirements that a vacancy text seems to ask, gates first, then strongest first.

        Each competence is proposed once, with the sentence that says so.
        """
        return propose(self._reader.read(text), self._tools, limit)

    def _add_own_words(self, dense: Mapping[str, Vectors], letters: csr_matrix) -> None:
        if dense:
            self._shelf.own_words.add(list(dense), np.stack(list(dense.values())), letters)

    def _enriched(self, opportunities: Sequence[Opportunity]) -> list[Opportunity]:
        """An opportunity that names no profession gets the one that its title names."""
        titles = [one.title if not one.professions else "" for one in opportunities]
        found = self._tools.knowledge.professions_of(self._tools.lexical.encode(titles))
        return [
            replace(one, professions=(profession,)) if profession else one
            for one, profession in zip(opportunities, found, strict=True)
        ]

    def _remove(self, identifiers: Iterable[str]) -> int:
        shelf = self._shelf
        rows = [row for one in identifiers if (row := shelf.pool.remove(one)) is not None]
        if rows:
            shelf.vectors.remove(np.array(rows, dtype=np.int64))
            shelf.sample = None
        if shelf.pool.rows > 1000 and shelf.pool.rows > 2 * len(shelf.pool):
            shelf.compact()
        return len(rows)

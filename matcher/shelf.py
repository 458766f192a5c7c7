"""The pool and its indexes, which change together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.coverage import OwnWords
from matcher.demands import Affinity, Demands
from matcher.encoder import Vectors
from matcher.framework import Framework
from matcher.index import VectorIndex
from matcher.lexical import LexicalEncoder
from matcher.pool import Pool
from matcher.types import Opportunity
from matcher.wording import WordingIndex

Rows = npt.NDArray[np.int64]

SAMPLE = 500
"""So many opportunities tell how near an ordinary one is."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that a pool takes: its vectors (those of requirements in own words included), and
    all else that is kept to compare with them."""

    vectors: int
    beside: int


@dataclass(frozen=True)
class Arriving:
    """Opportunities with all that was computed of them, ready to be put on the shelf."""

    opportunities: Sequence[Opportunity]
    vectors: Vectors
    wording: Sequence[str]
    implied: Sequence[Affinity]
    own: Mapping[str, Vectors]


class Shelf:
    """Holds the opportunities; every index has the rows that the pool gives."""

    def __init__(self, dimension: int, framework: Framework, lexical: LexicalEncoder) -> None:
        self._columns = {one: number for number, one in enumerate(framework.competences)}
        self._gates = tuple(framework.gates)
        self.pool = Pool()
        self.vectors = VectorIndex(dimension)
        self.wording = WordingIndex(lexical)
        self.demands = Demands(self._columns, self._gates)
        self.own_words = OwnWords(dimension)
        self._sample: Rows | None = None

    def put(self, arriving: Arriving) -> None:
        """Add opportunities, none of which is there."""
        fresh = [text for text in arriving.own if text not in self.own_words]
        if fresh:
            self.own_words.add(fresh, np.stack([arriving.own[text] for text in fresh]))
        rows = self.pool.add(arriving.opportunities)
        self.vectors.add(rows, arriving.vectors)
        self.wording.append(arriving.wording)
        self.demands.append(arriving.opportunities, self.own_words.numbers, arriving.implied)
        self._sample = None

    def remove(self, identifiers: Sequence[str]) -> int:
        """Remove opportunities; those that are not there are passed over."""
        rows = [row for one in identifiers if (row := self.pool.remove(one)) is not None]
        if rows:
            self.vectors.remove(np.array(rows, dtype=np.int64))
            self._sample = None
        if self.pool.rows > 1000 and self.pool.rows > 2 * len(self.pool):
            self._compact()
        return len(rows)

    def sample(self) -> Rows:
        """Rows spread evenly over the pool; the same until the pool changes."""
        if self._sample is None:
            kept = self.pool.kept()
            count = min(len(kept), SAMPLE)
            # Over the whole, also where the pool is no multiple of the sample.
            self._sample = kept[np.arange(count) * len(kept) // max(count, 1)]
        return self._sample

    @property
    def memory(self) -> Memory:
        """What the indexes take."""
        return Memory(
            self.vectors.bytes + self.own_words.bytes, self.wording.bytes + self.demands.bytes
        )

    def _compact(self) -> None:
        """Give back the rows of what was removed; own words that nothing uses go too."""
        kept = self.pool.kept()
        opportunities = [self.pool.at(int(row)) for row in kept]
        vectors = self.vectors.vectors(kept)
        own = self.demands.own_rows(kept)
        self.vectors = VectorIndex(vectors.shape[1])
        self.pool = Pool()
        self.vectors.add(self.pool.add(opportunities), vectors)
        self.wording.keep(kept)
        self.demands.keep(kept, self.own_words.keep(own))
        self._sample = None

"""Competences and professions as passages that a sentence can be compared with.

A competence is as near to a sentence as its nearest few passages: its label, its description, the
ways in which people learn it outside care, and those in which people say that they did it or want
it, in Dutch or in English. That is how *een camping gehad* comes near to receiving guests without
sharing a word with it. Professions have passages too: their names, what a day looks like, and how
people wish for such work.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from matcher.encoder import Encoder, Vectors
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.neutral import neutral

SEVERAL = 3
"""So many passages tell how near a concept is."""
Similarity = npt.NDArray[np.float32]

log = logging.getLogger(__name__)


class Concepts:
    """Passages of several concepts, encoded; grouped by concept, in the order of `passages`."""

    def __init__(
        self,
        passages: Mapping[str, Sequence[str]],
        encoder: Encoder,
        lexical: LexicalEncoder,
        cache: Path | None = None,
    ) -> None:
        self.ids = tuple(passages)
        self.column = {identifier: number for number, identifier in enumerate(self.ids)}
        # As the profiles are: *vader* and *moeder* are one word there.
        texts = [neutral(text) for group in passages.values() for text in group]
        self._places = _places([len(group) for group in passages.values()])
        self._dense = _encoded(texts, encoder, cache)
        # Turned over once, instead of at every comparison.
        self._columns: csr_matrix = lexical.encode(texts).T.tocsr()

    def meaning(self, vectors: Vectors, best: int = SEVERAL) -> Similarity:
        """Mean cosine of each vector with the `best` nearest passages of each concept.

        Shape (vectors, concepts). One passage may happen to be near; several seldom are.
        """
        return self._nearest(vectors @ self._dense.T, best)

    def wording(self, rows: csr_matrix) -> Similarity:
        """Letter agreement of each row with the nearest passage, shape (rows, concepts)."""
        return self._nearest((rows @ self._columns).toarray(), 1)

    def _nearest(self, similarity: Similarity, best: int) -> Similarity:
        if not similarity.shape[0] or not self.ids:
            return np.zeros((similarity.shape[0], len(self.ids)), dtype=np.float32)
        nothing = np.full((len(similarity), 1), -1, dtype=np.float32)
        per_concept = np.hstack([similarity, nothing])[:, self._places]
        if best == 1:
            highest: Similarity = per_concept.max(axis=2)
            return highest
        kept = min(best, per_concept.shape[2])
        nearest: Similarity = np.partition(per_concept, -kept, axis=2)[:, :, -kept:].mean(axis=2)
        return nearest


def _places(counts: Sequence[int]) -> npt.NDArray[np.int64]:
    """Per concept the columns of its passages, filled up with -1: the column behind the last."""
    found = np.full((len(counts), max(counts, default=0)), -1, dtype=np.int64)
    start = 0
    for row, count in enumerate(counts):
        found[row, :count] = np.arange(start, start + count)
        start += count
    return found


def competence_passages(framework: Framework) -> dict[str, list[str]]:
    """Per competence, what a sentence is compared with, in both languages."""
    found: dict[str, list[str]] = {}
    for competence in framework.competences.values():
        lines = found[competence.id] = []
        for words in (competence.nl, competence.en):
            lines += [words.label, words.description, *words.elsewhere]
        lines += framework.said_of(competence.id)
    return found


def profession_passages(framework: Framework) -> dict[str, list[str]]:
    """Per profession, what a sentence is compared with, in both languages."""
    found: dict[str, list[str]] = {}
    for profession in framework.professions.values():
        lines = found[profession.id] = []
        for words in (profession.nl, profession.en):
            lines += [words.label, *words.also_called, words.description]
        lines += framework.wished_of(profession.id)
    return found


def _encoded(texts: Sequence[str], encoder: Encoder, cache: Path | None) -> Vectors:
    """Encode, or read what an earlier process encoded: the same texts by the same version."""
    if cache is None:
        return encoder.encode(texts)
    digest = hashlib.sha256("\0".join([encoder.version, *texts]).encode()).hexdigest()[:24]
    file = cache / f"concepts-{digest}.npy"
    try:
        stored: Vectors = np.load(file)
        if stored.shape == (len(texts), encoder.dimension):
            return stored
        log.warning("%s does not hold what its name says; made anew", file)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        log.warning("%s is not readable (%s); made anew", file, error)
    vectors = encoder.encode(texts)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        # Written beside it and moved: another process never reads half a file.
        part = file.with_name(f"{file.name}.{id(vectors)}.part")
        with part.open("wb") as stream:
            np.save(stream, vectors)
        part.replace(file)
    except OSError as error:
        log.warning("%s cannot be kept: %s", file, error)
    return vectors

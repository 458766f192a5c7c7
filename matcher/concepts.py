"""The competences of the framework as passages that a sentence can be compared with.

A competence is as near to a sentence as its nearest passage: its label, its description, or one
of the ways in which people learn it outside care, in Dutch or in English. That is how *een
camping gehad* comes near to receiving guests without sharing a word with it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from matcher.encoder import Encoder, Vectors
from matcher.framework import LANGUAGES, Competence, Framework
from matcher.lexical import LexicalEncoder

Similarity = npt.NDArray[np.float32]

log = logging.getLogger(__name__)


class Concepts:
    """Passages of every competence, encoded; grouped by competence, in the framework's order."""

    def __init__(
        self,
        framework: Framework,
        encoder: Encoder,
        lexical: LexicalEncoder,
        cache: Path | None = None,
    ) -> None:
        self.ids = tuple(framework.competences)
        self.column = {identifier: number for number, identifier in enumerate(self.ids)}
        groups = [passages(competence) for competence in framework.competences.values()]
        texts = [text for group in groups for text in group]
        self._starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
        self._dense = _encoded(texts, encoder, cache)
        # Turned over once, instead of at every comparison.
        self._columns: csr_matrix = lexical.encode(texts).T.tocsr()

    def meaning(self, vectors: Vectors) -> Similarity:
        """Cosine of each vector with the nearest passage, shape (vectors, competences)."""
        return self._nearest(vectors @ self._dense.T)

    def wording(self, rows: csr_matrix) -> Similarity:
        """Letter agreement of each row with the nearest passage, shape (rows, competences)."""
        return self._nearest((rows @ self._columns).toarray())

    def _nearest(self, similarity: Similarity) -> Similarity:
        if not similarity.shape[0]:
            return np.zeros((0, len(self.ids)), dtype=np.float32)
        nearest: Similarity = np.maximum.reduceat(similarity, self._starts, axis=1)
        return nearest


def passages(competence: Competence) -> list[str]:
    """What a sentence is compared with, in both languages."""
    found: list[str] = []
    for language in LANGUAGES:
        words = competence.nl if language == "nl" else competence.en
        found += [words.label, words.description, *words.elsewhere]
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

"""The wording side of the score: TF-IDF over hashed character n-grams.

Words fail on Dutch: *huiskamerbegeleider* and *begeleiden in de huiskamer* share none. Their
letters do agree, so a text becomes the n-grams of 3 to 5 characters inside its words (Cavnar and
Trenkle, 1994), hashed to a fixed number of buckets (Weinberger et al., 2009), weighed by
sublinear TF-IDF, with the cosine as the similarity. How common an n-gram is was counted once
over everyday Dutch and English (`matcher/training/ngrams.py`) and does not depend on the pool: a
text gives the same numbers in every process, whatever was added or removed before.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from matcher.datafiles import DataFileError

BUCKETS = 1 << 18
SIZES = (3, 4, 5)

_SPACE = ord(" ")
_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio, for multiplicative hashing


class LexicalEncoder:
    """Texts to sparse unit rows, shape (texts, BUCKETS).

    `rarity` holds the inverse document frequency per bucket.
    """

    def __init__(self, rarity: npt.NDArray[np.float32]) -> None:
        if rarity.shape != (BUCKETS,):
            raise ValueError(f"expected {BUCKETS} rarities, got shape {rarity.shape}")
        self._rarity = rarity

    @classmethod
    def load(cls, file: Path) -> LexicalEncoder:
        """Read `data/encoder/ngrams.npz`.

        Raises:
            DataFileError: the file is missing or was not made by the training script.
        """
        try:
            with np.load(file) as stored:
                steps = stored["rarity"].astype(np.float32)
                scale = float(stored["scale"])
        except FileNotFoundError as error:
            raise DataFileError(file, 1, "", "the file is missing") from error
        except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error) as error:
            raise DataFileError(file, 1, "rarity", f"is not readable: {error}") from error
        return cls(steps * np.float32(scale))

    @classmethod
    def fit(cls, texts: Sequence[str]) -> LexicalEncoder:
        """Count how rare each n-gram is over texts, smoothed as if one more text had them all."""
        seen = np.zeros(BUCKETS, dtype=np.int64)
        for text in texts:
            seen[np.unique(ngrams(text))] += 1
        rarity = np.log((1 + len(texts)) / (1 + seen)) + 1
        return cls(rarity.astype(np.float32))

    @property
    def rarity(self) -> npt.NDArray[np.float32]:
        """Inverse document frequency per bucket, shape (BUCKETS,)."""
        return self._rarity

    def encode(self, texts: Sequence[str]) -> csr_matrix:
        """Encode texts to sparse rows of length 1; a text without letters gives an empty row."""
        rows = self.weigh(texts)
        return divided(rows, np.maximum(row_lengths(rows), np.float32(1e-9)))

    def weigh(self, texts: Sequence[str], *, once: bool = False) -> csr_matrix:
        """The weights of the n-grams of each text, not yet divided by their length.

        With `once`, an n-gram weighs the same however often it occurs.
        """
        columns: list[npt.NDArray[np.int32]] = []
        weights: list[npt.NDArray[np.float32]] = []
        for text in texts:
            found, times = np.unique(ngrams(text), return_counts=True)
            weight = self._rarity[found]
            if not once:
                weight = weight * (1 + np.log(times)).astype(np.float32)
            columns.append(found.astype(np.int32))
            weights.append(weight)
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(found) for found in columns], out=starts[1:])
        return csr_matrix(
            (
                np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32),
                np.concatenate(columns) if columns else np.zeros(0, dtype=np.int32),
                starts,
            ),
            shape=(len(texts), BUCKETS),
        )


def row_lengths(rows: csr_matrix) -> npt.NDArray[np.float32]:
    """The Euclidean length of each sparse row, shape (rows,)."""
    squares = csr_matrix((rows.data**2, rows.indices, rows.indptr), shape=rows.shape)
    lengths: npt.NDArray[np.float32] = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
    return lengths.astype(np.float32)


def divided(rows: csr_matrix, by: npt.NDArray[np.float32]) -> csr_matrix:
    """Each sparse row divided by its own number, shape (rows,)."""
    data = rows.data / np.repeat(by, np.diff(rows.indptr))
    return csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)


def words_of(text: str) -> list[str]:
    """The words of a text, in order, in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    for accent in filter(unicodedata.combining, set(decomposed)):
        decomposed = decomposed.replace(accent, "")
    return _WORD.findall(decomposed)


def ngrams(text: str) -> npt.NDArray[np.int64]:
    """The buckets of the character n-grams inside the words of a text, with repetition.

    Case, accents and punctuation do not count; a word begins and ends with a space.
    """
    words = words_of(text)
    if not words:
        return np.zeros(0, dtype=np.int64)
    codes = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le"), dtype=np.uint32)
    letters = codes.astype(np.uint64)
    gaps = codes == _SPACE
    found: list[npt.NDArray[np.int64]] = []
    for size in SIZES:
        count = len(codes) - size + 1
        if count <= 0:
            break
        value = np.full(count, size, dtype=np.uint64)
        inside = np.ones(count, dtype=bool)
        for offset in range(size):
            value = (value ^ letters[offset : offset + count]) * _MULTIPLIER
            value ^= value >> np.uint64(29)
            if 0 < offset < size - 1:
                inside &= ~gaps[offset : offset + count]
        buckets = (value >> np.uint64(40)) % np.uint64(BUCKETS)
        found.append(buckets[inside].astype(np.int64))
    return np.concatenate(found)

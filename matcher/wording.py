"""How much the letters of a query agree with each opportunity, at the cost of a list of words.

A row of n-grams takes kilobytes. Its words take a number each, and every n-gram lies inside a
word: so the index keeps the words of each text as numbers, and the n-grams of each word once for
the whole pool. A query is first compared with the words; the product with a text is then the sum
over its words, the same as over its n-grams as long as a word counts once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from matcher.growing import Growing
from matcher.language import is_english
from matcher.lexical import BUCKETS, LexicalEncoder, row_lengths, words_of

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

_AT_ONCE = 2000
_SMALL_WORDS = frozenset(
    words_of("""
    de het een en ik je jij jou jouw mijn hij zij we wij ze er dat die dit deze ook wel nog al maar
    of want dus als dan toen om te van voor met bij naar uit op aan in is was ben bent zijn waren
    had heb hebt heeft kan kun kunt wil wilt ga gaat door over onder tot wat wie hoe hun hen haar
    onze ons elke elk alle wordt worden zelf samen
    the a an and i you your my he she we they it that this these those also but or so if then
    when to of for with at from out on in is was am are be been were had have has can by do does
    our their who what how will all each
    """)
)


class Vocabulary:
    """Every word of the pool once, under a number, with its n-grams."""

    def __init__(self, lexical: LexicalEncoder) -> None:
        self._lexical = lexical
        self._number: dict[str, int] = {}
        self._fresh: list[str] = []
        self._grams = csr_matrix((0, BUCKETS), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._number)

    @property
    def bytes(self) -> int:
        """Memory of the n-grams of the words."""
        grams = self._grams
        return int(grams.data.nbytes + grams.indices.nbytes + grams.indptr.nbytes)

    def numbers(self, text: str) -> npt.NDArray[np.uint32]:
        """The numbers of the different words of a text; new words get one. Small words are left
        out: they say nothing and are half of every text."""
        found = dict.fromkeys(words_of(text))
        numbers: list[int] = []
        for word in found:
            if word in _SMALL_WORDS:
                continue
            number = self._number.get(word)
            if number is None:
                number = self._number[word] = len(self._number)
                self._fresh.append(word)
            numbers.append(number)
        return np.array(numbers, dtype=np.uint32)

    def grams(self) -> csr_matrix:
        """The weighed n-grams of every word, shape (words, BUCKETS)."""
        if self._fresh:
            added = self._lexical.weigh(self._fresh, once=True)
            self._grams = vstack([self._grams, added], format="csr")
            self._fresh = []
        return self._grams

    def likeness(self, query: csr_matrix) -> Floats:
        """How far each word agrees with a query row, shape (1, BUCKETS)."""
        dense = np.zeros(BUCKETS, dtype=np.float32)
        dense[query.indices] = query.data
        found: Floats = self.grams() @ dense
        return found


class WordingIndex:
    """Texts by row, as numbers of words; a score is a cosine of n-grams, from 0 to 1."""

    def __init__(self, lexical: LexicalEncoder) -> None:
        self._vocabulary = Vocabulary(lexical)
        self._words = Growing(np.uint32)
        self._stops = Growing(np.int64)
        self._lengths = Growing(np.float32)
        self._english = Growing(np.bool_)

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def bytes(self) -> int:
        """Memory of the texts and of the words."""
        held = (self._words, self._stops, self._lengths, self._english)
        return sum(one.bytes for one in held) + self._vocabulary.bytes

    def append(self, texts: Sequence[str]) -> None:
        """Add texts behind those that are there."""
        for start in range(0, len(texts), _AT_ONCE):
            rows = [self._vocabulary.numbers(one) for one in texts[start : start + _AT_ONCE]]
            counts = np.array([len(row) for row in rows], dtype=np.int64)
            words = np.concatenate(rows)
            stops = np.cumsum(counts)
            members = csr_matrix(
                (np.ones(len(words), dtype=np.float32), words, np.concatenate([[0], stops])),
                shape=(len(rows), len(self._vocabulary)),
            )
            lengths = row_lengths(members @ self._vocabulary.grams())
            self._stops.extend(stops + len(self._words))
            self._words.extend(words)
            self._lengths.extend(np.maximum(lengths, np.float32(1e-6)))
            self._english.extend(
                np.array([is_english(one) for one in texts[start : start + _AT_ONCE]])
            )

    def keep(self, rows: Rows) -> None:
        """Keep only these rows, in this order; their numbers start at zero again."""
        positions, counts = self._positions(rows)
        self._words.replace(self._words.values[positions])
        self._stops.replace(np.cumsum(counts))
        self._lengths.replace(self._lengths.values[rows])
        self._english.replace(self._english.values[rows])

    def english(self, rows: Rows) -> npt.NDArray[np.bool_]:
        """Which of these texts are in English."""
        found: npt.NDArray[np.bool_] = self._english.values[rows]
        return found

    def likeness(self, query: csr_matrix) -> Floats:
        """How far each word of the pool agrees with a query, for `scores`."""
        return self._vocabulary.likeness(query)

    def scores(self, likeness: Floats, rows: Rows) -> Floats:
        """The cosine of that query with the texts in these rows, shape (rows,)."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        positions, counts = self._positions(rows)
        # One zero behind the last word: a sum must begin somewhere, also that of a last text
        # without words. What it then sums is not its own, and is set to zero.
        values = np.append(likeness[self._words.values[positions]], np.float32(0))
        starts = np.cumsum(counts) - counts
        sums = np.add.reduceat(values, starts)
        sums[counts == 0] = 0
        found: Floats = (sums / self._lengths.values[rows]).astype(np.float32)
        return found

    def _positions(self, rows: Rows) -> tuple[Rows, Rows]:
        """Where the words of these rows stand, one after another, and how many each has."""
        stops = self._stops.values
        starts = np.where(rows > 0, stops[rows - 1], 0)
        counts = stops[rows] - starts
        first = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return first + np.arange(len(first)), counts

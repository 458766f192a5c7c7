"""Reading a profile: pieces, their vectors, what each comes near to, and what is denied."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from scipy.sparse import csr_matrix

from matcher.alike import alike
from matcher.concepts import Concepts, Similarity
from matcher.encoder import Encoder, Vectors
from matcher.framework import Framework
from matcher.language import is_english
from matcher.lexical import LexicalEncoder, words_of
from matcher.neutral import neutral
from matcher.origins import origins_in
from matcher.text import Piece, clean, has_words, pieces

FOREIGN = 0.65
"""How far to trust an encoder on a language that it did not learn."""
ALIKE = 0.9
"""How much the words of a piece written alike count beside those that were written."""


@dataclass(frozen=True)
class Side:
    """One of the two texts of a profile, read.

    The first arrays have a row per piece: `trust`, shape (pieces,), is how far the encoder knows
    its language, 0 to 1; `dense` its vector; `near`, shape (pieces, competences), how near it
    comes to each competence.

    The others stand for the text as a whole without what it denies: `meaning`, shape
    (dimension,), and `wording`, shape (1, buckets); `professions`, how near it comes to each;
    `origins`, how surely the occupations that it names bring each competence, 0 to 1.
    """

    pieces: tuple[Piece, ...]
    trust: Vectors
    dense: Vectors
    near: Similarity
    meaning: Vectors
    wording: csr_matrix
    professions: Vectors
    origins: Vectors

    @property
    def trusted(self) -> float:
        """How far the encoder knows the language of the text as a whole, 0 to 1."""
        return float(self.trust.mean()) if len(self.trust) else 0.0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to go by."""
        return all(piece.negated for piece in self.pieces)


class Reader:
    """Reads texts, and remembers the last ones: a visitor who filters does not change the text."""

    def __init__(
        self,
        framework: Framework,
        encoder: Encoder,
        lexical: LexicalEncoder,
        competences: Concepts,
        professions: Concepts,
        remembered: int = 256,
    ) -> None:
        self._framework = framework
        self._encoder = encoder
        self._lexical = lexical
        self._competences = competences
        self._professions = professions
        self._remembered = remembered
        self._known: OrderedDict[str, Side] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> Side:
        """Cut a text into pieces, encode them, and compare them with the framework."""
        cleaned = clean(text)
        with self._lock:
            if cleaned in self._known:
                self._known.move_to_end(cleaned)
                return self._known[cleaned]
        side = self._encode(cleaned)
        with self._lock:
            self._known[cleaned] = side
            while len(self._known) > self._remembered:
                self._known.popitem(last=False)
        return side

    def _trust(self, text: str) -> float:
        return 1.0 if self._encoder.knows_dutch or is_english(text) else FOREIGN

    def _encode(self, text: str) -> Side:
        # Sex, name, age and descent must not bear on anything that follows.
        plain = pieces(neutral(text))
        found = _told(plain, pieces(text))
        words = [self._without_gates(piece.text) for piece in plain]
        wanted = [number for number, piece in enumerate(found) if not piece.negated]
        whole = ". ".join(dict.fromkeys(words[number] for number in wanted))
        vectors = self._encoder.encode_queries([*words, whole])
        pieces_read, meaning = vectors[:-1], vectors[-1]
        near = self._professions.meaning(np.vstack([pieces_read[wanted], meaning[None, :]]))
        dense = self._with_alike(words, pieces_read)
        return Side(
            pieces=found,
            trust=np.array([self._trust(word) for word in words], dtype=np.float32),
            dense=dense,
            near=self._competences.meaning(dense),
            meaning=meaning,
            wording=self._lexical.encode([whole]),
            professions=(near[:-1].max(axis=0, initial=-1) + near[-1]) / 2,
            origins=self._brought(". ".join(plain[number].text for number in wanted)),
        )

    def _with_alike(self, words: Sequence[str], read: Vectors) -> Vectors:
        """The vectors of pieces, drawn to those of the same words written alike.

        Not where the order asks for meaning: over whole texts the forms are needed as they are.
        """
        changed = {n: text for n, one in enumerate(words) if (text := alike(one)) != one}
        if not changed:
            return read
        rows = list(changed)
        found = read.copy()
        found[rows] += np.float32(ALIKE) * self._encoder.encode_queries(list(changed.values()))
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-9), dtype=np.float32)

    def _without_gates(self, text: str) -> str:
        """A registration is a fact on file; named in the text it would only dilute what it says."""
        left = self._framework.without_gates(text)
        return left if has_words(left) else text

    def _brought(self, text: str) -> Vectors:
        """How surely the occupations that a text names bring each competence."""
        column = self._competences.column
        found = np.zeros(len(column), dtype=np.float32)
        for one in origins_in(text, self._framework):
            for competence, surety in self._framework.origins[one.origin].brings.items():
                if competence in column:
                    found[column[competence]] = max(found[column[competence]], surety.share)
        return found


def _told(plain: Sequence[Piece], typed: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces as they were typed, to be shown: per plain piece the one with most of its words.

    Taking words out may join or drop pieces, so they cannot be counted off.
    """
    if not typed:
        return tuple(plain)
    words = [set(words_of(piece.text)) for piece in typed]
    found: list[Piece] = []
    for number, piece in enumerate(plain):
        own = set(words_of(piece.text))
        best = min(
            range(len(typed)),
            key=lambda one: (-len(own & words[one]), len(words[one]), abs(one - number)),
        )
        found.append(replace(typed[best], negated=piece.negated))
    return tuple(found)

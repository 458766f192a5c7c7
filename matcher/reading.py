"""Reading a profile: pieces, their vectors, and what the person rather not has."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from scipy.sparse import csr_matrix

from matcher.encoder import Encoder, Vectors
from matcher.language import is_english
from matcher.lexical import LexicalEncoder
from matcher.text import Piece, clean, pieces

FOREIGN = 0.65
"""How far to trust an encoder on a language that it did not learn."""


@dataclass(frozen=True)
class Side:
    """One of the two texts of a profile, read.

    `trust`, shape (pieces,), is how far the encoder knows the language of a piece, 0 to 1.
    `dense` and `sparse` have one row per piece; `meaning`, shape (dimension,), and `wording`,
    shape (1, buckets), stand for the text as a whole without what it denies.
    """

    pieces: tuple[Piece, ...]
    trust: Vectors
    dense: Vectors
    sparse: csr_matrix
    meaning: Vectors
    wording: csr_matrix

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

    def __init__(self, encoder: Encoder, lexical: LexicalEncoder, remembered: int = 256) -> None:
        self._encoder = encoder
        self._lexical = lexical
        self._remembered = remembered
        self._known: OrderedDict[str, Side] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> Side:
        """Cut a text into pieces and encode them."""
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
        found = tuple(pieces(text))
        words = [piece.text for piece in found]
        dense = self._encoder.encode(words)
        wanted = [number for number, piece in enumerate(found) if not piece.negated]
        whole = ". ".join(dict.fromkeys(found[number].text for number in wanted))
        middle = dense[wanted].mean(axis=0) if wanted else np.zeros(self._encoder.dimension)
        length = float(np.linalg.norm(middle)) or 1.0
        return Side(
            pieces=found,
            trust=np.array([self._trust(word) for word in words], dtype=np.float32),
            dense=dense,
            sparse=self._lexical.encode(words),
            meaning=(middle / length).astype(np.float32),
            wording=self._lexical.encode([whole]),
        )

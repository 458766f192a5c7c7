"""An index of sparse rows: how much the letters of a query agree with each text.

Built like a log: large parts in columns, which answer quickly, and a small tail for what came
later, which is merged into the last part when it has grown. A part that is full stays as it is,
so that merging never takes much time or memory. Rows have the numbers that the pool gave them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix, vstack

from matcher.lexical import BUCKETS

_TAIL = 1024
"""A tail longer than this, and than an eighth of the last part, is merged."""
_PART = 16384
"""A part does not grow beyond this number of rows."""


class WordingIndex:
    """Sparse rows of `width` columns; a score is the inner product of a query with a row."""

    def __init__(self, width: int = BUCKETS) -> None:
        self._width = width
        self._parts: list[csc_matrix] = []
        self._tail: list[csr_matrix] = []

    def __len__(self) -> int:
        return _rows(self._parts) + _rows(self._tail)

    @property
    def bytes(self) -> int:
        """Memory of the rows."""
        held = [*self._parts, *self._tail]
        return sum(m.data.nbytes + m.indices.nbytes + m.indptr.nbytes for m in held)

    def append(self, rows: csr_matrix) -> None:
        """Add rows behind those that are there, shape (rows, width)."""
        if not rows.shape[0]:
            return
        self._tail.append(rows)
        if _rows(self._tail) > max(_TAIL, _rows(self._parts[-1:]) // 8):
            self._merge()

    def keep(self, rows: npt.NDArray[np.int64]) -> None:
        """Keep only these rows, in this order; their numbers start at zero again."""
        nothing = csr_matrix((0, self._width), dtype=np.float32)
        everything = vstack(
            [nothing, *(part.tocsr() for part in self._parts), *self._tail], format="csr"
        )
        kept = everything[rows]
        self._tail = []
        self._parts = [
            kept[start : start + _PART].tocsc() for start in range(0, kept.shape[0], _PART)
        ]

    def scores(self, query: csr_matrix) -> npt.NDArray[np.float32]:
        """The inner product of one query row, shape (1, width), with every row."""
        found = np.zeros(len(self), dtype=np.float32)
        if not query.nnz:
            return found
        start = 0
        for columns in self._parts:
            stop = start + columns.shape[0]
            found[start:stop] = columns[:, query.indices] @ query.data
            start = stop
        if self._tail:
            whole = np.zeros(self._width, dtype=np.float32)
            whole[query.indices] = query.data
            found[start:] = np.concatenate([rows @ whole for rows in self._tail])
        return found

    def _merge(self) -> None:
        columns = vstack(self._tail, format="csr").tocsc()
        if self._parts and self._parts[-1].shape[0] + columns.shape[0] <= _PART:
            columns = vstack([self._parts.pop(), columns], format="csc")
        self._parts.append(columns)
        self._tail = []


def _rows(matrices: Sequence[csc_matrix | csr_matrix]) -> int:
    return sum(int(matrix.shape[0]) for matrix in matrices)

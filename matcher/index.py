"""Finding the nearest vectors. The only file that knows of FAISS.

The index is exact: a flat inner product over unit vectors, so a score is the cosine, from -1 to
1, and higher is nearer. FAISS fills missing answers with the id -1; that never leaves this file.
"""

from __future__ import annotations

from collections.abc import Callable

import faiss
import numpy as np
import numpy.typing as npt

from matcher.encoder import Vectors

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

_SPARSE = 1024
"""A map of bits is used up to this many bits per id: 128 bytes, no more than a set takes."""


class VectorIndex:
    """Vectors under ids that the caller chooses; an id is used once until it is removed.

    Raises:
        ValueError: vectors of another dimension, an id below zero or an id that is there already.
    """

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._present: set[int] = set()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def bytes(self) -> int:
        """Memory of the vectors."""
        return len(self) * self._dimension * np.dtype(np.float32).itemsize

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors, shape (ids, dimension)."""
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(
                f"expected vectors of shape {(len(ids), self._dimension)}, got {vectors.shape}"
            )
        fresh = {int(one) for one in ids}
        if len(fresh) != len(ids) or fresh & self._present or (len(ids) and ids.min() < 0):
            raise ValueError("an id is negative, given twice or there already")
        if not len(ids):
            return
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(ids, dtype=np.int64)
        )
        self._present |= fresh

    def remove(self, ids: Ids) -> int:
        """Remove vectors by id; ids that are not there are passed over. Returns how many went."""
        gone = self._present & {int(one) for one in ids}
        if gone:
            batch = faiss.IDSelectorBatch(np.fromiter(gone, dtype=np.int64, count=len(gone)))
            self._index.remove_ids(batch)
            self._present -= gone
        return len(gone)

    def search(self, query: Vectors, limit: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Find the nearest of one query, shape (dimension,), nearest first, ties by id.

        `among` restricts the search to these ids. The answer is shorter than `limit` when fewer
        vectors are there.

        Raises:
            ValueError: the query has another dimension, or `limit` is below one.
        """
        if query.shape != (self._dimension,):
            raise ValueError(f"expected a query of shape {(self._dimension,)}, got {query.shape}")
        if limit < 1:
            raise ValueError("limit must be one or more")
        reach = min(limit, len(self))
        if reach == 0 or (among is not None and not len(among)):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        parameters = None
        if among is not None:
            selector = _selector(np.asarray(among, dtype=np.int64))
            # The stubs of FAISS do not know the keywords of its classes.
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        rows = np.ascontiguousarray(query.reshape(1, -1), dtype=np.float32)
        # Several threads bring one query little, and on a busy machine they wait for each other.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(rows, reach, params=parameters)
        found = ids[0] >= 0
        ids, scores = ids[0][found], scores[0][found]
        order = np.lexsort((ids, -scores))
        return ids[order], scores[order]

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of these ids, shape (ids, dimension).

        Raises:
            KeyError: an id is not there.
        """
        missing = {int(one) for one in ids} - self._present
        if missing:
            raise KeyError(min(missing))
        if not len(ids):
            return np.zeros((0, self._dimension), dtype=np.float32)
        found: Vectors = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return found


def _selector(ids: Ids) -> faiss.IDSelector:
    """A bit per id where ids lie close together, which is quicker to ask; else a set."""
    size = int(ids.max()) + 1
    if ids.min() < 0 or size > _SPARSE * len(ids):
        return faiss.IDSelectorBatch(ids)
    wanted = np.zeros(size, dtype=np.bool_)
    wanted[ids] = True
    bits = np.packbits(wanted, bitorder="little")
    # The stubs of FAISS do not know that it takes an array.
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]


def bare_search(
    vectors: Vectors, limit: int, threads: int
) -> Callable[[Vectors], tuple[Ids, Scores]]:
    """A flat search without anything of ours, to measure the engine against.

    It takes a query of shape (dimension,) and gives the raw answer of FAISS.
    """
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def search(query: Vectors) -> tuple[Ids, Scores]:
        faiss.omp_set_num_threads(threads)
        scores, ids = index.search(query[None, :], limit)
        return ids[0], scores[0]

    return search

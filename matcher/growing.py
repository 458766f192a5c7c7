"""Arrays that grow at the end, as a list does, without a Python object per number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


class Growing:
    """Numbers, or rows of `width` numbers, of one kind.

    When room runs out a quarter is added, so that a row costs the same on average however many
    there are.
    """

    def __init__(self, kind: npt.DTypeLike, width: int | None = None) -> None:
        self._room: npt.NDArray[Any] = np.zeros(0 if width is None else (0, width), dtype=kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> npt.NDArray[Any]:
        """What is there, as a view; not to be kept over an `extend`."""
        return self._room[: self._size]

    @property
    def bytes(self) -> int:
        """Memory taken, room included."""
        return int(self._room.nbytes)

    def extend(self, rows: npt.NDArray[Any]) -> None:
        """Add rows at the end."""
        needed = self._size + len(rows)
        if needed > len(self._room):
            grown = np.zeros(
                (max(needed, self._size + self._size // 4, 64), *self._room.shape[1:]),
                dtype=self._room.dtype,
            )
            grown[: self._size] = self.values
            self._room = grown
        self._room[self._size : needed] = rows
        self._size = needed

    def replace(self, rows: npt.NDArray[Any]) -> None:
        """Hold these instead."""
        self._room = rows.copy()
        self._size = len(rows)

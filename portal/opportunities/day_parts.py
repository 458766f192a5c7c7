"""Day parts of a week as one number: bit weekday * 4 + part, Monday morning lowest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS: Final = ("morning", "afternoon", "evening", "night")
ALL: Final = (1 << len(DAYS) * len(PARTS)) - 1


def to_mask(slots: Iterable[tuple[str, str]]) -> int:
    """Return the number of some day parts. Raises ValueError for an unknown name."""
    mask = 0
    for day, part in slots:
        mask |= 1 << DAYS.index(day) * len(PARTS) + PARTS.index(part)
    return mask


def from_mask(mask: int) -> tuple[tuple[str, str], ...]:
    """Return the day parts of a number, in the order of the week."""
    if not 0 <= mask <= ALL:
        raise ValueError(f"{mask} does not name day parts of a week")
    slots = ((day, part) for day in DAYS for part in PARTS)
    return tuple(slot for bit, slot in enumerate(slots) if mask >> bit & 1)

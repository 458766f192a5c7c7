"""What somebody shows of an opportunity: one segment for each requirement, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

IMPORTANT: Final = 1.6
"""How much wider an important requirement is than another."""
_GAP: Final = 1.2  # percent of the width, between two segments
_MANY: Final = 13
_GAPS: Final = 15.0  # percent of the width, for all gaps together


class Shown(Protocol):
    """A requirement with what somebody shows of it: met, partly or not_shown."""

    @property
    def status(self) -> str:
        """What the profile shows of it."""
        ...

    @property
    def legal(self) -> bool:
        """Whether the law asks for it."""
        ...

    @property
    def critical(self) -> bool:
        """Whether it is important there."""
        ...


@dataclass(frozen=True, slots=True)
class Segment:
    """One requirement: where it stands in percent, and what it is drawn for."""

    x: float
    width: float
    reason: Shown


@dataclass(frozen=True, slots=True)
class Coverage:
    """All segments, from left to right, and how many there are of each status."""

    segments: tuple[Segment, ...]
    met: int
    partly: int
    not_shown: int

    @property
    def tight(self) -> bool:
        """Whether there are so many that ticks and shields must be small on a telephone."""
        return self.total > _MANY

    @property
    def total(self) -> int:
        """How many requirements there are."""
        return len(self.segments)


def coverage(reasons: Sequence[Shown]) -> Coverage:
    """Divide the width over requirements; what is important and no law is wider."""
    weights = [IMPORTANT if one.critical and not one.legal else 1.0 for one in reasons]
    gap = min(_GAP, _GAPS / len(reasons)) if reasons else 0.0
    unit = (100 - gap * (len(reasons) - 1)) / sum(weights) if reasons else 0.0
    segments = []
    x = 0.0
    for reason, weight in zip(reasons, weights, strict=True):
        segments.append(Segment(round(x, 2), round(weight * unit, 2), reason))
        x += weight * unit + gap
    found = [str(one.status) for one in reasons]
    return Coverage(
        segments=tuple(segments),
        met=found.count("met"),
        partly=found.count("partly"),
        not_shown=found.count("not_shown"),
    )

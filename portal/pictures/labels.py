"""Names beside dots: each where there is room, or else nowhere. The table has them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SIZE: Final = 13.5
"""Height of the letters of a name, in units of the map."""
_WIDE: Final = 0.56  # width of a letter beside its height; a little more than fonts need
_HIGH: Final = 1.25
_STEPS: Final = 8  # along a line
_GAPS: Final = (3.0, 15.0, 28.0)  # from the second on with a line to the dot
_AROUND: Final = (
    *((1, 0), (-1, 0), (0, -1), (0, 1)),
    *((1, -1), (1, 1), (-1, -1), (-1, 1)),
    *((1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5)),
)
"""Ways from a dot to its name, the best first; a half is beside it, but a little up or down."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether they share some surface."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, other: Box) -> bool:
        """Whether no part sticks out of `other`."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name: where its letters begin and stand, and the line to its dot if that is far off."""

    text: str
    x: float
    y: float
    box: Box
    line: tuple[float, ...] | None = None


def circle(x: float, y: float, radius: float) -> Box:
    """The box around a circle."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def text_box(text: str, x: float, y: float, size: float = SIZE) -> Box:
    """The box of a text whose middle is at (x, y)."""
    half, high = len(text) * size * _WIDE / 2, size * _HIGH / 2
    return Box(x - half, y - high, x + half, y + high)


def place(text: str, at: tuple[float, float, float], taken: list[Box], frame: Box) -> Label | None:
    """Find room for a name around a dot (x, y, radius); None where there is none."""
    x, y, radius = at
    size = text_box(text, 0, 0)
    for gap in _GAPS:
        for right, down in _AROUND:
            # Beside a corner of the dot a name may come a little nearer.
            off = (radius + gap) * (0.75 if right and abs(down) == 1 else 1.0)
            cx = x + right * (off + size.right)
            cy = y + down * (size.bottom * 1.6 if abs(down) == 0.5 else off + size.bottom)
            box = text_box(text, cx, cy)
            if box.inside(frame) and not any(box.touches(other) for other in taken):
                line = None
                if gap > _GAPS[0]:
                    ends = (x, y, x + right * off, y + (cy - y if abs(down) == 0.5 else down * off))
                    if _crosses(ends, taken, circle(x, y, radius)):
                        continue
                    line = tuple(round(end, 1) for end in ends)
                baseline = cy + SIZE * 0.35
                return Label(text, round(box.left, 1), round(baseline, 1), box, line)
    return None


def on_line(line: tuple[float, ...]) -> list[Box]:
    """Small boxes along a line, for others to keep away from; none for no line."""
    if not line:
        return []
    x1, y1, x2, y2 = line
    return [
        circle(x1 + (x2 - x1) * step / _STEPS, y1 + (y2 - y1) * step / _STEPS, 1)
        for step in range(_STEPS + 1)
    ]


def _crosses(line: tuple[float, ...], taken: list[Box], own: Box) -> bool:
    """Whether a line runs over something besides the dot that it begins in."""
    return any(
        spot.touches(other) for spot in on_line(line) if not spot.touches(own) for other in taken
    )

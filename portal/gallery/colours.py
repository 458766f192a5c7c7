"""The colours of the stylesheet, read from it, and how well each pair can be read.

Contrast is that of WCAG 2.2: from 1 (the same) to 21 (black on white).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of words, and of what one must see to use something."""
_STYLESHEET: Final = Path(__file__).parents[1] / "static" / "css" / "tokens.css"
_TOKEN: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
PAIRS: Final = (
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "card", TEXT),
    ("ink", "pine-soft", TEXT),
    ("ink", "apricot-soft", TEXT),
    ("ink", "danger-soft", TEXT),
    ("pine", "paper", TEXT),
    ("pine", "card", TEXT),
    ("pine", "pine-soft", TEXT),
    ("pine-deep", "pine-soft", TEXT),
    ("on-pine", "pine", TEXT),
    ("on-pine", "pine-deep", TEXT),
    ("apricot-ink", "apricot-soft", TEXT),
    ("met", "met-soft", TEXT),
    ("part", "part-soft", TEXT),
    ("gap", "gap-soft", TEXT),
    ("danger", "card", TEXT),
    ("danger", "danger-soft", TEXT),
    ("card", "danger", TEXT),
    ("edge", "card", SHAPE),
    ("edge", "paper", SHAPE),
    ("focus", "card", SHAPE),
    ("focus", "paper", SHAPE),
)
"""What stands on what, anywhere in the portal, and the least contrast that it must have."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by its name in the stylesheet, by day and in the dark."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on another, with the contrast by day and in the dark."""

    front: str
    ground: str
    light: float
    dark: float
    least: float

    @property
    def good(self) -> bool:
        """Whether both can be read."""
        return min(self.light, self.dark) >= self.least


@cache
def colours() -> tuple[Colour, ...]:
    """Every colour of the stylesheet, in its order."""
    light, dark = _read()
    return tuple(Colour(name, value, dark.get(name, value)) for name, value in light.items())


@cache
def pairs() -> tuple[Pair, ...]:
    """The pairs that the portal uses, with their contrasts."""
    light, dark = _read()
    return tuple(
        Pair(
            front,
            ground,
            contrast(light[front], light[ground]),
            contrast(dark[front], dark[ground]),
            least,
        )
        for front, ground, least in PAIRS
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, each as #rrggbb."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Iterator[float]:
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        yield part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _read() -> tuple[Mapping[str, str], Mapping[str, str]]:
    day, _media, night = _STYLESHEET.read_text("utf-8").partition("@media")
    light = dict(_TOKEN.findall(day))
    return light, light | dict(_TOKEN.findall(night))

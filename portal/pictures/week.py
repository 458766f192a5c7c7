"""A week as seven days of four day parts, for one job or for a few together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DAYS: Final = 7
PARTS: Final = 4
_STEP, _SIZE = 6, 4.8  # of the small picture


@dataclass(frozen=True, slots=True)
class Job:
    """A job in a week: its name, its day parts (bit day * 4 + part), and what is agreed.

    `fixed` says that somebody works on all of them; else they are what there is to choose from.
    """

    name: str
    day_parts: int
    hours: float | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A day part: the jobs that it may be for, by number. Two fixed ones cannot both be done."""

    jobs: tuple[int, ...]
    clash: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The day parts as rows of seven days, and the hours of all jobs together if each is known."""

    jobs: tuple[Job, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hours: float | None

    @property
    def clashes(self) -> bool:
        """Whether two fixed jobs ask for the same day part."""
        return any(cell.clash for row in self.rows for cell in row)


def week(jobs: Sequence[Job]) -> Week:
    """Put jobs in one week."""

    def cell(day: int, part: int) -> Cell:
        bit = 1 << day * PARTS + part
        found = tuple(number for number, job in enumerate(jobs) if job.day_parts & bit)
        return Cell(found, sum(jobs[number].fixed for number in found) > 1)

    hours = [job.hours for job in jobs if job.hours is not None]
    return Week(
        jobs=tuple(jobs),
        rows=tuple(tuple(cell(day, part) for day in range(DAYS)) for part in range(PARTS)),
        hours=sum(hours) if jobs and len(hours) == len(jobs) else None,
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A very small week: a square for each day part, with those where there is work filled."""

    width: float
    height: float
    size: float
    squares: tuple[tuple[float, float, bool], ...]


def glyph(day_parts: int) -> Glyph:
    """Draw the day parts (bit day * 4 + part) as squares; days beside, parts below each other."""
    return Glyph(
        width=DAYS * _STEP,
        height=PARTS * _STEP,
        size=_SIZE,
        squares=tuple(
            (day * _STEP, part * _STEP, bool(day_parts >> day * PARTS + part & 1))
            for part in range(PARTS)
            for day in range(DAYS)
        ),
    )

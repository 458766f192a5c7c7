"""What somebody can, by group: a column for each competence, as high as it is well shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

GRADES: Final = ("claimed", "demonstrated", "validated", "certified")
"""How well something is shown, from low to high; a column has as many steps."""
WIDEST: Final = 5.0
"""Percent of the width that one competence takes at most: few of them stay small."""
_GAP: Final = 0.18  # of the room of one column


class Shown(Protocol):
    """A competence with how well it is shown."""

    @property
    def grade(self) -> str:
        """One of GRADES."""
        ...


class Group(Protocol):
    """Competences that belong together."""

    @property
    def label(self) -> str:
        """Their name."""
        ...

    @property
    def competences(self) -> Sequence[Shown]:
        """The competences themselves."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """One competence: where it stands in percent, how many steps high, and what it is."""

    x: float
    width: float
    steps: int
    grade: str
    what: Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One group, the best shown first, with how many there are of each grade."""

    label: str
    columns: tuple[Column, ...]
    counts: tuple[int, ...]
    """In the order of GRADES."""

    @property
    def total(self) -> int:
        """How many competences there are."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class Ability:
    """All groups on one scale: a column is as wide in each."""

    rows: tuple[Row, ...]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many competences there are."""
        return sum(self.counts)


def ability(groups: Sequence[Group]) -> Ability:
    """Divide the width over the competences of the largest group; no group is stretched.

    So twice as long is twice as many, and a row of low columns looks like what it is.
    """
    longest = max((len(group.competences) for group in groups), default=0)
    room = min(WIDEST, 100 / longest) if longest else WIDEST
    rows = tuple(_row(group, room) for group in groups if group.competences)
    return Ability(
        rows, tuple(sum(row.counts[step] for row in rows) for step in range(len(GRADES)))
    )


def _row(group: Group, room: float) -> Row:
    order = sorted(group.competences, key=lambda one: -GRADES.index(str(one.grade)))
    grades = [str(one.grade) for one in order]
    return Row(
        label=group.label,
        columns=tuple(
            Column(
                x=round(number * room, 2),
                width=round(room * (1 - _GAP), 2),
                steps=GRADES.index(grade) + 1,
                grade=grade,
                what=one,
            )
            for number, (one, grade) in enumerate(zip(order, grades, strict=True))
        ),
        counts=tuple(grades.count(grade) for grade in GRADES),
    )

"""A route on one axis of weeks: learning first, step after step, and then beside a colleague.

The steps stand behind each other as `matcher.route` adds them up. What is learnt on the job
begins together, on the first day of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

_YEAR: Final = 52
_EVERY: Final = (1, 2, 4, 8, 26, 52, 104)  # weeks between two ticks
_TICKS: Final = 6


class Step(Protocol):
    """A learning activity that takes some weeks."""

    @property
    def weeks(self) -> int:
        """How long it takes."""
        ...


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that is learnt: from `start` on, for `weeks`; x and width in percent.

    `what` is what was given: a step, or the words of a requirement that is learnt on the job.
    """

    what: Any
    start: int
    weeks: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A week on the axis."""

    x: float
    week: int

    @property
    def years(self) -> float | None:
        """The same in years, where that is a whole or a half one."""
        years = self.week / _YEAR
        return years if years * 2 == int(years * 2) else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A route: its steps, what is learnt on the job after it, and the weeks of both together.

    `work` is where work begins, in percent; None where there is nothing to mark.
    """

    steps: tuple[Bar, ...]
    on_the_job: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    weeks: int
    work: float | None

    @property
    def work_week(self) -> int:
        """After how many weeks work begins."""
        return sum(bar.weeks for bar in self.steps)


def timeline(steps: Sequence[Step], on_the_job: Sequence[tuple[Any, int]] = ()) -> Timeline:
    """Put a route on one axis; `on_the_job` holds what is learnt there, and in how many weeks."""
    before = sum(step.weeks for step in steps)
    total = before + max((weeks for _what, weeks in on_the_job), default=0)

    def percent(week: float) -> float:
        return round(100 * week / total, 2) if total else 0.0

    bars = []
    start = 0
    for step in steps:
        bars.append(Bar(step, start, step.weeks, percent(start), percent(step.weeks)))
        start += step.weeks
    return Timeline(
        steps=tuple(bars),
        on_the_job=tuple(
            Bar(what, before, weeks, percent(before), percent(weeks)) for what, weeks in on_the_job
        ),
        ticks=tuple(Tick(percent(week), week) for week in _weeks(total)),
        weeks=total,
        work=percent(before) if steps and on_the_job else None,
    )


def _weeks(total: int) -> range:
    """The weeks to name on the axis: few enough to stay apart, the ends not among them."""
    every = next((one for one in _EVERY if total / one <= _TICKS), _EVERY[-1])
    return range(every, total, every)

"""What may happen to hours and talks now. Pure: no database, no request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from portal.clock import ZONE
from portal.coaching.workflow import TalkState

NOTICE: Final = timedelta(hours=2)
"""A coach must be able to see a booking before the talk begins."""
AHEAD: Final = timedelta(days=183)
"""Hours further away are not published: nobody keeps to them."""
MOST_WEEKS: Final = 12
MOST_AT_ONCE: Final = 120


def bookable(starts_at: datetime, now: datetime) -> bool:
    """Say whether a free hour can still be booked."""
    return starts_at >= now + NOTICE


def may_change(state: TalkState, starts_at: datetime, now: datetime) -> bool:
    """Say whether a talk can still be moved or cancelled: until it begins."""
    return state is TalkState.BOOKED and starts_at > now


def may_close(state: TalkState, starts_at: datetime, now: datetime) -> bool:
    """Say whether the coach can note what became of a talk: once it began."""
    return state is not TalkState.CANCELLED and starts_at <= now


def slots(
    day: date, begin: time, end: time, *, minutes: int, weeks: int = 1
) -> tuple[datetime, ...]:
    """Cut a stretch of a day into talks, the same stretch in each of `weeks` weeks.

    Times are Dutch; a talk that does not fit whole before `end` is left out. The moments are
    aware, so that a change of the clock moves no appointment on the wall.
    """
    found: list[datetime] = []
    for week in range(weeks):
        on = day + timedelta(weeks=week)
        start = datetime.combine(on, begin)
        last = datetime.combine(on, end) - timedelta(minutes=minutes)
        while start <= last:
            found.append(start.replace(tzinfo=ZONE))
            start += timedelta(minutes=minutes)
    return tuple(found)


def free_of(
    wanted: Iterable[datetime], minutes: int, taken: Iterable[tuple[datetime, int]]
) -> tuple[datetime, ...]:
    """Return those of `wanted` that overlap no stretch (begin, minutes) that is taken."""
    busy = [(start, start + timedelta(minutes=length)) for start, length in taken]
    length = timedelta(minutes=minutes)
    return tuple(
        start
        for start in wanted
        if not any(start < end and begin < start + length for begin, end in busy)
    )

"""Hours, talks and tasks as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.clock import local_date
from portal.coaching import policy
from portal.coaching.emails import moment
from portal.coaching.models import CoachHour, CoachTask, Guidance, Talk
from portal.coaching.workflow import TalkState
from portal.when import clock_text

TALK_LABELS = {
    TalkState.BOOKED: _l("gepland"),
    TalkState.CANCELLED: _l("afgezegd"),
    TalkState.HELD: _l("geweest"),
    TalkState.MISSED: _l("niet gekomen"),
}
QUIET = timedelta(days=30)
"""After so long without a talk, a coach is asked to look after somebody."""


@dataclass(frozen=True, slots=True)
class HourView:
    """An hour: its time on the clock, how long, where and with whom."""

    id: int
    time: str
    minutes: int
    where: str
    coach: str
    when: str
    talk: Talk | None = None


@dataclass(frozen=True, slots=True)
class DayView:
    """A day with its hours."""

    day: date
    title: str
    hours: tuple[HourView, ...]


@dataclass(frozen=True, slots=True)
class TalkView:
    """A talk with what can still be done with it."""

    id: int
    when: str
    where: str
    minutes: int
    coach: str
    candidate: str
    code: str
    state: str
    label: str
    question: str
    version: int
    can_change: bool
    can_close: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A candidate in the list of a coach."""

    code: str
    name: str
    since: date
    last: date | None
    coming: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task, and whether its day is past."""

    id: int
    text: str
    due_on: date
    days_left: int
    done: bool
    code: str = ""
    name: str = ""


def hour_view(hour: CoachHour, talk: Talk | None = None) -> HourView:
    """One hour."""
    return HourView(
        hour.id,
        clock_text(hour.starts_at),
        hour.minutes,
        hour.where,
        hour.coach.name or _("een coach"),
        moment(hour),
        talk,
    )


def by_day(hours: Iterable[tuple[CoachHour, Talk | None]]) -> list[DayView]:
    """Hours, which come in order of time, under the day that they are on."""
    found = []
    for day, group in groupby(hours, key=lambda one: local_date(one[0].starts_at)):
        rows = list(group)
        title = clock_text(rows[0][0].starts_at, "EEEE d MMMM")
        found.append(DayView(day, title, tuple(hour_view(*row) for row in rows)))
    return found


def talk_view(talk: Talk, now: datetime) -> TalkView:
    """One talk."""
    state = TalkState(talk.state)
    return TalkView(
        talk.id,
        moment(talk.hour),
        talk.hour.where,
        talk.hour.minutes,
        talk.hour.coach.name or _("een coach"),
        talk.candidate.user.name or talk.candidate.code,
        talk.candidate.code,
        state.value,
        str(TALK_LABELS[state]),
        talk.question,
        talk.version,
        policy.may_change(state, talk.hour.starts_at, now),
        policy.may_close(state, talk.hour.starts_at, now),
    )


def person_rows(
    people: Iterable[Guidance],
    last: Mapping[int, datetime],
    coming: Mapping[int, datetime],
    now: datetime,
) -> list[PersonRow]:
    """The candidates of a coach."""
    rows = []
    for one in people:
        earlier, later = last.get(one.candidate_id), coming.get(one.candidate_id)
        rows.append(
            PersonRow(
                one.candidate.code,
                one.candidate.user.name or one.candidate.code,
                local_date(one.since),
                local_date(earlier) if earlier else None,
                clock_text(later, "d MMMM, HH:mm") if later else "",
                later is None and now - (earlier or one.since) > QUIET,
            )
        )
    return rows


def task_view(task: CoachTask, today: date, code: str = "", name: str = "") -> TaskView:
    """One task."""
    return TaskView(
        task.id,
        task.text,
        task.due_on,
        (task.due_on - today).days,
        task.done_at is not None,
        code,
        name,
    )

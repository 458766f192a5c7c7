"""Days, undoing and closing: pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.applications import days, policy
from portal.applications.policy import DayProblem, NoUndo
from portal.applications.workflow import OPEN, Action, Party, State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


@dataclass
class Step:
    party: str = Party.EMPLOYER
    action: str = Action.REFUSE
    at: datetime = NOW


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (None, DayProblem.MISSING),
        (TODAY - DAY, DayProblem.PAST),
        (TODAY, DayProblem.PAST),
        (TODAY + DAY, None),
        (TODAY + policy.POSTPONE_AT_MOST, None),
        (TODAY + policy.POSTPONE_AT_MOST + DAY, DayProblem.TOO_FAR),
    ],
)
def test_a_day_to_wait_for(day: date | None, wanted: DayProblem | None) -> None:
    assert policy.day_problem(day, TODAY, policy.POSTPONE_AT_MOST) is wanted


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        (None, DayProblem.MISSING),
        (NOW, DayProblem.PAST),
        (NOW + timedelta(minutes=1), None),
        (NOW + policy.MEET_WITHIN, None),
        (NOW + policy.MEET_WITHIN + DAY, DayProblem.TOO_FAR),
    ],
)
def test_a_moment_to_meet(moment: datetime | None, wanted: DayProblem | None) -> None:
    assert policy.moment_problem(moment, NOW) is wanted


@pytest.mark.parametrize(
    ("step", "party", "now", "answered", "wanted"),
    [
        (None, Party.EMPLOYER, NOW, False, NoUndo.NOTHING),
        (Step(), Party.EMPLOYER, NOW + DAY, False, None),
        (Step(), Party.EMPLOYER, NOW + DAY + timedelta(seconds=1), False, NoUndo.TOO_LATE),
        (Step(), Party.CANDIDATE, NOW, False, NoUndo.NOT_YOURS),
        (Step(), Party.EMPLOYER, NOW, True, NoUndo.ANSWERED),
        (Step(action="apply"), Party.EMPLOYER, NOW, False, NoUndo.NOTHING),
        (Step(Party.PORTAL, Action.LAPSE), Party.PORTAL, NOW, False, NoUndo.NOTHING),
        (Step(Party.CANDIDATE, Action.ACCEPT), Party.CANDIDATE, NOW, False, None),
    ],
)
def test_undoing(step, party, now, answered, wanted) -> None:
    assert policy.undo_problem(step, party, now, answered=answered) is wanted


def test_who_tries_or_has_an_offer_outlives_the_listing() -> None:
    alive = {state for state in OPEN if policy.survives_closing(state, taken=False)}
    assert alive == {State.TRIAL, State.OFFERED}
    assert not any(policy.survives_closing(state, taken=True) for state in OPEN)


@pytest.mark.parametrize(
    ("day", "number", "wanted"),
    [
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        # Christmas falls on a Friday and a Saturday in 2026.
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        # Good Friday, Easter Monday, and later King's Day on a Monday.
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_forward(day: date, number: int, wanted: date) -> None:
    assert days.after(day, number) == wanted


def test_working_days_back() -> None:
    assert days.before(date(2026, 12, 7), 2) == date(2026, 12, 3)
    assert days.before(date(2026, 12, 28), 1) == date(2026, 12, 24)
    assert days.before(date(2026, 11, 30), 2) == date(2026, 11, 26)

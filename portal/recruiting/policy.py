"""Whom may an employer invite, how often, and until when? Pure: no database, no request."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.applications import days
from portal.applications.models import InvitationState

ANSWER_DAYS: Final = 10
"""Working days that somebody has to answer an invitation."""
REMIND_DAYS: Final = 2
"""Working days before the answer date on which a reminder goes."""
TEXT_LENGTH: Final = (40, 1000)
"""Of the personal line. Shorter, it could be to anybody."""
WORD_MAX: Final = 300
UNDO_WITHIN: Final = timedelta(days=1)
FITTING: Final = ("now", "guided", "route")
"""Levels of people who are shown: who could begin, if need be after learning."""


class NotInvited(StrEnum):
    """Why somebody cannot be invited now."""

    ALREADY = "already"
    """Once is enough, also when the answer was no."""
    CLOSED = "closed"
    LIMIT = "limit"


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday of this week and of the next: limits count from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def left(limit: int, sent: int) -> int:
    """Return how many may still be sent this week; a limit that was lowered gives none."""
    return max(0, limit - sent)


def problem(*, invited: bool, on_offer: bool, limit: int, sent: int) -> NotInvited | None:
    """Say why somebody cannot be invited; None when they can."""
    if invited:
        return NotInvited.ALREADY
    if not on_offer:
        return NotInvited.CLOSED
    return None if left(limit, sent) else NotInvited.LIMIT


def answer_by(today: date, closes_on: date | None) -> date:
    """Return until when somebody may answer: some working days, and while it is open."""
    usual = days.after(today, ANSWER_DAYS)
    return min(usual, closes_on) if closes_on is not None and closes_on > today else usual


def reminds_on(answer_date: date) -> date:
    """Return the day of the reminder."""
    return days.before(answer_date, REMIND_DAYS)


def may_answer(state: str, *, on_offer: bool) -> bool:
    """Say whether an invitation still waits for an answer."""
    return state == InvitationState.SENT and on_offer


def may_take_back_no(state: str, since: timedelta, *, on_offer: bool) -> bool:
    """Say whether a no can still become an answer to come."""
    return state == InvitationState.DECLINED and on_offer and since <= UNDO_WITHIN

"""What a signature is worth, and who may give one. Pure: no database, no request."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from portal.portfolio.kinds import Grade, Mastery

LONGEST_YEARS: Final = 3
USUAL_YEARS: Final = 2
WARN_BEFORE: Final = timedelta(days=30)
"""So long before a signature ends its owner hears of it."""
WORKS_ALONE: Final = frozenset({Mastery.INDEPENDENT, Mastery.TEACH})


def worth(mastery: Mastery, *, assessor: bool) -> Grade:
    """Return the grade of a signature.

    An assessor (a supervisor at work, or a coach who was asked to assess) who saw somebody do it
    alone *validates*. A coach who saw it in talks makes it *demonstrated*. Under supervision it
    is demonstrated at most, and who only looked on shows no more than by saying so.
    """
    if mastery is Mastery.OBSERVE:
        return Grade.CLAIMED
    if mastery is Mastery.SUPERVISED or not assessor:
        return Grade.DEMONSTRATED
    return Grade.VALIDATED


def full(mastery: Mastery) -> bool:
    """Say whether it can meet a requirement: who needs somebody beside them meets it partly."""
    return mastery in WORKS_ALONE


def may_sign(assessor_id: int, candidate_user_id: int) -> bool:
    """Say whether this person may sign: nobody signs for themselves."""
    return assessor_id != candidate_user_id


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def longest(today: date) -> date:
    """Return the last day until which a signature of today may count."""
    return years_later(today, LONGEST_YEARS)


def until_allowed(until: date, today: date) -> bool:
    """Say whether a signature of today may count until this day."""
    return today < until <= longest(today)


def days_left(until: date, today: date) -> int:
    """Return how many days it still counts; below 0 when it has ended."""
    return (until - today).days


def warns(until: date, today: date) -> bool:
    """Say whether it ends so soon that its owner should hear of it."""
    return today <= until <= today + WARN_BEFORE

"""Working days in the Netherlands: an answer date never falls on a Sunday or at Easter."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)


@cache
def _free(year: int) -> Container[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_working_day(day: date) -> bool:
    """Say whether offices are open: Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and day not in _free(day.year)


def after(day: date, working_days: int) -> date:
    """Return the day that is so many working days later; that day itself is one."""
    left = working_days
    while left > 0:
        day += _DAY
        left -= is_working_day(day)
    return day


def before(day: date, working_days: int) -> date:
    """Return the day that is so many working days earlier; that day itself is one."""
    left = working_days
    while left > 0:
        day -= _DAY
        left -= is_working_day(day)
    return day

"""Days and moments in words, in Dutch time and in the language of who reads."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from portal.clock import ZONE


def day_text(day: date, pattern: str = "d MMMM yyyy") -> str:
    """A day: `3 maart 2027`; `EEEE d MMMM` gives `woensdag 3 maart`."""
    return str(format_date(day, pattern))  # type: ignore[no-untyped-call]


def clock_text(moment: datetime, pattern: str = "HH:mm") -> str:
    """A moment on the Dutch clock: `10:30`."""
    local = moment.astimezone(ZONE)
    return str(format_datetime(local, pattern, rebase=False))  # type: ignore[no-untyped-call]


def moment_text(moment: datetime) -> str:
    """A moment as people say it: `dinsdag 3 maart, 10:30 uur`."""
    return _(
        "%(day)s, %(time)s uur", day=clock_text(moment, "EEEE d MMMM"), time=clock_text(moment)
    )

"""The time. Only routes, commands and tasks ask for it; everything else receives it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """Return the day that it is in the Netherlands at this moment."""
    return moment.astimezone(ZONE).date()

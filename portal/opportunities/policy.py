"""What may happen to an opportunity now. Pure: no database, no request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from portal.clock import local_date
from portal.opportunities.workflow import Status

LAPSES_AFTER: Final = timedelta(days=60)
WARN_AT: Final = (1, 7)
"""Days before lapsing; the smallest first."""
MARK_FROM: Final = 14
"""From so many days before, the employer's list says so."""


class Confirmed(Protocol):
    """What the rule on lapsing looks at."""

    status: str
    confirmed_at: datetime | None
    published_at: datetime | None


class Facts(Protocol):
    """What the rules look at."""

    status: str
    title: str
    text: str
    hours_min: float | None
    hours_max: float | None
    closes_on: date | None

    @property
    def requirements(self) -> Collection[object]:
        """What is asked for."""


def visible_to_visitors(opportunity: Facts, today: date) -> bool:
    """Say whether everybody may see it: published, and not past its last day."""
    return (
        opportunity.status == Status.PUBLISHED
        and opportunity.closes_on is not None
        and opportunity.closes_on >= today
    )


def lacks_to_be_published(opportunity: Facts, today: date) -> tuple[str, ...]:
    """Return the fields that must be filled in or changed before others can see it."""
    checks = {
        "title": bool(opportunity.title.strip()),
        "text": bool(opportunity.text.strip()),
        "hours": opportunity.hours_min is not None and opportunity.hours_max is not None,
        "closes_on": opportunity.closes_on is not None and opportunity.closes_on >= today,
        "requirements": len(opportunity.requirements) > 0,
    }
    return tuple(name for name, good in checks.items() if not good)


def lapses_on(opportunity: Confirmed) -> date | None:
    """The day on which an open opening lapses, in Dutch time; None when it does not."""
    confirmed = opportunity.confirmed_at or opportunity.published_at
    if opportunity.status != Status.PUBLISHED or confirmed is None:
        return None
    return local_date(confirmed + LAPSES_AFTER)


def may_manage(organisation_id: int, member_of: Collection[int]) -> bool:
    """Say whether somebody who acts for these organisations may change it."""
    return organisation_id in member_of

"""What may happen to an opportunity now. Pure: no database, no request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from portal.opportunities.workflow import Status


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


def may_manage(organisation_id: int, member_of: Collection[int]) -> bool:
    """Say whether somebody who acts for these organisations may change it."""
    return organisation_id in member_of

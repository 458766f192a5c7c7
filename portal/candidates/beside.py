"""What stands beside an opening for somebody with a profile."""

from __future__ import annotations

from dataclasses import dataclass

from portal.applications import queries as applications
from portal.candidates import queries
from portal.matching.words import level_label
from portal.opportunities.models import Opportunity


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody told, how it fitted when last ranked, and what they did with it.

    `application_id` is that of their application which is not over.
    """

    told: bool
    level: str
    level_label: str
    choice: str
    application_id: int | None


NOTHING = Beside(told=False, level="", level_label="", choice="", application_id=None)


def beside(user_id: int, opportunity: Opportunity) -> Beside:
    """Tell how an opening stands for somebody."""
    candidate = queries.of_user(user_id)
    if candidate is None:
        return NOTHING
    kept = queries.choice_of(candidate.id, opportunity.id)
    match = queries.match_of(candidate.id, opportunity.id)
    running = applications.open_on(candidate.id, opportunity.id)
    return Beside(
        told=bool(candidate.skills or candidate.ambition),
        level=match.level if match else "",
        level_label=level_label(match.level) if match else "",
        choice=kept.choice if kept else "",
        application_id=running.id if running else None,
    )

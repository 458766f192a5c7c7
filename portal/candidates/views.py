"""A candidate as others may see them, before and after they gave their name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.candidates.models import Candidate
from portal.opportunities.presenting import day_parts_text, hours_text
from portal.when import day_text


@dataclass(frozen=True, slots=True)
class Anonymous:
    """All that an employer may see of somebody before a name: nothing leads to the person."""

    code: str
    town: str
    hours_text: str
    day_parts: int
    day_parts_text: str
    available_text: str


def anonymous(candidate: Candidate) -> Anonymous:
    """Tell a candidate without name, address, situation or words of their own.

    Competences and evidence stand in `portfolio.views`; both together are what is shown.
    """
    return Anonymous(
        code=candidate.code,
        town=candidate.place or "",
        hours_text=hours_text(candidate.hours_low, candidate.hours_high),
        day_parts=candidate.day_parts,
        day_parts_text=day_parts_text(candidate.day_parts) if candidate.day_parts else "",
        available_text=available_text(candidate.available_from),
    )


def available_text(day: date | None) -> str:
    """From when somebody can begin, in words; empty when they did not say."""
    return _("vanaf %(day)s", day=day_text(day)) if day else ""

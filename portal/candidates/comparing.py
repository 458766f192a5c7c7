"""Two openings beside each other, aspect by aspect, as they fit one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.applications import standing
from portal.candidates import queries
from portal.candidates.models import Candidate, Choice
from portal.clock import local_date
from portal.errors import NotFound, Unavailable
from portal.languages import data_language
from portal.matching import people
from portal.matching.cards import MatchCard
from portal.matching.knowledge import framework
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.policy import visible_to_visitors
from portal.opportunities.presenting import OpportunityCard, card
from portal.opportunities.search import once_public
from portal.pictures import Job


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its facts, and how it fits as far as matching answers now."""

    slug: str
    open: bool
    facts: OpportunityCard
    match: MatchCard | None
    job: Job
    guidance: str
    support: tuple[str, ...]
    answers: str
    choice: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be compared: what was saved, and what fits best."""

    slug: str
    title: str
    place: str


def page(candidate: Candidate, slugs: tuple[str, str], *, now: datetime) -> dict[str, Any]:
    """What the page shows: two sides, or what there is to choose from.

    Raises NotFound for an opening that nobody could ever see.
    """
    today = local_date(now)
    chosen = [_opportunity(slug, today) for slug in slugs if slug]
    if len(chosen) < 2 or chosen[0].id == chosen[1].id:
        options = _options(candidate, today)
        return {"sides": (), "options": options, "a": slugs[0], "b": slugs[1], "awake": True}
    kept = queries.choices_of(candidate.id)
    profile = people.profile_of(candidate, today=today)
    sides, awake = [], True
    for one in chosen:
        match = None
        is_open = visible_to_visitors(one, today)
        try:
            if is_open:
                fit = people.explain(profile, one)
                match = MatchCard(fit, one, framework(), data_language())
        except Unavailable:
            awake = people.awake()
        except NotFound:
            # It closed just now: the engine knows, this page is about to.
            is_open = False
        sides.append(
            Side(
                slug=one.slug,
                open=is_open,
                facts=card(one, distance_km=match.distance_km if match else None),
                match=match,
                job=Job(one.title, one.day_parts, fixed=not one.hours_flexible),
                guidance=one.guidance or "",
                support=tuple(one.support),
                answers=standing.line(standing.rate_of(one.site.organisation_id)),
                choice=kept[one.id].choice if one.id in kept else "",
            )
        )
    return {"sides": tuple(sides), "options": (), "a": slugs[0], "b": slugs[1], "awake": awake}


def _opportunity(slug: str, today: date) -> Opportunity:
    found = opportunities.by_slug(slug, today) or once_public(slug)
    if found is None:
        raise NotFound
    return found


def _options(candidate: Candidate, today: date) -> list[Option]:
    """What was saved first, then what fits best and was not hidden."""
    kept = queries.choices_of(candidate.id)
    best = [one.opportunity_id for one in queries.matches_of(candidate.id)]
    saved = [key for key, one in kept.items() if one.choice == Choice.SAVED]
    ids = list(dict.fromkeys([*saved, *(one for one in best if one not in kept)]))
    rows = opportunities.visible(ids, today)
    return [
        Option(rows[one].slug, rows[one].title, rows[one].site.place) for one in ids if one in rows
    ]

"""Reads of the applications to a recruiter's organisations: some of them, in order, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased, contains_eager

from portal.accounts.models import User
from portal.applications.models import Application
from portal.applications.queries import of_employers
from portal.applications.workflow import Party, State
from portal.candidates.models import Candidate, CandidateMatch
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Site

ENDED: Final = (State.REFUSED, State.WITHDRAWN, State.LAPSED)


class Sort(StrEnum):
    """What the table can be ordered by; each also the other way round."""

    NAME = "naam"
    OPENING = "plek"
    STATE = "stand"
    CAME = "gekomen"
    DUE = "antwoord"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which applications somebody wants to see; what is empty sets no limit."""

    opening: str = ""
    states: tuple[State, ...] = ()
    waits: bool = False
    """Only what waits on the employer."""
    sort: Sort = Sort.DUE
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An application, and how the last ranking of the person saw this opening, if it did."""

    application: Application
    match: CandidateMatch | None


def counts(user_id: int, wanted: Wanted) -> dict[State, int]:
    """Return how many applications there are in each state, whatever states are wanted."""
    ids = of_employers(user_id).where(*_conditions(wanted, states=False))
    counted = (
        ids.with_only_columns(Application.state, func.count().label("number"))
        .order_by(None)
        .group_by(Application.state)
    )
    return {State(row.state): row.number for row in db.session.execute(counted)}


def page(user_id: int, wanted: Wanted, offset: int, limit: int) -> list[Entry]:
    """Return some of what is wanted, in order."""
    ids = (
        of_employers(user_id)
        .where(*_conditions(wanted))
        .with_only_columns(Application.id)
        .order_by(*_order(wanted))
        .offset(offset)
        .limit(limit)
    )
    found = list(db.session.scalars(ids))
    known = {entry.application.id: entry for entry in _entries(user_id, found)}
    return [known[one] for one in found if one in known]


def columns(user_id: int, wanted: Wanted, each: int) -> list[Entry]:
    """Return the first few of every state, what is due soonest first."""
    place = func.row_number().over(
        partition_by=Application.state,
        order_by=(Application.answer_by.asc().nulls_last(), Application.id.desc()),
    )
    ranked = (
        of_employers(user_id)
        .where(*_conditions(wanted, states=False))
        .with_only_columns(Application.id.label("id"), place.label("place"))
        .order_by(None)
        .subquery()
    )
    found = list(db.session.scalars(select(ranked.c.id).where(ranked.c.place <= each)))
    entries = _entries(user_id, found)
    # Dates that are not there come last, as in the ranking above.
    entries.sort(
        key=lambda one: (
            one.application.answer_by is None,
            one.application.answer_by or one.application.created_at.date(),
            -one.application.id,
        )
    )
    return entries


def openings(user_id: int) -> list[tuple[str, str]]:
    """Return the openings that have applications: slug and title, for a filter."""
    wanted = (
        of_employers(user_id)
        .with_only_columns(Opportunity.slug, Opportunity.title, Site.place)
        .distinct()
        .order_by(Opportunity.title, Opportunity.slug)
    )
    rows = [tuple(row) for row in db.session.execute(wanted)]
    titles = [title for _slug, title, _place in rows]
    return [
        (slug, f"{title}, {place}" if titles.count(title) > 1 else title)
        for slug, title, place in rows
    ]


def several(user_id: int, ids: Sequence[int]) -> list[Application]:
    """Return those of `ids` that a recruiter may see, in the order of `ids`."""
    rows = db.session.scalars(of_employers(user_id).where(Application.id.in_(ids)))
    known = {one.id: one for one in rows}
    return [known[one] for one in dict.fromkeys(ids) if one in known]


def _entries(user_id: int, ids: Sequence[int]) -> list[Entry]:
    match = aliased(CandidateMatch)
    wanted = (
        select(Application, match)
        .join(Application.candidate)
        .join(Candidate.user)
        .join(Application.opportunity)
        .join(Opportunity.site)
        .join(Site.organisation)
        .outerjoin(
            match,
            and_(
                match.candidate_id == Application.candidate_id,
                match.opportunity_id == Application.opportunity_id,
            ),
        )
        .options(
            contains_eager(Application.candidate).contains_eager(Candidate.user),
            contains_eager(Application.opportunity)
            .contains_eager(Opportunity.site)
            .contains_eager(Site.organisation),
        )
        # Asked again, so that no list of ids can show what is somebody else's.
        .where(
            Application.id.in_(ids),
            Application.id.in_(of_employers(user_id).with_only_columns(Application.id)),
        )
    )
    return [Entry(application, found) for application, found in db.session.execute(wanted)]


def _conditions(wanted: Wanted, *, states: bool = True) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.opening:
        found.append(Opportunity.slug == wanted.opening)
    if states and wanted.states:
        found.append(Application.state.in_(wanted.states))
    if wanted.waits:
        found.append(Application.waits_on == Party.EMPLOYER)
    return found


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    first: Any
    match wanted.sort:
        case Sort.NAME:
            first = func.lower(User.name)
        case Sort.OPENING:
            first = func.lower(Opportunity.title)
        case Sort.STATE:
            first = Application.state
        case Sort.CAME:
            first = Application.created_at
        case Sort.DUE:
            first = Application.answer_by
    ordered: ColumnElement[Any] = first.desc() if wanted.descending else first.asc()
    return ordered.nulls_last(), Application.id.desc()

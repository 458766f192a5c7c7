"""Reads of candidates, scoped to who looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from portal.candidates.models import (
    Candidate,
    CandidateChoice,
    CandidateMatch,
    Choice,
    Favourite,
)
from portal.coaching.models import Talk
from portal.coaching.workflow import TalkState
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation, Site
from portal.organisations.workflow import Standing


def of_user(user_id: int, *, lock: bool = False) -> Candidate | None:
    """Return somebody's own profile; `lock` keeps other writers out."""
    wanted = (
        select(Candidate).where(Candidate.user_id == user_id).options(joinedload(Candidate.user))
    )
    if lock:
        wanted = wanted.with_for_update(of=Candidate).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def by_id(candidate_id: int, *, lock: bool = False) -> Candidate | None:
    """Return a profile for the portal itself; people are asked for by `of_user`."""
    wanted = select(Candidate).where(Candidate.id == candidate_id)
    wanted = wanted.options(joinedload(Candidate.user))
    if lock:
        wanted = wanted.with_for_update(of=Candidate).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def by_alerts_token(token: str, *, lock: bool = False) -> Candidate | None:
    """Return who gets mail with this token in it."""
    if "\0" in token:
        # PostgreSQL refuses it, and no token of ours has it.
        return None
    wanted = select(Candidate).where(Candidate.alerts_token == token)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def choices_of(candidate_id: int) -> dict[int, CandidateChoice]:
    """Return what somebody saved or hid, by opportunity, newest first."""
    wanted = (
        select(CandidateChoice)
        .where(CandidateChoice.candidate_id == candidate_id)
        .order_by(CandidateChoice.at.desc(), CandidateChoice.id.desc())
    )
    return {one.opportunity_id: one for one in db.session.scalars(wanted)}


def chosen(candidate_id: int, choice: Choice) -> list[CandidateChoice]:
    """Return what somebody saved, or hid, newest first, closed ones included."""
    wanted = (
        select(CandidateChoice)
        .where(CandidateChoice.candidate_id == candidate_id, CandidateChoice.choice == choice)
        .options(
            joinedload(CandidateChoice.opportunity)
            .joinedload(Opportunity.site)
            .joinedload(Site.organisation)
        )
        .order_by(CandidateChoice.at.desc(), CandidateChoice.id.desc())
    )
    return list(db.session.scalars(wanted))


def choice_of(
    candidate_id: int, opportunity_id: int, *, lock: bool = False
) -> CandidateChoice | None:
    """Return what somebody did with one opportunity."""
    wanted = select(CandidateChoice).where(
        CandidateChoice.candidate_id == candidate_id,
        CandidateChoice.opportunity_id == opportunity_id,
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def matches_of(candidate_id: int) -> list[CandidateMatch]:
    """Return the best matches of the last ranking, best first."""
    wanted = select(CandidateMatch).where(CandidateMatch.candidate_id == candidate_id)
    return list(db.session.scalars(wanted.order_by(CandidateMatch.rank)))


def named(candidate_ids: Collection[int]) -> dict[int, Candidate]:
    """Return profiles with their people, by id; the caller says who may see them."""
    wanted = (
        select(Candidate)
        .where(Candidate.id.in_(tuple(candidate_ids)))
        .options(joinedload(Candidate.user))
    )
    return {one.id: one for one in db.session.scalars(wanted)}


@dataclass(frozen=True, slots=True)
class Counts:
    """How much somebody kept, and how much fits that is still open."""

    favourites: int
    saved: int
    fits: int
    new: int


def counts(candidate_id: int, today: date, *, since: datetime) -> Counts:
    """Count in one question; `new` is what first fitted after `since` and was not judged yet."""
    favourites = (
        select(func.count(Favourite.id))
        .where(Favourite.candidate_id == candidate_id)
        .scalar_subquery()
    )
    saved = (
        select(func.count(CandidateChoice.id))
        .where(CandidateChoice.candidate_id == candidate_id, CandidateChoice.choice == Choice.SAVED)
        .scalar_subquery()
    )
    judged = exists().where(
        CandidateChoice.candidate_id == candidate_id,
        CandidateChoice.opportunity_id == CandidateMatch.opportunity_id,
    )
    fits = (
        select(func.count(CandidateMatch.id))
        .join(CandidateMatch.opportunity)
        .where(
            CandidateMatch.candidate_id == candidate_id,
            Opportunity.status == Status.PUBLISHED,
            Opportunity.closes_on >= today,
        )
    )
    new = fits.where(
        CandidateMatch.news.is_(True),
        CandidateMatch.rank <= 10,
        CandidateMatch.first_seen_at >= since,
        ~judged.correlate(CandidateMatch),
    )
    row = db.session.execute(
        select(favourites, saved, fits.scalar_subquery(), new.scalar_subquery())
    ).one()
    return Counts(*row)


def talk_was_held(candidate_id: int) -> bool:
    """Whether somebody had a career talk."""
    held = select(Talk.id).where(Talk.candidate_id == candidate_id, Talk.state == TalkState.HELD)
    return db.session.scalar(held.limit(1)) is not None


def employers() -> list[Organisation]:
    """Return the employers of the pool by name, for who says where they work."""
    wanted = select(Organisation).where(Organisation.standing == Standing.ADMITTED)
    return list(db.session.scalars(wanted.order_by(Organisation.name)))


def match_of(candidate_id: int, opportunity_id: int) -> CandidateMatch | None:
    """Return how one opportunity fitted somebody at the last ranking, if it was among the best."""
    return db.session.scalar(
        select(CandidateMatch).where(
            CandidateMatch.candidate_id == candidate_id,
            CandidateMatch.opportunity_id == opportunity_id,
        )
    )

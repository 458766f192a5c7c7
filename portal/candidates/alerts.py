"""Tells candidates what is new and fits well: at once, weekly or never, and nothing twice."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import User
from portal.applications.models import Application, Invitation
from portal.candidates import queries
from portal.candidates.emails import New, something_new
from portal.candidates.models import (
    Alerts,
    Candidate,
    CandidateChoice,
    CandidateMatch,
    CandidateTold,
)
from portal.clock import ZONE, local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Site
from portal.outbox.letters import post
from portal.transaction import transaction

log = logging.getLogger(__name__)

BEST: Final = 10
"""Only what is among so many of the best is worth a mail."""
WEEKDAY: Final = 1
"""Tuesday: people have the week before them, and Monday's mail behind them."""
FROM, UNTIL = time(8), time(12)
"""The morning of that day, in Dutch time; a worker that stood still goes on later in it."""
BATCH: Final = 100
_NOT_YET: Final = "not_yet"


def tell_due(*, now: datetime, limit: int = BATCH) -> int:
    """Write to everybody who waits for news; return how many letters.

    Each in a transaction of its own, so that one who cannot be written to keeps nobody waiting.
    """
    sent = 0
    for candidate_id in due(now=now, limit=limit):
        try:
            with transaction():
                sent += tell(candidate_id, now=now)
        except Exception:
            log.exception("candidate %s could not be told what is new", candidate_id)
    return sent


def due(*, now: datetime, limit: int = BATCH) -> list[int]:
    """Return who hears of something now: at once, and on the morning of the week also weekly."""
    wanted = Candidate.alerts == Alerts.AT_ONCE
    since = this_weeks_morning(now)
    if since is not None:
        unheard = or_(Candidate.alerted_at.is_(None), Candidate.alerted_at < since)
        wanted = or_(wanted, and_(Candidate.alerts == Alerts.WEEKLY, unheard))
    waiting = (
        select(Candidate.id)
        .join(Candidate.user)
        .where(wanted, User.active.is_(True), exists().where(*_news(now)))
        .order_by(Candidate.id)
        .limit(limit)
    )
    return list(db.session.scalars(waiting))


def tell(candidate_id: int, *, now: datetime) -> bool:
    """Write what is new to somebody, if there is anything. Call it inside transaction()."""
    candidate = queries.by_id(candidate_id, lock=True)
    if candidate is None or candidate.alerts == Alerts.NEVER:
        return False
    found = news_of(candidate, now=now)
    if not found:
        return False
    told = [
        CandidateTold(candidate_id=candidate.id, opportunity_id=one.opportunity_id, at=now)
        for one in found
    ]
    db.session.add_all(told)
    candidate.alerted_at = now
    new = [New(one.opportunity, one.level, one.met, one.total) for one in found]
    first = min(one.opportunity_id for one in found)
    post(
        candidate.user,
        lambda: something_new(candidate.user.name, new, candidate.alerts_token),
        # An opportunity is told once, so that it also names the letter.
        key=f"alert-{candidate.id}-{first}",
        now=now,
    )
    return True


def news_of(candidate: Candidate, *, now: datetime) -> list[CandidateMatch]:
    """Return what is new for somebody and fits well, best first."""
    wanted = (
        select(CandidateMatch)
        .join(Candidate, Candidate.id == CandidateMatch.candidate_id)
        .join(CandidateMatch.opportunity)
        .where(Candidate.id == candidate.id, *_news(now, joined=True))
        .options(
            contains_eager(CandidateMatch.opportunity)
            .joinedload(Opportunity.site)
            .joinedload(Site.organisation)
        )
        .order_by(CandidateMatch.rank)
    )
    return list(db.session.scalars(wanted))


def this_weeks_morning(now: datetime) -> datetime | None:
    """When the weekly mail began to go, if it goes now."""
    local = now.astimezone(ZONE)
    if local.weekday() != WEEKDAY or not FROM <= local.time() < UNTIL:
        return None
    return datetime.combine(local.date(), FROM, ZONE)


def next_weekly(now: datetime) -> datetime:
    """When the weekly mail begins to go the next time."""
    local = now.astimezone(ZONE)
    days = (WEEKDAY - local.weekday()) % 7
    coming = datetime.combine(local.date() + timedelta(days=days), FROM, ZONE)
    return coming if coming > now else coming + timedelta(days=7)


def _news(now: datetime, *, joined: bool = False) -> list[ColumnElement[bool]]:
    """A match that somebody may not know of and that fits well, of what is still open."""
    same = (
        (CandidateChoice, CandidateChoice.candidate_id, CandidateChoice.opportunity_id),
        (CandidateTold, CandidateTold.candidate_id, CandidateTold.opportunity_id),
        (Application, Application.candidate_id, Application.opportunity_id),
        (Invitation, Invitation.candidate_id, Invitation.opportunity_id),
    )
    known = [
        ~exists()
        .where(who == Candidate.id, what == CandidateMatch.opportunity_id)
        .correlate(Candidate, CandidateMatch)
        for _table, who, what in same
    ]
    found: list[ColumnElement[bool]] = [
        CandidateMatch.candidate_id == Candidate.id,
        CandidateMatch.news.is_(True),
        CandidateMatch.rank <= BEST,
        CandidateMatch.level != _NOT_YET,
        # Of an older profile: it is ranked anew first.
        Candidate.ranked_version == Candidate.version,
        *known,
    ]
    open_now = (Opportunity.status == Status.PUBLISHED, Opportunity.closes_on >= local_date(now))
    if joined:
        return [*found, *open_now]
    return [*found, Opportunity.id == CandidateMatch.opportunity_id, *open_now]

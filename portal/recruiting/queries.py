"""Reads of people who fit and of invitations, scoped to who looks.

Who fits an opening is found by the code of the profile and nothing else: names stay where they
are until somebody answers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.applications.models import Application, Invitation, InvitationState
from portal.candidates.models import Candidate, CandidateChoice, CandidateMatch, Choice
from portal.clock import local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import published
from portal.organisations.models import Membership, Organisation, Right, Site
from portal.organisations.queries import ids_of_member
from portal.recruiting import policy


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who fits an opening; the invitation if there is one."""

    candidate: Candidate
    match: CandidateMatch
    invitation: Invitation | None


def openings(user_id: int, today: date) -> list[tuple[Opportunity, int]]:
    """Return what the recruiter's organisations offer today, with how many people fit each."""
    wanted = _on_offer(user_id, today).order_by(Opportunity.title, Opportunity.id)
    found = list(db.session.scalars(wanted))
    counted = (
        select(CandidateMatch.opportunity_id, func.count().label("number"))
        .join(Candidate, Candidate.id == CandidateMatch.candidate_id)
        .join(User, User.id == Candidate.user_id)
        .join(Opportunity, Opportunity.id == CandidateMatch.opportunity_id)
        .join(Site, Site.id == Opportunity.site_id)
        .where(CandidateMatch.opportunity_id.in_([one.id for one in found]), *_may_be_found())
        .group_by(CandidateMatch.opportunity_id)
    )
    numbers = {row.opportunity_id: row.number for row in db.session.execute(counted)}
    return [(one, numbers.get(one.id, 0)) for one in found]


def opening(slug: str, user_id: int, today: date, *, lock: bool = False) -> Opportunity | None:
    """Return an opening on offer of an organisation that the person recruits for."""
    wanted = _on_offer(user_id, today).where(Opportunity.slug == slug)
    if lock:
        wanted = wanted.with_for_update(of=Opportunity).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def fitting(opportunity: Opportunity) -> Select[CandidateMatch, Candidate]:
    """Select who fits an opening and may be found, best first."""
    return (
        select(CandidateMatch, Candidate)
        .join(Candidate, Candidate.id == CandidateMatch.candidate_id)
        .join(User, User.id == Candidate.user_id)
        .join(Opportunity, Opportunity.id == CandidateMatch.opportunity_id)
        .join(Site, Site.id == Opportunity.site_id)
        .where(CandidateMatch.opportunity_id == opportunity.id, *_may_be_found())
        .order_by(CandidateMatch.score.desc(), CandidateMatch.id)
    )


def count_fitting(opportunity: Opportunity) -> int:
    """Return how many fit an opening."""
    counted = fitting(opportunity).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(counted) or 0


def page_of_fitting(opportunity: Opportunity, offset: int, limit: int) -> list[Found]:
    """Return some of those who fit, in order."""
    rows = db.session.execute(fitting(opportunity).offset(offset).limit(limit)).all()
    known = _invitations(opportunity.id, [candidate.id for _match, candidate in rows])
    return [Found(candidate, match, known.get(candidate.id)) for match, candidate in rows]


def person(opportunity: Opportunity, code: str) -> Found | None:
    """Return one of those who fit, by the code of the profile."""
    row = db.session.execute(fitting(opportunity).where(Candidate.code == code)).first()
    if row is None:
        return None
    match, candidate = row
    return Found(candidate, match, _invitations(opportunity.id, [candidate.id]).get(candidate.id))


def sent_to(opportunity: Opportunity) -> list[Invitation]:
    """Return the invitations to an opening, the newest first."""
    wanted = (
        select(Invitation)
        .where(Invitation.opportunity_id == opportunity.id)
        .options(joinedload(Invitation.candidate))
        .order_by(Invitation.id.desc())
    )
    return list(db.session.scalars(wanted))


def applied_after(invitations: Collection[Invitation]) -> dict[int, int]:
    """Return the last application of whom was invited, by candidate; all of one opening."""
    accepted = [one for one in invitations if one.state == InvitationState.ACCEPTED]
    wanted = (
        select(Application.candidate_id, func.max(Application.id).label("last"))
        .where(
            Application.opportunity_id.in_({one.opportunity_id for one in accepted}),
            Application.candidate_id.in_([one.candidate_id for one in accepted]),
            Application.purged_at.is_(None),
        )
        .group_by(Application.candidate_id)
    )
    return {row.candidate_id: row.last for row in db.session.execute(wanted)}


def sent_since(organisation_id: int, since: datetime) -> int:
    """Return how many invitations an organisation sent since a moment, whatever became of them."""
    counted = (
        select(func.count(Invitation.id))
        .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
        .join(Site, Site.id == Opportunity.site_id)
        .where(Site.organisation_id == organisation_id, Invitation.created_at >= since)
    )
    return db.session.scalar(counted) or 0


def hold_organisation(organisation_id: int) -> Organisation | None:
    """Return an organisation; who counts its invitations is alone until the commit."""
    return db.session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def invited(candidate_id: int, opportunity_id: int) -> Invitation | None:
    """Return the invitation of somebody to an opening."""
    return _invitations(opportunity_id, [candidate_id]).get(candidate_id)


def invitations_of(candidate_id: int) -> list[Invitation]:
    """Return the invitations of somebody: what waits for an answer first, then the newest."""
    found = db.session.scalars(
        _told().where(Invitation.candidate_id == candidate_id).order_by(Invitation.id.desc())
    )
    return sorted(found, key=lambda one: one.state != InvitationState.SENT)


def for_candidate(invitation_id: int, user_id: int, *, lock: bool = False) -> Invitation | None:
    """Return somebody's own invitation; `lock` keeps other writers out."""
    wanted = _told().where(Invitation.id == invitation_id, Candidate.user_id == user_id)
    if lock:
        wanted = wanted.with_for_update(of=Invitation).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def for_portal(invitation_id: int, *, lock: bool = False) -> Invitation | None:
    """Return any invitation, for what the portal does by itself."""
    wanted = _told().where(Invitation.id == invitation_id)
    if lock:
        wanted = wanted.with_for_update(of=Invitation).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def waiting(until: date) -> list[int]:
    """Return the invitations without an answer whose date is this day or before."""
    wanted = select(Invitation.id).where(
        Invitation.state == InvitationState.SENT, Invitation.answer_by <= until
    )
    return list(db.session.scalars(wanted.order_by(Invitation.id)))


def on_offer(opportunity: Opportunity, now: datetime) -> bool:
    """Say whether everybody may see an opening now, read under the lock of who writes."""
    found = published(local_date(now)).where(Opportunity.id == opportunity.id)
    return db.session.scalar(found.with_only_columns(Opportunity.id)) is not None


def _told() -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.candidate)
        .join(Candidate.user)
        .join(Invitation.opportunity)
        .join(Opportunity.site)
        .join(Site.organisation)
        .options(
            contains_eager(Invitation.candidate).contains_eager(Candidate.user),
            contains_eager(Invitation.opportunity)
            .contains_eager(Opportunity.site)
            .contains_eager(Site.organisation),
        )
    )


def _on_offer(user_id: int, today: date) -> Select[Opportunity]:
    return published(today).where(Site.organisation_id.in_(ids_of_member(user_id, Right.RECRUITER)))


def _may_be_found() -> tuple[ColumnElement[bool], ...]:
    """Who an employer may see: visible, fit to begin, and not somebody who is there already.

    Who acts for the organisation, hid the opening or answered it before is not shown.
    """
    works_there = exists().where(
        Membership.user_id == Candidate.user_id, Membership.organisation_id == Site.organisation_id
    )
    same = and_(
        CandidateChoice.candidate_id == Candidate.id,
        CandidateChoice.opportunity_id == CandidateMatch.opportunity_id,
    )
    hid_it = exists().where(same, CandidateChoice.choice == Choice.HIDDEN)
    answered = exists().where(
        Application.candidate_id == Candidate.id,
        Application.opportunity_id == CandidateMatch.opportunity_id,
    )
    return (
        Candidate.visible.is_(True),
        # Where somebody works now, nobody finds them.
        or_(Candidate.employer_id.is_(None), Candidate.employer_id != Site.organisation_id),
        User.active.is_(True),
        CandidateMatch.level.in_(policy.FITTING),
        ~works_there,
        ~hid_it,
        ~answered,
    )


def _invitations(opportunity_id: int, candidate_ids: Collection[int]) -> dict[int, Invitation]:
    wanted = select(Invitation).where(
        Invitation.opportunity_id == opportunity_id, Invitation.candidate_id.in_(candidate_ids)
    )
    return {one.candidate_id: one for one in db.session.scalars(wanted)}

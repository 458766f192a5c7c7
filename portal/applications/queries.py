"""Reads of applications, scoped to who looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.applications.models import (
    Application,
    ApplicationStep,
    Invitation,
    InvitationState,
    Meeting,
    Message,
)
from portal.applications.policy import EndReason
from portal.applications.workflow import OPEN, Party, State
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Membership, Organisation, Right, Site
from portal.organisations.queries import ids_of_member


def applications() -> Select[Application]:
    """Select applications with who, what and where; refine it further."""
    return (
        select(Application)
        .join(Application.candidate)
        .join(Candidate.user)
        .join(Application.opportunity)
        .join(Opportunity.site)
        .join(Site.organisation)
        .options(
            contains_eager(Application.candidate).contains_eager(Candidate.user),
            contains_eager(Application.opportunity)
            .contains_eager(Opportunity.site)
            .contains_eager(Site.organisation),
        )
    )


def of_employers(user_id: int) -> Select[Application]:
    """Select what a recruiter may see: of the own organisations, until it is purged."""
    return applications().where(
        Site.organisation_id.in_(ids_of_member(user_id, Right.RECRUITER)),
        Application.purged_at.is_(None),
    )


def for_candidate(application_id: int, user_id: int, *, lock: bool = False) -> Application | None:
    """Return somebody's own application; `lock` keeps other writers out."""
    return _one(applications().where(Candidate.user_id == user_id), application_id, lock)


def for_employer(application_id: int, user_id: int, *, lock: bool = False) -> Application | None:
    """Return an application to an organisation that the person recruits for."""
    return _one(of_employers(user_id), application_id, lock)


def for_party(
    application_id: int, user_id: int, party: Party, *, lock: bool = False
) -> Application | None:
    """Return an application for who asks as one of the two parties."""
    scoped = for_candidate if party is Party.CANDIDATE else for_employer
    return scoped(application_id, user_id, lock=lock)


def for_portal(application_id: int, *, lock: bool = False) -> Application | None:
    """Return any application, for what the portal does by itself."""
    return _one(applications(), application_id, lock)


def of_candidate(candidate_id: int) -> list[Application]:
    """Return all applications of somebody, the last that changed first."""
    mine = applications().where(Application.candidate_id == candidate_id)
    return list(db.session.scalars(mine.order_by(Application.updated_at.desc(), Application.id)))


def open_of_candidate(candidate_id: int, *, lock: bool = False) -> list[Application]:
    """Return the applications of somebody that something can still come of."""
    wanted = applications().where(
        Application.candidate_id == candidate_id, Application.state.in_(OPEN)
    )
    return _several(wanted, lock)


def open_of_opportunity(opportunity_id: int, *, lock: bool = False) -> list[Application]:
    """Return who still waits on an opening, who came first before the others."""
    wanted = applications().where(
        Application.opportunity_id == opportunity_id, Application.state.in_(OPEN)
    )
    return _several(wanted, lock)


def closed_with(opportunity_id: int, *, since: datetime) -> list[Application]:
    """Return what ended by itself on an opening since a moment, locked."""
    wanted = applications().where(
        Application.opportunity_id == opportunity_id,
        Application.state == State.LAPSED,
        Application.reason.in_((EndReason.OPENING_CLOSED, EndReason.OPENING_FILLED)),
        Application.ended_at >= since,
    )
    return _several(wanted, lock=True)


def ending_with(opportunity_id: int) -> int:
    """Return how many wait on an opening and would hear that it closes."""
    counted = select(func.count(Application.id)).where(
        Application.opportunity_id == opportunity_id,
        Application.state.in_((State.NEW, State.IN_CONVERSATION, State.POSTPONED)),
    )
    return db.session.scalar(counted) or 0


def open_on(candidate_id: int, opportunity_id: int) -> Application | None:
    """Return the application of somebody to an opening that is not over."""
    return db.session.scalar(
        applications().where(
            Application.candidate_id == candidate_id,
            Application.opportunity_id == opportunity_id,
            Application.state.in_(OPEN),
        )
    )


def accepted(opportunity_id: int) -> int:
    """Return how many places of an opening are taken."""
    counted = select(func.count(Application.id)).where(
        Application.opportunity_id == opportunity_id, Application.state == State.ACCEPTED
    )
    return db.session.scalar(counted) or 0


def invited(opportunity_id: int, *, lock: bool = False) -> list[Invitation]:
    """Return the invitations to an opening that nobody answered yet."""
    wanted = (
        select(Invitation)
        .where(
            Invitation.opportunity_id == opportunity_id,
            Invitation.state == InvitationState.SENT,
        )
        .options(joinedload(Invitation.candidate).joinedload(Candidate.user))
        .order_by(Invitation.id)
    )
    if lock:
        wanted = wanted.with_for_update(of=Invitation).execution_options(populate_existing=True)
    return list(db.session.scalars(wanted))


def hold(opportunity_ids: Iterable[int]) -> None:
    """Keep other writers away from these openings and from every application to them.

    Who changes the state of an application holds its opening first, the lowest id before the
    others: so two that end each other's applications wait, and never wait for each other.
    """
    wanted = select(Opportunity.id).where(Opportunity.id.in_(sorted(set(opportunity_ids))))
    db.session.execute(wanted.order_by(Opportunity.id).with_for_update(key_share=True)).all()


def last_step(application_id: int) -> ApplicationStep | None:
    """Return the last step that was not taken back."""
    return db.session.scalar(
        select(ApplicationStep)
        .where(
            ApplicationStep.application_id == application_id, ApplicationStep.undone_at.is_(None)
        )
        .order_by(ApplicationStep.id.desc())
        .limit(1)
        .options(joinedload(ApplicationStep.actor))
    )


def steps_of(application_id: int) -> list[ApplicationStep]:
    """Return every step, taken back or not, the newest first."""
    wanted = (
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application_id)
        .order_by(ApplicationStep.id.desc())
        .options(joinedload(ApplicationStep.actor))
    )
    return list(db.session.scalars(wanted))


def brought_about(step_id: int) -> list[ApplicationStep]:
    """Return the steps that another one brought about and that still stand."""
    wanted = select(ApplicationStep).where(
        ApplicationStep.cause_id == step_id, ApplicationStep.undone_at.is_(None)
    )
    return list(db.session.scalars(wanted.order_by(ApplicationStep.id)))


def openings_of(steps: Iterable[ApplicationStep]) -> list[int]:
    """Return the openings of the applications that these steps belong to."""
    wanted = select(Application.opportunity_id).where(
        Application.id.in_([one.application_id for one in steps])
    )
    return list(db.session.scalars(wanted))


def acted_since(application_id: int, party: Party, moment: datetime) -> bool:
    """Say whether a side did or said anything in an application after a moment."""
    stepped = select(ApplicationStep.id).where(
        ApplicationStep.application_id == application_id,
        ApplicationStep.party == party,
        ApplicationStep.at > moment,
    )
    said = select(Message.id).where(
        Message.application_id == application_id, Message.party == party, Message.at > moment
    )
    met = select(Meeting.id).where(
        Meeting.application_id == application_id,
        Meeting.updated_by == party,
        Meeting.updated_at > moment,
    )
    return bool(db.session.scalar(select(or_(stepped.exists(), said.exists(), met.exists()))))


def messages_of(application_id: int) -> list[Message]:
    """Return what was said, the oldest first."""
    wanted = (
        select(Message)
        .where(Message.application_id == application_id)
        .order_by(Message.id)
        .options(joinedload(Message.sender))
    )
    return list(db.session.scalars(wanted))


def meetings_of(application_id: int) -> list[Meeting]:
    """Return the proposed meetings, the first to come first."""
    wanted = select(Meeting).where(Meeting.application_id == application_id)
    return list(db.session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


def meeting(application_id: int, meeting_id: int) -> Meeting | None:
    """Return a meeting of an application that was found for who asks."""
    return db.session.scalar(
        select(Meeting).where(Meeting.id == meeting_id, Meeting.application_id == application_id)
    )


def unread(application_ids: Iterable[int], reader: Party) -> dict[int, int]:
    """Return how many messages of the other side wait for `reader`, by application."""
    wanted = (
        select(Message.application_id, func.count())
        .where(
            Message.application_id.in_(tuple(application_ids)),
            Message.party == reader.other,
            Message.read_at.is_(None),
        )
        .group_by(Message.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def waiting_meetings(application_ids: Iterable[int], answerer: Party) -> dict[int, Meeting]:
    """Return the first meeting that waits for an answer of this party, by application."""
    wanted = select(Meeting).where(
        Meeting.application_id.in_(tuple(application_ids)),
        Meeting.party == answerer.other,
        Meeting.state == "proposed",
    )
    found: dict[int, Meeting] = {}
    for one in db.session.scalars(wanted.order_by(Meeting.starts_at.desc())):
        found[one.application_id] = one
    return found


def recruiters(organisation_id: int) -> list[User]:
    """Return who answers for an organisation and can sign in."""
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.recruiter.is_(True),
            User.active.is_(True),
        )
    )
    return list(db.session.scalars(wanted.order_by(User.id)))


def those_at_work(application_id: int) -> set[int]:
    """Return the ids of the users who did or said something for the employer."""
    acted = select(ApplicationStep.actor_id).where(
        ApplicationStep.application_id == application_id,
        ApplicationStep.party == Party.EMPLOYER,
    )
    said = select(Message.sender_id).where(
        Message.application_id == application_id, Message.party == Party.EMPLOYER
    )
    return {one for one in db.session.scalars(acted.union(said)) if one is not None}


def _one(wanted: Select[Application], application_id: int, lock: bool) -> Application | None:
    wanted = wanted.where(Application.id == application_id)
    if lock:
        wanted = wanted.with_for_update(of=Application).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def _several(wanted: Select[Application], lock: bool = False) -> list[Application]:
    wanted = wanted.order_by(Application.id)
    if lock:
        wanted = wanted.with_for_update(of=Application).execution_options(populate_existing=True)
    return list(db.session.scalars(wanted))

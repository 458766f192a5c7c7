"""Reads of requests to sign, scoped to who looks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.applications.models import Application
from portal.candidates.models import Candidate
from portal.coaching.queries import ids_of_coach
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Membership, Organisation, Right, Site
from portal.organisations.queries import ids_of_member
from portal.organisations.workflow import Standing
from portal.portfolio.kinds import CompetenceState
from portal.portfolio.models import PortfolioCompetence, Validation
from portal.portfolio.validation_workflow import ValidationState


def _validations() -> Select[Validation]:
    return (
        select(Validation)
        .join(Validation.candidate)
        .join(Candidate.user)
        .options(
            contains_eager(Validation.candidate).contains_eager(Candidate.user),
            joinedload(Validation.organisation),
            joinedload(Validation.coach),
        )
    )


def _one(wanted: Select[Validation], *, lock: bool) -> Validation | None:
    if lock:
        wanted = wanted.with_for_update(of=Validation).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def _asked_of(user_id: int) -> ColumnElement[bool]:
    """What somebody may sign: of the organisations where they guide people, or as a coach.

    A coach keeps seeing what they signed for somebody whom they no longer guide.
    """
    as_coach = and_(
        Validation.coach_id == user_id,
        or_(Validation.candidate_id.in_(ids_of_coach(user_id)), Validation.signed_by_id == user_id),
    )
    return or_(Validation.organisation_id.in_(ids_of_member(user_id, Right.SUPERVISOR)), as_coach)


def for_assessor(validation_id: int, user_id: int, *, lock: bool = False) -> Validation | None:
    """Return a request that this person may sign, whatever became of it.

    One about themselves is not among them; nor is one that its candidate took back or took out.
    """
    unseen = (ValidationState.CANCELLED,)
    wanted = _validations().where(
        Validation.id == validation_id,
        _asked_of(user_id),
        Candidate.user_id != user_id,
        Validation.state.not_in(unseen),
    )
    return _one(wanted, lock=lock)


def waiting(user_id: int) -> list[Validation]:
    """Return what waits for the signature of this person, the oldest first."""
    wanted = _validations().where(
        _asked_of(user_id),
        Candidate.user_id != user_id,
        Validation.state == ValidationState.ASKED,
    )
    return list(db.session.scalars(wanted.order_by(Validation.asked_at, Validation.id)))


def _answered(user_id: int) -> tuple[ColumnElement[bool], ...]:
    states = set(ValidationState) - {ValidationState.ASKED, ValidationState.CANCELLED}
    return (
        _asked_of(user_id),
        Candidate.user_id != user_id,
        Validation.state.in_(sorted(states)),
    )


def count_answered(user_id: int) -> int:
    """Return how many requests this person's organisations, or this coach, answered."""
    counted = select(func.count(Validation.id)).join(Validation.candidate)
    return db.session.scalar(counted.where(*_answered(user_id))) or 0


def answered(user_id: int, *, limit: int, offset: int) -> list[Validation]:
    """Return a page of what was signed or declined, the newest first."""
    moment = func.coalesce(Validation.signed_at, Validation.declined_at)
    wanted = _validations().where(*_answered(user_id)).order_by(moment.desc(), Validation.id.desc())
    return list(db.session.scalars(wanted.limit(limit).offset(offset)))


def for_candidate(validation_id: int, user_id: int, *, lock: bool = False) -> Validation | None:
    """Return an own request of a candidate."""
    wanted = _validations().where(Validation.id == validation_id, Candidate.user_id == user_id)
    return _one(wanted, lock=lock)


def of_candidate(candidate_id: int) -> list[Validation]:
    """Return all requests of a candidate, the newest first, those taken back left out."""
    wanted = _validations().where(
        Validation.candidate_id == candidate_id, Validation.state != ValidationState.CANCELLED
    )
    return list(db.session.scalars(wanted.order_by(Validation.asked_at.desc(), Validation.id)))


def counting(candidate_id: int, today: date) -> list[Validation]:
    """Return the signatures that count today."""
    wanted = (
        select(Validation)
        .where(
            Validation.candidate_id == candidate_id,
            Validation.state == ValidationState.SIGNED,
            Validation.valid_until >= today,
        )
        .options(joinedload(Validation.organisation))
        .order_by(Validation.signed_at, Validation.id)
    )
    return list(db.session.scalars(wanted))


def open_requests(candidate_id: int) -> set[tuple[str, int | None, int | None]]:
    """Return what waits already: competence with the organisation or the coach."""
    wanted = select(Validation.competence, Validation.organisation_id, Validation.coach_id).where(
        Validation.candidate_id == candidate_id, Validation.state == ValidationState.ASKED
    )
    return {
        (row.competence, row.organisation_id, row.coach_id) for row in db.session.execute(wanted)
    }


def accepted(candidate_id: int) -> list[PortfolioCompetence]:
    """Return what stands in a portfolio."""
    wanted = select(PortfolioCompetence).where(
        PortfolioCompetence.candidate_id == candidate_id,
        PortfolioCompetence.state == CompetenceState.ACCEPTED,
    )
    return list(db.session.scalars(wanted.order_by(PortfolioCompetence.id)))


def sentence(candidate_id: int, competence: str) -> str:
    """Return what somebody wrote of a competence."""
    return (
        db.session.scalar(
            select(PortfolioCompetence.sentence).where(
                PortfolioCompetence.candidate_id == candidate_id,
                PortfolioCompetence.competence == competence,
            )
        )
        or ""
    )


def organisations(candidate_id: int) -> tuple[list[Organisation], list[Organisation]]:
    """Return whom a candidate can ask: where they applied, and the others with a supervisor."""
    able = select(Membership.organisation_id).where(Membership.supervisor.is_(True))
    wanted = (
        select(Organisation)
        .where(Organisation.standing == Standing.ADMITTED, Organisation.id.in_(able))
        .order_by(Organisation.name, Organisation.id)
    )
    applied = set(
        db.session.scalars(
            select(Site.organisation_id)
            .join(Opportunity, Opportunity.site_id == Site.id)
            .join(Application, Application.opportunity_id == Opportunity.id)
            .where(Application.candidate_id == candidate_id)
        )
    )
    everybody = list(db.session.scalars(wanted))
    return (
        [one for one in everybody if one.id in applied],
        [one for one in everybody if one.id not in applied],
    )


def assessors(validation: Validation) -> list[User]:
    """Return who may sign a request, for the mail to them."""
    if validation.coach is not None:
        return [validation.coach]
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == validation.organisation_id,
            Membership.supervisor.is_(True),
            User.active,
            User.id != validation.candidate.user_id,
        )
        .order_by(User.id)
    )
    return list(db.session.scalars(wanted))


def ending(today: date, within: timedelta) -> list[Validation]:
    """Return signatures that end soon and whose owner does not know yet, locked."""
    wanted = _validations().where(
        Validation.state == ValidationState.SIGNED,
        Validation.warned_on.is_(None),
        Validation.valid_until >= today,
        Validation.valid_until <= today + within,
    )
    return _locked(wanted)


def ended(today: date) -> list[Validation]:
    """Return signatures whose last day is past, locked."""
    wanted = _validations().where(
        Validation.state.in_((ValidationState.SIGNED, ValidationState.REMOVED)),
        Validation.valid_until < today,
    )
    return _locked(wanted)


def _locked(wanted: Select[Validation]) -> list[Validation]:
    return list(
        db.session.scalars(
            wanted.order_by(Validation.id)
            .with_for_update(of=Validation, skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )


def supervises(user_id: int) -> bool:
    """Say whether somebody guides people at an organisation of the pool."""
    return db.session.scalar(ids_of_member(user_id, Right.SUPERVISOR).limit(1)) is not None


def by_competence(validations: Collection[Validation]) -> dict[str, list[Validation]]:
    """Group signatures by what they are about."""
    found: dict[str, list[Validation]] = {}
    for one in validations:
        found.setdefault(one.competence, []).append(one)
    return found

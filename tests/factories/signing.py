"""People who ask for a signature, those who sign, and requests in every state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from portal import clock
from portal.accounts.models import RoleName, User
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.coaching.models import Guidance
from portal.extensions import db
from portal.organisations.models import Organisation, Right
from portal.organisations.service import add_member
from portal.portfolio import validation_policy as policy
from portal.portfolio import validation_service as service
from portal.portfolio.kinds import CompetenceState, Mastery
from portal.portfolio.models import PortfolioCompetence, Validation
from portal.portfolio.validation_service import Asked, Signature
from portal.transaction import transaction
from tests.factories import make_organisation, make_user

COOKING, CONTACT, RESERVED = "cook-for-groups", "make-contact", "give-injections"
NOTE = "Ik liep in maart mee op de huiskamer van locatie Zuid."
WHY = "Ik zag het je maar een keer doen. Kom nog een dag meelopen."


def make_owner(*competences: str, name: str = "Samira Haddou", **changes: Any) -> Candidate:
    """Somebody with these competences in the portfolio, as they say themselves."""
    user = make_user(RoleName.CANDIDATE)
    now = clock.now()
    with transaction():
        user.name = name
        candidate = ensure(user, now=now)
        for key, value in changes.items():
            setattr(candidate, key, value)
        for competence in competences or (COOKING, CONTACT):
            db.session.add(
                PortfolioCompetence(
                    candidate_id=candidate.id,
                    competence=competence,
                    state=CompetenceState.ACCEPTED,
                    mastery=Mastery.INDEPENDENT,
                    sentence="",
                    created_at=now,
                    updated_at=now,
                )
            )
    return candidate


def make_supervisor(
    organisation: Organisation | None = None,
    *rights: Right,
    name: str = "Rob Claessens",
) -> User:
    """Somebody who guides people at an organisation, and nothing else unless rights are given."""
    organisation = organisation or make_organisation()
    user = make_user(RoleName.EMPLOYER)
    with transaction():
        user.name = name
        add_member(
            organisation,
            user,
            rights=rights or (Right.SUPERVISOR,),
            actor=None,
            now=clock.now(),
        )
    return user


def make_guided(candidate: Candidate, coach: User | None = None) -> User:
    """A coach who guides this candidate."""
    coach = coach or make_user(RoleName.COACH)
    with transaction():
        coach.name = coach.name or "Petra Vos"
        db.session.add(Guidance(candidate_id=candidate.id, coach_id=coach.id, since=clock.now()))
    return coach


def make_asked(
    candidate: Candidate,
    asked: Asked,
    *competences: str,
    now: datetime | None = None,
) -> list[Validation]:
    """Requests that wait for a signature."""
    with transaction():
        return service.ask(
            competences or (COOKING,),
            asked,
            NOTE,
            actor=candidate.user,
            now=now or clock.now(),
        )


def signature(
    mastery: Mastery = Mastery.INDEPENDENT, *, now: datetime | None = None, **changes: Any
) -> Signature:
    """What an assessor signs for, for two years."""
    today = clock.local_date(now or clock.now())
    given: dict[str, Any] = {
        "mastery": mastery,
        "scope": "In de keuken, voor dertig bewoners.",
        "valid_until": policy.years_later(today, 2),
        "name": "Rob Claessens",
    }
    return Signature(**(given | changes))


def make_signed(
    candidate: Candidate,
    competence: str = COOKING,
    *,
    organisation: Organisation | None = None,
    by: User | None = None,
    mastery: Mastery = Mastery.INDEPENDENT,
    now: datetime | None = None,
    **changes: Any,
) -> Validation:
    """A signature of a supervisor, two years long unless `valid_until` is given."""
    now = now or clock.now()
    organisation = organisation or make_organisation()
    by = by or make_supervisor(organisation)
    (one,) = make_asked(
        candidate,
        Asked(organisation_id=organisation.id),
        competence,
        now=now - timedelta(days=1),
    )
    with transaction():
        return service.sign(
            one.id,
            signature(mastery, now=now, **changes),
            version=one.version,
            actor=by,
            now=now,
        )

"""Applications in any state, made by the services themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.accounts.models import RoleName, User
from portal.applications import service
from portal.applications.models import Application
from portal.applications.workflow import Action, Party, State
from portal.candidates.models import Candidate, CandidateMatch
from portal.candidates.service import ensure
from portal.clock import local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Membership
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_user

_rank = count(1)
WORD = "Je vertelt helder wat je kunt. Doe eerst een dag mee."


def make_candidate(name: str = "Noor Vissers", **changes: Any) -> Candidate:
    """Somebody with a profile and a name, as others see it after an application."""
    user = make_user(RoleName.CANDIDATE)
    with transaction():
        user.name = name
        candidate = ensure(user, now=clock.now())
        for key, value in changes.items():
            setattr(candidate, key, value)
    return candidate


def recruiter_of(opportunity: Opportunity) -> User:
    """Somebody who recruits for the employer of an opening, made if there is nobody."""
    organisation = opportunity.site.organisation
    found = db.session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation.id, Membership.recruiter.is_(True))
        .order_by(User.id)
    )
    if found is None:
        found = make_employer(organisation)
        with transaction():
            found.name = "Greet Wolters"
    return found


def make_application(
    state: State = State.NEW,
    *,
    candidate: Candidate | None = None,
    opportunity: Opportunity | None = None,
    now: datetime | None = None,
    letter: str = "Ik kook al jaren voor anderen.",
    phone: str = "06 12345678",
    **said: Any,
) -> Application:
    """An application in a state, with the steps that lead there; `said` goes with the last."""
    now = now or clock.now()
    candidate = candidate or make_candidate()
    opportunity = opportunity or make_opportunity(now=now)
    recruiter = recruiter_of(opportunity)
    with transaction():
        made = service.apply(
            candidate, opportunity, letter=letter, phone=phone, actor=candidate.user, now=now
        )
    for action, party in _WAY[state]:
        actor = candidate.user if party is Party.CANDIDATE else recruiter
        step(made, action, actor=actor, party=party, now=now, **said)
    if state is State.LAPSED:
        from portal.applications import silence

        silence.run(now=now + timedelta(days=40))
        db.session.refresh(made)
    return made


def step(
    application: Application,
    action: Action,
    *,
    actor: User,
    party: Party,
    now: datetime | None = None,
    **said: Any,
) -> Application:
    """Take one step with what it needs, unless `said` says otherwise."""
    now = now or clock.now()
    given = {**_needs(action, local_date(now), application), **said}
    db.session.refresh(application)
    with transaction():
        return service.move(
            application.id,
            action,
            actor=actor,
            party=party,
            now=now,
            **{"version": application.version, **given},
        )


def fits(candidate: Candidate, *opportunities: Opportunity) -> None:
    """Let these openings be the kept matches of somebody, in this order."""
    now = clock.now()
    with transaction():
        for opportunity in opportunities:
            db.session.add(
                CandidateMatch(
                    candidate_id=candidate.id,
                    opportunity_id=opportunity.id,
                    rank=next(_rank),
                    score=0.5,
                    level="now",
                    met=2,
                    partly=0,
                    total=3,
                    first_seen_at=now,
                )
            )


def _needs(action: Action, today: date, application: Application) -> dict[str, Any]:
    if action is Action.REFUSE:
        return {"reason": "experience", "word": WORD}
    if action is Action.WITHDRAW:
        return {"reason": "not_said"}
    if action is Action.POSTPONE:
        return {"until": today + timedelta(days=20)}
    if action is Action.OFFER:
        return {"start_on": today + timedelta(days=30)}
    return {}


_TALK = (Action.TALK, Party.EMPLOYER)
_OFFER = (Action.OFFER, Party.EMPLOYER)
_WAY: dict[State, tuple[tuple[Action, Party], ...]] = {
    State.NEW: (),
    State.IN_CONVERSATION: (_TALK,),
    State.POSTPONED: ((Action.POSTPONE, Party.EMPLOYER),),
    State.TRIAL: (_TALK, (Action.TRY, Party.EMPLOYER)),
    State.OFFERED: (_OFFER,),
    State.ACCEPTED: (_OFFER, (Action.ACCEPT, Party.CANDIDATE)),
    State.REFUSED: ((Action.REFUSE, Party.EMPLOYER),),
    State.WITHDRAWN: ((Action.WITHDRAW, Party.CANDIDATE),),
    State.LAPSED: (),
}

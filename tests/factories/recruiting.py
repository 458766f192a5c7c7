"""People who may be found, what fits them, and applications of long ago."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from portal import clock
from portal.accounts.models import RoleName, User
from portal.applications.models import Application, Invitation, InvitationState
from portal.applications.workflow import OPEN, Party, State
from portal.candidates import service as candidates
from portal.candidates.models import Candidate, CandidateMatch
from portal.clock import local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.transaction import transaction
from tests.factories import make_user

NAME = "Wilhelmina Achterhoeks"
PHONE = "06 55 44 33 22"
SKILLS = (
    "Ik kook al jaren voor grote groepen in een buurthuis. Ik maak met iedereen een praatje. "
    "Ik houd de keuken schoon."
)


def make_seeker(
    *, visible: bool = True, user: User | None = None, name: str = NAME, **given: Any
) -> Candidate:
    """Somebody with a profile who looks for work, and may be found."""
    user = user or make_user(RoleName.CANDIDATE)
    values: dict[str, Any] = {
        "skills": SKILLS,
        "ambition": "Iets met eten en met mensen, liefst overdag.",
        "place": "Heerlen",
        "province": "Limburg",
        "hours_low": 16.0,
        "hours_high": 24.0,
        "phone": PHONE,
        "visible": visible,
    }
    with transaction():
        user.name = name
        candidate = candidates.ensure(user, now=clock.now())
        for key, value in (values | given).items():
            setattr(candidate, key, value)
    return candidate


def make_match(
    candidate: Candidate, opportunity: Opportunity, *, score: float = 0.5, **given: Any
) -> CandidateMatch:
    """What the last ranking of somebody said of an opening."""
    values: dict[str, Any] = {
        "rank": 1,
        "score": score,
        "level": "guided",
        "met": 2,
        "partly": 1,
        "total": 3,
        "first_seen_at": clock.now(),
    }
    with transaction():
        made = CandidateMatch(
            candidate_id=candidate.id, opportunity_id=opportunity.id, **(values | given)
        )
        db.session.add(made)
    return made


def make_past(
    opportunity: Opportunity,
    *,
    asked: datetime,
    answered: datetime | None = None,
    due: date | None = None,
    state: State | None = None,
    ended: datetime | None = None,
    invited: bool = False,
) -> Application:
    """An application of some time ago, with only what the employer's answer rate looks at."""
    state = state or (State.IN_CONVERSATION if answered else State.NEW)
    with transaction():
        made = Application(
            candidate=candidates.ensure(make_user(RoleName.CANDIDATE), now=asked),
            opportunity_id=opportunity.id,
            state=state,
            waits_on=Party.EMPLOYER if state in OPEN else None,
            answer_by=due or local_date(asked + timedelta(days=14)),
            answered_at=answered,
            ended_at=ended,
            reason="other" if state is State.REFUSED else None,
            invited=invited,
            created_at=asked,
            updated_at=answered or asked,
        )
        db.session.add(made)
    return made


def make_invitation(
    candidate: Candidate,
    opportunity: Opportunity,
    *,
    sender: User | None = None,
    state: InvitationState = InvitationState.SENT,
    now: datetime | None = None,
    answer_by: date | None = None,
    **given: Any,
) -> Invitation:
    """An invitation that was sent."""
    now = now or clock.now()
    with transaction():
        made = Invitation(
            candidate_id=candidate.id,
            opportunity_id=opportunity.id,
            sender_id=sender.id if sender else None,
            text="Je kookt voor grote groepen. Dat zoeken we hier ook. Kom je eens praten?",
            state=state,
            created_at=now,
            answer_by=answer_by or local_date(now) + timedelta(days=14),
            answered_at=None if state is InvitationState.SENT else now,
            **given,
        )
        db.session.add(made)
    return made

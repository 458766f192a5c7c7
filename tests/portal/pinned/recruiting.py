"""The applications to an employer, people who fit, and invitations."""

from __future__ import annotations

from datetime import timedelta

from portal import clock
from portal.accounts.models import RoleName, User
from portal.applications import service
from portal.applications.meetings import MeetingInput
from portal.applications.models import Application
from portal.applications.workflow import Party
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Organisation
from portal.transaction import transaction
from tests.factories import make_opportunity, make_site, make_user
from tests.factories.recruiting import make_invitation, make_match, make_seeker

PINNED: dict[str, tuple[int | None, ...]] = {
    "invitations.index": (None, 5, None, None, None, None),
    "invitations.show": (None, 8, None, None, None, None),
    "recruiting.ask_cancel": (None, None, 4, None, None, None),
    "recruiting.ask_move": (None, None, 4, None, None, None),
    "recruiting.ask_step": (None, None, 3, None, None, None),
    "recruiting.board": (None, None, 8, None, None, None),
    "recruiting.board, as a table": (None, None, 8, None, None, None),
    "recruiting.fitting": (None, None, 12, None, None, None),
    "recruiting.new_meeting": (None, None, 3, None, None, None),
    "recruiting.people": (None, None, 4, None, None, None),
    "recruiting.person": (None, None, 13, None, None, None),
    "recruiting.show": (None, None, 15, None, None, None),
    "recruiting.together": (None, None, 3, None, None, None),
}
STATES = {
    "invitations.show": "/uitnodigingen/{invited}",
    "recruiting.ask_cancel": "/werkgever/reacties/{reaction}/gesprek/{reaction_meeting}/afzeggen",
    "recruiting.ask_move": "/werkgever/reacties/{reaction}/gesprek/{reaction_meeting}/verzetten",
    "recruiting.ask_step": "/werkgever/reacties/{reaction}/stap/praten",
    "recruiting.board, as a table": "/werkgever/reacties?weergave=tabel&sort=naam",
    "recruiting.fitting": "/werkgever/mensen/{sought}",
    "recruiting.new_meeting": "/werkgever/reacties/{reaction}/gesprek",
    "recruiting.person": "/werkgever/mensen/{sought}/{who_fits}",
    "recruiting.show": "/werkgever/reacties/{reaction}",
    "recruiting.together": "/werkgever/reacties/samen?actie=uitstellen&wie={reaction}",
}
"""With names of our own: the same words in an address mean other objects elsewhere."""
NO_PAGE = {"recruiting.calendar": "a file"}
_openings: list[int] = []
_candidates: list[int] = []


def fill(mine: Organisation, count: int) -> None:
    """More applications, people and invitations for those who look."""
    now = clock.now()
    for identity in _openings:
        opening = db.session.get_one(Opportunity, identity)
        for _ in range(count):
            person = make_seeker()
            make_match(person, opening)
            make_invitation(make_seeker(), opening)
            user = make_user()
            with transaction():
                candidate = ensure(user, now=now)
                service.apply(candidate, opening, letter="", phone="", actor=user, now=now)
    for identity in _candidates:
        for _ in range(count):
            person = db.session.get_one(User, identity)
            make_invitation(_profile(person), make_opportunity())


def _profile(person: User) -> Candidate:
    with transaction():
        return ensure(person, now=clock.now())


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """An opening with somebody who fits, an application with a meeting, and an invitation."""
    now = clock.now()
    person, employer = users[RoleName.CANDIDATE], users[RoleName.EMPLOYER]
    assert person
    assert employer
    opening = make_opportunity(site=make_site(mine))
    seeker = make_seeker()
    make_match(seeker, opening)
    applicant = make_seeker()
    with transaction():
        made: Application = service.apply(
            applicant, opening, letter="", phone="", actor=applicant.user, now=now
        )
        meeting = service.propose_meeting(
            made.id,
            MeetingInput(starts_at=now + timedelta(days=5), minutes=30, where="Hier"),
            actor=applicant.user,
            party=Party.CANDIDATE,
            now=now,
        )
    invitation = make_invitation(_profile(person), opening, sender=employer)
    _openings[:], _candidates[:] = [opening.id], [person.id]
    return {
        "sought": opening.slug,
        "who_fits": seeker.code,
        "reaction": str(made.id),
        "reaction_meeting": str(meeting.id),
        "invited": str(invitation.id),
    }

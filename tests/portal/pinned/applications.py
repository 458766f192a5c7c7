"""A candidate's applications."""

from __future__ import annotations

from datetime import timedelta

from portal import clock
from portal.accounts.models import RoleName, User
from portal.applications import service
from portal.applications.meetings import MeetingInput
from portal.applications.models import Application
from portal.applications.workflow import Party, State
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.transaction import transaction
from tests.factories.applications import make_application, recruiter_of

PINNED: dict[str, tuple[int | None, ...]] = {
    "applications.ask_accept": (None, 5, None, None, None, None),
    "applications.ask_cancel": (None, 4, None, None, None, None),
    "applications.ask_move": (None, 4, None, None, None, None),
    "applications.ask_withdraw": (None, 3, None, None, None, None),
    "applications.index": (None, 8, None, None, None, None),
    "applications.new": (None, 9, None, None, None, None),
    "applications.new_meeting": (None, 3, None, None, None, None),
    "applications.show": (None, 10, None, None, None, None),
    "applications.show, refused": (None, 10, None, None, None, None),
}
STATES = {
    "applications.ask_accept": "/reacties/{job_offered}/aannemen",
    "applications.show, refused": "/reacties/{job_refused}",
}
NO_PAGE = {"applications.calendar": "a file"}
_people: list[int] = []


def fill(mine: Organisation, count: int) -> None:
    """More applications of who looks, with more said and planned in the one that is shown."""
    for user_id, application_id in zip(_people[::2], _people[1::2], strict=True):
        candidate = _profile(db.session.get_one(User, user_id))
        for number in range(count):
            make_application(candidate=candidate)
            _talk(candidate, application_id, number)


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """Applications in three states, one of them with a message and a meeting."""
    person = users[RoleName.CANDIDATE]
    assert person
    candidate = _profile(person)
    talking = make_application(State.IN_CONVERSATION, candidate=candidate)
    meeting = _talk(candidate, talking.id, 0)
    _people[:] = [person.id, talking.id]
    return {
        "application_id": str(talking.id),
        "meeting_id": str(meeting),
        "job_offered": str(make_application(State.OFFERED, candidate=candidate).id),
        "job_refused": str(make_application(State.REFUSED, candidate=candidate).id),
    }


def _profile(person: User) -> Candidate:
    with transaction():
        return ensure(person, now=clock.now())


def _talk(candidate: Candidate, application_id: int, number: int) -> int:

    now = clock.now()
    application = db.session.get_one(Application, application_id)
    recruiter = recruiter_of(application.opportunity)
    with transaction():
        service.say(
            application_id,
            f"Bericht {now.timestamp()}",
            actor=recruiter,
            party=Party.EMPLOYER,
            now=now,
        )
        meeting = service.propose_meeting(
            application_id,
            MeetingInput(starts_at=now + timedelta(days=5 + number), minutes=30, where="De Linde"),
            actor=recruiter,
            party=Party.EMPLOYER,
            now=now,
        )
    return meeting.id

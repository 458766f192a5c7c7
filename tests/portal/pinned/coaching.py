"""The pages of career talks."""

from __future__ import annotations

from itertools import count

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.coaching import guiding
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.coaching import make_hour, make_talk

PINNED: dict[str, tuple[int | None, ...]] = {
    "coach.ask_remove": (None, None, None, None, 3, None),
    "coach.edit_note": (None, None, None, None, 4, None),
    "coach.hours": (None, None, None, None, 3, None),
    "coach.person": (None, None, None, None, 12, None),
    "coach.today": (None, None, None, None, 11, None),
    "coaching.ask_cancel": (None, 4, None, None, None, None),
    "coaching.ask_move": (None, 7, None, None, None, None),
    "coaching.ask_stop": (None, 5, None, None, None, None),
    "coaching.choose": (None, 3, None, None, None, None),
    "coaching.index": (None, 14, None, None, None, None),
}
NO_PAGE = {"coach.calendar": "a file", "coaching.calendar": "a file"}
_coaches: list[str] = []
_days = count(10)


def fill(mine: Organisation, more: int) -> None:
    """More candidates, talks and hours for the coach who looks."""
    for known in _coaches:
        coach = find_user(known)
        assert coach
        for number in range(more):
            been = -1 - number
            make_talk(coach, make_user(), days=been if number % 2 == 0 else next(_days), hour=13)
            make_hour(coach, days=next(_days), hour=17)


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """An hour that is free, a talk, and the one that it is with."""
    coach, person = users[RoleName.COACH], users[RoleName.CANDIDATE]
    assert coach
    assert person
    _coaches[:] = [coach.email]
    talk = make_talk(coach, person, days=9)
    candidate = of_user(person.id)
    assert candidate
    with transaction():
        actor = db.session.get_one(User, coach.id)
        note = guiding.write_note(candidate.code, "Goed gesprek.", actor=actor, now=clock.now())
    return {
        "talk_id": str(talk.id),
        "hour_id": str(make_hour(coach, days=9, hour=12).id),
        "guided": candidate.code,
        "note_id": str(note.id),
    }

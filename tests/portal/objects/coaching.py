"""A talk, its hour, a note and a task of a coach and a candidate; another hour is free."""

from __future__ import annotations

from datetime import timedelta

from portal import clock
from portal.accounts.models import User
from portal.candidates.queries import of_user
from portal.coaching import guiding
from portal.extensions import db
from portal.transaction import transaction
from tests.factories.coaching import make_hour, make_talk
from tests.portal.objects.world import World

OPEN = {
    ("coaching.choose", "candidate"): "a free hour is there for every candidate",
    ("coaching.book", "candidate"): "a free hour is there for every candidate",
}
DIFFERS = {("coaching.index", "candidate"): "it shows the free hours of every coach"}


def make(world: World) -> dict[str, str]:
    talk = make_talk(world.coach, world.candidate)
    candidate = of_user(world.candidate.id)
    assert candidate
    with transaction():
        coach = db.session.get_one(User, world.coach.id)
        talk.question = world.secret
        note = guiding.write_note(candidate.code, world.secret, actor=coach, now=world.now)
        day = clock.local_date(world.now) + timedelta(days=3)
        task = guiding.set_task(candidate.code, world.secret, day, actor=coach, now=world.now)
    return {
        "coaching:talk_id": str(talk.id),
        "coaching:task_id": str(task.id),
        "coaching:hour_id": str(make_hour(world.coach, days=5).id),
        "coach:talk_id": str(talk.id),
        "coach:hour_id": str(talk.hour_id),
        "coach:note_id": str(note.id),
        "coach:task_id": str(task.id),
        "coach:guided": candidate.code,
    }

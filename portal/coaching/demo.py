"""Hours, talks, notes and tasks for the demo region."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.clock import local_date
from portal.coaching import guiding, queries, service
from portal.coaching.models import CoachHour, CoachNote, CoachTask
from portal.extensions import db

COACH = "coach@bekwaam.example"
_WHERE = "Buurthuis De Linde, Heerlen"


def seed(*, now: datetime) -> Counter[str]:
    """Add what the demo lacks: a coach's hours in the coming weeks, and a guided candidate."""
    added: Counter[str] = Counter()
    coach = find_user(COACH)
    if coach is None:
        return added
    if db.session.scalar(select(CoachHour.id).where(CoachHour.coach_id == coach.id)) is None:
        added["coach hours"] = _hours(coach, now)
    for email, days in (("kandidaat@bekwaam.example", -8), ("herintreder@bekwaam.example", 2)):
        person = find_user(email)
        candidate = of_user(person.id) if person else None
        if person is None or candidate is None or queries.talks_of(candidate.id):
            continue
        _talk(coach, person, days=days, now=now)
        added["talks"] += 1
    return added


def _hours(coach: User, now: datetime) -> int:
    """Two mornings and an afternoon a week, for six weeks."""
    today, made = local_date(now), 0
    for ahead, begin, end in ((1, 9, 12), (3, 13, 16), (4, 9, 11)):
        stretch = service.Stretch(
            day=today + timedelta(days=ahead),
            begin=time(begin),
            end=time(end),
            minutes=45,
            weeks=6,
            where=_WHERE,
        )
        made += service.publish_hours(stretch, actor=coach, now=now)[0]
    return made


def _talk(coach: User, person: User, *, days: int, now: datetime) -> None:
    """A talk that is still to come, or one that was held with what came of it."""
    then = now if days > 0 else now + timedelta(days=days - 3)
    day = local_date(now) + timedelta(days=days)
    stretch = service.Stretch(
        day=day, begin=time(16, 15), end=time(17), minutes=45, weeks=1, where=_WHERE
    )
    service.publish_hours(stretch, actor=coach, now=then)
    hours = queries.free_hours(then, then + timedelta(days=30), coach.id)
    hour = next(one for one in hours if local_date(one.starts_at) == day)
    question = (
        "Ik heb jaren gekookt. Kan ik daarmee in de zorg beginnen?"
        if days < 0
        else "Ik was verzorgende. Wat moet ik opfrissen om terug te komen?"
    )
    talk = service.book(hour.id, question, actor=person, now=then)
    if days > 0:
        return
    service.close(talk.id, held=True, actor=coach, now=now)
    code = talk.candidate.code
    if not db.session.scalar(
        select(CoachNote.id).where(CoachNote.candidate_id == talk.candidate_id)
    ):
        guiding.write_note(
            code,
            "We spraken over de catering en over de zorg voor je moeder. Je blijft rustig als het "
            "druk is, en je ziet wat iemand nodig heeft. Dat is precies wat een huiskamer vraagt.",
            actor=coach,
            now=now,
        )
    if not db.session.scalar(
        select(CoachTask.id).where(CoachTask.candidate_id == talk.candidate_id)
    ):
        guiding.set_task(
            code,
            "Zet in je portfolio wat je in de catering deed",
            local_date(now) + timedelta(days=4),
            actor=coach,
            now=now,
        )
        done = guiding.set_task(code, "Doe het keuzespel", local_date(now), actor=coach, now=now)
        guiding.tick_task(done.id, done=True, actor=person, now=now)

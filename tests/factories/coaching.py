"""Coaches with hours, and candidates with talks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from portal import clock
from portal.accounts.models import RoleName, User
from portal.coaching import queries, service
from portal.coaching.models import CoachHour, Talk
from portal.extensions import db
from portal.transaction import transaction
from tests.factories import make_user


def make_coach(name: str = "Petra Vos") -> User:
    """A coach without hours."""
    return named(make_user(RoleName.COACH), name)


def named(user: User, name: str) -> User:
    """The same person, with a name."""
    with transaction():
        db.session.get_one(User, user.id).name = name
    return user


def make_hour(coach: User, *, days: int = 3, hour: int = 10, minutes: int = 45) -> CoachHour:
    """A free hour of a coach, some days from now."""
    now = clock.now()
    day = clock.local_date(now) + timedelta(days=days)
    with transaction():
        stretch = service.Stretch(
            day=day,
            begin=time(hour),
            end=(datetime.combine(day, time(hour)) + timedelta(minutes=minutes)).time(),
            minutes=minutes,
            weeks=1,
            where="Stationsplein 1, Heerlen",
        )
        assert service.publish_hours(stretch, actor=coach, now=now) == (1, 0)
    begin = datetime.combine(day, time(hour), tzinfo=clock.ZONE)
    found = [one for one, _ in queries.hours_of_coach(coach.id, begin) if one.starts_at == begin]
    return found[0]


def make_talk(coach: User, person: User, *, days: int = 3, hour: int = 10) -> Talk:
    """A booked talk; days below zero: it has been."""
    now = clock.now()
    made = make_hour(coach, days=abs(days) + 12 if days < 0 else days, hour=hour)
    with transaction():
        talk = service.book(made.id, "Past de zorg bij mij?", actor=person, now=now)
        if days < 0:
            talk.hour.starts_at = now + timedelta(days=days)
    return talk

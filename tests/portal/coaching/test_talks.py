"""Booking, moving, cancelling: one talk per hour, both are told, and nobody else sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from portal import clock
from portal.coaching import queries, reminders, service
from portal.coaching.models import CoachHour, Talk
from portal.coaching.workflow import Party, TalkState
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.coaching import make_coach, make_hour, make_talk, named


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def book(hour: CoachHour, person) -> Talk:
    with transaction():
        return service.book(hour.id, "Past de zorg bij mij?", actor=person, now=clock.now())


def test_both_get_a_mail_with_the_same_appointment(app: Flask) -> None:
    coach, person = make_coach(), named(make_user(), "Samira")
    talk = book(make_hour(coach), person)
    sent = mails()
    assert {one.recipient for one in sent} == {coach.email, person.email}
    events = [next(iter(Calendar.from_ical(one.calendar).walk("VEVENT"))) for one in sent]
    assert {str(event["uid"]) for event in events} == {talk.uid}
    assert {event.decoded("dtstart") for event in events} == {talk.hour.starts_at}
    assert "Samira" in next(one.body for one in sent if one.recipient == coach.email)
    assert queries.guides(coach.id, talk.candidate_id)


def test_an_hour_is_booked_once(app: Flask) -> None:
    hour = make_hour(make_coach())
    book(hour, make_user())
    with pytest.raises(Conflict, match="iemand anders"):
        book(hour, make_user())
    assert db.session.query(Talk).count() == 1


def test_a_second_click_books_no_second_talk(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    book(make_hour(coach), person)
    with pytest.raises(Conflict, match="al een gesprek"):
        book(make_hour(coach, hour=14), person)


def test_the_database_refuses_two_talks_in_an_hour(app: Flask) -> None:
    talk = make_talk(make_coach(), make_user())
    with pytest.raises(Exception, match=r"(?i)unique"), transaction():
        db.session.add(
            Talk(
                candidate_id=talk.candidate_id,
                hour_id=talk.hour_id,
                uid="x",
                created_at=clock.now(),
                updated_at=clock.now(),
            )
        )


def test_moving_keeps_the_appointment_and_frees_the_hour(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    old, uid = talk.hour_id, talk.uid
    new = make_hour(coach, days=5)
    with transaction():
        service.move(talk.id, new.id, version=talk.version, actor=person, now=clock.now())
    event = next(iter(Calendar.from_ical(mails()[-1].calendar).walk("VEVENT")))
    assert (str(event["uid"]), int(event["sequence"])) == (uid, 1)
    assert queries.free_hour(old) is not None
    assert queries.free_hour(new.id) is None


def test_a_stale_page_moves_nothing(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    new = make_hour(coach, days=5)
    with pytest.raises(Conflict, match="veranderd"), transaction():
        service.move(talk.id, new.id, version=talk.version + 1, actor=person, now=clock.now())


def test_cancelling_tells_both_and_can_be_taken_back(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    with transaction():
        service.cancel(talk.id, "Ik ben ziek", by=Party.CANDIDATE, actor=person, now=clock.now())
    to_coach = next(one for one in reversed(mails()) if one.recipient == coach.email)
    assert "Ik ben ziek" in to_coach.body
    assert "CANCELLED" in (to_coach.calendar or "")
    assert queries.free_hour(talk.hour_id) is not None
    with transaction():
        service.restore(talk.id, actor=person, now=clock.now())
    assert db.session.get_one(Talk, talk.id).state == TalkState.BOOKED


def test_what_was_cancelled_cannot_come_back_when_the_hour_is_taken(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    with transaction():
        service.cancel(talk.id, "", by=Party.CANDIDATE, actor=person, now=clock.now())
    book(talk.hour, make_user())
    with pytest.raises(Conflict, match="iemand anders"), transaction():
        service.restore(talk.id, actor=person, now=clock.now())


def test_somebody_else_cannot_touch_a_talk(app: Flask) -> None:
    talk = make_talk(make_coach(), make_user())
    with pytest.raises(NotFound), transaction():
        service.cancel(talk.id, "", by=Party.CANDIDATE, actor=make_user(), now=clock.now())
    with pytest.raises(NotFound), transaction():
        service.close(talk.id, held=True, actor=make_coach("Ander"), now=clock.now())


def test_an_hour_that_goes_takes_its_talk_along_and_can_return(app: Flask) -> None:
    coach = make_coach()
    talk = make_talk(coach, make_user())
    with transaction():
        assert service.remove_hour(talk.hour_id, "Ik ben er niet", actor=coach, now=clock.now())
    assert db.session.get_one(Talk, talk.id).state == TalkState.CANCELLED
    assert queries.free_hour(talk.hour_id) is None
    assert make_hour(coach).id == talk.hour_id, "the same hour, published again"


def test_a_talk_is_rounded_up_only_after_it_began(app: Flask) -> None:
    coach = make_coach()
    coming, been = make_talk(coach, make_user()), make_talk(coach, make_user(), days=-1, hour=9)
    with pytest.raises(Conflict), transaction():
        service.close(coming.id, held=True, actor=coach, now=clock.now())
    assert [one.id for one in queries.to_round_up(coach.id, clock.now())] == [been.id]
    with transaction():
        service.close(been.id, held=True, actor=coach, now=clock.now())
    assert queries.to_round_up(coach.id, clock.now()) == []


def test_another_coach_ends_the_guidance_of_the_first(app: Flask) -> None:
    first, second, person = make_coach(), make_coach("Ander"), make_user()
    talk = make_talk(first, person)
    with transaction():
        service.cancel(talk.id, "", by=Party.CANDIDATE, actor=person, now=clock.now())
    book(make_hour(second, days=6), person)
    assert not queries.guides(first.id, talk.candidate_id)
    assert queries.guides(second.id, talk.candidate_id)


def test_a_reminder_goes_once_and_not_at_night(app: Flask) -> None:
    make_talk(make_coach(), make_user(), days=3)
    begin = db.session.scalars(select(CoachHour.starts_at)).one().astimezone(clock.ZONE)
    before = begin - timedelta(days=1)
    number = len(mails())
    for hour, wanted in ((3, 0), (9, 2), (10, 2)):
        with transaction():
            reminders.send(now=before.replace(hour=hour))
        assert len(mails()) - number == wanted

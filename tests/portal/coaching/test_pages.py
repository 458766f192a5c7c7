"""The pages of talks, for the candidate and for the coach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.candidates.queries import of_user
from portal.coaching.models import CoachHour, CoachNote, CoachTask, Talk
from portal.extensions import db
from tests.conftest import PortalClient
from tests.factories import make_user
from tests.factories.coaching import make_coach, make_hour, make_talk, named


def signed_in(app: Flask, user) -> PortalClient:
    client = app.test_client()
    assert isinstance(client, PortalClient)
    assert client.sign_in(user.email).status_code == 302
    return client


def test_a_candidate_books_moves_and_cancels(app: Flask) -> None:
    coach, person = make_coach(), named(make_user(), "Samira")
    hour, other = make_hour(coach), make_hour(coach, days=4)
    client = signed_in(app, person)
    assert f"/gesprek/kiezen/{hour.id}" in client.get("/gesprek").text
    answer = client.post(
        f"/gesprek/kiezen/{hour.id}", data={"question": "Wat kan ik?"}, follow_redirects=True
    )
    assert "Je gesprek is gepland" in answer.text
    assert "Wat kan ik?" in answer.text
    talk = db.session.scalars(select(Talk)).one()
    assert str(other.id) in client.get(f"/gesprek/{talk.id}/verzetten").text
    client.post(f"/gesprek/{talk.id}/verzetten", data={"hour": other.id, "version": talk.version})
    assert db.session.get_one(Talk, talk.id, populate_existing=True).hour_id == other.id
    answer = client.post(f"/gesprek/{talk.id}/afzeggen", data={}, follow_redirects=True)
    assert f"/gesprek/{talk.id}/terug" in answer.text


def test_a_question_that_is_too_long_is_kept(app: Flask) -> None:
    hour = make_hour(make_coach())
    answer = signed_in(app, make_user()).post(
        f"/gesprek/kiezen/{hour.id}", data={"question": "lang " * 300}
    )
    assert answer.status_code == 422
    assert "lang lang" in answer.text
    assert db.session.query(Talk).count() == 0


def test_a_taken_hour_leads_back_to_the_others(app: Flask) -> None:
    coach = make_coach()
    talk = make_talk(coach, make_user())
    client = signed_in(app, make_user())
    for answer in (
        client.get(f"/gesprek/kiezen/{talk.hour_id}", follow_redirects=True),
        client.post(f"/gesprek/kiezen/{talk.hour_id}", data={}, follow_redirects=True),
    ):
        assert "net door iemand anders gekozen" in answer.text
    assert client.get("/gesprek/kiezen/999999").status_code == 404


def test_a_calendar_file_is_for_the_two_alone(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    path = f"/gesprek/{talk.id}/agenda.ics"
    mine = signed_in(app, person).get(path)
    assert mine.mimetype == "text/calendar"
    assert talk.uid in mine.text
    assert signed_in(app, make_user()).get(path).status_code == 404
    assert signed_in(app, coach).get(f"/coach/gesprekken/{talk.id}/agenda.ics").status_code == 200


def test_a_coach_sees_own_candidates_only(app: Flask) -> None:
    coach, person = make_coach(), named(make_user(), "Samira Haddou")
    make_talk(coach, person)
    code = of_user(person.id).code
    assert "Samira Haddou" in signed_in(app, coach).get("/coach").text
    other = signed_in(app, make_coach("Ander"))
    assert "Samira Haddou" not in other.get("/coach").text
    assert other.get(f"/coach/kandidaten/{code}").status_code == 404
    for what in ("verslag", "taak"):
        assert (
            other.post(f"/coach/kandidaten/{code}/{what}", data={"note-text": "x"}).status_code
            == 404
        )


def test_a_note_is_read_by_the_candidate_and_not_by_the_next_coach(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    make_talk(coach, person)
    code = of_user(person.id).code
    client = signed_in(app, coach)
    for _ in range(2):
        client.post(f"/coach/kandidaten/{code}/verslag", data={"note-text": "Gaat het goed"})
    note = db.session.scalars(select(CoachNote)).one()
    assert "Gaat het goed" in signed_in(app, person).get("/gesprek").text
    answer = client.post(f"/coach/verslagen/{note.id}", data={"text": ""})
    assert answer.status_code == 422
    client.post(f"/coach/verslagen/{note.id}", data={"text": "Gaat heel goed"})
    assert "heel goed" in signed_in(app, person).get("/gesprek").text
    assert signed_in(app, make_coach("B")).get(f"/coach/verslagen/{note.id}").status_code == 404


def test_a_task_is_set_ticked_and_taken_back(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    make_talk(coach, person)
    code, tomorrow = of_user(person.id).code, clock.local_date(clock.now()) + timedelta(days=1)
    client = signed_in(app, coach)
    given = {"task-what": "Bel Linde", "task-due_on": tomorrow.isoformat()}
    for _ in range(2):
        client.post(f"/coach/kandidaten/{code}/taak", data=given)
    task = db.session.scalars(select(CoachTask)).one()
    mine = signed_in(app, person)
    assert "Bel Linde" in mine.get("/gesprek").text
    mine.post(f"/gesprek/taken/{task.id}", data={"done": 1})
    assert db.session.get_one(CoachTask, task.id, populate_existing=True).done_at is not None
    assert signed_in(app, make_user()).post(f"/gesprek/taken/{task.id}").status_code == 404
    client.post(f"/coach/taken/{task.id}/weg")
    assert db.session.query(CoachTask).count() == 0


@pytest.mark.parametrize("due", ["2020-01-01", "gisteren", "9999-12-31", ""])
def test_a_task_needs_a_day_that_can_be(app: Flask, due: str) -> None:
    coach, person = make_coach(), make_user()
    make_talk(coach, person)
    answer = signed_in(app, coach).post(
        f"/coach/kandidaten/{of_user(person.id).code}/taak",
        data={"task-what": "Bel Linde", "task-due_on": due},
    )
    assert answer.status_code == 422
    assert "Bel Linde" in answer.text


def test_hours_are_published_for_weeks_and_not_twice(app: Flask) -> None:
    coach = make_coach()
    client = signed_in(app, coach)
    day = clock.local_date(clock.now()) + timedelta(days=2)
    given = {
        "day": day.isoformat(),
        "begin": "09:00",
        "end": "10:30",
        "minutes": "45",
        "weeks": "2",
        "where": "Heerlen",
    }
    assert (
        "Er staan 4 gesprekken bij"
        in client.post("/coach/uren", data=given, follow_redirects=True).text
    )
    assert (
        "konden er niet bij" in client.post("/coach/uren", data=given, follow_redirects=True).text
    )
    assert db.session.query(CoachHour).count() == 4


@pytest.mark.parametrize(
    "wrong",
    [{"begin": "25:00"}, {"end": "09:10"}, {"weeks": "99"}, {"day": "2020-01-01"}, {"where": ""}],
)
def test_hours_that_cannot_be_are_refused_and_kept_on_the_page(app: Flask, wrong) -> None:
    given = {
        "day": (clock.local_date(clock.now()) + timedelta(days=2)).isoformat(),
        "begin": "09:00",
        "end": "10:30",
        "minutes": "45",
        "weeks": "1",
        "where": "Buurthuis",
    }
    answer = signed_in(app, make_coach()).post("/coach/uren", data=given | wrong)
    assert answer.status_code == 422
    assert db.session.query(CoachHour).count() == 0


def test_stopping_hides_the_candidate_from_the_coach(app: Flask) -> None:
    coach, person = make_coach(), make_user()
    talk = make_talk(coach, person)
    code, client = of_user(person.id).code, signed_in(app, person)
    assert "nog een gesprek gepland" in client.post("/gesprek/stoppen", follow_redirects=True).text
    client.post(f"/gesprek/{talk.id}/afzeggen", data={})
    client.post("/gesprek/stoppen", data={"why": "Ik heb werk"})
    assert signed_in(app, coach).get(f"/coach/kandidaten/{code}").status_code == 404

"""The saved profile: begun, taken over from a question, changed."""

from dataclasses import replace

import pytest
from flask import Flask

from portal import clock
from portal.candidates import queries, service
from portal.candidates.models import Alerts, Candidate, Situation
from portal.candidates.service import ProfileInput
from portal.candidates.views import anonymous
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching import service as matching
from portal.matching.asked import Asked
from portal.matching.knowledge import places
from portal.matching.models import MatchRequest
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.candidates import COOK, make_candidate

GIVEN = ProfileInput(
    name="Robin", situation=Situation.RETURNER, skills=COOK, ambition="Ik wil koken."
)


def asked() -> MatchRequest:
    with transaction():
        made = matching.ask(
            Asked("Ik kook.", "Met ouderen.", places().find("Heerlen"), None), now=clock.now()
        )
        made.gates, made.answers, made.dismissed = ["vog"], {"make-contact": "can"}, ["limit:a:b"]
        made.ambition_weight = 0.8
    return made


def test_a_profile_is_begun_once(app: Flask) -> None:
    user = make_user()
    for _ in range(2):
        with transaction():
            service.ensure(user, now=clock.now())
    only = db.session.query(Candidate).one()
    assert only.user_id == user.id
    assert len(only.code) == 8
    assert not only.visible, "nobody finds somebody who did not say so"


def test_a_question_is_taken_over_whole(app: Flask) -> None:
    request, user = asked(), make_user()
    with transaction():
        candidate = service.adopt(user, request, now=clock.now())
    for name in (
        "skills",
        "ambition",
        "place",
        "province",
        "travel_km",
        "hours_low",
        "hours_high",
        "ambition_weight",
        "gates",
        "answers",
        "dismissed",
    ):
        assert getattr(candidate, name) == getattr(request, name), name
    assert candidate.travel_km == 25
    assert candidate.version == 2, "it has to be ranked"


def test_what_was_said_before_stays_when_another_text_is_taken_over(app: Flask) -> None:
    candidate = make_candidate()
    with transaction():
        service.set_paper(candidate.user, "driving-licence-b", has=True, now=clock.now())
        service.answer(candidate.user, "cook-for-groups", "cannot", now=clock.now())
        service.adopt(candidate.user, asked(), now=clock.now())
    assert candidate.skills == "Ik kook."
    assert candidate.gates == ["driving-licence-b", "vog"]
    assert candidate.answers == {"cook-for-groups": "cannot", "make-contact": "can"}


def test_a_stale_form_does_not_overwrite(app: Flask) -> None:
    candidate = make_candidate()
    before = candidate.version
    with transaction():
        service.save_profile(candidate.user, GIVEN, version=before, now=clock.now())
    with pytest.raises(Conflict), transaction():
        service.save_profile(
            candidate.user, replace(GIVEN, skills="Oud."), version=before, now=clock.now()
        )
    assert db.session.query(Candidate).one().skills == COOK


def test_two_first_forms_do_not_overwrite_each_other(app: Flask) -> None:
    user = make_user()
    with transaction():
        service.save_profile(user, GIVEN, version=0, now=clock.now())
    with pytest.raises(Conflict), transaction():
        service.save_profile(user, replace(GIVEN, skills="Tweede."), version=0, now=clock.now())
    assert db.session.query(Candidate).one().skills == COOK


def test_every_change_that_counts_is_ranked_anew(app: Flask) -> None:
    candidate = make_candidate()
    user, now = candidate.user, clock.now()
    for change in (
        lambda: service.answer(user, "make-contact", "can", now=now),
        lambda: service.answer(user, "make-contact", None, now=now),
        lambda: service.set_paper(user, "vog", has=True, now=now),
        lambda: service.set_paper(user, "vog", has=False, now=now),
        lambda: service.profile_changed(candidate.id, now=now),
    ):
        before = candidate.version
        with transaction():
            change()
        assert candidate.version == before + 1
    assert (candidate.gates, candidate.answers) == ([], {})


@pytest.mark.parametrize("key", ["", "x" * 81, "a\x00b"])
def test_an_answer_about_nothing_is_refused(app: Flask, key: str) -> None:
    candidate = make_candidate()
    with pytest.raises(Invalid), transaction():
        service.answer(candidate.user, key, "can", now=clock.now())


def test_papers_and_steps_that_nobody_knows_are_refused(app: Flask) -> None:
    candidate = make_candidate()
    with pytest.raises(NotFound), transaction():
        service.set_paper(candidate.user, "vaarbewijs", has=True, now=clock.now())
    with pytest.raises(NotFound), transaction():
        service.set_step(candidate.user, "match", skipped=True, now=clock.now())


def test_a_step_is_left_out_and_taken_up_again(app: Flask) -> None:
    candidate = make_candidate()
    with transaction():
        service.set_step(candidate.user, "coach", skipped=True, now=clock.now())
    assert set(candidate.steps) == {"coach"}
    with transaction():
        service.set_step(candidate.user, "coach", skipped=False, now=clock.now())
    assert candidate.steps == {}


def test_nothing_is_kept_of_who_has_no_profile(app: Flask) -> None:
    user = make_user()
    with pytest.raises(NotFound), transaction():
        service.set_alerts(user, Alerts.NEVER, now=clock.now())
    assert queries.of_user(user.id) is None


def test_without_a_name_there_is_nothing_that_leads_to_the_person(app: Flask) -> None:
    user = make_user(email="robin@voorbeeld.example")
    candidate = make_candidate(
        user,
        name="Robin Voorbeeld",
        phone="06 12345678",
        place=places().find("Heerlen"),
        hours_low=16,
        hours_high=24,
        ambition="Ik wil weg bij mijn baas.",
    )
    with app.test_request_context():
        seen = anonymous(candidate)
    told = repr(seen)
    assert (seen.code, seen.town) == (candidate.code, "Heerlen")
    assert "16 tot 24 uur" in seen.hours_text
    for secret in ("Robin", "robin@", "0612", "06 12", "baas", "kantine", "returner", "lateral"):
        assert secret not in told, secret

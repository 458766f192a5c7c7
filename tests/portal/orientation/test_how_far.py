"""How far somebody is from a profession: by the engine, from their own text and papers."""

from __future__ import annotations

import re

import pytest

from portal import clock
from portal.candidates import service as candidates
from portal.extensions import db
from portal.matching import professions
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.professions import LEARNT_BESIDE, as_opportunity
from portal.transaction import transaction
from tests.factories.candidates import COOK, make_candidate
from tests.portal.matching.asking import words

pytestmark = pytest.mark.usefixtures("app")


def far(page: str) -> str:
    """What the page says under *Hoe ver ben ik?*."""
    return words(page.partition('id="hoe-ver"')[2].partition('id="wegen"')[0])


def test_a_profession_asks_what_the_framework_says() -> None:
    known = framework()
    for ref, profession in known.professions.items():
        asked = as_opportunity(ref, known).requirements
        assert [one.competence for one in asked if one.competence] == list(profession.competences)
        assert [one.gate for one in asked if one.legal] == list(profession.gates)
        for one in asked:
            weeks = known.competences[one.competence].weeks_on_the_job if one.competence else None
            assert one.critical is (one.legal or weeks is None or weeks > LEARNT_BESIDE)
            assert one.learnable is (weeks is not None)


@pytest.mark.usefixtures("matching")
def test_a_cook_is_near_to_cooking_and_far_from_nursing() -> None:
    cook = make_candidate()
    now = clock.now()
    kitchen = professions.explain_profession(cook, "care-cook", "nl", now=now)
    nurse = professions.explain_profession(cook, "nurse-hospital", "nl", now=now)
    assert kitchen.met + kitchen.partly > nurse.met + nurse.partly
    shown = {one.id: one for one in kitchen.reasons}
    assert shown["cook-for-groups"].status == "met"
    assert shown["cook-for-groups"].evidence in COOK
    assert shown["vog"].legal
    assert kitchen.level in {"now", "guided"}
    assert nurse.level == "route"
    assert any(step.id in {"bbl-nurse", "bol-nurse"} for step in nurse.route)


@pytest.mark.usefixtures("matching")
def test_a_paper_on_file_counts_and_words_do_not() -> None:
    words_only = make_candidate(skills="Ik ben BIG-geregistreerd verpleegkundige.")
    now = clock.now()
    before = professions.explain_profession(words_only, "nurse-mbo", "nl", now=now)
    assert {one.id: one.status for one in before.reasons}["big-nurse"] == "not_shown"
    with transaction():
        candidates.set_paper(words_only.user, "big-nurse", has=True, now=now)
    db.session.refresh(words_only)
    after = professions.explain_profession(words_only, "nurse-mbo", "nl", now=now)
    assert {one.id: one.status for one in after.reasons}["big-nurse"] == "met"
    assert not any(step.id == "bbl-nurse" for step in after.route)


@pytest.mark.usefixtures("matching")
def test_the_nearest_come_first_and_unknown_is_refused() -> None:
    cook = make_candidate()
    now = clock.now()
    found = professions.nearest(
        cook, ["finance-worker", "care-cook", "ambulance-nurse"], limit=2, now=now
    )
    assert found[0].profession == "care-cook"
    assert len(found) == 2
    assert found[0].met >= found[1].met
    with pytest.raises(KeyError):
        professions.explain_profession(cook, "nobody", "nl", now=now)


@pytest.mark.usefixtures("matching")
def test_the_page_tells_a_candidate(client) -> None:
    cook = make_candidate()
    client.sign_in(cook.user.email)
    shown = far(client.get("/orientatie/beroepen/care-cook").text)
    assert "eisen laat je al zien" in shown
    assert COOK in shown
    assert "Moet van de wet" in shown
    field = words(client.get("/orientatie/velden/facilities").text)
    assert "Van deze beroepen laat je al het meeste zien." in field


@pytest.mark.usefixtures("matching")
def test_a_visitor_writes_and_sees_it_there(client) -> None:
    path = "/orientatie/beroepen/care-cook"
    assert "Wat kun je?" in far(client.get(path).text)
    response = client.post(path, data={"skills": COOK, "ambition": ""})
    assert response.status_code == 303
    (asked,) = db.session.query(MatchRequest).all()
    assert response.location == f"{path}?aanvraag={asked.token}#hoe-ver"
    page = client.get(response.location).text
    assert COOK in far(page)
    # The text goes along to the next profession.
    links = re.findall(r'href="(/orientatie/beroepen/[^"]+)"', page)
    assert links
    assert all(f"aanvraag={asked.token}" in one for one in links)


def test_without_a_word_the_form_says_so(client) -> None:
    refused = client.post("/orientatie/beroepen/care-cook", data={"skills": " "})
    assert refused.status_code == 422
    assert "Schrijf eerst wat je kunt" in words(refused.text)
    assert db.session.query(MatchRequest).count() == 0
    assert client.post("/orientatie/beroepen/niets", data={"skills": COOK}).status_code == 404


def test_a_question_that_is_gone_is_no_question(client) -> None:
    page = client.get("/orientatie/beroepen/care-cook?aanvraag=20200101-abc")
    assert page.status_code == 200
    assert "Wat kun je?" in far(page.text)


def test_who_wrote_nothing_yet_is_asked_to(client) -> None:
    silent = make_candidate(skills="", ambition="Iets met mensen.")
    client.sign_in(silent.user.email)
    page = client.get("/orientatie/beroepen/care-cook").text
    assert "Schrijf in je profiel wat je kunt." in far(page)


def test_while_matching_wakes_the_rest_of_the_page_is_there(client) -> None:
    """Without the fixture the engine of this process is asleep."""
    client.sign_in(make_candidate().user.email)
    page = client.get("/orientatie/beroepen/care-cook")
    assert page.status_code == 200
    assert "lukt nu even niet" in far(page.text)
    assert "Zo ziet een dag eruit" in page.text


@pytest.mark.usefixtures("matching")
def test_judging_puts_nothing_in_the_pool(matching) -> None:
    before = len(matching.engine())
    professions.nearest(make_candidate(), list(framework().professions), limit=4, now=clock.now())
    assert len(matching.engine()) == before

"""The pages around signing, as people see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.organisations.models import Right
from portal.outbox.models import OutboxMessage
from portal.portfolio.models import Validation
from portal.portfolio.validation_service import Asked
from portal.portfolio.validation_workflow import ValidationState
from tests.factories import make_opportunity, make_organisation, make_user
from tests.factories.applications import make_application
from tests.factories.signing import (
    CONTACT,
    COOKING,
    NOTE,
    RESERVED,
    WHY,
    make_asked,
    make_guided,
    make_owner,
    make_signed,
    make_supervisor,
)
from tests.portal.matching.asking import link_of, press, words

TODAY = clock.local_date(clock.now())


def signing(version: int = 1, **changes: str) -> dict[str, str]:
    return {
        "version": str(version),
        "mastery": "independent",
        "scope": "In de keuken, voor dertig bewoners.",
        "valid_until": (TODAY + timedelta(days=400)).isoformat(),
        "signed_name": "Rob Claessens",
        "seen_myself": "y",
    } | changes


@pytest.fixture
def organisation(app):
    return make_organisation("Zorghuis Proeflinde")


@pytest.fixture
def rob(organisation):
    return make_supervisor(organisation)


@pytest.fixture
def samira(app):
    return make_owner(COOKING, CONTACT)


@pytest.fixture
def asked(organisation, rob, samira):
    return make_asked(samira, Asked(organisation_id=organisation.id), COOKING, CONTACT)


# Asking


def test_somebody_asks_and_sees_that_it_waits(client, organisation, rob, samira) -> None:
    client.sign_in(samira.user.email)
    page = client.get(f"/portfolio/laten-tekenen?bekwaamheid={COOKING}")
    assert page.text.count("checked") == 1
    assert "We laten je naam zien: Samira Haddou" in words(page.text)
    sent = client.post(
        "/portfolio/laten-tekenen",
        data={"competences": COOKING, "who": str(organisation.id), "note": NOTE},
    )
    assert sent.status_code == 303
    shown = words(client.get(sent.location).text)
    assert "Je vraag is verstuurd" in shown
    assert "Wacht op een handtekening" in shown
    assert "Zorghuis Proeflinde" in shown


def test_where_somebody_applied_stands_first(client, samira) -> None:
    known, other = make_opportunity(), make_organisation("Aa Elders")
    make_supervisor(known.site.organisation)
    make_supervisor(other)
    make_application(candidate=samira, opportunity=known)
    client.sign_in(samira.user.email)
    page = client.get("/portfolio/laten-tekenen").text
    first = page.index("Waar je reageerde of werkt")
    assert first < page.index(known.site.organisation.name) < page.index("Andere werkgevers")
    assert page.index("Andere werkgevers") < page.index("Aa Elders")
    assert "Je coach" not in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"competences": ""}, "Kies waarvoor je een handtekening vraagt."),
        ({"who": ""}, "Kies aan wie je het vraagt."),
        ({"who": "999999"}, "Kies iets uit de lijst."),
        ({"who": "coach"}, "Kies iets uit de lijst."),
        ({"note": "kort"}, "Schrijf hier 10 tot 1000 tekens."),
    ],
)
def test_a_question_that_cannot_be_sent_loses_nothing(
    client, organisation, rob, samira, changed, told
) -> None:
    client.sign_in(samira.user.email)
    data = {"competences": COOKING, "who": str(organisation.id), "note": NOTE} | changed
    answer = client.post("/portfolio/laten-tekenen", data=data)
    assert answer.status_code == 422
    assert told in words(answer.text)
    if "note" not in changed:
        assert NOTE in answer.text
    assert db.session.query(Validation).count() == 0


def test_a_coach_can_be_asked_in_two_ways(client, samira) -> None:
    make_guided(samira)
    client.sign_in(samira.user.email)
    page = words(client.get("/portfolio/laten-tekenen").text)
    assert "Petra Vos, die het heeft gezien" in page
    data = {"competences": COOKING, "who": "coach-beoordeelt", "note": NOTE}
    assert client.post("/portfolio/laten-tekenen", data=data).status_code == 303
    assert db.session.query(Validation).one().as_assessor


def test_without_a_portfolio_the_page_says_where_to_begin(client) -> None:
    client.sign_in(make_user().email)
    page = words(client.get("/portfolio/laten-tekenen").text)
    assert "Je portfolio is nog leeg" in page
    assert "Er is nog niets getekend" in words(client.get("/portfolio/getekend").text)


# Signing


def test_a_supervisor_signs_one_after_the_other(client, rob, samira, asked) -> None:
    client.sign_in(rob.email)
    page = client.get("/tekenen").text
    assert "Samira Haddou" in page
    assert NOTE in page
    form = client.get(f"/tekenen/{asked[0].id}").text
    assert 'value="Rob Claessens"' in form
    sent = client.post(f"/tekenen/{asked[0].id}", data=signing())
    assert sent.location == f"/tekenen/{asked[1].id}", "the next of the same person"
    assert "Je handtekening staat" in words(client.get(sent.location).text)
    last = client.post(f"/tekenen/{asked[1].id}", data=signing())
    assert last.location == "/tekenen"
    shown = words(client.get("/tekenen").text)
    assert "Er wacht niets op je" in shown
    assert "Dit deed je al (2)" in shown


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"mastery": ""}, "Kies wat je hebt gezien."),
        ({"mastery": "master"}, "Kies wat je hebt gezien."),
        ({"scope": "in"}, "Schrijf hier 5 tot 300 tekens."),
        ({"valid_until": ""}, "Vul een datum in"),
        ({"valid_until": "31-02-2027"}, "Vul een datum in"),
        ({"valid_until": TODAY.isoformat()}, "Kies een dag die nog moet komen."),
        ({"valid_until": "2020-01-01"}, "Kies een dag die nog moet komen."),
        ({"valid_until": "2099-01-01"}, "Kies een dag tot en met"),
        ({"signed_name": ""}, "Schrijf hier 2 tot 160 tekens."),
        ({"seen_myself": ""}, "Zet hier een vinkje."),
    ],
)
def test_what_is_not_complete_is_not_signed(client, rob, asked, changed, told) -> None:
    client.sign_in(rob.email)
    answer = client.post(f"/tekenen/{asked[0].id}", data=signing(**changed))
    assert answer.status_code == 422
    assert told in words(answer.text)
    if "scope" not in changed:
        assert "voor dertig bewoners" in answer.text, "what was typed stays"
    assert db.session.get_one(Validation, asked[0].id).state == ValidationState.ASKED


def test_a_second_click_signs_once(client, rob, asked) -> None:
    client.sign_in(rob.email)
    assert client.post(f"/tekenen/{asked[0].id}", data=signing()).status_code == 303
    again = client.post(f"/tekenen/{asked[0].id}", data=signing(scope="In de tuin, met vijf."))
    assert again.status_code == 409
    assert "Rob Claessens tekende hier al voor" in words(again.text)
    assert db.session.get_one(Validation, asked[0].id).scope.startswith("In de keuken")
    mails = db.session.query(OutboxMessage).filter(OutboxMessage.subject.like("Er is getekend%"))
    assert mails.count() == 1


def test_a_stale_form_comes_back_with_what_was_typed(client, rob, asked) -> None:
    client.sign_in(rob.email)
    stale = client.post(f"/tekenen/{asked[0].id}", data=signing(version=7))
    assert stale.status_code == 409
    assert "intussen veranderd" in words(stale.text)
    assert "voor dertig bewoners" in stale.text
    assert client.post(f"/tekenen/{asked[0].id}", data=signing()).status_code == 303


def test_the_law_goes_before_a_signature(client, organisation, rob) -> None:
    person = make_owner(RESERVED)
    (one,) = make_asked(person, Asked(organisation_id=organisation.id), RESERVED)
    client.sign_in(rob.email)
    page = words(client.get(f"/tekenen/{one.id}").text)
    assert "Of iemand het mag, hangt af van het diploma of de registratie." in page
    assert "art. 36" in page
    client.sign_out()
    client.sign_in(person.user.email)
    assert "Of je het mag" in words(client.get(f"/portfolio/getekend/{one.id}").text)


def test_saying_no_needs_a_reason(client, rob, samira, asked) -> None:
    client.sign_in(rob.email)
    where = link_of(client.get(f"/tekenen/{asked[0].id}").text, "Ik teken niet")
    assert "Waarom teken je niet?" in words(client.get(where).text)
    short = client.post(where, data={"version": "1", "reason": "nee"})
    assert short.status_code == 422
    assert client.post(where, data={"version": "1", "reason": WHY}).status_code == 303
    client.sign_out()
    client.sign_in(samira.user.email)
    page = words(client.get("/portfolio/getekend").text)
    assert "Niet getekend" in page
    assert WHY in page


def test_a_signature_is_taken_back(client, organisation, rob, samira) -> None:
    one = make_signed(samira, organisation=organisation, by=rob)
    client.sign_in(rob.email)
    where = link_of(client.get(f"/tekenen/{one.id}").text, "Neem de handtekening terug")
    assert client.post(where, data={"version": "2", "reason": WHY}).status_code == 303
    late = client.get(where)
    assert late.location == f"/tekenen/{one.id}", "it cannot be done twice"
    assert WHY in words(client.get(late.location).text)


@pytest.mark.parametrize("rights", [(Right.RECRUITER,), (Right.ADMIN,)], ids=["recruiter", "admin"])
def test_who_does_not_guide_people_is_told_how_to_get_there(client, organisation, rights) -> None:
    client.sign_in(make_supervisor(organisation, *rights).email)
    assert "Je mag nog niet tekenen" in words(client.get("/tekenen").text)


def test_others_do_not_see_it(client, asked, samira) -> None:
    one = asked[0].id
    for user in (make_supervisor(), make_user(RoleName.COACH)):
        client.sign_in(user.email)
        for path in (f"/tekenen/{one}", f"/tekenen/{one}/niet", f"/tekenen/{one}/terugnemen"):
            assert client.get(path).status_code == 404
        assert client.post(f"/tekenen/{one}", data=signing()).status_code == 404
        client.sign_out()
    client.sign_in(make_owner(name="Bas").user.email)
    assert client.get(f"/portfolio/getekend/{one}").status_code == 404
    assert client.get(f"/tekenen/{one}").status_code == 403


# Answering


def test_the_candidate_answers_and_who_signed_reads_it(client, organisation, rob, samira) -> None:
    one = make_signed(samira, organisation=organisation, by=rob)
    client.sign_in(samira.user.email)
    path = f"/portfolio/getekend/{one.id}"
    page = words(client.get(path).text)
    assert "Rob Claessens" in page
    assert "Wacht op antwoord" in page
    bare = client.post(path, data={"version": "2", "agreed": "no"})
    assert bare.status_code == 422
    assert "Schrijf in een zin wat je anders ziet" in words(bare.text)
    why = "Ik doe dit ook voor honderd eters."
    said = client.post(path, data={"version": "2", "agreed": "no", "words": why})
    assert said.location == path
    client.sign_out()
    client.sign_in(rob.email)
    shown = words(client.get(f"/tekenen/{one.id}").text)
    assert "Niet akkoord" in shown
    assert why in shown


def test_what_was_taken_out_can_be_put_back_at_once(client, samira) -> None:
    one = make_signed(samira)
    client.sign_in(samira.user.email)
    page = client.get(f"/portfolio/getekend/{one.id}").text
    taken = press(client, page, "Haal uit mijn portfolio")
    after = client.get(taken.location).text
    assert "staat niet meer in je portfolio" in words(after)
    press(client, after, "Maak ongedaan")
    assert db.session.get_one(Validation, one.id).state == ValidationState.SIGNED


def test_a_question_can_be_taken_back_and_asked_again(client, asked, samira) -> None:
    client.sign_in(samira.user.email)
    page = client.get("/portfolio/getekend").text
    press(client, page, "Neem vraag terug")
    after = client.get("/portfolio/getekend").text
    assert len([one for one in db.session.query(Validation) if one.state == "cancelled"]) == 1
    press(client, after, "Maak ongedaan")
    assert {one.state for one in db.session.query(Validation)} == {"asked"}


def test_an_old_button_changes_nothing(client, samira) -> None:
    one = make_signed(samira)
    client.sign_in(samira.user.email)
    answer = client.post(f"/portfolio/getekend/{one.id}/weghalen", data={"version": "1"})
    assert answer.status_code == 303
    assert "intussen veranderd" in words(client.get(answer.location).text)
    assert db.session.get_one(Validation, one.id).state == ValidationState.SIGNED

"""What fits the saved profile: the same page as for a visitor, with what the person keeps."""

import re

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import RoleName
from portal.candidates import queries
from portal.candidates.models import Candidate, CandidateChoice, CandidateMatch, Choice
from portal.extensions import db
from portal.matching.resident import Resident
from portal.opportunities.models import Opportunity
from portal.opportunities.service import RequirementInput, move
from portal.opportunities.workflow import Action, Status
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.candidates import make_candidate
from tests.portal.candidates.test_pages import WHOLE
from tests.portal.matching.asking import (
    COOKING,
    NURSE,
    cards,
    cook,
    form_of,
    gardener,
    link_of,
    press,
    slugs,
    words,
)

LIST = "/mijn-route/passend"


@pytest.fixture
def robin(app: Flask, client) -> Candidate:
    candidate = make_candidate()
    client.sign_in(candidate.user.email)
    return candidate


def kept(candidate: Candidate) -> dict[int, tuple[str, str]]:
    db.session.rollback()
    found = queries.choices_of(candidate.id)
    return {key: (one.choice, one.reason) for key, one in found.items()}


def close(opportunity: Opportunity) -> None:
    with transaction():
        row = db.session.get_one(Opportunity, opportunity.id)
        move(row, Action.CLOSE, actor=None, now=clock.now())


def card_of(page: str, slug: str) -> str:
    return next(card.html for card in cards(page) if card.slug == slug)


@pytest.mark.usefixtures("matching")
class TestTheList:
    def test_the_best_comes_first_with_its_reasons(self, client, robin) -> None:
        garden, kitchen = gardener(), cook()
        page = client.get(LIST).text
        assert slugs(page) == [kitchen.slug, garden.slug]
        assert "Laat je zien" in cards(page)[0].text
        assert "Bewaar het adres" not in words(page), "a profile does not expire"

    def test_a_correction_counts_at_once_and_is_kept(self, client, robin) -> None:
        garden, kitchen = gardener(), cook()
        page = client.get(LIST).text
        done = press(client, cards(page)[0].reason(), "Klopt niet?")
        assert done.status_code == 303
        assert done.location.startswith(LIST)
        db.session.refresh(robin)
        assert robin.answers == {"cook-for-groups": "cannot"}
        assert "1 nog niet" in words(card_of(client.get(LIST).text, kitchen.slug))
        stored = {one.opportunity_id: one.met for one in queries.matches_of(robin.id)}
        assert stored == {kitchen.id: 0, garden.id: 0}, "what is kept was ranked anew"

    def test_a_paper_counts_at_once(self, client, robin) -> None:
        cook(requirements=(COOKING, NURSE))
        page = client.get(LIST).text
        press(client, cards(page)[0].html, "Dit heb ik")
        db.session.refresh(robin)
        assert robin.gates == ["big-nurse"]
        assert "2 van de 2 eisen" in cards(client.get(LIST).text)[0].text

    def test_filters_and_pages_are_those_of_a_visitor(self, client, robin) -> None:
        for _ in range(11):
            cook()
        gardener()
        assert len(slugs(client.get(LIST, query_string={"field": "disability"}).text)) == 1
        second = client.get(LIST, query_string={"page": 2}).text
        assert len(slugs(second)) == 2
        assert f"{LIST}?" in second

    def test_an_answer_keeps_the_filters(self, client, robin) -> None:
        cook()
        page = client.get(LIST, query_string={"kind": "vacancy"}).text
        done = press(client, cards(page)[0].reason(), "Klopt niet?")
        assert "kind=vacancy" in done.location

    def test_the_own_day_parts_are_a_limit_that_leads_to_the_profile(self, client) -> None:
        cook(day_parts=0b1000, hours_flexible=False)
        candidate = make_candidate(day_parts=0b1)
        client.sign_in(candidate.user.email)
        page = client.get(LIST).text
        assert slugs(page) == []
        assert link_of(page, "andere dagen en tijden") == "/mijn-route/profiel"

    def test_while_matching_wakes_the_text_stays_in_sight(
        self, client, robin, app: Flask, monkeypatch
    ) -> None:
        monkeypatch.setitem(app.extensions, "matching", Resident(app))
        waking = client.get(LIST)
        assert waking.status_code == 503
        assert waking.headers["Retry-After"]
        assert robin.skills in words(waking.text)


@pytest.mark.usefixtures("matching")
class TestSavingAndHiding:
    def test_saved_is_saved_once_and_can_be_taken_back(self, client, robin) -> None:
        kitchen = cook()
        page = client.get(LIST).text
        action, sent = form_of(cards(page)[0].html, "Bewaar")
        for _ in range(2):
            assert client.post(action, data=sent).location.startswith(LIST)
        assert kept(robin) == {kitchen.id: ("saved", "")}
        assert db.session.query(CandidateChoice).count() == 1
        assert "Bewaard" in cards(client.get(LIST).text)[0].text
        assert kitchen.title in words(client.get("/mijn-route/bewaard").text)
        press(client, cards(client.get(LIST).text)[0].html, "Niet meer bewaren")
        assert kept(robin) == {}
        press(client, client.get(LIST).text, "Maak ongedaan")
        assert kept(robin) == {kitchen.id: ("saved", "")}

    def test_hidden_is_gone_from_the_list_with_its_reason_and_comes_back(
        self, client, robin
    ) -> None:
        kitchen, garden = cook(), gardener()
        page = client.get(LIST, query_string={"weight": 20}).text
        ask = link_of(card_of(page, kitchen.slug), "Verberg")
        asked = client.get(ask).text
        assert kept(robin) == {}, "looking hides nothing"
        action, sent = form_of(asked, "Verberg deze plek")
        done = client.post(action, data=sent | {"why": "hours"})
        assert "weight=20" in done.location
        assert kept(robin) == {kitchen.id: ("hidden", "hours")}
        page = client.get(LIST).text
        assert slugs(page) == [garden.slug]
        assert "1 plek past binnen je grenzen" in words(page), "hidden ones are not counted"
        there = words(client.get("/mijn-route/bewaard").text)
        assert "De uren of tijden passen niet" in there
        press(client, page, "Maak ongedaan")
        assert slugs(client.get(LIST).text) == [kitchen.slug, garden.slug]

    def test_what_was_saved_and_then_hidden_comes_back_saved(self, client, robin) -> None:
        kitchen = cook()
        client.post(f"/mijn-route/bewaren/{kitchen.slug}")
        client.post(f"/mijn-route/verbergen/{kitchen.slug}", data={"why": "far"})
        press(client, client.get(LIST).text, "Maak ongedaan")
        assert kept(robin) == {kitchen.id: ("saved", "")}

    def test_hidden_ones_do_not_empty_a_page(self, client, robin) -> None:
        rows = [cook() for _ in range(12)]
        for row in rows[:5]:
            client.post(f"/mijn-route/verbergen/{row.slug}")
        assert len(slugs(client.get(LIST).text)) == 7

    def test_no_reason_is_a_reason_too_but_not_any(self, client, robin) -> None:
        kitchen = cook()
        refused = client.post(f"/mijn-route/verbergen/{kitchen.slug}", data={"why": "zomaar"})
        assert refused.status_code == 422
        assert kept(robin) == {}
        client.post(f"/mijn-route/verbergen/{kitchen.slug}")
        assert kept(robin) == {kitchen.id: ("hidden", "")}

    def test_what_closes_stays_saved_and_says_so(self, client, robin) -> None:
        kitchen = cook()
        client.post(f"/mijn-route/bewaren/{kitchen.slug}")
        close(kitchen)
        page = client.get("/mijn-route/bewaard").text
        assert "Deze plek is gesloten" in words(page)
        press(client, page, "Haal weg")
        assert kept(robin) == {}

    def test_what_is_not_on_offer_is_not_saved(self, client, robin) -> None:
        closed, draft = cook(status=Status.CLOSED), cook(status=Status.DRAFT)
        assert client.post(f"/mijn-route/bewaren/{closed.slug}").status_code == 410
        assert client.post(f"/mijn-route/bewaren/{draft.slug}").status_code == 404
        assert client.get(f"/mijn-route/verbergen/{draft.slug}").status_code == 404
        assert client.post("/mijn-route/terug/nergens").status_code == 404

    @pytest.mark.parametrize(
        "sent", [{}, {"choice": "x"}, {"choice": "hidden", "reason": "zomaar"}]
    )
    def test_the_way_back_takes_only_what_it_gave(self, client, robin, sent) -> None:
        kitchen = cook()
        assert client.post(f"/mijn-route/herstel/{kitchen.slug}", data=sent).status_code == 422
        assert kept(robin) == {}

    def test_two_people_never_see_what_the_other_kept(self, client, robin) -> None:
        kitchen, garden = cook(), gardener()
        another = make_candidate()
        client.post(f"/mijn-route/bewaren/{kitchen.slug}")
        client.post(f"/mijn-route/verbergen/{garden.slug}")
        client.sign_out()
        client.sign_in(another.user.email)
        assert "Je hebt nog niets bewaard" in words(client.get("/mijn-route/bewaard").text)
        assert slugs(client.get(LIST).text) == [kitchen.slug, garden.slug]
        client.post(f"/mijn-route/terug/{kitchen.slug}")
        assert set(kept(robin)) == {kitchen.id, garden.id}

    @pytest.mark.parametrize(
        ("origin", "leads"),
        [
            ("van=plek", "/aanbod/{slug}"),
            ("van=past", "/mijn-route/passend/{slug}"),
            ("van=bewaard", "/mijn-route/bewaard"),
            ("van=vergelijken&a=x&b=y", "/mijn-route/vergelijken?a=x&b=y"),
            ("van=https://elders.example", "/mijn-route/passend"),
            ("", "/mijn-route/passend"),
        ],
    )
    def test_it_leads_back_to_where_somebody_was(self, client, robin, origin, leads) -> None:
        kitchen = cook()
        done = client.post(f"/mijn-route/bewaren/{kitchen.slug}?{origin}")
        assert done.location == leads.format(slug=kitchen.slug)


@pytest.mark.usefixtures("matching")
class TestOneOpening:
    def test_it_shows_how_it_fits_and_takes_corrections(self, client, robin) -> None:
        kitchen = cook()
        address = f"{LIST}/{kitchen.slug}"
        page = client.get(address).text
        assert "1 van de 1 eisen" in words(page)
        assert link_of(page, "Reageer op deze plek") == f"/aanbod/{kitchen.slug}/reageren"
        done = press(client, cards(page)[0].reason(), "Klopt niet?")
        assert done.location.partition("#")[0] == address
        assert "0 van de 1 eisen" in words(client.get(address).text)

    def test_a_closed_one_says_so_and_an_unknown_one_is_not_there(self, client, robin) -> None:
        closed = cook(status=Status.CLOSED)
        assert client.get(f"{LIST}/{closed.slug}").status_code == 410
        assert client.get(f"{LIST}/nergens").status_code == 404

    def test_the_page_of_an_opening_has_the_way_to_all_of_it(self, client, robin) -> None:
        kitchen = cook()
        page = client.get(f"/aanbod/{kitchen.slug}").text
        assert link_of(page, "Reageer op deze plek") == f"/aanbod/{kitchen.slug}/reageren"
        assert link_of(page, "Past dit bij mij?") == f"{LIST}/{kitchen.slug}"
        press(client, page, "Bewaar")
        assert kept(robin) == {kitchen.id: ("saved", "")}

    def test_others_are_not_offered_a_profile_there(self, client, app: Flask) -> None:
        kitchen = cook()
        for role in (None, RoleName.COACH):
            if role:
                client.sign_in(make_user(role).email)
            page = client.get(f"/aanbod/{kitchen.slug}").text
            assert "/mijn-route" not in page
            assert "Kijk of het past" in words(page)


@pytest.mark.usefixtures("matching")
class TestComparing:
    def test_two_stand_beside_each_other(self, client, robin) -> None:
        one = cook(pay_min=2350, pay_max=2780, guidance="Een maatje kijkt met je mee.")
        two = gardener(requirements=(RequirementInput(competence="administer-medication"),))
        page = words(client.get(f"/mijn-route/vergelijken?a={one.slug}&b={two.slug}").text)
        for shown in (
            one.title,
            two.title,
            "Direct inzetbaar",
            "1 van de 1 eisen",
            "0 van de 1 eisen",
            "2.350",
            "Een maatje kijkt met je mee.",
            "Daar schreef de werkgever niets over.",
            "16 tot 24 uur",
        ):
            assert shown in page, shown

    def test_a_closed_one_says_so_and_cannot_be_answered(self, client, robin) -> None:
        one, two = cook(), gardener(status=Status.CLOSED)
        page = client.get(f"/mijn-route/vergelijken?a={one.slug}&b={two.slug}").text
        assert "Deze plek is gesloten" in words(page)
        assert page.count("/reageren") == 1

    @pytest.mark.parametrize("query", ["", "a={one}", "a={one}&b={one}"])
    def test_it_asks_which_two(self, client, robin, query) -> None:
        one, two = cook(), gardener()
        client.post(f"/mijn-route/bewaren/{one.slug}")
        client.post(f"/mijn-route/bewaren/{two.slug}")
        page = client.get(f"/mijn-route/vergelijken?{query.format(one=one.slug)}").text
        assert re.findall(r'<option value="([^"]+)"', page) == [two.slug, one.slug] * 2
        assert ("selected" in page) == bool(query)

    def test_with_too_little_it_says_what_to_do(self, client, robin) -> None:
        shown = words(client.get("/mijn-route/vergelijken").text)
        assert "Bewaar eerst twee plekken" in shown

    def test_an_unknown_one_is_not_there(self, client, robin) -> None:
        draft = cook(status=Status.DRAFT)
        for slug in ("nergens", draft.slug):
            assert client.get(f"/mijn-route/vergelijken?a={slug}").status_code == 404

    def test_it_stands_while_matching_sleeps(self, client, robin, app, monkeypatch) -> None:
        one, two = cook(), gardener()
        monkeypatch.setitem(app.extensions, "matching", Resident(app))
        page = client.get(f"/mijn-route/vergelijken?a={one.slug}&b={two.slug}")
        assert page.status_code == 200
        assert "Matchen wordt klaargezet" in words(page.text)
        assert two.title in words(page.text)


@pytest.mark.usefixtures("matching")
def test_saving_the_profile_ranks_at_once(client, robin) -> None:
    kitchen = cook(hours_min=16, hours_max=24)
    sent = WHOLE | {"version": str(robin.version), "day_parts": []}
    assert client.post("/mijn-route/profiel", data=sent).status_code == 303
    db.session.rollback()
    (match,) = db.session.query(CandidateMatch).all()
    assert match.opportunity_id == kitchen.id
    assert not match.news
    assert Choice.SAVED not in {one.choice for one in queries.choices_of(robin.id).values()}

"""Klopt niet, dit kan ik wel, dit heb ik, herstel, wissen: each counts at once."""

import re

import pytest

from portal.extensions import db
from portal.matching.models import MatchRequest, MatchRun
from tests.portal.matching.asking import (
    COOK,
    COOKING,
    GARDEN,
    NURSE,
    ask,
    cards,
    cook,
    form_of,
    gardener,
    link_of,
    press,
    slugs,
    words,
)

pytestmark = pytest.mark.usefixtures("matching")


def page_of(client, token: str, query: str = "") -> str:
    return client.get(f"/passend/{token}{query}").text


def kept() -> MatchRequest:
    db.session.rollback()
    return db.session.query(MatchRequest).one()


def status(reason: str) -> str:
    return re.findall(r'class="tag tag--(met|partly|not_shown)', reason)[0]


# Reasons


def test_not_right_and_back_again(client) -> None:
    kitchen, garden = cook(), gardener()
    token = ask(client, COOK)
    before = page_of(client, token)
    assert slugs(before) == [kitchen.slug, garden.slug]
    assert status(cards(before)[0].reason()) == "met"
    assert cards(before)[0].level == "now"

    response = press(client, cards(before)[0].reason(), "Klopt niet?")
    assert response.status_code == 303
    assert response.location.startswith(f"/passend/{token}?open={kitchen.slug}#eis-{kitchen.slug}-")
    after = client.get(response.location).text
    assert "We hebben je antwoord meegeteld" in words(after)
    changed = next(card for card in cards(after) if card.slug == kitchen.slug)
    assert status(changed.reason()) == "not_shown"
    assert "Jij zei: dit klopt niet." in words(changed.reason())
    assert "<q>" not in changed.reason()
    assert changed.level != "now"

    again = client.get(press(client, changed.reason(), "Herstel").location).text
    assert "We rekenen weer met wat we lazen" in words(again)
    assert [card.text for card in cards(again)] == [card.text for card in cards(before)]


def test_an_answer_changes_the_order(client) -> None:
    """Two kitchens ask the same but for one thing: saying that you can it brings it up."""
    both = "Ik kook voor honderd eters en ik onderhoud tuinen: maaien, snoeien, planten."
    text = {"title": "Medewerker", "text": "Je werkt mee in een fijn team.", "field": "disability"}
    kitchen = cook(**text)
    garden = gardener(**text)
    token = ask(client, both)
    first, second = cards(page_of(client, token))
    press(client, first.reason(), "Klopt niet?")
    assert slugs(page_of(client, token)) == [second.slug, first.slug]
    now_last = cards(page_of(client, token, f"?open={first.slug}"))[1]
    press(client, now_last.reason(), "Herstel")
    assert slugs(page_of(client, token)) == [first.slug, second.slug]
    assert {first.slug, second.slug} == {kitchen.slug, garden.slug}


def test_what_was_not_read_can_be_said(client) -> None:
    garden = gardener()
    token = ask(client, COOK)
    (card,) = cards(page_of(client, token))
    assert status(card.reason()) == "not_shown"
    page = client.get(press(client, card.reason(), "Dit kan ik wel").location).text
    (card,) = cards(page)
    assert status(card.reason()) == "met"
    assert "Jij zei: dit kan ik." in words(card.reason())
    assert card.level == "now"
    assert kept().answers == {"maintain-gardens": "can"}
    assert card.slug == garden.slug


def test_an_answer_about_a_competence_counts_everywhere(client) -> None:
    both = f"?open={cook().slug}&open={cook().slug}"
    token = ask(client, COOK)
    press(client, cards(page_of(client, token))[0].reason(), "Klopt niet?")
    shown = [status(card.reason()) for card in cards(page_of(client, token, both))]
    assert shown == ["not_shown", "not_shown"]


def test_an_answer_keeps_the_filters_of_the_page(client) -> None:
    cook()
    token = ask(client, COOK, place="Heerlen")
    page = page_of(client, token, "?distance=40&weight=30&kind=vacancy&part=day&part=evening")
    action, _ = form_of(cards(page)[0].reason(), "Klopt niet?")
    # And the card stays open, wherever the answer moves it.
    kept = f"?distance=40&weight=30&kind=vacancy&part=day&part=evening&open={slugs(page)[0]}"
    assert action.endswith(kept)
    location = press(client, cards(page)[0].reason(), "Klopt niet?").location
    assert f"{kept}#eis-" in location
    assert client.get(location).status_code == 200


def test_answers_stay_when_the_text_changes(client) -> None:
    cook()
    token = ask(client, COOK)
    press(client, cards(page_of(client, token))[0].reason(), "Klopt niet?")
    sent = {"skills": COOK + " Ik bak ook.", "ambition": "", "place": "", "hours": ""}
    client.post(f"/passend/{token}/tekst", data=sent)
    assert status(cards(page_of(client, token))[0].reason()) == "not_shown"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"answer": "can"},
        {"key": "cook-for-groups"},
        {"answer": "misschien", "key": "cook-for-groups"},
        {"answer": "can", "key": ""},
        {"answer": "can", "key": "a" * 81},
    ],
)
def test_an_answer_that_is_none(client, sent) -> None:
    token = ask(client)
    response = client.post(f"/passend/{token}/reden", data=sent)
    assert response.status_code == 422
    assert "Er klopt nog iets niet" in response.text
    assert kept().answers == {}


@pytest.mark.parametrize("key", ["bestaat-niet", "😀", "\x00", "<b>", "999999"])
def test_an_answer_about_nothing_changes_nothing(client, key) -> None:
    cook()
    token = ask(client)
    before = [card.text for card in cards(page_of(client, token))]
    sent = {"answer": "cannot", "key": key}
    assert client.post(f"/passend/{token}/reden", data=sent).status_code in {303, 422}
    assert [card.text for card in cards(page_of(client, token))] == before


@pytest.mark.parametrize(
    ("anchor", "tail"),
    [
        ("eis-kok-1", "#eis-kok-1"),
        ("", ""),
        ("//kwaad.example", ""),
        ('"><script>', ""),
        ("a\r\nSet-Cookie: b=c", ""),
        ("éé", ""),
    ],
)
def test_the_way_back_is_within_the_page(client, anchor, tail) -> None:
    token = ask(client)
    sent = {"answer": "can", "key": "x", "next": anchor}
    response = client.post(f"/passend/{token}/reden", data=sent)
    assert response.location == f"/passend/{token}{tail}"


# Papers


def test_a_paper_lifts_the_level_and_can_be_taken_back(client) -> None:
    cook(requirements=(COOKING, NURSE))
    token = ask(client)
    (before,) = cards(page_of(client, token))
    assert before.level in {"route", "not_yet"}
    assert "Moet van de wet" in before.text

    page = client.get(press(client, before.reason(1), "Dit heb ik").location).text
    (after,) = cards(page)
    assert after.level == "now"
    assert "Jij zei: dit heb ik." in words(after.reason(1))
    assert "De werkgever vraagt later naar het bewijs" in words(page)
    assert kept().gates == ["big-nurse"]

    (again,) = cards(client.get(press(client, after.reason(1), "toch niet").location).text)
    assert again.text == before.text
    assert kept().gates == []


def test_wording_never_meets_a_gate(client) -> None:
    cook(requirements=(COOKING, NURSE))
    text = COOK + " Ik heb een BIG-registratie verpleegkundige."
    (card,) = cards(page_of(client, ask(client, text)))
    assert status(card.reason(1)) == "not_shown"


def test_a_paper_twice_is_one(client) -> None:
    token = ask(client)
    for _ in range(2):
        client.post(f"/passend/{token}/papier", data={"gate": "big-nurse", "has": "1"})
    assert kept().gates == ["big-nurse"]


@pytest.mark.parametrize("gate", ["", "bestaat-niet", "cook-for-groups", "\x00", "😀"])
def test_a_paper_that_the_law_does_not_know(client, gate) -> None:
    token = ask(client)
    response = client.post(f"/passend/{token}/papier", data={"gate": gate, "has": "1"})
    assert response.status_code == 404
    assert kept().gates == []


# Changing and erasing


def test_change_my_text_under_the_same_link(client) -> None:
    kitchen, garden = cook(), gardener()
    token = ask(client, COOK, "", place="Heerlen", hours="20-28")
    page = client.get(f"/passend/{token}/tekst").text
    assert COOK in words(page)
    assert 'value="Heerlen"' in page
    sent = {"skills": GARDEN, "ambition": "", "place": "", "hours": ""}
    response = client.post(f"/passend/{token}/tekst", data=sent)
    assert response.location == f"/passend/{token}"
    shown = page_of(client, token)
    assert slugs(shown) == [garden.slug, kitchen.slug]
    assert 'class="used' not in shown, "place and hours went with the change"


def test_a_change_that_cannot_be_used(client) -> None:
    token = ask(client)
    response = client.post(f"/passend/{token}/tekst", data={"skills": "😀", "place": "Heerln"})
    assert response.status_code == 422
    assert "geen woorden" in words(response.text)
    assert f'action="/passend/{token}/tekst"' in response.text
    assert kept().skills == COOK


def test_erase_my_text(client) -> None:
    cook()
    token = ask(client)
    assert db.session.query(MatchRun).count() == 1
    asks = client.get(link_of(page_of(client, token), "Wis mijn tekst"))
    assert asks.status_code == 200
    assert db.session.query(MatchRequest).count() == 1, "asking whether is not doing"
    response = press(client, asks.text, "Ja, wis alles")
    assert response.location == "/"
    assert "Je tekst is gewist" in client.get("/").text
    assert db.session.query(MatchRequest).count() == 0
    assert db.session.query(MatchRun).count() == 0
    assert client.get(f"/passend/{token}").status_code == 404
    for path in ("reden", "papier", "wissen"):
        sent = {"answer": "can", "key": "x", "gate": "vog"}
        assert client.post(f"/passend/{token}/{path}", data=sent).status_code == 404


@pytest.mark.parametrize("path", ["reden", "papier", "aanbod"])
def test_what_changes_something_is_no_address_to_visit(client, path) -> None:
    assert client.get(f"/passend/{ask(client)}/{path}").status_code == 405


@pytest.mark.parametrize("path", ["reden", "papier", "wissen", "tekst"])
def test_every_form_needs_its_token(app, client, monkeypatch, path) -> None:
    token = ask(client)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sent = {"answer": "can", "key": "x", "gate": "vog", "has": "1", "skills": "Iets anders"}
    assert client.post(f"/passend/{token}/{path}", data=sent).status_code == 400
    assert (kept().answers, kept().gates, kept().skills) == ({}, [], COOK)

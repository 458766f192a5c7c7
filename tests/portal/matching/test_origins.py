"""Occupations that somebody names: what they often bring is asked, and counts after the answer."""

from __future__ import annotations

import pytest

from portal.matching.knowledge import framework
from portal.matching.offers import PER_ORIGIN
from portal.opportunities.service import RequirementInput
from tests.portal.matching.asking import (
    CONTACT,
    COOKING,
    FLORIST,
    ask,
    brought,
    cards,
    cook,
    kept,
    offered,
    press,
    show,
    words,
)

pytestmark = pytest.mark.usefixtures("matching")

PATIENCE = RequirementInput(competence="patience", critical=True, learnable=False)


def test_what_an_origin_brings_is_asked_and_counts_after_the_answer(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    token = ask(client, FLORIST)
    page = show(client, token).text
    assert "Als bloemist kun je vaak ook dit" in words(page)
    (row,) = brought(page)
    # Nothing counts before.
    (card,) = cards(page)
    assert 'data-reason="met"' not in card.html
    before = card.level
    assert kept().answers == {}

    response = press(client, row, "Dat klopt")
    assert kept().answers == {"make-contact": "can"}
    assert response.location.endswith("#vaak-florist-make-contact")
    page = client.get(response.location).text
    (row,) = brought(page)
    assert "Jij zei: dit kan ik." in words(row)
    (card,) = cards(page)
    assert "Jij zei: dit kan ik." in card.text
    after = card.level

    page = client.get(press(client, row, "Herstel").location).text
    assert kept().answers == {}
    assert cards(page)[0].level == before
    assert "Dat klopt" in words(brought(page)[0])
    assert after in {"now", "guided", "route", "not_yet"}


def test_confirming_what_is_needed_lifts_the_level(client) -> None:
    cook(requirements=(CONTACT,))
    token = ask(client, FLORIST)
    page = show(client, token).text
    assert cards(page)[0].level != "now"
    page = client.get(press(client, brought(page)[0], "Dat klopt").location).text
    assert cards(page)[0].level == "now"


def test_what_does_not_hold_goes_and_comes_back(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    token = ask(client, FLORIST)
    page = show(client, token).text
    page = client.get(press(client, brought(page)[0], "Niet bij mij").location).text
    assert kept().dismissed == ["origin:florist:make-contact"]
    assert kept().answers == {}, "it is no answer about the competence"
    (row,) = brought(page)
    assert "Jij zei: niet bij mij." in words(row)
    page = client.get(press(client, row, "Herstel").location).text
    assert kept().dismissed == []
    assert "Dat klopt" in words(brought(page)[0])


def test_only_what_is_asked_somewhere_is_asked(client) -> None:
    # A florist has patience rarely, and nobody here asks for contact.
    cook(requirements=(COOKING, PATIENCE))
    page = show(client, ask(client, FLORIST)).text
    assert brought(page) == []
    assert "Als bloemist" not in page


def test_what_somebody_cannot_is_not_asked_again(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    token = ask(client, FLORIST)
    client.post(f"/passend/{token}/reden", data={"key": "make-contact", "answer": "cannot"})
    assert brought(show(client, token).text) == []


def test_what_the_text_shows_already_is_not_asked(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    (row,) = brought(show(client, ask(client, "Ik was conducteur.")).text)
    assert "vaak-train-conductor-make-contact" in row
    shown = "Ik was kok en kookte elke dag voor honderd eters."
    page = show(client, ask(client, shown)).text
    assert not [row for row in brought(page) if "cook-for-groups" in row]


def test_an_origin_in_the_wish_is_none(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    assert brought(show(client, ask(client, "Ik kook.", "Ik was graag bloemist.")).text) == []


def test_at_most_four_things_of_an_origin(client) -> None:
    asked = (
        "make-contact",
        "manage-supplies",
        "creative-activities",
        "homely-atmosphere",
        "comfort-grief",
        "plan-own-work",
    )
    cook(
        requirements=tuple(
            RequirementInput(competence=one, critical=False, learnable=True) for one in asked
        )
    )
    rows = brought(show(client, ask(client, "Ik was twintig jaar bloemist.")).text)
    found = [one for row in rows for one in asked if f'id="vaak-florist-{one}"' in row]
    assert len(found) == len(rows) <= PER_ORIGIN
    # What is usual comes before what is seldom so.
    brings = framework().origins["florist"].brings
    assert found == sorted(found, key=lambda one: -brings[one].share)
    assert found[0] == "make-contact"


def test_origins_in_english(client) -> None:
    cook(requirements=(COOKING, CONTACT))
    token = ask(client, "I worked as a florist for twenty years. I have no driving licence.")
    client.post("/taal", data={"lang": "en", "next": "/"})
    page = show(client, token).text
    assert "With work as florist you can often do this too" in words(page)
    assert "That is right" in words(brought(page)[0])
    assert "without a driving licence" in words(offered(page)[0])
    client.post("/taal", data={"lang": "nl", "next": "/"})

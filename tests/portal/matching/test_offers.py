"""What we read besides is offered, applied by a click, dismissed, and never used in silence."""

from __future__ import annotations

import re
from html import unescape

import pytest

from portal.extensions import db
from portal.opportunities.service import RequirementInput
from tests.portal.matching.asking import (
    COOK,
    COOKING,
    ask,
    cook,
    far_away,
    form_of,
    gardener,
    kept,
    link_of,
    offered,
    press,
    show,
    slugs,
    words,
)

pytestmark = pytest.mark.usefixtures("matching")

NIGHT, EVENING, MORNING = 1 << 3, 1 << 2, 1
DRIVING = RequirementInput(gate="driving-licence-b", critical=True, learnable=False)


# Limits

LIMITS = [
    ("Maximaal 24 uur.", {"hours_min": 32, "hours_max": 36}, "hoogstens 24 uur", "andere uren"),
    (
        "Liever niet 's nachts.",
        {"day_parts": NIGHT, "hours_flexible": False},
        "niet in de nacht",
        "ook op andere tijden",
    ),
    (
        "Ik kan alleen 's ochtends.",
        {"day_parts": MORNING | EVENING, "hours_flexible": False},
        "niet in de middag, in de avond of in de nacht",
        "ook op andere tijden",
    ),
    (
        "Ik heb geen rijbewijs.",
        {"requirements": (COOKING, DRIVING)},
        "zonder rijbewijs",
        "ook werk met een rijbewijs",
    ),
    (
        "Ik heb geen diploma's.",
        {"diploma_required": True},
        "zonder diploma-eis",
        "ook werk met een diploma-eis",
    ),
    (
        "Liever geen kinderen.",
        {"target_groups": ("children",)},
        "niet met kinderen",
        "ook met andere mensen",
    ),
    (
        "Ik wil niet meer schoonmaken.",
        {
            "requirements": (
                COOKING,
                RequirementInput(competence="clean-rooms", critical=True, learnable=False),
            )
        },
        "zonder schoonmaken",
        "ook ander werk",
    ),
]


@pytest.mark.parametrize(("said", "unwanted", "label", "way"), LIMITS)
def test_a_limit_is_offered_applied_and_taken_off(client, said, unwanted, label, way) -> None:
    made = cook(day_parts=MORNING, hours_flexible=False)
    other = cook(**{"day_parts": MORNING, "hours_flexible": False} | unwanted)
    token = ask(client, f"{COOK} {said}")
    page = show(client, token).text
    # Read, but not used.
    assert set(slugs(page)) == {made.slug, other.slug}
    (row,) = offered(page)
    assert label in words(row)
    assert said.strip(".").split()[-1] in words(row), "the very words stand there"
    assert "Dan valt 1 plek af." in words(row)
    assert "<form" not in row.partition("Gebruik dit")[0], "a link: it works without a script"

    applied = client.get(link_of(row, "Gebruik dit")).text
    assert slugs(applied) == [made.slug]
    assert offered(applied) == [], "what is on is not offered again"
    used = re.findall(r'<div class="used"[^>]*>.*?</div>', applied, re.DOTALL)[0]
    assert len(re.findall("weghalen", used)) == len(label.split(" of ")[0].split(", ")) + (
        " of " in label
    )
    assert f"{way}: 1 plek meer" in words(applied)
    back = client.get(link_of(applied, way)).text
    assert set(slugs(back)) == {made.slug, other.slug}
    assert len(offered(back)) == 1


def test_the_filter_of_a_limit_stands_in_the_panel(client) -> None:
    cook()
    page = show(client, ask(client, f"{COOK} Geen kinderen en geen nachten.")).text
    page = client.get(link_of(offered(page)[0], "Gebruik dit")).text
    page = client.get(link_of(offered(page)[0], "Gebruik dit")).text
    assert re.search(r'<input checked[^>]*name="not_group"[^>]*value="children"', page)
    assert re.search(r'<input checked[^>]*name="not_part"[^>]*value="night"', page)
    for label in ("niet met kinderen", "niet in de nacht"):
        assert link_of(page, label)
    everything = client.get(link_of(page, "Haal alles weg")).text
    assert len(offered(everything)) == 2


def test_limits_keep_the_other_filters(client) -> None:
    cook()
    page = show(client, ask(client, f"{COOK} Niet 's nachts."), kind="vacancy", weight="30").text
    address = link_of(offered(page)[0], "Gebruik dit")
    assert "kind=vacancy" in address
    assert "weight=30" in address
    assert "not_part=night" in address


def test_two_limits_add_up(client) -> None:
    cook()
    page = show(client, ask(client, f"{COOK} Geen avonden. Liever geen zondag.")).text
    first, second = offered(page)
    assert "not_part=evening" in link_of(first, "Gebruik dit")
    page = client.get(link_of(first, "Gebruik dit")).text
    (second,) = offered(page)
    assert "not_part=evening&not_part=sun" in link_of(second, "Gebruik dit")


def test_both_texts_are_read_for_limits(client) -> None:
    cook()
    page = show(client, ask(client, COOK, "Iets leuks, maximaal 16 uur.")).text
    assert "hoogstens 16 uur" in words(offered(page)[0])


def test_hours_that_were_filled_in_say_more(client) -> None:
    cook()
    token = ask(client, f"{COOK} Maximaal 16 uur.", hours="20")
    assert offered(show(client, token).text) == []


def test_a_distance_needs_a_place(client) -> None:
    cook(), cook(site=far_away())
    said = f"{COOK} Niet verder dan 12 km."
    assert offered(show(client, ask(client, said)).text) == []
    token = ask(client, said, place="Heerlen")
    (row,) = offered(show(client, token, distance="0").text)
    assert "tot 15 kilometer" in words(row)
    assert "Dan valt 1 plek af." in words(row)
    assert "distance=15" in link_of(row, "Gebruik dit")
    assert offered(show(client, token, distance="10").text) == []


def test_a_place_leads_to_the_form_where_it_is_filled_in(client) -> None:
    cook()
    said = f"{COOK} Ik zoek iets in de buurt van Heerlen."
    token = ask(client, said)
    (row,) = offered(show(client, token).text)
    assert "in de buurt van Heerlen" in words(row)
    assert "Je vult dan je plaats in." in words(row)
    address = link_of(row, "Gebruik dit")
    page = client.get(address).text
    assert re.search(r'<input[^>]*name="place"[^>]*value="Heerlen"', page)
    assert kept().place is None, "nothing is kept before the form is sent"
    assert offered(show(client, ask(client, said, place="Kerkrade")).text) == []


def test_a_text_without_limits_offers_none(client) -> None:
    cook()
    page = show(client, ask(client)).text
    assert "Dit lazen we ook" not in page
    assert offered(page) == []


def test_a_limit_that_is_not_needed_goes_and_comes_back(client) -> None:
    cook()
    token = ask(client, f"{COOK} Niet 's nachts. Geen kinderen.")
    page = show(client, token, kind="vacancy").text
    night, children = offered(page)
    response = press(client, night, "Niet nodig")
    assert response.location == f"/passend/{token}?kind=vacancy"
    assert kept().dismissed == ["limit:parts:night"]
    page = client.get(response.location).text
    assert "Goed, dat gebruiken we niet." in words(page)
    assert [words(row) for row in offered(page)] == [words(children)]
    assert "1 niet nodig" in words(page)
    # It stays so for this link, and is not used.
    assert "not_part" not in "".join(
        re.findall(r'<div class="used"[^>]*>.*?</div>', page, re.DOTALL)
    )
    page = client.get(press(client, page, "Toch laten zien").location).text
    assert len(offered(page)) == 2
    assert kept().dismissed == []


def test_nothing_left_still_offers_what_was_read(client) -> None:
    cook(day_parts=NIGHT, hours_flexible=False)
    page = show(
        client, ask(client, f"{COOK} Niet 's nachts. Geen kinderen."), not_part="night"
    ).text
    assert slugs(page) == []
    assert "ook op andere tijden: 1 plek meer" in words(page)
    assert len(offered(page)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"key": ""},
        {"key": "can"},
        {"key": "limit:" + "a" * 200},
        {"key": "limit:\x00"},
        {"key": "answer:x"},
    ],
)
def test_what_was_never_offered_cannot_be_dismissed(client, sent) -> None:
    token = ask(client)
    assert client.post(f"/passend/{token}/aanbod", data=sent).status_code == 422
    assert kept().dismissed == []


def test_not_too_many_are_kept(client) -> None:
    token = ask(client)
    request = kept()
    request.dismissed = [f"limit:{number}" for number in range(200)]
    db.session.commit()
    sent = {"key": "limit:one-more"}
    assert client.post(f"/passend/{token}/aanbod", data=sent).status_code == 422
    again = {"key": "limit:7"}
    assert client.post(f"/passend/{token}/aanbod", data=again).status_code == 303


def test_another_token_cannot_be_changed(client) -> None:
    sent = {"key": "limit:parts:night"}
    assert client.post("/passend/bestaat-niet/aanbod", data=sent).status_code == 404
    assert client.get(f"/passend/{ask(client)}/aanbod").status_code == 405


def test_a_filter_of_an_old_link_that_is_no_longer_there(client) -> None:
    made = cook()
    page = show(
        client, ask(client), not_group="martians", not_work="x", not_part="noon", no_licence=""
    )
    assert page.status_code == 200
    assert slugs(page.text) == [made.slug]
    assert 'class="used' not in page.text


# All of them


def test_offers_stand_on_the_first_page_only(client) -> None:
    for _ in range(11):
        cook()
    token = ask(client, f"{COOK} Niet 's nachts.")
    assert offered(show(client, token).text)
    page = show(client, token, page="2").text
    assert slugs(page)
    assert not offered(page)


def test_every_form_of_an_offer_needs_its_token(app, client, monkeypatch) -> None:
    cook(), gardener()
    token = ask(client, f"{COOK} Niet 's nachts.")
    action, sent = form_of(offered(show(client, token).text)[0], "Niet nodig")
    assert "csrf_token" in sent
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sent = {name: value for name, value in sent.items() if name != "csrf_token"}
    assert client.post(action, data=sent).status_code == 400
    assert kept().dismissed == []


def test_words_of_a_visitor_are_no_markup(client) -> None:
    cook()
    page = show(client, ask(client, f"{COOK} Niet <b onclick=x>'s nachts.")).text
    assert "onclick=x" not in unescape(page.partition("gelezen-kop")[2])


# Another language


@pytest.mark.parametrize(
    ("skills", "ambition", "told"),
    [
        ("Ich habe zwanzig Jahre in einem Restaurant gearbeitet.", "", True),
        (COOK, "Lubię pracować z dziećmi i bardzo chcę się uczyć.", True),
        ("J'ai travaillé dix ans dans un restaurant.", "Ik wil graag koken voor mensen.", True),
        (COOK, "I would like to cook for people.", False),
        ("ik heb jaare gewerk in keuke en vin koke leuk", "", False),
    ],
)
def test_another_language_is_told_and_answered(client, skills, ambition, told) -> None:
    cook()
    page = show(client, ask(client, skills, ambition)).text
    assert ("Nederlands en Engels lezen we goed" in words(page)) is told
    assert len(slugs(page)) == 1

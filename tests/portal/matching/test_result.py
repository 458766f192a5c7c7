"""The answer: what it shows, its limits, and links that were made by hand."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.opportunities.models import Contract, Kind
from portal.opportunities.service import RequirementInput
from tests.factories import make_opportunity, make_organisation, make_site
from tests.portal.matching.asking import (
    COOK,
    COOKING,
    GARDEN,
    NURSE,
    ask,
    cards,
    cook,
    gardener,
    link_of,
    show,
    slugs,
    words,
)
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("matching")


# What is shown


def test_what_fits_best_comes_first_with_its_facts_and_reasons(client) -> None:
    garden = gardener()
    kitchen = cook(
        site=make_site(make_organisation("Zorghuis De Eik")),
        pay_min=2350,
        pay_max=2780,
        requirements=(COOKING, NURSE, RequirementInput(competence="bookkeeping", learnable=True)),
    )
    page = show(client, ask(client, COOK, place="Heerlen")).text
    assert slugs(page) == [kitchen.slug, garden.slug]
    first = cards(page)[0]
    for shown in (
        "Kok in de keuken",
        "Vacature",
        "Zorghuis De Eik",
        "Heerlen",
        "minder dan 1 km",
        "16 tot 24 uur",
        "2.350",
        "Laat je zien",
        "1 van de 3 eisen",
        "2 nog niet",
        "BIG-registratie verpleegkundige",
        "Moet van de wet",
        "Lees alles over deze plek",
    ):
        assert shown in first.text, shown
    assert re.search(r"<q>[^<]*kook[^<]*</q>", first.reason(0)), "the visitor's own sentence"
    assert "<q>" not in first.reason(1)


def test_the_route_closes_what_is_missing(client) -> None:
    cook(
        requirements=(COOKING, RequirementInput(competence="administer-medication", critical=True))
    )
    page = show(client, ask(client)).text
    (card,) = cards(page)
    assert card.level == "route"
    assert "Inzetbaar na een leerroute" in card.text
    assert "Wat ontbreekt, en hoe je het leert" in card.text
    assert re.search(r"Samen \d+ we(ek|ken) en ongeveer", card.text)
    step = re.findall(r'href="(/leren/[^"]+)"', card.html)[0]
    assert client.get(step).status_code == 200


def test_the_page_says_what_was_read_and_until_when_it_is_kept(client) -> None:
    cook()
    page = words(show(client, ask(client, COOK, GARDEN, place="Heerlen", hours="24")).text)
    assert COOK in page
    assert GARDEN in page
    assert "ongeveer 24 uur" in page
    assert "Bewaar het adres van deze pagina" in page
    assert "1 plek past binnen je grenzen" in page


def test_it_is_shown_to_who_speaks_english(client) -> None:
    cook(requirements=(COOKING, NURSE))
    client.post("/taal", data={"lang": "en"})
    token = ask(client, "I cook every day for my family.")
    page = show(client, token)
    assert page.status_code == 200
    assert "BIG registration as a nurse" in page.text


def test_nothing_is_kept_by_who_passes_it_on(client) -> None:
    response = show(client, ask(client))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_markup_in_the_offer_and_in_the_text_is_text(client) -> None:
    bad = "<script>alert(1)</script>"
    cook(title=f"Kok {bad}", requirements=(RequirementInput(text=f"Koken {bad}"),))
    page = show(client, ask(client, f"Ik kook & bak <img src=x onerror=alert(1)> {bad}")).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "Ik kook &amp; bak" in page


@pytest.mark.parametrize(
    ("skills", "ambition", "advice"),
    [
        ("koken", "", "maar een paar woorden"),
        ("", "Ik wil graag voor anderen koken.", "nog niet wat je kunt"),
    ],
)
def test_little_is_answered_with_advice(client, skills, ambition, advice) -> None:
    made = cook()
    page = show(client, ask(client, skills, ambition))
    assert page.status_code == 200
    assert slugs(page.text) == [made.slug]
    notices = re.findall(r'<div class="notice notice--info">.*?</div>\s*</div>', page.text, re.S)
    assert [advice in words(one) for one in notices] == [True]
    assert page.text.index(advice) < page.text.index("<article")


def test_who_wrote_enough_gets_no_advice(client) -> None:
    cook()
    assert "notice--info" not in show(client, ask(client)).text


def test_control_characters_change_nothing(client) -> None:
    cook(), gardener()
    plain = show(client, ask(client, COOK)).text
    odd = show(client, ask(client, COOK.replace(" ", "\x07 \x00") + "\u202e\x1b[31m")).text
    assert slugs(odd) == slugs(plain)


def test_the_page_costs_few_queries_however_much_is_shown(client) -> None:
    sites = [make_site() for _ in range(3)]
    counted = []
    token = ask(client)
    for _round in range(2):
        for site in sites:
            cook(site=site)
        show(client, token)
        with queries() as sent:
            show(client, token)
        counted.append(len(sent))
    # The request, the number of the last change, what is on the page, and its requirements. For
    # what the work of a cook often brings: that number again, and what is asked anywhere.
    assert counted == [6, 6], sent


# Pages


def test_pages_keep_the_filters(client) -> None:
    site = make_site()
    for _number in range(12):
        cook(site=site, kind=Kind.TRAINEESHIP, contract=Contract.LEARNING)
    cook(site=site)
    token = ask(client, COOK, place="Heerlen", hours="20")
    first = show(client, token, kind="traineeship", weight="30", part=["day", "evening"]).text
    assert len(slugs(first)) == 10
    address = link_of(first, "Volgende")
    sent = parse_qs(urlsplit(address).query)
    assert sent["kind"] == ["traineeship"]
    assert sent["weight"] == ["30"]
    assert sent["part"] == ["day", "evening"]
    assert sent["page"] == ["2"]
    second = client.get(address).text
    assert len(slugs(second)) == 2
    assert not set(slugs(first)) & set(slugs(second))
    assert "(bladzijde 2)" in second
    assert set(slugs(client.get(link_of(second, "Vorige")).text)) == set(slugs(first))


@pytest.mark.parametrize("page", ["3", "99", "999999999999", "0", "-1", "x", "٢", "1.5", ""])
def test_a_page_that_is_not_there(client, page) -> None:
    site = make_site()
    for _number in range(11):
        cook(site=site)
    response = show(client, ask(client), page=page)
    assert response.status_code == 200
    assert slugs(response.text), "there are some, so some are shown"
    assert "vinden we niets" not in response.text


# By hand


NONSENSE = [
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "nan",
    "inf",
    "9" * 400,
    "9" * 5000,
    "٣",
    "\x00",
    "\r\nSet-Cookie: a=b",
    "😀",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%s%(x)s{0}",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "a" * 3000,
]
NAMES = [
    *("weight", "distance", "hours", "part", "level", "kind", "field", "without_diploma"),
    *("page", "open", "aanvraag", "q", "lang"),
]


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_never_breaks_the_page(client, value) -> None:
    cook()
    response = show(client, ask(client, COOK, place="Heerlen"), **dict.fromkeys(NAMES, value))
    assert response.status_code in {200, 422}
    assert "<script>alert" not in response.text
    assert "a=b" not in response.headers.get("Set-Cookie", "")
    if response.status_code == 422:
        assert "has-error" in response.text


_text = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    query=st.lists(st.tuples(st.sampled_from(NAMES), _text | st.integers().map(str)), max_size=6)
)
def test_any_address_has_a_page(client, query) -> None:
    token = getattr(client, "token", None)
    if token is None:
        cook()
        token = client.token = ask(client, COOK, place="Heerlen", hours="20-28")
    response = client.get(f"/passend/{token}", query_string=query)
    assert response.status_code in {200, 422}


def test_bad_hours_are_told_at_their_field(client) -> None:
    made = cook()
    response = show(client, ask(client), hours="-5")
    assert response.status_code == 422
    assert "Vul een aantal uren in" in words(response.text)
    assert re.search(r'<input[^>]*name="hours"[^>]*value="-5"', response.text)
    assert slugs(response.text) == [made.slug]


@pytest.mark.parametrize("weight", ["101", "-1", "9999999", "9" * 400, "veel"])
def test_a_weight_that_is_none_counts_as_half(client, weight) -> None:
    cook(), gardener()
    token = ask(client, COOK, GARDEN)
    usual = slugs(show(client, token).text)
    response = show(client, token, weight=weight)
    assert response.status_code == 422
    assert slugs(response.text) == usual


def test_one_card_can_be_opened_by_its_address(client) -> None:
    cook()
    other = gardener()
    page = show(client, ask(client), open=other.slug).text
    opened = re.findall(r'<details class="why" id="waarom-([^"]+)" open>', page)
    assert opened == [other.slug]


def test_one_employer_does_not_fill_the_page(client) -> None:
    site = make_site()
    for _number in range(4):
        make_opportunity(site=site, title="Kok", text="Je kookt.", requirements=(COOKING,))
    other = make_opportunity(title="Kok", text="Je kookt.", requirements=(COOKING,))
    assert other.slug in slugs(show(client, ask(client)).text)[:2]


def test_a_card_opens_where_it_is_asked_and_the_open_ones_stay(client) -> None:
    cook(), gardener()
    token = ask(client, COOK)
    page = show(client, token).text
    first, second = cards(page)
    assert "<details" in first.html
    assert "<details" not in second.html, "its reasons are not sent before they are asked"
    opened = client.get(f"/passend/{token}" + link_of(second.html, "Waarom past dit?")).text
    assert all("<details" in card.html for card in cards(opened))
    assert [card.slug for card in cards(opened)] == [first.slug, second.slug]


def test_a_card_to_open_that_is_not_there(client) -> None:
    cook()
    token = ask(client, COOK)
    assert "<details" in cards(show(client, token, open="er-is-niets").text)[0].html

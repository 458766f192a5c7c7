"""The pages of the guide: everything has one, finds its openings, and tells the truth of now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.candidates.models import FavouriteKind
from portal.clock import local_date
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.models import Contract
from portal.opportunities.workflow import Status
from portal.orientation import queries, views
from portal.orientation.knowledge import guide
from tests.factories import make_opportunity
from tests.portal.matching.asking import words

pytestmark = pytest.mark.usefixtures("app")


def listed(page: str) -> list[str]:
    return re.findall(r'class="card plek work" id="profession-([^"]+)"', page)


def told(page: str) -> str:
    """The letters of a page, without what explains a term among them."""
    return letters(words(re.sub(r"<span popover.*?</span>", "", page, flags=re.DOTALL)))


def letters(text: str) -> str:
    return "".join(text.split())


def cook(**changes):
    return make_opportunity(
        **{"profession": "care-cook", "field": "facilities", "target_groups": ("older-people",)}
        | changes
    )


def test_every_profession_is_on_one_page_of_the_list(client) -> None:
    seen: list[str] = []
    for page in range(1, 9):
        seen += listed(client.get("/orientatie", query_string={"page": page}).text)
    assert sorted(seen) == sorted(framework().professions)


def test_everything_has_its_page(client) -> None:
    for ref, one in guide().professions.items():
        page = client.get(f"/orientatie/beroepen/{ref}")
        assert page.status_code == 200, ref
        shown = told(page.text)
        for said in (one.nl.moments[0][1], one.nl.body, one.nl.next, one.nl.found):
            assert letters(said) in shown, (ref, said)
    for kind, everything in (("velden", guide().fields), ("doelgroepen", guide().target_groups)):
        for ref, place in everything.items():
            page = client.get(f"/orientatie/{kind}/{ref}")
            assert page.status_code == 200, ref
            assert letters(place.nl.hard) in told(page.text)


@pytest.mark.parametrize(
    "path", ["beroepen/niets", "velden/niets", "doelgroepen/niets", "beroepen/nursing-home"]
)
def test_what_is_not_there(client, path: str) -> None:
    assert client.get(f"/orientatie/{path}").status_code == 404


def test_english_pages_speak_english(client) -> None:
    page = client.get("/orientatie/beroepen/care-cook", headers={"Accept-Language": "en"})
    assert guide().professions["care-cook"].en.moments[0][1] in words(page.text)
    assert guide().professions["care-cook"].nl.moments[0][1] not in words(page.text)


@pytest.mark.parametrize(
    ("query", "holds", "holds_not"),
    [
        ({"q": "kok"}, {"care-cook"}, {"recruiter"}),
        ({"q": "DIËTIST"}, {"dietitian"}, {"care-cook"}),
        ({"q": "zorgwacht"}, {"care-watch"}, set()),
        (
            {"level": "begin", "field": "facilities"},
            {"cleaner-care", "client-driver"},
            {"care-cook"},
        ),
        ({"group": "newcomers"}, {"newcomer-guide"}, {"care-cook"}),
        ({"level": "6", "field": "hospital"}, {"physiotherapist"}, {"nurse-hospital"}),
    ],
)
def test_finding(client, query: dict[str, str], holds: set[str], holds_not: set[str]) -> None:
    found: set[str] = set()
    for page in (1, 2, 3):
        found |= set(listed(client.get("/orientatie", query_string=query | {"page": page}).text))
    assert holds <= found
    assert not holds_not & found


def test_a_filter_can_go_and_others_stay(client) -> None:
    page = client.get("/orientatie?q=kok&level=3").text
    assert 'href="/orientatie?level=3"' in page
    assert 'href="/orientatie?q=kok"' in page
    assert "Waar wil je werken?" not in page, "who looks for something does not start over"


def test_nothing_found_and_too_many_words(client) -> None:
    assert "vinden we niet" in words(client.get("/orientatie?q=zeppelin").text)
    assert client.get("/orientatie", query_string={"q": "lang " * 60}).status_code == 422


def test_openings_are_those_of_now_only(client) -> None:
    shown, second = cook(), make_opportunity(profession=None, second_profession="care-cook")
    cook(status=Status.CLOSED)
    cook(status=Status.DRAFT)
    cook(profession="gardener-care")
    page = client.get("/orientatie/beroepen/care-cook").text
    assert "Nu zijn er 2 plekken" in words(page)
    assert f"/aanbod/{shown.slug}" in page
    assert f"/aanbod/{second.slug}" in page


def test_openings_are_paged(client) -> None:
    slugs = {cook().slug for _ in range(7)}
    seen: set[str] = set()
    for number in (1, 2):
        page = client.get("/orientatie/beroepen/care-cook", query_string={"page": number}).text
        seen |= set(re.findall(r'plek__title"><a href="/aanbod/([^"]+)"', page))
    assert seen == slugs


def test_counts_by_kind() -> None:
    cook()
    cook(target_groups=("older-people", "colleagues"), second_profession="care-cook")
    make_opportunity(profession="gardener-care", field="facilities", target_groups=())
    cook(status=Status.CLOSED)
    today = local_date(clock.now())
    counted = queries.open_now(today)
    assert counted.professions == {"care-cook": 2, "gardener-care": 1}
    assert counted.fields == {"facilities": 3}
    groups = queries.open_by_group(today, framework().target_groups)
    assert +groups == {"older-people": 2, "colleagues": 1}
    assert queries.open_now(today + timedelta(days=365)).professions == {}


@pytest.mark.parametrize(
    ("kind", "ref", "number"),
    [
        (FavouriteKind.FIELD, "facilities", 2),
        (FavouriteKind.TARGET_GROUP, "older-people", 1),
        (FavouriteKind.TARGET_GROUP, "people-with-dementia", 0),
        (FavouriteKind.PROFESSION, "care-cook", 1),
    ],
)
def test_openings_of_a_kind(kind: FavouriteKind, ref: str, number: int) -> None:
    cook()
    make_opportunity(field="facilities", profession="cleaner-care", target_groups=("patients",))
    today = local_date(clock.now())
    assert len(queries.first_of(queries.openings(today, kind, ref), 0, 9)) == number


def test_pay_comes_from_real_openings(client) -> None:
    cook(pay_min=2400, pay_max=2900)
    cook(pay_min=2600, pay_max=3100)
    cook(pay_min=100, pay_max=200, contract=Contract.PLACEMENT)
    make_opportunity(pay_min=3000, pay_max=5000)
    shown = words(client.get("/orientatie/beroepen/care-cook").text).replace("\xa0", " ")
    assert "€ 2.400 tot € 3.100" in shown
    assert "FWG 30" in shown


def test_without_pay_the_scale_stands_alone(client) -> None:
    shown = words(client.get("/orientatie/beroepen/care-cook").text)
    assert "Nu noemt geen open plek het loon." in shown
    assert "FWG 30" in shown
    assert "Er is geen cao" in words(client.get("/orientatie/beroepen/dental-assistant").text)


def test_what_is_alike_is_alike(app) -> None:
    known = framework().professions
    for ref in known:
        found = views.alike(ref)
        assert len(found) == views.ALIKE
        assert ref not in found
        assert all(set(known[ref].competences) & set(known[one].competences) for one in found)
    assert "home-care-carer" in views.alike("care-assistant-3ig")


def test_short_ways_teach_something_of_the_work(app) -> None:
    with app.test_request_context():
        assert data_language() == "nl"
        for ref, profession in framework().professions.items():
            page = views.profession_page(ref)
            assert page.ways, ref
            assert not {one.id for one in page.ways} & {one.id for one in page.short_ways}
            for one in page.short_ways:
                learnt = set(framework().learning[one.id].competences)
                assert len(learnt & set(profession.competences)) > 1


def test_back_leads_to_the_list_with_its_filters(client) -> None:
    path = "/orientatie/beroepen/care-cook"
    came = client.get(path, headers={"Referer": "http://localhost/orientatie?q=kok"}).text
    assert 'class="back" href="/orientatie?q=kok"' in came
    other = client.get(path, headers={"Referer": "http://elders.example/orientatie?q=kok"}).text
    assert 'class="back" href="/orientatie"' in other

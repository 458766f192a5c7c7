"""The pictures on the pages of opportunities tell what the database holds."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.matching.asked import Asked
from portal.matching.knowledge import places
from portal.matching.service import ask
from portal.opportunities.day_parts import to_mask
from portal.opportunities.models import Contract
from portal.opportunities.workflow import Status
from portal.transaction import transaction
from tests.factories import make_opportunity, make_site
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")
VAALS = {"place": "Vaals", "latitude": 50.7708, "longitude": 6.0181}
GRONINGEN = {"place": "Groningen", "latitude": 53.219, "longitude": 6.567}


def table(page: str) -> list[list[str]]:
    """The rows of the table behind the map, without its head."""
    body = re.search(r'<figure class="map".*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


@pytest.fixture
def around(app) -> None:
    for _number in range(3):
        make_opportunity(title="Kok in Heerlen")
    make_opportunity(title="Gids in Vaals", site=make_site(**VAALS))
    make_opportunity(Status.DRAFT, title="Nog geheim")


@pytest.mark.usefixtures("around")
def test_the_map_counts_the_whole_list_per_place(client) -> None:
    page = client.get("/aanbod").text
    assert table(page) == [["Heerlen", "3"], ["Vaals", "1"]]
    assert page.count('class="map__dot"') == 2
    assert "De meeste plekken zijn in Heerlen en Vaals." in page


@pytest.mark.usefixtures("around")
def test_the_map_follows_the_filters(client) -> None:
    assert table(client.get("/aanbod?q=gids").text) == [["Vaals", "1"]]
    empty = client.get("/aanbod?q=xyzzy").text
    assert "map__dot" not in empty
    assert 'id="kaart"' in empty  # what a later answer of the list is put into


@pytest.mark.usefixtures("around")
def test_from_home_there_are_distances(client) -> None:
    page = client.get("/aanbod?place=Heerlen").text
    assert table(page) == [["Heerlen", "minder dan 1 km", "3"], ["Vaals", "13 km", "1"]]
    assert "Binnen 5 km: 3 plekken." in page


@pytest.mark.usefixtures("around")
def test_a_place_of_the_map_is_a_filter(client) -> None:
    page = client.get("/aanbod?kind=vacancy").text
    assert 'href="/aanbod?kind=vacancy&amp;at=Vaals"' in page
    chosen = client.get("/aanbod?kind=vacancy&at=Vaals").text
    assert "Gids in Vaals" in chosen
    assert "Kok in Heerlen" not in chosen
    assert "1 plek<" in chosen
    # The others stay on the map, so that one can change one's mind.
    assert table(chosen) == [["Heerlen", "3"], ["Vaals", "1"]]
    assert chosen.count("map__spot--chosen") == 1
    assert 'type="hidden" value="Vaals"' in chosen


@pytest.mark.parametrize("at", ["Nergens", "a" * 5000, "\x00", "<script>alert(1)</script>"])
@pytest.mark.usefixtures("around")
def test_a_place_that_is_not_there(client, at) -> None:
    response = client.get("/aanbod", query_string={"at": at})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_who_looks_with_a_keyboard_finds_the_places_once(client) -> None:
    make_opportunity()
    page = client.get("/aanbod").text
    drawn = re.search(r"<svg class=\"pic map__svg\".*?</svg>", page, re.DOTALL)[0]
    assert 'aria-hidden="true"' in drawn
    links = re.findall(r"<a [^>]*>", drawn)
    assert links
    assert all('tabindex="-1"' in link for link in links)


def test_a_list_says_the_week_in_words_and_in_a_picture(client) -> None:
    slots = [("mon", "morning"), ("tue", "evening")]
    make_opportunity(day_parts=to_mask(slots))
    page = client.get("/aanbod").text
    assert "overdag en &#39;s avonds" in page
    assert "maandag &#39;s ochtends, dinsdag &#39;s avonds" in page  # for who listens
    glyph = re.search(r'<svg class="pic glyph".*?</svg>', page, re.DOTALL)[0]
    assert glyph.count("<rect") == 28
    assert glyph.count("glyph__on") == 2


def test_days_in_overleg_have_no_picture(client) -> None:
    make_opportunity(day_parts=0)
    page = client.get("/aanbod").text
    assert "dagen in overleg" in page
    assert "glyph" not in page


def test_pay_stands_among_all_pay(client) -> None:
    made = make_opportunity(pay_min=2400, pay_max=2800, hours_min=24, hours_max=24)
    make_opportunity(pay_min=2300, pay_max=5200)
    page = client.get(f"/aanbod/{made.slug}").text
    assert "In de regio: €\xa02.300 tot €\xa05.200." in page
    assert "Bij 24 uur per week is dat ongeveer" in page
    assert "€\xa01.600 tot €\xa01.870" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"pay_min": None, "pay_max": None},
        {"pay_min": 0, "pay_max": 0},
        {"pay_min": 450, "pay_max": 600, "contract": Contract.PLACEMENT},
    ],
)
def test_what_is_no_pay_is_not_drawn(client, changes) -> None:
    made = make_opportunity(**changes)
    make_opportunity(pay_min=2300, pay_max=5200)
    page = client.get(f"/aanbod/{made.slug}").text
    assert "Wat je verdient" not in page
    assert "pay__range" not in page


def test_an_allowance_does_not_stretch_the_scale(client) -> None:
    made = make_opportunity(pay_min=2400, pay_max=2800)
    make_opportunity(pay_min=450, pay_max=600, contract=Contract.PLACEMENT)
    assert "In de regio: €\xa02.400 tot €\xa02.800." in client.get(f"/aanbod/{made.slug}").text


def test_an_agreement_that_we_do_not_know_gets_no_sum(client) -> None:
    made = make_opportunity(pay_min=2400, pay_max=2800, collective_agreement="Zeilmakers")
    page = client.get(f"/aanbod/{made.slug}").text
    assert "Wat je verdient" in page
    assert "per week is dat ongeveer" not in page


def test_the_roster_is_a_table_that_says_work_and_free(client) -> None:
    made = make_opportunity(day_parts=to_mask([("wed", "night")]), hours_flexible=False)
    page = client.get(f"/aanbod/{made.slug}").text
    roster = re.search(r'<table class="week roster">.*?</table>', page, re.DOTALL)[0]
    assert re.sub(r"<[^>]+>|\s", "", roster.split("<tbody>")[1]).count("vrij") == 27
    night = roster[roster.index(">nacht<") :]
    cells = re.findall(r"<td.*?</td>", night, re.DOTALL)
    assert ["job-0" in cell for cell in cells] == [day == 2 for day in range(7)]
    assert "job-choice" not in roster


def test_to_choose_from_looks_another_way(client) -> None:
    made = make_opportunity(hours_flexible=True)
    assert "job-choice" in client.get(f"/aanbod/{made.slug}").text


def asked_from(place: str) -> str:
    with transaction():
        asked = Asked("Ik kook graag.", "", places().find(place), None)
        return ask(asked, now=clock.now()).token


@pytest.mark.usefixtures("around")
def test_who_told_where_they_live_sees_how_far_it_is(client) -> None:
    made = make_opportunity(site=make_site(**VAALS))
    token = asked_from("Heerlen")
    page = client.get(f"/aanbod/{made.slug}?aanvraag={token}").text
    assert "Deze plek is in Vaals, 13 km van Heerlen." in page
    assert "map__ring" in page
    assert "map__home" in page


@pytest.mark.parametrize("token", ["", "onzin", "20200101-abcdefghijklmnopqrstuvwx"])
@pytest.mark.usefixtures("around")
def test_a_question_that_is_gone_shows_the_region(client, token) -> None:
    made = make_opportunity(site=make_site(**VAALS))
    response = client.get(f"/aanbod/{made.slug}?aanvraag={token}")
    assert response.status_code == 200
    assert "Deze plek is in Vaals." in response.text
    assert "map__ring" not in response.text


def test_the_map_of_one_opening_costs_the_same_with_a_larger_pool(client) -> None:
    slug = make_opportunity().slug
    counts = []
    for _round in range(2):
        client.get(f"/aanbod/{slug}")  # how soon employers answer is read once for many pages
        with queries() as sent:
            client.get(f"/aanbod/{slug}")
        counts.append(len(sent))
        for place in (VAALS, GRONINGEN):
            make_opportunity(site=make_site(**place))
    assert counts == [3, 3]


def test_what_is_past_its_day_is_not_on_the_map(client) -> None:
    now = clock.now()
    gone = clock.local_date(now) - timedelta(days=1)
    make_opportunity(site=make_site(**VAALS), closes_on=gone, now=now - timedelta(days=9))
    make_opportunity()
    assert table(client.get("/aanbod").text) == [["Heerlen", "1"]]

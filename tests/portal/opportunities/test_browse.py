import re
from datetime import timedelta
from html import unescape

import pytest

from portal import clock
from portal.opportunities.day_parts import to_mask
from portal.opportunities.models import Kind
from portal.opportunities.search import folded
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from tests.factories import make_opportunity, make_organisation, make_site
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)


def titles(response) -> list[str]:
    found = re.findall(r"plek__title[^>]*><a [^>]*>([^<]*)</a>", response.text)
    return [unescape(title) for title in found]


def browse(client, status: int = 200, **arguments):
    response = client.get("/aanbod", query_string=arguments)
    assert response.status_code == status
    return response


def posted(title: str, **changes):
    return make_opportunity(title=title, **changes)


def test_everybody_sees_what_is_open(client) -> None:
    posted("Kok in de wijk")
    make_opportunity(Status.DRAFT, title="Nog geheim")
    make_opportunity(Status.CLOSED, title="Al dicht")
    response = browse(client)
    assert titles(response) == ["Kok in de wijk"]
    assert "1 plek" in response.text


def test_what_is_past_its_day_is_gone(client) -> None:
    posted("Van gisteren", closes_on=TODAY - timedelta(days=1), now=NOW - timedelta(days=9))
    assert titles(browse(client)) == []


def test_nothing_there(client) -> None:
    assert "Hier is nu niets" in browse(client).text


@pytest.mark.parametrize(
    "words",
    [
        "kapper",
        "KAPPER",
        "coördinator",
        "coordinator",
        "COÖRDINATOR",
        "ENERGIËK",
        "energiek",
        "koffie",
        "bruggehuis",
        "schoenstraat",
        "valkenburg",
        "kapper valkenburg energiek",
        "onbekenden",
        "vog",
        "watertanden",
        "VIG",
        "  kapper  ",
    ],
)
def test_words_are_found_everywhere(client, words) -> None:
    site = make_site(
        make_organisation("Stichting Bruggehuis"), name="Schoenstraat", place="Valkenburg"
    )
    posted(
        "Kapper en coördinator",
        site=site,
        text="Je zet koffie en je bent energiëk.",
        profession="care-assistant-3ig",
        requirements=(
            RequirementInput(competence="make-contact"),
            RequirementInput(gate="vog"),
            RequirementInput(text="Laat iedereen watertanden"),
        ),
    )
    posted("Iets heel anders", text="Leeg", requirements=(RequirementInput(text="Zwemt"),))
    assert titles(browse(client, q=words)) == ["Kapper en coördinator"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "kapper zwemmer", "' OR 1=1 --"])
def test_words_are_only_words(client, words) -> None:
    posted("Kapper")
    assert titles(browse(client, q=words)) == []


def test_folding_is_one_for_one() -> None:
    assert folded("ÀÉÎÕÜ çñøł ’") == "aeiou cnol '"
    assert folded("e\u0301") == "e"
    assert folded("Łódź") == "lodz"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"kind": "traineeship"}, {"Leren"}),
        ({"kind": ["traineeship", "combined_function"]}, {"Leren", "Samen"}),
        ({"field": "youth"}, {"Samen"}),
        ({"level": "3"}, {"Leren"}),
        ({"level": ["3", "0"]}, {"Leren", "Gewoon"}),
        ({"without_diploma": "y"}, {"Gewoon", "Samen"}),
        ({"paid_learning": "y"}, {"Leren"}),
        ({"hours": "32"}, {"Leren"}),
        ({"hours": "8-12"}, {"Samen"}),
        ({"hours": "7,5"}, {"Samen"}),
        ({"part": "evening"}, {"Samen"}),
        ({"part": ["evening", "weekend"]}, {"Samen", "Leren"}),
        ({"part": "night"}, set()),
        ({"part": "day", "kind": "vacancy"}, {"Gewoon"}),
        ({"kind": "bestaat-niet"}, {"Gewoon", "Leren", "Samen"}),
    ],
)
def test_filters(client, arguments, found) -> None:
    posted("Gewoon")
    posted(
        "Leren",
        kind=Kind.TRAINEESHIP,
        level=3,
        diploma_required=True,
        learning_paid=True,
        hours_min=28.0,
        hours_max=36.0,
        day_parts=to_mask([("sat", "morning")]),
    )
    posted(
        "Samen",
        kind=Kind.COMBINED_FUNCTION,
        field="youth",
        level=6,
        hours_min=8.0,
        hours_max=10.0,
        day_parts=to_mask([("mon", "evening")]),
    )
    assert set(titles(browse(client, **arguments))) == found


def test_days_still_to_be_agreed_are_never_filtered_away(client) -> None:
    posted("In overleg", day_parts=0)
    assert titles(browse(client, part="night")) == ["In overleg"]


@pytest.fixture
def around(app) -> None:
    """Heerlen, Maastricht (about 20 km west) and Groningen."""
    posted("Groningen", site=make_site(place="Groningen", latitude=53.219, longitude=6.567))
    posted("Maastricht", site=make_site(place="Maastricht", latitude=50.851, longitude=5.691))
    posted("Heerlen")


@pytest.mark.parametrize(
    ("place", "distance", "found"),
    [
        ("Heerlen", "10", ["Heerlen"]),
        ("heerlen", "25", ["Heerlen", "Maastricht"]),
        ("Heerlen", "", ["Heerlen", "Maastricht", "Groningen"]),
        ("Groningen", "60", ["Groningen"]),
        ("Amsterdam", "5", []),
    ],
)
@pytest.mark.usefixtures("around")
def test_distance(client, place, distance, found) -> None:
    assert titles(browse(client, place=place, distance=distance, sort="distance")) == found


@pytest.mark.usefixtures("around")
def test_the_distance_is_shown(client) -> None:
    shown = browse(client, place="Heerlen", distance="25").text
    assert re.search(r"(19|20|21) km", shown)
    assert "tot 25 km van Heerlen" in shown


def test_an_unknown_place_gets_suggestions(client) -> None:
    posted("Kok")
    response = browse(client, 422, place="Herlen", distance="10")
    assert "Heerlen" in response.text
    assert 'value="Herlen"' in response.text
    assert titles(response) == []
    assert "Hier is nu niets" not in response.text


def test_a_name_of_two_places_asks_for_the_province(client) -> None:
    assert "Beek (Limburg)" in browse(client, 422, place="Beek").text
    assert browse(client, place="Beek (Limburg)", distance="10")


@pytest.mark.parametrize("arguments", [{"distance": "10"}, {"sort": "distance"}])
def test_a_distance_asks_for_a_place(client, arguments) -> None:
    assert "waar je woont" in browse(client, 422, **arguments).text


@pytest.mark.parametrize(
    "arguments",
    [
        {"hours": "99"},
        {"hours": "0"},
        {"hours": "-5"},
        {"hours": "veel"},
        {"hours": "1" * 50_000},
        {"distance": "-1", "place": "Heerlen"},
        {"distance": "1e9", "place": "Heerlen"},
        {"sort": "prijs"},
        {"q": "a" * 50_000},
        {"place": "a" * 50_000},
    ],
)
def test_what_cannot_be_is_told(client, arguments) -> None:
    response = browse(client, 422, **arguments)
    assert 'aria-invalid="true"' in response.text
    assert "Er klopt nog iets niet" in response.text


@pytest.mark.parametrize("name", ["q", "place", "hours"])
@pytest.mark.parametrize("value", ["😀😀", "\x00\x07", "日本語", "مرحبا", "\u202eabc", " "])
def test_strange_input_is_no_fault_of_ours(client, name, value) -> None:
    posted("Kok")
    assert client.get("/aanbod", query_string={name: value}).status_code in (200, 422)


@pytest.mark.parametrize("name", ["q", "place", "hours"])
def test_markup_is_text(client, name) -> None:
    response = client.get("/aanbod", query_string={name: '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text


def test_markup_of_an_employer_is_text(client) -> None:
    posted("<b>Kok</b><script>x</script>")
    assert "<script>x" not in browse(client).text


def test_orders(client) -> None:
    def at(days: int):
        return {"now": NOW - timedelta(days=days), "closes_on": TODAY + timedelta(days=9 - days)}

    posted("Éclair", hours_min=4.0, **at(3))
    posted("bakker", hours_min=12.0, **at(1))
    posted("Arts", hours_min=8.0, **at(2))
    assert titles(browse(client)) == ["bakker", "Arts", "Éclair"]
    assert titles(browse(client, sort="closing")) == ["Éclair", "Arts", "bakker"]
    assert titles(browse(client, sort="hours")) == ["Éclair", "Arts", "bakker"]
    assert titles(browse(client, sort="title")) == ["Arts", "bakker", "Éclair"]


@pytest.fixture
def many(app):
    site = make_site()
    for number in range(23):
        make_opportunity(site=site, title=f"Baan {number:02}")


@pytest.mark.usefixtures("many")
def test_pages(client) -> None:
    first = browse(client, sort="title", q="baan")
    second = browse(client, sort="title", q="baan", page=2)
    assert len(titles(first)) == 20
    assert titles(first) + titles(second) == [f"Baan {number:02}" for number in range(23)]
    assert "23 plekken" in first.text
    assert "sort=title" in first.text
    assert "q=baan" in first.text
    assert "page=2" in first.text


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 20), ("-1", 20), ("x", 20), ("99", 3), ("9" * 50, 20), ("", 20)]
)
@pytest.mark.usefixtures("many")
def test_a_page_that_is_not_there(client, page, shown) -> None:
    assert len(titles(browse(client, page=page))) == shown


def test_a_filter_can_go(client) -> None:
    posted("Kok")
    response = browse(client, q="kok", kind=["vacancy", "traineeship"], part="day", hours="20")
    links = [unescape(url) for url in re.findall(r'chip--used" href="([^"]+)"', response.text)]
    assert "/aanbod?hours=20&part=day&kind=vacancy&kind=traineeship" in links
    assert "/aanbod?q=kok&hours=20&part=day&kind=vacancy" in links
    assert "/aanbod?q=kok&part=day&kind=vacancy&kind=traineeship" in links
    assert len(links) == 5


@pytest.mark.parametrize(
    ("arguments", "count"),
    [({}, 2), ({"q": "baan in heerlen"}, 2), ({"place": "Heerlen", "distance": "10"}, 3)],
)
def test_a_list_costs_the_same_few_queries(client, arguments, count) -> None:
    for expected in (1, 8):
        for _number in range(expected):
            posted("Baan in Heerlen")
        browse(client)  # how soon employers answer is read once for many pages
        with queries() as sent:
            browse(client, **arguments)
        assert len(sent) == count, sent

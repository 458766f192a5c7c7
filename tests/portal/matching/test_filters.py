"""The filters of the answer: each narrows, each can go, and each says when it is in the way."""

import re

import pytest

from portal.opportunities.models import Contract, Kind
from portal.opportunities.service import RequirementInput
from tests.factories import make_site
from tests.portal.matching.asking import (
    COOK,
    COOKING,
    GARDEN,
    NURSE,
    ask,
    cook,
    far_away,
    gardener,
    link_of,
    show,
    slugs,
    words,
)

pytestmark = pytest.mark.usefixtures("matching")

MORNING, EVENING, SATURDAY = 1, 1 << 2, 1 << 20
DRIVING = RequirementInput(gate="driving-licence-b", critical=True, learnable=False)
CLEANING = RequirementInput(competence="clean-rooms", critical=True, learnable=False)


def removed(page: str, label: str) -> str:
    """The address behind the filter that is on and says `label`."""
    used = re.findall(r'<div class="used"[^>]*>.*?</div>', page, re.DOTALL)
    return link_of(used[0], label)


# Limits


def test_place_and_hours_limit_the_answer_and_can_go(client) -> None:
    near, far, long = cook(), cook(site=far_away()), cook(hours_min=32, hours_max=36)
    token = ask(client, COOK, place="Heerlen", hours="20")
    page = show(client, token).text
    assert slugs(page) == [near.slug]
    assert "tot 25 kilometer" in words(page)
    further = client.get(removed(page, "tot 25 kilometer")).text
    assert set(slugs(further)) == {near.slug, far.slug}
    longer = client.get(removed(page, "20 uur")).text
    assert set(slugs(longer)) == {near.slug, long.slug}
    everything = client.get(link_of(page, "Haal alles weg")).text
    assert set(slugs(everything)) == {near.slug, far.slug, long.slug}
    assert 'class="used' not in everything


FILTERS = [
    (
        {"kind": "traineeship"},
        {"kind": Kind.TRAINEESHIP, "contract": Contract.LEARNING},
        "Leerbaan",
    ),
    ({"field": "youth"}, {"field": "youth"}, "Jeugd"),
    ({"part": "evening"}, {"day_parts": EVENING, "hours_flexible": False}, "avond"),
    ({"part": "weekend"}, {"day_parts": SATURDAY, "hours_flexible": False}, "weekend"),
    ({"level": "now"}, {"requirements": (COOKING,)}, "Direct inzetbaar"),
    ({"without_diploma": "y"}, {"diploma_required": False}, "diploma"),
    ({"hours": "8"}, {"hours_min": 6, "hours_max": 10}, "8 uur"),
    ({"no_licence": "y"}, {"requirements": (COOKING,)}, "rijbewijs"),
    ({"not_part": "morning"}, {"day_parts": EVENING, "hours_flexible": False}, "ochtend"),
    ({"not_group": "children"}, {"target_groups": ("children", "older-people")}, "kinderen"),
    ({"not_work": "cleaning"}, {"requirements": (COOKING, NURSE)}, "schoonmaken"),
]


@pytest.mark.parametrize(("query", "only", "label"), FILTERS)
def test_each_filter_narrows_and_can_go(client, query, only, label) -> None:
    other = cook(
        requirements=(COOKING, NURSE, DRIVING, CLEANING),
        diploma_required=True,
        day_parts=MORNING,
        hours_flexible=False,
        target_groups=("children",),
    )
    made = cook(**{"diploma_required": True, "day_parts": MORNING} | only)
    token = ask(client)
    page = show(client, token, **query).text
    assert slugs(page) == [made.slug]
    address = removed(page, label)
    assert set(slugs(client.get(address).text)) == {made.slug, other.slug}
    panel = re.findall(r'<form class="unfold__in" id="filters".*?</form>', page, re.DOTALL)[0]
    chosen = re.findall(r"<input checked[^>]*>", panel)
    assert len(chosen) == (0 if "hours" in query else 1), "the panel shows what is on"


def test_filters_of_one_kind_add_up_and_go_one_by_one(client) -> None:
    youth, home = cook(field="youth"), cook(field="home-care")
    cook(field="hospital")
    token = ask(client)
    page = client.get(f"/passend/{token}?field=youth&field=home-care").text
    assert set(slugs(page)) == {youth.slug, home.slug}
    assert slugs(client.get(removed(page, "Jeugd")).text) == [home.slug]


def test_the_distance_that_is_chosen_counts(client) -> None:
    cook(site=make_site(place="Maastricht", latitude=50.848, longitude=5.688))
    token = ask(client, COOK, place="Heerlen")
    assert len(slugs(show(client, token).text)) == 1
    assert slugs(show(client, token, distance="10").text) == []
    assert len(slugs(show(client, token, distance="0").text)) == 1


def test_the_weight_changes_the_order(client) -> None:
    kitchen, garden = cook(), gardener()
    token = ask(client, COOK, GARDEN)
    assert slugs(show(client, token, weight="0").text) == [kitchen.slug, garden.slug]
    assert slugs(show(client, token, weight="100").text) == [garden.slug, kitchen.slug]
    page = show(client, token, weight="100").text
    assert re.search(r'<input[^>]*name="weight"[^>]*value="100"', page)


# Nothing


def test_nothing_fits_says_which_filter_to_loosen(client) -> None:
    made = cook(site=far_away())
    token = ask(client, COOK, place="Heerlen")
    page = show(client, token).text
    assert slugs(page) == []
    assert "Binnen deze grenzen vinden we niets" in words(page)
    assert "verder reizen: 1 plek meer" in words(page)
    assert slugs(client.get(link_of(page, "verder reizen")).text) == [made.slug]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ({"kind": "combined_function"}, "elke soort werk"),
        ({"field": "ambulance"}, "alle sectoren"),
        ({"part": "night"}, "andere dagen en tijden"),
        ({"hours": "8"}, "andere uren"),
        ({"level": "now"}, "ook later beginnen"),
        ({"without_diploma": "y"}, "ook werk met een diploma-eis"),
        ({"no_licence": "y"}, "ook werk met een rijbewijs"),
        ({"not_part": "morning"}, "ook op andere tijden"),
        ({"not_group": "children"}, "ook met andere mensen"),
        ({"not_work": "cleaning"}, "ook ander werk"),
    ],
)
def test_every_filter_says_that_it_is_in_the_way(client, query, label) -> None:
    made = cook(
        requirements=(COOKING, NURSE, DRIVING, CLEANING),
        diploma_required=True,
        day_parts=MORNING,
        hours_flexible=False,
        target_groups=("children",),
    )
    page = show(client, ask(client), **query).text
    assert slugs(page) == []
    assert f"{label}: 1 plek meer" in words(page)
    assert slugs(client.get(link_of(page, label)).text) == [made.slug]


def test_two_filters_in_the_way_can_go_together(client) -> None:
    made = cook()
    page = show(client, ask(client), kind="combined_function", field="ambulance").text
    assert slugs(page) == []
    assert slugs(client.get(link_of(page, "Haal alle filters weg")).text) == [made.slug]


def test_an_empty_pool(client) -> None:
    response = show(client, ask(client))
    assert response.status_code == 200
    assert "keken naar 0 plekken" in words(response.text)


def test_only_what_somebody_does_not_want_is_no_reason_to_loosen(client) -> None:
    cook(site=far_away())
    page = show(client, ask(client, "Ik wil niet koken.", place="Heerlen")).text
    assert slugs(page) == []
    assert "verder reizen" not in page
    assert "Schrijf iets meer over wat je kunt" in words(page)

"""The map: true to distance and direction, and nothing covers anything else."""

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Place, distance_km
from portal.pictures import Home, Spot, numbered, region
from portal.pictures.labels import Box, circle, text_box

LIMBURG = {
    "Maastricht": (50.8483, 5.6889, 32),
    "Heerlen": (50.8837, 5.9815, 33),
    "Kerkrade": (50.8658, 6.0625, 20),
    "Landgraaf": (50.8925, 6.0228, 9),
    "Brunssum": (50.9467, 5.9708, 11),
    "Hoensbroek": (50.9239, 5.9250, 5),
    "Sittard": (50.9983, 5.8694, 17),
    "Geleen": (50.9742, 5.8292, 8),
    "Vaals": (50.7708, 6.0181, 8),
    "Roermond": (51.1942, 5.9875, 3),
}


def spots(**more) -> list[Spot]:
    return [
        Spot(name=name, latitude=latitude, longitude=longitude, count=count, **more)
        for name, (latitude, longitude, count) in LIMBURG.items()
    ]


def home(name: str) -> Home:
    latitude, longitude, _count = LIMBURG[name]
    return Home(name, latitude, longitude)


def boxes(drawn) -> list[Box]:
    return [dot.label.box for dot in drawn.dots if dot.label] + [
        text_box(f"{ring.km} km", ring.x, ring.y) for ring in drawn.rings
    ]


def assert_tidy(drawn) -> None:
    frame = Box(0, 0, drawn.width, drawn.height + 0.5)
    for dot in drawn.dots:
        assert circle(dot.x, dot.y, dot.r).inside(frame), dot
    for one, other in combinations(drawn.dots, 2):
        far = math.hypot(one.x - other.x, one.y - other.y)
        assert far > one.r + other.r, (one.spot.name, other.spot.name)
    named = boxes(drawn)
    for box in named:
        assert box.inside(frame)
    for one, other in combinations(named, 2):
        assert not one.touches(other)
    for dot in drawn.dots:
        # The corners of its box are empty, so that a name may stand there.
        inner = circle(dot.x, dot.y, dot.r * 0.7)
        assert not any(box.touches(inner) for box in named), dot.spot.name


@pytest.mark.parametrize("lives", [None, "Heerlen", "Maastricht", "Vaals", "Roermond"])
def test_nothing_lies_over_anything_else(lives) -> None:
    drawn = region(spots(), home(lives) if lives else None)
    assert len(drawn.dots) == len(LIMBURG)
    assert_tidy(drawn)


def test_most_places_get_their_name_and_the_largest_surely() -> None:
    named = {dot.spot.name for dot in region(spots()).dots if dot.label}
    assert {"Maastricht", "Heerlen", "Kerkrade"} <= named
    assert len(named) >= len(LIMBURG) - 2


def test_north_is_up_and_east_is_right() -> None:
    at = {dot.spot.name: dot for dot in region(spots()).dots}
    assert at["Roermond"].y < at["Sittard"].y < at["Heerlen"].y < at["Vaals"].y
    assert at["Maastricht"].x < at["Geleen"].x < at["Heerlen"].x < at["Kerkrade"].x


def test_distances_are_true() -> None:
    drawn = region(spots())
    for one, other in combinations(drawn.dots, 2):
        km = distance_km(*(Place(d.spot.name, "", d.spot.latitude, d.spot.longitude)
                           for d in (one, other)))  # fmt: skip
        shown = math.hypot(one.x - other.x, one.y - other.y) / drawn.per_km
        # Dots that would cover each other stand a little apart.
        assert shown == pytest.approx(km, rel=0.02, abs=(one.r + other.r) / drawn.per_km)


def test_a_ring_holds_what_is_nearer_and_no_more() -> None:
    drawn = region(spots(), home("Heerlen"))
    assert [ring.km for ring in drawn.rings] == sorted(ring.km for ring in drawn.rings)
    for ring in drawn.rings:
        assert ring.r == pytest.approx(ring.km * drawn.per_km, abs=0.1)
        within = [dot.spot.count for dot in drawn.dots if dot.spot.km <= ring.km]
        assert ring.count == sum(within)
        x, y = drawn.at_home
        assert math.hypot(ring.x - x, ring.y - y) == pytest.approx(ring.r, abs=0.2)


def test_what_is_at_home_lies_around_it() -> None:
    drawn = region(spots(), home("Heerlen"))
    heerlen = next(dot for dot in drawn.dots if dot.spot.name == "Heerlen")
    assert (heerlen.x, heerlen.y) == pytest.approx(drawn.at_home, abs=0.1)
    assert heerlen.spot.km == pytest.approx(0)
    assert drawn.home_label is None


def test_home_without_work_has_its_own_name() -> None:
    drawn = region([one for one in spots() if one.name != "Heerlen"], home("Heerlen"))
    assert drawn.home_label is not None
    assert drawn.home_label.text == "Heerlen"
    assert not any(drawn.home_label.box.touches(box) for box in boxes(drawn))


def test_who_lives_far_away_sees_the_region_with_its_scale() -> None:
    drawn = region(spots(), Home("Groningen", 53.219, 6.567))
    assert drawn.home is None
    assert drawn.rings == ()
    assert drawn.scale is not None
    assert drawn.scale.length == pytest.approx(drawn.scale.km * drawn.per_km, abs=0.1)
    assert min(dot.spot.km for dot in drawn.dots) > 200
    assert_tidy(drawn)


def test_more_work_is_a_larger_dot() -> None:
    drawn = region(spots())
    by_count = sorted(drawn.dots, key=lambda dot: dot.spot.count)
    assert [dot.r for dot in by_count] == sorted(dot.r for dot in drawn.dots)
    least, most = by_count[0], by_count[-1]
    assert most.r > 2 * least.r


def test_cards_of_one_place_are_one_dot() -> None:
    cards = [
        (1, "Kok", "Heerlen", 50.8837, 5.9815, 0.0),
        (2, "Gids", "Vaals", 50.7708, 6.0181, 12.8),
        (3, "Bode", "Heerlen", 50.8837, 5.9815, 0.0),
    ]
    drawn = numbered(home("Heerlen"), cards)
    assert [(dot.spot.name, dot.spot.numbers, dot.spot.count) for dot in drawn.dots] == [
        ("Heerlen", (1, 3), 2),
        ("Vaals", (2,), 1),
    ]
    assert drawn.dots[0].label.text == "1, 3 Heerlen"
    assert [spot.titles for spot in drawn.by_distance] == [("Kok", "Bode"), ("Gids",)]
    assert_tidy(drawn)


def test_many_cards_in_one_place_keep_a_short_name() -> None:
    drawn = numbered(None, [(n, "Kok", "Heerlen", 50.88, 5.98, None) for n in range(1, 11)])
    assert drawn.dots[0].label.text == "1, 2, 3 … Heerlen"
    assert drawn.dots[0].spot.numbers == tuple(range(1, 11))


def test_nothing_to_draw() -> None:
    assert region([]).dots == ()
    assert numbered(home("Heerlen"), []).dots == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(50.75, 51.3), st.floats(5.6, 6.1), st.integers(1, 60)), max_size=14
    )
)
def test_any_region_is_tidy(given_places) -> None:
    drawn = region(
        [
            Spot(name=f"Plaats {n}", latitude=latitude, longitude=longitude, count=count)
            for n, (latitude, longitude, count) in enumerate(given_places)
        ],
        home("Heerlen"),
    )
    frame = Box(0, 0, drawn.width, drawn.height + 0.5)
    assert all(circle(dot.x, dot.y, dot.r).inside(frame) for dot in drawn.dots)
    named = boxes(drawn)
    assert all(box.inside(frame) for box in named)
    assert not any(one.touches(other) for one, other in combinations(named, 2))

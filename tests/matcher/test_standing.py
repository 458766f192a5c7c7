"""What the caller knows besides a match moves the order a little, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.engine import Engine
from matcher.ranking import STANDING, nudged
from matcher.types import Filters, Level, Opportunity, Profile, Ranking
from tests.matcher.pools import HANDMADE, copies

COOK = Profile("p", "Ik kook al jaren voor grote groepen.", "Werken in een keuken.")

Make = Callable[..., Engine]
Add = Callable[[Engine, list[Opportunity]], None]


@pytest.fixture
def made(new_engine: Make, add: Add) -> Engine:
    engine = new_engine()
    add(engine, HANDMADE)
    return engine


@pytest.fixture
def alike(new_engine: Make, add: Add) -> Engine:
    """Four openings that say the same, of four employers."""
    engine = new_engine()
    add(engine, copies(4))
    return engine


def ids(ranking: Ranking) -> list[str]:
    return [match.opportunity for match in ranking.matches]


@pytest.mark.parametrize(
    "standing", [None, {}, dict.fromkeys([one.id for one in HANDMADE], 0.0), {"unknown": 1.0}]
)
def test_without_standing_nothing_changes(made: Engine, standing: dict[str, float] | None):
    assert made.rank(COOK, standing=standing) == made.rank(COOK)


def test_the_same_standing_for_all_keeps_the_order(made: Engine):
    for value in (-1.0, 0.4, 1.0):
        everybody = {one.id: value for one in HANDMADE}
        assert ids(made.rank(COOK, standing=everybody)) == ids(made.rank(COOK))


def test_of_two_that_are_alike_the_better_standing_comes_first(alike: Engine):
    names = ids(alike.rank(COOK))
    assert len(names) == 4
    for better, worse in combinations(names, 2):
        found = ids(alike.rank(COOK, standing={worse: 0.2}))
        assert found.index(worse) < found.index(better)
        found = ids(alike.rank(COOK, standing={better: -0.2}))
        assert found.index(worse) < found.index(better)


def test_who_stands_better_never_comes_later(made: Engine):
    plain = ids(made.rank(COOK))
    for name in plain:
        places = [
            ids(made.rank(COOK, standing={name: value})).index(name)
            for value in (-1.0, -0.5, 0.0, 0.5, 1.0)
        ]
        assert places == sorted(places, reverse=True)


def test_two_that_are_far_apart_keep_their_order(made: Engine):
    """The cook is first by far more than standing can bring."""
    against = {one.id: 1.0 for one in HANDMADE} | {"cook": -1.0}
    assert ids(made.rank(COOK))[0] == "cook"
    assert ids(made.rank(COOK, standing=against))[0] == "cook"


def test_levels_reasons_and_totals_stay(made: Engine):
    standing = {one.id: (-1.0) ** number for number, one in enumerate(HANDMADE)}
    plain, moved = made.rank(COOK), made.rank(COOK, standing=standing)
    assert (plain.total, plain.considered, plain.left_out) == (
        moved.total,
        moved.considered,
        moved.left_out,
    )
    before = {one.opportunity: one for one in plain.matches}
    for after in moved.matches:
        assert replace(after, score=0.0) == replace(before[after.opportunity], score=0.0)
    for level in Level:
        limits = Filters(levels=frozenset({level}))
        one = made.rank(COOK, filters=limits)
        other = made.rank(COOK, filters=limits, standing=standing)
        assert set(ids(one)) == set(ids(other))


def test_a_page_holds_what_the_whole_order_says(alike: Engine):
    standing = {ids(alike.rank(COOK))[3]: 1.0}
    whole = ids(alike.rank(COOK, standing=standing))
    paged = [ids(alike.rank(COOK, standing=standing, limit=1, offset=n))[0] for n in range(4)]
    assert paged == whole


@pytest.mark.parametrize("value", [1.01, -2.0, float("nan"), float("inf")])
def test_a_standing_outside_its_range_is_refused(made: Engine, value: float):
    with pytest.raises(ValueError, match="cook"):
        made.rank(COOK, standing={"cook": value})


@given(st.floats(-9, 9), st.floats(-1, 1), st.floats(-1, 1))
def test_a_total_moves_by_little_and_with_the_standing(total: float, one: float, other: float):
    low, high = sorted((one, other))
    worse, better = nudged(total, "a", {"a": low}), nudged(total, "a", {"a": high})
    assert worse <= better
    assert abs(worse - total) <= STANDING + 1e-9
    assert nudged(total, "b", {"a": high}) == total

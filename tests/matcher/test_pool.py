"""Hard facts: each filters on its own, an unknown fact never does, and left_out counts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.places import Places, distance_km
from matcher.pool import Pool, bits_to_slots, slots_to_bits
from matcher.types import (
    DayPart,
    Filters,
    Hours,
    Kind,
    Opportunity,
    Place,
    Profile,
    Requirement,
    Slot,
    Weekday,
)

MON_MORNING: Slot = (Weekday.MON, DayPart.MORNING)
MON_EVENING: Slot = (Weekday.MON, DayPart.EVENING)
SUN_NIGHT: Slot = (Weekday.SUN, DayPart.NIGHT)
ALL_SLOTS = [(day, part) for day in Weekday for part in DayPart]
HEERLEN = Place("Heerlen", "Limburg", 50.8837, 5.9815)
MAASTRICHT = Place("Maastricht", "Limburg", 50.8483, 5.6889)
GRONINGEN = Place("Groningen", "Groningen", 53.2192, 6.5667)
PROFILE = Profile("p")
ANYTHING = Filters()


def passing(
    opportunities: list[Opportunity], profile: Profile = PROFILE, filters: Filters = ANYTHING
) -> tuple[list[str], dict[str, int]]:
    pool = Pool()
    pool.add(opportunities)
    found = pool.passing(profile, filters)
    return [pool.at(int(row)).id for row in found.rows], dict(found.left_out)


def test_without_limits_everything_passes():
    assert passing([Opportunity("a", "x"), Opportunity("b", "y")]) == (["a", "b"], {})


def test_distance():
    near = Opportunity("near", "x", place=MAASTRICHT)
    far = Opportunity("far", "x", place=GRONINGEN)
    unknown = Opportunity("unknown", "x")
    person = replace(PROFILE, place=HEERLEN, travel_km=25)
    assert passing([near, far, unknown], person) == (["near", "unknown"], {"distance": 1})
    assert passing([near], replace(person, travel_km=15))[0] == []
    assert passing([near, far], replace(person, travel_km=None))[0] == ["near", "far"]
    assert passing([near, far], replace(person, place=None))[0] == ["near", "far"]


def test_the_edge_of_the_travel_distance_passes():
    exact = distance_km(HEERLEN, MAASTRICHT)
    person = replace(PROFILE, place=HEERLEN, travel_km=exact + 1e-6)
    assert passing([Opportunity("a", "x", place=MAASTRICHT)], person)[0] == ["a"]


@pytest.mark.parametrize(
    ("offered", "wanted", "passes"),
    [
        (Hours(24, 32), Hours(24, 32), True),
        (Hours(24, 32), Hours(32, 40), True),
        (Hours(24, 32), Hours(16, 24), True),
        (Hours(24, 32), Hours(33, 40), False),
        (Hours(24, 32), Hours(4, 23.5), False),
        (Hours(24, 32), Hours(28, 28), True),
        (None, Hours(40, 40), True),
        (Hours(24, 32), None, True),
    ],
)
def test_hours_pass_where_the_ranges_touch(
    offered: Hours | None, wanted: Hours | None, passes: bool
):
    found, left_out = passing(
        [Opportunity("a", "x", hours=offered)], replace(PROFILE, hours=wanted)
    )
    assert bool(found) is passes
    assert left_out.get("hours", 0) == (0 if passes else 1)


@pytest.mark.parametrize(
    ("offered", "flexible", "passes"),
    [
        ({MON_MORNING}, False, True),
        ({MON_MORNING, MON_EVENING}, False, False),  # Fixed: all must suit.
        ({MON_MORNING, MON_EVENING}, True, True),  # Flexible: one is enough.
        ({MON_EVENING, SUN_NIGHT}, True, False),
        ({SUN_NIGHT}, False, False),
        (set(), False, True),  # Not said.
        (set(), True, True),
    ],
)
def test_day_parts(offered: set[Slot], flexible: bool, passes: bool):
    one = Opportunity("a", "x", day_parts=frozenset(offered), hours_flexible=flexible)
    person = replace(PROFILE, day_parts=frozenset({MON_MORNING}))
    assert bool(passing([one], person)[0]) is passes
    assert passing([one])[0] == ["a"]


def test_kind_field_and_diploma():
    pool = [
        Opportunity("a", "x", kind=Kind.VACANCY, field="home-care", diploma_required=True),
        Opportunity("b", "x", kind=Kind.TRAINEESHIP, field="hospital"),
        Opportunity("c", "x", kind=Kind.COMBINED_FUNCTION),
    ]
    assert passing(pool, filters=Filters(kinds=frozenset({Kind.TRAINEESHIP})))[0] == ["b"]
    # The field of c is not stated, so it is not filtered by it.
    assert passing(pool, filters=Filters(fields=frozenset({"hospital"})))[0] == ["b", "c"]
    assert passing(pool, filters=Filters(fields=frozenset({"moon-base"})))[0] == ["c"]
    assert passing(pool, filters=Filters(without_diploma=True))[0] == ["b", "c"]
    both = Filters(fields=frozenset({"home-care", "hospital"}), without_diploma=True)
    assert passing(pool, filters=both)[0] == ["b", "c"]


@pytest.mark.parametrize(
    ("offered", "flexible", "passes"),
    [
        ({MON_MORNING}, False, True),
        ({MON_MORNING, MON_EVENING}, False, False),  # Fixed: one that does not suit is enough.
        ({MON_MORNING, MON_EVENING}, True, True),  # Flexible: another part remains.
        ({MON_EVENING}, True, False),  # Nothing remains.
        ({MON_EVENING, SUN_NIGHT}, True, False),
        (set(), False, True),  # Not said.
        (set(), True, True),
    ],
)
def test_day_parts_that_somebody_cannot_work(offered: set[Slot], flexible: bool, passes: bool):
    one = Opportunity("a", "x", day_parts=frozenset(offered), hours_flexible=flexible)
    found, left_out = passing([one], filters=Filters(not_parts=frozenset({MON_EVENING, SUN_NIGHT})))
    assert bool(found) is passes
    assert left_out == {"not_parts": 0 if passes else 1}


@pytest.mark.parametrize(
    ("groups", "unwanted", "passes"),
    [
        (("children",), {"children"}, False),
        (("children", "children"), {"children"}, False),
        (("children", "young-people"), {"children"}, True),  # Mixed work stays.
        (("children", "young-people"), {"children", "young-people"}, False),
        (("children", "young-people"), {"children", "young-people", "patients"}, False),
        (("older-people",), {"children"}, True),
        ((), {"children"}, True),  # Not said.
        (("children",), {"martians"}, True),
    ],
)
def test_groups_that_somebody_does_not_want(
    groups: tuple[str, ...], unwanted: set[str], passes: bool
):
    one = Opportunity("a", "x", target_groups=groups)
    other = Opportunity("b", "x", target_groups=("colleagues",))
    found, left_out = passing([one, other], filters=Filters(not_groups=frozenset(unwanted)))
    assert found == (["a", "b"] if passes else ["b"])
    assert left_out == {"not_groups": 0 if passes else 1}


def test_work_and_papers_that_somebody_does_not_want_or_have():
    def asks(identifier: str, *, critical: bool, **what: str) -> Opportunity:
        asked = Requirement("r", "x", critical=critical, **what)  # type: ignore[arg-type]
        return Opportunity(identifier, "x", requirements=(asked, asked))

    pool = [
        asks("washes", critical=True, competence="help-washing-dressing"),
        asks("may wash", critical=False, competence="help-washing-dressing"),
        asks("cooks", critical=True, competence="cook-for-groups"),
        asks("drives", critical=True, gate="driving-licence-b"),
        asks("may drive", critical=False, gate="driving-licence-b"),
        Opportunity("nothing", "x"),
    ]
    everything = [one.id for one in pool]
    washing = Filters(not_competences=frozenset({"help-washing-dressing", "unknown"}))
    assert passing(pool, filters=washing) == (everything[1:], {"not_competences": 1})
    driving = Filters(not_gates=frozenset({"driving-licence-b"}))
    assert passing(pool, filters=driving) == (
        [one for one in everything if one != "drives"],
        {"not_gates": 1},
    )
    # A competence is no gate of the same name.
    same = Filters(not_gates=frozenset({"help-washing-dressing"}))
    assert passing(pool, filters=same)[0] == everything
    both = Filters(not_competences=washing.not_competences, not_gates=driving.not_gates)
    assert passing(pool, filters=both) == (
        ["may wash", "cooks", "may drive", "nothing"],
        {"not_competences": 1, "not_gates": 1},
    )


def test_what_is_unwanted_follows_the_pool():
    pool = Pool()
    unwanted = Filters(not_groups=frozenset({"children"}))
    pool.add([Opportunity("a", "x", target_groups=("children",))])
    assert pool.passing(PROFILE, unwanted).rows.tolist() == []
    pool.remove("a")
    assert dict(pool.passing(PROFILE, unwanted).left_out) == {"not_groups": 0}
    pool.add([Opportunity("a", "x", target_groups=("patients",))])
    assert pool.passing(PROFILE, unwanted).rows.tolist() == [1]
    for number in range(600):
        group = "children" if number % 3 else "patients"
        pool.add([Opportunity(str(number), "x", target_groups=(group,))])
    assert len(pool.passing(PROFILE, unwanted).rows) == 1 + 200


def test_left_out_counts_what_only_that_limit_keeps_away():
    pool = [
        Opportunity("fine", "x", place=HEERLEN, hours=Hours(24, 32)),
        Opportunity("too far", "x", place=GRONINGEN, hours=Hours(24, 32)),
        Opportunity("too long", "x", place=HEERLEN, hours=Hours(36, 40)),
        Opportunity("too far and too long", "x", place=GRONINGEN, hours=Hours(36, 40)),
    ]
    person = replace(PROFILE, place=HEERLEN, travel_km=30, hours=Hours(20, 30))
    found, left_out = passing(pool, person)
    assert (found, left_out) == (["fine"], {"distance": 1, "hours": 1})
    # Loosening that limit alone brings exactly that many back.
    for limit, looser in (
        ("distance", replace(person, travel_km=None)),
        ("hours", replace(person, hours=None)),
    ):
        assert len(passing(pool, looser)[0]) == len(found) + left_out[limit]


def test_the_removed_neither_pass_nor_count():
    pool = Pool()
    pool.add([Opportunity("a", "x", place=GRONINGEN), Opportunity("b", "x", place=HEERLEN)])
    assert pool.remove("a") == 0
    assert pool.remove("a") is None
    person = replace(PROFILE, place=HEERLEN, travel_km=30)
    found = pool.passing(person, Filters())
    assert (found.rows.tolist(), dict(found.left_out)) == ([1], {"distance": 0})
    assert (len(pool), pool.rows, pool.kept().tolist()) == (1, 2, [1])
    assert "a" not in pool
    with pytest.raises(KeyError):
        pool.at(0)
    with pytest.raises(KeyError):
        pool.row("a")


def test_an_id_is_in_the_pool_once():
    pool = Pool()
    pool.add([Opportunity("a", "x")])
    with pytest.raises(ValueError, match="already"):
        pool.add([Opportunity("a", "y")])
    pool.remove("a")
    assert pool.add([Opportunity("a", "y")]).tolist() == [1]


def test_the_pool_grows_and_facts_stay():
    pool = Pool()
    for number in range(700):
        pool.add([Opportunity(str(number), "x", hours=Hours(number % 40 + 1, number % 40 + 1))])
    found = pool.passing(replace(PROFILE, hours=Hours(7, 7)), Filters())
    assert [pool.at(int(row)).id for row in found.rows] == [
        str(number) for number in range(700) if number % 40 == 6
    ]


def test_an_empty_pool_passes_nothing():
    assert passing([], replace(PROFILE, place=HEERLEN, travel_km=1, hours=Hours(1, 2))) == (
        [],
        {"distance": 0, "hours": 0},
    )


def test_distances_agree_with_the_places(places: Places):
    pool = Pool()
    rows = pool.add([Opportunity("a", "x", place=MAASTRICHT), Opportunity("b", "x")])
    found = pool.distances(replace(PROFILE, place=HEERLEN), rows)
    assert found[0] == pytest.approx(distance_km(HEERLEN, MAASTRICHT), abs=1e-9)
    assert math.isnan(found[1])
    assert np.isnan(pool.distances(PROFILE, rows)).all()


@given(st.integers(0, 2**28 - 1))
def test_bits_go_round(bits: int):
    assert slots_to_bits(bits_to_slots(bits)) == bits


@given(st.frozensets(st.sampled_from(ALL_SLOTS)))
def test_slots_go_round(slots: frozenset[Slot]):
    assert bits_to_slots(slots_to_bits(slots)) == slots
    assert slots_to_bits(slots).bit_count() == len(slots)


def test_monday_morning_is_the_first_bit_and_sunday_night_the_last():
    assert slots_to_bits(frozenset({MON_MORNING})) == 1
    assert slots_to_bits(frozenset({SUN_NIGHT})) == 1 << 27
    assert slots_to_bits(frozenset()) == 0


def test_what_somebody_does_not_want_to_see_counts_nowhere() -> None:
    near = Opportunity("near", "x", place=MAASTRICHT)
    far = Opportunity("far", "x", place=GRONINGEN)
    person = replace(PROFILE, place=HEERLEN, travel_km=25)
    without = Filters(left_out=frozenset({"near", "gone"}))
    assert passing([near, far], person, without) == ([], {"distance": 1})
    without = Filters(left_out=frozenset({"far"}))
    assert passing([near, far], person, without) == (["near"], {"distance": 0})

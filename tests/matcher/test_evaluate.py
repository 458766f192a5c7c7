"""The measures on examples worked out by hand, and graded profiles that are refused."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from pathlib import Path

import pytest

from matcher.datafiles import DataFileError
from matcher.evaluate import PROFILES, Figures, GradedProfile, load_profiles, measure
from matcher.types import Opportunity, Profile

A_TO_D = [Opportunity(one, one.upper()) for one in "abcd"]


def graded(identifier: str, **grades: int) -> GradedProfile:
    return GradedProfile(id=identifier, language="nl", skills="x", ambition="y", grades=grades)


def measured(order: Sequence[str], **grades: int) -> Figures:
    return measure([graded("p", **grades)], lambda profile: list(order))


def test_the_ideal_order_scores_one():
    found = measured("abcd", a=2, b=1)
    assert (found.ndcg, found.hit1, found.hit3, found.hit5, found.mrr) == (1, 1, 1, 1, 1)


def test_a_turned_pair():
    # Gains 1 and 3 at places 1 and 2, against 3 and 1.
    found = measured("bacd", a=2, b=1)
    assert found.ndcg == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))
    assert (found.hit1, found.hit3, found.hit5, found.mrr) == (0, 1, 1, 0.5)


def test_the_fourth_place():
    found = measured("bcda", a=2)
    assert found.ndcg == pytest.approx(1 / log2(5))
    assert (found.hit1, found.hit3, found.hit5, found.mrr) == (0, 0, 1, 0.25)


def test_only_grade_two_is_a_hit():
    found = measured("bcda", b=1, a=2)
    assert (found.hit1, found.hit3) == (0, 0)
    assert found.mrr == 0.25
    assert 0 < found.ndcg < 1


def test_what_is_never_found():
    assert measured("bcd", a=2) == Figures(1, 0, 0, 0, 0, 0)
    assert measured("", a=2) == Figures(1, 0, 0, 0, 0, 0)


def test_beyond_the_tenth_place_ndcg_counts_nothing():
    order = [f"x{number}" for number in range(10)]
    found = measured([*order, "a"], a=2)
    assert found.ndcg == 0
    assert found.mrr == pytest.approx(1 / 11)


def test_more_good_ones_than_ten_places():
    grades = {f"x{number}": 2 for number in range(15)}
    assert measured(list(grades), **grades).ndcg == pytest.approx(1.0)


def test_means_over_profiles():
    orders = {"p": ["a", "b"], "q": ["b", "a"]}
    found = measure([graded("p", a=2), graded("q", a=2)], lambda profile: orders[profile.id])
    assert found.count == 2
    assert (found.hit1, found.hit3, found.mrr) == (0.5, 1, 0.75)
    assert found.ndcg == pytest.approx((1 + 1 / log2(3)) / 2)


def test_no_profiles():
    assert measure([], lambda profile: []) == Figures(0, 0, 0, 0, 0, 0)


def test_a_graded_profile_becomes_a_profile_without_its_grades():
    assert graded("p", a=2).profile == Profile("p", "x", "y")


def record(grades: str, identifier: str = "p", language: str = "nl") -> str:
    return (
        f"- id: {identifier}\n  language: {language}\n  skills: Koken\n  ambition: Meer\n"
        f"  grades:\n{grades}"
    )


def test_graded_profiles_are_read(tmp_path: Path):
    file = tmp_path / "profiles.yaml"
    file.write_text(record("    a: 2\n    b: 1\n") + record("    c: 2\n", "q", "en"), "utf-8")
    assert [(one.id, one.grades) for one in load_profiles(file, A_TO_D)] == [
        ("p", {"a": 2, "b": 1}),
        ("q", {"c": 2}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (record("    a: 2\n    nowhere: 1\n"), 7, "grades.nowhere"),
        (record("    a: 2\n    b: 3\n"), 7, "grades.b"),
        (record("    a: 2\n    b: 0\n"), 7, "grades.b"),
        (record("    a: 2\n    b: good\n"), 7, "grades.b"),
        (record("    a: 1\n"), 6, "grades"),
        (record("    {}\n"), 6, "grades"),
        (record("    a: 2\n", language="de"), 2, "language"),
        (record("    a: 2\n") + record("    b: 2\n"), 7, "id"),
    ],
)
def test_bad_grades_are_refused(tmp_path: Path, text: str, line: int, field: str):
    file = tmp_path / "profiles.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as refused:
        load_profiles(file, A_TO_D)
    assert (refused.value.file, refused.value.line, refused.value.field) == (file, line, field)


def test_our_own_profiles(demo: list[Opportunity]):
    found = load_profiles(PROFILES, demo)
    assert len(found) >= 60
    assert {one.language for one in found} == {"nl", "en"}
    assert len({(one.skills, one.ambition) for one in found}) == len(found)
    assert all(one.skills.strip() or one.ambition.strip() for one in found)
    # They speak of many different opportunities, not of a favourite few.
    assert len({name for one in found for name, grade in one.grades.items() if grade == 2}) >= 40

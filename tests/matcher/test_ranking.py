"""The pure parts of the order: spread over employers, ties, small samples, scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking import Spread, coverage_score, spread, spread_over_employers, to_unit
from matcher.types import Reason, Requirement, Status

SCORED = st.lists(
    st.tuples(
        st.floats(-5, 5), st.integers(0, 10_000).map(str), st.sampled_from(["a", "b", "c", None])
    ),
    max_size=30,
    unique_by=lambda one: one[1],
)


def ordered(scored: list[tuple[float, str, str | None]], weight: float = 0.1) -> list[str]:
    return [scored[position][1] for position in spread_over_employers(scored, weight)]


def test_one_employer_does_not_fill_the_first_three_when_others_are_near():
    scored = [
        (1.00, "a1", "linde"),
        (0.99, "a2", "linde"),
        (0.98, "a3", "linde"),
        (0.97, "b1", "maasrust"),
        (0.96, "c1", "geuldal"),
    ]
    assert ordered(scored) == ["a1", "b1", "c1", "a2", "a3"]
    assert ordered(scored, 0.0) == ["a1", "a2", "a3", "b1", "c1"]


def test_others_that_are_far_behind_do_not_come_before():
    scored = [(3.0, "a1", "linde"), (2.9, "a2", "linde"), (0.1, "b1", "maasrust")]
    assert ordered(scored) == ["a1", "a2", "b1"]


def test_ties_go_by_id():
    assert ordered([(1.0, "c", "x"), (1.0, "a", "y"), (1.0, "b", "z")]) == ["a", "b", "c"]
    assert ordered([(1.0, "c", None), (1.0, "a", None), (1.0, "b", None)]) == ["a", "b", "c"]


def test_without_an_employer_each_stands_for_itself():
    scored = [(1.00, "a", None), (0.99, "b", None), (0.98, "c", None), (0.97, "d", "x")]
    assert ordered(scored, 5.0) == ["a", "b", "c", "d"]


@given(SCORED, st.floats(0, 2))
def test_spreading_is_a_permutation_that_keeps_the_order_within_an_employer(
    scored: list[tuple[float, str, str | None]], weight: float
):
    found = spread_over_employers(scored, weight)
    assert sorted(found) == list(range(len(scored)))
    for employer in ("a", "b", "c"):
        own = [scored[position][:2] for position in found if scored[position][2] == employer]
        assert own == sorted(own, key=lambda pair: (-pair[0], pair[1]))


@given(SCORED, st.randoms())
def test_the_order_in_which_they_come_does_not_matter(
    scored: list[tuple[float, str, str | None]], random: object
):
    shuffled = list(scored)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ordered(shuffled) == ordered(scored)


def test_nothing_to_order():
    assert spread_over_employers([], 0.1) == []


def test_a_small_sample_is_drawn_to_the_usual():
    usual = (0.3, 0.1)
    assert spread(np.zeros(0, dtype=np.float32), *usual) == Spread(*usual)
    one = spread(np.array([0.9], dtype=np.float32), *usual)
    many = spread(np.full(1000, 0.9, dtype=np.float32), *usual)
    assert 0.3 < one.middle < 0.5 < many.middle < 0.9
    assert one.deviation > 0.05
    assert many.deviation > 0


def test_a_large_sample_speaks_for_itself():
    sample = np.random.default_rng(1).normal(0.5, 0.2, 20_000).astype(np.float32)
    found = spread(sample, 0.0, 1.0)
    assert found.middle == pytest.approx(0.5, abs=0.02)
    assert found.deviation == pytest.approx(0.2, abs=0.03)
    assert found.standard(np.array([0.7], dtype=np.float32))[0] == pytest.approx(1.0, abs=0.15)


@given(st.floats(-1e4, 1e4), st.floats(0.01, 10))
def test_scores_lie_within_0_and_1_and_keep_the_order(total: float, more: float):
    low, high = to_unit(total), to_unit(total + more)
    assert 0 <= low <= high <= 1
    if total > -10 and total + more < 10:
        assert low < high


def reason(strength: float, *, critical: bool = False, legal: bool = False) -> Reason:
    asked = Requirement("r", "x", critical=critical, legal=legal)
    return Reason(asked, Status.PARTLY, None, strength)


def test_coverage_weighs_the_critical_double_and_leaves_gates_out():
    assert coverage_score([reason(0.3, critical=True), reason(0.6)]) == pytest.approx(0.4)
    assert coverage_score([reason(0.3), reason(1.0, legal=True)]) == pytest.approx(0.3)
    assert coverage_score([reason(0.0, legal=True)]) is None
    assert coverage_score([]) is None

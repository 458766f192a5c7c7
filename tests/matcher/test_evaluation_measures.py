"""The measures on examples worked out by hand, and intervals that mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
import pytest

from matcher.evaluation.measures import Interval, Scores, interval, measure


def measured(order: Sequence[str], **grades: int) -> tuple[float, ...]:
    """nDCG@10, hit@1, hit@3 and MRR of one order."""
    found = measure([grades], [order])
    return tuple(float(one[0]) for one in (found.ndcg, found.hit1, found.hit3, found.mrr))


def test_the_ideal_order_scores_one():
    assert measured("abcd", a=2, b=1) == (1, 1, 1, 1)


def test_a_turned_pair():
    # Gains 1 and 3 at places 1 and 2, against 3 and 1.
    ndcg = (1 + 3 / log2(3)) / (3 + 1 / log2(3))
    assert measured("bacd", a=2, b=1) == (pytest.approx(ndcg), 0, 1, 0.5)


def test_the_fourth_place():
    assert measured("bcda", a=2) == (pytest.approx(1 / log2(5)), 0, 0, 0.25)


def test_only_grade_two_is_a_hit():
    ndcg, hit1, hit3, mrr = measured("bcda", b=1, a=2)
    assert (hit1, hit3, mrr) == (0, 0, 0.25)
    assert 0 < ndcg < 1


def test_what_is_never_found():
    assert measured("bcd", a=2) == (0, 0, 0, 0)
    assert measured("", a=2) == (0, 0, 0, 0)


def test_beyond_the_tenth_place_ndcg_counts_nothing():
    order = [f"x{number}" for number in range(10)]
    assert measured([*order, "a"], a=2) == (0, 0, 0, pytest.approx(1 / 11))


def test_more_good_ones_than_ten_places():
    grades = {f"x{number}": 2 for number in range(15)}
    assert measured(list(grades), **grades)[0] == pytest.approx(1.0)


def test_one_number_per_profile_in_their_order():
    found = measure([{"a": 2}, {"b": 2}, {"a": 2}], ["ab", "ab", "cba"])
    assert found.hit1.tolist() == [1, 0, 0]
    assert found.mrr.tolist() == pytest.approx([1, 1 / 2, 1 / 3])
    assert found.ndcg.tolist() == pytest.approx([1, 1 / log2(3), 1 / log2(4)])


def test_no_profiles():
    found = measure([], [])
    assert isinstance(found, Scores)
    assert [one.shape for one in (found.ndcg, found.hit1, found.hit3, found.mrr)] == [(0,)] * 4


def test_as_many_orders_as_grades():
    with pytest.raises(ValueError, match="shorter"):
        measure([{"a": 2}, {"b": 2}], ["ab"])


def test_the_interval_is_about_the_mean_and_always_the_same():
    values = np.random.default_rng(1).normal(0.5, 0.2, 100)
    found = interval(values)
    assert found.mean == pytest.approx(values.mean())
    assert found.low < found.mean < found.high
    # The usual formula: 1.96 standard errors to either side.
    error = values.std() / 10
    assert found.low == pytest.approx(found.mean - 1.96 * error, abs=0.3 * error)
    assert found.high == pytest.approx(found.mean + 1.96 * error, abs=0.3 * error)
    assert interval(values) == found


def test_more_profiles_are_surer():
    few, many = (np.tile([0.0, 1.0], count) for count in (5, 500))
    assert interval(few).high - interval(few).low > 5 * (interval(many).high - interval(many).low)


def test_equal_values_leave_no_doubt():
    assert interval(np.full(20, 0.25)) == Interval(0.25, 0.25, 0.25)


def test_a_paired_difference_is_surer_than_two_intervals():
    base = np.random.default_rng(2).random(50)
    # Every profile gains the same: the gain is certain, though the means are not.
    found = interval((base + 0.1) - base)
    assert (found.low, found.high) == (pytest.approx(0.1), pytest.approx(0.1))


def test_an_interval_of_nothing():
    found = interval(np.array([]))
    assert all(np.isnan([found.mean, found.low, found.high]))

"""An array that grows holds what a list would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.growing import Growing


@given(st.lists(st.lists(st.integers(0, 255), max_size=90), max_size=8))
def test_it_holds_what_a_list_would(parts: list[list[int]]):
    grown, expected = Growing(np.uint8), []
    for part in parts:
        grown.extend(np.array(part, dtype=np.uint8))
        expected += part
        assert len(grown) == len(expected)
        assert grown.values.tolist() == expected


def test_rows_of_a_width():
    grown = Growing(np.int16, 3)
    assert grown.values.shape == (0, 3)
    for number in range(200):
        grown.extend(np.full((1, 3), number, dtype=np.int16))
    assert (grown.values.shape, grown.values.dtype) == ((200, 3), np.int16)
    assert (grown.values == np.arange(200)[:, None]).all()
    with pytest.raises(ValueError, match="broadcast"):
        grown.extend(np.zeros((2, 4), dtype=np.int16))


def test_the_kind_of_number_stays():
    grown = Growing(np.float16)
    grown.extend(np.array([0.1, 1e-3]))
    assert grown.values.dtype == np.float16
    assert grown.bytes == 2 * 64  # room for more than was asked


def test_room_is_a_quarter_more_at_most_and_grows_seldom():
    grown = Growing(np.int64)
    rooms = set()
    for number in range(20_000):
        grown.extend(np.array([number]))
        rooms.add(grown.bytes)
        assert 8 * len(grown) <= grown.bytes <= max(8 * 64, 8 * 1.26 * len(grown))
    assert len(rooms) < 40


def test_replace_holds_a_copy_of_its_own():
    grown = Growing(np.int32)
    grown.extend(np.arange(100, dtype=np.int32))
    other = np.array([5, 6], dtype=np.int32)
    grown.replace(other)
    other[0] = 9
    assert grown.values.tolist() == [5, 6]
    grown.extend(np.array([7]))
    assert grown.values.tolist() == [5, 6, 7]


def test_replaced_by_its_own_values_in_another_order():
    grown = Growing(np.int32)
    grown.extend(np.arange(5, dtype=np.int32))
    grown.replace(grown.values[::-1])
    assert grown.values.tolist() == [4, 3, 2, 1, 0]
    grown.replace(grown.values[:0])
    assert len(grown) == 0
    assert grown.values.tolist() == []

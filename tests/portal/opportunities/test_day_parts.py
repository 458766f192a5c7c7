import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.opportunities.day_parts import ALL, DAYS, PARTS, from_mask, to_mask

SLOTS = st.sets(st.tuples(st.sampled_from(DAYS), st.sampled_from(PARTS)))


@given(SLOTS)
def test_there_and_back(slots) -> None:
    assert set(from_mask(to_mask(slots))) == slots


def test_bits_are_in_the_order_of_the_week() -> None:
    assert to_mask([("mon", "morning")]) == 1
    assert to_mask([("tue", "morning")]) == 16
    assert to_mask([("sun", "night")]) == 1 << 27
    assert to_mask((day, part) for day in DAYS for part in PARTS) == ALL == 2**28 - 1


def test_what_is_no_day_part_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        to_mask([("zaterdag", "morning")])
    for mask in (-1, ALL + 1):
        with pytest.raises(ValueError, match="day parts"):
            from_mask(mask)

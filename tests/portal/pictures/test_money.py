"""Pay on a scale, and what it comes to for a part of the week."""

import pytest

from portal.pictures import part_time, pay


def test_pay_stands_where_it_belongs() -> None:
    drawn = pay(2500, 3000, (2000, 4000))
    assert (drawn.x, drawn.width) == (25, 25)
    assert [(mark.x, mark.amount) for mark in drawn.marks] == [
        (0, 2000),
        (25, 2500),
        (50, 3000),
        (75, 3500),
        (100, 4000),
    ]


@pytest.mark.parametrize("low", range(2300, 6000, 370))
def test_it_stays_on_the_scale(low) -> None:
    drawn = pay(low, low + 380, (2300, 6380))
    assert 0 <= drawn.x < drawn.x + drawn.width <= 100
    assert all(0 <= mark.x <= 100 for mark in drawn.marks)
    for one, other in zip(drawn.marks, drawn.marks[1:], strict=False):
        assert other.x - one.x > 20  # their words stay apart on a telephone


@pytest.mark.parametrize(
    ("low", "high", "region"),
    [
        (None, None, (2000, 4000)),
        (0, 0, (2000, 4000)),
        (2500, None, (2000, 4000)),
        (2500, 3000, None),
        (450, 600, (2300, 6380)),
    ],
)
def test_what_is_unpaid_or_unknown_is_not_drawn(low, high, region) -> None:
    assert pay(low, high, region) is None


@pytest.mark.parametrize(
    ("hours", "agreement", "found"),
    [
        ((24, 24), "VVT", (1570, 1850)),
        ((24, 28), "VVT", (1570, 2160)),
        ((24, 24), None, (1570, 1850)),
        ((19, 19), "Huisartsenzorg", (1180, 1390)),
        ((24, 40), "VVT", (1570, 2780)),
        ((36, 36), "VVT", None),
        ((24, 24), "Iets wat wij niet kennen", None),
        ((None, None), "VVT", None),
    ],
)
def test_part_of_a_week(hours, agreement, found) -> None:
    assert part_time((2350, 2780), hours, agreement) == found


def test_no_pay_is_no_part_of_it() -> None:
    assert part_time((None, None), (24, 24), "VVT") is None
    assert part_time((0, 0), (24, 24), "VVT") is None

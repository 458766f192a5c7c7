"""The bar of requirements: nothing lies over anything else, and wide means important."""

from dataclasses import dataclass

import pytest

from portal.pictures.coverage import IMPORTANT, coverage


@dataclass(frozen=True)
class Asked:
    status: str = "met"
    legal: bool = False
    critical: bool = False


@pytest.mark.parametrize("count", [1, 2, 7, 13, 40])
def test_segments_fill_the_width_and_do_not_overlap(count) -> None:
    drawn = coverage([Asked(critical=number % 3 == 0) for number in range(count)])
    assert drawn.total == count
    assert drawn.segments[0].x == 0
    assert drawn.segments[-1].x + drawn.segments[-1].width == pytest.approx(100, abs=0.02)
    for one, other in zip(drawn.segments, drawn.segments[1:], strict=False):
        assert one.width > 0
        assert one.x + one.width < other.x


def test_they_keep_their_order() -> None:
    asked = [Asked("not_shown"), Asked("met"), Asked("partly")]
    assert [one.reason for one in coverage(asked).segments] == asked


def test_important_is_wider_and_the_law_is_not() -> None:
    usual, important, legal = coverage(
        [Asked(), Asked(critical=True), Asked(critical=True, legal=True)]
    ).segments
    assert important.width / usual.width == pytest.approx(IMPORTANT, abs=0.01)
    assert legal.width == usual.width


def test_statuses_are_counted() -> None:
    drawn = coverage([Asked("met"), Asked("met"), Asked("partly"), Asked("not_shown")])
    assert (drawn.met, drawn.partly, drawn.not_shown) == (2, 1, 1)


def test_many_are_drawn_small() -> None:
    assert not coverage([Asked()] * 8).tight
    assert coverage([Asked()] * 20).tight


def test_nothing_asked() -> None:
    assert coverage([]).segments == ()

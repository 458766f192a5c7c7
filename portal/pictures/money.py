"""Pay as a stretch of a scale, and what it comes to for a part of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

USUAL_WEEK: Final = 36.0
"""Hours of a full-time week where no collective agreement is named: that of care and welfare."""

# Each agreement's own article on working hours. An agreement that is not here gets no sum made
# for it, rather than a wrong one.
FULL_TIME: Final[Mapping[str, float]] = {
    "Ambulancezorg": 36.0,
    "Apotheken": 36.0,
    "Gehandicaptenzorg": 36.0,
    "GGZ": 36.0,
    "Huisartsenzorg": 38.0,
    "Jeugdzorg": 36.0,
    "Kinderopvang": 36.0,
    "Kraamzorg": 36.0,
    "Metaal en Techniek": 38.0,
    "Sociaal Werk": 36.0,
    "VVT": 36.0,
    "Ziekenhuizen": 36.0,
}
_STEP: Final = 500  # euro; the scale begins and ends at a round amount
_MARKS: Final = (500, 1000, 2000, 5000, 10_000)
_SPACES: Final = 4  # between marks; with more their words touch on a telephone
_NEAREST: Final = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A round amount on the scale; x in percent."""

    x: float
    amount: int


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay a month at full time on the scale of the region; x and width in percent."""

    low: int
    high: int
    x: float
    width: float
    marks: tuple[Mark, ...]
    region_low: int
    region_high: int


def pay(low: int | None, high: int | None, region: tuple[int, int] | None) -> Pay | None:
    """Draw pay from `low` to `high` among the lowest and the highest of the region.

    None for what is unpaid or unknown, and where there is nothing to compare with.
    """
    if not low or not high or region is None or region[0] > low or region[1] < high:
        return None
    begin = region[0] // _STEP * _STEP
    end = max(-(-region[1] // _STEP) * _STEP, begin + _STEP)

    def percent(amount: int) -> float:
        return round(100 * (amount - begin) / (end - begin), 2)

    every = next((one for one in _MARKS if (end - begin) / one <= _SPACES), _MARKS[-1])
    first = -(-begin // every) * every
    return Pay(
        low=low,
        high=high,
        x=percent(low),
        width=round(percent(high) - percent(low), 2),
        marks=tuple(Mark(percent(one), one) for one in range(first, end + 1, every)),
        region_low=region[0],
        region_high=region[1],
    )


def full_time(agreement: str | None) -> float | None:
    """Hours of a full-time week under a collective agreement; None where we do not know."""
    return FULL_TIME.get(agreement) if agreement else USUAL_WEEK


def part_time(
    pay: tuple[int | None, int | None],
    hours: tuple[float | None, float | None],
    agreement: str | None,
) -> tuple[int, int] | None:
    """What full-time pay comes to for these hours, in tens of euro.

    None where that is not known, or where these hours are the whole week.
    """
    (low, high), (least, most), week = pay, hours, full_time(agreement)
    if not low or not high or least is None or most is None or week is None or least >= week:
        return None
    return _rounded(low * least / week), _rounded(high * min(most, week) / week)


def _rounded(amount: float) -> int:
    return round(amount / _NEAREST) * _NEAREST

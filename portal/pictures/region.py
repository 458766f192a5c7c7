"""A small map of the region: places and distances, and nothing that we do not know.

Equirectangular, with the north up: over the size of a region that is true enough to compare
distances by eye. Dots that would cover each other are moved apart by a few units.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from portal.pictures.labels import Box, Label, circle, on_line, place, text_box

WIDTH: Final = 320
"""Units of the box; about as many pixels on a telephone, so that letters keep their size."""
_HIGHEST, _LOWEST = 380.0, 220.0
_ASIDE, _ABOVE = 40.0, 36.0  # room for names around the outermost places
_SMALL, _CHOSEN, _LARGE, _PIN = 4.0, 8.0, 13.0, 6.0  # radius of a dot
_HOME: Final = 10.0
_KM_PER_DEGREE: Final = 6371.0088 * math.pi / 180
_ROUND: Final = (1, 2, 5, 10, 20, 40, 80)
_LEAST_KM: Final = 8.0  # a single place is not the whole world
_APART: Final = 1.5
_OWN: Final = 2.5  # room that a name leaves around dots that are not its own
_RINGS, _TURNS, _LEAST_RING = 3, 24, 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with something on offer; `numbers` are those of the cards that it is about."""

    name: str
    latitude: float
    longitude: float
    count: int = 1
    numbers: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    km: float | None = None
    url: str = ""
    chosen: bool = False

    @property
    def label(self) -> str:
        """What stands beside the dot."""
        return f"{self.first_numbers} {self.name}" if self.numbers else self.name

    @property
    def first_numbers(self) -> str:
        """The numbers of the cards; of many only the first."""
        shown = ", ".join(str(number) for number in self.numbers[:3])
        return shown + (" …" if len(self.numbers) > 3 else "")


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map, with its name if there was room."""

    spot: Spot
    x: float
    y: float
    r: float
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A distance from home: the radius on the map, where its words stand, and what is within."""

    km: int
    r: float
    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A bar of so many kilometres, and how long that is on the map."""

    km: int
    length: float


@dataclass(frozen=True, slots=True)
class RegionMap:
    """Where everything stands. With a home there are rings around it, without one a scale."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    home: Home | None
    at_home: tuple[float, float] | None
    home_label: Label | None
    rings: tuple[Ring, ...]
    scale: Scale | None
    ground: str
    per_km: float

    @property
    def count(self) -> int:
        """How much there is altogether."""
        return sum(dot.spot.count for dot in self.dots)

    @property
    def by_count(self) -> list[Spot]:
        """The places with the most first; the same number by name."""
        return sorted((dot.spot for dot in self.dots), key=lambda one: (-one.count, one.name))

    @property
    def by_distance(self) -> list[Spot]:
        """The nearest places first; those whose distance is not known by number."""
        return sorted(self.by_count, key=lambda one: (one.km is None, one.km or 0.0))


def numbered(
    home: Home | None, cards: Iterable[tuple[int, str, str, float, float, float | None]]
) -> RegionMap:
    """Draw numbered cards: (number, title, place, latitude, longitude, km). One dot a place."""
    spots: dict[str, Spot] = {}
    for number, title, name, latitude, longitude, km in cards:
        known = spots.get(name)
        if known is None:
            known = Spot(name=name, latitude=latitude, longitude=longitude, count=0, km=km)
        spots[name] = replace(
            known,
            count=known.count + 1,
            numbers=(*known.numbers, number),
            titles=(*known.titles, title),
        )
    return region(list(spots.values()), home)


def region(spots: Sequence[Spot], home: Home | None = None) -> RegionMap:
    """Draw places with the distances from home, or just the places where home is far away."""
    if home is not None:
        spots = [one if one.km is not None else replace(one, km=_km(home, one)) for one in spots]
        if max((one.km or 0.0 for one in spots), default=0.0) > _ROUND[-1]:
            home = None
    frame = _fitted([*spots, home] if home is not None else spots)
    at_home = frame.at(home) if home is not None else None
    placed = _apart(
        [_dot(one, spots, frame) for one in spots],
        at_home,
        frame.height,
    )
    rings = _rings(at_home, frame, placed) if at_home is not None else ()
    dots, home_label = _named(placed, rings, frame.height, home, at_home)
    return RegionMap(
        width=WIDTH,
        height=round(frame.height),
        dots=tuple(dots),
        home=home,
        at_home=at_home,
        home_label=home_label,
        rings=rings,
        scale=None if home is not None else _scale(frame.per_km),
        ground=_hull([(dot.x, dot.y) for dot in placed]),
        per_km=frame.per_km,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become units of the map: its middle, units for a kilometre, its height."""

    latitude: float
    longitude: float
    per_km: float
    height: float

    def at(self, place: Spot | Home) -> tuple[float, float]:
        """Where a place is on the map."""
        east = (place.longitude - self.longitude) * math.cos(math.radians(self.latitude))
        north = place.latitude - self.latitude
        unit = self.per_km * _KM_PER_DEGREE
        return WIDTH / 2 + east * unit, self.height / 2 - north * unit


def _km(home: Home, spot: Spot) -> float:
    north = spot.latitude - home.latitude
    middle = math.radians((spot.latitude + home.latitude) / 2)
    east = (spot.longitude - home.longitude) * math.cos(middle)
    return math.hypot(north, east) * _KM_PER_DEGREE


def _fitted(places: Sequence[Spot | Home]) -> _Frame:
    """The frame that holds all places, with room for names around them."""
    latitudes = [one.latitude for one in places] or [0.0]
    longitudes = [one.longitude for one in places] or [0.0]
    middle = (max(latitudes) + min(latitudes)) / 2
    tall = (max(latitudes) - min(latitudes)) * _KM_PER_DEGREE
    wide = (max(longitudes) - min(longitudes)) * _KM_PER_DEGREE * math.cos(math.radians(middle))
    per_km = min(
        (WIDTH - 2 * _ASIDE) / max(wide, _LEAST_KM), (_HIGHEST - 2 * _ABOVE) / max(tall, _LEAST_KM)
    )
    height = max(_LOWEST, tall * per_km + 2 * _ABOVE)
    return _Frame(middle, (max(longitudes) + min(longitudes)) / 2, per_km, height)


def _dot(spot: Spot, spots: Sequence[Spot], frame: _Frame) -> Dot:
    most = max(one.count for one in spots)
    # The surface tells how many, so that twice as many looks like twice as many.
    radius = _PIN if spot.numbers else max(_SMALL, _LARGE * math.sqrt(spot.count / max(most, 1)))
    if spot.chosen:
        radius = max(radius, _CHOSEN)
    return Dot(spot, *frame.at(spot), radius)


def _apart(dots: list[Dot], home: tuple[float, float] | None, height: float) -> list[Dot]:
    """Move dots that cover each other, or home, apart; what is at home lies around it."""
    circles = [(dot.x, dot.y, dot.r) for dot in dots]
    fixed: set[int] = set()
    if home is not None:
        for i, (x, y, r) in enumerate(circles):
            if not fixed and math.hypot(x - home[0], y - home[1]) < _SMALL:
                circles[i] = (*home, max(r, _HOME + _SMALL))
                fixed.add(i)
        if not fixed:
            fixed.add(len(circles))
            circles.append((*home, _HOME))
    for _round in range(80):
        moved = False
        for i, j in combinations(range(len(circles)), 2):
            far, x, y = _push(circles[i], circles[j], number=j)
            if far and not {i, j} <= fixed:
                moved = True
                share = 1.0 if {i, j} & fixed else 0.5
                for k, sign in ((i, -1), (j, 1)):
                    if k not in fixed:
                        at = circles[k]
                        step = sign * share * (far + 0.02)
                        circles[k] = (at[0] + step * x, at[1] + step * y, at[2])
        circles = [one if i in fixed else _within(one, height) for i, one in enumerate(circles)]
        if not moved:
            break
    return [
        replace(dot, x=round(x, 1), y=round(y, 1), r=round(r, 1))
        for dot, (x, y, r) in zip(dots, circles, strict=False)
    ]


def _within(one: tuple[float, float, float], height: float) -> tuple[float, float, float]:
    x, y, r = one
    return min(max(x, r + 2), WIDTH - r - 2), min(max(y, r + 2), height - r - 2), r


def _push(
    one: tuple[float, float, float], other: tuple[float, float, float], number: int
) -> tuple[float, float, float]:
    """How much nearer two circles are than they should, and the way from `one` to `other`."""
    x, y = other[0] - one[0], other[1] - one[1]
    need, far = one[2] + other[2] + _APART, math.hypot(x, y)
    if far >= need:
        return 0.0, 0.0, 0.0
    if far < 1e-6:  # on the same spot any way is as good
        return need, math.cos(number * 2.4), math.sin(number * 2.4)
    return need - far, x / far, y / far


def _rings(home: tuple[float, float], frame: _Frame, dots: list[Dot]) -> tuple[Ring, ...]:
    """Up to three distances around home, the words of each where there is room on its line."""
    inside = _inside(frame.height)
    taken = [circle(dot.x, dot.y, dot.r) for dot in dots]
    taken += [circle(*home, _HOME), _north()]
    found: list[Ring] = []
    for km in reversed(_ROUND):
        r = km * frame.per_km
        if r < _LEAST_RING or len(found) == _RINGS:
            break
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            x, y = home[0] + r * math.sin(angle), home[1] - r * math.cos(angle)
            box = text_box(f"{km} km", x, y)
            if box.inside(inside) and not any(box.touches(other) for other in taken):
                within = sum(dot.spot.count for dot in dots if (dot.spot.km or 0.0) <= km)
                found.insert(0, Ring(km, round(r, 1), round(x, 1), round(y, 1), within))
                taken.append(box)
                break
    return tuple(found)


def _inside(height: float) -> Box:
    """Where names may stand."""
    return Box(3, 3, WIDTH - 3, height - 3)


def _north() -> Box:
    """The corner that shows where the north is."""
    return Box(WIDTH - 26, 0, WIDTH, 36)


def _scale(per_km: float) -> Scale:
    fitting = [km for km in _ROUND if km * per_km <= WIDTH / 3]
    km = fitting[-1] if fitting else _ROUND[0]
    return Scale(km, round(km * per_km, 1))


def _named(
    dots: list[Dot],
    rings: tuple[Ring, ...],
    height: float,
    home: Home | None,
    at_home: tuple[float, float] | None,
) -> tuple[list[Dot], Label | None]:
    """Give each dot its name where there is room, those with the most first."""
    inside = _inside(height)
    taken = [_north()]
    taken += [text_box(f"{ring.km} km", ring.x, ring.y) for ring in rings]
    home_label = None
    if home is not None and at_home is not None:
        taken.append(circle(*at_home, _HOME))
        # Where something is on offer there, the dot beside it already has the name.
        if all(dot.spot.name != home.name for dot in dots):
            around = [circle(dot.x, dot.y, dot.r + _OWN) for dot in dots]
            home_label = place(home.name, (*at_home, _HOME), taken + around, inside)
        if home_label is not None:
            taken.append(home_label.box)
    else:
        taken.append(Box(0, height - 34, WIDTH / 2, height))  # the scale
    labels: dict[str, Label] = {}
    for dot in sorted(dots, key=lambda one: (not one.spot.chosen, -one.spot.count, one.spot.name)):
        # A name stands nearer to its own dot than to any other.
        around = [circle(o.x, o.y, o.r + (_OWN if o is not dot else 0)) for o in dots]
        found = place(dot.spot.label, (dot.x, dot.y, dot.r), taken + around, inside)
        if found is not None:
            labels[dot.spot.name] = found
            taken += [found.box, *on_line(found.line or ())]
    return [replace(dot, label=labels.get(dot.spot.name)) for dot in dots], home_label


def _hull(points: list[tuple[float, float]]) -> str:
    """The outline around all places, as points of a polygon: the soft ground below them."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return " ".join(f"{x:g},{y:g}" for x, y in ordered)

    def half(some: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        line: list[tuple[float, float]] = []
        for point in some:
            while len(line) >= 2 and _turn(line[-2], line[-1], point) <= 0:
                line.pop()
            line.append(point)
        return line[:-1]

    return " ".join(f"{x:g},{y:g}" for x, y in half(ordered) + half(reversed(ordered)))


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

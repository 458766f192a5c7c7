"""The opportunities that are there now, with their hard facts as arrays.

Hard facts filter: distance, hours, day parts, kind, field, diploma, and the target groups,
competences and gates that somebody does not want or have. They are held as columns and lists of
rows, so that a hundred thousand opportunities are filtered in a millisecond or two. An
opportunity that does not state a fact is not filtered by it.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.types import DayPart, Filters, Hours, Opportunity, Profile, Slot, Weekday

Mask = npt.NDArray[np.bool_]
_EARTH_KM = 6371.0088
_DAYS = {day: number for number, day in enumerate(Weekday)}
_PARTS = {part: number for number, part in enumerate(DayPart)}

_FACTS = np.dtype(
    [
        ("alive", np.bool_),
        ("latitude", np.float64),
        ("longitude", np.float64),
        ("low", np.float32),
        ("high", np.float32),
        ("slots", np.uint32),
        ("flexible", np.bool_),
        ("kind", np.int32),
        ("field", np.int32),
        ("diploma", np.bool_),
        ("groups", np.uint8),
    ]
)


def slots_to_bits(slots: frozenset[Slot]) -> int:
    """Day parts as 28 bits: bit `weekday * 4 + part`, Monday morning first."""
    return sum(1 << (_DAYS[day] * len(_PARTS) + _PARTS[part]) for day, part in slots)


def bits_to_slots(bits: int) -> frozenset[Slot]:
    """The day parts of 28 bits; the other way round from `slots_to_bits`."""
    return frozenset(
        (day, part)
        for day in Weekday
        for part in DayPart
        if bits & slots_to_bits({(day, part)})  # type: ignore[arg-type]
    )


class _RowsByWord:
    """Which rows hold a word, such as a competence. Any number of words, four bytes a row.

    A removed row stays in the lists: it is never given again, and nothing dead passes.
    """

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}

    def add(self, words: Iterable[str], row: int) -> None:
        for word in words:
            self._rows.setdefault(word, array("i")).append(row)

    def of(self, words: Iterable[str]) -> npt.NDArray[np.int32]:
        """The rows of some words one after another: once per word that a row holds."""
        found = [np.frombuffer(self._rows[one], np.int32) for one in words if one in self._rows]
        return np.concatenate(found) if found else np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Passing:
    """Which rows pass every limit, and how many only one limit keeps away."""

    rows: npt.NDArray[np.int64]
    left_out: Mapping[str, int]


class Pool:
    """Opportunities by row. A row is given once; a removed one stays empty until `compact`."""

    def __init__(self) -> None:
        self._facts = np.zeros(0, dtype=_FACTS)
        self._size = 0
        self._items: list[Opportunity | None] = []
        self._row_of: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._groups = _RowsByWord()
        self._competences = _RowsByWord()
        self._gates = _RowsByWord()

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._row_of

    @property
    def rows(self) -> int:
        """Rows given out, empty ones included."""
        return self._size

    def add(self, opportunities: Sequence[Opportunity]) -> npt.NDArray[np.int64]:
        """Give each opportunity a row and return the rows.

        Raises:
            ValueError: an id is there already.
        """
        self._reserve(len(opportunities))
        first = self._size
        for opportunity in opportunities:
            if opportunity.id in self._row_of:
                raise ValueError(f"'{opportunity.id}' is in the pool already")
            self._facts[self._size] = self._facts_of(opportunity)
            needed = [one for one in opportunity.requirements if one.critical]
            self._groups.add(set(opportunity.target_groups), self._size)
            self._competences.add({one.competence for one in needed if one.competence}, self._size)
            self._gates.add({one.gate for one in needed if one.gate}, self._size)
            self._row_of[opportunity.id] = self._size
            self._items.append(opportunity)
            self._size += 1
        return np.arange(first, self._size, dtype=np.int64)

    def remove(self, identifier: str) -> int | None:
        """Empty the row of an opportunity and return it; None when it is not there."""
        row = self._row_of.pop(identifier, None)
        if row is not None:
            self._facts["alive"][row] = False
            self._items[row] = None
        return row

    def at(self, row: int) -> Opportunity:
        """The opportunity in a row.

        Raises:
            KeyError: the row is empty.
        """
        found = self._items[row]
        if found is None:
            raise KeyError(row)
        return found

    def row(self, identifier: str) -> int:
        """The row of an opportunity.

        Raises:
            KeyError: it is not in the pool.
        """
        return self._row_of[identifier]

    def kept(self) -> npt.NDArray[np.int64]:
        """The rows that are not empty, in order."""
        return np.flatnonzero(self._facts["alive"][: self._size]).astype(np.int64)

    def passing(self, profile: Profile, filters: Filters) -> Passing:
        """Apply the limits of a profile and of the visitor's filters."""
        facts = self._facts[: self._size]
        limits = self._limits(profile, filters, facts)
        failures = np.zeros(self._size, dtype=np.int16)
        for passed in limits.values():
            failures += ~passed
        # Many failures: no single limit keeps these away.
        failures[[self._row_of[one] for one in filters.left_out if one in self._row_of]] = 99
        alive = facts["alive"]
        left_out = {
            name: int(np.count_nonzero(alive & ~passed & (failures == 1)))
            for name, passed in limits.items()
        }
        return Passing(np.flatnonzero(alive & (failures == 0)).astype(np.int64), left_out)

    def distances(self, profile: Profile, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Kilometres to each row, nan where a place is not known."""
        if profile.place is None:
            return np.full(len(rows), np.nan)
        return _distances(profile, self._facts[rows])

    def _limits(
        self, profile: Profile, filters: Filters, facts: npt.NDArray[Any]
    ) -> dict[str, Mask]:
        """Per limit that applies: which rows pass it."""
        limits: dict[str, Mask] = {}
        if profile.place is not None and profile.travel_km is not None:
            distance = _distances(profile, facts)
            limits["distance"] = np.isnan(distance) | (distance <= profile.travel_km)
        if profile.hours is not None:
            limits["hours"] = _hours_pass(profile.hours, facts)
        if profile.day_parts:
            wanted = np.uint32(slots_to_bits(profile.day_parts))
            # Fixed day parts must all suit; flexible ones need one in common.
            fixed = (facts["slots"] & ~wanted) == 0
            some = (facts["slots"] & wanted) != 0
            limits["day_parts"] = (facts["slots"] == 0) | np.where(facts["flexible"], some, fixed)
        if filters.kinds:
            limits["kind"] = np.isin(facts["kind"], self._known_codes(filters.kinds))
        if filters.fields:
            limits["field"] = np.isin(facts["field"], self._known_codes({*filters.fields, ""}))
        if filters.without_diploma:
            limits["diploma"] = ~facts["diploma"]
        return limits | self._unwanted(filters, facts)

    def _unwanted(self, filters: Filters, facts: npt.NDArray[Any]) -> dict[str, Mask]:
        """Per thing that somebody does not want or have: which rows do without it."""
        limits: dict[str, Mask] = {}
        if filters.not_parts:
            not_these = np.uint32(slots_to_bits(filters.not_parts))
            slots = facts["slots"]
            free, left = (slots & not_these) == 0, (slots & ~not_these) != 0
            limits["not_parts"] = free | (facts["flexible"] & left)
        if filters.not_groups:
            # Work for others as well stays: one meets them there, and not only the unwanted.
            hits = np.bincount(self._groups.of(filters.not_groups), minlength=self._size)
            limits["not_groups"] = (facts["groups"] == 0) | (hits < facts["groups"])
        for name, rows, words in (
            ("not_competences", self._competences, filters.not_competences),
            ("not_gates", self._gates, filters.not_gates),
        ):
            if words:
                limits[name] = np.ones(self._size, dtype=np.bool_)
                limits[name][rows.of(words)] = False
        return limits

    def _facts_of(self, opportunity: Opportunity) -> tuple[Any, ...]:
        place, hours = opportunity.place, opportunity.hours
        return (
            True,
            place.latitude if place else math.nan,
            place.longitude if place else math.nan,
            hours.low if hours else math.nan,
            hours.high if hours else math.nan,
            slots_to_bits(opportunity.day_parts),
            opportunity.hours_flexible,
            self._code(opportunity.kind),
            self._code(opportunity.field or ""),
            opportunity.diploma_required,
            len(set(opportunity.target_groups)),
        )

    def _code(self, word: str) -> int:
        return self._codes.setdefault(word, len(self._codes))

    def _known_codes(self, words: Iterable[str]) -> list[int]:
        return [self._codes[word] for word in words if word in self._codes]

    def _reserve(self, more: int) -> None:
        needed = self._size + more
        if needed > len(self._facts):
            grown = np.zeros(max(needed, 2 * len(self._facts), 256), dtype=_FACTS)
            grown[: self._size] = self._facts[: self._size]
            self._facts = grown


def _hours_pass(wanted: Hours, facts: npt.NDArray[Any]) -> Mask:
    low, high = facts["low"], facts["high"]
    passed: Mask = np.isnan(low) | ((low <= wanted.high) & (high >= wanted.low))
    return passed


def _distances(profile: Profile, facts: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    if profile.place is None:
        return np.full(len(facts), np.nan)
    own_latitude = math.radians(profile.place.latitude)
    latitude = np.radians(facts["latitude"])
    half_latitude = (latitude - own_latitude) / 2
    half_longitude = (np.radians(facts["longitude"]) - math.radians(profile.place.longitude)) / 2
    chord = np.sin(half_latitude) ** 2 + (
        math.cos(own_latitude) * np.cos(latitude) * np.sin(half_longitude) ** 2
    )
    distance: npt.NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(1, chord)))
    return distance

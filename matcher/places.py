"""Dutch places: from what somebody types to coordinates."""

from __future__ import annotations

import csv
import difflib
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from matcher.datafiles import DataFileError, read_text
from matcher.types import Place

_EARTH_KM = 6371.0088  # mean radius, IUGG


class PlaceUnknown(LookupError):
    """No place has this name; `suggestions` holds names that look like it."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.name = name
        self.suggestions = suggestions
        super().__init__(f"no place is called '{name}'")


class PlaceAmbiguous(LookupError):
    """Several places have this name; `choices` holds them as `Name (Province)`."""

    def __init__(self, name: str, choices: tuple[str, ...]) -> None:
        self.name = name
        self.choices = choices
        super().__init__(f"'{name}' is the name of {len(choices)} places")


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


class Places:
    """A list of places that is searched by name."""

    def __init__(self, places: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._spelling: dict[str, str] = {}
        for place, aliases in places:
            for name in (place.name, *aliases):
                key = _fold(name)
                if place not in self._by_name[key]:
                    self._by_name[key].append(place)
                self._spelling.setdefault(key, name)

    def __len__(self) -> int:
        return len({place for found in self._by_name.values() for place in found})

    def find(self, text: str) -> Place:
        """Find the place that `text` names: `Beek`, `Beek (Limburg)`, `Beek, Limburg`, `den haag`.

        Raises:
            PlaceUnknown: no such place.
            PlaceAmbiguous: several, and the province was not said.
        """
        name, province = _split(text)
        found = self._by_name.get(_fold(name), [])
        if province:
            found = [place for place in found if _fold(place.province) == _fold(province)]
        if not found:
            raise PlaceUnknown(text, self._near(name))
        if len(found) > 1:
            raise PlaceAmbiguous(name, tuple(sorted(full_name(place) for place in found)))
        return found[0]

    def knows(self, name: str) -> bool:
        """Whether a name alone finds exactly one place; quicker than `find` where it does not."""
        return len(self._by_name.get(_fold(name), ())) == 1

    def names(self) -> list[str]:
        """Every name that finds one place, sorted; a name that occurs twice has its province."""
        unique: set[str] = set()
        for key, found in self._by_name.items():
            if len(found) == 1:
                unique.add(self._spelling[key])
            else:
                unique.update(full_name(place) for place in found)
        return sorted(unique)

    def _near(self, name: str) -> tuple[str, ...]:
        keys = difflib.get_close_matches(_fold(name), list(self._by_name), n=3, cutoff=0.72)
        return tuple(self._spelling[key] for key in keys)


def full_name(place: Place) -> str:
    """The name with its province, which finds exactly this place."""
    return f"{place.name} ({place.province})"


def load_places(file: Path) -> Places:
    """Read `data/places.csv` (name, province, latitude, longitude, aliases split by `|`).

    Raises:
        DataFileError: with the line and the column that is wrong.
    """
    reader = csv.DictReader(read_text(file).splitlines())
    rows = []
    for row in reader:
        place = _place(file, reader.line_num, row)
        rows.append((place, tuple(filter(None, row["aliases"].split("|")))))
    return Places(rows)


def _place(file: Path, line: int, row: dict[str, str]) -> Place:
    values: dict[str, float] = {}
    for column, low, high in (("latitude", 50.0, 54.0), ("longitude", 3.0, 8.0)):
        try:
            values[column] = float(row.get(column) or "")
        except ValueError as error:
            raise DataFileError(file, line, column, "expected a number of degrees") from error
        if not low <= values[column] <= high:
            raise DataFileError(file, line, column, "this is not in the Netherlands")
    for column in ("name", "province", "aliases"):
        if row.get(column) is None or (column != "aliases" and not row[column].strip()):
            raise DataFileError(file, line, column, "is missing")
    return Place(row["name"], row["province"], values["latitude"], values["longitude"])


def _split(text: str) -> tuple[str, str]:
    cleaned = text.replace(")", " ").replace("(", ",")
    name, _, province = cleaned.partition(",")
    return name.strip(), province.strip()


def _fold(name: str) -> str:
    """Case, accents, apostrophes and hyphens do not matter when people type a place."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.lower().split())

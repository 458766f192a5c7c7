"""Places: what people type finds one place, asks for the province, or suggests."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.datafiles import DataFileError
from matcher.places import (
    PlaceAmbiguous,
    Places,
    PlaceUnknown,
    distance_km,
    full_name,
    load_places,
)
from matcher.types import Place

HEADER = "name,province,latitude,longitude,aliases\n"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Den Haag", "Den Haag"),
        ("'s-Gravenhage", "Den Haag"),
        ("Den Bosch", "'s-Hertogenbosch"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("s hertogenbosch", "'s-Hertogenbosch"),
        ("  HEERLEN ", "Heerlen"),
        ("heerlen", "Heerlen"),
    ],
)
def test_what_people_type_resolves(places: Places, typed: str, name: str):
    found = places.find(typed)
    assert found == places.find(name)
    assert distance_km(found, places.find(name)) == 0


def test_accents_do_not_matter(places: Places):
    assert places.find("Hëérlen") == places.find("Heerlen")


@pytest.mark.parametrize("name", ["Beek", "beek", "Valkenburg"])
def test_a_name_that_occurs_twice_asks_for_the_province(places: Places, name: str):
    with pytest.raises(PlaceAmbiguous) as refused:
        places.find(name)
    assert len(refused.value.choices) >= 2
    assert len({places.find(choice) for choice in refused.value.choices}) == len(
        refused.value.choices
    )


@pytest.mark.parametrize("typed", ["Beek (Limburg)", "Beek, Limburg", "beek , LIMBURG"])
def test_the_province_decides(places: Places, typed: str):
    found = places.find(typed)
    assert (found.name, found.province) == ("Beek", "Limburg")
    assert distance_km(found, places.find("Geleen")) < 10


def test_a_province_where_it_is_not_is_unknown(places: Places):
    with pytest.raises(PlaceUnknown):
        places.find("Heerlen (Zeeland)")


def test_a_slip_of_the_pen_gets_suggestions(places: Places):
    with pytest.raises(PlaceUnknown) as refused:
        places.find("Maestricht")
    assert "Maastricht" in refused.value.suggestions


@pytest.mark.parametrize("typed", ["", " ", "(", "🙂", "Qqqqqq", "x" * 50_000, "<b>Heerlen</b>"])
def test_nonsense_is_unknown(places: Places, typed: str):
    with pytest.raises(PlaceUnknown):
        places.find(typed)


def test_every_name_that_is_offered_finds_exactly_one_place(places: Places):
    names = places.names()
    assert len(names) > 1000
    found = {places.find(name) for name in names}
    assert len(found) == len(places)


def test_the_full_name_finds_the_place_itself(places: Places):
    for name in ("Heerlen", "Den Haag", "Beek (Gelderland)"):
        assert places.find(full_name(places.find(name))) == places.find(name)


def test_distances(places: Places):
    heerlen, maastricht = places.find("Heerlen"), places.find("Maastricht")
    assert distance_km(heerlen, maastricht) == pytest.approx(22, abs=2)
    assert distance_km(maastricht, heerlen) == distance_km(heerlen, maastricht)
    assert distance_km(heerlen, heerlen) == 0
    assert distance_km(maastricht, places.find("Groningen")) == pytest.approx(266, abs=6)
    assert distance_km(heerlen, places.find("Kerkrade")) < distance_km(heerlen, maastricht)


def test_the_distance_to_the_other_side_of_the_earth_is_half_its_girth():
    here, there = Place("a", "", 50.0, 5.0), Place("b", "", -50.0, -175.0)
    assert distance_km(here, there) == pytest.approx(20015, abs=1)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("Heerlen,Limburg,fifty,5.98,", "latitude"),
        ("Heerlen,Limburg,nan,5.98,", "latitude"),
        ("Heerlen,Limburg,5.98,50.88,", "latitude"),
        ("Heerlen,Limburg,50.88,,", "longitude"),
        ("Heerlen,,50.88,5.98,", "province"),
        (",Limburg,50.88,5.98,", "name"),
        ("Heerlen,Limburg,50.88,5.98", "aliases"),
    ],
)
def test_a_broken_row_is_named_by_file_line_and_column(tmp_path: Path, row: str, field: str):
    file = tmp_path / "places.csv"
    file.write_text(f"{HEADER}Geleen,Limburg,50.97,5.83,\n\n{row}\n", encoding="utf-8")
    with pytest.raises(DataFileError) as refused:
        load_places(file)
    assert (refused.value.file, refused.value.line, refused.value.field) == (file, 4, field)
    assert str(file) in str(refused.value)
    assert "line 4" in str(refused.value)


def test_a_missing_file_and_a_file_that_is_no_text(tmp_path: Path):
    with pytest.raises(DataFileError, match="missing"):
        load_places(tmp_path / "places.csv")
    (tmp_path / "places.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataFileError, match="UTF-8"):
        load_places(tmp_path / "places.csv")


def test_aliases_find_the_place(tmp_path: Path):
    file = tmp_path / "places.csv"
    file.write_text(f"{HEADER}Den Haag,Zuid-Holland,52.07,4.3,'s-Gravenhage|Haagje\n", "utf-8")
    assert load_places(file).find("haagje").name == "Den Haag"
    assert len(load_places(file)) == 1

"""A broken data file is named by file, line and field, whatever is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import Field

from matcher import home
from matcher.datafiles import DataFileError, Record, by_id, read_folder, read_records
from matcher.framework import Framework, load_framework
from matcher.places import Places
from matcher.region import load_region

Edit = Callable[[str], str]


class Thing(Record):
    id: str
    count: int = Field(ge=1)
    names: tuple[str, ...] = ()


def refused(action: Callable[[], object]) -> DataFileError:
    with pytest.raises(DataFileError) as caught:
        action()
    error = caught.value
    # People read the message: all of it is there.
    assert str(error.file) in str(error)
    assert f"line {error.line}" in str(error)
    assert error.field in str(error)
    assert error.problem in str(error)
    return error


def line_of(file: Path, text: str) -> int:
    """The line of the only place where `text` stands."""
    lines = [n for n, line in enumerate(file.read_text("utf-8").split("\n"), 1) if text in line]
    assert len(lines) == 1, (text, lines)
    return lines[0]


def change(file: Path, old: str, new: str) -> None:
    """Replace the first `old`."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("content", "line", "field"),
    [
        ("- {id: a, count: 1}\n- {id: b, count: many}\n", 2, "count"),
        ("- id: a\n  count: 1\n  names:\n    - x\n    - [y]\n", 5, "names.1"),
        ("- id: a\n  count: 0\n", 2, "count"),
        ("# a comment\n\n- id: a\n", 3, "count"),
        ("- id: a\n  count: 1\n  colour: red\n", 3, "colour"),
        ("- id: a\n  count: 1\n- just a word\n", 3, ""),
        ("id: a\ncount: 1\n", 1, ""),
        ("", 1, ""),
        ("- id: a\n  count: [1\n- id: b\n", 3, ""),
        ("- id: 'a\n", 2, ""),
    ],
)
def test_the_message_names_file_line_and_field(tmp_path: Path, content: str, line: int, field: str):
    file = tmp_path / "things.yaml"
    file.write_text(content, "utf-8")
    error = refused(lambda: read_records(file, Thing))
    assert (error.file, error.line, error.field) == (file, line, field)


def test_a_missing_file_an_empty_folder_and_a_file_that_is_no_text(tmp_path: Path):
    assert "missing" in refused(lambda: read_records(tmp_path / "no.yaml", Thing)).problem
    assert refused(lambda: read_folder(tmp_path / "no", Thing)).file == tmp_path / "no"
    (tmp_path / "bytes.yaml").write_bytes(b"- id: \xff\xfe\n")
    assert "UTF-8" in refused(lambda: read_folder(tmp_path, Thing)).problem


def test_an_id_that_is_used_twice_points_at_the_second(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("- {id: x, count: 1}\n", "utf-8")
    (tmp_path / "b.yaml").write_text("- {id: y, count: 1}\n- count: 1\n  id: x\n", "utf-8")
    error = refused(lambda: by_id(read_folder(tmp_path, Thing)))
    assert (error.file.name, error.line, error.field) == ("b.yaml", 3, "id")


def test_records_cannot_be_changed(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("- {id: ' x ', count: 1}\n", "utf-8")
    (one,) = by_id(read_folder(tmp_path, Thing)).values()
    assert one.id == "x"
    with pytest.raises(ValueError, match="frozen"):
        one.count = 2  # type: ignore[misc]


@pytest.fixture
def framework_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(home.DATA / "framework", tmp_path / "framework"))


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        ("professions.yaml", "competences: [help-", "competences: [no-such, help-", "competences"),
        ("professions.yaml", "field: nursing-home", "field: moon-base", "field"),
        ("professions.yaml", "gates: [vog", "gates: [vig, vog", "gates"),
        ("professions.yaml", "level: 3", "level: three", "level"),
        ("professions.yaml", "target_groups: [", "target_groups: [nobody, ", "target_groups"),
        ("learning.yaml", "form: module", "form: lecture", "form"),
        ("learning.yaml", "weeks: 4", "weeks: 0", "weeks"),
        ("learning.yaml", "competences: [", "competences: [flying, ", "competences"),
        ("gates.yaml", "arranged_by_employer: true", "arranged_by_employer: maybe", ""),
        ("fields.yaml", "- id: ", "- id: Not An Id # ", "id"),
    ],
)
def test_a_broken_framework(framework_copy: Path, name: str, old: str, new: str, field: str):
    file = framework_copy / name
    change(file, old, new)
    error = refused(lambda: load_framework(framework_copy))
    assert (error.file, error.line) == (file, line_of(file, new.split(",")[0]))
    assert error.field == (field or "arranged_by_employer")


def test_a_competence_needs_three_places_elsewhere(framework_copy: Path):
    file = framework_copy / "competences" / "attitude.yaml"
    lines = file.read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if "elsewhere:" in line)
    lines[number] = '    elsewhere: ["een", "twee drie"]'
    file.write_text("\n".join(lines), "utf-8")
    error = refused(lambda: load_framework(framework_copy))
    assert (error.file, error.line, error.field) == (file, number + 1, "nl.elsewhere")


def test_a_competence_id_used_in_two_files(framework_copy: Path):
    attitude, care = (
        framework_copy / "competences" / f"{one}.yaml" for one in ("attitude", "care")
    )
    change(care, "id: help-washing-dressing", "id: work-independently")
    change(framework_copy / "professions.yaml", "help-washing-dressing", "work-independently")
    assert "work-independently" in attitude.read_text("utf-8")
    error = refused(lambda: load_framework(framework_copy))
    assert (error.file, error.field) == (care, "id")
    assert error.line == line_of(care, "id: work-independently")


def test_a_missing_framework_file(framework_copy: Path):
    (framework_copy / "gates.yaml").unlink()
    assert refused(lambda: load_framework(framework_copy)).file == framework_copy / "gates.yaml"


@pytest.fixture
def demo_copy(tmp_path: Path) -> Path:
    """The demo region with one organisation's opportunities."""
    folder = tmp_path / "demo"
    (folder / "opportunities").mkdir(parents=True)
    shutil.copy(home.DATA / "demo" / "organisations.yaml", folder)
    shutil.copy(home.DATA / "demo" / "opportunities" / "linde.yaml", folder / "opportunities")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("  site: linde-", "  site: nowhere-", "site", "not known"),
        ("  field: ", "  field: moon-base # ", "field", "not known"),
        ("  profession: ", "  profession: wizard # ", "profession", "not known"),
        ("  kind: vacancy", "  kind: hobby", "kind", "vacancy"),
        ("  hours_min: ", "  hours_min: 99 # ", "hours_min", "40"),
        ("  hours_max: ", "  hours_maximum: ", "hours_max", "required"),
        ("  contract: ", "  contract: forever # ", "contract", "permanent"),
        ("  places: ", "  places: none # ", "places", "integer"),
        ("{competence: ", "{gate: vog, competence: ", "requirements.0", "not both"),
        ("{competence: ", "{competence: juggling, text: '", "", ""),
    ],
)
def test_a_broken_posting(
    demo_copy: Path,
    framework: Framework,
    places: Places,
    old: str,
    new: str,
    field: str,
    says: str,
):
    file = demo_copy / "opportunities" / "linde.yaml"
    change(file, old, new)
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert error.file == file
    if field in ("requirements.0", ""):
        assert error.line >= line_of(file, new)
        assert error.field.startswith("requirements") or not field
    elif field == "hours_max":
        assert error.line == 2  # A field that is missing points at its record.
        assert error.field == field
    else:
        assert (error.line, error.field) == (line_of(file, new), field)
    assert says in error.problem


def test_requirements_that_are_not_known(demo_copy: Path, framework: Framework, places: Places):
    file = demo_copy / "opportunities" / "linde.yaml"
    text = file.read_text("utf-8")
    start = text.index("{competence: ") + len("{competence: ")
    stop = min(text.index(c, start) for c in ",}")
    file.write_text(text[:start] + "juggling" + text[stop:], "utf-8")
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert error.line == line_of(file, "juggling")
    assert error.field.startswith("requirements.")
    assert error.field.endswith(".competence")


@pytest.mark.parametrize("words", [3, 119, 251])
def test_a_text_that_is_too_short_or_too_long(
    demo_copy: Path, framework: Framework, places: Places, words: int
):
    file = demo_copy / "opportunities" / "linde.yaml"
    before, rest = file.read_text("utf-8").split("  text: |\n", 1)
    after = rest[rest.index("  tasks:") :]
    file.write_text(f"{before}  text: {'woord ' * words}\n{after}", "utf-8")
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert (error.file, error.field) == (file, "text")
    assert error.line == line_of(file, "woord woord")
    assert f"this one has {words}" in error.problem


def test_a_range_the_wrong_way_round(demo_copy: Path, framework: Framework, places: Places):
    file = demo_copy / "opportunities" / "linde.yaml"
    change(file, "  hours_max: ", "  hours_max: 1 # ")
    change(file, "  hours_min: ", "  hours_min: 30 # ")
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert error.file == file
    assert "hours_min is above hours_max" in error.problem


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ('place: "Heerlen"', 'place: "Atlantis"', "sites.0.place", "no place is called"),
        ('place: "Heerlen"', 'place: "Beek"', "sites.0.place", "places"),
        ("id: linde-landgraaf", "id: linde-heerlen", "sites.1.id", "twice"),
        ("fields: [nursing-home", "fields: [moon-base", "fields", "not known"),
        ("id: maasrust\n", "id: linde\n", "id", "twice"),
    ],
)
def test_a_broken_organisation(
    demo_copy: Path,
    framework: Framework,
    places: Places,
    old: str,
    new: str,
    field: str,
    says: str,
):
    file = demo_copy / "organisations.yaml"
    expected = file.read_text("utf-8").split(old, 1)[0].count("\n") + 1
    change(file, old, new)
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert (error.file, error.line, error.field) == (file, expected, field)
    assert says in error.problem


def test_an_opportunity_that_stands_there_twice(
    demo_copy: Path, framework: Framework, places: Places
):
    folder = demo_copy / "opportunities"
    shutil.copy(folder / "linde.yaml", folder / "more.yaml")
    error = refused(lambda: load_region(demo_copy, framework, places))
    assert (error.file.name, error.field) == ("more.yaml", "id")


def test_a_region_without_opportunities(demo_copy: Path, framework: Framework, places: Places):
    shutil.rmtree(demo_copy / "opportunities")
    assert refused(lambda: load_region(demo_copy, framework, places)).file.name == "opportunities"

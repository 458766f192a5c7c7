"""JSON lines in and out: only the named fields are needed, and errors name line and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.datafiles import DataFileError
from matcher.jsonl import match_line, read_opportunities, read_profiles
from matcher.places import Places
from matcher.types import (
    Deployability,
    Hours,
    Kind,
    Level,
    Match,
    Profile,
    Reason,
    Requirement,
    Route,
    Status,
)


def write(file: Path, *lines: object) -> Path:
    words = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(words) + "\n", "utf-8")
    return file


def test_only_the_named_fields_are_needed(tmp_path: Path, places: Places):
    file = write(
        tmp_path / "o.jsonl",
        {"id": "a", "title": "Kok", "text": "Je kookt."},
        "",
        {"id": "b", "title": "Verzorgende"},
        {"id": 3, "title": "Tuinman", "source": {"deep": [1]}, "salary": None},
    )
    one, bare, number = read_opportunities(file, places)
    assert (one.id, one.title, one.text) == ("a", "Kok", "Je kookt.")
    assert (bare.text, bare.requirements, bare.hours, bare.place) == ("", (), None, None)
    assert (number.id, number.kind) == ("3", Kind.VACANCY)
    people = write(tmp_path / "p.jsonl", {"id": "p"}, {"id": "q", "skills": "x", "age": 99})
    assert read_profiles(people, places) == [Profile("p"), Profile("q", "x")]


def test_every_field(tmp_path: Path, places: Places):
    file = write(
        tmp_path / "o.jsonl",
        {
            "id": "a",
            "title": "Kok",
            "kind": "traineeship",
            "place": "Heerlen",
            "hours": [16, 24],
            "requirements": [
                {"text": "Kookt", "critical": True, "learnable": False},
                {"text": "VOG", "gate": True},
                {"text": "Papier", "gate": "vog", "critical": True},
                {"text": "Snijdt", "gate": False},
                "Proeft",
            ],
        },
    )
    (one,) = read_opportunities(file, places)
    assert (one.kind, one.hours, one.place) == (
        Kind.TRAINEESHIP,
        Hours(16, 24),
        places.find("Heerlen"),
    )
    cook, vog, paper, cut, taste = one.requirements
    assert (cook.text, cook.critical, cook.learnable, cook.legal) == ("Kookt", True, False, False)
    assert (vog.legal, vog.learnable, vog.gate) == (True, False, None)
    assert (paper.legal, paper.gate) == (True, "vog")
    assert (cut.legal, cut.gate) == (False, None)
    assert (taste.text, taste.critical, taste.learnable) == ("Proeft", False, True)
    assert len({asked.id for asked in one.requirements}) == 5


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (32, Hours(32, 32)),
        (32.5, Hours(32.5, 32.5)),
        ([24, 32], Hours(24, 32)),
        ([24], Hours(24, 24)),
        ("24-32", Hours(24, 32)),
        ("24 – 32", Hours(24, 32)),
        ("36", Hours(36, 36)),
        ({"min": 24, "max": 32}, Hours(24, 32)),
        ({"low": 24, "high": 32}, Hours(24, 32)),
        ([0, 40], Hours(0, 40)),
        (None, None),
        ("", None),
        ([], None),
    ],
)
def test_hours(tmp_path: Path, places: Places, written: object, hours: Hours | None):
    file = write(tmp_path / "o.jsonl", {"id": "a", "title": "Kok", "hours": written})
    assert read_opportunities(file, places)[0].hours == hours


@pytest.mark.parametrize(
    "written", [[32, 24], [-4, 8], "a lot", [1, 2, 3], [24, 400], {"min": 24}, [24, "veel"], "NaN"]
)
def test_impossible_hours_are_refused(tmp_path: Path, places: Places, written: object):
    for read in (read_opportunities, read_profiles):
        file = write(tmp_path / "f.jsonl", {"id": "a", "title": "Kok", "hours": written})
        with pytest.raises(DataFileError) as refused:
            read(file, places)
        assert refused.value.line == 1
        assert refused.value.field.split(".")[0] == "hours"


def test_the_hours_of_a_profile_are_about_so_many(tmp_path: Path, places: Places):
    file = write(
        tmp_path / "p.jsonl",
        {"id": "a", "hours": 32},
        {"id": "b", "hours": [20, 28]},
        {"id": "c", "hours": 2},
    )
    assert [one.hours for one in read_profiles(file, places)] == [
        Hours(28, 36),
        Hours(20, 28),
        Hours(1, 6),
    ]


def test_null_counts_as_absent(tmp_path: Path, places: Places):
    fields = ("text", "kind", "requirements", "hours", "place")
    file = write(tmp_path / "o.jsonl", {"id": "a", "title": "Kok", **dict.fromkeys(fields)})
    assert read_opportunities(file, places)[0].requirements == ()
    people = write(tmp_path / "p.jsonl", {"id": "a", "skills": None, "ambition": None})
    assert read_profiles(people, places) == [Profile("a")]


@pytest.mark.parametrize("place", ["Atlantis", "Beek", "", None])
def test_a_place_that_is_not_clear_is_no_place(tmp_path: Path, places: Places, place: str | None):
    file = write(tmp_path / "p.jsonl", {"id": "a", "place": place})
    assert read_profiles(file, places)[0].place is None


def test_a_text_with_a_line_separator_of_its_own_stays_whole(tmp_path: Path, places: Places):
    text = "Een\u2028twee\u0085drie"
    file = tmp_path / "o.jsonl"
    line = json.dumps({"id": "a", "title": "Kok", "text": text}, ensure_ascii=False)
    other = line.replace('"a"', '"b"')
    file.write_text(f"{line}\r\n{other}\r\n", "utf-8", newline="")
    assert [(one.id, one.text) for one in read_opportunities(file, places)] == [
        ("a", text),
        ("b", text),
    ]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{half", ""),
        ("[1, 2]", ""),
        ('"a"', ""),
        ("null", ""),
        ({"title": "Kok"}, "id"),
        ({"id": "", "title": "Kok"}, "id"),
        ({"id": "b"}, "title"),
        ({"id": "b", "title": None}, "title"),
        ({"id": "b", "title": ["Kok"]}, "title"),
        ({"id": "b", "title": "Kok", "kind": "hobby"}, "kind"),
        ({"id": "b", "title": "Kok", "requirements": [{"critical": True}]}, "requirements"),
        ({"id": "a", "title": "Kok"}, "id"),
    ],
)
def test_a_broken_line_is_named_by_file_line_and_field(
    tmp_path: Path, places: Places, line: object, field: str
):
    file = write(tmp_path / "o.jsonl", {"id": "a", "title": "Kok"}, "", line)
    with pytest.raises(DataFileError) as refused:
        read_opportunities(file, places)
    assert (refused.value.file, refused.value.line) == (file, 3)
    assert refused.value.field.split(".")[0] == field
    assert "line 3" in str(refused.value)


def test_a_profile_that_stands_there_twice(tmp_path: Path, places: Places):
    file = write(tmp_path / "p.jsonl", {"id": "a"}, {"id": "a"})
    with pytest.raises(DataFileError, match="twice"):
        read_profiles(file, places)


def test_files_that_cannot_be_read(tmp_path: Path, places: Places):
    with pytest.raises(DataFileError, match="missing"):
        read_profiles(tmp_path / "no.jsonl", places)
    with pytest.raises(DataFileError, match="cannot be read"):
        read_profiles(tmp_path, places)
    (tmp_path / "bytes.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(DataFileError, match="UTF-8"):
        read_profiles(tmp_path / "bytes.jsonl", places)
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    assert read_profiles(tmp_path / "empty.jsonl", places) == []


def test_the_line_of_a_match_is_the_contract():
    reason = Reason(Requirement("r", "Kookt goed"), Status.MET, "Ik kook graag — écht.", 1.2345678)
    match = Match("o", 0.123456789, Deployability(Level.GUIDED), (reason,), Route())
    line = match_line(Profile("p"), (match,))
    assert "\n" not in line
    assert "écht" in line
    assert json.loads(line) == {
        "profile": "p",
        "matches": [
            {
                "opportunity": "o",
                "score": 0.123457,
                "deployability": "guided",
                "reasons": [
                    {
                        "requirement": "Kookt goed",
                        "status": "met",
                        "evidence": "Ik kook graag — écht.",
                        "strength": 1.0,
                    }
                ],
            }
        ],
    }
    assert json.loads(match_line(Profile("p"), ())) == {"profile": "p", "matches": []}

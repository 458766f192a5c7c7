"""The corpora are the expected ones, and what is held out is always the same."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from pathlib import Path

import pytest

from matcher.training import corpora
from matcher.training.corpora import (
    HASHES,
    CorpusError,
    Occupation,
    checked,
    held_out,
    held_out_names,
    occupations,
    sentence_pairs,
    unseen,
)

URIS = [f"http://data.europa.eu/esco/occupation/{number}" for number in range(3000)]
UNSEEN = [1, 13, 15, 26, 34, 47, 53, 55]
HELD_OUT = [1, 3, 13, 15, 16, 21, 23, 26, 33, 34, 38, 39]


def known(file: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a corpus, and expect just this one."""
    file.write_bytes(gzip.compress(content))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    monkeypatch.setitem(corpora.HASHES, file.name, digest)
    return file


def test_a_file_that_is_not_there(tmp_path: Path):
    for read in (checked, sentence_pairs, occupations):
        with pytest.raises(CorpusError, match=r"there is no .*nld-eng"):
            read(tmp_path / "nld-eng.txt.gz")


@pytest.mark.parametrize("name", HASHES)
def test_another_file_under_the_right_name(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(gzip.compress(b"another edition"))
    with pytest.raises(CorpusError, match="has hash") as refused:
        checked(tmp_path / name)
    assert HASHES[name] in str(refused.value)
    assert str(tmp_path / name) in str(refused.value)


def test_a_file_under_another_name(tmp_path: Path):
    (tmp_path / "words.txt").write_text("words", "utf-8")
    with pytest.raises(CorpusError, match=r"none of .*nld-eng"):
        checked(tmp_path / "words.txt")


def test_sentences_are_read_dutch_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    content = "Hi.\tHoi.\tCC-BY 2.0\nNo translation\nGo.\tGa één keer.\tCC\n"
    file = known(tmp_path / "nld-eng.txt.gz", content.encode(), monkeypatch)
    assert sentence_pairs(file) == [("Hoi.", "Hi."), ("Ga één keer.", "Go.")]


def test_occupations_are_read_with_each_name_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["conceptUri", "preferredLabel", "altLabels", "description", "more"])
    rows.writerow(["u1", " kok ", "chef\n\nkeukenkok\nchef ", "Kookt,\nelke dag. ", "x"])
    rows.writerow(["u2", "bakker", "", "Bakt.", "x"])
    file = known(tmp_path / "occupations_nl.csv.gz", text.getvalue().encode(), monkeypatch)
    assert occupations(file) == [
        Occupation("u1", "kok", ("chef", "keukenkok"), "Kookt,\nelke dag."),
        Occupation("u2", "bakker", (), "Bakt."),
    ]


def test_one_occupation_in_ten_is_unseen_and_one_name_in_four_held_out():
    assert sum(map(unseen, URIS)) / len(URIS) == pytest.approx(0.10, abs=0.02)
    seen = [uri for uri in URIS if not unseen(uri)]
    assert sum(held_out(uri, "kok") for uri in seen) / len(seen) == pytest.approx(0.25, abs=0.03)
    assert all(held_out(uri, name) for uri in URIS if unseen(uri) for name in ("kok", "chef"))


def test_what_is_held_out_depends_on_the_names_alone():
    # Written down: another split would make the figures of the model card say something else.
    assert [number for number, uri in enumerate(URIS[:60]) if unseen(uri)] == UNSEEN
    found = [number for number, uri in enumerate(URIS[:40]) if held_out(uri, "kok")]
    assert found == HELD_OUT
    assert [held_out(uri, "KOK") for uri in URIS] == [held_out(uri, "kok") for uri in URIS]
    assert [held_out(uri, "kok") for uri in URIS] != [held_out(uri, "bakker") for uri in URIS]


def test_the_names_that_are_asked_are_those_that_are_held_out():
    pool = [Occupation(uri, "naam", ("kok", "bakker", "smid"), "") for uri in URIS[:100]]
    asked = held_out_names(pool)
    assert asked == [
        (one.uri, name) for one in pool for name in one.others if held_out(one.uri, name)
    ]
    # The name that is preferred is indexed, and never asked.
    assert "naam" not in {name for _, name in asked}
    assert held_out_names([]) == []

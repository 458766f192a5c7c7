"""What the encoder learns from: our own texts, the corpora, and nothing that is asked later."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from matcher import home
from matcher.datafiles import DataFileError
from matcher.framework import Framework
from matcher.training import corpora
from matcher.training.corpora import CorpusError, held_out, unseen
from matcher.training.material import Material, Pair, gather, own_pairs

URIS = [f"http://example.org/occupation/{number}" for number in range(60)]
PAIRS = home.DATA / "framework" / "pairs"


def _names(language: str, number: int) -> list[str]:
    return [f"{language}-beroep {number} {letter}" for letter in "abcd"]


def _occupations(language: str, uris: Sequence[str]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["conceptUri", "preferredLabel", "altLabels", "description"])
    for number, uri in enumerate(uris):
        names = "\n".join(_names(language, number))
        rows.writerow([uri, f"{language}-naam {number}", names, f"{language}-uitleg {number}"])
    return text.getvalue().encode()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small corpora in the form of the real ones; the last occupation has no English twin."""
    folder = tmp_path_factory.mktemp("corpora")
    contents = {
        "nld-eng.txt.gz": b"I cook.\tIk kook.\tCC\nI walk.\tIk loop.\tCC\n",
        "occupations_nl.csv.gz": _occupations("nl", URIS),
        "occupations_en.csv.gz": _occupations("en", URIS[:-1]),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(gzip.compress(content))
    return {name: folder / name for name in contents}


@pytest.fixture(scope="module")
def material(framework: Framework, files: dict[str, Path]) -> Material:
    with pytest.MonkeyPatch.context() as patch:
        for name, file in files.items():
            patch.setitem(corpora.HASHES, name, hashlib.sha256(file.read_bytes()).hexdigest())
        return gather(
            framework,
            PAIRS,
            sentences=files["nld-eng.txt.gz"],
            occupations_nl=files["occupations_nl.csv.gz"],
            occupations_en=files["occupations_en.csv.gz"],
        )


def test_other_corpora_are_refused(framework: Framework, files: dict[str, Path]):
    with pytest.raises(CorpusError, match="has hash"):
        gather(
            framework,
            PAIRS,
            sentences=files["nld-eng.txt.gz"],
            occupations_nl=files["occupations_nl.csv.gz"],
            occupations_en=files["occupations_en.csv.gz"],
        )


def test_no_name_that_is_held_out_is_anywhere(material: Material):
    texts = set(material.texts())
    whole = "\n".join(texts)
    kept = out = 0
    for number, uri in enumerate(URIS):
        for name in _names("nl", number):
            if held_out(uri, name):
                assert name not in whole
                out += 1
            else:
                assert name in texts
                kept += 1
    assert out > 30
    assert kept > 100
    assert any(map(unseen, URIS))


def test_what_is_preferred_and_what_is_english_is_learnt_of_every_occupation(material: Material):
    found = material.families["occupations"]
    assert len(found) == len(URIS)
    for number, family in enumerate(found[:-1]):
        assert {f"nl-naam {number}", f"en-naam {number}", *_names("en", number)} <= set(
            family.asked
        )
        assert f"nl-uitleg {number}" in family.told
        assert f"en-uitleg {number}" in family.told
    assert not any("en-" in text for text in (*found[-1].asked, *found[-1].told))
    twins = {(pair.dutch, pair.english) for pair in material.pairs}
    assert ("nl-naam 0", "en-naam 0") in twins
    assert ("nl-uitleg 0", "en-uitleg 0") in twins
    assert ("nl-naam 59", "en-naam 59") not in twins


def test_families_and_scenes_follow_the_framework(material: Material, framework: Framework):
    families = material.families
    for group, known in (
        ("competences", framework.competences),
        ("professions", framework.professions),
        ("origins", framework.origins),
    ):
        assert len(families[group]) == len(known)
    washing = families["competences"][list(framework.competences).index("help-washing-dressing")]
    assert set(framework.expressions["help-washing-dressing"].lines) <= set(washing.asked)
    assert framework.competences["help-washing-dressing"].label("en") in washing.told
    nurse = list(framework.professions).index("district-nurse")
    assert set(framework.wishes["district-nurse"].lines) <= set(
        families["professions"][nurse].asked
    )
    scene = material.scenes[nurse]
    assert len(material.scenes) == len(framework.professions)
    assert len(scene.skills) == len(framework.professions["district-nurse"].competences)
    assert scene.wishes == framework.wishes["district-nurse"].lines
    assert all(family.asked and family.told for group in families.values() for family in group)
    assert all(scene.told and all(scene.skills) for scene in material.scenes)


def test_our_own_pairs_are_drawn_oftener_than_others_sentences(material: Material):
    found = {(pair.dutch, pair.english, pair.weight) for pair in material.pairs}
    assert ("Ik kook.", "I cook.", 1.0) in found
    assert {(*pair, 3.0) for pair in own_pairs(PAIRS)} <= found
    assert min(weight for *_, weight in found) > 0


def test_texts_are_named_once_and_in_the_same_order(material: Material):
    texts = material.texts()
    assert len(set(texts)) == len(texts)
    assert all(texts)
    assert texts == material.texts()
    assert Material([Pair("a", "b"), Pair("a", "c")], {}, [], []).texts() == ["a", "b", "c"]


# Pairs


def test_pairs_are_read_of_every_file_in_the_order_of_their_names(tmp_path: Path):
    (tmp_path / "b.tsv").write_text("drie\tthree\n", "utf-8")
    (tmp_path / "a.tsv").write_text("één \t one\ntwee\ttwo\n", "utf-8")
    (tmp_path / "readme.txt").write_text("no pair", "utf-8")
    assert own_pairs(tmp_path) == [("één", "one"), ("twee", "two"), ("drie", "three")]


@pytest.mark.parametrize("line", ["no tab here", "one\ttwo\tthree", "alone\t", "\talone", "", " "])
def test_a_line_of_something_else_is_named(tmp_path: Path, line: str):
    file = tmp_path / "pairs.tsv"
    file.write_text(f"ja\tyes\n{line}\nnee\tno\n", "utf-8")
    with pytest.raises(DataFileError, match="a tab") as caught:
        own_pairs(tmp_path)
    assert (caught.value.file, caught.value.line) == (file, 2)

"""What the guide tells: complete, in both languages, about things that exist, and plain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portal.matching.knowledge import framework
from portal.orientation.game import load_game
from portal.orientation.guide import GuideError, load_guide
from portal.orientation.knowledge import game, guide
from tests.catalogues import ROOT

pytestmark = pytest.mark.usefixtures("app")
REAL = ROOT / "data" / "framework" / "guide"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(REAL, tmp_path / "guide")
    return tmp_path / "guide"


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def test_everything_of_the_framework_is_told() -> None:
    told, known = guide(), framework()
    assert told.professions.keys() == known.professions.keys()
    assert told.fields.keys() == known.fields.keys()
    assert told.target_groups.keys() == known.target_groups.keys()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_day_has_moments_in_that_language(language: str) -> None:
    for one in guide().professions.values():
        moments = one.words(language).moments
        assert 3 <= len(moments) <= 5, one.id
        assert all(len(time) == 5 and what[0].isupper() for time, what in moments), one.id


def test_no_two_professions_have_the_same_story() -> None:
    for language in ("nl", "en"):
        seen: dict[str, str] = {}
        for one in guide().professions.values():
            words = one.words(language)
            for line in (*words.day, words.body, words.mind, words.contact):
                assert line not in seen, (line, one.id, seen.get(line))
                seen[line] = one.id


def test_both_languages_are_not_the_same_text() -> None:
    """A translation that was forgotten is a copy."""
    for one in guide().professions.values():
        assert not set(one.nl.day) & set(one.en.day), one.id
        assert one.nl.body != one.en.body


def test_what_it_asks_is_not_a_copy_of_the_competences() -> None:
    labels = {
        one.label(language) for one in framework().competences.values() for language in ("nl", "en")
    }
    for one in guide().professions.values():
        for words in (one.nl, one.en):
            assert not {words.body, words.mind, words.contact} & labels, one.id


def test_a_way_gives_the_papers_that_the_law_asks() -> None:
    """Of a profession with a protected title or register, the first way must lead to it."""
    known = framework()
    reachable = {gate for one in known.learning.values() for gate in one.gates}
    for one in guide().professions.values():
        wanted = {
            gate
            for gate in known.professions[one.id].gates
            if gate in reachable and not gate.startswith("driving")
        }
        given = {gate for way in one.ways for gate in known.learning[way].gates}
        assert wanted <= given, one.id


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        ("professions/staff.yaml", "- id: recruiter", "- id: nobody", "nobody"),
        ("professions/staff.yaml", "next: [hr-adviser,", "next: [butler,", "butler"),
        ("professions/staff.yaml", "ways: [module-recruiting]", "ways: [a-book]", "a-book"),
        ("professions/staff.yaml", "found: fair", "found: perhaps", "found"),
        ("professions/staff.yaml", "- 09:00 ", "- 25:00 ", "day"),
        ("professions/staff.yaml", "- 09:00 ", "- 09:30 ", "other times"),
        ("professions/staff.yaml", "    body:", "    bodily:", "nl.body"),
        ("fields.yaml", "- id: maternity", "- id: home-care", "twice"),
        ("target_groups.yaml", "    hard:", "    nice:", "nl.hard"),
        ("professions/youth.yaml", "- id:", "? - id:", "youth.yaml"),
    ],
)
def test_what_is_wrong_is_named(
    copied: Path, file: str, before: str, after: str, says: str
) -> None:
    change(copied / file, before, after)
    with pytest.raises(GuideError, match=says):
        load_guide(copied, framework())


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "fields.yaml").unlink()
    with pytest.raises(GuideError, match=r"fields\.yaml"):
        load_guide(copied, framework())


def test_a_profession_that_is_not_told_is_named(copied: Path) -> None:
    (copied / "professions" / "ambulance.yaml").unlink()
    with pytest.raises(GuideError, match="ambulance-nurse"):
        load_guide(copied, framework())


def test_the_game_has_eight_situations_in_both_languages() -> None:
    assert len(game().situations) == 8
    for one in game().situations:
        assert one.scene("nl") != one.scene("en")
        assert 2 <= len(one.choices) <= 3
        for choice in one.choices:
            assert choice.words("nl").text != choice.words("en").text
            assert choice.words("nl").text.endswith(".")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("away: [technology, colleagues]", "away: [the-moon]", "the-moon"),
        ("- id: morning", "- id: hour", "eight|8"),
        ("    - id: people", "    - id: things", "same id"),
    ],
)
def test_what_is_wrong_in_the_game_is_named(
    copied: Path, before: str, after: str, says: str
) -> None:
    change(copied / "game.yaml", before, after)
    with pytest.raises(GuideError, match=says):
        load_game(copied / "game.yaml", framework())

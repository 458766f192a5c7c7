"""What must not bear on the order goes out of a text, and nothing else does."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matcher.datafiles import DataFileError
from matcher.neutral import neutral, rules_digest
from matcher.neutral_words import FOLDER, words
from matcher.text import has_words, sentences
from tests.matcher.neutral_sentences import LEFT, STAY

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "evaluation" / "swaps.yaml").read_text(encoding="utf-8")
)
SAID = [*STAY, *LEFT, *(pair["one"] for pair in PAIRS), *(pair["other"] for pair in PAIRS)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_swapped_word_leaves_the_same_text(pair: dict[str, Any]):
    assert pair["one"] != pair["other"]
    assert neutral(pair["one"]) == neutral(pair["other"])


def test_the_pairs_are_enough_and_all_different():
    assert Counter(pair["what"] for pair in PAIRS) == dict.fromkeys(
        ("gender", "name", "age", "origin"), 60
    )
    assert sum(pair["language"] == "en" for pair in PAIRS) == 40
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert len({neutral(pair["one"]) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("sentence", STAY)
def test_what_says_something_of_the_work_stays(sentence: str):
    assert neutral(sentence) == sentence


@pytest.mark.parametrize(("sentence", "left"), LEFT.items())
def test_what_is_left(sentence: str, left: str):
    assert neutral(sentence) == left


@pytest.mark.parametrize("text", ["Fatima", "Ahmed de Boer", "58 jaar oud", "Marokkaans", "", "!?"])
def test_a_text_of_which_nothing_is_left_stays(text: str):
    assert neutral(text) == text


def test_most_of_a_profile_stays():
    """Taking out a word must not take its neighbours along."""
    for pair in PAIRS:
        assert len(neutral(pair["one"]).split()) >= len(pair["one"].split()) - 7, pair["id"]


@pytest.mark.parametrize("pair", PAIRS[:: len(PAIRS) // 40], ids=lambda pair: pair["id"])
def test_a_neutral_text_stays_as_it_is(pair: dict[str, Any]):
    once = neutral(pair["one"])
    assert neutral(once) == once


def test_sentences_stay_apart():
    text = "Ik ben Anna. Ik kook graag.\nMijn man heet Piet. Hij is 58. Ik wil leren."
    assert len(sentences(neutral(text))) == len(sentences(text))


def test_other_places_can_be_given():
    text = "Ik woon nu bij Zonderheim en ik bak brood."
    assert neutral(text, frozenset({"Zonderheim"})) == text
    assert "Zonderheim" not in neutral(text, frozenset())


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SAID), max_size=4).map(" ".join)))
def test_any_text_keeps_words_and_never_fails(text: str):
    found = neutral(text)
    assert has_words(found) or not has_words(text)
    assert neutral(text) == found
    assert not set(found) & {chr(code) for code in range(0xE000, 0xE900)} - set(text)


def test_a_very_long_text_stays_quick():
    """Not the speed of an ordinary text: no pattern may take time that grows by the square."""
    for text in (
        "turks " * 4000,
        "ik ben een " * 2500,
        "mijn oude " * 2500,
        "Anna van der " * 2000,
        "58 jaar, " * 2500,
        " " * 25_000,
        "\n" * 25_000,
        "a" * 25_000,
        "Jan-" * 6000,
        "groet " * 4000,
        "uit Polen en " * 2000,
    ):
        start = time.process_time()
        neutral(text)
        assert time.process_time() - start < 3, text[:20]


def test_every_word_of_the_lists_is_read():
    known = words()
    assert len(known.names) > 500
    assert known.counterparts["kapster"] == {"": "kapper"}
    assert known.counterparts["her"] == {"en": "their"}
    assert not known.descent["marokkaanse"]
    assert known.descent["pool"], "a pool is also for swimming"
    assert "turks" in known.languages


@pytest.mark.parametrize("name", ["counterparts.txt", "names.txt", "descent.txt", "kept.txt"])
def test_a_missing_list_is_named(tmp_path: Path, name: str):
    for file in FOLDER.glob("*.txt"):
        if file.name != name:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with pytest.raises(DataFileError, match=name):
        words.__wrapped__(tmp_path)


@pytest.mark.parametrize(
    ("name", "line"),
    [("counterparts.txt", "kapster kapper"), ("names.txt", "J4n"), ("descent.txt", "een | a1 | b")],
)
def test_a_broken_line_is_named(tmp_path: Path, name: str, line: str):
    for file in FOLDER.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_text(f"# head\n{line}\n", encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        words.__wrapped__(tmp_path)
    assert caught.value.line == 2


@pytest.mark.parametrize("changed", ["neutral/names.txt", "wishes.yaml"])
def test_the_digest_changes_with_the_lists_and_with_our_own_words(tmp_path: Path, changed: str):
    copy = Path(shutil.copytree(FOLDER.parent, tmp_path / "framework"))
    assert rules_digest(copy / "neutral") == rules_digest()
    file = copy / changed
    file.write_text(file.read_text("utf-8") + "\n# zzxyzzy\nqqxyzzy\n", "utf-8")
    words.cache_clear()
    rules_digest.cache_clear()
    assert rules_digest(copy / "neutral") != rules_digest()

"""Pairs that differ in a word: the same order, another order, and files that are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.datafiles import DataFileError
from matcher.encoder import SentenceEncoder
from matcher.engine import Engine
from matcher.evaluation.profiles import FOLDER
from matcher.evaluation.swaps import SWAPS, Swap, What, load_swaps, unmoved
from tests.matcher.pools import HANDMADE


def swap(identifier: str, one: str, other: str) -> Swap:
    return Swap(id=identifier, what=What.GENDER, one=one, other=other)


def test_the_same_order_and_another(
    new_engine: Callable[..., Engine], sentence_encoder: SentenceEncoder
):
    engine = new_engine(encoder=sentence_encoder)
    engine.add(HANDMADE)
    found = unmoved(
        [
            swap("same", "Ik kook graag.", "Ik kook  graag."),
            swap("other", "Ik kook graag voor bewoners.", "Ik snoei graag heggen in de tuin."),
        ],
        engine,
    )
    assert found == {"same": True, "other": False}


LINE = "- {id: a, language: en, what: age, one: I am 30, other: I am 60}\n"


def test_pairs_are_read(tmp_path: Path):
    file = tmp_path / "swaps.yaml"
    file.write_text(LINE, "utf-8")
    assert load_swaps(file) == [
        Swap(id="a", language="en", what=What.AGE, one="I am 30", other="I am 60")
    ]


def test_our_own_pairs():
    found = load_swaps(FOLDER / SWAPS)
    assert len(found) >= 200
    assert {one.what for one in found} == set(What)
    assert len({one.one for one in found}) == len(found)


def test_a_file_without_a_pair_is_refused(tmp_path: Path):
    file = tmp_path / "swaps.yaml"
    file.write_text("[]\n", "utf-8")
    with pytest.raises(DataFileError, match="there is no pair"):
        load_swaps(file)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("age", "hair", "what"), ("I am 60", "I am 30", "other"), ("I am 60", "''", "other")],
)
def test_bad_pairs_are_refused(tmp_path: Path, old: str, new: str, field: str):
    file = tmp_path / "swaps.yaml"
    file.write_text(LINE.replace(old, new), "utf-8")
    with pytest.raises(DataFileError) as refused:
        load_swaps(file)
    assert (refused.value.line, refused.value.field) == (1, field)

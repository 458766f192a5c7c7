"""Forms of one verb are written as one, and numbers as many; nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.alike import alike, dutch_forms, english_forms, verb_forms
from matcher.datafiles import DataFileError
from matcher.encoder import Encoder
from matcher.engine import Engine


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ik snoeide heggen en maaide gras.", "Ik snoeien heggen en maaien gras."),
        ("Ik heb kinderen geholpen.", "Ik heb kinderen helpen."),
        ("Ik heb haar aangekleed en voorgelezen.", "Ik heb haar aankleden en voorlezen."),
        ("Soep voor vijfendertig man, of 120.", "Soep voor veel man, of veel."),
        ("I drove and washed for forty people.", "I drive and wash for many people."),
        # Nouns that are also a form of a verb, small numbers, and words that no list has.
        ("Het werk was een feest voor ons drie.", "Het werk was een feest voor ons drie."),
        ("", ""),
    ],
)
def test_forms_and_numbers_are_written_alike(text: str, written: str):
    assert alike(text) == written
    assert alike(written) == written


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("koken", {"kook", "kookt", "kookte", "kookten", "gekookt"}),
        ("wassen", {"was", "wast", "waste", "wasten", "gewast"}),
        ("reizen", {"reis", "reist", "reisde", "reisden", "gereisd"}),
        ("verven", {"verf", "verft", "verfde", "verfden", "geverfd"}),
        ("praten", {"praat", "praatte", "praatten", "gepraat"}),
        ("begeleiden", {"begeleid", "begeleidt", "begeleidde", "begeleidden"}),
    ],
)
def test_regular_dutch_forms(verb: str, forms: set[str]):
    # *Verven* itself begins like *verkopen*, and then has no ge-: the list names what is its own.
    assert forms - dutch_forms(verb) <= {"geverfd"}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("cook", {"cooks", "cooked", "cooking"}),
        ("bake", {"bakes", "baked", "baking"}),
        ("plan", {"plans", "planned", "planning"}),
        ("carry", {"carries", "carried", "carrying"}),
        ("watch", {"watches", "watched", "watching"}),
        ("mow", {"mows", "mowed", "mowing"}),
    ],
)
def test_regular_english_forms(verb: str, forms: set[str]):
    assert english_forms(verb) == forms


def test_no_form_is_itself_a_verb_of_the_list():
    for known in verb_forms():
        assert known.keys().isdisjoint(known.values())
    assert all(len(known) > 200 for known in verb_forms())


@pytest.mark.parametrize("line", ["koken lopen", "koken: ", "ko3ken", "lopen: liep\nlopen: loopt"])
def test_a_broken_list_is_named(tmp_path: Path, line: str):
    (tmp_path / "nl.txt").write_text(f"# Verbs.\n{line}\n", "utf-8")
    with pytest.raises(DataFileError) as caught:
        verb_forms(tmp_path)
    assert caught.value.file == tmp_path / "nl.txt"
    assert caught.value.line == line.count("\n") + 2


def test_a_form_comes_nearer_to_what_it_means(whole: Engine, encoder: Encoder):
    """The pieces are drawn to the same words written alike, and stay of length one."""
    for past, infinitive in (("Ik kookte.", "Ik koken."), ("Ik snoeide.", "Ik snoeien.")):
        (read,) = whole._reader.read(past).dense
        before, wanted = encoder.encode([past, infinitive])
        assert read @ wanted > before @ wanted + 0.1
        assert read @ read == pytest.approx(1, abs=1e-5)

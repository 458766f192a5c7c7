"""The list of terms: whole, findable, and found only where it should be."""

from __future__ import annotations

import pytest

from portal.glossary.terms import Glossary, GlossaryError, Term, glossaries

NL = glossaries()["nl"]
EN = glossaries()["en"]

NEEDED = (
    "bbl bol mbo vmbo hbo BIG SKJ VOG "
    "cao leerbaan combifunctie combinatiebaan meeloopdag proefplaatsing "
    "praktijkverklaring mbo-certificaat "
    "EVC zij-instromer herintreder inzetbaar bekwaam jobcoach re-integratie Wajong "
    "banenafspraak indicatie helpende pgb ggz vvt Wmo werkbegeleider "
    "praktijkopleider dagdeel FWG bruto zorgwacht regiocoördinator banenpool terugkeerrecht "
    "portfolio "
)


def found(text: str, glossary: Glossary = NL) -> list[str]:
    return [match[0] for match in glossary.found_in(text)]


@pytest.mark.parametrize("word", NEEDED.split())
def test_the_words_of_the_field_are_there(word: str) -> None:
    assert word in {term.term for term in NL.terms}


@pytest.mark.parametrize("glossary", [NL, EN], ids=["nl", "en"])
def test_each_form_leads_to_its_term(glossary: Glossary) -> None:
    for term in glossary.terms:
        for form in term.forms:
            words = form.removeprefix("=").replace("-*", "-plek").replace("#", "3")
            assert found(f"Dit is {words}.", glossary) == [words], form
            assert glossary.of(words) == term, form


def test_every_english_term_is_a_dutch_one() -> None:
    assert EN.by_id.keys() <= NL.by_id.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Een bbl-leerplek op mbo 3.", ["bbl-leerplek", "mbo 3"]),
        ("BBL, Bbl of bbl", ["BBL", "Bbl", "bbl"]),
        ("BIG staat voor een register, big niet", ["BIG"]),
        ("symbol, bolletje, bollen", []),
        ("een mbo-certificaat en een mbo-diploma", ["mbo-certificaat", "mbo-diploma"]),
        ("inzetbaar onder begeleiding", ["inzetbaar onder begeleiding"]),
        ("Voorbehouden\n  handelingen", ["Voorbehouden\n  handelingen"]),
        ("Bekwaam is een naam, bekwaam een woord", ["bekwaam"]),
        ("een schaal soep, schaal 8", ["schaal 8"]),
        ("stage-bbl is iets anders", []),
        ("&big; &#BIG", []),
    ],
)
def test_what_is_found_in_a_sentence(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_a_word_of_nobody_is_refused() -> None:
    with pytest.raises(KeyError):
        NL.of("fiets")


def test_two_terms_cannot_have_the_same_form() -> None:
    twice = (Term("a", "bbl", ("bbl",), "Een."), Term("b", "bbl", ("bbl",), "Twee."))
    with pytest.raises(GlossaryError, match="is of a and of b"):
        Glossary("nl", twice)

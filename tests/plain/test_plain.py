"""The texts are plain: no sentence too long, no word that few people know, no letter-speak.

What is above a limit is named; `make plain` prints it all. docs/plain-words.md says what to do.
"""

from __future__ import annotations

import pytest

from portal.glossary.terms import glossaries
from tests.catalogues import ROOT
from tests.plain.measure import (
    LONGEST,
    PASSIVE_SHARE,
    Finding,
    allowed,
    findings,
    known,
    length,
    passives,
    sentences,
)
from tests.plain.texts import HELPING, Text, described, outside_the_catalogue, spoken

SPOKEN = sorted(set(spoken()))
MAILS = sorted((ROOT / "templates").rglob("*.txt"))


def test_there_is_enough_to_measure() -> None:
    """A reader of texts that finds none would call all of them plain."""
    places = {text.where.partition(":")[0] for text in SPOKEN}
    assert places == {"pages and mails", "catalogue", "glossary", "guide", *HELPING}
    assert len(SPOKEN) > 1000
    assert MAILS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_is_within_the_limits(language: str) -> None:
    above = {
        text.words: found
        for text in SPOKEN
        if text.language == language and (found := findings(text.words, language))
    }
    assert not above, "\n".join(f"{words!r}: {found}" for words, found in above.items())


def test_few_dutch_sentences_are_passive() -> None:
    dutch = [text.words for text in SPOKEN if text.language == "nl"]
    passive = [one for words in dutch for one in passives(words)]
    total = sum(len(sentences(words)) for words in dutch)
    assert len(passive) <= PASSIVE_SHARE * total, passive


def test_mails_say_nothing_outside_the_catalogue() -> None:
    left = {str(path): text for path in MAILS if (text := outside_the_catalogue(path))}
    assert not left


def test_an_explanation_has_two_sentences_at_most() -> None:
    for glossary in glossaries().values():
        for term in glossary.terms:
            assert len(sentences(term.text)) <= 2, term


def test_what_is_let_through_needs_it() -> None:
    """A word that became common, or that no text has any more, leaves the list."""
    texts = " ".join(text.words.lower() for text in (*SPOKEN, *described()))
    for language in ("nl", "en"):
        for word, reason in allowed(language).items():
            assert len(reason.split()) > 2, word
            assert not known(word, language), word
            assert word in texts, word


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        (" ".join(["huis"] * (LONGEST["nl"] + 1)) + ".", "nl", "long sentence"),
        (" ".join(["house"] * (LONGEST["en"] + 1)) + ".", "en", "long sentence"),
        (
            ("Wij " * 17).strip() + ". " + ("Wij " * 17) + ". " + ("Jij " * 17),
            "nl",
            "long sentences",
        ),
        ("Vul uw naam in.", "nl", "word we do not use"),
        ("Je dient te reageren.", "nl", "word we do not use"),
        ("Dit is een ongeldig adres.", "nl", "word we do not use"),
        ("Invalid value.", "en", "word we do not use"),
        ("We do this in order to help.", "en", "word we do not use"),
        ("Lees de subsidiabiliteitscriteria.", "nl", "rare word"),
        ("This is perspicacious.", "en", "rare word"),
    ],
)
def test_what_is_not_plain_is_found(text: str, language: str, kind: str) -> None:
    assert kind in {one.kind for one in findings(text, language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je woont in een woonzorghuis en werkt in de thuiszorg.", "nl"),
        ("Een bbl-leerplek voor zij-instromers.", "nl"),
        ("<b>%(num)s weken</b> geleden, op %(day)s.", "nl"),
        ("Stuur het naar naam@voorbeeld.nl of bel.", "nl"),
        ("Upload je bestand, een menu of {0}.", "nl"),
        ("A learning job with an mbo certificate in a care home.", "en"),
    ],
)
def test_what_is_plain_passes(text: str, language: str) -> None:
    assert findings(text, language) == []


def test_a_finding_names_the_word() -> None:
    assert findings("Gelieve te wachten.", "nl")[0] == Finding("word we do not use", "Gelieve")


def test_sentences_are_cut_where_people_stop() -> None:
    text = "Kies een dag, zoals 31-12-2027. Klaar? “Ja!” Dan gaan we door.\n\nTot %(day)s"
    assert [length(one) for one in sentences(text)] == [5, 1, 1, 4, 2]


def test_a_passive_sentence_is_seen() -> None:
    assert passives("Je tekst wordt bewaard. We bewaren je tekst. Jij wordt blij.") == [
        "Je tekst wordt bewaard."
    ]


def test_the_framework_is_there_to_list() -> None:
    wheres = {text.where.partition(":")[0] for text in described()}
    assert {"professions", "fields", "care"} <= wheres
    assert all(isinstance(text, Text) for text in described())

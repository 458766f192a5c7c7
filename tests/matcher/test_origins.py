"""Occupations are found by their names, and only where they are the writer's own."""

from __future__ import annotations

import pytest

from matcher.framework import Framework
from matcher.origins import MOST, FoundOrigin, origins_in
from matcher.sayings import Origin


def origin(identifier: str, nl: list[str], en: list[str]) -> Origin:
    return Origin(
        id=identifier,
        nl={"name": nl[0], "also": nl[1:]},  # type: ignore[arg-type]
        en={"name": en[0], "also": en[1:]},  # type: ignore[arg-type]
        brings={"patience": "usually", "make-contact": "often", "hand-over": "sometimes"},  # type: ignore[dict-item]
    )


ORIGINS = [
    origin("conductor", ["conducteur", "op de trein gewerkt"], ["train conductor"]),
    origin("cook", ["kok"], ["cook"]),
    origin("baker", ["bakker"], ["baker"]),
    origin("bakery", ["verkoopster bij de bakker"], ["bakery shop assistant"]),
    origin("cashier", ["caissière"], ["cashier"]),
    origin("nanny", ["gastouder", "pa"], ["nanny"]),
    origin("vet", ["dierenarts"], ["vet"]),
    origin("secretary", ["secretaresse"], ["secretary"]),
]


@pytest.fixture
def known() -> Framework:
    return Framework({}, {}, {}, {}, {}, {}, origins={one.id: one for one in ORIGINS})


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("Ik was twintig jaar conducteur bij de NS.", "conductor", "conducteur"),
        ("CONDUCTEUR geweest", "conductor", "CONDUCTEUR"),
        ("Wij waren conducteurs", "conductor", "conducteurs"),
        ("ik was conductuer", "conductor", "conductuer"),
        ("ik was conducteurr", "conductor", "conducteurr"),
        ("ik was condukteur", "conductor", "condukteur"),
        ("Ik heb op de trein gewerkt", "conductor", "op de trein gewerkt"),
        ("Ik heb op trein gewerkt", "conductor", "op trein gewerkt"),
        ("Wij waren koks", "cook", "koks"),
        ("Jarenlang caissiere.", "cashier", "caissiere"),
        ("We were secretaries", "secretary", "secretaries"),
        ("verkoopster bij de bakker", "bakery", "verkoopster bij de bakker"),
        ("I was a vet on a farm", "vet", "vet"),
        ("Niet alleen kok", "cook", "kok"),
        ("Mijn man is ziek en ik was kok", "cook", "kok"),
    ],
)
def test_a_name_is_found(known: Framework, text: str, found: str, words: str):
    assert origins_in(text, known) == (FoundOrigin(found, words),)


@pytest.mark.parametrize(
    "text",
    [
        "Ik was geen conducteur",
        "Ik ben nooit kok geweest",
        "I was not a cook",
        "Mijn man is conducteur",
        "My father was a baker",
        "Ik wil graag conducteur worden",
        "I want to become a cook",
        "kokosnoten",  # Part of a word.
        "Ik kan goed koken",
        "bakken en conducteurt",  # Another ending makes another word.
        "Een kook is geen naam, kik ook niet",  # A short name needs every letter.
        "Ik vond de productie leuk",
        "Dat is vet leuk werk",  # English, in a Dutch sentence.
        "My pa told me",  # Dutch, in an English one.
        "",
    ],
)
def test_what_is_not_ones_own_is_not_found(known: Framework, text: str):
    assert origins_in(text, known) == ()


def test_each_once_in_the_order_of_the_text_and_at_most_three(known: Framework):
    text = "Ik was bakker. Toen kok en bakker. Later secretaresse, conducteur en caissière."
    found = [one.origin for one in origins_in(text, known)]
    assert found == ["baker", "cook", "secretary"]
    assert len(found) == MOST


def test_every_origin_of_the_framework_is_found_by_its_name(framework: Framework):
    lost = [
        (one.id, spoken.name)
        for one in framework.origins.values()
        for start, spoken in (("Ik werkte lang als", one.nl), ("I have worked as a", one.en))
        if one.id
        not in [found.origin for found in origins_in(f"{start} {spoken.name}.", framework)]
    ]
    assert len(lost) <= len(framework.origins) // 50, lost


def test_an_ordinary_word_is_no_misspelt_name(framework: Framework):
    for text in ("Ik lag in het hospital", "Schoonmaken, poetsen, plannen", "over a barrier"):
        assert origins_in(text, framework) == (), text
    assert [one.origin for one in origins_in("Ik was loodgeiter", framework)] == ["plumber"]


def test_ordinary_sentences_name_no_origin(framework: Framework):
    for text in (
        "Ik werk graag in de tuin: snoeien, maaien en planten.",
        "Ik heb mijn moeder verzorgd en kookte elke dag voor ons gezin.",
        "Jarenlang de administratie van de tennisclub gedaan.",
        "Ik ben een moeder van drie kinderen en heb altijd het huishouden gedaan.",
        "I like being with older people, and I listen well.",
    ):
        assert origins_in(text, framework) == (), text

"""The baselines order by what they see, and places agree with orders."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.encoder import SentenceEncoder
from matcher.evaluation.baselines import (
    LETTERS,
    MINILM,
    OWN,
    RANDOM,
    WORDS,
    baselines,
    ordered,
    places,
)

DOCUMENTS = [
    "Tuinman: je snoeit heggen en maait gras",
    "Kok: je kookt een warme maaltijd voor bewoners",
    "Chauffeur: je rijdt een rolstoelbus",
]
IDS = ["tuin", "kok", "bus"]


@pytest.fixture(scope="module")
def made(sentence_encoder: SentenceEncoder):
    return baselines(DOCUMENTS, sentence_encoder, sentence_encoder)


def test_every_baseline_has_a_name(made, sentence_encoder: SentenceEncoder):
    assert list(made) == [RANDOM, WORDS, LETTERS, MINILM, OWN]
    assert list(baselines(DOCUMENTS, sentence_encoder)) == [RANDOM, WORDS, LETTERS, OWN]


@pytest.mark.parametrize("name", [WORDS, LETTERS, MINILM, OWN])
def test_the_text_itself_is_the_nearest(made, name: str):
    found = made[name](list(reversed(DOCUMENTS)))
    assert found.shape == (3, 3)
    assert [order[0] for order in ordered(found, IDS)] == ["bus", "kok", "tuin"]


def test_letters_see_inside_words_and_words_do_not(made):
    queries = ["rolstoelen"]
    assert not made[WORDS](queries).any()
    assert ordered(made[LETTERS](queries), IDS)[0][0] == "bus"


def test_chance_is_the_same_chance_every_time(made):
    queries = ["a", "b"]
    assert np.array_equal(made[RANDOM](queries), made[RANDOM](queries))
    assert made[RANDOM](queries).shape == (2, 3)


def test_ties_go_by_the_order_of_the_documents():
    nearness = np.array([[0.5, 0.9, 0.5], [0.0, 0.0, 0.0]], dtype=np.float32)
    assert ordered(nearness, IDS) == [["kok", "tuin", "bus"], ["tuin", "kok", "bus"]]


def test_places_are_those_of_the_order():
    nearness = np.random.default_rng(3).integers(0, 4, (20, 3)).astype(np.float32)
    for number, name in enumerate(IDS):
        expected = [order.index(name) + 1 for order in ordered(nearness, IDS)]
        assert places(nearness, [number] * 20).tolist() == expected

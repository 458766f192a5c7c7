"""Alternative names as questions, on five small occupations."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

import numpy as np
import pytest

from matcher.encoder import SentenceEncoder
from matcher.engine import Engine
from matcher.evaluation.baselines import LETTERS, OWN, WORDS
from matcher.evaluation.occupations import TEN, ask, opportunity_of, share_within
from matcher.training.corpora import Occupation, held_out_names, unseen
from matcher.types import Opportunity


def occupation(key: str, name: str, description: str, *others: str) -> Occupation:
    """One of which every name is held out: the uri is chosen so."""
    uri = next(
        uri
        for number in range(1000)
        if unseen(uri := f"http://example.test/occupation/{key}-{number}")
    )
    return Occupation(uri, name, others, description)


FIVE = [
    occupation("kok", "kok", "Koks bereiden maaltijden in een keuken.", "keukenchef"),
    occupation("tuin", "hovenier", "Hoveniers onderhouden tuinen.", "tuinman", "tuinonderhouder"),
    occupation("bus", "buschauffeur", "Buschauffeurs rijden reizigers.", "chauffeur van een bus"),
    occupation("bak", "bakker", "Bakkers bakken brood en banket.", "broodbakker"),
    occupation("kap", "kapper", "Kappers knippen haar.", "haarknipper", "broodbakker"),
]
NAMES = 7


@pytest.fixture
def empty(new_engine: Callable[..., Engine], sentence_encoder: SentenceEncoder) -> Engine:
    return new_engine(encoder=sentence_encoder)


def test_an_occupation_as_the_engine_takes_it():
    one = Occupation("http://example.test/occupation/ab-12", "kok", ("chef",), "Koks koken.")
    # Nothing of its alternative names: those are the questions.
    assert opportunity_of(one) == Opportunity("ab-12", "kok", "Koks koken.")


def test_every_ranker_gets_every_question(empty: Engine, sentence_encoder: SentenceEncoder):
    found = ask(FIVE, empty, sentence_encoder)
    assert list(found.places) == [WORDS, LETTERS, OWN, "engine"]
    assert all(one.shape == (NAMES,) for one in found.places.values())
    assert found.held_out == NAMES
    assert found.unseen.tolist() == [True] * NAMES
    # Both the baker and, oddly, the hairdresser are called a baker of bread.
    assert found.shared == pytest.approx(2 / NAMES)


def test_the_places_are_the_right_ones(empty: Engine, sentence_encoder: SentenceEncoder):
    found = ask(FIVE, empty, sentence_encoder)
    names = [name for _, name in held_out_names(FIVE)]
    by_letters = dict(zip(names, found.places[LETTERS].tolist(), strict=True))
    by_engine = dict(zip(names, found.places["engine"].tolist(), strict=True))
    assert by_letters["tuinonderhouder"] == 1
    assert by_engine["chauffeur van een bus"] == 1
    # The last of two equal names is the hairdresser's, where the baker is nearer.
    assert by_letters["broodbakker"] > 1
    # The pool is five, so everything is among ten, unless a ranker gives no answer at all.
    assert set(found.places[WORDS].tolist()) <= {1, 2, 3, 4, 5}


def test_the_same_few_are_drawn_every_time(
    new_engine: Callable[..., Engine], sentence_encoder: SentenceEncoder
):
    def draw() -> list[list[int]]:
        engine = new_engine(encoder=sentence_encoder)
        found = ask(FIVE, engine, sentence_encoder, most=3)
        assert found.held_out == NAMES
        return [one.tolist() for one in found.places.values()]

    first = draw()
    assert all(len(one) == 3 for one in first)
    assert draw() == first


def test_beyond_ten_counts_as_not_found(empty: Engine, sentence_encoder: SentenceEncoder):
    # Without a word in common the order is that of the file, so this one comes last of twelve.
    crowd = [Occupation(f"http://e.test/{n}", f"beroep {n}", (), "Werkt.") for n in range(11)]
    odd = occupation("zz", "beroep 11", "Werkt.", "xylofonist")
    found = ask([*crowd, odd], empty, sentence_encoder)
    assert found.places[WORDS].tolist() == [0]


def test_an_engine_with_a_pool_and_nothing_held_out_are_refused(
    empty: Engine, sentence_encoder: SentenceEncoder
):
    with pytest.raises(ValueError, match="held out"):
        ask([Occupation("http://e.test/1", "kok", (), "")], empty, sentence_encoder)
    empty.add([opportunity_of(FIVE[0])])
    with pytest.raises(ValueError, match="pool"):
        ask(FIVE, empty, sentence_encoder)


def test_share_within():
    places = np.array([1, 3, 0, 10])
    assert share_within(places, 1) == 1 / 4
    assert share_within(places, TEN) == 3 / 4
    assert isnan(share_within(places[:0], TEN))

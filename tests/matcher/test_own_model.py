"""The model that is shipped: small, plain, and Dutch and English lie in one space."""

from __future__ import annotations

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from matcher.encoder import OWN, SentenceEncoder

MEGABYTE = 1_000_000

EVERYDAY = [
    ("Ik kook graag voor mijn buren.", "I like to cook for my neighbours."),
    ("Mijn moeder is ziek en ik zorg voor haar.", "My mother is ill and I look after her."),
    ("In het weekend werk ik in de tuin.", "At the weekend I work in the garden."),
    (
        "Ik heb jaren op een kantoor de rekeningen betaald.",
        "I paid the bills in an office for years",
    ),
    ("De kinderen spelen na school op straat.", "The children play in the street after school."),
]


@pytest.fixture(scope="module")
def plain() -> SentenceTransformer:
    """As anybody would load it, without code of ours."""
    return SentenceTransformer(str(OWN), device="cpu")


def test_it_loads_without_code_of_ours(
    plain: SentenceTransformer, sentence_encoder: SentenceEncoder
):
    texts = [text for pair in EVERYDAY for text in pair]
    found = plain.encode(texts)
    assert found.shape == (len(texts), sentence_encoder.dimension)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert sentence_encoder.encode(texts) == pytest.approx(found, abs=1e-6)
    assert not list(OWN.rglob("*.py"))


def test_it_takes_at_most_sixteen_megabytes():
    assert sum(file.stat().st_size for file in OWN.rglob("*") if file.is_file()) <= 16 * MEGABYTE


def test_a_sentence_is_nearest_to_its_twin_in_the_other_language(plain: SentenceTransformer):
    dutch = plain.encode([one for one, _ in EVERYDAY])
    english = plain.encode([one for _, one in EVERYDAY])
    every = np.vstack([dutch, english])
    near = every @ every.T
    np.fill_diagonal(near, -1)
    count = len(EVERYDAY)
    assert near.argmax(axis=1).tolist() == [*range(count, 2 * count), *range(count)]


def test_case_and_accents_do_not_matter(plain: SentenceTransformer):
    one, other = plain.encode(["Ik ben COÖRDINATOR in een café!", "ik ben coordinator in een cafe"])
    assert float(one @ other) == pytest.approx(1.0, abs=1e-5)

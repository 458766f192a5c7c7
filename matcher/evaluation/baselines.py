"""What the engine is measured against: chance, words, letters, and encoders by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from matcher.encoder import Encoder
from matcher.evaluation.measures import SEED

Nearness: TypeAlias = npt.NDArray[np.float32]
"""Shape (queries, documents); higher is nearer, and only the order means anything."""
Baseline: TypeAlias = Callable[[Sequence[str]], Nearness]

RANDOM = "random"
WORDS = "word TF-IDF"
LETTERS = "character 3-5-gram TF-IDF"
MINILM = "all-MiniLM-L6-v2"
OWN = "own encoder alone"


def baselines(
    documents: Sequence[str], own: Encoder, minilm: Encoder | None = None
) -> Mapping[str, Baseline]:
    """The baselines over these documents, by name; all-MiniLM only when it is given."""
    found = {
        RANDOM: _chance(len(documents)),
        WORDS: _tfidf(documents, analyzer="word", ngram_range=(1, 1)),
        LETTERS: _tfidf(documents, analyzer="char_wb", ngram_range=(3, 5)),
    }
    if minilm is not None:
        found[MINILM] = _by_encoder(documents, minilm)
    return {**found, OWN: _by_encoder(documents, own)}


def ordered(nearness: Nearness, ids: Sequence[str]) -> list[list[str]]:
    """The ids of the documents per query, nearest first; ties in the order of the documents."""
    return [[ids[n] for n in row] for row in np.argsort(-nearness, axis=1, kind="stable")]


def places(nearness: Nearness, wanted: Sequence[int]) -> npt.NDArray[np.int64]:
    """The place, from 1, of one document (its number) per query; ties as in `ordered`."""
    numbers = np.asarray(wanted)
    own = np.take_along_axis(nearness, numbers[:, None], axis=1)
    earlier = np.arange(nearness.shape[1])[None, :] < numbers[:, None]
    before = (nearness > own) | ((nearness == own) & earlier)
    found: npt.NDArray[np.int64] = before.sum(axis=1, dtype=np.int64) + 1
    return found


def _chance(count: int) -> Baseline:
    def nearness(queries: Sequence[str]) -> Nearness:
        return np.random.default_rng(SEED).random((len(queries), count), dtype=np.float32)

    return nearness


def _tfidf(documents: Sequence[str], *, analyzer: str, ngram_range: tuple[int, int]) -> Baseline:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer=analyzer, ngram_range=ngram_range, sublinear_tf=True, dtype=np.float32
    )
    columns = vectorizer.fit_transform(documents).T.tocsc()

    def nearness(queries: Sequence[str]) -> Nearness:
        found: Nearness = (vectorizer.transform(queries) @ columns).toarray()
        return found

    return nearness


def _by_encoder(documents: Sequence[str], encoder: Encoder) -> Baseline:
    passages = encoder.encode(documents)

    def nearness(queries: Sequence[str]) -> Nearness:
        found: Nearness = encoder.encode_queries(queries) @ passages.T
        return found

    return nearness

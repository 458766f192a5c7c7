"""The wording index agrees with brute force, however it came to be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack

from matcher.lexical import BUCKETS, LexicalEncoder
from matcher.wording import WordingIndex

WORDS = ["zorg", "tuin", "keuken", "wassen", "koken", "rijden", "boeken", "kinderen", "nacht"]


@pytest.fixture(scope="module")
def rows(lexical: LexicalEncoder) -> csr_matrix:
    generator = np.random.default_rng(3)
    return lexical.encode([" ".join(generator.choice(WORDS, 4)) for _ in range(60)])


@pytest.fixture(scope="module")
def query(lexical: LexicalEncoder) -> csr_matrix:
    return lexical.encode(["koken en wassen voor ouderen"])


def brute(rows: csr_matrix, query: csr_matrix) -> np.ndarray:
    return (rows.toarray() @ query.toarray().ravel()).astype(np.float32)


def test_it_agrees_with_brute_force(rows: csr_matrix, query: csr_matrix):
    index = WordingIndex()
    index.append(rows)
    assert len(index) == rows.shape[0]
    assert index.scores(query) == pytest.approx(brute(rows, query), abs=1e-6)


def test_appending_in_parts_equals_appending_at_once(rows: csr_matrix, query: csr_matrix):
    index = WordingIndex()
    for start, stop in ((0, 1), (1, 20), (20, 20), (20, 60)):
        index.append(rows[start:stop])
    assert len(index) == 60
    assert index.scores(query) == pytest.approx(brute(rows, query), abs=1e-6)


def test_a_long_tail_is_merged_and_scores_stay(rows: csr_matrix, query: csr_matrix):
    many = vstack([rows] * 20, format="csr")  # 1200 rows, longer than a tail may be
    index = WordingIndex()
    index.append(many)
    before = index.bytes
    index.append(rows)
    index.append(rows[:5])
    assert index.bytes > before
    expected = brute(vstack([many, rows, rows[:5]], format="csr"), query)
    assert index.scores(query) == pytest.approx(expected, abs=1e-6)


def test_a_row_is_nearest_to_itself(rows: csr_matrix):
    index = WordingIndex()
    index.append(rows)
    for number in (0, 17, 59):
        scores = index.scores(rows[number])
        assert scores[number] == pytest.approx(1.0, abs=1e-5)
        assert scores.max() <= 1.0 + 1e-5


def test_keep_renumbers_in_the_order_that_was_asked(rows: csr_matrix, query: csr_matrix):
    index = WordingIndex()
    index.append(rows[:40])
    index.append(rows[40:])
    wanted = np.array([50, 3, 17], dtype=np.int64)
    index.keep(wanted)
    assert len(index) == 3
    assert index.scores(query) == pytest.approx(brute(rows, query)[wanted], abs=1e-6)
    index.append(rows[:1])
    assert index.scores(query)[3] == pytest.approx(brute(rows, query)[0], abs=1e-6)


def test_nothing_kept_and_nothing_asked(
    rows: csr_matrix, query: csr_matrix, lexical: LexicalEncoder
):
    index = WordingIndex()
    assert index.scores(query).shape == (0,)
    index.append(rows)
    assert index.scores(lexical.encode([""])).tolist() == [0.0] * 60
    index.append(csr_matrix((0, BUCKETS), dtype=np.float32))
    assert len(index) == 60
    index.keep(np.zeros(0, dtype=np.int64))
    assert len(index) == 0
    assert index.scores(query).shape == (0,)

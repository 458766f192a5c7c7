"""The vector index against brute force; what FAISS fills in for nothing never comes out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.encoder import Vectors
from matcher.index import VectorIndex

DIMENSION = 8


def unit(count: int, seed: int = 1) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def made(ids: list[int], vectors: Vectors) -> VectorIndex:
    index = VectorIndex(DIMENSION)
    index.add(np.array(ids, dtype=np.int64), vectors)
    return index


def brute(ids: list[int], vectors: Vectors, query: Vectors, limit: int) -> list[int]:
    scores = vectors @ query
    order = np.lexsort((ids, -scores))
    return [ids[number] for number in order[:limit]]


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 50),
    limit=st.integers(1, 80),
    seed=st.integers(0, 1000),
    data=st.data(),
)
def test_it_agrees_with_brute_force(count: int, limit: int, seed: int, data: st.DataObject):
    ids = data.draw(st.lists(st.integers(0, 10_000), min_size=count, max_size=count, unique=True))
    vectors, query = unit(count, seed), unit(1, seed + 1)[0]
    found, scores = made(ids, vectors).search(query, limit)
    assert found.tolist() == brute(ids, vectors, query, limit)
    assert len(found) == min(count, limit)
    assert (found >= 0).all()
    assert (np.diff(scores) <= 0).all()
    assert scores.max() <= 1 + 1e-5
    assert scores.min() >= -1 - 1e-5


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 1000),
    among=st.lists(st.integers(0, 39), max_size=40, unique=True),
    gone=st.lists(st.integers(0, 39), max_size=40, unique=True),
    limit=st.integers(1, 60),
)
def test_among_and_removal_agree_with_brute_force(
    seed: int, among: list[int], gone: list[int], limit: int
):
    vectors, query = unit(40, seed), unit(1, seed + 1)[0]
    index = made(list(range(40)), vectors)
    assert index.remove(np.array(gone, dtype=np.int64)) == len(gone)
    left = [one for one in among if one not in gone]
    found, _ = index.search(query, limit, np.array(among, dtype=np.int64))
    assert found.tolist() == brute(left, vectors[left], query, limit)
    assert len(index) == 40 - len(gone)


def test_every_vector_is_nearest_to_itself():
    vectors = unit(30)
    index = made(list(range(100, 130)), vectors)
    for number, vector in enumerate(vectors):
        found, scores = index.search(vector, 1)
        assert found.tolist() == [100 + number]
        assert scores[0] == pytest.approx(1.0, abs=1e-5)


def test_a_limit_beyond_the_pool_never_brings_minus_one():
    index = made([5, 9], unit(2))
    found, scores = index.search(unit(1, 7)[0], 1000)
    assert sorted(found.tolist()) == [5, 9]
    assert np.isfinite(scores).all()
    found, _ = index.search(unit(1, 7)[0], 1000, np.array([9, 4242], dtype=np.int64))
    assert found.tolist() == [9]


def test_an_empty_index_and_an_empty_choice_answer_with_nothing():
    query = unit(1)[0]
    for index, among in (
        (VectorIndex(DIMENSION), None),
        (VectorIndex(DIMENSION), np.array([1], dtype=np.int64)),
        (made([1], unit(1)), np.zeros(0, dtype=np.int64)),
        (made([1], unit(1)), np.array([2], dtype=np.int64)),
    ):
        found, scores = index.search(query, 10, among)
        assert (len(found), len(scores)) == (0, 0)


def test_ties_go_by_id():
    same = np.repeat(unit(1), 6, axis=0)
    index = made([40, 10, 30, 20, 60, 50], same)
    found, scores = index.search(same[0], 6)
    assert found.tolist() == [10, 20, 30, 40, 50, 60]
    assert len(set(scores.tolist())) == 1


def test_what_is_removed_is_gone_and_its_id_may_be_used_again():
    vectors = unit(3)
    index = made([1, 2, 3], vectors)
    assert index.remove(np.array([2, 2, 77], dtype=np.int64)) == 1
    assert index.search(vectors[1], 3)[0].tolist() != [2]
    assert 2 not in index.search(vectors[1], 3)[0]
    assert index.remove(np.array([2], dtype=np.int64)) == 0
    index.add(np.array([2], dtype=np.int64), vectors[1:2])
    assert index.search(vectors[1], 1)[0].tolist() == [2]


def test_vectors_come_back_as_they_went_in():
    vectors = unit(5)
    index = made([3, 1, 4, 15, 9], vectors)
    back = index.vectors(np.array([15, 3], dtype=np.int64))
    assert np.array_equal(back, vectors[[3, 0]])
    assert index.vectors(np.zeros(0, dtype=np.int64)).shape == (0, DIMENSION)
    with pytest.raises(KeyError):
        index.vectors(np.array([3, 2], dtype=np.int64))


@pytest.mark.parametrize(
    "ids", [[1, 1], [-1, 5], [7, 8]], ids=["given twice", "negative", "there already"]
)
def test_ids_that_are_refused_leave_the_index_as_it_was(ids: list[int]):
    index = made([7], unit(1))
    with pytest.raises(ValueError, match="id"):
        index.add(np.array(ids, dtype=np.int64), unit(2))
    assert len(index) == 1


def test_another_dimension_is_refused():
    index = made([1], unit(1))
    with pytest.raises(ValueError, match="shape"):
        index.add(np.array([2], dtype=np.int64), np.ones((1, DIMENSION + 1), dtype=np.float32))
    with pytest.raises(ValueError, match="shape"):
        index.add(np.array([2, 3], dtype=np.int64), unit(1))
    with pytest.raises(ValueError, match="shape"):
        index.search(np.ones(DIMENSION - 1, dtype=np.float32), 1)
    with pytest.raises(ValueError, match="limit"):
        index.search(unit(1)[0], 0)
    assert len(index) == 1


def test_adding_nothing_changes_nothing():
    index = made([1], unit(1))
    index.add(np.zeros(0, dtype=np.int64), np.zeros((0, DIMENSION), dtype=np.float32))
    assert len(index) == 1

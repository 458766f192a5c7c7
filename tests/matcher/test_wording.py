"""The wording index agrees with brute force, however it came to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from matcher.lexical import BUCKETS, LexicalEncoder, words_of
from matcher.wording import WordingIndex

WORDS = [
    *("zorg", "tuin", "keuken", "wassen", "koken", "rijden", "boeken", "kinderen", "nacht"),
    *("tuinhuis", "verzorgen", "the", "een", "Wassen", "kóken!"),
]
SMALL = {"een", "the"}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    generator = np.random.default_rng(3)
    return [" ".join(generator.choice(WORDS, 5)) for _ in range(60)]


@pytest.fixture(scope="module")
def query(lexical: LexicalEncoder) -> csr_matrix:
    return lexical.encode(["koken en wassen voor ouderen, en verzorgen"])


def brute(lexical: LexicalEncoder, texts: list[str], query: csr_matrix) -> np.ndarray:
    """The cosine of n-grams, each word of a text taken once and small words left out."""
    wanted = query.toarray().ravel()
    found = []
    for text in texts:
        different = [word for word in dict.fromkeys(words_of(text)) if word not in SMALL]
        row = np.zeros(BUCKETS)
        for word in different:
            row += lexical.weigh([word], once=True).toarray().ravel()
        found.append(row @ wanted / max(float(np.linalg.norm(row)), 1e-6))
    return np.array(found, dtype=np.float32)


def made(lexical: LexicalEncoder, *parts: list[str]) -> WordingIndex:
    index = WordingIndex(lexical)
    for part in parts:
        index.append(part)
    return index


def scores(index: WordingIndex, query: csr_matrix, rows: list[int] | None = None) -> np.ndarray:
    wanted = np.arange(len(index)) if rows is None else np.array(rows, dtype=np.int64)
    return index.scores(index.likeness(query), wanted)


def test_it_agrees_with_brute_force(lexical: LexicalEncoder, texts: list[str], query: csr_matrix):
    index = made(lexical, texts)
    assert len(index) == len(texts)
    found = scores(index, query)
    assert found.dtype == np.float32
    assert found == pytest.approx(brute(lexical, texts, query), abs=1e-5)
    assert found.max() > found.min()
    assert (found >= 0).all()


def test_it_agrees_on_the_texts_of_the_region(
    lexical: LexicalEncoder, some: list, query: csr_matrix
):
    told = [one.text for one in some[:3]]
    words = [" ".join(word for word in words_of(text) if len(word) > 6) for text in told]
    assert scores(made(lexical, words), query) == pytest.approx(
        brute(lexical, words, query), abs=1e-5
    )


def test_a_word_counts_once_and_small_words_not_at_all(lexical: LexicalEncoder, query: csr_matrix):
    index = made(lexical, ["koken", "koken koken KOKEN", "ik ga een koken, the koken"])
    found = scores(index, query)
    assert found[0] > 0
    assert found == pytest.approx([found[0]] * 3)


@pytest.mark.parametrize("empty", ["", "  \n", "🙂!", "een en de the"])
def test_a_text_without_words_scores_nothing_and_moves_no_other(
    lexical: LexicalEncoder, query: csr_matrix, empty: str
):
    plain = scores(made(lexical, ["koken", "tuin wassen"]), query)
    for texts in ([empty, "koken", "tuin wassen"], ["koken", empty, empty, "tuin wassen", empty]):
        found = scores(made(lexical, texts), query)
        assert [one for text, one in zip(texts, found, strict=True) if text == empty] == [
            0.0
        ] * texts.count(empty)
        assert found[[texts.index("koken"), texts.index("tuin wassen")]] == pytest.approx(plain)
    assert scores(made(lexical, [empty]), query).tolist() == [0.0]


def test_rows_in_any_order_and_more_than_once(
    lexical: LexicalEncoder, texts: list[str], query: csr_matrix
):
    index = made(lexical, texts)
    every = scores(index, query)
    for rows in ([59, 0, 17], [0], [59], [3, 3, 0, 3], list(range(60))[::-1]):
        assert scores(index, query, rows) == pytest.approx(every[rows], abs=1e-7)
    assert scores(index, query, []).shape == (0,)


def test_appending_in_parts_equals_appending_at_once(
    lexical: LexicalEncoder, texts: list[str], query: csr_matrix
):
    once = scores(made(lexical, texts), query)
    index = made(lexical, texts[:1], texts[1:20], [], texts[20:])
    assert len(index) == 60
    assert scores(index, query) == pytest.approx(once, abs=1e-6)


def test_asking_between_changes_nothing_for_what_comes_later(
    lexical: LexicalEncoder, texts: list[str], query: csr_matrix
):
    index = WordingIndex(lexical)
    for text in texts:
        index.append([text])
        scores(index, query)
    assert scores(index, query) == pytest.approx(scores(made(lexical, texts), query), abs=1e-6)


def test_a_text_is_nearest_to_itself(lexical: LexicalEncoder):
    texts = ["heggen snoeien", "facturen boeken", "kamers schoonmaken", "bloedprikken"]
    index = made(lexical, texts)
    for number, text in enumerate(texts):
        found = scores(index, lexical.encode([text]))
        assert found.argmax() == number
        assert found[number] == pytest.approx(1.0, abs=1e-3)
        assert found.max() <= 1.0 + 1e-5


def test_keep_renumbers_in_the_order_that_was_asked(
    lexical: LexicalEncoder, texts: list[str], query: csr_matrix
):
    index = made(lexical, texts[:40], texts[40:])
    every = scores(index, query)
    index.keep(np.array([50, 3, 17], dtype=np.int64))
    assert len(index) == 3
    assert scores(index, query) == pytest.approx(every[[50, 3, 17]], abs=1e-6)
    index.append([texts[0], "brandweer"])
    assert scores(index, query)[3] == pytest.approx(every[0], abs=1e-6)
    assert len(index) == 5


def test_languages_follow_their_texts(lexical: LexicalEncoder):
    english = "I like to work in the garden with other people."
    dutch = "Ik werk graag in de tuin met andere mensen."
    index = made(lexical, [dutch, english, dutch])
    assert index.english(np.array([1, 0, 2, 1])).tolist() == [True, False, False, True]
    index.keep(np.array([2, 1]))
    assert index.english(np.array([0, 1])).tolist() == [False, True]
    index.append([english, dutch])
    assert index.english(np.arange(4)).tolist() == [False, True, True, False]


def test_nothing_kept_and_nothing_asked(
    lexical: LexicalEncoder, texts: list[str], query: csr_matrix
):
    index = WordingIndex(lexical)
    assert scores(index, query).shape == (0,)
    index.append([])
    assert len(index) == 0
    index.append(texts)
    assert scores(index, lexical.encode([""])).tolist() == [0.0] * 60
    index.keep(np.zeros(0, dtype=np.int64))
    assert len(index) == 0
    assert scores(index, query).shape == (0,)
    index.append(texts[:1])
    assert scores(index, query) == pytest.approx(brute(lexical, texts[:1], query), abs=1e-5)


def test_memory_grows_with_the_texts(lexical: LexicalEncoder, texts: list[str]):
    index = made(lexical, ["koken"])
    before = index.bytes
    index.append([f"woord{number}" for number in range(2000)])
    assert index.bytes > before > 0


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "", "🙂"]), max_size=4), min_size=1, max_size=6),
    st.data(),
)
def test_any_texts_agree_with_brute_force(
    lexical: LexicalEncoder, query: csr_matrix, words: list[list[str]], data: st.DataObject
):
    texts = [" ".join(one) for one in words]
    expected = brute(lexical, texts, query)
    index = made(lexical, texts)
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=6))
    assert scores(index, query, rows) == pytest.approx(expected[rows], abs=1e-5)

"""The wording side: letters that agree, whatever the case, the accents or the compound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import home
from matcher.datafiles import DataFileError
from matcher.lexical import BUCKETS, LexicalEncoder, divided, ngrams, row_lengths, words_of

TEXTS = [
    "Ik heb jaren mijn oma gewassen en aangekleed",
    "Koken voor grote groepen in een kantine",
    "De tuin onderhouden en heggen snoeien",
    "Facturen boeken en de administratie bijhouden",
    "Huiskamerbegeleider",
    "I looked after my grandmother",
]
PLAIN = LexicalEncoder(np.ones(BUCKETS, dtype=np.float32))


def alike(lexical: LexicalEncoder, one: str, other: str) -> float:
    rows = lexical.encode([one, other])
    return float((rows[0] @ rows[1].T).toarray()[0, 0])


def test_every_text_is_nearest_to_itself(lexical: LexicalEncoder):
    rows = lexical.encode(TEXTS)
    nearness = (rows @ rows.T).toarray()
    assert nearness.argmax(axis=1).tolist() == list(range(len(TEXTS)))
    assert np.diag(nearness) == pytest.approx(1.0, abs=1e-5)


def test_rows_have_length_one_and_a_text_without_letters_is_empty(lexical: LexicalEncoder):
    rows = lexical.encode([*TEXTS, "", "  \n", "...!", "🙂"])
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert lengths[: len(TEXTS)] == pytest.approx(1.0, abs=1e-5)
    assert lengths[len(TEXTS) :].tolist() == [0.0] * 4
    assert rows.shape == (len(TEXTS) + 4, BUCKETS)
    assert np.isfinite(rows.data).all()


def test_no_texts_give_no_rows(lexical: LexicalEncoder):
    assert lexical.encode([]).shape == (0, BUCKETS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Koken", "kOKEN"),
        ("één café", "een cafe"),
        ("zorg-assistent!", "zorg assistent"),
        ("  veel   ruimte ", "veel ruimte"),
        ("cafe\u0301", "café"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(lexical: LexicalEncoder, one: str, other: str):
    assert alike(lexical, one, other) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("compound", "parts", "stranger"),
    [
        ("huiskamerbegeleider", "begeleiden in de huiskamer", "facturen boeken"),
        ("ouderenzorg", "zorgen voor ouderen", "heggen snoeien"),
        ("medicijnen uitdelen", "medicijnuitgifte", "kinderen voorlezen"),
        ("schoonmaker", "kamers schoonmaken", "bloedprikken"),
    ],
)
def test_compounds_share_with_their_parts(
    lexical: LexicalEncoder, compound: str, parts: str, stranger: str
):
    assert alike(lexical, compound, parts) > 0.1 + alike(lexical, compound, stranger)


def test_a_rare_word_weighs_more_than_a_common_one(lexical: LexicalEncoder):
    sentence = "ik heb veel met dialyse gedaan"
    assert alike(lexical, sentence, "dialyse") > alike(lexical, sentence, "ik heb veel")


def test_n_grams_stay_inside_words():
    apart, together = set(ngrams("ab cd")), set(ngrams("abcd"))
    assert set(ngrams("ab")) | set(ngrams("cd")) == apart
    assert apart < apart | together


def test_the_same_text_gives_the_same_numbers_alone_and_among_others(lexical: LexicalEncoder):
    alone = lexical.encode([TEXTS[1]]).toarray()
    among = lexical.encode(TEXTS)[1].toarray()
    assert np.array_equal(alone, among)


def test_a_long_text_keeps_every_n_gram(lexical: LexicalEncoder):
    words = " ".join(f"woord{number}x" for number in range(2000))
    row = lexical.encode([words])
    assert row.nnz == len(set(ngrams(words))) > 4000
    assert float(row.multiply(row).sum()) == pytest.approx(1.0, abs=1e-4)


def test_the_words_of_a_text_in_order_without_case_or_accents():
    assert words_of("Één kop-koffie, café_2 COÖRDINATOR!") == [
        *("een", "kop", "koffie", "cafe", "2", "coordinator")
    ]
    assert words_of(" 🙂 ... __") == []
    assert words_of("cafe\u0301") == words_of("CAFÉ") == ["cafe"]


def test_every_n_gram_lies_inside_a_word():
    text = "Huiskamer, tuin en één keuken"
    apart = [gram for word in words_of(text) for gram in ngrams(word)]
    assert sorted(ngrams(text)) == sorted(apart)


def test_an_n_gram_that_comes_back_weighs_more_unless_it_counts_once(lexical: LexicalEncoder):
    often, single = lexical.weigh(["koken koken koken", "koken"])
    assert often.data == pytest.approx(single.data * (1 + np.log(3)))
    often, single = lexical.weigh(["koken koken koken", "koken"], once=True)
    assert often.data.tolist() == single.data.tolist()
    assert single.data == pytest.approx(lexical.rarity[single.indices])


def test_weights_divided_by_their_length_are_the_rows(lexical: LexicalEncoder):
    weights = lexical.weigh([*TEXTS, ""])
    rows = divided(weights, np.maximum(row_lengths(weights), 1e-9))
    assert abs(rows - lexical.encode([*TEXTS, ""])).max() < 1e-6
    assert row_lengths(rows) == pytest.approx([1.0] * len(TEXTS) + [0.0], abs=1e-5)


@given(st.text(max_size=200))
def test_any_text_gives_a_row_of_length_one_or_none(text: str):
    row = PLAIN.encode([text])
    length = float(np.sqrt(row.multiply(row).sum()))
    assert length == pytest.approx(1.0, abs=1e-4) or (length == 0 and row.nnz == 0)
    assert row.has_sorted_indices
    assert ((row.indices >= 0) & (row.indices < BUCKETS)).all()


def test_fit_finds_the_usual_less_telling_than_the_rare():
    fitted = LexicalEncoder.fit(["zorg en tuin", "zorg en keuken", "zorg en wassen"])
    usual, rare = set(ngrams("zorg")), set(ngrams("keuken")) - set(ngrams("en wassen"))
    assert max(fitted.rarity[list(usual)]) < min(fitted.rarity[list(rare)])
    unseen = np.setdiff1d(np.arange(BUCKETS), ngrams("zorg en tuin keuken wassen"))
    assert (fitted.rarity[unseen] == fitted.rarity.max()).all()


def test_wrong_shapes_and_broken_files_are_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="rarities"):
        LexicalEncoder(np.ones(3, dtype=np.float32))
    with pytest.raises(DataFileError, match="missing"):
        LexicalEncoder.load(tmp_path / "no.npz")
    whole = home.NGRAMS.read_bytes()
    for number, broken in enumerate((b"", b"no numbers", whole[:60_000], b"PK\x03\x04 half")):
        file = tmp_path / f"{number}.npz"
        file.write_bytes(broken)
        with pytest.raises(DataFileError, match="not readable"):
            LexicalEncoder.load(file)
    np.savez(tmp_path / "other.npz", something=np.zeros(3))
    with pytest.raises(DataFileError, match="rarity"):
        LexicalEncoder.load(tmp_path / "other.npz")

"""The encoder learns, always the same, and is read back as it was written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from matcher.encoder import load_encoder
from matcher.training.encoder import centred, projected, taught, train, word_pieces
from matcher.training.material import Family, Material, Pair, Scene
from matcher.training.network import Recipe, Table, Trainer
from matcher.training.saving import save

WORDS = [
    ("koken", "cooking"),
    ("wassen", "washing"),
    ("tuinieren", "gardening"),
    ("rijden", "driving"),
    ("schrijven", "writing"),
    ("zingen", "singing"),
    ("tillen", "lifting"),
    ("luisteren", "listening"),
]
SMALL = Recipe(
    dimension=16,
    vocabulary=300,
    steps=300,
    batch=12,
    scenes=4,
    rate=2e-2,
    family_share=(("competences", 0.7), ("professions", 0.3)),
)
TEXTS = ["Ik hou van koken", "I like washing", "tuinieren", "Lifting and driving, daily!"]


@pytest.fixture(scope="module")
def material() -> Material:
    pairs = [Pair(f"Ik hou van {dutch}", f"I like {english}") for dutch, english in WORDS]
    pairs += [Pair(dutch, english, 2.0) for dutch, english in WORDS]
    families = [
        Family(asked=(f"graag {dutch}", f"vaak {dutch}"), told=(dutch, english, f"het {dutch}"))
        for dutch, english in WORDS
    ]
    scenes = [
        Scene(
            told=(f"beroep met {one} en {two}",), skills=((one,), (two, f"veel {two}")), wishes=()
        )
        for (one, _), (two, _) in pairwise(WORDS)
    ]
    groups = {"competences": families[:5], "professions": families[5:]}
    return Material(pairs, groups, scenes, said=[one.dutch for one in pairs])


@pytest.fixture(scope="module")
def tokenizer(material: Material) -> Tokenizer:
    return word_pieces(material.texts(), SMALL.vocabulary)


def targets(material: Material, dimension: int) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(5)
    english = list(dict.fromkeys(pair.english for pair in material.pairs))
    found = generator.normal(size=(len(english), dimension)).astype(np.float32)
    return dict(zip(english, found / np.linalg.norm(found, axis=1, keepdims=True), strict=True))


@pytest.fixture(scope="module")
def trained(material: Material, tokenizer: Tokenizer) -> tuple[Trainer, list[tuple[int, float]]]:
    torch.set_num_threads(1)
    trainer = Trainer(SMALL, material, tokenizer, targets(material, SMALL.dimension))
    return trainer, list(trainer.run())


def encoded(table: np.ndarray, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """The mean of the rows of the pieces, of length one."""
    found = np.stack(
        [table[tokenizer.encode(text, add_special_tokens=False).ids].mean(axis=0) for text in texts]
    )
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


# Learning


def test_the_loss_falls(trained: tuple[Trainer, list[tuple[int, float]]]):
    steps = trained[1]
    assert [step for step, _ in steps] == [100, 200, 300]
    losses = [loss for _, loss in steps]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.5 * losses[0]


def test_the_first_steps_already_help(material: Material, tokenizer: Tokenizer):
    """Sixty steps; the loss is asked of the same batches before and after."""

    def loss(trainer: Trainer) -> float:
        asked = Trainer(SMALL, material, tokenizer, targets(material, SMALL.dimension))
        batches = [asked._translation(), asked._family_batch()]
        rows = [row for batch in batches for side in (batch.one, batch.two) for row in side]
        found = np.stack([trainer.table.values[row].mean(axis=0) for row in rows])
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return float(asked._loss(batches, torch.from_numpy(found)))

    recipe = replace(SMALL, steps=60)
    trainer = Trainer(recipe, material, tokenizer, targets(material, recipe.dimension))
    before = loss(trainer)
    assert list(trainer.run()) == []
    assert loss(trainer) < 0.9 * before


def test_twins_find_each_other(
    trained: tuple[Trainer, list[tuple[int, float]]], tokenizer: Tokenizer
):
    table = trained[0].table.values
    dutch = encoded(table, tokenizer, [one for one, _ in WORDS])
    english = encoded(table, tokenizer, [one for _, one in WORDS])
    assert (dutch @ english.T).argmax(axis=1).tolist() == list(range(len(WORDS)))


def test_the_same_seed_gives_the_same_table_and_another_one_another(
    material: Material, tokenizer: Tokenizer
):
    def table(seed: int) -> np.ndarray:
        recipe = replace(SMALL, steps=40, seed=seed)
        trainer = Trainer(recipe, material, tokenizer, targets(material, recipe.dimension))
        list(trainer.run())
        return trainer.table.values

    first = table(7)
    assert np.isfinite(first).all()
    assert np.array_equal(first, table(7))
    assert not np.array_equal(first, table(8))


def test_the_word_pieces_are_always_the_same(material: Material, tokenizer: Tokenizer):
    again = word_pieces(material.texts(), SMALL.vocabulary)
    assert again.to_str() == tokenizer.to_str()


def test_case_and_accents_make_no_other_piece(tokenizer: Tokenizer):
    assert tokenizer.get_vocab_size() <= SMALL.vocabulary
    assert tokenizer.encode("KÓKEN!").ids == tokenizer.encode("koken").ids


# The table


@pytest.fixture
def table() -> Table:
    return Table(10, 4, np.random.default_rng(1))


def test_only_the_rows_that_are_named_move(table: Table):
    before = table.values.copy()
    for _ in range(3):
        table.move(np.array([2, 7]), np.ones((2, 4), dtype=np.float32), 0.01)
    moved = np.flatnonzero((table.values != before).any(axis=1))
    assert moved.tolist() == [2, 7]
    # Against the gradient, and by about the rate, as Adam does whatever the size of a gradient.
    assert before[2] - table.values[2] == pytest.approx([0.03] * 4, rel=1e-3)


def test_a_row_that_joins_late_steps_as_a_first_step(table: Table):
    before = table.values.copy()
    for _ in range(50):
        table.move(np.array([0]), np.full((1, 4), 1e-3, dtype=np.float32), 0.01)
    table.move(np.array([0, 1]), np.full((2, 4), 1e-3, dtype=np.float32), 0.01)
    assert before[1] - table.values[1] == pytest.approx([0.01] * 4, rel=1e-2)


def test_it_finds_the_lowest_point(table: Table):
    goal = np.arange(4, dtype=np.float32) / 4
    for _ in range(600):
        table.move(np.array([3]), 2 * (table.values[[3]] - goal), 0.01)
    assert table.values[3] == pytest.approx(goal, abs=0.02)


# Writing


def test_what_is_saved_loads_as_any_model_and_says_the_same(
    trained: tuple[Trainer, list[tuple[int, float]]], tokenizer: Tokenizer, tmp_path: Path
):
    values = trained[0].table.values
    save(values, tokenizer, tmp_path / "model")
    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    found = model.encode(TEXTS)
    assert found.shape == (len(TEXTS), SMALL.dimension)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    expected = encoded(values, tokenizer, TEXTS)
    # Eight bits: a number is off by at most half a step of 1/127 of the largest in its row.
    assert np.abs(found - expected).max() < 0.02
    assert np.abs(found - expected).max() > 0
    assert (found * expected).sum(axis=1).min() > 0.999
    assert load_encoder(str(tmp_path / "model")).encode(TEXTS) == pytest.approx(found, abs=1e-6)


def test_each_row_has_a_scale_of_its_own(tokenizer: Tokenizer, tmp_path: Path):
    generator = np.random.default_rng(2)
    values = generator.normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    values *= np.logspace(-4, 4, len(values), dtype=np.float32)[:, None]
    values[0] = 0
    save(values, tokenizer, tmp_path)
    model = SentenceTransformer(str(tmp_path), device="cpu")
    held = model[0].embedding.weight.detach().numpy()
    step = np.abs(values).max(axis=1, keepdims=True) / 127
    assert (np.abs(held - values) <= step / 2 + 1e-6 * np.abs(values) + 1e-12).all()


def test_saving_again_gives_the_same_files(tokenizer: Tokenizer, tmp_path: Path):
    values = np.random.default_rng(2).normal(size=(tokenizer.get_vocab_size(), 8))
    for name in ("one", "two", "one"):
        save(values.astype(np.float32), tokenizer, tmp_path / name)
    files = [one for one in (tmp_path / "one").rglob("*") if one.is_file()]
    assert len(files) == 5
    for file in files:
        other = tmp_path / "two" / file.relative_to(tmp_path / "one")
        assert file.read_bytes() == other.read_bytes()


def test_what_all_lines_have_in_common_is_taken_out(tokenizer: Tokenizer):
    values = np.random.default_rng(3).normal(size=(tokenizer.get_vocab_size(), 8)) + 5
    lines = [*TEXTS, "", "!"]
    found = centred(values.astype(np.float32), tokenizer, lines)
    means = [found[one.ids].mean(axis=0) for one in tokenizer.encode_batch(TEXTS)]
    assert np.mean(means, axis=0) == pytest.approx(np.zeros(8), abs=1e-5)
    # Every row moves alike, so that nothing comes nearer to anything.
    moved = values - found
    assert np.abs(moved - moved[0]).max() < 1e-5
    assert np.abs(moved[0]).min() > 1


# The whole, with a teacher whose answers are known already


def taught_before(texts: list[str], cache: Path) -> np.ndarray:
    vectors = np.random.default_rng(4).normal(size=(len(texts), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    np.savez(cache / "teacher.npz", keys=np.array(keys), vectors=vectors)
    return vectors


def test_from_material_to_a_model(material: Material, tmp_path: Path):
    english = list(dict.fromkeys(pair.english for pair in material.pairs))
    taught_before(english, tmp_path)
    recipe = replace(SMALL, steps=20)
    for name in ("one", "two"):
        train(material, recipe, tmp_path / name, cache=tmp_path)
    assert (tmp_path / "one" / "model.safetensors").read_bytes() == (
        tmp_path / "two" / "model.safetensors"
    ).read_bytes()
    assert load_encoder(str(tmp_path / "one")).dimension == recipe.dimension


def test_what_the_teacher_said_before_is_not_asked_again(tmp_path: Path):
    vectors = taught_before(["one", "two", "three"], tmp_path)
    stamp = (tmp_path / "teacher.npz").stat().st_mtime_ns
    assert taught(["three", "one"], tmp_path) == pytest.approx(vectors[[2, 0]])
    assert (tmp_path / "teacher.npz").stat().st_mtime_ns == stamp


def test_the_teacher_is_asked_for_what_is_new(tmp_path: Path):
    vectors = taught_before(["one", "two"], tmp_path)
    found = taught(["two", "I look after my mother."], tmp_path)
    assert found[0] == pytest.approx(vectors[1])
    assert np.linalg.norm(found[1]) == pytest.approx(1.0, abs=1e-4)
    with np.load(tmp_path / "teacher.npz") as stored:
        assert len(stored["keys"]) == 3


def test_fewer_dimensions_keep_what_differs_most():
    generator = np.random.default_rng(6)
    low = generator.normal(size=(50, 3))
    vectors = (low @ generator.normal(size=(3, 20))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = projected(vectors, 3)
    assert found.shape == (50, 3)
    assert found @ found.T == pytest.approx(vectors @ vectors.T, abs=1e-4)
    assert projected(vectors, 20) is vectors

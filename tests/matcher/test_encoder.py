"""The encoder: unit vectors of one version, and a clear word when the model is not usable."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from matcher.encoder import (
    MINILM_PACKAGE,
    MINILM_SHA256,
    EncoderMissing,
    SentenceEncoder,
    load_encoder,
    packaged_minilm,
)

TEXTS = ["Ik zorg voor mijn moeder", "I look after my mother", "Facturen boeken", "🙂", "照顾老人"]


def test_the_version_names_the_model_and_its_weights(sentence_encoder: SentenceEncoder):
    name, _, weights = sentence_encoder.version.partition("@")
    assert name == "all-MiniLM-L6-v2"
    assert MINILM_SHA256.startswith(weights)
    assert len(weights) == 8
    assert not sentence_encoder.knows_dutch


def test_vectors_have_length_one_and_a_text_of_no_words_has_none(sentence_encoder: SentenceEncoder):
    vectors = sentence_encoder.encode([*TEXTS, "", "  \n"])
    assert (vectors.shape, vectors.dtype) == (
        (len(TEXTS) + 2, sentence_encoder.dimension),
        np.float32,
    )
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[: len(TEXTS)] == pytest.approx(1.0, abs=1e-5)
    assert lengths[len(TEXTS) :].tolist() == [0.0, 0.0]


def test_no_texts_give_no_vectors(sentence_encoder: SentenceEncoder):
    assert sentence_encoder.encode([]).shape == (0, sentence_encoder.dimension)


def test_every_text_is_nearest_to_itself_in_any_batch(sentence_encoder: SentenceEncoder):
    together = sentence_encoder.encode(TEXTS)
    alone = np.vstack([sentence_encoder.encode([text]) for text in TEXTS])
    assert (alone @ together.T).argmax(axis=1).tolist() == list(range(len(TEXTS)))
    assert alone == pytest.approx(together, abs=1e-5)


def test_what_means_the_same_is_nearer(sentence_encoder: SentenceEncoder):
    care, same, other = sentence_encoder.encode(
        ["I cared for old people", "Looking after the elderly", "Repairing diesel engines"]
    )
    assert care @ same > care @ other + 0.2


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(EncoderMissing, match="no weights"):
        load_encoder(str(tmp_path / "nowhere"))
    with pytest.raises(EncoderMissing, match="nowhere"):
        SentenceEncoder(tmp_path / "nowhere", "x")


def test_weights_without_a_model_around_them(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(EncoderMissing, match="no sentence-transformers model"):
        load_encoder(str(tmp_path))


def linked(folder: Path, *, without: str) -> Path:
    """The packaged model in another folder, without one of its files."""
    for file in packaged_minilm().rglob("*"):
        there = folder / file.relative_to(packaged_minilm())
        if file.is_file() and file.name != without:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to(file)
    return folder


@pytest.mark.parametrize("kept", [0, 100, 2_000_000])
def test_a_truncated_weights_file(tmp_path: Path, kept: int):
    folder = linked(tmp_path / "model", without="model.safetensors")
    with (packaged_minilm() / "model.safetensors").open("rb") as whole:
        (folder / "model.safetensors").write_bytes(whole.read(kept))
    with pytest.raises(EncoderMissing, match="does not load") as refused:
        load_encoder(str(folder))
    assert str(folder) in str(refused.value)


def test_a_missing_or_broken_configuration(tmp_path: Path):
    folder = linked(tmp_path / "model", without="config.json")
    (folder / "config.json").write_text("{half", "utf-8")
    with pytest.raises(EncoderMissing, match="does not load"):
        load_encoder(str(folder))


def test_other_weights_in_the_package_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / MINILM_PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    assert packaged_minilm() == package / "model"
    with pytest.raises(EncoderMissing, match="not those of all-MiniLM-L6-v2"):
        load_encoder()


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(EncoderMissing, match="not installed"):
        packaged_minilm()

"""The encoder: unit vectors of one version, and a clear word when the model is not usable."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from matcher.encoder import (
    MINILM_PACKAGE,
    MINILM_SHA256,
    OWN,
    EncoderMissing,
    SentenceEncoder,
    encoder_version,
    load_encoder,
    load_minilm,
    packaged_minilm,
)
from tests.factories.encoders import tiny_model

TEXTS = ["Ik zorg voor mijn moeder", "I look after my mother", "Facturen boeken", "照顾老人", "🙂"]


@pytest.fixture(scope="session")
def minilm() -> SentenceEncoder:
    return load_minilm()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with prompts of its own, to read; who spoils something takes a copy."""
    prompts = {"query": "vraag: ", "passage": "tekst: "}
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny", prompts=prompts)


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "tiny"))


# What it gives


def test_without_a_name_it_is_our_own(sentence_encoder: SentenceEncoder):
    assert sentence_encoder.version == encoder_version(str(OWN)) == encoder_version()
    assert sentence_encoder.version.startswith("static@")
    assert sentence_encoder.knows_dutch


def test_vectors_have_length_one_and_a_text_of_no_words_has_none(sentence_encoder: SentenceEncoder):
    texts = TEXTS[:3]
    vectors = sentence_encoder.encode([*texts, "", "  \n", "🙂"])
    assert (vectors.shape, vectors.dtype) == ((6, sentence_encoder.dimension), np.float32)
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[:3] == pytest.approx(1.0, abs=1e-5)
    assert lengths[3:5].tolist() == [0.0, 0.0]
    assert np.isfinite(vectors).all()


def test_no_texts_give_no_vectors(sentence_encoder: SentenceEncoder):
    assert sentence_encoder.encode([]).shape == (0, sentence_encoder.dimension)
    assert sentence_encoder.encode_queries([]).shape == (0, sentence_encoder.dimension)


def test_every_text_is_nearest_to_itself_in_any_batch(sentence_encoder: SentenceEncoder):
    texts = TEXTS[:3]
    together = sentence_encoder.encode(texts)
    alone = np.vstack([sentence_encoder.encode([text]) for text in texts])
    assert (alone @ together.T).argmax(axis=1).tolist() == [0, 1, 2]
    assert alone == pytest.approx(together, abs=1e-5)


def test_what_means_the_same_is_nearer_also_in_the_other_language(
    sentence_encoder: SentenceEncoder,
):
    care, same, other = sentence_encoder.encode(
        ["Ik zorg voor mijn zieke moeder", "I look after my sick mother", "Repairing engines"]
    )
    assert care @ same > care @ other + 0.2


def test_minilm_is_told_by_its_weights(minilm: SentenceEncoder):
    assert minilm.version == f"all-MiniLM-L6-v2@{MINILM_SHA256[:8]}"
    assert not minilm.knows_dutch
    assert not load_encoder(str(packaged_minilm())).knows_dutch
    assert np.linalg.norm(minilm.encode(TEXTS), axis=1) == pytest.approx(1.0, abs=1e-5)


# Prompts


def test_a_models_own_prompts_are_used(made: Path):
    own = load_encoder(str(made))
    bare = load_encoder(str(made), query_prompt="", passage_prompt="")
    assert own.encode_queries(["ik kook"]) == pytest.approx(bare.encode(["vraag: ik kook"]))
    assert own.encode(["ik kook"]) == pytest.approx(bare.encode(["tekst: ik kook"]))
    assert bare.encode_queries(["ik kook"]) == pytest.approx(bare.encode(["ik kook"]))
    assert not np.allclose(own.encode(["ik kook"]), bare.encode(["ik kook"]))
    assert not own.encode(["", " "]).any()


def test_given_prompts_come_before_the_models_own(made: Path):
    given = load_encoder(str(made), query_prompt="care ", passage_prompt="cook ")
    bare = load_encoder(str(made), query_prompt="", passage_prompt="")
    assert given.encode_queries(["tuin"]) == pytest.approx(bare.encode(["care tuin"]))
    assert given.encode(["tuin"]) == pytest.approx(bare.encode(["cook tuin"]))


def test_a_document_prompt_is_one_for_passages(tmp_path: Path):
    folder = tiny_model(tmp_path / "m", prompts={"query": "q", "document": "d "})
    assert load_encoder(str(folder)).prompts.passage == "d "


# Versions


def test_the_version_follows_everything_that_vectors_depend_on(copy: Path):
    found = {encoder_version(str(copy)), encoder_version(str(copy), query_prompt="care ")}
    found.add(encoder_version(str(copy), passage_prompt="care "))
    weights = load_file(copy / "model.safetensors")
    save_file({name: rows + 1 for name, rows in weights.items()}, copy / "model.safetensors")
    found.add(encoder_version(str(copy)))
    tokenizer = copy / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text("utf-8").replace("kook", "knip"), "utf-8")
    found.add(encoder_version(str(copy)))
    settings = copy / "config_sentence_transformers.json"
    settings.write_text(settings.read_text("utf-8").replace("vraag", "vrage"), "utf-8")
    found.add(encoder_version(str(copy)))
    assert len(found) == 6
    assert all(one.startswith("tiny@") for one in found)


def test_the_version_is_the_same_wherever_it_lies(made: Path, copy: Path):
    (copy / "README.md").write_text("A card says nothing to a vector.", "utf-8")
    assert (
        encoder_version(str(copy)) == encoder_version(str(made)) == load_encoder(str(copy)).version
    )


# Bad models


def test_a_folder_that_is_not_there(tmp_path: Path):
    for call in (load_encoder, encoder_version):
        with pytest.raises(EncoderMissing, match=r"no folder .*nowhere"):
            call(str(tmp_path / "nowhere"))
    with pytest.raises(EncoderMissing, match="nowhere"):
        SentenceEncoder(tmp_path / "nowhere", "x")


def test_a_name_on_a_hub_that_was_never_downloaded():
    with pytest.raises(EncoderMissing, match="download it first"):
        load_encoder("nobody/never-downloaded")


def test_weights_without_a_model_around_them(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(EncoderMissing, match="no sentence-transformers model"):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize(
    ("file", "says"), [("model.safetensors", "no weights"), ("tokenizer.json", "no tokenizer")]
)
def test_a_missing_file(copy: Path, file: str, says: str):
    (copy / file).unlink()
    for call in (load_encoder, encoder_version):
        with pytest.raises(EncoderMissing, match=says):
            call(str(copy))


def test_a_transformer_without_its_tokenizer(tmp_path: Path):
    folder = tmp_path / "model"
    for file in packaged_minilm().rglob("*"):
        if file.is_file() and file.name not in {"tokenizer.json", "vocab.txt"}:
            there = folder / file.relative_to(packaged_minilm())
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to(file)
    with pytest.raises(EncoderMissing, match="no tokenizer"):
        load_encoder(str(folder))


@pytest.mark.parametrize("kept", [0.0, 0.05, 0.5, 0.99])
@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_truncated_file(copy: Path, file: str, kept: float):
    whole = (copy / file).read_bytes()
    (copy / file).write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(EncoderMissing, match="does not load") as refused:
        load_encoder(str(copy))
    assert str(copy) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_our_own_weights_cut_short(tmp_path: Path):
    folder = Path(shutil.copytree(OWN, tmp_path / "static"))
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000_000])
    with pytest.raises(EncoderMissing, match="does not load"):
        load_encoder(str(folder))


def test_broken_settings(copy: Path):
    for content in ("{half", "[]"):
        (copy / "config_sentence_transformers.json").write_text(content, "utf-8")
        with pytest.raises(EncoderMissing, match="does not load"):
            load_encoder(str(copy))


def test_a_model_whose_numbers_are_none(tmp_path: Path):
    folder = tiny_model(tmp_path / "nan", broken=True)
    with pytest.raises(EncoderMissing, match="no numbers"):
        load_encoder(str(folder))


def test_a_model_that_fails_on_one_text(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Only what it cannot read is as a text of no words; everything else stands."""
    folder = tiny_model(tmp_path / "some")
    weights = load_file(folder / "model.safetensors")
    (name,) = weights
    pieces = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    weights[name][pieces["garden"]] = np.nan
    save_file(weights, folder / "model.safetensors")
    found = load_encoder(str(folder)).encode(["care", "garden", "kook"])
    assert np.linalg.norm(found, axis=1).round(4).tolist() == [1, 0, 1]
    assert "cannot read 1 of 3" in caplog.text


# The package, for training and the baseline


def test_other_weights_in_the_package_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / MINILM_PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    assert packaged_minilm() == package / "model"
    with pytest.raises(EncoderMissing, match="not those of all-MiniLM-L6-v2"):
        load_minilm()


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    """Nothing that serves asks for it."""
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(EncoderMissing, match="not installed"):
        packaged_minilm()
    assert encoder_version()

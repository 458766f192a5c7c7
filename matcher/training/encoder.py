"""Train the static Dutch-English encoder and write it to `data/encoder/static`.

    python -m matcher.training.encoder --sentences nld-eng.txt.gz \
        --occupations-nl occupations_nl.csv.gz --occupations-en occupations_en.csv.gz

The teacher is the packaged all-MiniLM-L6-v2 (Apache-2.0). Its vectors of the English texts are
kept in `var/cache`, so that a second run starts at once. The same seed, texts and number of
threads give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from matcher import home
from matcher.encoder import packaged_minilm
from matcher.training.material import Material, gather
from matcher.training.network import Recipe, Trainer
from matcher.training.saving import save

TEACHER_LENGTH = 96
"""So many pieces of a text the teacher reads; longer takes long and says little more."""
TARGET = home.DATA / "encoder" / "static"
_UNKNOWN = "[UNK]"
_LONGEST = 60
Floats = npt.NDArray[np.float32]

log = logging.getLogger("matcher.training")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, learn, and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--occupations-nl", type=Path, required=True)
    parser.add_argument("--occupations-en", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    started = time.monotonic()
    # One thread: the same sums in the same order, wherever it runs.
    torch.set_num_threads(1)
    material = gather(
        home.framework(),
        home.DATA / "framework" / "pairs",
        sentences=given.sentences,
        occupations_nl=given.occupations_nl,
        occupations_en=given.occupations_en,
    )
    recipe = Recipe(steps=given.steps)
    train(material, recipe, given.target)
    log.info("done in %.0f seconds", time.monotonic() - started)


def train(material: Material, recipe: Recipe, target: Path, cache: Path = home.CACHE) -> None:
    """Train on the material and save the model to a folder."""
    texts = material.texts()
    log.info("%d pairs, %d texts", len(material.pairs), len(texts))
    tokenizer = word_pieces(texts, recipe.vocabulary)
    english = list(dict.fromkeys(pair.english for pair in material.pairs))
    targets = projected(taught(english, cache), recipe.dimension)
    trainer = Trainer(recipe, material, tokenizer, dict(zip(english, targets, strict=True)))
    for step, loss in trainer.run():
        if step % 500 == 0:
            log.info("step %d of %d, loss %.3f", step, recipe.steps, loss)
    save(centred(trainer.table.values, tokenizer, material.said), tokenizer, target)


def word_pieces(texts: Sequence[str], size: int) -> Tokenizer:
    """Learn the pieces that words fall into: small letters without accents, digits one by one."""
    tokenizer = _empty(models.WordPiece(unk_token=_UNKNOWN, max_input_chars_per_word=_LONGEST))
    # The library numbers the letters in the order of a hash table, which differs per process and
    # decides ties. Named beforehand they are always the same.
    letters = sorted(
        {letter for text in texts for letter in tokenizer.normalizer.normalize_str(text)}
    )
    learner = trainers.WordPieceTrainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=[_UNKNOWN, *(f"##{one}" for one in letters if not one.isspace())],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, learner)
    # Made anew, because pieces that were named beforehand would be found inside a text as well.
    return _empty(
        models.WordPiece(
            tokenizer.get_vocab(), unk_token=_UNKNOWN, max_input_chars_per_word=_LONGEST
        )
    )


def _empty(model: models.WordPiece) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"), pre_tokenizers.Digits(True)]
    )
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def centred(table: Floats, tokenizer: Tokenizer, lines: Sequence[str]) -> Floats:
    """The table without what all that people say has in common.

    The mean of a text is moved by what every row is moved by. Without it, texts that are a little
    near to everything come out on top less often (Mu and Viswanath, 2018).
    """
    found = tokenizer.encode_batch(list(lines), add_special_tokens=False)
    means = np.stack([table[one.ids].mean(axis=0) for one in found if one.ids])
    moved: Floats = table - means.mean(axis=0)
    return moved


def taught(texts: Sequence[str], cache: Path) -> Floats:
    """The teacher's unit vectors, shape (texts, 384); those of an earlier run are not made anew."""
    file = cache / "teacher.npz"
    keys = np.array([hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts])
    known: dict[str, Floats] = {}
    if file.is_file():
        with np.load(file) as stored:
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    missing = [number for number, key in enumerate(keys) if key not in known]
    if missing:
        from sentence_transformers import SentenceTransformer

        log.info("the teacher reads %d texts", len(missing))
        teacher = SentenceTransformer(str(packaged_minilm()), device="cpu")
        teacher.max_seq_length = TEACHER_LENGTH
        vectors = teacher.encode(
            [texts[number] for number in missing],
            batch_size=64,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        known.update(zip(keys[missing].tolist(), vectors, strict=True))
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(file, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    found: Floats = np.stack([known[key] for key in keys]).astype(np.float32)
    return found


def projected(vectors: Floats, dimension: int) -> Floats:
    """Unit vectors in the directions in which the teacher's differ most."""
    if dimension >= vectors.shape[1]:
        return vectors
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    kept = vectors @ directions[:, ::-1][:, :dimension]
    unit: Floats = (kept / np.linalg.norm(kept, axis=1, keepdims=True)).astype(np.float32)
    return unit


if __name__ == "__main__":
    main()

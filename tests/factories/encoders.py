"""Small models that sentence-transformers itself writes: made in a moment, and they read any text.

What they say is nonsense. They are for what surrounds a model: files, prompts, versions.
"""

from __future__ import annotations

import string
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

PIECES = [
    "[UNK]",
    *string.ascii_lowercase,
    *string.digits,
    *("kook", "tuin", "zorg", "care", "cook", "garden", "vraag", "tekst", ":"),
]


def tiny_model(
    folder: Path,
    *,
    seed: int = 1,
    dimension: int = 12,
    prompts: dict[str, str] | None = None,
    broken: bool = False,
) -> Path:
    """Write a static model to a folder; `broken` ones answer with what is no number."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding

    tokenizer = Tokenizer(
        models.WordPiece(
            {
                piece: number
                for number, piece in enumerate([*PIECES, *(f"##{one}" for one in PIECES[1:])])
            },
            unk_token="[UNK]",
        )
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    weights = np.random.default_rng(seed).normal(size=(2 * len(PIECES) - 1, dimension))
    if broken:
        weights[:] = np.nan
    embedding = StaticEmbedding(tokenizer, embedding_weights=weights.astype(np.float32))
    made = SentenceTransformer(
        modules=[embedding, Normalize()], device="cpu", prompts=prompts or {}
    )
    made.save(str(folder), create_model_card=False)
    return folder

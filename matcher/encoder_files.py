"""What lies in the folder of a model, told without loading it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WEIGHTS = (".safetensors", ".bin")
_TOKENIZERS = (
    "tokenizer.json",
    "vocab.txt",
    "vocab.json",
    "tokenizer.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "whitespacetokenizer_config.json",
)
_COUNTED = (*_WEIGHTS, ".json", ".txt", ".model")
_OTHER_FORMS = {"onnx", "openvino"}
"""Folders with the same model in another form, which is not what is loaded."""


class EncoderMissing(RuntimeError):
    """The model is not there, is broken, or is not the one that was expected."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants to see before a text that asks, and before one that is found."""

    query: str = ""
    passage: str = ""


def check_files(folder: Path) -> None:
    """See to it that a folder holds what every model has.

    Raises:
        EncoderMissing: the folder, its description, its weights or its tokenizer are absent.
    """
    if not folder.is_dir():
        raise EncoderMissing(f"there is no folder {folder}")
    if not (folder / "modules.json").is_file():
        raise EncoderMissing(f"there is no sentence-transformers model in {folder}")
    if not _weights(folder):
        raise EncoderMissing(f"there are no weights in {folder}")
    # Some versions of the library make an empty tokenizer instead, and read nothing from then on.
    if not any(next(folder.rglob(name), None) for name in _TOKENIZERS):
        raise EncoderMissing(f"there is no tokenizer in {folder}")


def prompts_of(folder: Path, query: str | None = None, passage: str | None = None) -> Prompts:
    """The prompts to use: those that are given, and the model's own for what is None.

    Raises:
        EncoderMissing: the file that would tell the model's own is broken.
    """
    file = folder / "config_sentence_transformers.json"
    own: dict[str, str] = {}
    if file.is_file():
        try:
            own = json.loads(file.read_text(encoding="utf-8")).get("prompts") or {}
        except (ValueError, AttributeError) as error:
            raise EncoderMissing(f"the model in {folder} does not load: {file.name}") from error
    if query is None:
        query = own.get("query") or ""
    if passage is None:
        passage = own.get("passage") or own.get("document") or ""
    return Prompts(query, passage)


def weights_hash(folder: Path) -> str:
    """The hash of the weights alone, in hexadecimal digits.

    Raises:
        EncoderMissing: there are none.
    """
    files = _weights(folder)
    if not files:
        raise EncoderMissing(f"there are no weights in {folder}")
    if len(files) == 1:
        return _hash_of(files[0])
    return hashlib.sha256("".join(map(_hash_of, files)).encode()).hexdigest()


def digest(folder: Path, prompts: Prompts) -> str:
    """A hash of everything that vectors depend on: weights, tokenizer, settings and prompts."""
    total = hashlib.sha256(repr((prompts.query, prompts.passage)).encode())
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.suffix in _COUNTED and file.is_file() and inside.parts[0] not in _OTHER_FORMS:
            total.update(f"{inside.as_posix()}\0{_hash_of(file)}\n".encode())
    return total.hexdigest()


def _weights(folder: Path) -> list[Path]:
    found = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix in _WEIGHTS and file.relative_to(folder).parts[0] not in _OTHER_FORMS
    ]
    safe = [file for file in found if file.suffix == ".safetensors"]
    return safe or found


def _hash_of(file: Path) -> str:
    about = file.stat()
    return _hash(str(file), about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=64)
def _hash(file: str, size: int, changed: int) -> str:
    # Size and time stand in the key: a large file is read once, and again when it was replaced.
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

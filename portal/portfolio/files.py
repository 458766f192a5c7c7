"""Files of people: what may come in, under which name, and where it is kept.

A file is judged by its content and never by its name. Pictures are written anew, which takes off
the place and the device that a camera adds, and whatever was hidden behind the picture. What is
kept stands outside the web root under a name that nobody can guess, and is only ever sent as a
download.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final
from warnings import catch_warnings, simplefilter

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_TOGETHER: Final = 60 * 1024 * 1024
"""So much may the files of one person take."""
READ_AT_MOST: Final = 40 * 1024 * 1024
"""A request up to here is read, so that what was typed beside too large a file is not lost."""
LONGEST_NAME: Final = 120
MOST_PIXELS: Final = 60_000_000
ACCEPT: Final = ".pdf,.jpg,.jpeg,.png,.webp"
_END: Final = {"PDF": ".pdf", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_MEDIA: Final = {
    "PDF": "application/pdf",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
_PROGRAMS: Final = frozenset(
    re.findall(
        r"\w+",
        "apk app bat bin cmd com cpl dll dmg elf exe gadget hta html htm inf ins iso jar js jse "
        "lnk mjs msc msi msp php pif pl ps1 py rb reg scr sh svg svgz swf vb vbe vbs ws wsf wsh "
        "xhtml xht",
    )
)
_ENDINGS: Final = _PROGRAMS | frozenset(
    {"pdf", "jpg", "jpeg", "jpe", "png", "webp", "gif", "tif", "tiff", "heic", "doc", "docx", "zip"}
)
_PROGRAM_HEADS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MARKUP: Final = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body|\?php)", re.I)
_ACTIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
_PART: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class Refusal(StrEnum):
    """Why a file does not come in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PROGRAM = "program"
    ARCHIVE = "archive"
    MARKUP = "markup"
    ACTIVE = "active"
    HEIC = "heic"
    OFFICE = "office"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Refused(ValueError):
    """A file that does not come in, with the reason."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: its clean name, what it really is, and what is written."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest of what is written."""
        return hashlib.sha256(self.data).hexdigest()


def accept(name: str, data: bytes) -> Accepted:
    """Judge a file by its content and clean it.

    Raises Refused: it is empty, too large, a program, an archive, a page, broken, or of a kind
    that is not kept.
    """
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    endings = {one.lstrip(".").lower() for one in PurePosixPath(_flat(name)).suffixes}
    if endings & _PROGRAMS or data.startswith(_PROGRAM_HEADS):
        raise Refused(Refusal.PROGRAM)
    kind = _kind(data)
    clean = _document(data) if kind == "PDF" else _picture(data, kind)
    return Accepted(clean_name(name, _END[kind]), _MEDIA[kind], clean)


def clean_name(name: str, ending: str) -> str:
    """A name to show and to download: no folders, no unseen characters, one honest ending."""
    stem = _flat(name)
    # Every ending goes, not only the last: what it is tells the content.
    while PurePosixPath(stem).suffix.lstrip(".").lower() in _ENDINGS:
        stem = PurePosixPath(stem).stem
    stem = stem.replace(".", " ").strip(" -_")[: LONGEST_NAME - len(ending)].strip()
    return (stem or "bestand") + ending


def _flat(name: str) -> str:
    """The last part of a path, without characters that steer or hide."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return " ".join(_PART.sub(" ", seen).split()).lstrip(".")


def _kind(data: bytes) -> str:
    """What it is, by its first bytes. Raises Refused for what is not kept."""
    if data.startswith(b"%PDF-"):
        return "PDF"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if _MARKUP.search(data[:4096]):
        raise Refused(Refusal.MARKUP)
    try:
        guess = puremagic.from_string(data[:8192]).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        guess = ""
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc"):
        raise Refused(Refusal.HEIC)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        office = b"word/" in data or b"xl/" in data or b"ppt/" in data or b"mimetypeappl" in data
        raise Refused(Refusal.OFFICE if office else Refusal.ARCHIVE)
    if guess in {"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "zst", "cab", "iso"}:
        raise Refused(Refusal.ARCHIVE)
    if guess in {"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "pages"}:
        raise Refused(Refusal.OFFICE)
    if guess in _PROGRAMS:
        raise Refused(Refusal.PROGRAM)
    raise Refused(Refusal.UNKNOWN)


def _document(data: bytes) -> bytes:
    """A PDF that is nothing else besides. Raises Refused."""
    if b"%%EOF" not in data[-2048:]:
        raise Refused(Refusal.BROKEN if b"%%EOF" not in data else Refusal.ARCHIVE)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(Refusal.ARCHIVE)
    if _MARKUP.search(data[:1024]):
        raise Refused(Refusal.MARKUP)
    if _ACTIVE.search(data):
        raise Refused(Refusal.ACTIVE)
    return data


def _picture(data: bytes, kind: str) -> bytes:
    """The same picture, written anew without what a camera adds. Raises Refused."""
    out = io.BytesIO()
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as opened:
                _must_be_small(opened)
                upright = ImageOps.exif_transpose(opened)
                upright.info.clear()
                if kind == "PNG":
                    upright.save(out, kind)
                else:
                    if kind == "JPEG" and upright.mode not in ("RGB", "L", "CMYK"):
                        upright = upright.convert("RGB")
                    upright.save(out, kind, quality=88)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Refusal.TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused(Refusal.BROKEN) from error
    return out.getvalue()


def _must_be_small(picture: Image.Image) -> None:
    """Refuse a picture that is small on disk and fills the memory once it is opened."""
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(Refusal.TOO_LARGE)


class Store:
    """Where files are kept: one folder, a file per key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Write a file, whole or not at all; return its key, which nobody can guess."""
        key = secrets.token_hex(16)
        path = self.path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(data)
                f.flush()
                os.fsync(f.fileno())
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        return key

    def path(self, key: str) -> Path:
        """Where a file is. Raises ValueError for what is no key of ours."""
        if not re.fullmatch(r"[0-9a-f]{32}", key):
            raise ValueError("no key of a file")
        return self._folder / key[:2] / key

    def remove(self, key: str) -> None:
        """Remove a file; one that is gone already is passed over."""
        self.path(key).unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[Callable[[bytes], str]]:
        """Give a `put` whose files go again when what is inside fails."""
        written: list[str] = []

        def put(data: bytes) -> str:
            key = self.put(data)
            written.append(key)
            return key

        try:
            yield put
        except BaseException:
            for key in written:
                self.remove(key)
            raise

    def sweep(self, known: frozenset[str], *, older_than: float) -> int:
        """Remove what no row knows and was written before a moment (seconds since 1970).

        A younger one may belong to a transaction that is still open.
        """
        gone = 0
        for path in self._folder.glob("??/*"):
            if path.name in known:
                continue
            try:
                if path.stat().st_mtime < older_than:
                    path.unlink()
                    gone += 1
            except FileNotFoundError:
                continue
        return gone

"""Reads a spreadsheet of openings, CSV or XLSX, into cells; and writes the template.

Nothing in a file is trusted: it is judged by its content, formulas are never worked out, macros
and links to other files are refused, and what unpacks to far more than it weighs is not unpacked.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import ParseError

from flask_babel import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 60
_MAX_UNPACKED: Final = 60 * 1024 * 1024
_MAX_RATIO: Final = 200
_MAX_PARTS: Final = 300
_LONGEST_CELL: Final = 12_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?[\d\s.,€]+")
_MACROS: Final = re.compile(r"vbaProject|macrosheets|activeX|\.bin$", re.IGNORECASE)
_LINKS: Final = re.compile(r"externalLink|connections\.xml|queryTables|embeddings", re.IGNORECASE)

_BROKEN: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
)
"""What openpyxl raises on a file that is not what it says."""


class NotReadable(ValueError):
    """The file cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and its cells by the heading, tidy."""

    number: int
    cells: dict[str, str]


def read(content: bytes, headings: Sequence[str]) -> list[Row]:
    """Read the rows under the headings; empty rows are passed over. Raises NotReadable."""
    if not content:
        raise NotReadable(_("Dit bestand is leeg. Vul het voorbeeld in en probeer opnieuw."))
    if len(content) > MAX_BYTES:
        raise NotReadable(_("Dit bestand is groter dan 5 MB. Maak het kleiner of deel het op."))
    if content[:4] == b"PK\x03\x04":
        lines = _from_workbook(content)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotReadable(_("Dit is een oud of beveiligd Excel-bestand. Bewaar het als .xlsx."))
    elif b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotReadable(_("Dit is geen CSV of Excel. Gebruik het voorbeeld hierboven."))
    else:
        lines = _from_text(content)
    return _under_headings(lines, headings)


def neutral(cell: str) -> str:
    """A cell that no spreadsheet works out: an apostrophe stands before what looks like it."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _plain(cell: str) -> str:
    """The same the other way round: the words without what would be worked out."""
    told = cell.strip()
    if told.startswith("'"):
        told = told[1:]
    while told.startswith(_FORMULA) and not _NUMBER.fullmatch(told):
        told = told[1:].lstrip()
    return told


def _under_headings(lines: Iterator[tuple[int, list[str]]], headings: Sequence[str]) -> list[Row]:
    known = {_key(one): one for one in headings}
    columns: dict[int, str] | None = None
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells, known, headings)
            continue
        said = {
            columns[place]: _plain(cell) for place, cell in enumerate(cells) if place in columns
        }
        if not any(said.values()):
            continue
        if len(rows) >= MAX_ROWS:
            raise NotReadable(
                _("Er staan meer dan %(most)s rijen in. Deel het bestand op.", most=MAX_ROWS)
            )
        rows.append(Row(number, {one: said.get(one, "") for one in headings}))
    if columns is None or not rows:
        raise NotReadable(_("Er staan geen plekken in dit bestand. Vul het voorbeeld in."))
    return rows


def _columns(
    cells: Sequence[str], known: dict[str, str], headings: Sequence[str]
) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells):
        heading = known.get(_key(cell))
        if heading in columns.values():
            raise NotReadable(
                _("De kolom “%(name)s” staat er twee keer. Haal er een weg.", name=heading)
            )
        if heading:
            columns[place] = heading
    if headings[0] not in columns.values() or headings[1] not in columns.values():
        raise NotReadable(
            _(
                "We missen de kolommen “%(first)s” en “%(second)s”. Gebruik het voorbeeld.",
                first=headings[0],
                second=headings[1],
            )
        )
    return columns


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.lower())


def _from_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    separator = _separator(text)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MAX_COLUMNS or any(len(cell) > _LONGEST_CELL for cell in cells):
                raise NotReadable(
                    _("Rij %(number)s is te lang. Klopt het scheidingsteken?", number=number)
                )
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise NotReadable(
            _("We kunnen dit bestand niet lezen. Bewaar het opnieuw als CSV of als .xlsx.")
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadable(_("We kunnen de letters niet lezen. Bewaar het bestand als CSV UTF-8."))


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    quoted = re.sub(r'"[^"]*"', "", first)
    return max(";,\t", key=quoted.count)


def _from_workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_archive(content)
    try:
        yield from _lines_of(
            load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        )
    except NotReadable:
        raise
    except _BROKEN as error:
        raise NotReadable(
            _("We kunnen dit bestand niet lezen. Bewaar het opnieuw als .xlsx.")
        ) from error


def _lines_of(book: Workbook) -> Iterator[tuple[int, list[str]]]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise NotReadable(_("Er staat geen blad in dit bestand."))
    for number, cells in enumerate(sheets[0].iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS * 20:
            raise NotReadable(
                _("Er staan meer dan %(most)s rijen in. Deel het bestand op.", most=MAX_ROWS)
            )
        if any(cell.data_type == "f" for cell in cells):
            raise NotReadable(
                _("In rij %(number)s staat een formule. Zet er gewone tekst neer.", number=number)
            )
        yield number, [_said(cell.value) for cell in cells]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotReadable(
            _("We kunnen dit bestand niet lezen. Bewaar het opnieuw als .xlsx.")
        ) from error
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise NotReadable(_("Dit is geen CSV of Excel. Gebruik het voorbeeld hierboven."))
    if any(_MACROS.search(name) for name in names if "printerSettings" not in name):
        raise NotReadable(_("In dit bestand zitten macro's. Bewaar het als gewoon .xlsx."))
    if any(_LINKS.search(name) for name in names):
        raise NotReadable(_("Dit bestand haalt iets uit een ander bestand. Haal die link weg."))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED or unpacked > _MAX_RATIO * len(content):
        raise NotReadable(_("Dit bestand wordt te groot als we het openen. Deel het op."))


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(value)
    if len(text) > _LONGEST_CELL:
        raise NotReadable(_("In een cel staat te veel tekst. Maak de tekst korter."))
    return text.strip()


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as Dutch Excel opens them: UTF-8 with its mark, and semicolons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    explained: Sequence[tuple[str, str]],
) -> bytes:
    """Write rows as a workbook, with a second sheet that explains each column."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a sheet")
    sheet.title = _("Plekken")
    _fill(sheet, headings, rows)
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_("Uitleg"))
    _fill(about, (_("Kolom"), _("Wat vul je in?")), explained)
    about.column_dimensions["B"].width = 100
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.append(list(headings))
    for place, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 24
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # A text stays a text, whatever it begins with.
            cell.data_type = "s"

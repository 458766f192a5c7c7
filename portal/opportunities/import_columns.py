"""The columns of an import: what each says, and how a row becomes an opening."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.matching.knowledge import framework
from portal.opportunities.models import Contract, Kind
from portal.opportunities.presenting import CONTRACT_LABELS, KIND_LABELS, LEVEL_TEXTS
from portal.opportunities.sheet import Row

SEPARATOR: Final = re.compile(r"\s*(?:\||\n)\s*")
_LONGEST: Final[Mapping[str, int]] = {"Titel": 120, "Tekst": 10_000, "Begeleiding": 2000}
_YES: Final = frozenset({"ja", "j", "yes", "y", "x", "1", "waar", "true"})
_NO: Final = frozenset({"", "nee", "n", "no", "0", "onwaar", "false"})


class Named(Protocol):
    """A record of the framework."""

    @property
    def id(self) -> str:
        """Its identifier."""

    def label(self, language: str = "nl") -> str:
        """Its name."""


class Column(NamedTuple):
    """A column: its heading, always in Dutch as in the file, what to fill in, and an example."""

    heading: str
    about: LazyString
    example: str


COLUMNS: Final = (
    Column("Titel", _l("Hoe heet het werk? 5 tot 120 tekens."), "Helpende in de huiskamer"),
    Column(
        "Locatie",
        _l("De naam van de locatie, zoals die bij “Organisatie” staat."),
        "",
    ),
    Column(
        "Tekst",
        _l("Hoe is het werk? 80 tekens of meer."),
        "Je kookt samen met bewoners en helpt bij het eten. Je ziet hoe het met iedereen gaat.",
    ),
    Column(
        "Taken", _l("Elke taak op een nieuwe regel, of met een | ertussen."), "Koken | Afwassen"
    ),
    Column("Soort", _l("Vacature, leerbaan of stage, of combifunctie."), "Vacature"),
    Column("Sector", _l("De naam van de sector, zoals op de site."), ""),
    Column(
        "Belangrijke eisen",
        _l("Wat moet iemand al kunnen? Elke eis op een regel, of met een | ertussen."),
        "Contact maken",
    ),
    Column("Eisen om te leren", _l("Wat leert iemand bij jullie?"), "Eten en drinken geven"),
    Column("Wettelijke eisen", _l("Zoals VOG of Rijbewijs B."), "VOG"),
    Column("Uren vanaf", _l("Uren per week, 1 tot 40."), "16"),
    Column("Uren tot", _l("Uren per week, 1 tot 40."), "24"),
    Column("Contract", _l("Zoals vast contract of tijdelijk contract."), "vast contract"),
    Column("Loon vanaf", _l("Euro bruto per maand, bij een hele week. Mag leeg."), "2350"),
    Column("Loon tot", _l("Euro bruto per maand, bij een hele week. Mag leeg."), "2780"),
    Column("Niveau", _l("Geen diploma nodig, mbo 1 tot mbo 4, hbo of universiteit."), "mbo 2"),
    Column("Diploma nodig", _l("Ja of nee. Vraag dit alleen als het werk dat nodig maakt."), "nee"),
    Column("Begeleiding", _l("Hoe help je iemand op weg? Mag leeg."), "Een buddy, drie maanden."),
    Column("Plekken", _l("Voor hoeveel mensen is er plek?"), "1"),
    Column("Sluit op", _l("Laatste dag om te reageren, zoals 31-12-2027."), ""),
)
HEADINGS: Final = tuple(column.heading for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell, in words."""

    row: int
    column: str
    message: str


class Sites(NamedTuple):
    """Where somebody may post: ids of sites by name, and a field of each."""

    by_name: Mapping[str, list[int]]
    fields: Mapping[int, str | None]


def read_row(row: Row, sites: Sites, *, today: date) -> tuple[dict[str, Any], list[CellError]]:
    """Read a row into what can be kept (JSON), with everything that is wrong with it."""
    reader = _Reader(row, today)
    title = reader.text("Titel", least=5)
    site = reader.site(sites)
    said: dict[str, Any] = {
        "row": row.number,
        "title": title,
        "site_id": site,
        "text": reader.text("Tekst", least=80),
        "tasks": reader.lines("Taken"),
        "kind": reader.one("Soort", KIND_LABELS, Kind.VACANCY.value),
        "field": reader.field(sites.fields.get(site)),
        "requirements": reader.requirements(),
        "contract": reader.one("Contract", CONTRACT_LABELS, Contract.PERMANENT.value),
        "level": int(reader.one("Niveau", {str(n): one for n, one in LEVEL_TEXTS.items()}, "0")),
        "diploma_required": reader.yes("Diploma nodig"),
        "guidance": reader.text("Begeleiding") or None,
        "places": reader.number("Plekken", 1, 500, whole=True, otherwise=1),
        "closes_on": reader.day("Sluit op"),
    }
    low = reader.number("Uren vanaf", 1, 40)
    high = reader.number("Uren tot", 1, 40)
    if low is None and high is None and not reader.wrong("Uren vanaf", "Uren tot"):
        reader.refuse("Uren vanaf", _("Vul in hoeveel uur per week het werk is."))
    said |= {"hours_min": high if low is None else low, "hours_max": low if high is None else high}
    if low is not None and high is not None and high < low:
        reader.refuse("Uren tot", _("Dit is minder dan bij “Uren vanaf”."))
    pay_low = reader.number("Loon vanaf", 0, 15_000, whole=True)
    pay_high = reader.number("Loon tot", 0, 15_000, whole=True)
    if pay_low is not None and pay_high is not None and pay_high < pay_low:
        reader.refuse("Loon tot", _("Dit is minder dan bij “Loon vanaf”."))
    said |= {"pay_min": pay_low, "pay_max": pay_high}
    return said, reader.errors


class _Reader:
    """Reads the cells of one row and gathers what is wrong."""

    def __init__(self, row: Row, today: date) -> None:
        self._row, self._today = row, today
        self.errors: list[CellError] = []

    def refuse(self, column: str, message: str) -> None:
        self.errors.append(CellError(self._row.number, column, message))

    def wrong(self, *columns: str) -> bool:
        return any(error.column in columns for error in self.errors)

    def _cell(self, column: str) -> str:
        return self._row.cells.get(column, "").strip()

    def text(self, column: str, *, least: int = 0) -> str:
        said = self._cell(column)
        most = _LONGEST.get(column, 200)
        if len(said) < least:
            self.refuse(column, _("Schrijf hier %(least)s tekens of meer.", least=least))
        elif len(said) > most:
            self.refuse(column, _("Maak dit korter: %(most)s tekens of minder.", most=most))
        return said

    def lines(self, column: str) -> list[str]:
        lines = [one.lstrip("-•* ") for one in SEPARATOR.split(self._cell(column)) if one.strip()]
        if len(lines) > 12 or any(len(one) > 200 for one in lines):
            self.refuse(column, _("Schrijf hoogstens 12 korte regels."))
        return lines[:12]

    def one(self, column: str, labels: Mapping[str, object], otherwise: str) -> str:
        said = _folded(self._cell(column))
        if not said:
            return otherwise
        for value, label in labels.items():
            if said in (_folded(str(label)), _folded(str(value))):
                return str(value)
        names = ", ".join(str(label) for label in labels.values())
        self.refuse(column, _("Kies een van deze: %(names)s.", names=names))
        return otherwise

    def yes(self, column: str) -> bool:
        said = _folded(self._cell(column))
        if said not in _YES | _NO:
            self.refuse(column, _("Vul ja of nee in."))
        return said in _YES

    def site(self, sites: Sites) -> int:
        said = self._cell("Locatie")
        found = sites.by_name.get(_folded(said), [])
        if len(found) == 1:
            return found[0]
        if not said:
            self.refuse("Locatie", _("Vul de naam van een locatie in."))
        elif found:
            self.refuse("Locatie", _("Er zijn meer locaties met deze naam. Zet de plaats erbij."))
        else:
            self.refuse("Locatie", _("Deze locatie hebben jullie niet. Kijk bij “Organisatie”."))
        return 0

    def field(self, usual: str | None) -> str:
        known = framework().fields
        said = _folded(self._cell("Sector"))
        if not said:
            if usual or self.wrong("Locatie"):
                return usual or ""
            self.refuse("Sector", _("Vul een sector in."))
            return ""
        found = _by_label(known.values(), said)
        if found is None:
            names = ", ".join(one.label() for one in known.values())
            self.refuse("Sector", _("Kies een van deze: %(names)s.", names=names))
        return found or ""

    def requirements(self) -> list[dict[str, Any]]:
        known = framework()
        found: list[dict[str, Any]] = []
        for column, critical in (("Belangrijke eisen", True), ("Eisen om te leren", False)):
            for line in self.lines(column):
                competence = _by_label(known.competences.values(), _folded(line))
                if competence is None and len(line) < 5:
                    self.refuse(column, _("Schrijf in een paar woorden wat iemand doet."))
                found.append(
                    {
                        "competence": competence,
                        "text": "" if competence else line,
                        "critical": critical,
                        "learnable": not critical,
                    }
                )
        for line in self.lines("Wettelijke eisen"):
            gate = _by_label(known.gates.values(), _folded(line))
            if gate is None:
                names = ", ".join(one.label() for one in known.gates.values())
                self.refuse("Wettelijke eisen", _("Kies een van deze: %(names)s.", names=names))
                continue
            found.append({"gate": gate, "text": "", "critical": True, "learnable": False})
        if not found and not self.wrong("Wettelijke eisen"):
            self.refuse("Belangrijke eisen", _("Zet er minstens één eis bij."))
        if len(found) > 12:
            self.refuse("Belangrijke eisen", _("Kies hoogstens 12 eisen."))
        same = [one.get("competence") or one.get("gate") or one["text"] for one in found]
        if len(set(same)) < len(same):
            self.refuse("Belangrijke eisen", _("Je vraagt twee keer hetzelfde."))
        return found

    def number(
        self,
        column: str,
        low: float,
        high: float,
        *,
        whole: bool = False,
        otherwise: float | None = None,
    ) -> float | None:
        said = self._cell(column).removeprefix("€").strip().replace("\u00a0", "")
        if not said:
            return otherwise
        if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", said):
            said = re.sub(r"\D", "", said)
        if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,2})?", said):
            self.refuse(column, _("Vul een getal in."))
            return otherwise
        number = float(said.replace(",", "."))
        if whole and number != int(number):
            self.refuse(column, _("Vul een heel getal in."))
        elif not low <= number <= high:
            self.refuse(
                column,
                _("Vul een getal in van %(low)s tot en met %(high)s.", low=low, high=high),
            )
        else:
            return int(number) if whole else number
        return otherwise

    def day(self, column: str) -> str | None:
        said = self._cell(column)
        found = _day(said)
        if not said:
            self.refuse(column, _("Vul de laatste dag in om te reageren."))
        elif found is None:
            self.refuse(column, _("Vul een datum in, zoals 31-12-2027."))
        elif found < self._today:
            self.refuse(column, _("Deze dag is voorbij. Kies een dag die nog komt."))
        elif (found - self._today).days > 365:
            self.refuse(column, _("Kies een dag binnen een jaar."))
        return found.isoformat() if found else None


def _day(said: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y"):
        try:
            return datetime.strptime(said, pattern).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


def _by_label(records: Iterable[Named], folded: str) -> str | None:
    return next(
        (
            str(one.id)
            for one in records
            if folded in (_folded(one.id), _folded(one.label("nl")), _folded(one.label("en")))
        ),
        None,
    )


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


fold: Final[Callable[[str], str]] = _folded
"""How names are compared."""


def duplicates(rows: Sequence[Mapping[str, Any]]) -> list[CellError]:
    """Rows that say the same as one before: the same title at the same site."""
    seen: dict[tuple[str, int], int] = {}
    found: list[CellError] = []
    for row in rows:
        key = (_folded(row["title"]), row["site_id"])
        if key in seen:
            message = _("Dit is dezelfde plek als in rij %(row)s.", row=seen[key])
            found.append(CellError(row["row"], "Titel", message))
        else:
            seen[key] = row["row"]
    return found

"""What the accessibility statement says, in one place: change it here when it changes.

The parts are those of the Dutch model statement, and the letters those of its scale. The letter
follows from what was done; nobody chooses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

DRAWN_UP: Final = date(2026, 11, 22)
REVIEWED: Final = DRAWN_UP
"""When somebody last went through every sentence of it."""
STANDARD: Final = "WCAG 2.2"
AXE: Final = "4.12.1"
"""The version of axe-core that tests every page; a test compares it with the one installed."""
VALID: Final = timedelta(days=3 * 365)
SOON: Final = timedelta(days=182)
ANSWER_DAYS: Final = 5
"""Working days until somebody who writes hears that we read it."""
SOLVE_WEEKS: Final = 3
"""Weeks until they hear what we do about it."""


class Status(StrEnum):
    """The letters of the model, as far as a site with a statement can get one."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


STATUS_LABELS: Final[dict[Status, LazyString]] = {
    Status.A: _l("voldoet volledig"),
    Status.B: _l("voldoet gedeeltelijk"),
    Status.C: _l("eerste maatregelen genomen"),
    Status.D: _l("voldoet niet"),
}
STATUS_MEANINGS: Final[dict[Status, LazyString]] = {
    Status.A: _l("Een deskundige onderzocht alles en vond geen fouten."),
    Status.B: _l("Een deskundige onderzocht alles. We lossen de fouten op die er nog zijn."),
    Status.C: _l("Het volledige onderzoek komt binnen zes maanden."),
    Status.D: _l("Er is geen volledig onderzoek, en er staat er geen gepland."),
}


@dataclass(frozen=True, slots=True)
class Research:
    """A complete investigation by an expert, and how many criteria were not met."""

    finished: date
    failed: int


RESEARCH: Final[Research | None] = None
RESEARCH_PLANNED: Final[date | None] = None


def status_on(day: date, research: Research | None, planned: date | None) -> Status:
    """Return the letter on a day: research counts for three years, a plan for half a year."""
    if research is not None and research.finished <= day < research.finished + VALID:
        return Status.B if research.failed else Status.A
    if planned is not None and day <= planned <= day + SOON:
        return Status.C
    return Status.D


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that does not comply, or of which nobody knows, by its criterion."""

    criterion: str
    name: LazyString
    cause: LazyString
    effect: LazyString
    measure: LazyString
    planned: date


DEVIATIONS: Final = (
    Deviation(
        "1.3.1",
        _l("Info en relaties"),
        _l("Werkgevers plakken tekst. Een lijstje met streepjes wordt dan gewone tekst."),
        _l("Een voorleesprogramma zegt niet dat het een lijst is."),
        _l("We maken van zulke regels een echte lijst. Taken hebben al een eigen veld."),
        date(2027, 3, 31),
    ),
    Deviation(
        "3.1.2",
        _l("Taal van onderdelen"),
        _l("We raden in welke taal jij schreef. Bij korte of gemengde zinnen lukt dat niet."),
        _l("Een voorleesprogramma kan jouw eigen zin verkeerd uitspreken."),
        _l("We nemen geen taal aan als we het niet weten. Werkgevers kiezen hun taal zelf."),
        date(2027, 3, 31),
    ),
    Deviation(
        "4.1.3",
        _l("Statusberichten"),
        _l("We testten met programma's, nog niet met mensen die hun scherm laten voorlezen."),
        _l("We weten niet zeker of elk bericht op het goede moment klinkt."),
        _l("We vragen vijf mensen met een voorleesprogramma om mee te testen."),
        date(2027, 5, 31),
    ),
)
"""What we know of. That nothing else is wrong, only the complete research can tell."""

"""What the page of components shows: people, papers and places that nobody is or has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

LONG_NAME = "Wilhelmina-Margaretha van den Oudenhoven-Vermeulen"
LONG_WORD = "arbeidsongeschiktheidsverzekeringsmaatschappij"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    key: str
    label: str
    number: bool = False
    sort_url: str = ""
    sorted: str = ""


def step_samples(today: date) -> list[SimpleNamespace]:
    """The four states of a step."""
    return [
        SimpleNamespace(title=_("Aanmelden"), state="done", date=today - timedelta(days=40)),
        SimpleNamespace(
            title=_("Rondkijken in de regio"),
            state="skipped",
            note=_("Je wist al wat je wilde."),
        ),
        SimpleNamespace(
            title=_("Gesprek met je coach"),
            state="now",
            date=today + timedelta(days=3),
            note=_("Met %(name)s, om 10.00 uur.", name=LONG_NAME),
        ),
        SimpleNamespace(title=_("Een dag meelopen"), state="next"),
    ]


def evidence_samples(today: date) -> list[SimpleNamespace]:
    """Each grade, and each state."""
    return [
        SimpleNamespace(
            title=_("Je maakt makkelijk contact"),
            grade="claimed",
            state="valid",
            kind=_("je eigen verhaal"),
        ),
        SimpleNamespace(
            title=_("Je kookt voor een groep"),
            grade="demonstrated",
            state="expiring",
            kind=_("proefplaatsing"),
            source="Zorghuis De Linde",
            checked_by=LONG_NAME,
            checked_on=today - timedelta(days=700),
            until=today + timedelta(days=20),
        ),
        SimpleNamespace(
            title=_("Je ziet het als iemand zieker wordt"),
            grade="validated",
            state="expired",
            kind=_("toets in de praktijk"),
            checked_by="S. Yıldırım",
            checked_on=today - timedelta(days=900),
            until=today - timedelta(days=30),
        ),
        SimpleNamespace(
            title=_("Helpende zorg en welzijn"),
            grade="certified",
            state="waiting",
            kind=_("diploma mbo 2"),
            sent_on=today - timedelta(days=2),
        ),
        SimpleNamespace(
            title=_("Je werkt met de %(word)s", word=LONG_WORD),
            grade="certified",
            state="rejected",
            kind=_("getuigschrift"),
            checked_by="J. de Wit",
            checked_on=today - timedelta(days=1),
            reason=_("De foto is niet scherp. Stuur een nieuwe foto, dan kijken we opnieuw."),
        ),
    ]


def agreement_samples(today: date) -> dict[str, SimpleNamespace]:
    """An agreement that waits for the reader, and one whose signatures lapsed."""
    begins, ends = today + timedelta(days=10), today + timedelta(days=24)
    terms = [
        (_("Waar"), "Zorghuis De Linde, Heerlen", False),
        (_("Uren per week"), "16", False),
        (_("Contactpersoon"), LONG_NAME, False),
    ]
    party = SimpleNamespace
    return {
        "open": SimpleNamespace(
            title=_("Proefplaatsing van twee weken"),
            terms=[(_("Begint op"), begins, False), (_("Eindigt op"), ends, False), *terms],
            parties=[
                party(
                    name="Zorghuis De Linde",
                    role=_("teamleider"),
                    state="signed",
                    date=today - timedelta(days=2),
                    words=_("Fijn dat je komt kijken."),
                ),
                party(name=_("Jij"), role=_("kandidaat"), state="waiting", you=True),
                party(
                    name="Thuiszorg Geuldal",
                    role=_("werkgever nu"),
                    state="declined",
                    date=today - timedelta(days=1),
                    words=_("Twee weken is voor ons te lang. Eén week kan wel."),
                ),
                party(name="R. Haanstra", role=_("coördinator"), state="waiting"),
            ],
        ),
        "changed": SimpleNamespace(
            title=_("Proefplaatsing van één week"),
            voided=_("De einddatum is veranderd. Daarom vraagt deze tekst om nieuw akkoord."),
            terms=[
                (_("Begint op"), begins, False),
                (_("Eindigt op"), begins + timedelta(days=7), True),
                *terms,
            ],
            parties=[
                party(
                    name="Zorghuis De Linde",
                    role=_("teamleider"),
                    state="void",
                    date=today - timedelta(days=2),
                ),
                party(name="M. Bakker", role=_("kandidaat"), state="signed", date=today),
            ],
        ),
    }


def history_samples(today: date) -> list[SimpleNamespace]:
    """Five events, so that some are folded."""
    events = [
        (0, "M. Bakker", _("Gaf akkoord"), ""),
        (1, "Thuiszorg Geuldal", _("Ging niet akkoord"), _("Twee weken is voor ons te lang.")),
        (2, "Zorghuis De Linde", _("Gaf akkoord"), ""),
        (5, LONG_NAME, _("Maakte de afspraak"), ""),
        (9, "M. Bakker", _("Vroeg om een proefplaatsing"), _("Ik wil zien of het past.")),
    ]
    return [
        SimpleNamespace(date=today - timedelta(days=ago), who=who, what=what, why=why)
        for ago, who, what, why in events
    ]


def inbox_samples(url: str) -> list[SimpleNamespace]:
    """Late, today, soon, calm and without a day."""
    return [
        SimpleNamespace(what=_("Overstap beoordelen"), who="M. Bakker", age=12, left=-2, url=url),
        SimpleNamespace(
            what=_("Antwoord op een sollicitatie"),
            who=LONG_NAME,
            age=4,
            left=0,
            url=url,
            action=_("Antwoord"),
        ),
        SimpleNamespace(what=_("Proefplaatsing tekenen"), who="De Linde", age=1, left=2, url=url),
        SimpleNamespace(
            what=_("Nieuwe werkgever: %(name)s", name=LONG_WORD),
            who="R. Haanstra",
            age=0,
            left=14,
            url=url,
            new=True,
        ),
        SimpleNamespace(what=_("Vraag van een kandidaat"), who="K-2087", age=3, left=None, url=url),
    ]


def table_samples(
    order: str, down: bool, url: Callable[[str], str]
) -> tuple[list[Column], list[Mapping[str, Any]], Mapping[str, Any]]:
    """Columns, rows in the order that was asked for, and the totals."""
    names = {
        "name": _("Werkgever"),
        "open": _("Open plekken"),
        "hard": _("Lang open"),
        "given": _("Gegeven uren"),
        "got": _("Gekregen uren"),
        "reply": _("Antwoord in dagen"),
    }
    rows: list[dict[str, Any]] = [
        {"name": "Zorghuis De Linde", "open": 12, "hard": 3, "given": 86, "got": 72, "reply": 4},
        {"name": "Thuiszorg Geuldal", "open": 7, "hard": 0, "given": 24, "got": 52, "reply": 9},
        {"name": LONG_WORD.capitalize(), "open": 1, "hard": 1, "given": 0, "got": 1240},
        {"name": LONG_NAME, "open": 24, "hard": 11, "given": 310, "got": 96, "reply": 2},
    ]
    order = order if order in names else "name"
    rows.sort(key=lambda row: row.get(order, 0), reverse=down)
    columns = [
        Column(
            key,
            label,
            number=key != "name",
            sort_url=url(key if key != order or down else f"-{key}"),
            sorted=("descending" if down else "ascending") if key == order else "",
        )
        for key, label in names.items()
    ]
    total = {key: sum(row[key] for row in rows) for key in ("open", "hard", "given", "got")}
    return columns, [{"reply": None} | row for row in rows], total

"""The applications to an employer, as the board, the table and one page show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.applications import queries as applications
from portal.applications.models import Application
from portal.applications.talk_views import HistoryItem, Talk, history, talk
from portal.applications.undoing import undo_problem
from portal.applications.views import Shown, what_employers_see
from portal.applications.words import name_of, reason_text
from portal.applications.workflow import OPEN, Party, State, actions_from
from portal.clock import local_date
from portal.opportunities.presenting import OpportunityCard, card
from portal.recruiting.board_queries import ENDED, Entry, Sort, Wanted
from portal.recruiting.coverage import CoverageView, coverage, shows_text
from portal.recruiting.people_views import level_label
from portal.when import day_text

STATE_LABELS: Final[Mapping[str, LazyString]] = {
    State.NEW: _l("Nieuw"),
    State.IN_CONVERSATION: _l("In gesprek"),
    State.POSTPONED: _l("Uitgesteld"),
    State.TRIAL: _l("Op proef"),
    State.OFFERED: _l("Baan aangeboden"),
    State.ACCEPTED: _l("Aangenomen"),
    State.REFUSED: _l("Niet gekozen"),
    State.WITHDRAWN: _l("Trok zich terug"),
    State.LAPSED: _l("Gestopt"),
}
"""As the employer says it."""
TONES: Final[Mapping[str, str]] = {
    State.NEW: "pine",
    State.IN_CONVERSATION: "warm",
    State.POSTPONED: "partly",
    State.TRIAL: "warm",
    State.OFFERED: "partly",
    State.ACCEPTED: "met",
    State.REFUSED: "gap",
    State.WITHDRAWN: "gap",
    State.LAPSED: "gap",
}
COLUMNS: Final = (*OPEN, State.ACCEPTED)
SORT_LABELS: Final[Mapping[Sort, LazyString]] = {
    Sort.NAME: _l("Naam"),
    Sort.OPENING: _l("Plek"),
    Sort.STATE: _l("Stand"),
    Sort.CAME: _l("Gekomen"),
    Sort.DUE: _l("Antwoord voor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One application in the board or the table. `left`: days until we have to answer."""

    id: int
    version: int
    url: str
    name: str
    opening: str
    language: str
    place: str
    state: str
    state_label: str
    tone: str
    came_on: date
    age: int
    waits: bool
    left: int | None
    note: str
    unread: int
    invited: bool
    level: str
    level_label: str
    shows: str
    open: bool


@dataclass(frozen=True, slots=True)
class Column:
    """Applications in one state; `more` is how many are not here, `url` where they are."""

    state: str
    label: str
    rows: tuple[RowView, ...]
    count: int
    more: int
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column of the table."""

    label: str
    sort_url: str
    sorted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPage:
    """One application, as the employer sees it."""

    id: int
    version: int
    card: OpportunityCard
    name: str
    state: str
    state_label: str
    tone: str
    situation: tuple[str, ...]
    word: str
    left: int | None
    came_on: date
    invited: bool
    shown: Shown
    coverage: CoverageView | None
    may: tuple[str, ...]
    may_undo: bool
    talk: Talk
    history: tuple[HistoryItem, ...]


def row_views(entries: Iterable[Entry], unread: Mapping[int, int], now: datetime) -> list[RowView]:
    """Applications as rows, in their order."""
    return [_row(one, unread, now) for one in entries]


def columns(
    rows: Iterable[RowView], counts: Mapping[State, int], url: Callable[..., str]
) -> list[Column]:
    """Rows by state, with the states that are over together in the last column."""
    everything = list(rows)
    found = [
        _column(str(STATE_LABELS[state]), (state,), everything, counts, url) for state in COLUMNS
    ]
    over = _column(_("Afgelopen"), ENDED, everything, counts, url)
    return [*found, over] if over.count else found


def heads(wanted: Wanted, url: Callable[..., str]) -> list[tuple[str, Head]]:
    """The heads of the table, each with the address that orders by it."""
    found = []
    for sort, label in SORT_LABELS.items():
        mine = wanted.sort is sort
        flipped = mine and not wanted.descending
        value = f"-{sort}" if flipped else str(sort)
        state = ("descending" if wanted.descending else "ascending") if mine else ""
        found.append((str(sort), Head(str(label), url(sort=value), state)))
    return found


def employer_page(application: Application, now: datetime) -> EmployerPage:
    """Tell everything of one application to the employer."""
    state, today = State(application.state), local_date(now)
    steps = applications.steps_of(application.id)
    last = next((one for one in steps if one.undone_at is None), None)
    return EmployerPage(
        id=application.id,
        version=application.version,
        card=card(application.opportunity),
        name=name_of(application.candidate.user),
        state=state,
        state_label=str(STATE_LABELS[state]),
        tone=TONES[state],
        situation=situation(application),
        word=application.word,
        left=_left(application, today),
        came_on=local_date(application.created_at),
        invited=application.invited,
        shown=what_employers_see(
            application.candidate, letter=application.letter, phone=application.phone, today=today
        ),
        coverage=coverage(application.candidate, application.opportunity, today),
        may=tuple(str(one) for one in actions_from(state, Party.EMPLOYER)),
        may_undo=undo_problem(application, last, Party.EMPLOYER, now) is None,
        talk=talk(application, Party.EMPLOYER, now=now),
        history=tuple(history(application, steps, Party.EMPLOYER)),
    )


def situation(application: Application) -> tuple[str, ...]:
    """Say to the employer how it stands and what comes next."""
    name = name_of(application.candidate.user)
    day = _day(application.answer_by)
    match State(application.state):
        case State.NEW:
            return (_("%(name)s wacht op je antwoord, tot en met %(day)s.", name=name, day=day),)
        case State.IN_CONVERSATION:
            return (
                _("Jullie zijn in gesprek."),
                _("Laat tot en met %(day)s weten hoe het verder gaat.", day=day),
            )
        case State.POSTPONED:
            back = _day(application.postponed_until)
            return (_("Uitgesteld tot %(day)s. Dan komt de reactie vanzelf terug.", day=back),)
        case State.TRIAL:
            return (
                _("Jullie proberen het samen."),
                _("Laat tot en met %(day)s weten hoe het verder gaat.", day=day),
            )
        case State.OFFERED:
            return (
                _("Je bood de baan aan, vanaf %(start)s.", start=_day(application.start_on)),
                _("%(name)s antwoordt tot en met %(day)s.", name=name, day=day),
            )
        case State.ACCEPTED:
            begin = _day(application.start_on)
            return (_("%(name)s begint op %(day)s. Gefeliciteerd!", name=name, day=begin),)
        case State.REFUSED:
            reason = reason_text(application.reason)
            return (_("Je gaat niet verder: %(reason)s.", reason=_small(reason)),)
        case State.WITHDRAWN:
            reason = reason_text(application.reason)
            told = _("%(name)s trok de reactie in.", name=name)
            return (told, reason + ".") if reason else (told,)
        case State.LAPSED:
            reason = reason_text(application.reason)
            return (_("Deze reactie is gestopt: %(reason)s.", reason=_small(reason)),)


def _row(entry: Entry, unread: Mapping[int, int], now: datetime) -> RowView:
    application, match, today = entry.application, entry.match, local_date(now)
    opportunity = application.opportunity
    waits = application.waits_on == Party.EMPLOYER
    return RowView(
        id=application.id,
        version=application.version,
        url=url_for("recruiting.show", application_id=application.id),
        name=name_of(application.candidate.user),
        opening=opportunity.title,
        language=opportunity.language,
        place=opportunity.site.place,
        state=application.state,
        state_label=str(STATE_LABELS[application.state]),
        tone=TONES[application.state],
        came_on=local_date(application.created_at),
        age=(today - local_date(application.created_at)).days,
        waits=waits,
        left=_left(application, today),
        note=_note(application),
        unread=unread.get(application.id, 0),
        invited=application.invited,
        level=match.level if match else "",
        level_label=level_label(match.level) if match else "",
        shows=shows_text(match.met, match.partly, match.total) if match else "",
        open=application.state in OPEN,
    )


def _note(application: Application) -> str:
    """What a row says of a date that is not ours to answer."""
    if application.state == State.POSTPONED and application.postponed_until:
        return _("tot %(day)s", day=day_text(application.postponed_until, "d MMMM"))
    if application.state == State.OFFERED and application.answer_by:
        day = day_text(application.answer_by, "d MMMM")
        return _("antwoordt tot en met %(day)s", day=day)
    if application.state == State.ACCEPTED and application.start_on:
        return _("begint op %(day)s", day=day_text(application.start_on, "d MMMM"))
    return ""


def _left(application: Application, today: date) -> int | None:
    if application.waits_on != Party.EMPLOYER or application.answer_by is None:
        return None
    return (application.answer_by - today).days


def _column(
    label: str,
    states: tuple[State, ...],
    rows: list[RowView],
    counts: Mapping[State, int],
    url: Callable[..., str],
) -> Column:
    mine = tuple(row for row in rows if row.state in states)
    count = sum(counts.get(state, 0) for state in states)
    arguments: dict[str, Any] = {"weergave": "tabel", "stand": [str(one) for one in states]}
    return Column(str(states[0]), label, mine, count, count - len(mine), url(**arguments))


def _day(day: date | None) -> str:
    return day_text(day, "EEEE d MMMM") if day else ""


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

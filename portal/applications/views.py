"""What a candidate's pages about applications show, and what an employer gets to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.applications import policy, queries, standing, undoing
from portal.applications.models import Application, Meeting
from portal.applications.talk_views import HistoryItem, Talk, history, talk
from portal.applications.words import STATE_LABELS, reason_text
from portal.applications.workflow import (
    OPEN,
    WAITS_ON,
    Party,
    State,
    actions_from,
)
from portal.candidates.models import Candidate
from portal.candidates.views import Anonymous, anonymous
from portal.clock import local_date
from portal.opportunities.presenting import OpportunityCard, card
from portal.portfolio.views import PortfolioView, Seen, portfolio_view
from portal.when import day_text, moment_text

_LONG = "EEEE d MMMM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Exactly what an employer sees of who answers."""

    name: str
    email: str
    phone: str
    letter: tuple[str, ...]
    facts: Anonymous
    portfolio: PortfolioView


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One application in the own list. `left`: days until the answer date of who has to act."""

    id: int
    title: str
    language: str
    organisation: str
    place: str
    state: str
    state_label: str
    situation: str
    asks: str
    left: int | None
    unread: int
    rate: str
    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """All of somebody's applications, by what they need."""

    mine: tuple[Row, ...] = ()
    running: tuple[Row, ...] = ()
    ended: tuple[Row, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.mine or self.running or self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPage:
    """One application, as the candidate sees it."""

    id: int
    version: int
    card: OpportunityCard
    opening_is_open: bool
    state: str
    state_label: str
    situation: tuple[str, ...]
    reason: str
    word: str
    left: int | None
    answer_by: date | None
    waits_on_me: bool
    start_on: date | None
    sent_on: date
    letter: tuple[str, ...]
    phone: str
    may: frozenset[str]
    may_undo: bool
    rate: str
    talk: Talk
    history: tuple[HistoryItem, ...]
    ended: bool
    purged: bool


def what_employers_see(
    candidate: Candidate, *, letter: str, phone: str, today: date, name: str = ""
) -> Shown:
    """Tell what goes with an application; employers' pages show the same."""
    return Shown(
        name=candidate.user.name or name,
        email=candidate.user.email,
        phone=phone,
        letter=paragraphs(letter),
        facts=anonymous(candidate),
        portfolio=portfolio_view(candidate.id, today, seen=Seen.NAMED),
    )


def listed(candidate_id: int, now: datetime) -> Listed:
    """Return somebody's applications: what waits on them, what runs, what is over."""
    rows = queries.of_candidate(candidate_id)
    ids = [one.id for one in rows if one.state in OPEN or one.state == State.ACCEPTED]
    unread = queries.unread(ids, Party.CANDIDATE)
    meetings = queries.waiting_meetings(ids, Party.CANDIDATE)
    employers = {one.opportunity.site.organisation_id for one in rows}
    rates = (
        {one: standing.line(rate) for one, rate in standing.rates(employers, now).items()}
        if employers
        else {}
    )
    found = [_row(one, unread, meetings, rates, now) for one in rows]
    running = [row for row in found if row.id in ids]
    return Listed(
        mine=tuple(row for row in running if row.asks),
        running=tuple(row for row in running if not row.asks),
        ended=tuple(row for row in found if row.id not in ids),
    )


def page(application: Application, now: datetime) -> ApplicationPage:
    """Tell everything of one application to the candidate."""
    state = State(application.state)
    steps = queries.steps_of(application.id)
    last = next((one for one in steps if one.undone_at is None), None)
    organisation = application.opportunity.site.organisation
    return ApplicationPage(
        id=application.id,
        version=application.version,
        card=card(application.opportunity),
        opening_is_open=undoing.is_open(application.opportunity, now),
        state=state,
        state_label=str(STATE_LABELS[state]),
        situation=situation(application),
        reason=_reason(application),
        word=application.word if state is State.REFUSED else "",
        left=_left(application, now),
        answer_by=application.answer_by,
        waits_on_me=WAITS_ON.get(state) is Party.CANDIDATE,
        start_on=application.start_on,
        sent_on=local_date(application.created_at),
        letter=paragraphs(application.letter),
        phone=application.phone,
        may=frozenset(actions_from(state, Party.CANDIDATE)),
        may_undo=undoing.undo_problem(application, last, Party.CANDIDATE, now) is None,
        rate=standing.line(standing.rates([organisation.id], now)[organisation.id]),
        talk=talk(application, Party.CANDIDATE, me=application.candidate.user_id, now=now),
        history=tuple(history(application, steps, Party.CANDIDATE)),
        ended=state not in OPEN and state is not State.ACCEPTED,
        purged=application.purged_at is not None,
    )


def situation(application: Application) -> tuple[str, ...]:
    """Say to the candidate how it stands and what comes next, in a few sentences."""
    name = application.opportunity.site.organisation.name
    day = _day(application.answer_by)
    match State(application.state):
        case State.NEW:
            return (
                _(
                    "%(name)s leest je reactie. Je krijgt antwoord op of voor %(day)s.",
                    name=name,
                    day=day,
                ),
            )
        case State.IN_CONVERSATION:
            return (
                _("Jullie zijn in gesprek."),
                _(
                    "%(name)s laat op of voor %(day)s weten hoe het verder gaat.",
                    name=name,
                    day=day,
                ),
            )
        case State.POSTPONED:
            return (
                _(
                    "%(name)s wacht nog even, tot %(day)s.",
                    name=name,
                    day=_day(application.postponed_until),
                ),
                _("Daarna komt je reactie vanzelf terug. Jij hoeft niets te doen."),
            )
        case State.TRIAL:
            return (
                _("Jullie proberen het samen."),
                _(
                    "%(name)s laat op of voor %(day)s weten hoe het verder gaat.",
                    name=name,
                    day=day,
                ),
            )
        case State.OFFERED:
            return (
                _("%(name)s wil dat je komt werken.", name=name),
                _("Laat op of voor %(day)s weten wat je doet. Daarna vervalt het aanbod.", day=day),
            )
        case State.ACCEPTED:
            return (
                _(
                    "Je hebt de baan. Je begint op %(day)s bij %(name)s.",
                    day=_day(application.start_on),
                    name=name,
                ),
                _("Spreek hieronder af hoe je eerste dag eruitziet."),
            )
        case State.REFUSED:
            return (_("%(name)s gaat niet met je verder.", name=name),)
        case State.WITHDRAWN:
            return (_("Je hebt deze reactie zelf ingetrokken."),)
        case State.LAPSED:
            return _how_it_ended(application, name)


def paragraphs(text: str) -> tuple[str, ...]:
    """A text by its paragraphs; a line of its own is one too."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _how_it_ended(application: Application, name: str) -> tuple[str, ...]:
    match application.reason:
        case policy.EndReason.EMPLOYER_SILENT:
            return (
                _("%(name)s heeft niet op tijd geantwoord. Dat ligt niet aan jou.", name=name),
                _("Wij zijn gestopt, zodat jij niet langer hoeft te wachten."),
            )
        case policy.EndReason.CANDIDATE_SILENT:
            return (
                _("De dag om te antwoorden op het aanbod is voorbij."),
                _("Wil je toch graag? Reageer dan opnieuw als de plek nog open is."),
            )
        case policy.EndReason.OPENING_FILLED:
            return (_("De plek is bezet. Dat zegt niets over wat jij kunt."),)
        case _:
            return (
                _("%(name)s heeft de plek gesloten. Dat zegt niets over wat jij kunt.", name=name),
            )


def _reason(application: Application) -> str:
    if application.state in (State.REFUSED, State.WITHDRAWN):
        return reason_text(application.reason)
    return ""


def _row(
    application: Application,
    unread: Mapping[int, int],
    meetings: Mapping[int, Meeting],
    rates: Mapping[int, str],
    now: datetime,
) -> Row:
    opportunity = application.opportunity
    organisation = opportunity.site.organisation
    waiting = application.state in WAITS_ON
    return Row(
        id=application.id,
        title=opportunity.title,
        language=opportunity.language,
        organisation=organisation.name,
        place=opportunity.site.place,
        state=application.state,
        state_label=str(STATE_LABELS[application.state]),
        situation=" ".join(situation(application)),
        asks=_asks(application, unread, meetings.get(application.id), now),
        left=_left(application, now) if waiting else None,
        unread=unread.get(application.id, 0),
        rate=rates.get(organisation.id, "") if application.state == State.NEW else "",
        age=(local_date(now) - local_date(application.updated_at)).days,
    )


def _asks(
    application: Application,
    unread: Mapping[int, int],
    meeting: Meeting | None,
    now: datetime,
) -> str:
    """What the candidate has to do; empty when nothing."""
    if WAITS_ON.get(State(application.state)) is Party.CANDIDATE:
        return _("Antwoord op het aanbod")
    if meeting is not None and meeting.starts_at > now:
        return _("Kun je op %(when)s?", when=moment_text(meeting.starts_at))
    if unread.get(application.id):
        return _("Lees het nieuwe bericht")
    return ""


def _left(application: Application, now: datetime) -> int | None:
    due = application.answer_by
    return (due - local_date(now)).days if due is not None else None


def _day(day: date | None) -> str:
    return day_text(day, _LONG) if day else ""


def given_up(applications: Sequence[Application]) -> list[tuple[int, str, str]]:
    """The applications that a yes would end: id, title and employer."""
    return [
        (one.id, one.opportunity.title, one.opportunity.site.organisation.name)
        for one in applications
    ]

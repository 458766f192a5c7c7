"""What both sides see of what was said and agreed: messages, meetings and the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import policy, queries
from portal.applications.meetings import OPEN_MEETINGS
from portal.applications.models import Application, ApplicationStep, Meeting, Message
from portal.applications.words import name_of, of_employer
from portal.applications.workflow import (
    APPLY,
    MEETINGS,
    REOPEN,
    UNDO,
    Action,
    MeetingAction,
    MeetingState,
    Party,
    State,
)
from portal.clock import local_date
from portal.when import clock_text, day_text, moment_text


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """Something that was said. `new`: the reader has not marked it as read."""

    id: int
    mine: bool
    who: str
    when: str
    paragraphs: tuple[str, ...]
    new: bool
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting, with what the reader may do with it now."""

    id: int
    sequence: int
    state: str
    state_label: str
    when: str
    where: str
    minutes: int
    note: str
    mine: bool
    waits_on_me: bool
    past: bool
    may_accept: bool
    may_decline: bool
    may_move: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Everything that templates/applications/_talk.html shows to one side."""

    application_id: int
    other: str
    may_speak: bool
    messages: tuple[MessageView, ...]
    meetings: tuple[MeetingView, ...]
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryItem:
    """One step, as components/history.html shows it."""

    date: date
    what: str
    who: str
    why: str


def talk(application: Application, reader: Party, *, now: datetime, me: int | None = None) -> Talk:
    """Tell one side what was said and what is agreed, in two queries.

    `me` is the user who reads: of an employer there may be several, each with a name.
    """

    def is_me(one: Message) -> bool:
        return one.party == reader if me is None else one.sender_id == me

    messages = tuple(
        MessageView(
            id=one.id,
            mine=one.party == reader,
            who=_("Jij") if is_me(one) else _named(application, one.party, one.sender),
            when=_when(one.at, now),
            paragraphs=tuple(part for part in one.text.split("\n") if part.strip()),
            new=one.party != reader and one.read_at is None,
            seen=one.read_at is not None,
        )
        for one in queries.messages_of(application.id)
    )
    meetings = [_meeting(one, reader, now) for one in queries.meetings_of(application.id)]
    # What is still to come stands before what was, and both in time.
    meetings.sort(key=lambda one: one.past or one.state not in OPEN_MEETINGS)
    return Talk(
        application_id=application.id,
        other=other_side(application, reader),
        may_speak=policy.may_speak(State(application.state)),
        messages=messages,
        meetings=tuple(meetings),
        new=sum(one.new for one in messages),
    )


def other_side(application: Application, reader: Party) -> str:
    """The name of who is across the table."""
    if reader is Party.CANDIDATE:
        return application.opportunity.site.organisation.name
    return name_of(application.candidate.user)


def history(
    application: Application, steps: list[ApplicationStep], reader: Party
) -> list[HistoryItem]:
    """Tell every step to one side in plain words, the newest first."""
    return [
        HistoryItem(
            date=local_date(step.at),
            what=_what(application, step, reader),
            who=_who(application, step, reader),
            why=step.why,
        )
        for step in steps
    ]


def _meeting(one: Meeting, reader: Party, now: datetime) -> MeetingView:
    mine, past = one.party == reader, one.starts_at <= now
    state = MeetingState(one.state)

    def may(action: MeetingAction) -> bool:
        return (state, mine, action) in MEETINGS and (not past or action is MeetingAction.MOVE)

    waits = state is MeetingState.PROPOSED and not mine and not past
    return MeetingView(
        id=one.id,
        sequence=one.sequence,
        state=one.state,
        state_label=_meeting_label(state, mine=mine, past=past),
        when=moment_text(one.starts_at),
        where=one.where,
        minutes=one.minutes,
        note=one.note,
        mine=mine,
        waits_on_me=waits,
        past=past,
        may_accept=may(MeetingAction.ACCEPT),
        may_decline=may(MeetingAction.DECLINE),
        may_move=may(MeetingAction.MOVE),
        may_cancel=may(MeetingAction.CANCEL),
    )


def _meeting_label(state: MeetingState, *, mine: bool, past: bool) -> str:
    match state:
        case MeetingState.PROPOSED if past:
            return _("Voorbij, zonder antwoord")
        case MeetingState.PROPOSED:
            return _("Wacht op antwoord") if mine else _("Kun jij dan?")
        case MeetingState.ACCEPTED:
            return _("Geweest") if past else _("Afgesproken")
        case MeetingState.DECLINED:
            return _("Kan niet doorgaan")
        case MeetingState.CANCELLED:
            return _("Afgezegd")


def _when(moment: datetime, now: datetime) -> str:
    day, today = local_date(moment), local_date(now)
    if day == today:
        return _("vandaag, %(time)s uur", time=clock_text(moment))
    pattern = "d MMMM" if day.year == today.year else "d MMMM yyyy"
    return _("%(day)s, %(time)s uur", day=day_text(day, pattern), time=clock_text(moment))


def _what(application: Application, step: ApplicationStep, reader: Party) -> str:
    mine = step.party == reader
    name = other_side(application, reader)
    told = {
        APPLY: (_("Je reageerde"), _("%(name)s reageerde", name=name)),
        REOPEN: (_("De plek is weer open, de reactie loopt door"),) * 2,
        UNDO: (
            _("Je maakte de vorige stap ongedaan"),
            _("%(name)s maakte de vorige stap ongedaan", name=name),
        ),
        Action.TALK: (_("Je wilt praten"), _("%(name)s wil met je praten", name=name)),
        Action.POSTPONE: (_("Je stelde het uit"), _("%(name)s stelt het uit", name=name)),
        Action.TRY: (
            _("Je schreef op dat jullie het gaan proberen"),
            _("%(name)s schreef op dat jullie het gaan proberen", name=name),
        ),
        Action.OFFER: (_("Je bood de baan aan"), _("%(name)s biedt de baan aan", name=name)),
        Action.ACCEPT: (_("Je zei ja"), _("%(name)s zei ja", name=name)),
        Action.REFUSE: (
            _("Je gaat niet verder"),
            _("%(name)s gaat niet met je verder", name=name),
        ),
        Action.WITHDRAW: (
            _("Je trok je reactie in"),
            _("%(name)s trok de reactie in", name=name),
        ),
        Action.RETURN: (_("Niet meer uitgesteld"),) * 2,
        Action.LAPSE: (_("Gestopt, want er kwam geen antwoord"),) * 2,
        Action.CLOSE: (_("Gestopt, want de plek is gesloten"),) * 2,
    }
    words = told[step.action][0 if mine else 1]
    if step.undone_at is not None and step.action not in (UNDO, REOPEN):
        return _("%(what)s (later ongedaan gemaakt)", what=words)
    return words


def _who(application: Application, step: ApplicationStep, reader: Party) -> str:
    time = clock_text(step.at)
    if step.party == Party.PORTAL:
        return _("Bekwaam, om %(time)s uur", time=time)
    if step.party == reader and step.party == Party.CANDIDATE:
        return _("Jij, om %(time)s uur", time=time)
    name = _named(application, step.party, step.actor)
    return _("%(name)s, om %(time)s uur", name=name, time=time)


def _named(application: Application, party: str, user: User | None) -> str:
    if party == Party.EMPLOYER:
        return of_employer(user, application.opportunity.site.organisation.name)
    return name_of(user)

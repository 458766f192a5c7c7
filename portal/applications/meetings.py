"""Proposing a time to meet, answering, moving and calling it off. Call inside transaction()."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import meeting_emails, policy, queries, telling
from portal.applications.holding import held
from portal.applications.models import Application, Meeting
from portal.applications.policy import DayProblem
from portal.applications.recording import renew, take
from portal.applications.workflow import (
    Action,
    MeetingAction,
    MeetingState,
    NotAllowed,
    Party,
    State,
    next_meeting,
)
from portal.audit import service as audit
from portal.clock import local_date
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.letters import Letter, post

OPEN_MEETINGS = (MeetingState.PROPOSED, MeetingState.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInput:
    """When and where to meet; `starts_at` is an aware moment."""

    starts_at: datetime
    minutes: int
    where: str
    note: str = ""


def propose_meeting(
    application_id: int, data: MeetingInput, *, actor: User, party: Party, now: datetime
) -> Meeting:
    """Propose a time to the other side. An employer who does so is in conversation.

    The same time proposed twice is one proposal. Raises NotFound, Conflict or Invalid.
    """
    application = held(application_id, actor=actor, party=party)
    _must_fit(data, now)
    if not policy.may_speak(State(application.state)):
        raise Conflict(_("Deze reactie is gestopt. Je kunt geen gesprek meer plannen."))
    for one in queries.meetings_of(application.id):
        if one.party == party and one.state in OPEN_MEETINGS and one.starts_at == data.starts_at:
            return one
    meeting = Meeting(
        application_id=application.id,
        party=party,
        state=MeetingState.PROPOSED,
        starts_at=data.starts_at,
        minutes=data.minutes,
        where=data.where,
        note=data.note,
        uid=f"{secrets.token_hex(16)}@bekwaam",
        sequence=0,
        created_at=now,
        updated_at=now,
        updated_by=party,
    )
    db.session.add(meeting)
    db.session.flush()
    begin_to_talk(application, actor=actor, party=party, now=now)
    _proposed(application, meeting, moved=False, actor=actor, now=now)
    return meeting


def answer_meeting(
    application_id: int,
    meeting_id: int,
    action: MeetingAction,
    *,
    sequence: int,
    actor: User,
    party: Party,
    now: datetime,
    why: str = "",
    data: MeetingInput | None = None,
) -> Meeting:
    """Accept, decline, move (with `data`) or cancel a meeting that still has to come.

    `sequence` is that of the page. Raises NotFound, Conflict or Invalid.
    """
    application = held(application_id, actor=actor, party=party)
    meeting = queries.meeting(application.id, meeting_id)
    if meeting is None:
        raise NotFound
    if meeting.sequence != sequence:
        raise Conflict(_("Dit voorstel is intussen veranderd. Kijk eerst wat er nu staat."))
    if meeting.starts_at <= now and action is not MeetingAction.MOVE:
        raise Conflict(_("Dit gesprek is al geweest."))
    try:
        state = next_meeting(MeetingState(meeting.state), meeting.party == party, action)
    except NotAllowed as error:
        raise Conflict(_("Dit kan niet meer. Kijk eerst wat er nu staat.")) from error
    if action is MeetingAction.MOVE:
        if not policy.may_speak(State(application.state)):
            raise Conflict(_("Deze reactie is gestopt. Je kunt geen gesprek meer plannen."))
        if data is None:
            raise Invalid(fields=("starts_at",))
        _must_fit(data, now)
        meeting.starts_at, meeting.minutes = data.starts_at, data.minutes
        meeting.where, meeting.note = data.where, data.note
        meeting.party = party
    meeting.state = state
    _changed(meeting, party, now)
    if party is Party.EMPLOYER:
        renew(application, now)
    if action is MeetingAction.MOVE:
        _proposed(application, meeting, moved=True, actor=actor, now=now)
    elif action is MeetingAction.ACCEPT:
        renew(application, now, since=local_date(meeting.starts_at))
        _tell(application, meeting, Party.CANDIDATE, _agreed, now=now)
        _tell(application, meeting, Party.EMPLOYER, _agreed, now=now)
    else:
        _tell(application, meeting, party.other, _off(why), now=now)
    audit.record(f"meeting.{action}", meeting, actor=actor, now=now, sequence=meeting.sequence)
    return meeting


def call_off(application: Application, *, by: Party, now: datetime) -> None:
    """Cancel what was still to come of an application that ended; both sides get the file."""
    for meeting in queries.meetings_of(application.id):
        if meeting.state in OPEN_MEETINGS and meeting.starts_at > now:
            meeting.state = MeetingState.CANCELLED
            _changed(meeting, by, now)
            for reader in (Party.CANDIDATE, Party.EMPLOYER):
                _tell(application, meeting, reader, _off(""), now=now)


def begin_to_talk(application: Application, *, actor: User, party: Party, now: datetime) -> None:
    """Let an employer who says something be in conversation, with time to go on."""
    if party is not Party.EMPLOYER:
        return
    if application.state == State.NEW:
        take(application, Action.TALK, State.IN_CONVERSATION, party=party, actor=actor, now=now)
    elif application.answered_at is None:
        application.answered_at = now
    renew(application, now)


_Write = Callable[[Application, Meeting, Party, datetime], Letter]


def _agreed(application: Application, meeting: Meeting, reader: Party, now: datetime) -> Letter:
    return meeting_emails.agreed(application, meeting, reader, now=now)


def _off(why: str) -> _Write:
    def write(application: Application, meeting: Meeting, reader: Party, now: datetime) -> Letter:
        return meeting_emails.off(application, meeting, reader, why=why, now=now)

    return write


def _proposed(
    application: Application, meeting: Meeting, *, moved: bool, actor: User, now: datetime
) -> None:
    def write(application: Application, meeting: Meeting, reader: Party, now: datetime) -> Letter:
        return meeting_emails.proposed(application, meeting, reader, moved=moved, now=now)

    _tell(application, meeting, Party(meeting.party).other, write, now=now)
    if not moved:
        audit.record("meeting.propose", meeting, actor=actor, now=now)


def _tell(
    application: Application, meeting: Meeting, reader: Party, write: _Write, *, now: datetime
) -> None:
    people = (
        [application.candidate.user]
        if reader is Party.CANDIDATE
        else telling.employers(application)
    )
    for user in people:
        post(
            user,
            lambda: write(application, meeting, reader, now),
            key=f"meeting-{meeting.id}-{meeting.sequence}-{user.id}",
            now=now,
        )


def _changed(meeting: Meeting, party: Party, now: datetime) -> None:
    meeting.sequence += 1
    meeting.updated_at = now
    meeting.updated_by = party


def _must_fit(data: MeetingInput, now: datetime) -> None:
    problem = policy.moment_problem(data.starts_at, now)
    if problem is DayProblem.PAST:
        raise Invalid(_("Dit moment is al voorbij. Kies een later moment."), ("starts_at",))
    if problem is not None:
        raise Invalid(_("Kies een moment binnen een half jaar."), ("starts_at",))

"""Messages between the two sides of an application. Call each inside transaction()."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import User
from portal.applications import emails, policy, queries, telling
from portal.applications.holding import held
from portal.applications.meetings import begin_to_talk
from portal.applications.models import Application, Message
from portal.applications.workflow import Party, State
from portal.audit import service as audit
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.letters import Letter, post

_TWICE = timedelta(minutes=2)
"""Within this time the same words are the same message, sent by a double click."""


def say(application_id: int, text: str, *, actor: User, party: Party, now: datetime) -> Message:
    """Send a message to the other side. An employer who does so is in conversation.

    Raises NotFound, Conflict (it has ended) or Invalid.
    """
    application = held(application_id, actor=actor, party=party)
    text = text.strip()
    if not text or len(text) > policy.MESSAGE_MAX:
        raise Invalid(_("Schrijf een bericht van hooguit 3000 tekens."), ("text",))
    if not policy.may_speak(State(application.state)):
        raise Conflict(_("Deze reactie is gestopt. Je kunt geen bericht meer sturen."))
    said = queries.messages_of(application.id)
    last = next((one for one in reversed(said) if one.party == party), None)
    if last is not None and last.text == text and now - last.at < _TWICE:
        return last
    message = Message(
        application_id=application.id,
        at=now,
        party=party,
        sender=actor,
        text=text,
    )
    db.session.add(message)
    _read(said, party, now)
    begin_to_talk(application, actor=actor, party=party, now=now)
    db.session.flush()
    audit.record("application.message", application, actor=actor, now=now, party=party)
    tell_unread(application, party, now=now)
    return message


def mark_read(application_id: int, *, actor: User, party: Party, now: datetime) -> int:
    """Note that a side has seen what the other said; return how many messages were new."""
    found = queries.for_party(application_id, actor.id, party, lock=True)
    if found is None:
        raise NotFound
    return _read(queries.messages_of(found.id), party, now)


def tell_unread(application: Application, sender: Party, *, now: datetime) -> bool:
    """Mail the other side about messages that wait, at most once in an hour."""
    said = [one for one in queries.messages_of(application.id) if one.party == sender]
    new = [one for one in said if one.read_at is None and one.mailed_at is None]
    told = max((one.mailed_at for one in said if one.mailed_at is not None), default=None)
    if not new or (told is not None and now - told < policy.MAIL_EVERY):
        return False
    reader = sender.other
    people = (
        [application.candidate.user]
        if reader is Party.CANDIDATE
        else telling.employers(application)
    )
    for user in people:
        post(
            user,
            lambda: _letter(application, new, reader),
            key=f"application-messages-{new[-1].id}-{user.id}",
            now=now,
        )
    for one in new:
        one.mailed_at = now
    return True


def _read(said: list[Message], reader: Party, now: datetime) -> int:
    new = [one for one in said if one.party == reader.other and one.read_at is None]
    for one in new:
        one.read_at = now
    return len(new)


def _letter(application: Application, new: list[Message], reader: Party) -> Letter:
    name = (
        emails.organisation(application)
        if reader is Party.CANDIDATE
        else emails.candidate(application)
    )
    number = len(new)
    return Letter(
        subject=ngettext(
            "Bericht van %(name)s", "%(num)s berichten van %(name)s", number, name=name
        ),
        lines=(
            _(
                "%(name)s schreef je over “%(title)s”:",
                name=name,
                title=application.opportunity.title,
            ),
            *(one.text for one in new),
        ),
        action=(_("Lees en antwoord"), emails.address(application, reader)),
    )

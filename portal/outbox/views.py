"""A mail as an administrator sees it: where it is, why, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.outbox import workflow
from portal.outbox.masks import mask
from portal.outbox.models import OutboxMessage
from portal.outbox.workflow import MAX_ATTEMPTS, Action, State
from portal.when import clock_text, moment_text

STATE_LABELS: Final[dict[State, LazyString]] = {
    State.UNCERTAIN: _l("onzeker"),
    State.FAILED: _l("niet gelukt"),
    State.RETRYING: _l("nog niet gelukt"),
    State.WAITING: _l("wacht"),
    State.SENDING: _l("gaat nu weg"),
    State.SENT: _l("verstuurd"),
    State.STOPPED: _l("gestopt"),
}
"""In the order of who needs care first."""
LOOKS: Final[dict[State, tuple[str, str]]] = {
    State.UNCERTAIN: ("warm", "alert"),
    State.FAILED: ("danger", "alert"),
    State.RETRYING: ("warm", "clock"),
    State.WAITING: ("", "hourglass"),
    State.SENDING: ("", "hourglass"),
    State.SENT: ("met", "check"),
    State.STOPPED: ("", "x"),
}
"""The colour of the tag and its picture."""
PROBLEMS: Final[dict[str, LazyString]] = {
    "unreachable": _l("De mailserver geeft geen antwoord."),
    "sign-in": _l("De mailserver neemt onze inloggegevens niet aan."),
    "address": _l("De mailserver neemt geen mail aan voor dit adres."),
    "refused": _l("De mailserver weigert deze mail."),
    "letter": _l("Van dit adres of onderwerp kunnen we geen mail maken."),
    workflow.UNKNOWN: _l("De verbinding brak af tijdens het versturen."),
}
"""By the first word of OutboxMessage.problem; the number after it is the server's own answer."""
ACTION_LABELS: Final[dict[Action, LazyString]] = {
    Action.AGAIN: _l("Verstuur opnieuw"),
    Action.STOP: _l("Verstuur niet meer"),
    Action.WENT: _l("Hij is aangekomen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """One mail in words. `text` has its personal links hidden; empty when it was erased."""

    id: int
    subject: str
    recipient: str
    state: State
    state_label: str
    look: str
    mark: str
    kept: str
    why: str
    next: str
    text: str
    has_html: bool
    has_calendar: bool
    actions: tuple[Action, ...]


def problem_text(problem: str | None) -> str:
    """Say why an attempt did not succeed."""
    if not problem:
        return ""
    word, _space, number = problem.partition(" ")
    said = str(PROBLEMS.get(word, PROBLEMS["refused"]))
    return (
        _("%(said)s Antwoord van de server: %(number)s.", said=said, number=number)
        if (number)
        else said
    )


def _next_text(mail: OutboxMessage, state: State) -> str:
    """What is going to happen, or has happened, and when."""
    match state:
        case State.WAITING:
            return _("Gaat weg binnen een paar minuten.")
        case State.SENDING:
            return _("Gaat op dit moment weg.")
        case State.RETRYING:
            return _(
                "Poging %(done)s van %(all)s. We proberen het opnieuw op %(when)s.",
                done=mail.attempts,
                all=MAX_ATTEMPTS,
                when=moment_text(mail.next_attempt_at),
            )
        case State.FAILED:
            return _("Na %(all)s pogingen proberen we het niet meer vanzelf.", all=MAX_ATTEMPTS)
        case State.UNCERTAIN:
            return _("We weten niet of deze mail is aangekomen. Kies zelf wat er moet gebeuren.")
        case State.SENT:
            return _("Verstuurd op %(when)s.", when=moment_text(mail.sent_at or mail.created_at))
        case State.STOPPED:
            return _(
                "Gestopt op %(when)s. Deze mail gaat niet weg.",
                when=moment_text(mail.stopped_at or mail.created_at),
            )


def mail_view(mail: OutboxMessage, now: datetime) -> MailView:
    """Say of a mail what an administrator may know."""
    state = workflow.state_of(mail, now)
    look, mark = LOOKS[state]
    return MailView(
        id=mail.id,
        subject=mail.subject,
        recipient=mail.recipient,
        state=state,
        state_label=str(STATE_LABELS[state]),
        look=look,
        mark=mark,
        kept=_(
            "%(day)s om %(time)s uur",
            day=clock_text(mail.created_at, "d MMMM yyyy"),
            time=clock_text(mail.created_at),
        ),
        why=problem_text(mail.problem),
        next=_next_text(mail, state),
        text=mask(mail.body),
        has_html=mail.html is not None,
        has_calendar=mail.calendar is not None,
        actions=tuple(workflow.actions(state)),
    )

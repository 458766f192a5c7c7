"""The words for states, reasons and people of an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.accounts.models import User
from portal.applications.policy import EndReason, RefusalReason, WithdrawReason
from portal.applications.workflow import State

STATE_LABELS: Final[Mapping[str, LazyString]] = {
    State.NEW: _l("Verstuurd"),
    State.IN_CONVERSATION: _l("In gesprek"),
    State.POSTPONED: _l("Uitgesteld"),
    State.TRIAL: _l("Op proef"),
    State.OFFERED: _l("Baan aangeboden"),
    State.ACCEPTED: _l("Aangenomen"),
    State.REFUSED: _l("Niet gekozen"),
    State.WITHDRAWN: _l("Ingetrokken"),
    State.LAPSED: _l("Gestopt"),
}

REFUSAL_LABELS: Final[Mapping[str, LazyString]] = {
    RefusalReason.OTHER_CHOSEN: _l("Iemand anders past nu beter"),
    RefusalReason.EXPERIENCE: _l("Er is meer ervaring nodig"),
    RefusalReason.SKILLS: _l("Een belangrijke bekwaamheid mist nog"),
    RefusalReason.PAPERS: _l("Een diploma of papier mist nog"),
    RefusalReason.HOURS: _l("De uren of dagen passen niet"),
    RefusalReason.TRAVEL: _l("De reis is te ver"),
    RefusalReason.START: _l("De startdatum past niet"),
    RefusalReason.OTHER: _l("Een andere reden"),
}

WITHDRAW_LABELS: Final[Mapping[str, LazyString]] = {
    WithdrawReason.OTHER_JOB: _l("Ik heb ander werk"),
    WithdrawReason.NOT_MY_WORK: _l("Dit werk past toch niet bij mij"),
    WithdrawReason.HOURS: _l("De uren of dagen passen niet"),
    WithdrawReason.TRAVEL: _l("De reis is te ver"),
    WithdrawReason.PAY: _l("Het loon past niet"),
    WithdrawReason.TOOK_TOO_LONG: _l("Het duurde te lang"),
    WithdrawReason.NOT_SAID: _l("Dat zeg ik liever niet"),
}

END_LABELS: Final[Mapping[str, LazyString]] = {
    EndReason.EMPLOYER_SILENT: _l("De werkgever antwoordde niet op tijd"),
    EndReason.CANDIDATE_SILENT: _l("Er kwam geen antwoord op het aanbod"),
    EndReason.OPENING_CLOSED: _l("De plek is gesloten"),
    EndReason.OPENING_FILLED: _l("De plek is bezet"),
}


def name_of(user: User | None) -> str:
    """How others address somebody; the mail address until a name is filled in."""
    return (user.name or user.email) if user else _("iemand die hier niet meer werkt")


def of_employer(user: User | None, organisation: str) -> str:
    """The name of who acts for an employer; without one the employer's."""
    return user.name if user and user.name else _("iemand van %(name)s", name=organisation)


def reason_text(reason: str | None) -> str:
    """A reason of any kind in words; empty when none was given."""
    for labels in (REFUSAL_LABELS, END_LABELS, WITHDRAW_LABELS):
        if reason and reason in labels and reason != WithdrawReason.NOT_SAID:
            return str(labels[reason])
    return ""

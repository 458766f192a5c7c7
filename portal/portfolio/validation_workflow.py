"""The life of a request to sign for a competence: one table says what may follow what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ValidationState(StrEnum):
    """Where a request to sign for a competence is in its life. Only a signed one counts."""

    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """The candidate took the question back."""
    REMOVED = "removed"
    """The candidate took it out of the portfolio."""
    WITHDRAWN = "withdrawn"
    """The assessor took it back, with a reason."""
    EXPIRED = "expired"


class Party(StrEnum):
    """Who takes a step."""

    CANDIDATE = "candidate"
    ASSESSOR = "assessor"
    PORTAL = "portal"


class ValidationAction(StrEnum):
    """What moves it on."""

    SIGN = "sign"
    DECLINE = "decline"
    CANCEL = "cancel"
    ASK_AGAIN = "ask_again"
    ANSWER = "answer"
    REMOVE = "remove"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


_S, _A = ValidationState, ValidationAction
TRANSITIONS: Final[dict[tuple[ValidationState, ValidationAction], ValidationState]] = {
    (_S.ASKED, _A.SIGN): _S.SIGNED,
    (_S.ASKED, _A.DECLINE): _S.DECLINED,
    (_S.ASKED, _A.CANCEL): _S.CANCELLED,
    # The way back of somebody who took the question back by mistake.
    (_S.CANCELLED, _A.ASK_AGAIN): _S.ASKED,
    (_S.SIGNED, _A.ANSWER): _S.SIGNED,
    (_S.SIGNED, _A.REMOVE): _S.REMOVED,
    (_S.REMOVED, _A.RESTORE): _S.SIGNED,
    (_S.SIGNED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.REMOVED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SIGNED, _A.EXPIRE): _S.EXPIRED,
    (_S.REMOVED, _A.EXPIRE): _S.EXPIRED,
}
BY: Final[dict[ValidationAction, Party]] = {
    _A.SIGN: Party.ASSESSOR,
    _A.DECLINE: Party.ASSESSOR,
    _A.WITHDRAW: Party.ASSESSOR,
    _A.CANCEL: Party.CANDIDATE,
    _A.ASK_AGAIN: Party.CANDIDATE,
    _A.ANSWER: Party.CANDIDATE,
    _A.REMOVE: Party.CANDIDATE,
    _A.RESTORE: Party.CANDIDATE,
    _A.EXPIRE: Party.PORTAL,
}


class NotAllowed(ValueError):
    """The table has no such step, or not for who takes it."""


def next_state(state: ValidationState, action: ValidationAction, party: Party) -> ValidationState:
    """Return where `action` leads from `state`. Raises NotAllowed when it leads nowhere."""
    if BY[action] is not party:
        raise NotAllowed(f"{action} is not for the {party}")
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise NotAllowed(f"{action} does not follow {state}") from None


def may(state: ValidationState, action: ValidationAction) -> bool:
    """Say whether `action` follows `state`, for the buttons of a page."""
    return (state, action) in TRANSITIONS

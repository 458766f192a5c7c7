"""What becomes of a mail, and what an administrator may do about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol


class State(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    RETRYING = "retrying"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"


class Action(StrEnum):
    """What an administrator does: send it (again), let it be, say that it went."""

    AGAIN = "again"
    STOP = "stop"
    WENT = "went"


MAX_ATTEMPTS: Final = 6
FIRST_WAIT: Final = timedelta(minutes=5)
BUSY: Final = timedelta(minutes=10)
"""A worker that took a mail longer ago than this is not sending it any more."""
UNKNOWN: Final = "unknown"
"""The problem of a mail that may have gone: the connection broke while it was handed over."""

TRANSITIONS: Final[dict[tuple[State, Action], State]] = {
    (State.WAITING, Action.STOP): State.STOPPED,
    (State.RETRYING, Action.AGAIN): State.WAITING,
    (State.RETRYING, Action.STOP): State.STOPPED,
    (State.FAILED, Action.AGAIN): State.WAITING,
    (State.FAILED, Action.STOP): State.STOPPED,
    (State.UNCERTAIN, Action.AGAIN): State.WAITING,
    (State.UNCERTAIN, Action.STOP): State.STOPPED,
    (State.UNCERTAIN, Action.WENT): State.SENT,
    (State.STOPPED, Action.AGAIN): State.WAITING,
}


class Mail(Protocol):
    """What tells where a mail is."""

    sent_at: datetime | None
    stopped_at: datetime | None
    claimed_at: datetime | None
    problem: str | None
    attempts: int


def state_of(mail: Mail, now: datetime) -> State:
    """Return where a mail is; portal.outbox.queries asks the database the same."""
    if mail.sent_at is not None:
        return State.SENT
    if mail.stopped_at is not None:
        return State.STOPPED
    if mail.claimed_at is not None:
        lost = mail.problem == UNKNOWN or mail.claimed_at <= now - BUSY
        return State.UNCERTAIN if lost else State.SENDING
    if mail.attempts >= MAX_ATTEMPTS:
        return State.FAILED
    return State.RETRYING if mail.attempts else State.WAITING


def actions(state: State) -> list[Action]:
    """Return what may be done about a mail in this state."""
    return [action for action in Action if (state, action) in TRANSITIONS]


def wait_after(attempts: int) -> timedelta:
    """Return how long a mail waits after so many attempts: five minutes, and ever longer."""
    return FIRST_WAIT * int(3 ** (attempts - 1))

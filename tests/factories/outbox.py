"""Mail that waits, went, failed or is uncertain."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import inspect

from portal import clock
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.outbox.service import enqueue
from portal.outbox.workflow import BUSY, MAX_ATTEMPTS, State
from portal.transaction import transaction

_number = count(1)


def make_mail(
    state: State = State.WAITING, *, now: datetime | None = None, **given: Any
) -> OutboxMessage:
    """A mail in `state`."""
    now = now or clock.now()
    number = next(_number)
    values: dict[str, Any] = {
        "to": f"lezer{number}@voorbeeld.example",
        "subject": f"Bericht {number}",
        "body": "Hallo,\n\nEr is nieuws.",
        "html": "<!doctype html><p>Er is nieuws.</p>",
    }
    with transaction():
        message = enqueue(**(values | given), now=now)
        assert message is not None
        if state in (State.RETRYING, State.FAILED):
            message.attempts = MAX_ATTEMPTS if state is State.FAILED else 1
            message.problem = "address 550"
        elif state in (State.SENDING, State.UNCERTAIN):
            message.attempts = 1
            message.claimed_at = now if state is State.SENDING else now - BUSY
        elif state is State.SENT:
            message.attempts = 1
            message.sent_at = now
        elif state is State.STOPPED:
            message.stopped_at = now
        db.session.flush()
    return message


def again(message: OutboxMessage) -> OutboxMessage:
    """The same mail as the database has it now; a worker takes its own copy out of the session."""
    db.session.rollback()
    return db.session.get_one(OutboxMessage, inspect(message).identity[0])

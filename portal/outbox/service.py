"""Mail goes in with the change that it tells about, and out after the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.accounts.models import User
from portal.audit import service as audit
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.outbox import workflow
from portal.outbox.models import OutboxMessage
from portal.outbox.sending import Refused, send_by_mail
from portal.outbox.workflow import Action, State
from portal.transaction import transaction

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long the text of a mail is kept after it went or was stopped."""

Send = Callable[[OutboxMessage], None]
"""Sends one mail. Raises Refused when it did not go; anything else leaves it uncertain."""


def enqueue(
    *,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    html: str | None = None,
    calendar: str | None = None,
    key: str | None = None,
) -> OutboxMessage | None:
    """Keep a mail for after the commit; None when one with this `key` was kept before.

    Call it inside transaction(): there is one writer at a time, or the key is locked with what
    it is about, so that looking first is enough; the database keeps it true.
    """
    if key is not None and db.session.scalar(
        select(OutboxMessage.id).where(OutboxMessage.key == key)
    ):
        return None
    message = OutboxMessage(
        created_at=now,
        recipient=to,
        # A line break here would begin another mail header.
        subject=" ".join(subject.split())[:255],
        body=body,
        html=html,
        calendar=calendar,
        key=key,
        next_attempt_at=now,
        attempts=0,
    )
    db.session.add(message)
    db.session.flush()
    return message


def send_due(*, now: datetime, send: Send = send_by_mail, limit: int = 100) -> int:
    """Send what waits; return how many went.

    A message is claimed and committed before it is sent, so that no lock waits for a mail
    server. A claim that is never settled, because the worker died or the connection broke
    half-way, leaves the mail uncertain: it is not sent a second time until a person says so.
    """
    sent = 0
    for _attempt in range(limit):
        message = _claim(now)
        if message is None:
            break
        try:
            send(message)
        except Refused as refused:
            log.warning("outbox message %s did not go: %s", message.id, refused.problem)
            _settle(message.id, problem=refused.problem, now=now)
        except Exception:
            log.exception("nobody knows whether outbox message %s went", message.id)
            _settle(message.id, problem=workflow.UNKNOWN, now=now)
        else:
            _settle(message.id, problem=None, now=now)
            sent += 1
    return sent


def _claim(now: datetime) -> OutboxMessage | None:
    due = (
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.stopped_at.is_(None),
            OutboxMessage.claimed_at.is_(None),
            OutboxMessage.attempts < workflow.MAX_ATTEMPTS,
            OutboxMessage.next_attempt_at <= now,
        )
        .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with transaction():
        message = db.session.scalar(due)
        if message is None:
            return None
        message.claimed_at = now
        message.problem = None
        message.attempts += 1
        db.session.flush()
        db.session.expunge(message)
        return message


def _settle(identity: int, *, problem: str | None, now: datetime) -> None:
    """Write down what came of an attempt."""
    with transaction():
        message = db.session.get_one(OutboxMessage, identity)
        message.problem = problem
        if problem == workflow.UNKNOWN:
            return
        message.claimed_at = None
        if problem is None:
            message.sent_at = now
        else:
            message.next_attempt_at = now + workflow.wait_after(message.attempts)


def act(
    identity: int, action: Action, *, expected: State, actor: User, now: datetime
) -> OutboxMessage:
    """Let a mail go (again), stop it, or note that it went. Call inside transaction().

    `expected` is the state that the administrator saw. Raises NotFound, and Conflict when the
    mail is in another state by now or in one that does not allow this.
    """
    message = db.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.id == identity)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if message is None:
        raise NotFound
    state = workflow.state_of(message, now)
    to = workflow.TRANSITIONS.get((state, action))
    if state is not expected or to is None:
        raise Conflict(_("Deze mail is intussen ergens anders. Kijk eerst hoe het nu is."))
    if to is State.SENT:
        message.sent_at = message.claimed_at
        message.claimed_at = None
        message.problem = None
    elif to is State.STOPPED:
        message.stopped_at = now
    else:
        message.stopped_at = None
        message.claimed_at = None
        message.problem = None
        message.attempts = 0
        message.next_attempt_at = now
    audit.record(f"outbox.{action}", message, actor=actor, now=now)
    return message


def forget_old(now: datetime) -> int:
    """Erase the text of mail that went or was stopped long ago; return of how many.

    The line itself stays: its key keeps the same news from being told twice.
    """
    before = now - KEPT
    old = (
        update(OutboxMessage)
        .where(
            (OutboxMessage.sent_at < before) | (OutboxMessage.stopped_at < before),
            OutboxMessage.body != "",
        )
        .values(body="", html=None, calendar=None)
        .returning(OutboxMessage.id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session.execute(old).all())

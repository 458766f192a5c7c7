"""Mail goes in with the change that it tells about, and out after the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from flask_mailman import EmailMessage
from sqlalchemy import select

from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=5)

Send = Callable[[str, str, str], None]
"""Sends one mail: to, subject, body. Raises when it did not go."""


def enqueue(*, to: str, subject: str, body: str, now: datetime) -> OutboxMessage:
    """Keep a mail for after the commit."""
    message = OutboxMessage(
        created_at=now,
        recipient=to,
        # A line break here would begin another mail header.
        subject=" ".join(subject.split())[:255],
        body=body,
        next_attempt_at=now,
        attempts=0,
    )
    db.session.add(message)
    return message


def send_by_mail(to: str, subject: str, body: str) -> None:
    """Send one mail with the configured backend."""
    EmailMessage(subject=subject, body=body, to=[to]).send()


def send_due(*, now: datetime, send: Send = send_by_mail, limit: int = 100) -> int:
    """Send what waits; return how many went.

    A message is claimed and committed before it is sent, so that no lock waits for a mail
    server, and a worker that dies half-way tries it again later.
    """
    sent = 0
    for _attempt in range(limit):
        claimed = _claim(now)
        if claimed is None:
            break
        identity, to, subject, body = claimed
        try:
            send(to, subject, body)
        except Exception:
            log.exception("outbox message %s did not go", identity)
            continue
        with transaction():
            message = db.session.get_one(OutboxMessage, identity)
            message.sent_at = now
        sent += 1
    return sent


def _claim(now: datetime) -> tuple[int, str, str, str] | None:
    due = (
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.attempts < MAX_ATTEMPTS,
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
        message.next_attempt_at = now + FIRST_WAIT * 2**message.attempts
        message.attempts += 1
        return message.id, message.recipient, message.subject, message.body

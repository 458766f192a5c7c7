"""Reads of the outbox, for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.outbox.workflow import BUSY, MAX_ATTEMPTS, UNKNOWN, State


def of_id(identity: int) -> OutboxMessage | None:
    """Return one mail."""
    return db.session.get(OutboxMessage, identity)


def state_column(now: datetime) -> ColumnElement[str]:
    """Where each mail is, as workflow.state_of says it."""
    m = OutboxMessage
    lost = or_(m.problem == UNKNOWN, m.claimed_at <= now - BUSY)
    return case(
        (m.sent_at.is_not(None), literal(State.SENT.value)),
        (m.stopped_at.is_not(None), literal(State.STOPPED.value)),
        (and_(m.claimed_at.is_not(None), lost), literal(State.UNCERTAIN.value)),
        (m.claimed_at.is_not(None), literal(State.SENDING.value)),
        (m.attempts >= MAX_ATTEMPTS, literal(State.FAILED.value)),
        (m.attempts > 0, literal(State.RETRYING.value)),
        else_=literal(State.WAITING.value),
    )


def counts(now: datetime) -> dict[State, int]:
    """Return how many mails there are in each state."""
    state = state_column(now).label("state")
    found = dict(
        db.session.execute(select(state, func.count(OutboxMessage.id)).group_by(state)).all()
    )
    return {one: found.get(one.value, 0) for one in State}


def _wanted(state: State | None, search: str, now: datetime) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if state is not None:
        wanted.append(state_column(now) == state.value)
    if search:
        wanted.append(
            or_(
                OutboxMessage.recipient.icontains(search, autoescape=True),
                OutboxMessage.subject.icontains(search, autoescape=True),
            )
        )
    return wanted


def count(state: State | None, search: str, now: datetime) -> int:
    """Return how many mails are in `state` (any, without one) and hold `search`."""
    found = select(func.count(OutboxMessage.id)).where(*_wanted(state, search, now))
    return db.session.scalar(found) or 0


def page(
    state: State | None, search: str, *, offset: int, limit: int, now: datetime
) -> Sequence[OutboxMessage]:
    """Return a page of these mails, the newest first, without their texts."""
    found = (
        select(OutboxMessage)
        .where(*_wanted(state, search, now))
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return db.session.scalars(found).all()


def kept_since(key: str, moment: datetime) -> bool:
    """Say whether a mail whose key begins with `key` was kept after `moment`."""
    found = select(OutboxMessage.id).where(
        OutboxMessage.key.startswith(key, autoescape=True), OutboxMessage.created_at > moment
    )
    return db.session.scalar(found.limit(1)) is not None

"""Numbers the changes of the pool, so that every process can catch up.

The number is taken by updating one row inside the writer's transaction. That row stays
locked until the commit, so numbers are handed out in the order of the commits, and who has
seen number n has seen everything before it.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update

from portal.extensions import db
from portal.matching.models import IndexChange, IndexClock


class Change(NamedTuple):
    """A change of the pool: its number and the opportunity that it is about."""

    number: int
    opportunity_id: int


def record_change(opportunity_id: int, now: datetime) -> int:
    """Give the change of an opportunity its number; call it inside transaction()."""
    number = db.session.scalars(
        update(IndexClock)
        .where(IndexClock.id == 1)
        .values(value=IndexClock.value + 1)
        .returning(IndexClock.value),
        # Another process may have moved the clock since this session last read it.
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).one()
    db.session.add(IndexChange(number=number, opportunity_id=opportunity_id, created_at=now))
    db.session.flush()
    return number


def changes_since(number: int) -> list[Change]:
    """Return the changes after `number`, in order."""
    rows = db.session.execute(
        select(IndexChange.number, IndexChange.opportunity_id)
        .where(IndexChange.number > number)
        .order_by(IndexChange.number)
    )
    return [Change(*row) for row in rows]


def last_number() -> int:
    """Return the number of the last change; 0 before the first."""
    return db.session.scalar(select(func.max(IndexChange.number))) or 0

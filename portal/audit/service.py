"""Writes the audit trail, in the transaction of what it tells about."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from portal.accounts.models import User
from portal.audit.models import AuditLine
from portal.extensions import db


class Recorded(Protocol):
    """A row of a table, by its id."""

    __tablename__: Any
    id: Any


def record(
    action: str, subject: Recorded, *, actor: User | None, now: datetime, **detail: object
) -> AuditLine:
    """Note that `actor` did `action` to `subject`; `actor` None is the portal itself."""
    line = AuditLine(
        at=now,
        actor_id=actor.id if actor else None,
        action=action,
        object_type=subject.__tablename__,
        object_id=subject.id,
        detail=detail,
    )
    db.session.add(line)
    return line

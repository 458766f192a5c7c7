"""Mail that is still to go, and mail that went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class OutboxMessage(Base):
    """One mail. It is tried again, ever later, until it is sent or the attempts are spent.

    `key` names what it tells, to whom: the database refuses a second one. `calendar` is a file
    in the format of RFC 5545.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index(None, "sent_at", "next_attempt_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    recipient: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    claimed_at: Mapped[datetime | None]
    """When a worker took it to send; still set when nobody knows whether it went."""
    problem: Mapped[str | None] = mapped_column(String(300))
    """Why the last attempt did not succeed: a code of portal.outbox.views.PROBLEMS."""
    stopped_at: Mapped[datetime | None]
    """When an administrator decided that it should not go any more."""
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)

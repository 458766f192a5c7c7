"""Coaches' hours, booked talks, notes and tasks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.candidates.models import Candidate
from portal.coaching.workflow import TalkState
from portal.constraints import one_of
from portal.extensions import Base


class CoachHour(Base):
    """A time that a coach has for a talk."""

    __tablename__ = "coach_hour"
    __table_args__ = (
        UniqueConstraint("coach_id", "starts_at"),
        CheckConstraint("minutes BETWEEN 15 AND 120", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    where: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    """When the coach took it back; a talk that was cancelled still tells when it would be."""

    coach: Mapped[User] = relationship()


class Guidance(Base):
    """A coach guides a candidate, from the first booked talk until either ends it."""

    __tablename__ = "guidance"
    __table_args__ = (UniqueConstraint("candidate_id", "coach_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    candidate: Mapped[Candidate] = relationship()
    coach: Mapped[User] = relationship()


class Talk(Base):
    """A booked career talk; at most one that stands per hour. `uid`, `sequence`: calendar file."""

    __tablename__ = "talk"
    __table_args__ = (
        one_of("state", TalkState),
        Index(
            "uq_talk_hour_booked",
            "hour_id",
            unique=True,
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    hour_id: Mapped[int] = mapped_column(ForeignKey("coach_hour.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(String(10), default=TalkState.BOOKED)
    question: Mapped[str] = mapped_column(Text, default="")
    """What the candidate wants to talk about."""
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    hour: Mapped[CoachHour] = relationship()
    candidate: Mapped[Candidate] = relationship()


class CoachNote(Base):
    """What a coach wrote down; the candidate reads the same text."""

    __tablename__ = "coach_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    coach: Mapped[User | None] = relationship()


class CoachTask(Base):
    """Something that the candidate will do before a day."""

    __tablename__ = "coach_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

"""Applications, every step of them, messages, proposed meetings, and invitations."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.applications.workflow import OPEN, MeetingState, Party, State
from portal.candidates.models import Candidate
from portal.constraints import one_of
from portal.extensions import Base
from portal.opportunities.models import Opportunity

_IS_OPEN = f"state IN ({', '.join(repr(str(state)) for state in OPEN)})"


class InvitationState(StrEnum):
    """What became of an invitation."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"


def _first_answer_by(context: DefaultExecutionContext) -> date | None:
    given = context.get_current_parameters()  # type: ignore[no-untyped-call]
    found: date | None = given.get("answer_by")
    return found


class Application(Base):
    """Somebody answers an opportunity. One per person and opportunity that is not over.

    `waits_on` says who has to do something, and `answer_by` until when, in Dutch days.
    """

    __tablename__ = "application"
    __table_args__ = (
        one_of("state", State),
        one_of("waits_on", (Party.CANDIDATE, Party.EMPLOYER), name="waits_on"),
        CheckConstraint("state <> 'postponed' OR postponed_until IS NOT NULL", name="postponed"),
        CheckConstraint("state <> 'accepted' OR start_on IS NOT NULL", name="start_on"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="reason"),
        CheckConstraint(
            "(state IN ('accepted', 'refused', 'withdrawn', 'lapsed')) = (ended_at IS NOT NULL)",
            name="ended_at",
        ),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "opportunity_id", "state"),
        Index(None, "state", "answer_by"),
        Index(
            "uq_application_open",
            "candidate_id",
            "opportunity_id",
            unique=True,
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(20), default=State.NEW)
    letter: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    invited: Mapped[bool] = mapped_column(default=False)
    waits_on: Mapped[str | None] = mapped_column(String(10))
    answer_by: Mapped[date | None]
    first_answer_by: Mapped[date | None] = mapped_column(default=_first_answer_by)
    """The answer date that it began with; by this one the employer is measured."""
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    """When the employer first did something with it."""
    postponed_until: Mapped[date | None]
    start_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(40))
    word: Mapped[str] = mapped_column(Text, default="")
    """What the employer said that helps, or why the candidate withdrew."""
    ended_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
    """When letter, phone and messages went; the employer finds it no more since."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    candidate: Mapped[Candidate] = relationship()
    opportunity: Mapped[Opportunity] = relationship()
    steps: Mapped[list[ApplicationStep]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ApplicationStep.id"
    )
    messages: Mapped[list[Message]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Message.id"
    )
    meetings: Mapped[list[Meeting]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Meeting.starts_at"
    )


class ApplicationStep(Base):
    """One step of an application: who, when, why, and from where to where."""

    __tablename__ = "application_step"
    __table_args__ = (one_of("party", Party),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    party: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the application said before, so that it can be said again when this is undone."""
    cause_id: Mapped[int | None] = mapped_column(
        ForeignKey("application_step.id", ondelete="SET NULL"), index=True
    )
    """The step that brought this one about; undone together with it."""
    undone_at: Mapped[datetime | None]

    actor: Mapped[User | None] = relationship()


class Message(Base):
    """What one party says to the other within an application."""

    __tablename__ = "application_message"
    __table_args__ = (one_of("party", (Party.CANDIDATE, Party.EMPLOYER), name="party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    party: Mapped[str] = mapped_column(String(10))
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None]
    """When the other party first saw it."""
    mailed_at: Mapped[datetime | None]
    """When the other party was told by mail, of this one or of several at once."""

    sender: Mapped[User | None] = relationship()


class Meeting(Base):
    """A proposed time to meet; `uid` and `sequence` are those of its calendar file."""

    __tablename__ = "meeting"
    __table_args__ = (
        one_of("party", (Party.CANDIDATE, Party.EMPLOYER), name="party"),
        one_of("state", MeetingState),
        one_of("updated_by", (Party.CANDIDATE, Party.EMPLOYER, Party.PORTAL), name="updated_by"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    party: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=MeetingState.PROPOSED)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    where: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(String(10))
    """The party that proposed, answered, moved or cancelled it last."""


class Invitation(Base):
    """An employer asks somebody, still without a name, to come and talk."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("candidate_id", "opportunity_id"),
        one_of("state", InvitationState),
        Index(None, "state", "answer_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=InvitationState.SENT)
    created_at: Mapped[datetime]
    answer_by: Mapped[date]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    word: Mapped[str] = mapped_column(String(300), default="")

    candidate: Mapped[Candidate] = relationship()
    opportunity: Mapped[Opportunity] = relationship()

"""What matching keeps: vectors, the numbers of changes, requests and runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class IndexClock(Base):
    """One row: the number of the last change of the pool. It only grows."""

    __tablename__ = "index_clock"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("value >= 0", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger)


class IndexChange(Base):
    """One change of one opportunity. No foreign key: the change outlives what it changed."""

    __tablename__ = "index_change"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    opportunity_id: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime]


class OpportunityVector(Base):
    """The vectors of one opportunity by one encoder; of two versions never compared."""

    __tablename__ = "opportunity_vector"

    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    encoder_version: Mapped[str] = mapped_column(String(120), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    vectors: Mapped[bytes] = mapped_column(LargeBinary)


class EncoderState(Base):
    """An encoder whose vectors are kept: the one that serves, or the one that follows it.

    The web processes follow what stands here, so that all of them switch on the same commit.
    """

    __tablename__ = "encoder_state"
    __table_args__ = (
        CheckConstraint("status IN ('serving', 'building')", name="status"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress"),
    )

    version: Mapped[str] = mapped_column(String(120), primary_key=True)
    folder: Mapped[str] = mapped_column(Text)
    query_prompt: Mapped[str | None] = mapped_column(Text)
    """As configured; without one the model's own is used."""
    passage_prompt: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(8), unique=True)
    """Unique: at most one serves, and at most one is being made ready."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text)
    """Why its index cannot be made, if so."""
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class MatchRequest(Base):
    """What a visitor asked; reached by its token alone, and gone when it expires."""

    __tablename__ = "match_request"
    __table_args__ = (
        CheckConstraint("travel_km > 0", name="travel_km"),
        CheckConstraint(
            "hours_low > 0 AND hours_low <= hours_high AND hours_high <= 60", name="hours"
        ),
        CheckConstraint("ambition_weight BETWEEN 0 AND 1", name="ambition_weight"),
        CheckConstraint("expires_at > created_at", name="expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    skills: Mapped[str] = mapped_column(Text, default="")
    ambition: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str | None] = mapped_column(String(120))
    province: Mapped[str | None] = mapped_column(String(60))
    travel_km: Mapped[float | None]
    hours_low: Mapped[float | None]
    hours_high: Mapped[float | None]
    ambition_weight: Mapped[float] = mapped_column(default=0.5)
    gates: Mapped[list[str]] = mapped_column(JSON, default=list)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    dismissed: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """Keys of what we offered and the visitor does not need."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class MatchRun(Base):
    """What the engine answered to a request, and with which encoder and index."""

    __tablename__ = "match_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("match_request.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    encoder_version: Mapped[str] = mapped_column(String(120))
    index_number: Mapped[int] = mapped_column(BigInteger)
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

"""Opportunities and what they ask for."""

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
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.constraints import one_of
from portal.extensions import Base
from portal.opportunities import day_parts
from portal.opportunities.workflow import Status
from portal.organisations.models import Site


class Kind(StrEnum):
    """The kinds of opportunity; the values are the matcher's."""

    VACANCY = "vacancy"
    TRAINEESHIP = "traineeship"
    COMBINED_FUNCTION = "combined_function"


class Contract(StrEnum):
    """The kinds of contract; the values are the matcher's."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    FIXED_TERM_THEN_PERMANENT = "fixed_term_then_permanent"
    LEARNING = "learning"
    PLACEMENT = "placement"
    PREPARATORY = "preparatory"


LEVELS = (0, 1, 2, 3, 4, 6, 7)
LANGUAGES = ("nl", "en")


class CloseReason(StrEnum):
    """Why an opportunity is no longer open."""

    CLOSED = "closed"
    FILLED = "filled"
    PAST_LAST_DAY = "past_last_day"
    NOT_CONFIRMED = "not_confirmed"


class Opportunity(Base):
    """A vacancy, traineeship or combined function. A draft may be incomplete, the rest not.

    `field`, `target_groups` and the professions are ids of the framework. Hours are a week;
    pay is euro gross a month, full time. The last day to respond is `closes_on`, in Dutch time.
    """

    __tablename__ = "opportunity"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("status", Status),
        one_of("contract", Contract),
        one_of("language", LANGUAGES),
        one_of("close_reason", CloseReason),
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        CheckConstraint(
            "hours_min > 0 AND hours_min <= hours_max AND hours_max <= 60", name="hours"
        ),
        CheckConstraint(f"day_parts BETWEEN 0 AND {day_parts.ALL}", name="day_parts"),
        CheckConstraint("pay_min >= 0 AND pay_min <= pay_max", name="pay"),
        CheckConstraint("places BETWEEN 1 AND 500", name="places"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint(
            "status = 'draft' OR (hours_min IS NOT NULL AND hours_max IS NOT NULL"
            " AND closes_on IS NOT NULL AND published_at IS NOT NULL"
            " AND title <> '' AND text <> '')",
            name="complete",
        ),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        Index(None, "status", "closes_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), default=Status.DRAFT)
    field: Mapped[str] = mapped_column(String(80), index=True)
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    profession: Mapped[str | None] = mapped_column(String(80))
    second_profession: Mapped[str | None] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    text: Mapped[str] = mapped_column(Text, default="")
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours_min: Mapped[float | None]
    hours_max: Mapped[float | None]
    day_parts: Mapped[int] = mapped_column(default=0)
    hours_flexible: Mapped[bool] = mapped_column(default=True)
    combinable: Mapped[bool] = mapped_column(default=False)
    level: Mapped[int] = mapped_column(default=0)
    diploma_required: Mapped[bool] = mapped_column(default=False)
    pay_group: Mapped[str | None] = mapped_column(String(60))
    pay_min: Mapped[int | None]
    pay_max: Mapped[int | None]
    collective_agreement: Mapped[str | None] = mapped_column(String(120))
    contract: Mapped[str] = mapped_column(String(40))
    learning_paid: Mapped[bool] = mapped_column(default=False)
    shape: Mapped[str | None] = mapped_column(String(60))
    guidance: Mapped[str | None] = mapped_column(Text)
    support: Mapped[list[str]] = mapped_column(JSON, default=list)
    places: Mapped[int] = mapped_column(default=1)
    closes_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str | None] = mapped_column(String(20))
    confirmed_at: Mapped[datetime | None]
    """When the employer last said that it is still open; it lapses some time after."""
    lapse_warned: Mapped[int | None]
    """The days before lapsing at which the employer was last warned."""
    kept_words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """Why a flagged word or demand stays: flag to the employer's written reason."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    site: Mapped[Site] = relationship()
    requirements: Mapped[list[OpportunityRequirement]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="OpportunityRequirement.position",
    )


class OpportunityRequirement(Base):
    """Something that an opportunity asks for: a competence, a legal gate, or own words."""

    __tablename__ = "opportunity_requirement"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("competence IS NULL OR gate IS NULL", name="one_thing"),
        CheckConstraint(
            "competence IS NOT NULL OR gate IS NOT NULL OR text <> ''", name="something"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    position: Mapped[int]
    competence: Mapped[str | None] = mapped_column(String(80))
    gate: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(300), default="")
    critical: Mapped[bool] = mapped_column(default=False)
    learnable: Mapped[bool] = mapped_column(default=True)


class OpportunityImport(Base):
    """A spreadsheet that was read and found right, until somebody puts it in the pool.

    `rows` is what each row says, as portal/opportunities/sheet.py keeps it. Reached by its token,
    by who sent it alone; gone when it expires.
    """

    __tablename__ = "opportunity_import"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(160))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    published: Mapped[bool] = mapped_column(default=False, server_default=false())

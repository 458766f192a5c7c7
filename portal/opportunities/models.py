"""Opportunities and what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    names = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({names})", name=column)


class Opportunity(Base):
    """A vacancy, traineeship or combined function. A draft may be incomplete, the rest not.

    `field`, `target_groups` and the professions are ids of the framework. Hours are a week;
    pay is euro gross a month, full time. The last day to respond is `closes_on`, in Dutch time.
    """

    __tablename__ = "opportunity"
    __table_args__ = (
        _one_of("kind", Kind),
        _one_of("status", Status),
        _one_of("contract", Contract),
        _one_of("language", LANGUAGES),
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

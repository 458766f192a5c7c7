"""Employers of the region, their sites and who acts for them."""

from __future__ import annotations

from datetime import datetime
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
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.constraints import one_of
from portal.extensions import Base
from portal.organisations.workflow import Standing


class Right(StrEnum):
    """What somebody may do for an organisation; the values are the columns of a membership."""

    ADMIN = "admin"
    RECRUITER = "recruiter"
    SUPERVISOR = "supervisor"


class Organisation(Base):
    """An employer of the pool, or one that asks to join. `fields` are ids of the framework.

    `answer_days` is how many working days it takes at most to answer an application.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("standing", Standing),
        CheckConstraint("answer_days BETWEEN 1 AND 30", name="answer_days"),
        CheckConstraint("invitations_per_week BETWEEN 0 AND 500", name="invitations_per_week"),
        CheckConstraint("version >= 1", name="version"),
        # Two may ask under one name; a coordinator finds out which of them it is.
        Index(
            "uq_organisation_name_admitted",
            "name",
            unique=True,
            sqlite_where=text("standing = 'admitted'"),
            postgresql_where=text("standing = 'admitted'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    standing: Mapped[str] = mapped_column(
        String(12), default=Standing.ADMITTED, server_default=Standing.ADMITTED
    )
    register_number: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """Of the Chamber of Commerce: eight digits."""
    website: Mapped[str] = mapped_column(String(300), default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why_join: Mapped[str] = mapped_column(Text, default="", server_default="")
    asked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    asker_role: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """What the person who asks does there."""
    checks: Mapped[dict[str, dict[str, Any]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )
    """What a coordinator looked at before deciding: check to `done` and `remark`."""
    asked_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decision_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    next_step: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What a refused organisation can do now."""
    answer_days: Mapped[int] = mapped_column(default=10, server_default="10")
    invitations_per_week: Mapped[int] = mapped_column(default=10, server_default="10")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    sites: Mapped[list[Site]] = relationship(back_populates="organisation", order_by="Site.name")
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)


class Site(Base):
    """A place of work of an organisation; degrees as WGS 84."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(200), default="", server_default="")
    place: Mapped[str] = mapped_column(String(120))
    province: Mapped[str] = mapped_column(String(60))
    latitude: Mapped[float]
    longitude: Mapped[float]
    closed_at: Mapped[datetime | None]
    """Since when nothing is posted there any more."""
    organisation: Mapped[Organisation] = relationship(back_populates="sites")


class Membership(Base):
    """Somebody who acts for an organisation, with the rights to do so.

    An admin changes members, sites and settings; a recruiter posts and answers; a supervisor
    guides people at work and validates what they can.
    """

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    admin: Mapped[bool] = mapped_column(default=True, server_default=true())
    recruiter: Mapped[bool] = mapped_column(default=True, server_default=true())
    supervisor: Mapped[bool] = mapped_column(default=True, server_default=true())

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def rights(self) -> frozenset[Right]:
        """What the person may do there."""
        return frozenset(right for right in Right if getattr(self, right))


class MemberInvite(Base):
    """An organisation asks somebody to act for it; only a digest of the token is kept."""

    __tablename__ = "member_invite"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    admin: Mapped[bool] = mapped_column(default=False, server_default=false())
    recruiter: Mapped[bool] = mapped_column(default=False, server_default=false())
    supervisor: Mapped[bool] = mapped_column(default=False, server_default=false())
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()

    @property
    def rights(self) -> frozenset[Right]:
        """What the person may do there after accepting."""
        return frozenset(right for right in Right if getattr(self, right))

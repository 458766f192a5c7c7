"""Who can sign in, and in which roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, func
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.extensions import Base


class RoleName(StrEnum):
    """The roles of people in the portal."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    COORDINATOR = "coordinator"
    COACH = "coach"
    ADMIN = "admin"


ROLE_NAMES = ", ".join(f"'{name}'" for name in RoleName)

roles_users = Table(
    "roles_users",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role by its name; what it may do stands in portal/permissions.py."""

    __tablename__ = "role"
    __table_args__ = (CheckConstraint(f"name IN ({ROLE_NAMES})", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))


class User(Base, UserMixin):
    """Somebody with an account. No name, age, sex or photo: matching never needs them."""

    __tablename__ = "user"
    # Two spellings of one address are one person.
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=roles_users, lazy="selectin"
    )

    @validates("email")
    def _lower(self, key: str, email: str) -> str:
        return email.lower()

    def has(self, role: RoleName) -> bool:
        """Say whether this person has `role`."""
        return any(mine.name == role for mine in self.roles)

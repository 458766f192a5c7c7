"""Who can sign in, and in which roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, String, Table, func
from sqlalchemy.ext.mutable import MutableList
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
    """Somebody with an account. No age, sex or photo: nobody needs them.

    `name` is how others address this person; it never reaches matching.
    """

    __tablename__ = "user"
    # Two spellings of one address are one person.
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(160), default="", server_default="")
    language: Mapped[str] = mapped_column(String(8), default="nl", server_default="nl")
    """Of the mail to this person."""
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    # Flask-Security takes a used code out of the list, which plain JSON would not notice.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON))
    """The second factor, as Flask-Security keeps it."""
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    """The last half minute whose code was used: a code opens once."""
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


class KeptForm(Base):
    """What somebody typed when the session had ended; it comes back after signing in.

    Reached by its token alone, and gone when it was used or expires.
    """

    __tablename__ = "kept_form"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    """Who was signed in on this browser before, if that is known: nobody else gets to see it."""
    path: Mapped[str] = mapped_column(String(2000))
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    """Names and values, in the order in which they were sent."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

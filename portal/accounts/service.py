"""Accounts and their roles."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import select

from portal.accounts.models import Role, RoleName, User
from portal.audit import service as audit
from portal.extensions import db


def ensure_role(name: RoleName) -> Role:
    """Return the role, made if this database does not have it yet."""
    role = db.session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        db.session.add(role)
        db.session.flush()
    return role


def find_user(email: str) -> User | None:
    """Return who signs in with `email`, in any case of letters."""
    return db.session.scalar(select(User).where(User.email == email.lower()))


def create_user(*, email: str, password: str, roles: tuple[RoleName, ...], now: datetime) -> User:
    """Make an account whose address counts as confirmed; for seeding and administrators."""
    user = User(
        email=email,
        password=hash_password(password),
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=now,
        created_at=now,
        roles=[ensure_role(role) for role in roles],
    )
    db.session.add(user)
    db.session.flush()
    return user


def save_settings(user: User, *, name: str, language: str, now: datetime) -> None:
    """Keep how somebody is called, and in which language mail comes."""
    user.name = name
    user.language = language
    audit.record("account.changed", user, actor=user, now=now)


def set_language(user: User, language: str) -> None:
    """Let mail come in the language that was chosen for the pages."""
    user.language = language


def password_changed(user: User, *, now: datetime) -> None:
    """Note that somebody chose another password; Flask-Security mails about it."""
    audit.record("account.password_changed", user, actor=user, now=now)

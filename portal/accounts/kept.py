"""What somebody typed when the session had ended, kept until they have signed in again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from portal.accounts.models import KeptForm
from portal.extensions import db

LASTS: Final = timedelta(hours=2)
MOST: Final = 200_000
"""Characters that are kept; who sends more would have got a message about that anyway."""
NEVER: Final = frozenset({"csrf_token", "submit"})


def worth_keeping(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields that may be kept: no proof of a form, and nothing that opens an account."""
    return [
        (name, value)
        for name, value in fields
        if name not in NEVER and "password" not in name and "\x00" not in name + value
    ]


def keep(
    path: str,
    fields: Iterable[tuple[str, str]],
    *,
    user_id: int | None,
    replaces: str | None,
    now: datetime,
) -> str | None:
    """Keep what was sent to `path`; return the token that gives it back, or None.

    None when there is nothing worth keeping, or too much. `replaces` is the token of what this
    browser kept before. Call inside transaction().
    """
    kept = worth_keeping(fields)
    size = sum(len(name) + len(value) for name, value in kept)
    if not kept or size > MOST or len(path) > 2000:
        return None
    if replaces:
        drop(replaces)
    one = KeptForm(
        token=secrets.token_urlsafe(32),
        user_id=user_id,
        path=path,
        fields=[[name, value] for name, value in kept],
        created_at=now,
        expires_at=now + LASTS,
    )
    db.session.add(one)
    db.session.flush()
    return one.token


def find(token: str, *, now: datetime) -> KeptForm | None:
    """Return what is kept under a token, unless its time is up."""
    return db.session.scalar(
        select(KeptForm).where(KeptForm.token == token, KeptForm.expires_at > now)
    )


def drop(token: str) -> None:
    """Forget it. Call inside transaction()."""
    db.session.execute(delete(KeptForm).where(KeptForm.token == token))


def purge(now: datetime) -> int:
    """Forget everything whose time is up; return how many. Call inside transaction()."""
    gone = delete(KeptForm).where(KeptForm.expires_at <= now).returning(KeptForm.id)
    return len(db.session.execute(gone).all())

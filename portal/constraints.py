"""Checks that several tables share, in words that SQLite and PostgreSQL both read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint


def one_of(column: str, values: Iterable[str], *, name: str | None = None) -> CheckConstraint:
    """Keep a column to one of these values; NULL passes."""
    names = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({names})", name=name or column)

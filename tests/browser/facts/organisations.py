"""Organisations of the demo region: one in the pool, one that waits, one that was refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from portal.organisations import demo


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids by the name that an address has for them."""

    def one(query: str, *values: str) -> str:
        found = database.execute(query, values).fetchone()
        assert found, query
        return str(found[0])

    named = "SELECT id FROM organisation WHERE name = ?"
    linde = one("SELECT id FROM organisation WHERE slug = 'linde'")
    return {
        "linde": linde,
        "linde_site": one("SELECT id FROM site WHERE organisation_id = ? ORDER BY id", linde),
        "linde_admin": one(
            "SELECT user_id FROM membership JOIN user ON user.id = user_id"
            " WHERE user.email = 'werkgever@bekwaam.example'"
        ),
        "org_asked": one(named, demo.WAITING),
        "org_refused": one(named, demo.REFUSED),
    }

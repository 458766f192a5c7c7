"""Hours, talks and notes of the demo's coach."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids by the name that an address has for them."""

    def one(query: str) -> str:
        found = database.execute(query).fetchone()
        assert found, query
        return str(found[0])

    booked = "SELECT {} FROM talk JOIN coach_hour ON coach_hour.id = hour_id WHERE state = 'booked'"
    return {
        "free_hour": one(
            "SELECT id FROM coach_hour WHERE id NOT IN (SELECT hour_id FROM talk)"
            " ORDER BY starts_at DESC"
        ),
        "talk": one(booked.format("talk.id")),
        "booked_hour": one(booked.format("hour_id")),
        "coach_note": one("SELECT id FROM coach_note ORDER BY id"),
        "guided": one(
            "SELECT code FROM candidate JOIN coach_note ON candidate_id = candidate.id ORDER BY 1"
        ),
    }

"""What the candidates of the demo region saved, and the links of their mail."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return slugs and tokens by the name that an address has for them."""
    saved = [
        row[0]
        for row in database.execute(
            "SELECT slug FROM opportunity JOIN candidate_choice ON opportunity_id = opportunity.id"
            " WHERE choice = 'saved' ORDER BY candidate_choice.id"
        )
    ]
    assert len(saved) >= 2, "the demo saves two openings"

    def token(alerts: str) -> str:
        query = "SELECT alerts_token FROM candidate WHERE alerts = ? ORDER BY id DESC"
        found = database.execute(query, [alerts]).fetchone()
        assert found, alerts
        return str(found[0])

    return {
        "saved_one": saved[0],
        "saved_two": saved[1],
        "stop_token": token("weekly"),
        "stopped_token": token("never"),
    }

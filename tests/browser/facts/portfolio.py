"""Evidence of the demo's people, in the states that pages show."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids of evidence by what is the matter with it."""

    def of(email: str, kind: str, more: str = "") -> str:
        found = database.execute(
            "SELECT evidence_item.id FROM evidence_item"
            " JOIN candidate ON candidate.id = candidate_id JOIN user ON user.id = user_id"
            f" WHERE email = ? AND kind = ? {more} ORDER BY evidence_item.id",
            (email, kind),
        ).fetchone()
        assert found, (email, kind)
        return str(found[0])

    me, returner = "kandidaat@bekwaam.example", "herintreder@bekwaam.example"
    return {
        "work_evidence": of(me, "paid_work"),
        "ending_evidence": of(me, "certificate", "AND expires_on IS NOT NULL"),
        "contact_evidence": of(me, "reference"),
        "diploma_evidence": of(returner, "diploma"),
        "expired_evidence": of(returner, "certificate", "AND gate IS NOT NULL"),
        "employee_diploma": of("medewerker@bekwaam.example", "diploma"),
    }

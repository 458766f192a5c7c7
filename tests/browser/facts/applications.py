"""The applications of the demo's candidate, by what they show."""

from __future__ import annotations

import sqlite3
from pathlib import Path

CANDIDATE = "kandidaat@bekwaam.example"
RETURNER = "herintreder@bekwaam.example"
_OF = (
    " FROM application a JOIN candidate c ON c.id = a.candidate_id"
    ' JOIN "user" u ON u.id = c.user_id'
)


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids, and the slug of an opening that the candidate did not answer."""

    def one(query: str, *values: str) -> tuple[object, ...]:
        found = database.execute(query, values).fetchone()
        assert found, query
        return tuple(found)

    def in_state(state: str) -> str:
        (identity,) = one(f"SELECT a.id{_OF} WHERE u.email = ? AND a.state = ?", CANDIDATE, state)
        return str(identity)

    meeting = (
        f"SELECT a.id, m.id{_OF} JOIN meeting m ON m.application_id = a.id"
        " WHERE u.email = ? AND m.state = ?"
    )
    asked = one(meeting, CANDIDATE, "proposed")
    agreed = one(meeting, RETURNER, "accepted")
    (unanswered,) = one(
        "SELECT slug FROM opportunity WHERE status = 'published' AND language = 'nl'"
        f" AND id NOT IN (SELECT a.opportunity_id{_OF} WHERE u.email = ?) ORDER BY slug",
        CANDIDATE,
    )
    return {
        "unanswered": str(unanswered),
        "sent": in_state("new"),
        "talking": in_state("in_conversation"),
        "offered": in_state("offered"),
        "refused": in_state("refused"),
        "asked_at": str(asked[0]),
        "asked_meeting": str(asked[1]),
        "agreed_at": str(agreed[0]),
        "agreed_meeting": str(agreed[1]),
    }

"""Mails in several states; brought about in the database, for a mail server here never refuses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.serving.prepared import DATABASE

CHANGES = {
    "mail_sent": "sent_at = created_at, attempts = 1",
    "mail_failed": "attempts = 6, problem = 'address 550'",
    "mail_uncertain": "attempts = 1, problem = 'unknown', claimed_at = created_at",
}
COLUMNS = "created_at, recipient, subject, body, html, next_attempt_at, attempts"


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Copy a mail once for each state."""
    found = {}
    with sqlite3.connect(var / DATABASE, timeout=10) as writing:
        for name, change in CHANGES.items():
            made = writing.execute(
                f"INSERT INTO outbox_message ({COLUMNS}) SELECT {COLUMNS} FROM outbox_message"
                " WHERE html IS NOT NULL ORDER BY id LIMIT 1"
            ).lastrowid
            writing.execute(f"UPDATE outbox_message SET {change} WHERE id = ?", [made])
            found[name] = str(made)
    return found

"""Applications, meetings, people who fit and invitations of the demo region."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from portal import clock

_LINDE = (
    " JOIN opportunity ON opportunity.id = opportunity_id JOIN site ON site.id = site_id"
    " JOIN organisation ON organisation.id = organisation_id WHERE organisation.slug = 'linde'"
)
_OF = " JOIN candidate ON candidate.id = candidate_id JOIN user ON user.id = candidate.user_id"


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids and codes by the name that an address has for them."""

    def one(query: str) -> str:
        found = database.execute(query).fetchone()
        assert found, query
        return str(found[0])

    sought, code = _somebody_who_fits(database)
    mine = f"SELECT application.id FROM application{_LINDE} AND application.state = '{{}}'"
    meeting = (
        f"SELECT meeting.application_id, meeting.id FROM meeting"
        f" JOIN application ON application.id = application_id{_LINDE}"
        " AND meeting.state = 'proposed' ORDER BY meeting.id"
    )
    talking, proposed = database.execute(meeting).fetchone()
    invitation = f"SELECT invitation.id FROM invitation{_OF} WHERE user.email = '{{}}'"
    return {
        "sought": sought,
        "who_fits": code,
        "reaction_new": one(mine.format("new")),
        "reaction_refused": one(mine.format("refused")),
        "reaction_talking": str(talking),
        "reaction_meeting": str(proposed),
        "invited": one(invitation.format("kandidaat@bekwaam.example")),
        "invited_no": one(
            invitation.format("herintreder@bekwaam.example") + " AND state = 'declined'"
        ),
    }


def _somebody_who_fits(database: sqlite3.Connection) -> tuple[str, str]:
    """Let some of those who may be found fit an opening, as the worker would have kept it."""
    opening = "SELECT opportunity.id, opportunity.slug FROM opportunity"
    opening += " WHERE opportunity.slug = 'linde-ontbijthulp-heerlen'"
    identity, slug = database.execute(opening).fetchone()
    people = database.execute(
        "SELECT id, code FROM candidate WHERE visible AND id NOT IN"
        " (SELECT candidate_id FROM application WHERE opportunity_id = ?)"
        " AND id NOT IN (SELECT candidate_id FROM invitation WHERE opportunity_id = ?)"
        " ORDER BY id",
        (identity, identity),
    ).fetchall()
    for place, (candidate, _code) in enumerate(people, start=1):
        database.execute(
            "INSERT OR IGNORE INTO candidate_match (candidate_id, opportunity_id, rank, score,"
            " level, met, partly, total, first_seen_at, news)"
            " VALUES (?, ?, 1, ?, 'guided', 2, 1, 4, ?, 0)",
            (candidate, identity, 1 / (place + 1), clock.now().replace(tzinfo=None).isoformat(" ")),
        )
    database.commit()
    return str(slug), str(people[0][1])

"""Requests to sign and evidence of the demo, and links that work and that were stopped."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.serving.client import Client

_OWNER = "kandidaat@bekwaam.example"


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return ids by the name that an address has for them."""
    from portal.seeding import DEMO_PASSWORD

    def one(query: str) -> str:
        found = database.execute(query).fetchone()
        assert found, query
        return str(found[0])

    owner = Client(url)
    owner.sign_in(_OWNER, DEMO_PASSWORD)
    signature = "SELECT validation.id FROM validation JOIN candidate ON candidate.id = candidate_id"
    signature += " JOIN user ON user.id = user_id WHERE email = '" + _OWNER + "' AND {}"
    guided = (
        "SELECT evidence_item.id FROM evidence_item JOIN guidance ON guidance.candidate_id ="
        " evidence_item.candidate_id WHERE check_asked_at IS NOT NULL AND checked_on IS NULL"
    )
    working = _link(owner, "Gesprek met Zorggroep Zuid")
    stopped = _link(owner, "Oude link")
    link = "SELECT id FROM share_link WHERE revoked_at IS NULL AND label = '{}'"
    owner.get("/portfolio/delen")
    owner.post(f"/portfolio/delen/{one(link.format('Oude link'))}/intrekken", {})
    return {
        "asked_of_linde": one(
            "SELECT id FROM validation WHERE state = 'asked' AND organisation_id IS NOT NULL"
        ),
        "asked_of_coach": one(
            "SELECT id FROM validation WHERE state = 'asked' AND coach_id IS NOT NULL"
        ),
        "signed_by_linde": one(
            "SELECT id FROM validation WHERE state = 'signed' AND organisation_id IS NOT NULL"
        ),
        "signed_by_coach": one(
            "SELECT id FROM validation WHERE state = 'signed' AND coach_id IS NOT NULL"
        ),
        "own_signed": one(signature.format("validation.state = 'signed'")),
        "own_asked": one(signature.format("validation.state = 'asked'")),
        "evidence_to_check": one(guided),
        "share_link": one(link.format("Gesprek met Zorggroep Zuid")),
        "shared": working,
        "share_stopped": stopped,
    }


def _link(owner: Client, label: str) -> str:
    owner.get("/portfolio/delen")
    made = owner.post(
        "/portfolio/delen", {"label": label, "days": "30", "with_name": "y", "form_key": ""}
    )
    found = re.search(r'value="http[^"]+/p/([^"]+)"', made.body)
    assert found, made.status
    return found[1]

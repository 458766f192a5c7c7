"""An account of somebody who signs in with a second factor."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from passlib.totp import TOTP

from portal.seeding import DEMO_PASSWORD
from tests.serving.client import Client

TWO_STEPS = "tweestaps@voorbeeld.example"
RECOVERY: list[str] = []
"""Codes of this account, each for one time; the window that signs in takes one."""
_CODE = re.compile(r"<li[^>]*>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</li>")


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Make the account as people do: sign up, confirm, and scan the code."""
    person = Client(url)
    person.get("/account-maken")
    person.post(
        "/account-maken",
        {
            "name": "Twee Stappen",
            "email": TWO_STEPS,
            "password": DEMO_PASSWORD,
            "password_confirm": DEMO_PASSWORD,
        },
    )
    query = "SELECT body FROM outbox_message WHERE recipient = ? ORDER BY id DESC"
    mail = database.execute(query, [TWO_STEPS]).fetchone()
    assert mail, "no mail came"
    link = re.search(r"https?://[^/]+(/e-mail-bevestigen/\S+)", mail[0])
    assert link
    person.get(link[1])
    person.sign_in(TWO_STEPS, DEMO_PASSWORD)
    page = person.get("/account/extra-stap")
    key = re.search(r'class="key"[^>]*>([^<]+)<', page.body)
    assert key, page.path
    code = TOTP(key=key[1]).generate().token
    shown = person.post("/account/extra-stap", {"code": code, "password": DEMO_PASSWORD})
    RECOVERY[:] = _CODE.findall(shown.body)
    assert RECOVERY, shown.status
    return {}

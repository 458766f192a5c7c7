"""The invented people of the demo region, with the profiles that they wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from flask import current_app

from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.candidates import choices, queries, service
from portal.candidates.models import Alerts, Choice, Situation
from portal.candidates.service import ProfileInput
from portal.clock import local_date
from portal.matching.knowledge import places
from portal.opportunities import day_parts
from portal.opportunities import queries as opportunities

FILE: Final = "demo/people.yaml"
PEOPLE_DOMAIN: Final = "@voorbeeld.example"
"""Of those who have no account in the README; they sign in with the same password."""


def people() -> list[dict[str, Any]]:
    """Read the people of the demo."""
    path = Path(current_app.config["BEKWAAM_DATA"]) / FILE
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def seed(*, now: datetime) -> Counter[str]:
    """Give everybody of the demo who has an account and no profile the one of the file."""
    added: Counter[str] = Counter()
    for given in people():
        user = find_user(given["email"])
        if user is None or queries.of_user(user.id) is not None:
            continue
        began = now - timedelta(days=given["began"])
        candidate = service.ensure(user, now=began)
        data = _profile(given, began)
        service.save_profile(user, data, version=candidate.version, now=began)
        for paper in given.get("papers", ()):
            service.set_paper(user, paper, has=True, now=began)
        service.set_alerts(user, Alerts(given["alerts"]), now=began)
        _keep(user, given, now)
        added["profiles"] += 1
    return added


def _keep(user: User, given: Mapping[str, Any], now: datetime) -> None:
    """Save and hide what the file says, as far as it is still on offer."""
    today = local_date(now)
    for slug in given.get("saves", ()):
        if opportunities.by_slug(slug, today) is not None:
            choices.choose(user, slug, Choice.SAVED, now=now - timedelta(days=2))
    for slug, why in given.get("hides", {}).items():
        if opportunities.by_slug(slug, today) is not None:
            choices.hide(user, slug, why, now=now - timedelta(days=2))


def _profile(given: Mapping[str, Any], began: datetime) -> ProfileInput:
    low, high = map(float, given["hours"].split("-"))
    days = given.get("from_day")
    return ProfileInput(
        name=given["name"],
        situation=Situation(given["situation"]),
        skills=given["skills"].strip(),
        ambition=given["ambition"].strip(),
        place=places().find(given["place"]),
        travel_km=float(given["travel"]),
        hours_low=low,
        hours_high=high,
        day_parts=_mask(given["when"]),
        available_from=local_date(began) + timedelta(days=days) if days else None,
        visible=given["visible"],
        phone=given.get("phone", ""),
    )


def _mask(when: Mapping[str, str]) -> int:
    """Read `mon-fri: morning afternoon`."""
    mask = 0
    for span, parts in when.items():
        first, _, last = span.partition("-")
        days = day_parts.DAYS[day_parts.DAYS.index(first) : day_parts.DAYS.index(last or first) + 1]
        mask |= day_parts.to_mask((day, part) for day in days for part in parts.split())
    return mask

"""Candidates with a profile, made by the portal's own services and committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from portal import clock
from portal.accounts.models import RoleName, User
from portal.candidates import service
from portal.candidates.models import Alerts, Candidate, Situation
from portal.candidates.service import ProfileInput
from portal.transaction import transaction
from tests.factories import make_user

COOK = "Ik was kok in een kantine en kookte daar elke dag voor honderd eters."


def make_candidate(
    user: User | None = None,
    *,
    alerts: Alerts = Alerts.NEVER,
    now: datetime | None = None,
    **profile: Any,
) -> Candidate:
    """Somebody who wrote that they cooked; other fields of the profile by name."""
    now = now or clock.now()
    user = user or make_user(RoleName.CANDIDATE)
    given = ProfileInput(
        name="Robin", situation=Situation.LATERAL_ENTRANT, skills=COOK, ambition=""
    )
    with transaction():
        candidate = service.ensure(user, now=now)
        service.save_profile(user, replace(given, **profile), version=candidate.version, now=now)
        service.set_alerts(user, alerts, now=now)
    return candidate

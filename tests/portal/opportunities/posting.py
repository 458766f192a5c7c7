"""The form of an employer as a browser sends it, and what it leads to."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from portal import clock
from portal.extensions import db
from portal.opportunities.models import Opportunity

TODAY = clock.local_date(clock.now())
TEXT = "Je zet koffie, je kookt mee en je ziet hoe het met iedereen gaat. " * 3
NEW = "/werkgever/aanbod/nieuw"


def given(site, **changes: Any) -> dict[str, Any]:
    """A complete form as a browser sends it."""
    values = {
        "title": "Kok in de huiskamer",
        "language": "nl",
        "text": TEXT,
        "tasks": "Koffie zetten\r\n- Samen koken\r\n\r\n",
        "kind": "vacancy",
        "site_id": str(site.id),
        "field": "nursing-home",
        "contract": "permanent",
        "hours_min": "16",
        "hours_max": "24",
        "day_parts": ["mon-morning", "tue-evening"],
        "hours_flexible": "y",
        "pay_min": "2.350",
        "pay_max": "2780",
        "level": "0",
        "places": "1",
        "closes_on": (TODAY + timedelta(days=30)).isoformat(),
        "requirements-0-keep": "y",
        "requirements-0-competence": "make-contact",
        "requirements-0-critical": "y",
        "requirements-1-keep": "y",
        "requirements-1-gate": "vog",
        "requirements-1-learnable": "y",
        "requirements-2-keep": "y",
        "requirements-2-text": "Houdt van koken",
        "requirements-2-learnable": "y",
        "action": "publish",
    }
    values |= changes
    return {name: value for name, value in values.items() if value is not None}


def only() -> Opportunity:
    return db.session.scalars(select(Opportunity)).one()


def count() -> int:
    return db.session.scalar(select(func.count(Opportunity.id))) or 0


def edit_url(made: Opportunity) -> str:
    return f"/werkgever/aanbod/{made.slug}/bewerken"


def changed(made: Opportunity, **changes: Any) -> dict[str, Any]:
    return given(made.site, version=str(made.version), **changes)

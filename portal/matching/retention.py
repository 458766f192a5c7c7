"""Forgets what visitors asked, when its time is up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from portal.extensions import db
from portal.matching.models import MatchRequest


def purge_expired(now: datetime) -> int:
    """Delete the requests that have expired, their runs with them; return how many."""
    expired = delete(MatchRequest).where(MatchRequest.expires_at <= now)
    ids = db.session.scalars(
        expired.returning(MatchRequest.id), execution_options={"synchronize_session": False}
    ).all()
    return len(ids)

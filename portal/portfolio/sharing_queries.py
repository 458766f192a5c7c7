"""Reads of links to a portfolio."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.candidates.models import Candidate
from portal.extensions import db
from portal.portfolio.models import ShareLink


def of_candidate(candidate_id: int) -> list[ShareLink]:
    """Return the links of somebody: those that work first, then the newest."""
    wanted = select(ShareLink).where(ShareLink.candidate_id == candidate_id)
    return list(
        db.session.scalars(
            wanted.order_by(ShareLink.revoked_at.is_not(None), ShareLink.expires_at.desc())
        )
    )


def count_working(candidate_id: int, now: datetime) -> int:
    """Return how many links of somebody still work."""
    counted = select(func.count(ShareLink.id)).where(
        ShareLink.candidate_id == candidate_id,
        ShareLink.revoked_at.is_(None),
        ShareLink.expires_at > now,
    )
    return db.session.scalar(counted) or 0


def of_owner(link_id: int, user_id: int, *, lock: bool = False) -> ShareLink | None:
    """Return an own link."""
    mine = select(Candidate.id).where(Candidate.user_id == user_id)
    wanted = select(ShareLink).where(ShareLink.id == link_id, ShareLink.candidate_id.in_(mine))
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def by_digest(digest: str, *, lock: bool = False) -> ShareLink | None:
    """Return the link with this digest, whether it still works or not."""
    wanted = (
        select(ShareLink)
        .where(ShareLink.digest == digest)
        .options(joinedload(ShareLink.candidate).joinedload(Candidate.user))
    )
    if lock:
        wanted = wanted.with_for_update(of=ShareLink).execution_options(populate_existing=True)
    return db.session.scalar(wanted)

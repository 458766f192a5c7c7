"""What fits a candidate, kept: made anew when the profile, the evidence or the pool changes.

The engine is asked outside of any transaction, for it may have vectors to store in one of its
own. What it answers is kept in a short one, unless something newer was kept meanwhile.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from portal.candidates import queries
from portal.candidates.models import Candidate, CandidateMatch
from portal.clock import local_date
from portal.errors import Unavailable
from portal.extensions import db
from portal.matching import people
from portal.matching.changes import changes_since, last_number
from portal.transaction import transaction

log = logging.getLogger(__name__)

KEPT: Final = 50
"""So many of the best are kept for each candidate."""
BATCH: Final = 40
"""So many candidates are ranked in one go of the worker."""
AGAIN_AFTER: Final = timedelta(days=1)
"""Evidence expires by itself, so that what was kept is looked at once a day."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the engine answered, and of which profile and which state of the pool."""

    candidate_id: int
    version: int
    number: int
    rows: tuple[people.Fit, ...]


def rank_again(candidate_id: int, *, now: datetime) -> bool:
    """Rank somebody and keep it; False when there is nobody or matching sleeps.

    Call it outside of transaction().
    """
    candidate = queries.by_id(candidate_id)
    if candidate is None:
        return False
    try:
        ranked = ranked_now(candidate, now=now)
    except Unavailable:
        return False
    with transaction():
        keep(ranked, now=now)
    return True


def ranked_now(candidate: Candidate, *, now: datetime) -> Ranked:
    """Ask the engine what fits best. Raises Unavailable while matching wakes or rests."""
    identity, version = candidate.id, candidate.version
    # Before the engine looks: what changes after this is seen again the next time.
    number = last_number()
    fits = people.best(candidate, KEPT, today=local_date(now))
    return Ranked(identity, version, number, fits)


def keep(ranked: Ranked, *, now: datetime) -> None:
    """Keep what was ranked; when what is kept is newer, nothing changes."""
    candidate = queries.by_id(ranked.candidate_id, lock=True)
    if candidate is None:
        return
    if (candidate.ranked_version, candidate.ranked_number) > (ranked.version, ranked.number):
        return
    # Who changes the own profile looks at what fits then; only what the pool brings is news.
    brought = (
        {change.opportunity_id for change in changes_since(candidate.ranked_number)}
        if candidate.ranked_at is not None
        else set()
    )
    before = {one.opportunity_id: one for one in queries.matches_of(candidate.id)}
    gone = before.keys() - {fit.opportunity_id for fit in ranked.rows}
    if gone:
        db.session.execute(
            delete(CandidateMatch).where(
                CandidateMatch.candidate_id == candidate.id,
                CandidateMatch.opportunity_id.in_(gone),
            ),
            execution_options={"synchronize_session": False},
        )
    for rank, fit in enumerate(ranked.rows, start=1):
        match = before.get(fit.opportunity_id)
        if match is None:
            match = CandidateMatch(
                candidate_id=candidate.id,
                opportunity_id=fit.opportunity_id,
                first_seen_at=now,
                news=fit.opportunity_id in brought,
            )
            db.session.add(match)
        match.rank, match.score, match.level = rank, fit.score, fit.level
        match.met, match.partly, match.total = fit.met, fit.partly, fit.total
    candidate.ranked_at = now
    candidate.ranked_version, candidate.ranked_number = ranked.version, ranked.number


def due(*, now: datetime, limit: int = BATCH) -> list[int]:
    """Return whose matches are behind, those that wait longest first.

    Who wrote nothing yet has nothing to rank.
    """
    behind = (
        select(Candidate.id)
        .where(
            or_(Candidate.skills != "", Candidate.ambition != ""),
            or_(
                Candidate.ranked_at.is_(None),
                Candidate.ranked_version < Candidate.version,
                Candidate.ranked_number < last_number(),
                Candidate.ranked_at < now - AGAIN_AFTER,
            ),
        )
        .order_by(Candidate.ranked_at.asc().nulls_first(), Candidate.id)
        .limit(limit)
    )
    return list(db.session.scalars(behind))


def rank_due(*, now: datetime, limit: int = BATCH) -> int:
    """Rank who is behind, each in a transaction of its own; return how many.

    While matching sleeps it is woken and nothing is done; one profile that cannot be ranked does
    not keep the others waiting.
    """
    waiting = due(now=now, limit=limit)
    if not waiting or not people.awake():
        return 0
    done = 0
    for candidate_id in waiting:
        try:
            done += rank_again(candidate_id, now=now)
        except Exception:
            log.exception("candidate %s could not be ranked", candidate_id)
    return done

"""Reads of what visitors asked; the token is the only key."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from portal.extensions import db
from portal.matching.models import MatchRequest
from portal.opportunities.models import Opportunity, OpportunityRequirement
from portal.opportunities.workflow import Status


def request_by_token(token: str, *, lock: bool = False) -> MatchRequest | None:
    """Return what was asked under a token, expired or not."""
    if "\0" in token:
        # PostgreSQL refuses it, and no token of ours has it.
        return None
    wanted = select(MatchRequest).where(MatchRequest.token == token)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def asked_competences(competences: Collection[str]) -> set[str]:
    """Return which of these competences at least one opportunity on offer asks."""
    if not competences:
        return set()
    wanted = (
        select(OpportunityRequirement.competence)
        .join(Opportunity, Opportunity.id == OpportunityRequirement.opportunity_id)
        .where(
            Opportunity.status == Status.PUBLISHED,
            OpportunityRequirement.competence.in_(competences),
        )
        .distinct()
    )
    return {one for one in db.session.scalars(wanted) if one is not None}

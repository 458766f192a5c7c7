"""What else fits somebody whose application ended: open, not hidden, not answered before."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from portal.applications.models import Application
from portal.candidates.models import CandidateChoice, CandidateMatch, Choice
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import published

NUMBER = 3


def others_that_fit(
    candidate_id: int, today: date, *, besides: int | None = None, number: int = NUMBER
) -> list[Opportunity]:
    """Return the best of the kept matches of somebody, in their order.

    `besides` is an opening that is about to close and does not count.
    """
    answered = select(Application.opportunity_id).where(Application.candidate_id == candidate_id)
    hidden = select(CandidateChoice.opportunity_id).where(
        CandidateChoice.candidate_id == candidate_id, CandidateChoice.choice == Choice.HIDDEN
    )
    wanted = (
        published(today)
        .join(CandidateMatch, CandidateMatch.opportunity_id == Opportunity.id)
        .where(
            CandidateMatch.candidate_id == candidate_id,
            Opportunity.id.not_in(answered),
            Opportunity.id.not_in(hidden),
        )
        .order_by(CandidateMatch.rank, Opportunity.id)
        .limit(number)
    )
    if besides is not None:
        wanted = wanted.where(Opportunity.id != besides)
    return list(db.session.scalars(wanted))

"""Who is told of a step: always the other side, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.accounts.models import User
from portal.applications import emails, employer_emails, queries
from portal.applications.models import Application, ApplicationStep
from portal.applications.workflow import Party
from portal.opportunities.models import Opportunity
from portal.outbox.letters import Letter, post


def employers(application: Application) -> list[User]:
    """Return who is told for the employer: who is at work on it, or else all recruiters."""
    known = queries.recruiters(application.opportunity.site.organisation_id)
    busy = queries.those_at_work(application.id)
    return [one for one in known if one.id in busy] or known


def tell_candidate(
    application: Application,
    step: ApplicationStep,
    *,
    now: datetime,
    others: Sequence[Opportunity] = (),
) -> None:
    """Tell the candidate of a step, with other openings where that helps."""

    def write() -> Letter:
        return emails.to_candidate(application, step, others)

    post(application.candidate.user, write, key=_key(step, "candidate"), now=now)


def tell_employer(application: Application, step: ApplicationStep, *, now: datetime) -> None:
    """Tell who answers for the employer of a step."""
    for user in employers(application):
        post(
            user,
            lambda: employer_emails.to_employer(application, step),
            key=_key(step, str(user.id)),
            now=now,
        )


def tell_other_side(
    application: Application,
    step: ApplicationStep,
    *,
    now: datetime,
    others: Sequence[Opportunity] = (),
) -> None:
    """Tell the side that did not take the step."""
    if step.party == Party.CANDIDATE:
        tell_employer(application, step, now=now)
    else:
        tell_candidate(application, step, now=now, others=others)


def _key(step: ApplicationStep, to: str) -> str:
    return f"application-step-{step.id}-{to}"

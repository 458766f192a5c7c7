"""An opening lapses some time after somebody last said that it is still open.

Who recruits for it is warned twice. Call each inside transaction(); again changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.clock import local_date
from portal.errors import Conflict, NotFound
from portal.opportunities import emails, queries
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.policy import LAPSES_AFTER, WARN_AT, lapses_on
from portal.opportunities.service import move
from portal.opportunities.workflow import Action, Status
from portal.organisations.queries import recruiters_of
from portal.outbox.letters import post


def confirm(slug: str, *, actor: User, now: datetime) -> Opportunity:
    """Say that an opening is still open; it then stays 60 days more.

    Raises NotFound, or Conflict when it is not open any more.
    """
    opportunity = queries.for_employer(slug, actor.id, lock=True)
    if opportunity is None:
        raise NotFound
    if opportunity.status != Status.PUBLISHED:
        raise Conflict(_("Deze plek is niet meer open. Open haar opnieuw bij “Mijn aanbod”."))
    opportunity.confirmed_at, opportunity.lapse_warned = now, None
    audit.record("opportunity.confirmed", opportunity, actor=actor, now=now)
    return opportunity


def warn_due(*, now: datetime) -> int:
    """Warn who recruits for what lapses in a week or tomorrow; return how many openings."""
    warned = 0
    for opportunity in queries.unconfirmed_since(now - LAPSES_AFTER + timedelta(days=max(WARN_AT))):
        ends = lapses_on(opportunity)
        if ends is None:
            continue
        left = (ends - local_date(now)).days
        if left <= 0 and opportunity.lapse_warned is None:
            # Nothing lapses that nobody was warned of: after a pause, a week begins now.
            week = timedelta(days=max(WARN_AT))
            opportunity.confirmed_at = now - LAPSES_AFTER + week
            ends, left = local_date(now + week), week.days
        stage = next((days for days in WARN_AT if left <= days), None)
        if stage is None or (opportunity.lapse_warned or max(WARN_AT) + 1) <= stage:
            continue
        opportunity.lapse_warned = stage
        warned += 1
        for user in recruiters_of(opportunity.site.organisation_id):
            post(
                user,
                lambda one=opportunity, day=ends: emails.lapses(one, day),  # type: ignore[misc]
                key=f"opportunity-{opportunity.id}-lapses-{ends}-{stage}-to-{user.id}",
                now=now,
            )
    return warned


def lapse_due(*, now: datetime) -> int:
    """Close what nobody confirmed and who recruits was warned of; return how many."""
    lapsed = 0
    for opportunity in queries.unconfirmed_since(now - LAPSES_AFTER):
        if opportunity.lapse_warned is None:
            continue
        move(opportunity, Action.CLOSE, actor=None, now=now, reason=CloseReason.NOT_CONFIRMED)
        for user in recruiters_of(opportunity.site.organisation_id):
            post(
                user,
                lambda one=opportunity: emails.lapsed(one),  # type: ignore[misc]
                key=f"opportunity-{opportunity.id}-lapsed-{opportunity.version}-to-{user.id}",
                now=now,
            )
        lapsed += 1
    return lapsed

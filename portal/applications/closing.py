"""An opening closes or opens again: everybody who waits on it is told what that means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.applications import emails, policy, queries, telling
from portal.applications.fitting import others_that_fit
from portal.applications.meetings import call_off
from portal.applications.models import Application, Invitation, InvitationState
from portal.applications.policy import EndReason
from portal.applications.recording import take, take_back
from portal.applications.workflow import REOPEN, Action, Party, State, next_state
from portal.audit import service as audit
from portal.clock import local_date
from portal.opportunities.models import CloseReason, Opportunity
from portal.outbox.letters import Letter, post


def tell_everybody(opportunity: Opportunity, *, now: datetime) -> int:
    """Give everybody on a closed opening the outcome in words; return how many ended.

    Call it with the opening locked, after `close_reason` is set. After the last day to respond
    those who were in time go on: they only hear that nobody comes after them.
    """
    reason = CloseReason(opportunity.close_reason or CloseReason.CLOSED)
    taken = queries.accepted(opportunity.id) >= opportunity.places
    ended = 0
    for application in queries.open_of_opportunity(opportunity.id, lock=True):
        if reason is CloseReason.PAST_LAST_DAY:
            _goes_on(application, now)
        elif not policy.survives_closing(State(application.state), taken=taken):
            _end(application, filled=reason is CloseReason.FILLED, now=now)
            ended += 1
    for invitation in queries.invited(opportunity.id, lock=True):
        _end_invitation(invitation, now)
    return ended


def end_the_rest(opportunity: Opportunity, *, now: datetime) -> None:
    """End what is left on an opening that was closed by hand before its last place was taken."""
    for application in queries.open_of_opportunity(opportunity.id, lock=True):
        _end(application, filled=True, now=now)


def reopened(opportunity: Opportunity, *, now: datetime, since: datetime | None = None) -> int:
    """Bring back what closed with the opening within a day, or since a moment; return how many."""
    back = 0
    since = since or now - policy.UNDO_WITHIN
    for application in queries.closed_with(opportunity.id, since=since):
        step = queries.last_step(application.id)
        if step is None or step.action != Action.CLOSE:
            continue
        if queries.open_on(application.candidate_id, opportunity.id) is not None:
            continue
        taken = take_back(application, step, REOPEN, party=Party.PORTAL, actor=None, now=now)
        telling.tell_candidate(application, taken, now=now)
        back += 1
    return back


def _end(application: Application, *, filled: bool, now: datetime) -> None:
    step = take(
        application,
        Action.CLOSE,
        next_state(State(application.state), Party.PORTAL, Action.CLOSE),
        party=Party.PORTAL,
        actor=None,
        now=now,
        said={"reason": EndReason.OPENING_FILLED if filled else EndReason.OPENING_CLOSED},
    )
    telling.tell_candidate(application, step, now=now, others=_others(application, now))
    call_off(application, by=Party.PORTAL, now=now)


def _goes_on(application: Application, now: datetime) -> None:
    others = _others(application, now)

    def write() -> Letter:
        return emails.no_new_ones(application, others)

    day = application.opportunity.closes_on
    key = f"application-{application.id}-last-day-{day}"
    post(application.candidate.user, write, key=key, now=now)


def _end_invitation(invitation: Invitation, now: datetime) -> None:
    invitation.state = InvitationState.LAPSED
    others = others_that_fit(
        invitation.candidate_id, local_date(now), besides=invitation.opportunity_id
    )

    def write() -> Letter:
        return emails.invitation_over(invitation, others)

    post(invitation.candidate.user, write, key=f"invitation-{invitation.id}-over", now=now)
    audit.record("invitation.lapsed", invitation, actor=None, now=now)


def _others(application: Application, now: datetime) -> Sequence[Opportunity]:
    return others_that_fit(application.candidate_id, local_date(now))

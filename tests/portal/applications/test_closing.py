"""An opening closes: everybody who waits on it hears what that means for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications.models import Invitation, InvitationState
from portal.applications.workflow import OPEN, Party, State
from portal.applications.workflow import Action as MoveAction
from portal.candidates.models import CandidateChoice, Choice
from portal.extensions import db
from portal.opportunities import service as opportunities
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.workflow import Action, Status
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_opportunity
from tests.factories.applications import fits, make_application, make_candidate, recruiter_of, step

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)


def mails(to: str) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(OutboxMessage.recipient == to)
    return list(db.session.scalars(wanted.order_by(OutboxMessage.id)))


def close(opportunity: Opportunity, **said: object) -> None:
    with transaction():
        opportunities.move(opportunity, Action.CLOSE, actor=None, **{"now": NOW, **said})


def invite(opportunity: Opportunity) -> Invitation:
    candidate = make_candidate()
    with transaction():
        invitation = Invitation(
            candidate=candidate,
            opportunity=opportunity,
            text="Kom eens praten, je past bij ons.",
            created_at=NOW,
            answer_by=TODAY + timedelta(days=10),
        )
        db.session.add(invitation)
    return invitation


@pytest.mark.parametrize("reason", [CloseReason.CLOSED, CloseReason.NOT_CONFIRMED])
def test_who_waits_is_told_and_who_is_nearly_there_goes_on(reason: CloseReason) -> None:
    opportunity = make_opportunity(places=3)
    made = {state: make_application(state, opportunity=opportunity, now=NOW) for state in OPEN}
    close(opportunity, reason=reason)
    alive = {state for state, one in made.items() if one.state in OPEN}
    assert alive == {State.TRIAL, State.OFFERED}
    for state, one in made.items():
        said = mails(one.candidate.user.email)[-1].subject
        assert ("niet meer open" in said) == (state not in alive)
    ended = made[State.NEW]
    assert (ended.state, ended.reason) == (State.LAPSED, "opening_closed")
    assert ended.ended_at == NOW


def test_who_has_the_offer_is_who_it_was_filled_for() -> None:
    opportunity = make_opportunity()
    made = {state: make_application(state, opportunity=opportunity, now=NOW) for state in OPEN}
    close(opportunity, reason=CloseReason.FILLED)
    alive = {state for state, one in made.items() if one.state in OPEN}
    assert alive == {State.TRIAL, State.OFFERED}
    assert made[State.NEW].reason == "opening_filled"
    assert "bezet" in mails(made[State.NEW].candidate.user.email)[-1].body
    yes = made[State.OFFERED]
    step(yes, MoveAction.ACCEPT, actor=yes.candidate.user, party=Party.CANDIDATE)
    # Now the place is taken indeed.
    assert (yes.state, made[State.TRIAL].state) == (State.ACCEPTED, State.LAPSED)


def test_after_the_last_day_those_who_were_in_time_go_on() -> None:
    opportunity = make_opportunity(closes_on=TODAY)
    made = make_application(opportunity=opportunity, now=NOW)
    invitation = invite(opportunity)
    with transaction():
        assert opportunities.close_due(now=NOW + timedelta(days=1)) == 1
    assert opportunity.close_reason == CloseReason.PAST_LAST_DAY
    assert made.state == State.NEW
    assert "loopt door" in mails(made.candidate.user.email)[-1].subject
    assert invitation.state == InvitationState.LAPSED


def test_three_others_that_fit_come_along() -> None:
    opportunity = make_opportunity()
    made = make_application(opportunity=opportunity, now=NOW)
    answered = make_application(candidate=made.candidate, now=NOW).opportunity
    gone, hidden = make_opportunity(Status.CLOSED), make_opportunity()
    good = [make_opportunity(title=f"Plek {n}") for n in range(4)]
    fits(made.candidate, opportunity, answered, gone, hidden, *good)
    with transaction():
        db.session.add(
            CandidateChoice(
                candidate_id=made.candidate_id,
                opportunity_id=hidden.id,
                choice=Choice.HIDDEN,
                at=NOW,
            )
        )
    close(opportunity)
    body = mails(made.candidate.user.email)[-1].body
    assert [f"/aanbod/{one.slug}" in body for one in good] == [True, True, True, False]
    assert not any(one.slug in body for one in (answered, gone, hidden, opportunity))


def test_an_invitation_ends_with_the_opening() -> None:
    opportunity = make_opportunity()
    invitation = invite(opportunity)
    fit = make_opportunity()
    fits(invitation.candidate, opportunity, fit)
    close(opportunity)
    assert invitation.state == InvitationState.LAPSED
    mail = mails(invitation.candidate.user.email)[-1]
    assert "uitnodiging is voorbij" in mail.subject
    assert fit.slug in mail.body
    assert f"/aanbod/{opportunity.slug}" not in mail.body


def test_opening_it_again_within_a_day_brings_them_back() -> None:
    opportunity = make_opportunity()
    made = make_application(State.IN_CONVERSATION, opportunity=opportunity, now=NOW)
    old = make_application(State.REFUSED, opportunity=opportunity, now=NOW)
    due = made.answer_by
    close(opportunity)
    assert made.state == State.LAPSED
    recruiter = recruiter_of(opportunity)
    with transaction():
        opportunities.reopen(
            opportunity.slug,
            version=opportunity.version,
            actor=recruiter,
            now=NOW + timedelta(hours=5),
        )
    assert (made.state, made.answer_by, made.reason) == (State.IN_CONVERSATION, due, None)
    assert old.state == State.REFUSED
    assert "weer open" in mails(made.candidate.user.email)[-1].subject


def test_after_a_day_they_stay_told() -> None:
    opportunity = make_opportunity()
    made = make_application(opportunity=opportunity, now=NOW)
    close(opportunity)
    with transaction():
        opportunities.move(
            opportunity, Action.REOPEN, actor=None, now=NOW + timedelta(days=1, minutes=1)
        )
    assert made.state == State.LAPSED

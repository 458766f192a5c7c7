"""The last step can be taken back within a day, where nothing depends on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications import queries, service
from portal.applications.models import Application
from portal.applications.workflow import Action, Party, State
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.opportunities import service as opportunities
from portal.opportunities.workflow import Status
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity
from tests.factories.applications import make_application, make_candidate, recruiter_of, step

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()


def undo(made: Application, party: Party, *, after: timedelta = timedelta(hours=1)) -> None:
    actor = made.candidate.user if party is Party.CANDIDATE else recruiter_of(made.opportunity)
    with transaction():
        service.undo(made.id, actor=actor, party=party, now=NOW + after, version=made.version)


def kept(made: Application) -> dict[str, object]:
    names = ("state", "waits_on", "answer_by", "postponed_until", "start_on", "reason", "word")
    names += ("answered_at", "ended_at", "reminded_at")
    return {name: getattr(made, name) for name in names}


@pytest.mark.parametrize(
    ("state", "action", "party"),
    [
        (State.NEW, Action.TALK, Party.EMPLOYER),
        (State.NEW, Action.REFUSE, Party.EMPLOYER),
        (State.POSTPONED, Action.POSTPONE, Party.EMPLOYER),
        (State.POSTPONED, Action.OFFER, Party.EMPLOYER),
        (State.IN_CONVERSATION, Action.TRY, Party.CANDIDATE),
        (State.TRIAL, Action.REFUSE, Party.EMPLOYER),
        (State.OFFERED, Action.OFFER, Party.EMPLOYER),
        (State.OFFERED, Action.WITHDRAW, Party.CANDIDATE),
        (State.OFFERED, Action.TALK, Party.CANDIDATE),
        (State.OFFERED, Action.ACCEPT, Party.CANDIDATE),
    ],
)
def test_everything_is_as_it_was(state: State, action: Action, party: Party) -> None:
    made = make_application(state, now=NOW)
    before, version = kept(made), made.version
    actor = made.candidate.user if party is Party.CANDIDATE else recruiter_of(made.opportunity)
    step(made, action, actor=actor, party=party, now=NOW + timedelta(minutes=2))
    assert made.version > version
    undo(made, party)
    db.session.refresh(made)
    assert kept(made) == before
    newest, taken_back = queries.steps_of(made.id)[:2]
    assert (newest.action, newest.party) == ("undo", party)
    assert (taken_back.action, taken_back.undone_at) == (action, NOW + timedelta(hours=1))
    assert made.opportunity.status == Status.PUBLISHED


def test_the_other_side_is_told() -> None:
    made = make_application(State.REFUSED, now=NOW)
    undo(made, Party.EMPLOYER)
    last = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert last is not None
    assert last.recipient == made.candidate.user.email
    assert "loopt weer" in last.subject


def test_not_after_a_day() -> None:
    made = make_application(State.REFUSED, now=NOW)
    with pytest.raises(Conflict):
        undo(made, Party.EMPLOYER, after=timedelta(days=1, minutes=1))
    undo(made, Party.EMPLOYER, after=timedelta(hours=23))
    assert made.state == State.NEW


def test_not_what_the_other_side_did() -> None:
    made = make_application(State.REFUSED, now=NOW)
    with pytest.raises(Conflict):
        undo(made, Party.CANDIDATE)
    assert made.state == State.REFUSED


def test_not_twice() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    undo(made, Party.EMPLOYER)
    assert made.state == State.NEW
    # What is left is the application itself, which is withdrawn and not taken back.
    with pytest.raises(Conflict):
        undo(made, Party.EMPLOYER)
    with pytest.raises(Conflict):
        undo(made, Party.CANDIDATE)


def test_not_once_the_other_side_answered() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    with transaction():
        service.say(
            made.id,
            "Wat fijn, wanneer zal ik komen?",
            actor=made.candidate.user,
            party=Party.CANDIDATE,
            now=NOW + timedelta(minutes=10),
        )
    with pytest.raises(Conflict):
        undo(made, Party.EMPLOYER)
    assert made.state == State.IN_CONVERSATION


def test_not_for_a_stranger_or_from_an_old_page() -> None:
    made = make_application(State.REFUSED, now=NOW)
    with pytest.raises(NotFound), transaction():
        service.undo(
            made.id, actor=make_employer(), party=Party.EMPLOYER, now=NOW, version=made.version
        )
    with pytest.raises(Conflict), transaction():
        service.undo(
            made.id,
            actor=recruiter_of(made.opportunity),
            party=Party.EMPLOYER,
            now=NOW,
            version=made.version - 1,
        )


def test_a_yes_is_undone_with_all_that_it_did() -> None:
    candidate, opportunity = make_candidate(), make_opportunity(places=1)
    made = make_application(State.OFFERED, candidate=candidate, opportunity=opportunity, now=NOW)
    rival = make_application(State.IN_CONVERSATION, opportunity=opportunity, now=NOW)
    other = make_application(State.POSTPONED, candidate=candidate, now=NOW)
    until = other.postponed_until
    step(
        made,
        Action.ACCEPT,
        actor=candidate.user,
        party=Party.CANDIDATE,
        now=NOW + timedelta(minutes=1),
        gives_up=[other.id],
    )
    ended = (made.state, rival.state, other.state, opportunity.status)
    assert ended == (State.ACCEPTED, State.LAPSED, State.WITHDRAWN, Status.CLOSED)
    undo(made, Party.CANDIDATE)
    assert (made.state, rival.state) == (State.OFFERED, State.IN_CONVERSATION)
    assert (other.state, other.postponed_until) == (State.POSTPONED, until)
    assert opportunity.status == Status.PUBLISHED
    assert opportunity.close_reason is None


def test_what_closed_elsewhere_meanwhile_stays_given_up() -> None:
    candidate = make_candidate()
    made = make_application(State.OFFERED, candidate=candidate, now=NOW)
    other = make_application(candidate=candidate, now=NOW)
    step(
        made,
        Action.ACCEPT,
        actor=candidate.user,
        party=Party.CANDIDATE,
        now=NOW,
        gives_up=[other.id],
    )
    opening = other.opportunity
    with transaction():
        opportunities.close(
            opening.slug, version=opening.version, actor=recruiter_of(opening), now=NOW
        )
    undo(made, Party.CANDIDATE)
    assert (made.state, other.state) == (State.OFFERED, State.WITHDRAWN)


def test_who_withdrew_from_what_closed_cannot_come_back() -> None:
    made = make_application(State.WITHDRAWN, now=NOW)
    opening = made.opportunity
    with transaction():
        opportunities.close(
            opening.slug, version=opening.version, actor=recruiter_of(opening), now=NOW
        )
    with pytest.raises(Conflict):
        undo(made, Party.CANDIDATE)


def test_a_new_application_keeps_the_old_one_ended() -> None:
    made = make_application(State.REFUSED, now=NOW)
    make_application(candidate=made.candidate, opportunity=made.opportunity, now=NOW)
    with pytest.raises(Conflict):
        undo(made, Party.EMPLOYER)

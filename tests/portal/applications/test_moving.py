"""The two sides move an application on: state, step, audit line, mail, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.applications import days, queries, service
from portal.applications.models import Application, ApplicationStep
from portal.applications.workflow import OPEN, TRANSITIONS, Action, Party, State
from portal.audit.models import AuditLine
from portal.errors import Conflict, Gone, Invalid, NotFound
from portal.extensions import db
from portal.opportunities.models import CloseReason
from portal.opportunities.workflow import Status
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_site, make_user
from tests.factories.applications import (
    WORD,
    fits,
    make_application,
    make_candidate,
    recruiter_of,
    step,
)

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)
ENDED = [state for state in State if state not in OPEN]


def mails(to: str | None = None) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).order_by(OutboxMessage.id)
    found = list(db.session.scalars(wanted))
    return [one for one in found if to is None or one.recipient == to]


def audit_lines() -> list[str]:
    wanted = select(AuditLine.action).where(AuditLine.object_type == "application")
    return list(db.session.scalars(wanted.order_by(AuditLine.id)))


def test_an_application_asks_for_an_answer_in_working_days() -> None:
    candidate, opportunity = make_candidate(), make_opportunity()
    recruiter = recruiter_of(opportunity)
    colleague = make_employer(opportunity.site.organisation)
    made = make_application(candidate=candidate, opportunity=opportunity, now=NOW)
    assert made.state == State.NEW
    assert made.waits_on == Party.EMPLOYER
    assert made.answer_by == days.after(TODAY, opportunity.site.organisation.answer_days)
    assert (made.letter, made.phone) == ("Ik kook al jaren voor anderen.", "06 12345678")
    told = {one.recipient: one for one in mails()}
    assert set(told) == {candidate.user.email, recruiter.email, colleague.email}
    assert "Noor Vissers" in told[recruiter.email].body
    assert opportunity.title in told[candidate.user.email].subject
    assert audit_lines() == ["application.apply"]


def test_a_double_click_is_one_application() -> None:
    first = make_application()
    again = make_application(candidate=first.candidate, opportunity=first.opportunity)
    assert again is first
    assert audit_lines() == ["application.apply"]
    assert len(mails()) == 2


def test_who_was_invited_is_in_conversation_at_once() -> None:
    candidate, opportunity = make_candidate(), make_opportunity()
    with transaction():
        made = service.apply(
            candidate, opportunity, letter="", phone="", invited=True, actor=candidate.user, now=NOW
        )
    assert (made.state, made.waits_on) == (State.IN_CONVERSATION, Party.EMPLOYER)
    assert made.answer_by


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED])
def test_nobody_applies_to_what_is_not_open(status: Status) -> None:
    with pytest.raises(Gone):
        make_application(opportunity=make_opportunity(status))


def test_nobody_applies_after_the_last_day() -> None:
    opportunity = make_opportunity()
    with pytest.raises(Gone):
        make_application(opportunity=opportunity, now=NOW + timedelta(days=31))


@pytest.mark.parametrize("what", ["letter", "phone"])
def test_far_too_much_is_refused(what: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_application(**{what: "x" * 5000})
    assert refused.value.fields == (what,)


CELLS = [cell for cell in TRANSITIONS if cell[1] is not Party.PORTAL]


@pytest.mark.parametrize(("state", "party", "action"), CELLS)
def test_every_step_is_recorded_and_told(state: State, party: Party, action: Action) -> None:
    made = make_application(state)
    recruiter = recruiter_of(made.opportunity)
    actor = made.candidate.user if party is Party.CANDIDATE else recruiter
    version, told = made.version, len(mails())
    step(made, action, actor=actor, party=party, now=NOW + timedelta(minutes=5))
    assert made.state == TRANSITIONS[state, party, action]
    assert made.version == version + 1
    assert (made.ended_at is not None) == (made.state not in OPEN)
    last = queries.last_step(made.id)
    assert last is not None
    assert (last.actor, last.party, last.from_state, last.to_state) == (
        actor,
        party,
        state,
        made.state,
    )
    assert audit_lines()[-1] == f"application.{action}"
    other = recruiter if party is Party.CANDIDATE else made.candidate.user
    assert [one.recipient for one in mails()[told:]] == [other.email]


OTHERS = [
    (state, party, action)
    for state in State
    for party in (Party.CANDIDATE, Party.EMPLOYER)
    for action in (Action.TALK, Action.ACCEPT, Action.REFUSE, Action.WITHDRAW, Action.LAPSE)
    if (state, party, action) not in TRANSITIONS
]


@pytest.mark.parametrize(("state", "party", "action"), OTHERS)
def test_what_the_table_lacks_is_a_conflict(state: State, party: Party, action: Action) -> None:
    made = make_application(state)
    actor = made.candidate.user if party is Party.CANDIDATE else recruiter_of(made.opportunity)
    with pytest.raises(Conflict):
        step(made, action, actor=actor, party=party)
    assert made.state == state


def test_a_refusal_says_why_and_what_helps() -> None:
    made = make_application()
    fit, hidden = make_opportunity(title="Gastheer in de ochtend"), make_opportunity()
    fits(made.candidate, made.opportunity, fit)
    recruiter = recruiter_of(made.opportunity)
    step(made, Action.REFUSE, actor=recruiter, party=Party.EMPLOYER)
    assert (made.reason, made.word) == ("experience", WORD)
    mail = mails(made.candidate.user.email)[-1]
    assert "meer ervaring nodig" in mail.body
    assert WORD in mail.body
    assert mail.body.count(WORD) == 1
    assert fit.slug in mail.body
    assert made.opportunity.slug not in mail.body
    assert hidden.slug not in mail.body


@pytest.mark.parametrize(
    ("action", "said", "field"),
    [
        (Action.REFUSE, {"reason": ""}, "reason"),
        (Action.REFUSE, {"reason": "leeftijd"}, "reason"),
        (Action.REFUSE, {"word": "Nee."}, "word"),
        (Action.REFUSE, {"word": "x" * 1001}, "word"),
        (Action.POSTPONE, {"until": None}, "until"),
        (Action.POSTPONE, {"until": TODAY}, "until"),
        (Action.POSTPONE, {"until": TODAY + timedelta(days=200)}, "until"),
        (Action.OFFER, {"start_on": None}, "start_on"),
        (Action.OFFER, {"start_on": TODAY - timedelta(days=1)}, "start_on"),
        (Action.OFFER, {"start_on": TODAY + timedelta(days=400)}, "start_on"),
        (Action.OFFER, {"answer_by": TODAY}, "answer_by"),
        (Action.OFFER, {"answer_by": TODAY + timedelta(days=31)}, "answer_by"),
    ],
)
def test_what_a_step_needs(action, said, field) -> None:
    made = make_application()
    with pytest.raises(Invalid) as refused:
        step(made, action, actor=recruiter_of(made.opportunity), party=Party.EMPLOYER, **said)
    assert refused.value.fields == (field,)
    assert made.state == State.NEW
    assert len(mails()) == 2


def test_an_offer_names_its_start_and_its_last_day() -> None:
    day = TODAY + timedelta(days=7)
    made = make_application(State.OFFERED, answer_by=day)
    assert made.start_on == TODAY + timedelta(days=30)
    assert made.answer_by == day
    assert made.waits_on == Party.CANDIDATE


def test_a_stranger_finds_nothing() -> None:
    made = make_application()
    with pytest.raises(NotFound):
        step(made, Action.TALK, actor=make_employer(), party=Party.EMPLOYER)
    with pytest.raises(NotFound):
        step(made, Action.WITHDRAW, actor=make_user(), party=Party.CANDIDATE)
    # A candidate of the application is not its employer.
    with pytest.raises(NotFound):
        step(made, Action.TALK, actor=made.candidate.user, party=Party.EMPLOYER)


def test_a_member_without_the_right_finds_nothing() -> None:
    made = make_application()
    member = make_employer(made.opportunity.site.organisation)
    with transaction():
        from portal.organisations.models import Membership

        found = db.session.scalars(select(Membership).where(Membership.user_id == member.id)).one()
        found.recruiter = False
    assert queries.for_employer(made.id, member.id) is None
    assert member not in queries.recruiters(made.opportunity.site.organisation_id)


def test_a_stale_page_is_told_who_was_first() -> None:
    made = make_application()
    first = recruiter_of(made.opportunity)
    second = make_employer(made.opportunity.site.organisation)
    version = made.version
    step(made, Action.TALK, actor=first, party=Party.EMPLOYER)
    with pytest.raises(Conflict) as told:
        step(made, Action.POSTPONE, actor=second, party=Party.EMPLOYER, version=version)
    assert told.value.message is not None
    assert "Greet Wolters" in told.value.message
    assert "in gesprek" in told.value.message


def test_later_steps_tell_only_who_is_at_work() -> None:
    made = make_application(State.OFFERED)
    busy = recruiter_of(made.opportunity)
    make_employer(made.opportunity.site.organisation)
    told = len(mails())
    step(made, Action.TALK, actor=made.candidate.user, party=Party.CANDIDATE)
    assert [one.recipient for one in mails()[told:]] == [busy.email]


def accept(made: Application, *others: Application) -> None:
    step(
        made,
        Action.ACCEPT,
        actor=made.candidate.user,
        party=Party.CANDIDATE,
        gives_up={one.id for one in others},
    )


def test_a_yes_ends_the_other_applications_of_the_person() -> None:
    candidate = make_candidate()
    made = make_application(State.OFFERED, candidate=candidate)
    other = make_application(State.IN_CONVERSATION, candidate=candidate)
    old = make_application(State.REFUSED, candidate=candidate)
    elsewhere = recruiter_of(other.opportunity)
    told = len(mails(elsewhere.email))
    accept(made, other)
    assert made.state == State.ACCEPTED
    assert made.start_on == TODAY + timedelta(days=30)
    assert (other.state, other.reason) == (State.WITHDRAWN, "other_job")
    assert old.state == State.REFUSED
    new = mails(elsewhere.email)[told:]
    assert len(new) == 1
    assert "ander werk" in new[0].body


def test_a_yes_must_have_seen_what_it_ends() -> None:
    candidate = make_candidate()
    made = make_application(State.OFFERED, candidate=candidate)
    other = make_application(candidate=candidate)
    with pytest.raises(Conflict):
        accept(made)
    assert (made.state, other.state) == (State.OFFERED, State.NEW)


def test_the_last_place_closes_the_opening_and_tells_the_rest() -> None:
    opportunity = make_opportunity(places=2)
    one = make_application(State.OFFERED, opportunity=opportunity)
    two = make_application(State.OFFERED, opportunity=opportunity)
    third = make_application(State.OFFERED, opportunity=opportunity)
    fit = make_opportunity()
    fits(third.candidate, fit)
    accept(one)
    assert opportunity.status == Status.PUBLISHED
    assert third.state == State.OFFERED
    accept(two)
    assert opportunity.status == Status.CLOSED
    assert opportunity.close_reason == CloseReason.FILLED
    assert (third.state, third.reason) == (State.LAPSED, "opening_filled")
    mail = mails(third.candidate.user.email)[-1]
    assert "bezet" in mail.body
    assert fit.slug in mail.body
    assert one.state == two.state == State.ACCEPTED


def test_no_more_people_than_places() -> None:
    opportunity = make_opportunity()
    one = make_application(State.OFFERED, opportunity=opportunity)
    accept(one)
    # An offer that was kept alive by hand on an opening whose place is gone.
    late = make_application(opportunity=make_opportunity(site=opportunity.site))
    with transaction():
        late.opportunity_id = opportunity.id
        late.state, late.start_on = State.OFFERED, TODAY + timedelta(days=9)
    with pytest.raises(Conflict):
        accept(late)


def test_an_offer_whose_start_is_past_cannot_be_taken() -> None:
    made = make_application(State.OFFERED)
    with pytest.raises(Conflict):
        step(
            made,
            Action.ACCEPT,
            actor=made.candidate.user,
            party=Party.CANDIDATE,
            now=NOW + timedelta(days=31),
        )


def test_one_open_application_per_person_and_opening() -> None:
    made = make_application()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Application(
                candidate_id=made.candidate_id,
                opportunity_id=made.opportunity_id,
                created_at=NOW,
                updated_at=NOW,
            )
        )
    # After it ended the person may try again.
    step(made, Action.WITHDRAW, actor=made.candidate.user, party=Party.CANDIDATE)
    again = make_application(candidate=made.candidate, opportunity=made.opportunity)
    assert again.id != made.id


@pytest.mark.parametrize(
    "values",
    [
        {"state": "weg"},
        {"waits_on": "portal"},
        {"state": "postponed"},
        {"state": "accepted", "ended_at": NOW},
        {"state": "refused", "ended_at": NOW},
        {"state": "withdrawn"},
        {"ended_at": NOW},
        {"version": 0},
    ],
)
def test_the_database_refuses_nonsense(values) -> None:
    made = make_application()
    with pytest.raises(IntegrityError), transaction():
        for name, value in values.items():
            setattr(made, name, value)
        db.session.flush()


def test_the_steps_tell_the_whole_story() -> None:
    made = make_application(State.ACCEPTED)
    told = [(one.action, one.party) for one in queries.steps_of(made.id)]
    assert told == [("accept", "candidate"), ("offer", "employer"), ("apply", "candidate")]
    assert db.session.scalar(select(ApplicationStep.before).order_by(ApplicationStep.id)) == {}


def test_sites_of_one_employer_share_their_recruiters() -> None:
    site = make_site()
    made = make_application(opportunity=make_opportunity(site=site))
    recruiter = recruiter_of(make_opportunity(site=make_site(site.organisation)))
    assert queries.for_employer(made.id, recruiter.id) is made

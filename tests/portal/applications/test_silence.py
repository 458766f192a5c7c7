"""Nobody answers: reminders, outcomes that explain themselves, and nothing twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import event, func, select

from portal import clock
from portal.applications import days, queries, service, silence
from portal.applications.models import Application, ApplicationStep
from portal.applications.workflow import Action, Party, State
from portal.clock import ZONE
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_opportunity
from tests.factories.applications import fits, make_application, recruiter_of, step

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=ZONE)


def mails(to: str) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(OutboxMessage.recipient == to)
    return list(db.session.scalars(wanted.order_by(OutboxMessage.id)))


def due(made: Application) -> date:
    assert made.answer_by is not None
    return made.answer_by


def test_the_employer_is_reminded_two_working_days_before() -> None:
    made = make_application(now=NOW)
    recruiter = recruiter_of(made.opportunity)
    told = len(mails(recruiter.email))
    early = days.before(due(made), 3)
    assert silence.run(now=morning(early)) == Counter()
    assert silence.run(now=morning(days.before(due(made), 2))) == {"reminded": 1}
    assert made.reminded_at is not None
    new = mails(recruiter.email)[told:]
    assert len(new) == 1
    assert "Noor Vissers wacht op antwoord" in new[0].subject
    assert silence.run(now=morning(due(made))) == Counter()


def test_an_employer_who_stays_silent_is_answered_for() -> None:
    made = make_application(now=NOW)
    fit = make_opportunity()
    fits(made.candidate, made.opportunity, fit)
    assert "lapsed" not in silence.run(now=morning(due(made)))
    assert made.state == State.NEW
    after = morning(due(made) + timedelta(days=1))
    assert silence.run(now=after) == {"lapsed": 1}
    assert (made.state, made.reason) == (State.LAPSED, "employer_silent")
    assert made.ended_at == after
    assert made.answered_at is None
    mail = mails(made.candidate.user.email)[-1]
    assert "niet op tijd geantwoord" in mail.body
    assert "ligt niet aan jou" in mail.body
    assert fit.slug in mail.body
    assert "geen antwoord kwam" in mails(recruiter_of(made.opportunity).email)[-1].body
    last = queries.last_step(made.id)
    assert last is not None
    assert (last.party, last.actor) == (Party.PORTAL, None)
    assert silence.run(now=after) == Counter()


@pytest.mark.parametrize("state", [State.IN_CONVERSATION, State.TRIAL])
def test_a_conversation_ends_too_when_nothing_comes_of_it(state: State) -> None:
    made = make_application(state, now=NOW)
    silence.run(now=morning(due(made) + timedelta(days=1)))
    assert (made.state, made.reason) == (State.LAPSED, "employer_silent")


def test_a_trial_is_given_its_days() -> None:
    made = make_application(State.TRIAL, now=NOW)
    assert due(made) > TODAY + timedelta(days=30)


def test_an_employer_who_talks_has_time_again() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    before = due(made)
    later = morning(days.before(before, 1))
    silence.run(now=later)
    assert made.reminded_at is not None
    with transaction():
        service.say(
            made.id,
            "We overleggen nog even.",
            actor=recruiter_of(made.opportunity),
            party=Party.EMPLOYER,
            now=later,
        )
    assert due(made) > before
    assert made.reminded_at is None


def test_a_candidate_who_talks_does_not_keep_the_employer_silent() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    before = due(made)
    with transaction():
        service.say(
            made.id,
            "Hoort u nog iets?",
            actor=made.candidate.user,
            party=Party.CANDIDATE,
            now=NOW + timedelta(days=3),
        )
    assert due(made) == before


def test_an_offer_waits_for_the_candidate_and_not_for_ever() -> None:
    made = make_application(State.OFFERED, now=NOW)
    told = len(mails(made.candidate.user.email))
    assert silence.run(now=morning(days.before(due(made), 2))) == {"reminded": 1}
    assert len(mails(made.candidate.user.email)) == told + 1
    assert silence.run(now=morning(due(made) + timedelta(days=1))) == {"lapsed": 1}
    assert (made.state, made.reason) == (State.LAPSED, "candidate_silent")
    assert "vervallen" in mails(made.candidate.user.email)[-1].subject
    assert "gaf geen antwoord" in mails(recruiter_of(made.opportunity).email)[-1].body


def test_a_postponed_one_comes_back_on_its_day() -> None:
    made = make_application(State.POSTPONED, now=NOW)
    until = made.postponed_until
    assert until is not None
    assert silence.run(now=morning(until - timedelta(days=1))) == Counter()
    assert silence.run(now=morning(until)) == {"returned": 1}
    assert made.state == State.IN_CONVERSATION
    assert made.postponed_until is None
    assert due(made) == days.after(until, 10)
    assert "ligt weer bij" in mails(made.candidate.user.email)[-1].subject
    assert "Weer bij jou" in mails(recruiter_of(made.opportunity).email)[-1].subject


def test_each_employer_has_its_own_days() -> None:
    opportunity = make_opportunity()
    with transaction():
        opportunity.site.organisation.answer_days = 3
    made = make_application(opportunity=opportunity, now=NOW)
    assert due(made) == days.after(TODAY, 3)


def test_nobody_is_reminded_on_the_day_of_the_question() -> None:
    opportunity = make_opportunity()
    with transaction():
        opportunity.site.organisation.answer_days = 1
    made = make_application(opportunity=opportunity, now=NOW)
    assert silence.run(now=NOW + timedelta(minutes=1)) == Counter()
    assert silence.run(now=morning(due(made))) == {"reminded": 1}


def test_one_that_fails_does_not_stop_the_others() -> None:
    broken = make_application(now=NOW)
    made = make_application(now=NOW)
    later, identity = morning(due(made) + timedelta(days=1)), broken.id

    def refuse(mapper: object, connection: object, row: Application) -> None:
        if row.id == identity:
            raise RuntimeError("the disk is full")

    event.listen(Application, "before_update", refuse)
    try:
        assert silence.run(now=later) == {"lapsed": 1}
    finally:
        event.remove(Application, "before_update", refuse)
    assert (broken.state, made.state) == (State.NEW, State.LAPSED)
    # What was written for the one that failed went with it.
    assert "geen antwoord" not in mails(broken.candidate.user.email)[-1].subject.lower()
    assert silence.run(now=later) == {"lapsed": 1}
    assert broken.state == State.LAPSED


def test_two_workers_do_nothing_twice(app) -> None:
    made = make_application(now=NOW)
    candidate, identity = made.candidate.user.email, made.id
    later = morning(due(made) + timedelta(days=1))
    told = len(mails(candidate))
    db.session.rollback()
    start, done = threading.Barrier(2), Counter[str]()

    def work() -> None:
        with app.app_context():
            start.wait()
            done.update(silence.run(now=later))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == {"lapsed": 1}
    assert len(mails(candidate)) == told + 1
    steps = select(func.count()).where(
        ApplicationStep.application_id == identity, ApplicationStep.action == Action.LAPSE
    )
    assert db.session.scalar(steps) == 1


def test_who_answers_in_time_hears_nothing_of_it() -> None:
    made = make_application(now=NOW)
    step(made, Action.TALK, actor=recruiter_of(made.opportunity), party=Party.EMPLOYER, now=NOW)
    first = days.before(due(made), 3)
    assert silence.run(now=morning(first)) == Counter()
    assert made.state == State.IN_CONVERSATION

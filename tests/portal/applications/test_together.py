"""Two who act at the same moment: one is first, the other is told who it was."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import User
from portal.applications import service
from portal.applications.models import Application, ApplicationStep
from portal.applications.workflow import Action, Party, State
from portal.candidates.queries import of_user
from portal.errors import Conflict
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity
from tests.factories.applications import WORD, make_application, make_candidate, recruiter_of

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)


def at_once(app, *acts: Callable[[], None]) -> list[str]:
    """Do all of it at the same moment; return what each heard, nothing when it went well."""
    db.session.rollback()
    start, heard = threading.Barrier(len(acts)), [""] * len(acts)

    def work(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    acts[number]()
            except Conflict as told:
                heard[number] = told.message or "?"

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def moving(made: Application, action: Action, actor: User, party: Party, **said: object):
    identity, actor_id, version = made.id, actor.id, made.version

    def act() -> None:
        service.move(
            identity,
            action,
            actor=db.session.get_one(User, actor_id),
            party=party,
            now=NOW,
            version=version,
            **said,
        )

    return act


def test_two_recruiters_at_once(app) -> None:
    made = make_application(now=NOW)
    one = recruiter_of(made.opportunity)
    two = make_employer(made.opportunity.site.organisation)
    with transaction():
        two.name = "Bas Lemmens"
    identity = made.id
    heard = at_once(
        app,
        moving(made, Action.TALK, one, Party.EMPLOYER),
        moving(made, Action.REFUSE, two, Party.EMPLOYER, reason="hours", word=WORD),
    )
    assert heard.count("") == 1
    first = "Greet Wolters" if heard[0] == "" else "Bas Lemmens"
    assert first in "".join(heard)
    steps = select(func.count()).where(ApplicationStep.application_id == identity)
    assert db.session.scalar(steps) == 2


def test_an_employer_refuses_while_the_candidate_accepts(app) -> None:
    made = make_application(State.OFFERED, now=NOW)
    heard = at_once(
        app,
        moving(
            made,
            Action.REFUSE,
            recruiter_of(made.opportunity),
            Party.EMPLOYER,
            reason="hours",
            word=WORD,
        ),
        moving(made, Action.ACCEPT, made.candidate.user, Party.CANDIDATE),
    )
    assert heard.count("") == 1
    assert made.state == (State.REFUSED if heard[0] == "" else State.ACCEPTED)


def test_the_last_place_goes_to_one(app) -> None:
    opportunity = make_opportunity(places=1)
    two = [make_application(State.OFFERED, opportunity=opportunity, now=NOW) for _ in range(2)]
    heard = at_once(
        app,
        *(moving(one, Action.ACCEPT, one.candidate.user, Party.CANDIDATE) for one in two),
    )
    assert heard.count("") == 1
    assert {one.state for one in two} == {State.ACCEPTED, State.LAPSED}


def test_two_who_have_each_others_place_do_not_wait_for_ever(app) -> None:
    """Each accepts where the other also applied: both yeses touch both openings."""
    people = [make_candidate(f"Mens {n}") for n in range(2)]
    openings = [make_opportunity(places=1) for _ in range(2)]
    offers, others = [], []
    for n, person in enumerate(people):
        offers.append(
            make_application(State.OFFERED, candidate=person, opportunity=openings[n], now=NOW)
        )
        others.append(make_application(candidate=person, opportunity=openings[1 - n], now=NOW))
    heard = at_once(
        app,
        *(
            moving(
                offers[n],
                Action.ACCEPT,
                people[n].user,
                Party.CANDIDATE,
                gives_up=[others[n].id],
            )
            for n in range(2)
        ),
    )
    # Who comes second finds that the own other application has just ended, and is asked again.
    assert sum(one.state == State.ACCEPTED for one in offers) >= 1
    assert len([one for one in heard if one]) == sum(one.state != State.ACCEPTED for one in offers)


def test_two_tabs_are_one_application(app) -> None:
    candidate, opportunity = make_candidate(), make_opportunity()
    user_id, opportunity_id = candidate.user_id, opportunity.id

    def act() -> None:
        mine = of_user(user_id)
        assert mine is not None
        service.apply(
            mine,
            db.session.get_one(Opportunity, opportunity_id),
            letter="",
            phone="",
            actor=mine.user,
            now=NOW + timedelta(seconds=1),
        )

    assert at_once(app, act, act, act) == ["", "", ""]
    assert db.session.scalar(select(func.count(Application.id))) == 1
    receipts = select(func.count()).where(OutboxMessage.recipient == candidate.user.email)
    assert db.session.scalar(receipts) == 1

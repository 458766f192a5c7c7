"""A portfolio as others see it: how much is told to whom, in three queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import RoleName
from portal.candidates.queries import of_user
from portal.extensions import db
from portal.matching.people import profile_of
from portal.portfolio import demo, evidence_service
from portal.portfolio.models import CheckResult, EvidenceKind, Grade
from portal.portfolio.policy import State
from portal.portfolio.views import Seen, portfolio_view, portfolio_views
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.portfolio import make_candidate, make_evidence, take
from tests.portal.opportunities.counting import queries

TODAY = clock.local_date(clock.now())


@pytest.fixture(autouse=True)
def _page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_the_grade_is_the_strongest_that_has_not_ended() -> None:
    user, checker = make_user(), make_user(RoleName.COORDINATOR)
    make_evidence(user, competences=("wound-care",))
    item = make_evidence(
        user, EvidenceKind.CERTIFICATE, competences=("wound-care",), expires_on=TODAY
    )
    with transaction():
        evidence_service.set_checked(
            db.session.merge(item), CheckResult.CONFIRMED, actor=checker, now=clock.now()
        )
    (today,) = portfolio_view(item.candidate_id, TODAY).competences
    assert (today.grade, today.checked) == (Grade.CERTIFIED, True)
    (later,) = portfolio_view(item.candidate_id, TODAY + timedelta(days=1)).competences
    assert (later.grade, later.checked) == (Grade.CLAIMED, False)
    assert {one.state for one in later.evidence} == {State.EXPIRED, State.VALID}


def test_who_may_not_know_the_name_reads_nothing_that_leads_to_it() -> None:
    user = make_user()
    take(user, "make-contact", sentence="Ik, Samira, praat met iedereen.")
    secret = {"detail": "Samira vertelt", "issuer": "Haddou Feestelijk", "title": "Zaak van Samira"}
    work = make_evidence(user, competences=("make-contact",), **secret)
    make_evidence(
        user,
        EvidenceKind.REFERENCE,
        competences=("make-contact",),
        contact="06 55",
        contact_shown=True,
        **secret,
    )
    make_evidence(user, EvidenceKind.REGISTER, competences=("make-contact",))
    told = str(asdict(portfolio_view(work.candidate_id, TODAY, seen=Seen.ANONYMOUS)))
    for word in ("Samira", "Haddou", "06 55", "19912345630"):
        assert word not in told
    named = str(asdict(portfolio_view(work.candidate_id, TODAY, seen=Seen.NAMED)))
    assert "Samira" in named
    assert "06 55" in named
    assert "19912345630" not in named


def test_three_queries_for_one_and_for_many() -> None:
    people = [make_candidate().id for _ in range(3)]
    for number in (1, 5):
        for _ in range(number):
            user = make_user()
            people.append(
                make_evidence(user, competences=("make-contact", "wound-care")).candidate_id
            )
        db.session.expire_all()
        with queries() as sent:
            views = portfolio_views(people, TODAY)
        assert len(sent) == 3
        assert views.keys() == set(people)
    assert portfolio_view(people[0], TODAY).empty


def test_a_lapsed_paper_goes_before_an_old_tick_in_the_profile() -> None:
    user = make_user()
    candidate = make_candidate(user, gates=["big-nurse", "vog"])
    assert profile_of(candidate, today=TODAY).gates == {"big-nurse", "vog"}
    make_evidence(user, EvidenceKind.REGISTER, expires_on=TODAY - timedelta(days=1))
    make_evidence(user, EvidenceKind.DIPLOMA, level=3)
    candidate = of_user(user.id) or candidate
    found = profile_of(candidate, today=TODAY)
    assert found.gates == {"vog"}
    assert found.level == 3


def test_the_demo_fills_empty_portfolios_once() -> None:
    made = {one["email"]: make_user(email=one["email"]) for one in demo.portfolios()}
    make_user(RoleName.COORDINATOR, email=demo.CHECKER)
    for user in made.values():
        make_candidate(user)
    now = clock.now()
    with transaction():
        first = demo.seed(now=now)
    with transaction():
        again = demo.seed(now=now)
    assert first["portfolios"] == len(made)
    assert not again
    returner = of_user(made["herintreder@bekwaam.example"].id)
    assert returner is not None
    view = portfolio_view(returner.id, TODAY)
    states = {line.title: line.state for line in view.papers}
    assert states["Verzorgende IG"] is State.VALID
    assert states["Bekwaam in injecteren en katheters"] is State.EXPIRED


def test_a_period_is_told_in_years() -> None:
    item = make_evidence(make_user(), from_date=date(2010, 1, 1), to_date=date(2016, 6, 30))
    (line,) = portfolio_view(item.candidate_id, TODAY).loose
    assert line.when == "2010 tot 2016"

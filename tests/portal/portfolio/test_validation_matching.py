"""A signature lifts the deployability, visibly, and no longer once it has ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import render_template_string
from sqlalchemy import delete

from matcher import Level, Match, Status
from portal import clock
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.matching import people
from portal.matching.cards import MatchCard
from portal.matching.knowledge import framework
from portal.opportunities.models import Opportunity
from portal.opportunities.service import RequirementInput
from portal.portfolio import validation_service as service
from portal.portfolio.kinds import Mastery
from portal.portfolio.models import PortfolioCompetence
from portal.portfolio.queries import on_file
from portal.transaction import transaction
from tests.factories import make_opportunity, make_organisation
from tests.factories.signing import COOKING, WHY, make_owner, make_signed
from tests.portal.matching.asking import words

pytestmark = pytest.mark.usefixtures("matching")
CARD = """{% from "components/match.html" import match_card %}{{ match_card(card, open=true) }}"""


@pytest.fixture
def kitchen() -> Opportunity:
    """Work for who cooks; nothing of it is learnt there, and nobody guides."""
    return make_opportunity(
        title="Kok in een verpleeghuis",
        text="Je kookt elke dag een verse maaltijd.",
        requirements=(RequirementInput(competence=COOKING, critical=True, learnable=False),),
    )


@pytest.fixture
def silent() -> Candidate:
    """Somebody who wrote nothing of cooking, and whom others saw do it."""
    candidate = make_owner(COOKING, skills="Ik heb een rijbewijs.")
    with transaction():
        # What stands in the portfolio counts as told; here only the signature speaks.
        db.session.execute(delete(PortfolioCompetence))
    return candidate


def signed(candidate: Candidate, mastery: Mastery = Mastery.INDEPENDENT, **given):
    with transaction():
        db.session.add(
            PortfolioCompetence(
                candidate_id=candidate.id,
                competence=COOKING,
                state="accepted",
                mastery="independent",
                created_at=clock.now(),
                updated_at=clock.now(),
            )
        )
    made = make_signed(candidate, COOKING, mastery=mastery, **given)
    with transaction():
        db.session.execute(delete(PortfolioCompetence))
    return made


def match(candidate: Candidate, opportunity: Opportunity, today: date | None = None) -> Match:
    profile = people.profile_of(candidate, today=today or clock.local_date(clock.now()))
    return people.explain(profile, opportunity)


def test_a_signature_lifts_the_level_and_its_end_lowers_it(silent, kitchen) -> None:
    before = match(silent, kitchen)
    assert before.reasons[0].status is Status.NOT_SHOWN
    assert before.deployability.level is not Level.NOW
    one = signed(silent)
    lifted = match(silent, kitchen)
    assert lifted.reasons[0].status is Status.MET
    assert lifted.deployability.level is Level.NOW
    assert lifted.score > before.score
    assert match(silent, kitchen, one.valid_until).deployability.level is Level.NOW
    assert match(silent, kitchen, one.valid_until + timedelta(days=1)) == before


def test_one_that_was_taken_back_or_out_lifts_nothing(silent, kitchen) -> None:
    before = match(silent, kitchen)
    one = signed(silent)
    with transaction():
        service.remove(one.id, version=2, actor=silent.user, now=clock.now())
    assert match(silent, kitchen) == before
    with transaction():
        service.restore(one.id, version=3, actor=silent.user, now=clock.now())
    assert match(silent, kitchen).deployability.level is Level.NOW
    with transaction():
        service.withdraw(one.id, WHY, version=4, actor=one.signed_by, now=clock.now())
    assert match(silent, kitchen) == before


@pytest.mark.parametrize(
    ("mastery", "status"),
    [
        (Mastery.OBSERVE, Status.PARTLY),
        (Mastery.SUPERVISED, Status.PARTLY),
        (Mastery.INDEPENDENT, Status.MET),
        (Mastery.TEACH, Status.MET),
    ],
)
def test_who_needs_somebody_beside_them_meets_it_in_part(silent, kitchen, mastery, status) -> None:
    signed(silent, mastery)
    assert match(silent, kitchen).reasons[0].status is status


def test_what_an_assessor_saw_goes_before_what_somebody_says(kitchen) -> None:
    samira = make_owner(COOKING, skills="Ik kookte elke dag voor honderd eters.")
    assert match(samira, kitchen).reasons[0].status is Status.MET
    make_signed(samira, COOKING, mastery=Mastery.SUPERVISED)
    assert match(samira, kitchen).reasons[0].status is Status.PARTLY


def test_who_says_to_do_it_with_help_meets_it_in_part(kitchen) -> None:
    samira = make_owner(COOKING)
    assert match(samira, kitchen).reasons[0].status is Status.MET
    with transaction():
        db.session.query(PortfolioCompetence).one().mastery = Mastery.SUPERVISED
    assert match(samira, kitchen).reasons[0].status is Status.PARTLY


def test_a_signature_meets_no_demand_of_the_law(silent) -> None:
    nursing = make_opportunity(
        requirements=(
            RequirementInput(competence=COOKING, critical=True, learnable=False),
            RequirementInput(gate="reserved-procedures", critical=True, learnable=False),
        )
    )
    signed(silent)
    cooking, gate = match(silent, nursing).reasons
    assert (cooking.status, gate.status) == (Status.MET, Status.NOT_SHOWN)


def test_the_card_says_who_signed_and_until_when(app, silent, kitchen) -> None:
    linde = make_organisation("Zorghuis Proeflinde")
    signed(silent, organisation=linde, valid_until=date(2028, 3, 14), now=clock.now())
    with app.test_request_context():
        card = MatchCard(match(silent, kitchen), kitchen, framework(), "nl")
        text = words(render_template_string(CARD, card=card))
    assert "getoetst Getekend door Zorghuis Proeflinde, tot maart 2028" in text
    assert "Jij schreef" not in text
    (shown,) = on_file(silent.id, clock.local_date(clock.now())).shown
    assert "Proeflinde" not in shown.discreet
    assert "tot maart 2028" in shown.discreet

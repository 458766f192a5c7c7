"""What still counts for who was away; the courses are those of the catalogue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal import clock
from portal.matching.knowledge import framework
from portal.portfolio.models import EvidenceKind
from portal.portfolio.still import REFRESHERS, Card, Weight, still_counts, years_of_work
from tests.conftest import PortalClient
from tests.factories import make_user
from tests.factories.portfolio import make_evidence

pytestmark = pytest.mark.usefixtures("app")
TODAY = clock.local_date(clock.now())
LONG_AGO = TODAY - timedelta(days=4_000)


@pytest.fixture(autouse=True)
def _dutch(app: object) -> object:
    from flask import Flask

    assert isinstance(app, Flask)
    with app.test_request_context():
        yield


def card(kind: EvidenceKind, **changes: object) -> Card:
    item = make_evidence(make_user(), kind, **changes)
    return still_counts([item], TODAY).cards[0]


@pytest.mark.parametrize(
    ("kind", "changes", "weight"),
    [
        (EvidenceKind.DIPLOMA, {"issued_on": LONG_AGO}, Weight.COUNTS),
        (EvidenceKind.REGISTER, {"expires_on": LONG_AGO}, Weight.GONE),
        (EvidenceKind.REGISTER, {"expires_on": TODAY + timedelta(days=30)}, Weight.RENEW),
        (EvidenceKind.REGISTER, {"expires_on": TODAY + timedelta(days=400)}, Weight.COUNTS),
        (EvidenceKind.REGISTER, {"expires_on": None}, Weight.COUNTS),
        (EvidenceKind.CERTIFICATE, {"expires_on": LONG_AGO}, Weight.GONE),
        (EvidenceKind.CERTIFICATE, {"expires_on": None}, Weight.COUNTS),
        (EvidenceKind.PAID_WORK, {"to_date": LONG_AGO}, Weight.RENEW),
        (EvidenceKind.PAID_WORK, {"to_date": None}, Weight.COUNTS),
        (EvidenceKind.VOG, {}, Weight.RENEW),
        (EvidenceKind.DRIVING_LICENCE, {"expires_on": LONG_AGO}, Weight.GONE),
    ],
)
def test_what_counts(kind: EvidenceKind, changes: dict[str, object], weight: Weight) -> None:
    if kind is EvidenceKind.PAID_WORK:
        changes = changes | {"from_date": date(2005, 1, 1)}
    assert card(kind, **changes).weight is weight


def test_a_carer_who_was_away_hears_that_the_diploma_stays_and_which_course_fits() -> None:
    found = card(EvidenceKind.DIPLOMA, gate="title-carer-ig", issued_on=LONG_AGO)
    assert "Een diploma verloopt niet." in found.what
    assert [one.id for one in found.courses] == ["module-refresh-carer"]


def test_a_diploma_of_late_needs_no_course() -> None:
    assert card(EvidenceKind.DIPLOMA, gate="title-carer-ig", issued_on=TODAY).courses == ()


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        ("big-nurse", "2.080 uur"),
        ("big-physiotherapist", "2.080 uur"),
        ("big-psychologist", "3.120 uur"),
        ("skj", "reflectie"),
    ],
)
def test_each_register_tells_its_own_rule(gate: str, words: str) -> None:
    assert words in card(EvidenceKind.REGISTER, gate=gate, expires_on=LONG_AGO).rule


def test_an_expired_nurse_is_shown_the_way_back() -> None:
    found = card(EvidenceKind.REGISTER, expires_on=LONG_AGO)
    assert [one.id for one in found.courses] == ["module-refresh-nurse"]


def test_an_expired_certificate_is_refreshed_by_what_teaches_the_same() -> None:
    found = card(EvidenceKind.CERTIFICATE, expires_on=LONG_AGO, competences=("wound-care",))
    assert found.courses
    for course in found.courses:
        assert "wound-care" in framework().learning[course.id].competences


def test_the_courses_of_the_way_back_are_in_the_catalogue() -> None:
    known = framework()
    for gate, courses in REFRESHERS.items():
        assert gate in known.gates
        assert set(courses) <= set(known.learning)


def test_years_side_by_side_count_once() -> None:
    user = make_user()
    items = [
        make_evidence(user, from_date=date(2000, 1, 1), to_date=date(2009, 12, 31)),
        make_evidence(user, from_date=date(2005, 1, 1), to_date=date(2011, 12, 31)),
        make_evidence(user, from_date=date(2015, 1, 1), to_date=date(2015, 12, 31)),
        make_evidence(
            user, EvidenceKind.UNPAID_WORK, from_date=date(1990, 1, 1), to_date=date(1999, 1, 1)
        ),
    ]
    assert years_of_work(items, TODAY) == 13


def test_papers_come_before_years_and_each_stands_under_its_weight() -> None:
    user = make_user()
    items = [
        make_evidence(user, from_date=date(2020, 1, 1), to_date=None),
        make_evidence(user, EvidenceKind.VOG),
        make_evidence(user, EvidenceKind.DIPLOMA),
        make_evidence(user, EvidenceKind.REGISTER, expires_on=LONG_AGO),
    ]
    found = still_counts(items, TODAY)
    assert [one.line.id for one in found.of("counts")] == [items[2].id, items[0].id]
    assert [one.line.id for one in found.of("renew")] == [items[1].id]
    assert [one.line.id for one in found.of("gone")] == [items[3].id]


def test_the_page_leads_to_the_course_and_to_the_evidence(client: PortalClient) -> None:
    user = make_user()
    client.sign_in(user.email)
    assert "Vertel wat je hebt" in client.get("/portfolio/wat-telt-nog").text
    item = make_evidence(user, EvidenceKind.DIPLOMA, gate="title-carer-ig", issued_on=LONG_AGO)
    page = client.get("/portfolio/wat-telt-nog").text
    assert "/leren/module-refresh-carer" in page
    assert f"/portfolio/bewijs/{item.id}" in page

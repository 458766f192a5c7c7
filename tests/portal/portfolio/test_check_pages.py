"""A person looks at evidence: who may, what it does, and what its owner reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal import clock
from portal.accounts.models import RoleName
from portal.audit.models import AuditLine
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.portfolio.kinds import CheckResult, EvidenceKind, Grade
from portal.portfolio.models import EvidenceItem, StoredFile
from portal.portfolio.queries import on_file
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.signing import COOKING, make_guided, make_owner
from tests.portal.matching.asking import words

WHY = "De achterkant ontbreekt. Stuur die ook, dan kijk ik weer."


def make_evidence(
    candidate: Candidate, kind: EvidenceKind = EvidenceKind.DIPLOMA, **changes: Any
) -> EvidenceItem:
    """Evidence of which its owner asked that somebody looks at it."""
    now = clock.now()
    values = {
        "title": "Kok, niveau 2",
        "issuer": "ROC Proefstad",
        "competences": [COOKING],
        "check_asked_at": now - timedelta(days=2),
        "created_at": now,
        "updated_at": now,
    }
    with transaction():
        item = EvidenceItem(candidate_id=candidate.id, kind=kind, **(values | changes))
        db.session.add(item)
    return item


def found(version: int = 1, **changes: str) -> dict[str, str]:
    return {"version": str(version), "looked": "y", "result": "confirmed"} | changes


@pytest.fixture
def samira(app):
    return make_owner(COOKING)


@pytest.fixture
def hans(app):
    return make_user(RoleName.COORDINATOR)


def test_a_coordinator_confirms_and_the_grade_rises(client, samira, hans) -> None:
    item = make_evidence(samira)
    before = samira.version
    client.sign_in(hans.email)
    assert "Diploma: Kok, niveau 2" in words(client.get("/bewijs").text)
    page = words(client.get(f"/bewijs/{item.id}").text)
    assert "Twijfel je? Vraag om een bewijs" in page
    assert client.post(f"/bewijs/{item.id}", data=found()).location == "/bewijs"
    row = db.session.get_one(EvidenceItem, item.id)
    assert (row.grade, row.check_result) == (Grade.CERTIFIED, CheckResult.CONFIRMED)
    assert (row.checked_by_id, row.checked_on) == (hans.id, clock.local_date(clock.now()))
    assert db.session.get_one(Candidate, samira.id).version == before + 1
    grades = {one.grade for one in on_file(samira.id, clock.local_date(clock.now())).shown}
    assert Grade.CERTIFIED in grades
    (mail,) = db.session.query(OutboxMessage).filter_by(recipient=samira.user.email)
    assert "Nagekeken: Kok, niveau 2" in mail.subject
    assert "evidence.checked" in {line.action for line in db.session.query(AuditLine)}
    assert "Het klopt" in words(client.get("/bewijs").text)


def test_what_cannot_be_taken_needs_a_reason_that_its_owner_reads(client, samira, hans) -> None:
    item = make_evidence(samira)
    client.sign_in(hans.email)
    bare = client.post(f"/bewijs/{item.id}", data=found(result="rejected", note="nee"))
    assert bare.status_code == 422
    assert "Schrijf in een zin wat er mist" in words(bare.text)
    sent = client.post(f"/bewijs/{item.id}", data=found(result="rejected", looked="", note=WHY))
    assert sent.status_code == 303
    (mail,) = db.session.query(OutboxMessage).filter_by(recipient=samira.user.email)
    assert WHY in mail.body
    client.sign_out()
    client.sign_in(samira.user.email)
    assert WHY in words(client.get(f"/portfolio/bewijs/{item.id}").text)
    again = client.post(f"/portfolio/bewijs/{item.id}/laat-bekijken", data={"version": "2"})
    assert again.status_code == 303
    client.sign_out()
    client.sign_in(hans.email)
    assert "Kok, niveau 2" in words(client.get("/bewijs").text).partition("Dit keek je")[0]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"looked": ""}, "Zet hier een vinkje als je het zelf hebt gezien."),
        ({"result": ""}, "Kies een uitkomst."),
        ({"result": "maybe"}, "Kies iets uit de lijst."),
        ({"note": "x" * 301}, "Maak dit korter"),
    ],
)
def test_what_is_not_complete_is_not_kept(client, samira, hans, changed, told) -> None:
    item = make_evidence(samira)
    client.sign_in(hans.email)
    answer = client.post(f"/bewijs/{item.id}", data=found(**changed))
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert db.session.get_one(EvidenceItem, item.id).checked_on is None


@pytest.mark.parametrize(
    ("gate", "told", "link"),
    [("big-nurse", "Zoek op het nummer", True), ("skj", "site van SKJ", False)],
)
def test_a_number_is_looked_up_in_its_register(client, samira, hans, gate, told, link) -> None:
    number = "19912345630" if gate == "big-nurse" else "123456789"
    item = make_evidence(samira, EvidenceKind.REGISTER, gate=gate, number=number)
    client.sign_in(hans.email)
    page = client.get(f"/bewijs/{item.id}").text
    assert told in words(page)
    assert number in page
    assert "Ik heb het vandaag opgezocht in het register." in words(page)
    assert ("https://zoeken.bigregister.nl/" in page) is link


@pytest.mark.parametrize("kind", [kind for kind in EvidenceKind if kind is not EvidenceKind.TRIAL])
def test_every_kind_says_what_to_look_at(client, samira, hans, kind) -> None:
    item = make_evidence(samira, kind)
    client.sign_in(hans.email)
    page = client.get(f"/bewijs/{item.id}")
    assert page.status_code == 200
    assert "Waar let je op?" in words(page.text)


def test_a_coach_looks_at_the_own_candidates_only(client, samira) -> None:
    item = make_evidence(samira)
    petra, other = make_guided(samira), make_user(RoleName.COACH)
    client.sign_in(petra.email)
    assert "Kok, niveau 2" in client.get("/bewijs").text
    assert client.get(f"/bewijs/{item.id}").status_code == 200
    client.sign_out()
    client.sign_in(other.email)
    assert "Kok, niveau 2" not in client.get("/bewijs").text
    assert client.get(f"/bewijs/{item.id}").status_code == 404
    assert client.post(f"/bewijs/{item.id}", data=found()).status_code == 404


def test_nobody_looks_at_their_own(client, hans) -> None:
    from portal.candidates.service import ensure

    with transaction():
        own = ensure(hans, now=clock.now())
    item = make_evidence(own)
    client.sign_in(hans.email)
    assert "Kok, niveau 2" not in client.get("/bewijs").text
    assert client.post(f"/bewijs/{item.id}", data=found()).status_code == 404


def test_what_nobody_asked_for_is_nobodys(client, samira, hans) -> None:
    item = make_evidence(samira, check_asked_at=None)
    client.sign_in(hans.email)
    assert client.get(f"/bewijs/{item.id}").status_code == 404


def test_of_two_who_look_the_second_is_told(client, samira, hans) -> None:
    item = make_evidence(samira)
    petra = make_guided(samira)
    client.sign_in(petra.email)
    assert client.post(f"/bewijs/{item.id}", data=found()).status_code == 303
    client.sign_out()
    client.sign_in(hans.email)
    for late in (client.get(f"/bewijs/{item.id}"), client.post(f"/bewijs/{item.id}", data=found())):
        assert late.status_code == 409
        assert "Petra Vos keek hier al naar" in words(late.text)
    assert db.session.query(OutboxMessage).filter_by(recipient=samira.user.email).count() == 1


def test_what_changed_meanwhile_is_shown_first(client, samira, hans) -> None:
    item = make_evidence(samira, version=3)
    client.sign_in(hans.email)
    stale = client.post(f"/bewijs/{item.id}", data=found(version=2, note="Gezien op kantoor."))
    assert stale.status_code == 409
    assert "intussen veranderd" in words(stale.text)
    assert "Gezien op kantoor." in stale.text
    assert client.post(f"/bewijs/{item.id}", data=found(version=3)).status_code == 303


def test_who_looked_can_change_the_outcome(client, samira, hans) -> None:
    item = make_evidence(samira)
    client.sign_in(hans.email)
    client.post(f"/bewijs/{item.id}", data=found())
    page = words(client.get(f"/bewijs/{item.id}").text)
    assert "Je kunt de uitkomst veranderen" in page
    client.post(f"/bewijs/{item.id}", data=found(version=2, result="rejected", note=WHY))
    row = db.session.get_one(EvidenceItem, item.id)
    assert (row.grade, row.check_result) == (Grade.CLAIMED, CheckResult.REJECTED)


def test_a_file_is_opened_by_who_is_asked_to_look(client, samira, hans) -> None:
    other = make_user(RoleName.COACH)
    with transaction():
        file = StoredFile(
            candidate_id=samira.id,
            key="geen",
            name="diploma.pdf",
            media_type="application/pdf",
            size=10,
            sha256="0" * 64,
            created_at=clock.now(),
        )
        db.session.add(file)
        db.session.flush()
        file_id = file.id
    make_evidence(samira, file_id=file_id)
    from portal.portfolio.check_queries import file_of

    assert file_of(file_id, hans) is not None
    assert file_of(file_id, other) is None
    assert file_of(file_id, make_guided(samira)) is not None
    assert file_of(file_id, samira.user) is None

"""Competences and evidence of somebody: taking up, leaving out, proving, and what counts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.accounts.models import RoleName
from portal.audit.models import AuditLine
from portal.candidates.queries import of_user
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.portfolio import evidence_service, queries, service
from portal.portfolio.evidence_service import EvidenceInput
from portal.portfolio.files import MAX_TOGETHER, Store, accept
from portal.portfolio.models import (
    CheckResult,
    CompetenceState,
    EvidenceItem,
    EvidenceKind,
    Grade,
    Mastery,
    StoredFile,
)
from portal.portfolio.service import CompetenceInput
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.portfolio import (
    a_pdf,
    evidence_input,
    make_candidate,
    make_evidence,
    take,
)

pytestmark = pytest.mark.usefixtures("app")
TODAY = clock.local_date(clock.now())
COOK = CompetenceInput(
    competence="cook-for-groups", mastery=Mastery.INDEPENDENT, sentence="Ik kookte voor honderd."
)


def states(user_id: int) -> dict[str, str]:
    candidate = of_user(user_id)
    assert candidate is not None
    return {one.competence: one.state for one in queries.competences(candidate.id)}


def test_taken_up_twice_stands_once_with_the_first_words() -> None:
    user = make_user()
    other = CompetenceInput(
        competence=COOK.competence, mastery=Mastery.OBSERVE, sentence="Iets anders."
    )
    with transaction():
        assert service.accept([COOK, COOK], actor=user, now=clock.now()) == (COOK,)
    with transaction():
        assert service.accept([other], actor=user, now=clock.now()) == ()
    candidate = of_user(user.id)
    assert candidate is not None
    (row,) = queries.competences(candidate.id)
    assert (row.mastery, row.sentence) == (Mastery.INDEPENDENT, COOK.sentence)


def test_what_the_framework_does_not_know_is_not_taken_up() -> None:
    user = make_user()
    unknown = CompetenceInput(competence="fly", mastery=Mastery.TEACH)
    with pytest.raises(NotFound), transaction():
        service.accept([unknown], actor=user, now=clock.now())
    with pytest.raises(NotFound), transaction():
        service.drop(["fly"], actor=user, now=clock.now())


def test_left_out_and_brought_back_keeps_its_level_and_words() -> None:
    user = make_user()
    with transaction():
        service.accept([COOK], actor=user, now=clock.now())
    with transaction():
        assert service.drop(["cook-for-groups"], actor=user, now=clock.now()) == (
            "cook-for-groups",
        )
    assert states(user.id) == {"cook-for-groups": CompetenceState.DROPPED}
    with transaction():
        service.put_back(["cook-for-groups"], accepted=True, actor=user, now=clock.now())
    candidate = of_user(user.id)
    assert candidate is not None
    (row,) = queries.competences(candidate.id)
    assert (row.state, row.sentence) == (CompetenceState.ACCEPTED, COOK.sentence)


def test_a_proposal_left_out_goes_without_trace_when_taken_back() -> None:
    user = make_user()
    with transaction():
        assert service.drop(["cook-for-groups"], actor=user, now=clock.now()) == ()
    assert states(user.id) == {"cook-for-groups": CompetenceState.DROPPED}
    with transaction():
        service.put_back(["cook-for-groups"], accepted=False, actor=user, now=clock.now())
    assert states(user.id) == {}


def test_a_change_on_an_old_page_is_refused() -> None:
    user = make_user()
    take(user, "cook-for-groups")
    candidate = of_user(user.id)
    assert candidate is not None
    row = queries.competence(candidate.id, "cook-for-groups")
    assert row is not None
    seen = row.updated_at.isoformat()
    with transaction():
        service.change(COOK, seen_at=seen, actor=user, now=clock.now())
    with pytest.raises(Conflict), transaction():
        service.change(COOK, seen_at=seen, actor=user, now=clock.now())


def test_a_portfolio_makes_the_matches_old_and_leaves_a_trail() -> None:
    user = make_user()
    before = make_candidate(user).version
    with transaction():
        service.accept([COOK], actor=user, now=clock.now())
    candidate = of_user(user.id)
    assert candidate is not None
    assert candidate.version == before + 1
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "portfolio.accepted"))
    assert line is not None
    assert (line.actor_id, line.detail["competences"]) == (user.id, ["cook-for-groups"])


def test_evidence_brings_its_competences_along() -> None:
    user = make_user()
    with transaction():
        service.drop(["make-contact"], actor=user, now=clock.now())
    with transaction():
        kept = evidence_service.add(
            evidence_input(competences=("make-contact", "cook-for-groups")),
            actor=user,
            now=clock.now(),
        )
        assert set(kept.taken_up) == {"make-contact", "cook-for-groups"}
    assert set(states(user.id).values()) == {CompetenceState.ACCEPTED}


def test_one_form_sent_twice_adds_one() -> None:
    user = make_user()
    ids = []
    for _ in range(2):
        with transaction():
            kept = evidence_service.add(
                evidence_input(), actor=user, now=clock.now(), form_key="een-formulier"
            )
            ids.append(kept.item.id)
    assert ids[0] == ids[1]
    assert db.session.scalar(select(func.count()).select_from(EvidenceItem)) == 1


def test_somebody_else_may_send_the_same_form() -> None:
    for _ in range(2):
        with transaction():
            evidence_service.add(
                evidence_input(), actor=make_user(), now=clock.now(), form_key="een-formulier"
            )
    assert db.session.scalar(select(func.count()).select_from(EvidenceItem)) == 2


@pytest.mark.parametrize(
    "data",
    [
        evidence_input(EvidenceKind.TRIAL),
        evidence_input(competences=("fly",)),
        evidence_input(EvidenceKind.DIPLOMA, gate="vog"),
        evidence_input(gate="big-nurse"),
    ],
)
def test_what_no_form_sends_is_refused(data: EvidenceInput) -> None:
    with pytest.raises(NotFound), transaction():
        evidence_service.add(data, actor=make_user(), now=clock.now())


def test_evidence_of_another_is_not_there() -> None:
    mine = make_evidence(make_user())
    other = make_user()
    make_candidate(other)
    steps = (
        lambda: evidence_service.change(
            mine.id, evidence_input(), version=1, actor=other, now=clock.now()
        ),
        lambda: evidence_service.remove(mine.id, version=1, actor=other, now=clock.now()),
        lambda: evidence_service.bring_back(mine.id, actor=other, now=clock.now()),
        lambda: evidence_service.ask_check(mine.id, version=1, actor=other, now=clock.now()),
    )
    for step in steps:
        with pytest.raises(NotFound), transaction():
            step()


def test_a_confirmed_diploma_is_certified_until_it_says_another_thing() -> None:
    user, checker = make_user(), make_user(RoleName.COORDINATOR)
    item = make_evidence(user, EvidenceKind.DIPLOMA, asks=True)
    assert (item.grade, item.awaits_check) == (Grade.CLAIMED, True)
    with transaction():
        evidence_service.set_checked(
            db.session.merge(item), CheckResult.CONFIRMED, actor=checker, now=clock.now()
        )
    db.session.refresh(item)
    assert (item.grade, item.checked_on, item.checked_by_id) == (
        Grade.CERTIFIED,
        TODAY,
        checker.id,
    )
    same = evidence_input(EvidenceKind.DIPLOMA, detail="Met een mooi cijfer")
    with transaction():
        evidence_service.change(item.id, same, version=item.version, actor=user, now=clock.now())
    db.session.refresh(item)
    assert item.grade == Grade.CERTIFIED
    more = evidence_input(EvidenceKind.DIPLOMA, competences=("wound-care",))
    with transaction():
        evidence_service.change(item.id, more, version=item.version, actor=user, now=clock.now())
    db.session.refresh(item)
    assert (item.grade, item.checked_on, item.check_result) == (Grade.CLAIMED, None, None)


def test_a_rejection_needs_a_word_and_counts_nowhere() -> None:
    user, checker = make_user(), make_user(RoleName.COORDINATOR)
    item = make_evidence(user, EvidenceKind.REGISTER, asks=True, competences=("wound-care",))
    with pytest.raises(Invalid), transaction():
        evidence_service.set_checked(
            db.session.merge(item), CheckResult.REJECTED, actor=checker, now=clock.now()
        )
    with transaction():
        evidence_service.set_checked(
            db.session.merge(item),
            CheckResult.REJECTED,
            note="Het nummer is van iemand anders.",
            actor=checker,
            now=clock.now(),
        )
    found = queries.on_file(item.candidate_id, TODAY)
    assert (found.gates, found.lapsed) == (frozenset(), {"big-nurse"})
    assert {one.grade for one in found.shown} == {Grade.CLAIMED}


def test_what_has_run_out_is_claimed_and_opens_no_gate() -> None:
    user, checker = make_user(), make_user(RoleName.COORDINATOR)
    item = make_evidence(user, EvidenceKind.REGISTER, competences=("wound-care",), expires_on=TODAY)
    with transaction():
        evidence_service.set_checked(
            db.session.merge(item), CheckResult.CONFIRMED, actor=checker, now=clock.now()
        )
    today = queries.on_file(item.candidate_id, TODAY)
    assert (today.gates, today.lapsed) == ({"big-nurse"}, frozenset())
    assert max(one.grade for one in today.shown if one.text == item.title) == Grade.CERTIFIED
    later = queries.on_file(item.candidate_id, TODAY + timedelta(days=1))
    assert (later.gates, later.lapsed) == (frozenset(), {"big-nurse"})
    assert {one.grade for one in later.shown} == {Grade.CLAIMED}


def test_a_newer_paper_makes_up_for_an_old_one() -> None:
    user = make_user()
    old = make_evidence(user, EvidenceKind.REGISTER, expires_on=TODAY - timedelta(days=1))
    make_evidence(user, EvidenceKind.REGISTER, expires_on=TODAY + timedelta(days=99))
    found = queries.on_file(old.candidate_id, TODAY)
    assert (found.gates, found.lapsed) == ({"big-nurse"}, frozenset())


def test_the_highest_diploma_tells_the_level_and_nothing_else_does() -> None:
    user = make_user()
    item = make_evidence(user)
    assert queries.on_file(item.candidate_id, TODAY).level is None
    make_evidence(user, EvidenceKind.DIPLOMA, level=2)
    make_evidence(user, EvidenceKind.DIPLOMA, level=4)
    make_evidence(user, EvidenceKind.DIPLOMA, level=None)
    assert queries.on_file(item.candidate_id, TODAY).level == 4


def test_what_was_left_out_shows_nothing_whatever_evidence_says() -> None:
    user = make_user()
    item = make_evidence(user, competences=("make-contact", "cook-for-groups"))
    with transaction():
        service.drop(["make-contact"], actor=user, now=clock.now())
    shown = {one.competence for one in queries.on_file(item.candidate_id, TODAY).shown}
    assert shown == {"cook-for-groups"}


def test_taken_away_counts_no_more_comes_back_and_goes_for_good_after_a_day() -> None:
    user = make_user()
    item = make_evidence(user, EvidenceKind.VOG)
    identifier, candidate, now = item.id, item.candidate_id, clock.now()
    with pytest.raises(Conflict), transaction():
        evidence_service.remove(identifier, version=7, actor=user, now=now)
    with transaction():
        evidence_service.remove(identifier, version=1, actor=user, now=now)
    assert queries.on_file(candidate, TODAY).gates == frozenset()
    with pytest.raises(NotFound), transaction():
        evidence_service.remove(identifier, version=2, actor=user, now=now)
    with transaction():
        assert evidence_service.purge_removed(now=now + timedelta(hours=23)) == 0
        evidence_service.bring_back(identifier, actor=user, now=now)
    assert queries.on_file(candidate, TODAY).gates == {"vog"}
    with transaction():
        evidence_service.remove(identifier, version=3, actor=user, now=now)
    with transaction():
        assert evidence_service.purge_removed(now=now + timedelta(hours=25)) == 1
    with pytest.raises(NotFound), transaction():
        evidence_service.bring_back(identifier, actor=user, now=now)


def test_files_go_with_what_they_belong_to(tmp_path: Path) -> None:
    store = Store(tmp_path)
    user, now = make_user(), clock.now()
    upload = accept("diploma.pdf", a_pdf())
    with store.writing() as put, transaction():
        item = evidence_service.add(
            evidence_input(EvidenceKind.DIPLOMA), actor=user, now=now, upload=upload, put=put
        ).item
    assert item.file is not None
    first = item.file.key
    with store.writing() as put, transaction():
        evidence_service.change(
            item.id,
            evidence_input(EvidenceKind.DIPLOMA),
            version=1,
            actor=user,
            now=now,
            upload=accept("beter.pdf", a_pdf("Beter")),
            put=put,
        )
    (row,) = db.session.scalars(select(StoredFile))
    assert row.name == "beter.pdf"
    assert evidence_service.sweep_files(store, now=now + timedelta(hours=2)) == 1
    assert not store.path(first).exists()
    assert store.path(row.key).exists()
    with transaction():
        evidence_service.remove(item.id, version=2, actor=user, now=now)
    with transaction():
        evidence_service.purge_removed(now=now + timedelta(days=2))
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert evidence_service.sweep_files(store, now=now + timedelta(hours=2)) == 1


def test_a_person_has_so_much_room_and_no_more(tmp_path: Path) -> None:
    store = Store(tmp_path)
    candidate = make_candidate()
    upload = accept("diploma.pdf", a_pdf())
    with transaction():
        db.session.add(
            StoredFile(
                candidate_id=candidate.id,
                key="0" * 32,
                name="groot.pdf",
                media_type="application/pdf",
                size=MAX_TOGETHER - len(upload.data),
                sha256="",
                created_at=clock.now(),
            )
        )

    def add() -> None:
        with store.writing() as put, transaction():
            evidence_service.add(
                evidence_input(EvidenceKind.FILE),
                actor=candidate.user,
                now=clock.now(),
                upload=upload,
                put=put,
            )

    add()
    with pytest.raises(Invalid) as refused:
        add()
    assert refused.value.fields == ("file",)
    # What did not fit left nothing behind.
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


def test_an_end_is_told_twice_and_never_a_third_time() -> None:
    user = make_user()
    end = TODAY + timedelta(days=70)
    item = make_evidence(user, EvidenceKind.CERTIFICATE, title="BHV", expires_on=end)
    make_evidence(user, EvidenceKind.CERTIFICATE, title="EHBO")

    def told(days_left: int) -> int:
        at = clock.now() + timedelta(days=70 - days_left)
        with transaction():
            return evidence_service.warn_ending(now=at)

    assert [told(n) for n in (70, 60, 59, 30, 14, 13, 1, 0, -1)] == [0, 1, 0, 0, 1, 0, 0, 0, 0]
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [mail.recipient for mail in mails] == [user.email] * 2
    assert all("BHV" in mail.subject for mail in mails)
    assert f"/portfolio/bewijs/{item.id}" in mails[0].body


def test_another_end_begins_anew() -> None:
    user = make_user()
    soon = TODAY + timedelta(days=10)
    item = make_evidence(user, EvidenceKind.CERTIFICATE, title="BHV", expires_on=soon)
    with transaction():
        assert evidence_service.warn_ending(now=clock.now()) == 1
    later = evidence_input(
        EvidenceKind.CERTIFICATE, title="BHV", expires_on=soon + timedelta(days=20)
    )
    with transaction():
        evidence_service.change(item.id, later, version=1, actor=user, now=clock.now())
    with transaction():
        assert evidence_service.warn_ending(now=clock.now()) == 1


def test_nobody_is_warned_of_what_was_taken_away_or_rejected() -> None:
    user, checker = make_user(), make_user(RoleName.COORDINATOR)
    soon = TODAY + timedelta(days=10)
    gone = make_evidence(user, EvidenceKind.CERTIFICATE, expires_on=soon)
    wrong = make_evidence(user, EvidenceKind.CERTIFICATE, expires_on=soon)
    with transaction():
        evidence_service.remove(gone.id, version=1, actor=user, now=clock.now())
        evidence_service.set_checked(
            db.session.merge(wrong),
            CheckResult.REJECTED,
            note="Niet te lezen.",
            actor=checker,
            now=clock.now(),
        )
    with transaction():
        assert evidence_service.warn_ending(now=clock.now()) == 0


def test_the_database_keeps_what_no_form_may_break() -> None:
    user = make_user()
    item = make_evidence(user)
    with pytest.raises(IntegrityError, match="ck_evidence_item_period"), transaction():
        row = db.session.get(EvidenceItem, item.id)
        assert row is not None
        row.from_date, row.to_date = date(2020, 1, 1), date(2019, 1, 1)
        db.session.flush()

"""Asking, signing and what follows, in a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName
from portal.audit.models import AuditLine
from portal.errors import Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.organisations.models import Right, Standing
from portal.organisations.service import add_member
from portal.outbox.models import OutboxMessage
from portal.portfolio import validation_queries as queries
from portal.portfolio import validation_service as service
from portal.portfolio.kinds import Grade, Mastery
from portal.portfolio.models import Validation
from portal.portfolio.validation_service import Asked
from portal.portfolio.validation_workflow import ValidationState
from portal.transaction import transaction
from tests.factories import make_organisation, make_user
from tests.factories.signing import (
    CONTACT,
    COOKING,
    NOTE,
    WHY,
    make_asked,
    make_guided,
    make_owner,
    make_signed,
    make_supervisor,
    signature,
)

pytestmark = pytest.mark.usefixtures("app")


def letters(to: str) -> list[OutboxMessage]:
    return list(
        db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.recipient == to).order_by(OutboxMessage.id)
        )
    )


def audited(validation: Validation) -> list[str]:
    wanted = select(AuditLine.action).where(
        AuditLine.object_type == "validation", AuditLine.object_id == validation.id
    )
    return list(db.session.scalars(wanted.order_by(AuditLine.id)))


# Asking


def test_who_asks_is_heard_by_everybody_who_may_sign_there() -> None:
    organisation = make_organisation()
    rob, ada = make_supervisor(organisation), make_supervisor(organisation, name="Ada Kroon")
    recruiter = make_supervisor(organisation, Right.RECRUITER, Right.ADMIN, name="Greet")
    elsewhere = make_supervisor(name="Bas")
    samira = make_owner()
    made = make_asked(samira, Asked(organisation_id=organisation.id), COOKING, CONTACT)
    assert [one.competence for one in made] == [COOKING, CONTACT]
    for user in (rob, ada):
        (letter,) = letters(user.email)
        assert "Samira Haddou" in letter.subject
        assert NOTE in letter.body
        assert "/tekenen" in letter.body
        assert [one.id for one in queries.waiting(user.id)] == [one.id for one in made]
    for user in (recruiter, elsewhere):
        assert not letters(user.email)
        assert not queries.waiting(user.id)
        assert queries.for_assessor(made[0].id, user.id) is None


def test_a_second_click_asks_nothing_and_mails_nobody() -> None:
    organisation = make_organisation()
    rob, samira = make_supervisor(organisation), make_owner()
    asked = Asked(organisation_id=organisation.id)
    assert len(make_asked(samira, asked, COOKING)) == 1
    assert make_asked(samira, asked, COOKING) == []
    assert len(make_asked(samira, asked, COOKING, CONTACT)) == 1
    assert len(letters(rob.email)) == 2
    assert db.session.scalar(select(func.count(Validation.id))) == 2


def test_the_database_refuses_a_second_open_question() -> None:
    organisation = make_organisation()
    make_supervisor(organisation)
    samira = make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    with pytest.raises(Exception, match=r"(?i)unique"), transaction():
        db.session.add(
            Validation(
                candidate_id=samira.id,
                competence=one.competence,
                organisation_id=organisation.id,
                asked_at=clock.now(),
            )
        )


def test_only_what_stands_in_the_own_portfolio_can_be_asked() -> None:
    organisation = make_organisation()
    make_supervisor(organisation)
    samira = make_owner(COOKING)
    for competences in ((), (CONTACT,), (COOKING, CONTACT)):
        with pytest.raises(NotFound), transaction():
            service.ask(
                competences,
                Asked(organisation_id=organisation.id),
                NOTE,
                actor=samira.user,
                now=clock.now(),
            )


def test_who_cannot_sign_cannot_be_asked() -> None:
    samira = make_owner()
    nobody_guides = make_organisation()
    make_supervisor(nobody_guides, Right.RECRUITER)
    not_admitted = make_organisation()
    make_supervisor(not_admitted)
    with transaction():
        not_admitted.standing = Standing.ASKED
    for asked in (
        Asked(organisation_id=nobody_guides.id),
        Asked(organisation_id=not_admitted.id),
        Asked(organisation_id=987654),
        Asked(),
        Asked(as_assessor=True),
    ):
        with pytest.raises(NotFound):
            make_asked(samira, asked)


# Signing


def test_a_supervisor_signs_and_the_candidate_hears_of_it() -> None:
    organisation = make_organisation("Zorggroep Proefbeek")
    rob, samira = make_supervisor(organisation), make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    before = samira.version
    now = clock.now()
    with transaction():
        signed = service.sign(one.id, signature(), version=1, actor=rob, now=now)
    assert (signed.state, signed.grade) == (ValidationState.SIGNED, Grade.VALIDATED)
    assert (signed.signed_by_id, signed.signed_name) == (rob.id, "Rob Claessens")
    assert samira.version == before + 1, "matches are made anew"
    assert audited(one) == ["validation.asked", "validation.signed"]
    (letter,) = letters(samira.user.email)
    assert "Rob Claessens van Zorggroep Proefbeek tekende voor" in letter.body
    assert f"/portfolio/getekend/{one.id}" in letter.body
    assert queries.counting(samira.id, clock.local_date(now)) == [signed]


@pytest.mark.parametrize(
    ("as_assessor", "mastery", "grade"),
    [
        (False, Mastery.TEACH, Grade.DEMONSTRATED),
        (True, Mastery.TEACH, Grade.VALIDATED),
        (True, Mastery.SUPERVISED, Grade.DEMONSTRATED),
        (True, Mastery.OBSERVE, Grade.CLAIMED),
    ],
)
def test_a_coach_signs_for_what_was_asked(as_assessor, mastery, grade) -> None:
    samira = make_owner()
    petra = make_guided(samira)
    (one,) = make_asked(samira, Asked(as_assessor=as_assessor))
    with transaction():
        signed = service.sign(one.id, signature(mastery), version=1, actor=petra, now=clock.now())
    assert signed.grade == grade


def test_a_coach_signs_for_the_own_candidates_only() -> None:
    samira = make_owner()
    make_guided(samira)
    stranger = make_user(RoleName.COACH)
    (one,) = make_asked(samira, Asked())
    with pytest.raises(NotFound), transaction():
        service.sign(one.id, signature(), version=1, actor=stranger, now=clock.now())
    assert queries.waiting(stranger.id) == []


def test_a_supervisor_never_signs_for_themselves() -> None:
    organisation = make_organisation()
    samira = make_owner()
    with transaction():
        add_member(organisation, samira.user, actor=None, now=clock.now())
    rob = make_supervisor(organisation)
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    assert queries.waiting(samira.user_id) == []
    with pytest.raises((NotFound, Forbidden)), transaction():
        service.sign(one.id, signature(), version=1, actor=samira.user, now=clock.now())
    assert letters(samira.user.email) == [], "nor is asked by mail"
    assert len(queries.waiting(rob.id)) == 1


def test_of_two_who_sign_one_is_told_who_was_first() -> None:
    organisation = make_organisation()
    rob, ada = make_supervisor(organisation), make_supervisor(organisation, name="Ada Kroon")
    samira = make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    with transaction():
        service.sign(one.id, signature(), version=1, actor=rob, now=clock.now())
    with pytest.raises(Conflict, match="Rob Claessens tekende hier al voor"), transaction():
        service.sign(
            one.id,
            signature(Mastery.TEACH, name="Ada Kroon"),
            version=1,
            actor=ada,
            now=clock.now(),
        )
    assert db.session.get_one(Validation, one.id).signed_name == "Rob Claessens"
    assert len(letters(samira.user.email)) == 1


@pytest.mark.parametrize("days", [0, -1, 3 * 366])
def test_a_day_in_the_past_or_too_far_off_is_refused(days) -> None:
    organisation = make_organisation()
    rob, samira = make_supervisor(organisation), make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    until = clock.local_date(clock.now()) + timedelta(days=days)
    with pytest.raises(Invalid) as refused, transaction():
        service.sign(one.id, signature(valid_until=until), version=1, actor=rob, now=clock.now())
    assert refused.value.fields == ("valid_until",)


def test_who_lost_the_right_cannot_sign_any_more() -> None:
    organisation = make_organisation()
    rob, samira = make_supervisor(organisation), make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    with transaction():
        add_member(organisation, rob, actor=None, now=clock.now()).supervisor = False
    with pytest.raises(NotFound), transaction():
        service.sign(one.id, signature(), version=1, actor=rob, now=clock.now())


def test_a_reason_for_not_signing_reaches_the_candidate() -> None:
    organisation = make_organisation()
    rob, samira = make_supervisor(organisation), make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    before = samira.version
    with transaction():
        service.decline(one.id, WHY, version=1, actor=rob, now=clock.now())
    (letter,) = letters(samira.user.email)
    assert WHY in letter.body
    assert samira.version == before, "nothing that counts has changed"
    # The same can be asked anew, also there.
    assert len(make_asked(samira, Asked(organisation_id=organisation.id))) == 1


# What follows


def test_a_signature_is_taken_back_with_a_reason() -> None:
    samira = make_owner()
    signed = make_signed(samira)
    rob = signed.signed_by
    before, version = samira.version, signed.version
    today = clock.local_date(clock.now())
    with transaction():
        service.withdraw(signed.id, WHY, version=version, actor=rob, now=clock.now())
    assert queries.counting(samira.id, today) == []
    assert samira.version == before + 1
    assert WHY in letters(samira.user.email)[-1].body
    with pytest.raises(Conflict), transaction():
        service.withdraw(signed.id, WHY, version=version + 1, actor=rob, now=clock.now())


def test_the_candidate_takes_it_out_and_puts_it_back() -> None:
    samira = make_owner()
    signed = make_signed(samira)
    today = clock.local_date(clock.now())
    before = samira.version
    with transaction():
        service.remove(signed.id, version=2, actor=samira.user, now=clock.now())
    assert queries.counting(samira.id, today) == []
    with transaction():
        service.restore(signed.id, version=3, actor=samira.user, now=clock.now())
    assert queries.counting(samira.id, today) == [signed]
    assert samira.version == before + 2
    assert signed.removed_at is None


@pytest.mark.parametrize(("agreed", "said"), [(True, "het eens"), (False, "het niet eens")])
def test_an_answer_reaches_who_signed(agreed, said) -> None:
    samira = make_owner()
    signed = make_signed(samira)
    words = "Ik doe dit al jaren zonder hulp."
    with transaction():
        service.answer(
            signed.id,
            agreed=agreed,
            words=words,
            version=2,
            actor=samira.user,
            now=clock.now(),
        )
    letter = letters(signed.signed_by.email)[-1]
    assert said in letter.subject
    assert words in letter.body
    assert (signed.agreed, signed.state) == (agreed, ValidationState.SIGNED)


def test_a_question_is_taken_back_and_put_back() -> None:
    organisation = make_organisation()
    rob, samira = make_supervisor(organisation), make_owner()
    (one,) = make_asked(samira, Asked(organisation_id=organisation.id))
    with transaction():
        service.cancel(one.id, version=1, actor=samira.user, now=clock.now())
    assert queries.waiting(rob.id) == []
    assert queries.for_assessor(one.id, rob.id) is None
    with transaction():
        service.ask_again(one.id, version=2, actor=samira.user, now=clock.now())
    assert queries.waiting(rob.id) == [one]
    with transaction():
        service.cancel(one.id, version=3, actor=samira.user, now=clock.now())
    make_asked(samira, Asked(organisation_id=organisation.id))
    with pytest.raises(Conflict, match="intussen opnieuw"), transaction():
        service.ask_again(one.id, version=4, actor=samira.user, now=clock.now())


@pytest.mark.parametrize("step", [service.cancel, service.remove, service.restore])
def test_what_is_somebody_elses_is_not_there(step) -> None:
    signed = make_signed(make_owner())
    stranger = make_owner(name="Bas Timmer")
    with pytest.raises(NotFound), transaction():
        step(signed.id, version=2, actor=stranger.user, now=clock.now())


def test_a_coach_keeps_what_they_signed_after_the_guidance_ended() -> None:
    from portal.coaching.queries import guidance

    samira = make_owner()
    petra = make_guided(samira)
    signed, left = make_asked(samira, Asked(), COOKING, CONTACT)
    with transaction():
        service.sign(signed.id, signature(), version=1, actor=petra, now=clock.now())
        guided = guidance(samira.id)
        assert guided is not None
        guided.ended_at = clock.now()
    assert queries.for_assessor(signed.id, petra.id) is not None
    assert queries.for_assessor(left.id, petra.id) is None


# The end


def test_somebody_is_warned_once_before_a_signature_ends() -> None:
    now = clock.now()
    samira = make_owner()
    signed = make_signed(samira, valid_until=clock.local_date(now) + timedelta(days=40))
    for days, warned in ((0, 0), (9, 0), (10, 1), (11, 0), (45, 0)):
        with transaction():
            assert service.warn_ending(now=now + timedelta(days=days)) == warned, days
    assert "verloopt op" in letters(samira.user.email)[-1].subject
    assert f"bekwaamheid={signed.competence}" in letters(samira.user.email)[-1].body


def test_what_has_ended_counts_no_longer_and_is_noted_once() -> None:
    now = clock.now()
    today = clock.local_date(now)
    samira = make_owner()
    signed = make_signed(samira, valid_until=today + timedelta(days=5))
    before = samira.version
    with transaction():
        assert service.let_end(now=now + timedelta(days=5)) == 0, "the last day still counts"
    assert queries.counting(samira.id, today + timedelta(days=5)) == [signed]
    assert queries.counting(samira.id, today + timedelta(days=6)) == []
    with transaction():
        assert service.let_end(now=now + timedelta(days=6)) == 1
    assert (signed.state, samira.version) == (ValidationState.EXPIRED, before + 1)
    with transaction():
        assert service.let_end(now=now + timedelta(days=7)) == 0
    assert audited(signed)[-1] == "validation.expired"

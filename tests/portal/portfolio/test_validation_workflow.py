"""Every cell of the table, and who may take each step; what a signature is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.portfolio import validation_policy as policy
from portal.portfolio.kinds import Grade, Mastery
from portal.portfolio.validation_workflow import (
    BY,
    NotAllowed,
    Party,
    ValidationAction,
    ValidationState,
    may,
    next_state,
)

S, A = ValidationState, ValidationAction
LEADS = {
    S.ASKED: {A.SIGN: S.SIGNED, A.DECLINE: S.DECLINED, A.CANCEL: S.CANCELLED},
    S.SIGNED: {
        A.ANSWER: S.SIGNED,
        A.REMOVE: S.REMOVED,
        A.WITHDRAW: S.WITHDRAWN,
        A.EXPIRE: S.EXPIRED,
    },
    S.REMOVED: {A.RESTORE: S.SIGNED, A.WITHDRAW: S.WITHDRAWN, A.EXPIRE: S.EXPIRED},
    S.CANCELLED: {A.ASK_AGAIN: S.ASKED},
    S.DECLINED: {},
    S.WITHDRAWN: {},
    S.EXPIRED: {},
}
PARTIES = {
    Party.ASSESSOR: {A.SIGN, A.DECLINE, A.WITHDRAW},
    Party.CANDIDATE: {A.CANCEL, A.ASK_AGAIN, A.ANSWER, A.REMOVE, A.RESTORE},
    Party.PORTAL: {A.EXPIRE},
}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("action", A)
def test_each_step_leads_where_the_table_says(state, action) -> None:
    wanted = LEADS[state].get(action)
    assert may(state, action) is (wanted is not None)
    if wanted is None:
        with pytest.raises(NotAllowed):
            next_state(state, action, BY[action])
    else:
        assert next_state(state, action, BY[action]) is wanted


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("action", A)
def test_a_step_is_for_one_party(party, action) -> None:
    state = next(state for state in S if action in LEADS[state])
    if action in PARTIES[party]:
        assert next_state(state, action, party) is LEADS[state][action]
    else:
        with pytest.raises(NotAllowed, match="not for the"):
            next_state(state, action, party)


@pytest.mark.parametrize(
    ("mastery", "assessor", "grade"),
    [
        (Mastery.OBSERVE, True, Grade.CLAIMED),
        (Mastery.OBSERVE, False, Grade.CLAIMED),
        (Mastery.SUPERVISED, True, Grade.DEMONSTRATED),
        (Mastery.SUPERVISED, False, Grade.DEMONSTRATED),
        (Mastery.INDEPENDENT, True, Grade.VALIDATED),
        (Mastery.INDEPENDENT, False, Grade.DEMONSTRATED),
        (Mastery.TEACH, True, Grade.VALIDATED),
        (Mastery.TEACH, False, Grade.DEMONSTRATED),
    ],
)
def test_what_a_signature_is_worth(mastery, assessor, grade) -> None:
    assert policy.worth(mastery, assessor=assessor) is grade


def test_only_who_works_alone_meets_a_requirement_in_full() -> None:
    assert [one for one in Mastery if policy.full(one)] == [Mastery.INDEPENDENT, Mastery.TEACH]


def test_nobody_signs_for_themselves() -> None:
    assert policy.may_sign(1, 2)
    assert not policy.may_sign(2, 2)


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, False),
        (TODAY + timedelta(days=1), True),
        (date(2029, 11, 22), True),
        (date(2029, 11, 23), False),
    ],
)
def test_a_signature_counts_three_years_at_most(until, allowed) -> None:
    assert policy.until_allowed(until, TODAY) is allowed


def test_a_leap_day_ends_on_the_day_before() -> None:
    assert policy.longest(date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.parametrize(("days", "warns"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_warning_comes_in_the_last_month(days, warns) -> None:
    assert policy.warns(TODAY + timedelta(days=days), TODAY) is warns

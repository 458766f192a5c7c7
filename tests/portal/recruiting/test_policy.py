"""Whom an employer may invite, how often and until when."""

from datetime import date, timedelta

import pytest

from portal.applications.models import InvitationState
from portal.recruiting import policy
from portal.recruiting.policy import NotInvited

FRIDAY = date(2027, 3, 5)


@pytest.mark.parametrize("ahead", range(7))
def test_a_week_runs_from_monday_to_sunday(ahead):
    day = date(2027, 3, 1) + timedelta(days=ahead)
    assert policy.week_of(day) == (date(2027, 3, 1), date(2027, 3, 8))


def test_a_week_over_new_year():
    assert policy.week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 4))


def test_what_is_left():
    assert [policy.left(3, sent) for sent in range(5)] == [3, 2, 1, 0, 0]
    assert policy.left(0, 0) == 0


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"invited": True}, NotInvited.ALREADY),
        ({"on_offer": False}, NotInvited.CLOSED),
        ({"sent": 3}, NotInvited.LIMIT),
        ({"limit": 0}, NotInvited.LIMIT),
        ({"invited": True, "on_offer": False, "sent": 9}, NotInvited.ALREADY),
    ],
)
def test_why_somebody_cannot_be_invited(changes, found):
    given = {"invited": False, "on_offer": True, "limit": 3, "sent": 2}
    assert policy.problem(**(given | changes)) is found


def test_there_are_ten_working_days_and_no_more_than_it_is_open():
    assert policy.answer_by(FRIDAY, None) == date(2027, 3, 19)
    assert policy.answer_by(FRIDAY, date(2027, 3, 10)) == date(2027, 3, 10)
    assert policy.answer_by(FRIDAY, date(2027, 5, 1)) == date(2027, 3, 19)
    # On its last day there is still time to answer.
    assert policy.answer_by(FRIDAY, FRIDAY) == date(2027, 3, 19)


def test_the_reminder_is_two_working_days_before():
    assert policy.reminds_on(date(2027, 3, 22)) == date(2027, 3, 18)


@pytest.mark.parametrize("state", InvitationState)
@pytest.mark.parametrize("on_offer", [True, False])
def test_only_what_waits_can_be_answered(state, on_offer):
    may = state is InvitationState.SENT and on_offer
    assert policy.may_answer(state, on_offer=on_offer) is may


@pytest.mark.parametrize("state", InvitationState)
@pytest.mark.parametrize("on_offer", [True, False])
@pytest.mark.parametrize(("hours", "soon"), [(1, True), (24, True), (25, False)])
def test_a_no_can_be_taken_back_for_a_day(state, on_offer, hours, soon):
    may = state is InvitationState.DECLINED and on_offer and soon
    since = timedelta(hours=hours)
    assert policy.may_take_back_no(state, since, on_offer=on_offer) is may

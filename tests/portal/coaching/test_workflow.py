"""Every cell of the table, and the pure rules."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.clock import ZONE
from portal.coaching import policy
from portal.coaching.workflow import NotAllowed, Party, TalkAction, TalkState, next_state

ALLOWED = {
    ("booked", "move", "candidate"): "booked",
    ("booked", "cancel", "candidate"): "cancelled",
    ("booked", "cancel", "coach"): "cancelled",
    ("cancelled", "restore", "candidate"): "booked",
    ("booked", "hold", "coach"): "held",
    ("booked", "miss", "coach"): "missed",
    ("held", "miss", "coach"): "missed",
    ("missed", "hold", "coach"): "held",
}
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("state", TalkState)
@pytest.mark.parametrize("action", TalkAction)
@pytest.mark.parametrize("party", Party)
def test_every_cell(state: TalkState, action: TalkAction, party: Party) -> None:
    wanted = ALLOWED.get((state, action, party))
    if wanted:
        assert next_state(state, action, party) == wanted
    else:
        with pytest.raises(NotAllowed):
            next_state(state, action, party)


def test_a_stretch_is_cut_into_talks_and_what_does_not_fit_is_left_out() -> None:
    found = policy.slots(date(2027, 3, 1), time(9), time(11, 20), minutes=45)
    assert [one.strftime("%H:%M") for one in found] == ["09:00", "09:45", "10:30"]
    assert policy.slots(date(2027, 3, 1), time(9), time(9, 30), minutes=45) == ()


def test_the_wall_clock_stays_when_summer_time_begins() -> None:
    # On 28 March 2027 the clock goes forward.
    before, after = policy.slots(date(2027, 3, 24), time(9), time(10), minutes=60, weeks=2)
    assert (before.astimezone(ZONE).hour, after.astimezone(ZONE).hour) == (9, 9)
    assert after - before == timedelta(days=7)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=-1)


def test_no_two_hours_overlap() -> None:
    at = [NOW + timedelta(minutes=15 * number) for number in range(6)]
    free = policy.free_of(at, 30, [(NOW + timedelta(minutes=30), 30)])
    assert free == (at[0], at[4], at[5])


@pytest.mark.parametrize(("ahead", "wanted"), [(119, False), (120, True), (-5, False)])
def test_booking_needs_notice(ahead: int, wanted: bool) -> None:
    assert policy.bookable(NOW + timedelta(minutes=ahead), NOW) is wanted


@pytest.mark.parametrize("state", TalkState)
def test_changing_until_it_begins_and_closing_after(state: TalkState) -> None:
    later, earlier = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)
    assert policy.may_change(state, later, NOW) is (state is TalkState.BOOKED)
    assert not policy.may_change(state, earlier, NOW)
    assert policy.may_close(state, earlier, NOW) is (state is not TalkState.CANCELLED)
    assert not policy.may_close(state, later, NOW)

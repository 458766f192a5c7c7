"""Every cell of the table: what may follow what, and that nothing else may."""

from itertools import product

import pytest

from portal.organisations.policy import (
    Check,
    leaves_an_admin,
    may_decide,
    open_checks,
    to_check_again,
)
from portal.organisations.workflow import NotAllowed, Standing, Step, next_standing, steps_from

ALLOWED = {
    ("asked", "admit"): "admitted",
    ("asked", "refuse"): "refused",
    ("asked", "withdraw"): "withdrawn",
    ("refused", "reconsider"): "asked",
    ("refused", "ask_again"): "asked",
    ("withdrawn", "ask_again"): "asked",
}


@pytest.mark.parametrize(("standing", "step"), product(Standing, Step))
def test_each_step(standing: Standing, step: Step) -> None:
    wanted = ALLOWED.get((standing.value, step.value))
    if wanted is None:
        with pytest.raises(NotAllowed):
            next_standing(standing, step)
    else:
        assert next_standing(standing, step) is Standing(wanted)
    assert (step in steps_from(standing)) is (wanted is not None)


def test_all_checks_must_be_done() -> None:
    done = {check.value: {"done": True, "remark": ""} for check in Check}
    assert open_checks(done) == ()
    assert open_checks(done | {"address": {"done": False, "remark": "belt terug"}}) == (
        Check.ADDRESS,
    )
    assert open_checks({}) == tuple(Check)


def test_a_change_undoes_the_checks_that_were_about_it() -> None:
    assert to_check_again({"address"}) == {Check.ADDRESS}
    assert to_check_again({"name"}) == {Check.REGISTER, Check.ACTS_FOR}
    assert to_check_again({"why_join"}) == frozenset()


def test_nobody_decides_about_an_own_organisation() -> None:
    assert may_decide(1, [2, 3], 2)
    assert not may_decide(2, [2, 3], 9)
    assert not may_decide(9, [2, 3], 9)


def test_somebody_has_to_be_admin() -> None:
    assert leaves_an_admin({1: ["recruiter"], 2: ["admin"]})
    assert not leaves_an_admin({1: ["recruiter"], 2: ["supervisor"]})

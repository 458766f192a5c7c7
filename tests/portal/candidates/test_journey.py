"""Where somebody is on the route, and what comes next: every step in every state."""

from dataclasses import replace
from itertools import product

import pytest

from portal.candidates.journey import Facts, Next, Step, StepState, next_step, steps
from portal.candidates.models import Situation
from portal.candidates.service import SKIPPABLE

NEWCOMER = Facts(situation=Situation.LATERAL_ENTRANT)
TOLD = replace(NEWCOMER, told=True)
ON_THE_WAY = replace(TOLD, looked=True, portfolio=True, talk_held=True)


def states(facts: Facts) -> list[str]:
    return [state.value for state in steps(facts).values()]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NEWCOMER, ["done", "now", "next", "next"]),
        (replace(NEWCOMER, looked=True), ["done", "done", "now", "next"]),
        (replace(NEWCOMER, talk_held=True), ["done", "now", "done", "next"]),
        (replace(NEWCOMER, looked=True, talk_held=True), ["done", "done", "done", "now"]),
        (replace(NEWCOMER, skipped=frozenset({"orient"})), ["done", "skipped", "now", "next"]),
        (
            replace(NEWCOMER, skipped=frozenset({"orient", "coach"})),
            ["done", "skipped", "skipped", "now"],
        ),
        (
            replace(NEWCOMER, skipped=frozenset({"coach"}), looked=True),
            ["done", "done", "skipped", "now"],
        ),
        # What was done counts, also when it was marked as not needed before.
        (
            replace(NEWCOMER, skipped=frozenset({"coach"}), talk_held=True),
            ["done", "now", "done", "next"],
        ),
        (replace(NEWCOMER, accepted=True), ["done", "skipped", "skipped", "done"]),
        (replace(ON_THE_WAY, accepted=True), ["done", "done", "done", "done"]),
    ],
)
def test_the_state_of_each_step(facts: Facts, expected: list[str]) -> None:
    assert list(steps(facts)) == list(Step)
    assert states(facts) == expected


def test_there_is_one_step_now_until_there_is_work() -> None:
    for looked, held, accepted, first, second in product([False, True], repeat=5):
        skipped = {name for name, on in zip(SKIPPABLE, (first, second), strict=True) if on}
        found = states(
            replace(
                NEWCOMER,
                looked=looked,
                talk_held=held,
                accepted=accepted,
                skipped=frozenset(skipped),
            )
        )
        assert found.count(StepState.NOW) == (0 if accepted else 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NEWCOMER, Next.TELL),
        (TOLD, Next.ORIENT),
        (replace(TOLD, skipped=frozenset({"orient"})), Next.PORTFOLIO),
        (replace(TOLD, looked=True), Next.PORTFOLIO),
        (replace(TOLD, looked=True, portfolio=True), Next.COACH),
        (replace(TOLD, looked=True, portfolio=True, talk_booked=True), Next.MATCHES),
        (
            replace(TOLD, looked=True, portfolio=True, skipped=frozenset({"coach"})),
            Next.MATCHES,
        ),
        (ON_THE_WAY, Next.MATCHES),
        (replace(ON_THE_WAY, saved=True), Next.SAVED),
        (replace(ON_THE_WAY, saved=True, applied=True), Next.MATCHES),
        # What is soon comes before the route, and what others wait for before that.
        (replace(TOLD, task_soon=True, talk_soon=True), Next.TASK),
        (replace(TOLD, talk_soon=True), Next.TALK),
        (replace(TOLD, task_soon=True, asked=True), Next.APPLICATION),
        (replace(TOLD, asked=True, invited=True), Next.INVITATION),
        (replace(NEWCOMER, invited=True), Next.INVITATION),
        (replace(TOLD, invited=True, accepted=True), Next.START),
    ],
)
def test_what_comes_next(facts: Facts, expected: Next) -> None:
    assert next_step(facts) is expected


def test_who_comes_back_asks_first_what_still_counts() -> None:
    assert next_step(replace(TOLD, situation=Situation.RETURNER)) is Next.STILL_COUNTS
    shown = replace(TOLD, situation=Situation.RETURNER, portfolio=True)
    assert next_step(shown) is Next.ORIENT
    assert next_step(replace(TOLD, situation=Situation.EMPLOYEE)) is Next.ORIENT

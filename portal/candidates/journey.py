"""Where somebody is on the route, and the one thing to do next: pure, out of facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.candidates.models import Situation


class Step(StrEnum):
    """The four steps, in order; who has an account has done the first."""

    SIGN_UP = "sign_up"
    ORIENT = "orient"
    COACH = "coach"
    MATCH = "match"


class StepState(StrEnum):
    """As components/steps.html shows it."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    SKIPPED = "skipped"


class Next(StrEnum):
    """The one thing to do next."""

    START = "start"
    INVITATION = "invitation"
    APPLICATION = "application"
    TELL = "tell"
    TASK = "task"
    TALK = "talk"
    STILL_COUNTS = "still_counts"
    ORIENT = "orient"
    PORTFOLIO = "portfolio"
    COACH = "coach"
    SAVED = "saved"
    MATCHES = "matches"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of somebody's route.

    `looked`: kept something of the guide, played the game, or saved or answered an opening.
    `asked`: an application waits for them. `soon`: within a few days.
    """

    situation: Situation | None = None
    told: bool = False
    looked: bool = False
    portfolio: bool = False
    talk_booked: bool = False
    talk_soon: bool = False
    talk_held: bool = False
    task_soon: bool = False
    invited: bool = False
    asked: bool = False
    saved: bool = False
    applied: bool = False
    accepted: bool = False
    skipped: frozenset[str] = frozenset()


_REMAINING: Final = (Step.ORIENT, Step.COACH, Step.MATCH)


def steps(facts: Facts) -> dict[Step, StepState]:
    """Return the state of each step, in order; at most one is now."""
    done = {
        Step.ORIENT: facts.looked,
        Step.COACH: facts.talk_held,
        Step.MATCH: facts.accepted,
    }
    found = {Step.SIGN_UP: StepState.DONE}
    for step in _REMAINING:
        if done[step]:
            found[step] = StepState.DONE
        elif step in facts.skipped or facts.accepted:
            found[step] = StepState.SKIPPED
        elif StepState.NOW in found.values():
            found[step] = StepState.NEXT
        else:
            found[step] = StepState.NOW
    return found


def next_step(facts: Facts) -> Next:
    """Return what to do next: what others wait for first, then the route in its order."""
    state = steps(facts)
    open_steps = (StepState.NOW, StepState.NEXT)
    returner = facts.situation is Situation.RETURNER
    asked = (
        (facts.accepted, Next.START),
        (facts.invited, Next.INVITATION),
        (facts.asked, Next.APPLICATION),
        (not facts.told, Next.TELL),
        (facts.task_soon, Next.TASK),
        (facts.talk_soon, Next.TALK),
        # Who comes back asks first what still counts; to others the work itself comes first.
        (returner and not facts.portfolio, Next.STILL_COUNTS),
        (state[Step.ORIENT] in open_steps, Next.ORIENT),
        (not facts.portfolio, Next.PORTFOLIO),
        (state[Step.COACH] in open_steps and not facts.talk_booked, Next.COACH),
        (facts.saved and not facts.applied, Next.SAVED),
    )
    return next((step for holds, step in asked if holds), Next.MATCHES)

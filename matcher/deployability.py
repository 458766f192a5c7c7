"""Deployability: what the evidence allows somebody to do there, and from when.

A level with reasons, never a percentage. Nobody is rejected here: the lowest level still says
what is missing. Legal demands are facts; only a fact on file meets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.framework import Framework
from matcher.route import Catalogue
from matcher.types import Deployability, Level, Reason, Status, Why


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level, the gaps that a route must close, and those that may be learnt at work."""

    deployability: Deployability
    must: tuple[tuple[str, Reason], ...]
    beside: tuple[Reason, ...]


def judge(
    reasons: Sequence[Reason],
    *,
    guidance: bool,
    framework: Framework,
    catalogue: Catalogue,
    level: int | None = None,
) -> Judgement:
    """Give the level, why, and what a route would have to close.

    `now`: every critical requirement is met and every legal gate is on file.
    `guided`: the critical ones are met at least in part, what is missing of them can be learnt
    there and guidance is offered; a missing gate is one that the employer arranges before the
    first day.
    `route`: activities of the catalogue close what stands in the way.
    `not_yet`: something critical that nothing in the region closes.

    What is not critical never lowers the level. It does appear in the route as something that is
    learnt beside a colleague or in an activity.
    """
    missing = [reason for reason in reasons if reason.status is not Status.MET]
    gates = [reason for reason in missing if reason.requirement.legal]
    gaps = [reason for reason in missing if not reason.requirement.legal]
    critical = [reason for reason in gaps if reason.requirement.critical]
    # The employer arranges these before the first day; the others are the person's own.
    arranged = [reason for reason in gates if _arranged(reason, framework)]
    own_gates = [reason for reason in gates if reason not in arranged]
    learnt_there = [
        reason
        for reason in critical
        if guidance and reason.requirement.learnable and reason.status is Status.PARTLY
    ]
    in_the_way = [reason for reason in critical if reason not in learnt_there]
    beside = [r for r in gaps if r not in in_the_way and r.requirement.learnable]

    def judged(given: Level) -> Judgement:
        return Judgement(Deployability(given, tuple(because)), tuple(must), tuple(beside))

    because: list[tuple[Why, tuple[str, ...]]] = []
    must: list[tuple[str, Reason]] = []
    if not critical and not gates:
        because.append((Why.ALL_CRITICAL_MET, ()))
        return judged(Level.NOW)

    closable = [reason for reason in in_the_way if _closable(reason, catalogue, level)]
    open_gates = [r for r in own_gates if catalogue.closes(r.requirement.gate, level)]
    must += [(_target(reason), reason) for reason in (*closable, *open_gates)]
    if learnt_there:
        because.append((Why.LEARNABLE_WITH_GUIDANCE, _ids(learnt_there)))
    if arranged:
        because.append((Why.EMPLOYER_ARRANGES_GATE, _ids(arranged)))
    if not in_the_way and not own_gates:
        return judged(Level.GUIDED)
    if closable:
        because.append((Why.ROUTE_CLOSES_GAP, _ids(closable)))
    if open_gates:
        because.append((Why.ROUTE_CLOSES_GATE, _ids(open_gates)))
    stuck = [reason for reason in in_the_way if reason not in closable]
    stuck_gates = [reason for reason in own_gates if reason not in open_gates]
    if not stuck and not stuck_gates:
        return judged(Level.ROUTE)
    if stuck_gates:
        because.append((Why.GATE_MISSING, _ids(stuck_gates)))
    if stuck:
        because.append((Why.CRITICAL_MISSING, _ids(stuck)))
    return judged(Level.NOT_YET)


def _arranged(reason: Reason, framework: Framework) -> bool:
    gate = framework.gates.get(reason.requirement.gate or "")
    return gate is not None and gate.arranged_by_employer


def _closable(reason: Reason, catalogue: Catalogue, level: int | None) -> bool:
    return catalogue.closes(reason.requirement.competence, level)


def _target(reason: Reason) -> str:
    return reason.requirement.gate or reason.requirement.competence or ""


def _ids(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(reason.requirement.id for reason in reasons)

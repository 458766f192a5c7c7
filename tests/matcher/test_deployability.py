"""The four levels of the domain, row by row; facts are not bought off by strength."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.deployability import Judgement, judge
from matcher.framework import Framework
from matcher.route import Catalogue
from matcher.types import Level, Reason, Requirement, Status, Why

MET, PARTLY, NOT_SHOWN = Status.MET, Status.PARTLY, Status.NOT_SHOWN
CLOSED = "wound-care"
"""A competence that the catalogue of these tests can deliver; OPEN it cannot."""
OPEN = "bookkeeping"


@pytest.fixture(scope="module")
def few(small_framework: Framework) -> Framework:
    """Learning that delivers CLOSED and the nurse's registration (from level 3), and no more."""
    steps = [
        one
        for one in small_framework.learning.values()
        if CLOSED in one.competences or "big-nurse" in one.gates
    ]
    assert steps
    return replace(
        small_framework,
        learning={
            one.id: one.model_copy(
                update={
                    "competences": (CLOSED,) if CLOSED in one.competences else (),
                    "gates": tuple(g for g in one.gates if g == "big-nurse"),
                    "entry_level": 3 if "big-nurse" in one.gates else 0,
                }
            )
            for one in steps
        },
    )


def asks(
    status: Status,
    competence: str | None = None,
    *,
    gate: str | None = None,
    legal: bool = False,
    critical: bool = True,
    learnable: bool = True,
    strength: float = 0.5,
) -> Reason:
    name = gate or competence or "own words"
    requirement = Requirement(
        f"r-{name}-{status}-{critical}-{learnable}",
        name,
        competence=competence,
        gate=gate,
        critical=critical,
        learnable=learnable and not (gate or legal),
        legal=bool(gate) or legal,
    )
    return Reason(requirement, status, None, strength)


def gate(name: str, status: Status = NOT_SHOWN, **more: object) -> Reason:
    return asks(status, gate=name, **more)


def judged(
    few: Framework, reasons: list[Reason], *, guidance: bool = True, level: int | None = None
) -> Judgement:
    return judge(reasons, guidance=guidance, framework=few, catalogue=Catalogue(few), level=level)


CASES = [
    # what the profile shows, guidance, level
    ([], False, Level.NOW),
    ([asks(MET, CLOSED), asks(MET, OPEN)], False, Level.NOW),
    ([asks(MET, CLOSED), gate("vog", MET), gate("big-nurse", MET)], False, Level.NOW),
    # What is not critical never lowers the level, learnable or not, guided or not.
    ([asks(MET, CLOSED), asks(NOT_SHOWN, OPEN, critical=False)], False, Level.NOW),
    ([asks(NOT_SHOWN, OPEN, critical=False, learnable=False)], False, Level.NOW),
    ([asks(PARTLY, OPEN, critical=False)] * 5, False, Level.NOW),
    # Partly, learnable and guided.
    ([asks(PARTLY, OPEN)], True, Level.GUIDED),
    ([asks(PARTLY, CLOSED)], True, Level.GUIDED),
    ([asks(MET, CLOSED), asks(PARTLY, OPEN)], True, Level.GUIDED),
    # Partly, and one of the conditions fails: a route, or nothing that closes it.
    ([asks(PARTLY, CLOSED)], False, Level.ROUTE),
    ([asks(PARTLY, OPEN)], False, Level.NOT_YET),
    ([asks(PARTLY, CLOSED, learnable=False)], True, Level.ROUTE),
    ([asks(PARTLY, OPEN, learnable=False)], True, Level.NOT_YET),
    # Not shown at all is not "met at least in part".
    ([asks(NOT_SHOWN, CLOSED)], True, Level.ROUTE),
    ([asks(NOT_SHOWN, OPEN)], True, Level.NOT_YET),
    ([asks(NOT_SHOWN)], True, Level.NOT_YET),
    ([asks(PARTLY)], True, Level.GUIDED),
    # The worst counts.
    ([asks(PARTLY, OPEN), asks(NOT_SHOWN, CLOSED)], True, Level.ROUTE),
    ([asks(NOT_SHOWN, CLOSED), asks(NOT_SHOWN, OPEN)], True, Level.NOT_YET),
    # The employer arranges a VOG before the first day.
    ([gate("vog")], False, Level.GUIDED),
    ([gate("vog", critical=False)], False, Level.GUIDED),
    ([asks(MET, CLOSED), gate("vog")], True, Level.GUIDED),
    ([asks(PARTLY, OPEN), gate("vog")], True, Level.GUIDED),
    ([asks(NOT_SHOWN, CLOSED), gate("vog")], True, Level.ROUTE),
    ([asks(NOT_SHOWN, OPEN), gate("vog")], True, Level.NOT_YET),
    # Other gates: a route closes it, or not.
    ([gate("big-nurse")], True, Level.ROUTE),
    ([asks(MET, CLOSED), gate("big-nurse"), gate("vog")], True, Level.ROUTE),
    ([gate("skj")], True, Level.NOT_YET),
    ([gate("big-nurse"), gate("skj")], True, Level.NOT_YET),
    ([gate("big-nurse", critical=False)], True, Level.ROUTE),
    ([gate("skj", critical=False)], True, Level.NOT_YET),
    # A legal demand that the framework does not know.
    ([asks(NOT_SHOWN, legal=True)], True, Level.NOT_YET),
    ([gate("licence-to-fly")], True, Level.NOT_YET),
]


@pytest.mark.parametrize(("reasons", "guidance", "level"), CASES)
def test_levels(few: Framework, reasons: list[Reason], guidance: bool, level: Level):
    found = judged(few, reasons, guidance=guidance)
    assert found.deployability.level is level
    # A level never comes without its reasons.
    assert found.deployability.because


@pytest.mark.parametrize(("reasons", "guidance", "level"), CASES)
def test_no_strength_buys_off_a_gate_or_a_gap(
    few: Framework, reasons: list[Reason], guidance: bool, level: Level
):
    strongest = [replace(one, strength=1.0) for one in reasons]
    assert judged(few, strongest, guidance=guidance).deployability.level is level


@pytest.mark.parametrize(("reasons", "guidance", "level"), CASES)
def test_what_is_not_critical_never_lowers(
    few: Framework, reasons: list[Reason], guidance: bool, level: Level
):
    more = [
        *reasons,
        asks(NOT_SHOWN, "cook-for-groups", critical=False),
        asks(PARTLY, "clean-rooms", critical=False, learnable=False),
    ]
    assert judged(few, more, guidance=guidance).deployability.level is level


@pytest.mark.parametrize(("reasons", "guidance", "level"), CASES)
def test_the_order_of_the_requirements_does_not_matter(
    few: Framework, reasons: list[Reason], guidance: bool, level: Level
):
    assert judged(few, reasons[::-1], guidance=guidance).deployability.level is level


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        ([asks(MET, OPEN)], {Why.ALL_CRITICAL_MET}),
        ([asks(PARTLY, OPEN)], {Why.LEARNABLE_WITH_GUIDANCE}),
        ([gate("vog")], {Why.EMPLOYER_ARRANGES_GATE}),
        ([asks(NOT_SHOWN, CLOSED)], {Why.ROUTE_CLOSES_GAP}),
        ([gate("big-nurse")], {Why.ROUTE_CLOSES_GATE}),
        ([gate("skj")], {Why.GATE_MISSING}),
        ([asks(NOT_SHOWN, OPEN)], {Why.CRITICAL_MISSING}),
        (
            [gate("skj"), gate("vog"), asks(NOT_SHOWN, CLOSED), asks(PARTLY, "clean-rooms")],
            {
                Why.GATE_MISSING,
                Why.EMPLOYER_ARRANGES_GATE,
                Why.ROUTE_CLOSES_GAP,
                Why.LEARNABLE_WITH_GUIDANCE,
            },
        ),
    ],
)
def test_the_reasons_say_why(few: Framework, reasons: list[Reason], why: set[Why]):
    found = judged(few, reasons).deployability
    assert {one for one, _ in found.because} == why
    named = {identifier for _, ids in found.because for identifier in ids}
    missing = {one.requirement.id for one in reasons if one.status is not MET}
    assert named == missing


def test_a_route_that_asks_a_higher_entry_level_is_no_route(few: Framework):
    assert judged(few, [gate("big-nurse")], level=3).deployability.level is Level.ROUTE
    assert judged(few, [gate("big-nurse")], level=2).deployability.level is Level.NOT_YET
    assert judged(few, [asks(NOT_SHOWN, CLOSED)], level=0).deployability.level is Level.ROUTE


def test_what_the_route_must_close_and_what_is_learnt_beside(few: Framework):
    reasons = [
        asks(NOT_SHOWN, CLOSED),
        asks(PARTLY, OPEN),
        gate("big-nurse"),
        asks(NOT_SHOWN, "cook-for-groups", critical=False),
        asks(NOT_SHOWN, "clean-rooms", critical=False, learnable=False),
        asks(MET, "drive-clients"),
    ]
    found = judged(few, reasons)
    assert {target for target, _ in found.must} == {CLOSED, "big-nurse"}
    assert [one.requirement.competence for one in found.beside] == [OPEN, "cook-for-groups"]

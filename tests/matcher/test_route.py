"""Routes: every gap that the catalogue can close is closed, at no more than it must cost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import home
from matcher.framework import ActivityText, Form, Framework, LearningActivity
from matcher.route import Catalogue
from matcher.types import Reason, Requirement, Route, Status

WHOLE = home.framework()
TARGETS = (*WHOLE.competences, *WHOLE.gates)


def activity(
    identifier: str,
    *delivers: str,
    weeks: int = 4,
    hours: float = 4,
    entry: int = 0,
    paid: bool = True,
    gates: tuple[str, ...] = (),
) -> LearningActivity:
    words = ActivityText(title=f"Leer {identifier}", description="Iets om te leren.")
    return LearningActivity(
        id=identifier,
        form=Form.MODULE,
        nl=words,
        en=words,
        provider="Leerhuis",
        weeks=weeks,
        hours_per_week=hours,
        paid=paid,
        entry_level=entry,
        competences=delivers,
        gates=gates,
    )


def catalogue(*activities: LearningActivity) -> Catalogue:
    return Catalogue(replace(WHOLE, learning={one.id: one for one in activities}))


def gap(target: str) -> tuple[str, Reason]:
    gate = target in WHOLE.gates
    requirement = Requirement(
        f"r-{target}",
        target,
        competence=None if gate else target,
        gate=target if gate else None,
        critical=True,
        legal=gate,
    )
    return target, Reason(requirement, Status.NOT_SHOWN, None, 0.0)


def closed(route: Route) -> set[str]:
    return {identifier for step in route.steps for identifier in step.closes}


def steps(route: Route) -> list[str]:
    return [step.activity for step in route.steps]


def test_nothing_missing_is_an_empty_route():
    assert Catalogue(WHOLE).plan([], []) == Route()


def test_one_activity_for_two_gaps_before_two_for_one_each():
    found = catalogue(
        activity("both", "wound-care", "clean-rooms", weeks=4),
        activity("wounds", "wound-care", weeks=3),
        activity("rooms", "clean-rooms", weeks=3),
    )
    assert steps(found.plan([gap("wound-care"), gap("clean-rooms")], [])) == ["both"]
    assert steps(found.plan([gap("wound-care")], [])) == ["wounds"]


def test_the_cheaper_goes_first_then_the_paid_then_the_id():
    dear, cheap = activity("a", "wound-care", weeks=100), activity("z", "wound-care", weeks=2)
    assert steps(catalogue(dear, cheap).plan([gap("wound-care")], [])) == ["z"]
    unpaid, paid = activity("a", "wound-care", paid=False), activity("z", "wound-care")
    assert steps(catalogue(unpaid, paid).plan([gap("wound-care")], [])) == ["z"]
    assert steps(
        catalogue(activity("b", "wound-care"), activity("a", "wound-care")).plan(
            [gap("wound-care")], []
        )
    ) == ["a"]


def test_a_gate_takes_its_course_and_the_course_closes_more():
    found = catalogue(
        activity("module", "wound-care", weeks=1),
        activity("course", "wound-care", weeks=100, gates=("big-nurse",)),
    )
    route = found.plan([gap("big-nurse"), gap("wound-care")], [])
    assert closed(route) == {"r-big-nurse", "r-wound-care"}
    assert "course" in steps(route)


def test_the_entry_level_is_respected():
    found = catalogue(
        activity("high", "wound-care", weeks=1, entry=4), activity("low", "wound-care", weeks=9)
    )
    assert steps(found.plan([gap("wound-care")], [], level=4)) == ["high"]
    assert steps(found.plan([gap("wound-care")], [], level=0)) == ["low"]
    assert steps(found.plan([gap("wound-care")], [])) == ["high"]
    assert catalogue(activity("high", "wound-care", entry=4)).closes("wound-care", 3) is False
    assert (
        steps(
            catalogue(activity("high", "wound-care", entry=4)).plan(
                [gap("wound-care")], [], level=3
            )
        )
        == []
    )


def test_weeks_hours_and_pay_add_up():
    found = catalogue(
        activity("a", "wound-care", weeks=4, hours=2.5),
        activity("b", "clean-rooms", weeks=6, hours=10, paid=False),
    )
    route = found.plan([gap("wound-care"), gap("clean-rooms")], [])
    assert (route.weeks, route.hours, route.paid) == (10, 70, False)
    assert found.plan([gap("wound-care")], []).paid is True


def test_what_an_activity_delivers_is_not_also_learnt_beside_a_colleague():
    found = catalogue(activity("both", "wound-care", "clean-rooms"))
    beside = [gap("clean-rooms")[1], gap("cook-for-groups")[1]]
    route = found.plan([gap("wound-care")], beside)
    weeks = WHOLE.competences["cook-for-groups"].weeks_on_the_job
    assert route.on_the_job == (("r-cook-for-groups", weeks),)


def test_two_requirements_of_one_competence_are_closed_by_one_activity():
    first = gap("wound-care")
    second = (
        "wound-care",
        replace(first[1], requirement=replace(first[1].requirement, id="other")),
    )
    route = catalogue(activity("a", "wound-care")).plan([first, second], [])
    assert steps(route) == ["a"]
    assert closed(route) == {"r-wound-care", "other"}


def test_closes():
    whole = Catalogue(WHOLE)
    assert whole.closes("wound-care")
    assert whole.closes("big-nurse")
    assert not whole.closes("vog")
    assert not whole.closes(None)
    assert not whole.closes("")
    assert not whole.closes("no-such-thing")


@settings(deadline=None, max_examples=150)
@given(
    targets=st.lists(st.sampled_from(TARGETS), max_size=8, unique=True),
    level=st.sampled_from([None, 0, 1, 2, 3, 4, 6, 7]),
)
def test_every_gap_that_has_an_activity_is_closed(targets: list[str], level: int | None):
    found = Catalogue(WHOLE)
    route = found.plan([gap(one) for one in targets], [], level)
    assert closed(route) == {f"r-{one}" for one in targets if found.closes(one, level)}
    chosen = [WHOLE.learning[one] for one in steps(route)]
    assert len(set(steps(route))) == len(chosen)
    assert all(level is None or one.entry_level <= level for one in chosen)
    assert route.weeks == sum(one.weeks for one in chosen)
    assert route.paid is all(one.paid for one in chosen)
    # Each activity closes what it says, and something that no earlier one did.
    for step in route.steps:
        delivered = {*WHOLE.learning[step.activity].competences}
        delivered |= {*WHOLE.learning[step.activity].gates}
        assert step.closes
        assert {one.removeprefix("r-") for one in step.closes} <= delivered


@settings(deadline=None, max_examples=40)
@given(targets=st.permutations(["wound-care", "big-nurse", "cook-for-groups", "bookkeeping"]))
def test_the_order_of_the_gaps_does_not_matter(targets: list[str]):
    found = Catalogue(WHOLE)
    expected = found.plan([gap(one) for one in sorted(targets)], [])
    assert found.plan([gap(one) for one in targets], []) == expected


def test_an_empty_catalogue_closes_nothing(framework: Framework):
    assert catalogue().plan([gap("wound-care")], [gap("clean-rooms")[1]]).steps == ()

"""A route in weeks: step after step, and what is learnt on the job from the first day of work."""

from dataclasses import dataclass

import pytest

from matcher import Framework
from matcher.route import Catalogue
from portal.pictures import timeline


@dataclass(frozen=True)
class Step:
    weeks: int


def test_steps_stand_behind_each_other() -> None:
    drawn = timeline([Step(3), Step(1), Step(4)])
    assert [(bar.start, bar.weeks) for bar in drawn.steps] == [(0, 3), (3, 1), (4, 4)]
    assert drawn.weeks == 8
    assert drawn.steps[-1].x + drawn.steps[-1].width == pytest.approx(100, abs=0.02)
    assert [bar.width / bar.weeks for bar in drawn.steps] == pytest.approx([12.5] * 3, abs=0.01)
    assert drawn.work is None


def test_on_the_job_begins_together_after_the_steps() -> None:
    drawn = timeline([Step(4)], [("vraagt door", 6), ("schrijft op", 2)])
    assert [(bar.start, bar.weeks) for bar in drawn.on_the_job] == [(4, 6), (4, 2)]
    assert {bar.x for bar in drawn.on_the_job} == {drawn.work} == {40.0}
    assert drawn.weeks == 10
    assert drawn.work_week == 4


def test_only_on_the_job() -> None:
    drawn = timeline([], [("vraagt door", 6)])
    assert (drawn.weeks, drawn.work, drawn.on_the_job[0].x) == (6, None, 0)


def test_no_route() -> None:
    assert timeline([]).weeks == 0
    assert timeline([]).ticks == ()


@pytest.mark.parametrize("weeks", [*range(1, 30), 52, 80, 104, 156, 200, 300])
def test_ticks_are_few_and_within(weeks) -> None:
    ticks = timeline([Step(weeks)]).ticks
    assert len(ticks) <= 6
    assert all(0 < tick.x < 100 and 0 < tick.week < weeks for tick in ticks)
    assert all(tick.years for tick in ticks) or weeks < 53


def test_weeks_of_a_long_route_are_told_in_years() -> None:
    assert [tick.years for tick in timeline([Step(104)]).ticks] == [0.5, 1, 1.5]


def test_it_adds_up_as_the_engine_does(app) -> None:
    from portal.matching.knowledge import framework

    known: Framework = framework()
    chosen = list(known.learning.values())[:3]
    assert timeline(chosen).weeks == sum(one.weeks for one in chosen)
    assert Catalogue(known).plan([], []).weeks == timeline([]).weeks

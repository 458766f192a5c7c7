"""A week of one job or of a few."""

import pytest

from portal.opportunities.day_parts import ALL, DAYS, PARTS, to_mask
from portal.pictures import Job, glyph, week

LINDE = Job("De Linde", to_mask([("mon", "morning"), ("sun", "night")]), 8, fixed=True)
GEUL = Job("Geuldal", to_mask([("mon", "afternoon")]), 4.5, fixed=True)


def filled(drawn) -> set[tuple[str, str, int]]:
    return {
        (DAYS[day], PARTS[part], job)
        for part, row in enumerate(drawn.rows)
        for day, cell in enumerate(row)
        for job in cell.jobs
    }


def test_every_day_part_stands_in_its_place() -> None:
    drawn = week([LINDE, GEUL])
    assert filled(drawn) == {
        ("mon", "morning", 0),
        ("sun", "night", 0),
        ("mon", "afternoon", 1),
    }
    assert drawn.hours == 12.5


def test_hours_that_nobody_told_are_not_added_up() -> None:
    assert week([LINDE, Job("Los", 1)]).hours is None
    assert week([]).hours is None


@pytest.mark.parametrize(("fixed", "clash"), [(True, True), (False, False)])
def test_two_fixed_jobs_at_once_clash(fixed, clash) -> None:
    drawn = week([LINDE, Job("Ook", LINDE.day_parts, fixed=fixed)])
    assert drawn.rows[0][0].jobs == (0, 1)
    assert drawn.rows[0][0].clash is clash
    assert not drawn.rows[1][0].clash


def test_the_small_week_tells_the_same() -> None:
    drawn = glyph(LINDE.day_parts)
    assert len(drawn.squares) == 28
    on = {(x, y) for x, y, on in drawn.squares if on}
    step = drawn.width / 7
    assert on == {(0, 0), (6 * step, 3 * step)}
    assert all(
        x + drawn.size <= drawn.width and y + drawn.size <= drawn.height
        for x, y, _on in drawn.squares
    )
    assert all(on for *_at, on in glyph(ALL).squares)

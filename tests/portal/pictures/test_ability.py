"""What somebody can: one scale for all groups, and nothing larger than it is."""

from types import SimpleNamespace

import pytest

from portal.pictures.ability import GRADES, WIDEST, ability


def group(label: str, *grades: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, competences=[SimpleNamespace(grade=one) for one in grades])


def test_a_column_is_as_high_as_it_is_well_shown() -> None:
    (row,) = ability([group("Zorg", *GRADES)]).rows
    assert [(one.grade, one.steps) for one in row.columns] == [
        ("certified", 4),
        ("validated", 3),
        ("demonstrated", 2),
        ("claimed", 1),
    ]
    assert row.counts == (1, 1, 1, 1)


def test_all_groups_have_one_scale() -> None:
    drawn = ability([group("Groot", *["claimed"] * 40), group("Klein", "certified")])
    assert len({one.width for row in drawn.rows for one in row.columns}) == 1
    assert [row.total for row in drawn.rows] == [40, 1]
    assert drawn.counts == (40, 0, 0, 1)
    assert drawn.total == 41


@pytest.mark.parametrize("number", [1, 5, 17, 60])
def test_columns_stand_side_by_side_within_the_width(number) -> None:
    (row,) = ability([group("Zorg", *["validated"] * number)]).rows
    for one, following in zip(row.columns, row.columns[1:], strict=False):
        assert one.x + one.width < following.x
    last = row.columns[-1]
    assert last.x + last.width <= 100
    assert last.width <= WIDEST


def test_nothing_gives_nothing() -> None:
    assert ability([]).rows == ()
    assert ability([group("Leeg")]).rows == ()
    assert ability([group("Leeg")]).total == 0

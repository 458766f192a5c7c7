import pytest

from portal.opportunities.workflow import (
    TRANSITIONS,
    Action,
    NotAllowed,
    Status,
    actions_from,
    next_status,
)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_the_table_decides(status: Status, action: Action) -> None:
    if (status, action) in TRANSITIONS:
        assert next_status(status, action) is TRANSITIONS[status, action]
        assert action in actions_from(status)
    else:
        with pytest.raises(NotAllowed):
            next_status(status, action)
        assert action not in actions_from(status)


def test_nothing_becomes_a_draft_again() -> None:
    assert Status.DRAFT not in TRANSITIONS.values()


def test_every_state_can_be_left_and_reached() -> None:
    assert {origin for origin, _ in TRANSITIONS} == set(Status)
    assert {Status.DRAFT, *TRANSITIONS.values()} == set(Status)

"""The life of a booked talk: one table says who may do what, and what follows."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TalkState(StrEnum):
    """What became of a booked talk."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"


class TalkAction(StrEnum):
    """What moves a talk on."""

    MOVE = "move"
    CANCEL = "cancel"
    RESTORE = "restore"
    HOLD = "hold"
    MISS = "miss"


class Party(StrEnum):
    """Who moves a talk on."""

    CANDIDATE = "candidate"
    COACH = "coach"


_BOTH: Final = frozenset(Party)
_COACH: Final = frozenset({Party.COACH})
TRANSITIONS: Final[dict[tuple[TalkState, TalkAction], tuple[TalkState, frozenset[Party]]]] = {
    (TalkState.BOOKED, TalkAction.MOVE): (TalkState.BOOKED, frozenset({Party.CANDIDATE})),
    (TalkState.BOOKED, TalkAction.CANCEL): (TalkState.CANCELLED, _BOTH),
    (TalkState.CANCELLED, TalkAction.RESTORE): (TalkState.BOOKED, frozenset({Party.CANDIDATE})),
    (TalkState.BOOKED, TalkAction.HOLD): (TalkState.HELD, _COACH),
    (TalkState.BOOKED, TalkAction.MISS): (TalkState.MISSED, _COACH),
    # A coach who took the wrong button takes the other one.
    (TalkState.HELD, TalkAction.MISS): (TalkState.MISSED, _COACH),
    (TalkState.MISSED, TalkAction.HOLD): (TalkState.HELD, _COACH),
}


class NotAllowed(ValueError):
    """The table has no such step, or not for this party."""


def next_state(state: TalkState, action: TalkAction, party: Party) -> TalkState:
    """Return where `action` leads from `state`. Raises NotAllowed when it leads nowhere."""
    following, parties = TRANSITIONS.get((state, action), (state, frozenset()))
    if party not in parties:
        raise NotAllowed(f"{action} by {party} does not follow {state}")
    return following

"""The life of an application: one table says who may do what, and what follows."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where an application is."""

    NEW = "new"
    IN_CONVERSATION = "in_conversation"
    POSTPONED = "postponed"
    TRIAL = "trial"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Party(StrEnum):
    """Who moves an application on."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    PORTAL = "portal"

    @property
    def other(self) -> Party:
        """The party on the other side; the portal has none."""
        return Party.EMPLOYER if self is Party.CANDIDATE else Party.CANDIDATE


class Action(StrEnum):
    """What moves an application on."""

    TALK = "talk"
    POSTPONE = "postpone"
    TRY = "try"
    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    RETURN = "return"
    """A postponed one comes back on its day."""
    LAPSE = "lapse"
    """Nobody answered in time."""
    CLOSE = "close"
    """The opening closed before there was an answer."""


APPLY: Final = "apply"
REOPEN: Final = "reopen"
UNDO: Final = "undo"
"""Steps that the table below does not hold: the first one, the one that brings back what closed
with its opening, and the one that takes the last step back."""

OPEN: Final = (State.NEW, State.IN_CONVERSATION, State.POSTPONED, State.TRIAL, State.OFFERED)
"""States in which something can still come of it."""

TRANSITIONS: Final[dict[tuple[State, Party, Action], State]] = {
    (State.NEW, Party.EMPLOYER, Action.TALK): State.IN_CONVERSATION,
    (State.NEW, Party.EMPLOYER, Action.POSTPONE): State.POSTPONED,
    (State.NEW, Party.EMPLOYER, Action.TRY): State.TRIAL,
    (State.NEW, Party.EMPLOYER, Action.OFFER): State.OFFERED,
    (State.NEW, Party.EMPLOYER, Action.REFUSE): State.REFUSED,
    (State.NEW, Party.CANDIDATE, Action.WITHDRAW): State.WITHDRAWN,
    (State.NEW, Party.PORTAL, Action.LAPSE): State.LAPSED,
    (State.NEW, Party.PORTAL, Action.CLOSE): State.LAPSED,
    (State.IN_CONVERSATION, Party.EMPLOYER, Action.POSTPONE): State.POSTPONED,
    (State.IN_CONVERSATION, Party.EMPLOYER, Action.TRY): State.TRIAL,
    (State.IN_CONVERSATION, Party.EMPLOYER, Action.OFFER): State.OFFERED,
    (State.IN_CONVERSATION, Party.EMPLOYER, Action.REFUSE): State.REFUSED,
    (State.IN_CONVERSATION, Party.CANDIDATE, Action.TRY): State.TRIAL,
    (State.IN_CONVERSATION, Party.CANDIDATE, Action.WITHDRAW): State.WITHDRAWN,
    (State.IN_CONVERSATION, Party.PORTAL, Action.LAPSE): State.LAPSED,
    (State.IN_CONVERSATION, Party.PORTAL, Action.CLOSE): State.LAPSED,
    (State.POSTPONED, Party.EMPLOYER, Action.TALK): State.IN_CONVERSATION,
    (State.POSTPONED, Party.EMPLOYER, Action.POSTPONE): State.POSTPONED,
    (State.POSTPONED, Party.EMPLOYER, Action.TRY): State.TRIAL,
    (State.POSTPONED, Party.EMPLOYER, Action.OFFER): State.OFFERED,
    (State.POSTPONED, Party.EMPLOYER, Action.REFUSE): State.REFUSED,
    (State.POSTPONED, Party.CANDIDATE, Action.WITHDRAW): State.WITHDRAWN,
    (State.POSTPONED, Party.PORTAL, Action.RETURN): State.IN_CONVERSATION,
    (State.POSTPONED, Party.PORTAL, Action.CLOSE): State.LAPSED,
    (State.TRIAL, Party.EMPLOYER, Action.TALK): State.IN_CONVERSATION,
    (State.TRIAL, Party.EMPLOYER, Action.POSTPONE): State.POSTPONED,
    (State.TRIAL, Party.EMPLOYER, Action.OFFER): State.OFFERED,
    (State.TRIAL, Party.EMPLOYER, Action.REFUSE): State.REFUSED,
    (State.TRIAL, Party.CANDIDATE, Action.TALK): State.IN_CONVERSATION,
    (State.TRIAL, Party.CANDIDATE, Action.WITHDRAW): State.WITHDRAWN,
    (State.TRIAL, Party.PORTAL, Action.LAPSE): State.LAPSED,
    (State.TRIAL, Party.PORTAL, Action.CLOSE): State.LAPSED,
    (State.OFFERED, Party.EMPLOYER, Action.TALK): State.IN_CONVERSATION,
    (State.OFFERED, Party.EMPLOYER, Action.OFFER): State.OFFERED,
    (State.OFFERED, Party.EMPLOYER, Action.REFUSE): State.REFUSED,
    (State.OFFERED, Party.CANDIDATE, Action.TALK): State.IN_CONVERSATION,
    (State.OFFERED, Party.CANDIDATE, Action.ACCEPT): State.ACCEPTED,
    (State.OFFERED, Party.CANDIDATE, Action.WITHDRAW): State.WITHDRAWN,
    (State.OFFERED, Party.PORTAL, Action.LAPSE): State.LAPSED,
    (State.OFFERED, Party.PORTAL, Action.CLOSE): State.LAPSED,
}
"""What each party may do in each state, and where it leads; what is not here is not possible."""

WAITS_ON: Final[dict[State, Party]] = {
    State.NEW: Party.EMPLOYER,
    State.IN_CONVERSATION: Party.EMPLOYER,
    State.TRIAL: Party.EMPLOYER,
    State.OFFERED: Party.CANDIDATE,
}
"""Who has to decide before the answer date. An employer leads a conversation to its end."""


class MeetingState(StrEnum):
    """What became of a proposed meeting."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class MeetingAction(StrEnum):
    """What a party does with a proposed meeting."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MOVE = "move"
    CANCEL = "cancel"


MEETINGS: Final[dict[tuple[MeetingState, bool, MeetingAction], MeetingState]] = {
    (MeetingState.PROPOSED, False, MeetingAction.ACCEPT): MeetingState.ACCEPTED,
    (MeetingState.PROPOSED, False, MeetingAction.DECLINE): MeetingState.DECLINED,
    (MeetingState.PROPOSED, False, MeetingAction.MOVE): MeetingState.PROPOSED,
    (MeetingState.PROPOSED, True, MeetingAction.MOVE): MeetingState.PROPOSED,
    (MeetingState.PROPOSED, True, MeetingAction.CANCEL): MeetingState.CANCELLED,
    (MeetingState.ACCEPTED, False, MeetingAction.MOVE): MeetingState.PROPOSED,
    (MeetingState.ACCEPTED, True, MeetingAction.MOVE): MeetingState.PROPOSED,
    (MeetingState.ACCEPTED, False, MeetingAction.CANCEL): MeetingState.CANCELLED,
    (MeetingState.ACCEPTED, True, MeetingAction.CANCEL): MeetingState.CANCELLED,
}
"""State, whether the proposal is one's own, and what one does: where it leads."""


class NotAllowed(ValueError):
    """The table has no such step."""


def next_state(state: State, party: Party, action: Action) -> State:
    """Return where `action` of `party` leads. Raises NotAllowed when it leads nowhere."""
    try:
        return TRANSITIONS[state, party, action]
    except KeyError:
        raise NotAllowed(f"{action} of {party} does not follow {state}") from None


def actions_from(state: State, party: Party) -> tuple[Action, ...]:
    """Return what `party` may do in `state`, for the buttons of a page."""
    return tuple(
        action for (origin, who, action) in TRANSITIONS if origin is state and who is party
    )


def next_meeting(state: MeetingState, own: bool, action: MeetingAction) -> MeetingState:
    """The same for a meeting; `own` says whether the party proposed this time itself."""
    try:
        return MEETINGS[state, own, action]
    except KeyError:
        raise NotAllowed(f"{action} does not follow {state}") from None

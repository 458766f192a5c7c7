"""The table of states: every cell, and no cell that nobody wrote down here."""

from __future__ import annotations

from itertools import product

import pytest

from portal.applications.workflow import (
    MEETINGS,
    OPEN,
    TRANSITIONS,
    WAITS_ON,
    Action,
    MeetingAction,
    MeetingState,
    NotAllowed,
    Party,
    State,
    actions_from,
    next_meeting,
    next_state,
)

ENDED = set(State) - set(OPEN)
EMPLOYER = {
    "new": {"talk": "in_conversation", "postpone": "postponed", "try": "trial",
            "offer": "offered", "refuse": "refused"},
    "in_conversation": {"postpone": "postponed", "try": "trial", "offer": "offered",
                        "refuse": "refused"},
    "postponed": {"talk": "in_conversation", "postpone": "postponed", "try": "trial",
                  "offer": "offered", "refuse": "refused"},
    "trial": {"talk": "in_conversation", "postpone": "postponed", "offer": "offered",
              "refuse": "refused"},
    "offered": {"talk": "in_conversation", "offer": "offered", "refuse": "refused"},
}  # fmt: skip
CANDIDATE = {
    "new": {"withdraw": "withdrawn"},
    "in_conversation": {"try": "trial", "withdraw": "withdrawn"},
    "postponed": {"withdraw": "withdrawn"},
    "trial": {"talk": "in_conversation", "withdraw": "withdrawn"},
    "offered": {"talk": "in_conversation", "accept": "accepted", "withdraw": "withdrawn"},
}
PORTAL = {
    "new": {"lapse": "lapsed", "close": "lapsed"},
    "in_conversation": {"lapse": "lapsed", "close": "lapsed"},
    "postponed": {"return": "in_conversation", "close": "lapsed"},
    "trial": {"lapse": "lapsed", "close": "lapsed"},
    "offered": {"lapse": "lapsed", "close": "lapsed"},
}
WANTED = {Party.EMPLOYER: EMPLOYER, Party.CANDIDATE: CANDIDATE, Party.PORTAL: PORTAL}


@pytest.mark.parametrize(("state", "party", "action"), list(product(State, Party, Action)))
def test_every_cell(state: State, party: Party, action: Action) -> None:
    wanted = WANTED[party].get(state, {}).get(action)
    if wanted is None:
        with pytest.raises(NotAllowed):
            next_state(state, party, action)
        assert action not in actions_from(state, party)
    else:
        assert next_state(state, party, action) == wanted
        assert action in actions_from(state, party)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_so(state: State) -> None:
    assert not any(actions_from(state, party) for party in Party)


@pytest.mark.parametrize("state", OPEN)
def test_nobody_is_stuck(state: State) -> None:
    # A candidate can always stop, and every open state ends without anybody doing anything.
    assert Action.WITHDRAW in actions_from(state, Party.CANDIDATE)
    by_itself = {Action.LAPSE, Action.RETURN} & set(actions_from(state, Party.PORTAL))
    assert by_itself
    assert (state in WAITS_ON) == (Action.LAPSE in by_itself)


def test_only_a_candidate_says_yes() -> None:
    who = {party for (_state, party, action) in TRANSITIONS if action is Action.ACCEPT}
    assert who == {Party.CANDIDATE}


MEETING = {
    ("proposed", False): {"accept": "accepted", "decline": "declined", "move": "proposed"},
    ("proposed", True): {"move": "proposed", "cancel": "cancelled"},
    ("accepted", False): {"move": "proposed", "cancel": "cancelled"},
    ("accepted", True): {"move": "proposed", "cancel": "cancelled"},
}


@pytest.mark.parametrize(
    ("state", "own", "action"), list(product(MeetingState, (False, True), MeetingAction))
)
def test_every_cell_of_a_meeting(state: MeetingState, own: bool, action: MeetingAction) -> None:
    wanted = MEETING.get((state, own), {}).get(action)
    assert ((state, own, action) in MEETINGS) == (wanted is not None)
    if wanted is None:
        with pytest.raises(NotAllowed):
            next_meeting(state, own, action)
    else:
        assert next_meeting(state, own, action) == wanted


def test_the_parties_face_each_other() -> None:
    assert Party.CANDIDATE.other is Party.EMPLOYER
    assert Party.EMPLOYER.other is Party.CANDIDATE

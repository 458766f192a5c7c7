"""Four weeks after an end without a job, what people wrote is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.applications import purging, queries, service
from portal.applications.meetings import MeetingInput
from portal.applications.workflow import Action, Party, State
from portal.extensions import db
from portal.transaction import transaction
from tests.factories.applications import WORD, make_application, recruiter_of, step

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
ENDED = NOW + timedelta(minutes=30)


def talked(state: State):
    made = make_application(State.IN_CONVERSATION, now=NOW)
    recruiter = recruiter_of(made.opportunity)
    with transaction():
        service.say(made.id, "Dag!", actor=recruiter, party=Party.EMPLOYER, now=NOW)
        service.propose_meeting(
            made.id,
            MeetingInput(starts_at=NOW + timedelta(days=2), minutes=30, where="Hier"),
            actor=recruiter,
            party=Party.EMPLOYER,
            now=NOW,
        )
    if state is State.REFUSED:
        step(made, Action.REFUSE, actor=recruiter, party=Party.EMPLOYER, now=ENDED)
    elif state is State.WITHDRAWN:
        step(
            made,
            Action.WITHDRAW,
            actor=made.candidate.user,
            party=Party.CANDIDATE,
            now=ENDED,
            word="Mijn moeder is ziek.",
        )
    elif state is State.ACCEPTED:
        step(made, Action.OFFER, actor=recruiter, party=Party.EMPLOYER, now=ENDED)
        step(made, Action.ACCEPT, actor=made.candidate.user, party=Party.CANDIDATE, now=ENDED)
    return made


def purge(after: timedelta) -> int:
    with transaction():
        return purging.purge_ended(ENDED + after)


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_what_was_written_goes_after_four_weeks(state: State) -> None:
    made = talked(state)
    recruiter = recruiter_of(made.opportunity)
    assert purge(timedelta(days=27, hours=23)) == 0
    assert made.letter
    assert queries.for_employer(made.id, recruiter.id)
    assert purge(timedelta(days=28)) == 1
    db.session.expire_all()
    assert (made.letter, made.phone) == ("", "")
    assert queries.messages_of(made.id) == []
    assert queries.meetings_of(made.id) == []
    assert queries.for_employer(made.id, recruiter.id) is None
    assert queries.for_candidate(made.id, made.candidate.user_id) is made
    assert "Mijn moeder" not in str([(s.why, s.before) for s in queries.steps_of(made.id)])
    assert made.word == (WORD if state is State.REFUSED else "")
    assert purge(timedelta(days=60)) == 0


@pytest.mark.parametrize("state", [State.IN_CONVERSATION, State.ACCEPTED])
def test_what_runs_and_who_got_the_job_stay(state: State) -> None:
    made = talked(state)
    assert purge(timedelta(days=300)) == 0
    assert made.letter
    assert queries.messages_of(made.id)

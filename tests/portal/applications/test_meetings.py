"""A proposed time to meet: answered, moved, called off, and always one line in the agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal import clock
from portal.applications import queries, service
from portal.applications.meetings import MeetingInput
from portal.applications.models import Application, Meeting
from portal.applications.workflow import Action, MeetingAction, MeetingState, Party, State
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer
from tests.factories.applications import make_application, recruiter_of, step

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
SOON = NOW + timedelta(days=3)


def actor_of(made: Application, party: Party):
    return made.candidate.user if party is Party.CANDIDATE else recruiter_of(made.opportunity)


def given(at: datetime = SOON, where: str = "De Linde, bij de receptie") -> MeetingInput:
    return MeetingInput(starts_at=at, minutes=45, where=where, note="Neem je pas mee.")


def propose(made: Application, party: Party = Party.EMPLOYER, at: datetime = SOON) -> Meeting:
    with transaction():
        return service.propose_meeting(
            made.id, given(at), actor=actor_of(made, party), party=party, now=NOW
        )


def answer(
    made: Application, meeting: Meeting, action: MeetingAction, party: Party, **said: object
) -> Meeting:
    with transaction():
        return service.answer_meeting(
            made.id,
            meeting.id,
            action,
            **{
                "sequence": meeting.sequence,
                "actor": actor_of(made, party),
                "party": party,
                "now": NOW,
                **said,
            },
        )


def files(to: str) -> list[Calendar]:
    wanted = select(OutboxMessage).where(
        OutboxMessage.recipient == to, OutboxMessage.calendar.is_not(None)
    )
    found = db.session.scalars(wanted.order_by(OutboxMessage.id))
    return [Calendar.from_ical(one.calendar) for one in found]


def event(calendar: Calendar):
    return calendar.walk("VEVENT")[0]


def test_a_proposal_of_an_employer_begins_the_conversation() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    assert made.state == State.IN_CONVERSATION
    assert (meeting.state, meeting.party, meeting.sequence) == ("proposed", "employer", 0)
    (file,) = files(made.candidate.user.email)
    one = event(file)
    assert one["STATUS"] == "TENTATIVE"
    assert one["UID"] == meeting.uid
    assert one.decoded("DTSTART") == SOON.replace(microsecond=0)
    assert one["LOCATION"] == "De Linde, bij de receptie"
    assert files(recruiter_of(made.opportunity).email) == []


def test_a_yes_puts_it_in_both_agendas() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    answer(made, meeting, MeetingAction.ACCEPT, Party.CANDIDATE)
    assert meeting.state == MeetingState.ACCEPTED
    for person in (made.candidate.user, recruiter_of(made.opportunity)):
        last = event(files(person.email)[-1])
        assert (last["STATUS"], last["UID"]) == ("CONFIRMED", meeting.uid)
        assert last["SEQUENCE"] == 1
    # The employer decides after the talk, not before it.
    assert made.answer_by is not None
    assert made.answer_by > clock.local_date(SOON)


def test_moving_keeps_the_uid_and_grows_the_sequence() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    uid = meeting.uid
    later = SOON + timedelta(days=1)
    answer(made, meeting, MeetingAction.MOVE, Party.CANDIDATE, data=given(later, "Bij mij thuis"))
    assert (meeting.state, meeting.party) == ("proposed", "candidate")
    answer(made, meeting, MeetingAction.ACCEPT, Party.EMPLOYER)
    answer(made, meeting, MeetingAction.MOVE, Party.EMPLOYER, data=given(later))
    answer(made, meeting, MeetingAction.CANCEL, Party.EMPLOYER, why="Ik ben ziek.")
    assert meeting.sequence == 4
    got = [event(one) for one in files(made.candidate.user.email)]
    assert {one["UID"] for one in got} == {uid}
    assert [one["SEQUENCE"] for one in got] == [0, 2, 3, 4]
    assert got[-1]["STATUS"] == "CANCELLED"
    assert files(made.candidate.user.email)[-1]["METHOD"] == "CANCEL"
    body = db.session.scalars(
        select(OutboxMessage.body).order_by(OutboxMessage.id.desc()).limit(1)
    ).one()
    assert "Ik ben ziek." in body


def test_a_no_tells_who_proposed() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    meeting = propose(made, Party.CANDIDATE)
    assert made.state == State.IN_CONVERSATION
    answer(made, meeting, MeetingAction.DECLINE, Party.EMPLOYER, why="Dan is er geen ruimte.")
    assert meeting.state == MeetingState.DECLINED
    assert event(files(made.candidate.user.email)[-1])["STATUS"] == "CANCELLED"


def test_nobody_says_yes_to_the_own_proposal() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    with pytest.raises(Conflict):
        answer(made, meeting, MeetingAction.ACCEPT, Party.EMPLOYER)
    assert meeting.state == MeetingState.PROPOSED


def test_a_stale_page_changes_nothing() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    answer(made, meeting, MeetingAction.MOVE, Party.EMPLOYER, data=given(SOON + timedelta(1)))
    with pytest.raises(Conflict):
        answer(made, meeting, MeetingAction.ACCEPT, Party.CANDIDATE, sequence=0)
    assert meeting.state == MeetingState.PROPOSED


def test_what_was_cannot_be_answered_any_more() -> None:
    made = make_application(now=NOW)
    meeting = propose(made)
    after = SOON + timedelta(hours=1)
    for action, party in (
        (MeetingAction.ACCEPT, Party.CANDIDATE),
        (MeetingAction.DECLINE, Party.CANDIDATE),
        (MeetingAction.CANCEL, Party.EMPLOYER),
    ):
        with pytest.raises(Conflict):
            answer(made, meeting, action, party, now=after)


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=300)])
def test_a_time_that_makes_no_sense(at: datetime) -> None:
    made = make_application(now=NOW)
    with pytest.raises(Invalid) as refused:
        propose(made, at=at)
    assert refused.value.fields == ("starts_at",)
    assert made.state == State.NEW


def test_a_double_click_is_one_proposal() -> None:
    made = make_application(now=NOW)
    assert propose(made) is propose(made)
    assert len(files(made.candidate.user.email)) == 1


def test_an_end_calls_off_what_was_to_come() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    meeting = propose(made)
    answer(made, meeting, MeetingAction.ACCEPT, Party.CANDIDATE)
    step(made, Action.WITHDRAW, actor=made.candidate.user, party=Party.CANDIDATE)
    assert meeting.state == MeetingState.CANCELLED
    for person in (made.candidate.user, recruiter_of(made.opportunity)):
        assert event(files(person.email)[-1])["STATUS"] == "CANCELLED"


def test_a_yes_to_the_job_keeps_the_meeting() -> None:
    made = make_application(State.OFFERED, now=NOW)
    meeting = propose(made)
    step(made, Action.ACCEPT, actor=made.candidate.user, party=Party.CANDIDATE)
    assert meeting.state == MeetingState.PROPOSED


def test_after_the_end_nothing_is_planned() -> None:
    made = make_application(State.REFUSED, now=NOW)
    with pytest.raises(Conflict):
        propose(made)


def test_a_stranger_finds_no_meeting() -> None:
    made, other = make_application(now=NOW), make_application(now=NOW)
    meeting = propose(made)
    with pytest.raises(NotFound):
        answer(made, meeting, MeetingAction.CANCEL, Party.EMPLOYER, actor=make_employer())
    # Nor by way of an application of one's own.
    with pytest.raises(NotFound):
        answer(other, meeting, MeetingAction.ACCEPT, Party.CANDIDATE)
    assert queries.meetings_of(made.id) == [meeting]

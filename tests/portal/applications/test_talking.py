"""Messages between both sides: who may, what is new, and mail that does not pile up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications import queries, service, silence
from portal.applications.models import Application, Message
from portal.applications.workflow import OPEN, Party, State
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_user
from tests.factories.applications import make_application, recruiter_of

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()


def mails(to: str) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(OutboxMessage.recipient == to)
    return list(db.session.scalars(wanted.order_by(OutboxMessage.id)))


def say(made: Application, text: str, party: Party, *, minutes: int = 0) -> Message:
    actor = made.candidate.user if party is Party.CANDIDATE else recruiter_of(made.opportunity)
    now = NOW + timedelta(minutes=minutes)
    with transaction():
        return service.say(made.id, text, actor=actor, party=party, now=now)


def test_what_an_employer_says_is_the_start_of_a_conversation() -> None:
    made = make_application(now=NOW)
    said = say(made, "Kun je ook in het weekend?", Party.EMPLOYER, minutes=5)
    assert made.state == State.IN_CONVERSATION
    assert made.answered_at == NOW + timedelta(minutes=5)
    assert said.sender is recruiter_of(made.opportunity)
    mail = mails(made.candidate.user.email)
    # One mail with the words, and none besides it about the step.
    assert [one.subject for one in mail[1:]] == [f"Bericht van {_organisation(made)}"]
    assert "Kun je ook in het weekend?" in mail[-1].body


def test_what_a_candidate_says_moves_nothing() -> None:
    made = make_application(now=NOW)
    say(made, "Ik kan vanaf maart.", Party.CANDIDATE)
    assert made.state == State.NEW
    assert made.answered_at is None
    assert "Ik kan vanaf maart." in mails(recruiter_of(made.opportunity).email)[-1].body


def test_what_waits_is_new_until_it_is_read() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    say(made, "Een.", Party.EMPLOYER, minutes=1)
    say(made, "Twee.", Party.EMPLOYER, minutes=2)
    assert queries.unread([made.id], Party.CANDIDATE) == {made.id: 2}
    assert queries.unread([made.id], Party.EMPLOYER) == {}
    with transaction():
        number = service.mark_read(
            made.id,
            actor=made.candidate.user,
            party=Party.CANDIDATE,
            now=NOW + timedelta(minutes=9),
        )
    assert number == 2
    assert queries.unread([made.id], Party.CANDIDATE) == {}
    assert {one.read_at for one in queries.messages_of(made.id)} == {NOW + timedelta(minutes=9)}


def test_who_answers_has_read() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    say(made, "Komt dinsdag uit?", Party.EMPLOYER, minutes=1)
    say(made, "Ja.", Party.CANDIDATE, minutes=2)
    assert queries.unread([made.id], Party.CANDIDATE) == {}
    assert queries.unread([made.id], Party.EMPLOYER) == {made.id: 1}


def test_one_mail_an_hour_and_the_rest_together_after_it() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    person = made.candidate.user.email
    told = len(mails(person))
    for minutes, text in ((1, "Een."), (20, "Twee."), (40, "Drie.")):
        say(made, text, Party.EMPLOYER, minutes=minutes)
    assert len(mails(person)) == told + 1
    assert silence.tell_all_unread(now=NOW + timedelta(minutes=50)) == 0
    assert silence.tell_all_unread(now=NOW + timedelta(minutes=62)) == 1
    new = mails(person)[told:]
    assert len(new) == 2
    assert "2 berichten" in new[1].subject
    assert "Twee." in new[1].body
    assert "Een." not in new[1].body
    assert silence.tell_all_unread(now=NOW + timedelta(minutes=200)) == 0


def test_what_was_read_meanwhile_is_not_mailed() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    say(made, "Een.", Party.EMPLOYER, minutes=1)
    say(made, "Twee.", Party.EMPLOYER, minutes=2)
    told = len(mails(made.candidate.user.email))
    say(made, "Drie.", Party.CANDIDATE, minutes=3)
    assert silence.tell_all_unread(now=NOW + timedelta(hours=3)) == 0
    assert len(mails(made.candidate.user.email)) == told


def test_both_sides_have_their_own_hour() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    recruiter = recruiter_of(made.opportunity).email
    told = len(mails(recruiter))
    say(made, "Een.", Party.EMPLOYER, minutes=1)
    say(made, "Twee.", Party.CANDIDATE, minutes=2)
    assert len(mails(recruiter)) == told + 1


def test_a_double_click_is_one_message() -> None:
    made = make_application(State.IN_CONVERSATION, now=NOW)
    first = say(made, "Tot dan!", Party.CANDIDATE, minutes=1)
    again = say(made, "Tot dan!", Party.CANDIDATE, minutes=2)
    assert again is first
    assert say(made, "Tot dan!", Party.CANDIDATE, minutes=30) is not first


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 3001])
def test_nothing_and_far_too_much_are_refused(text: str) -> None:
    made = make_application(now=NOW)
    with pytest.raises(Invalid):
        say(made, text, Party.EMPLOYER)
    assert made.state == State.NEW


@pytest.mark.parametrize("state", State)
def test_who_may_still_speak(state: State) -> None:
    made = make_application(state, now=NOW)
    if state in OPEN or state is State.ACCEPTED:
        say(made, "Tot morgen.", Party.EMPLOYER)
        assert queries.messages_of(made.id)
    else:
        with pytest.raises(Conflict):
            say(made, "Tot morgen.", Party.EMPLOYER)


def test_a_stranger_neither_speaks_nor_reads() -> None:
    made = make_application(now=NOW)
    for actor, party in (
        (make_employer(), Party.EMPLOYER),
        (make_user(), Party.CANDIDATE),
        (made.candidate.user, Party.EMPLOYER),
    ):
        with pytest.raises(NotFound), transaction():
            service.say(made.id, "Hallo", actor=actor, party=party, now=NOW)
        with pytest.raises(NotFound), transaction():
            service.mark_read(made.id, actor=actor, party=party, now=NOW)


def _organisation(made: Application) -> str:
    return made.opportunity.site.organisation.name

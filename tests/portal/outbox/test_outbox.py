"""Mail leaves after the commit, is tried again when it was refused, and never goes twice."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.outbox.sending import Refused
from portal.outbox.service import KEPT, enqueue, forget_old, send_due
from portal.outbox.workflow import BUSY, MAX_ATTEMPTS, State, state_of
from portal.transaction import transaction
from tests.factories.outbox import again, make_mail

NOW = clock.now()


@pytest.fixture
def waiting(app: Flask) -> OutboxMessage:
    return make_mail(to="a@voorbeeld.example", subject="Dag\r\nBcc: x", body="Hallo", now=NOW)


def refuse(message: OutboxMessage) -> None:
    raise Refused("address 550")


def test_what_is_rolled_back_is_never_sent(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        enqueue(to="a@voorbeeld.example", subject="Dag", body="", now=NOW)
        raise ZeroDivisionError
    assert send_due(now=NOW) == 0


def test_it_goes_once(waiting: OutboxMessage) -> None:
    sent: list[tuple[str, str, str]] = []

    def send(mail: OutboxMessage) -> None:
        sent.append((mail.recipient, mail.subject, mail.body))

    assert send_due(now=NOW, send=send) == 1
    assert send_due(now=NOW + timedelta(days=1), send=send) == 0
    assert sent == [("a@voorbeeld.example", "Dag Bcc: x", "Hallo")]
    assert again(waiting).sent_at == NOW
    assert state_of(again(waiting), NOW) is State.SENT


def test_the_same_news_is_kept_once(app: Flask) -> None:
    """A double click asks for the same mail twice; its key is what tells."""
    first = make_mail(key="bericht-1", now=NOW)
    send_due(now=NOW)
    with transaction():
        second = enqueue(to="a@b.example", subject="x", body="y", key="bericht-1", now=NOW)
        other = enqueue(to="a@b.example", subject="x", body="y", key="bericht-2", now=NOW)
    assert second is None
    assert other is not None
    assert again(first).sent_at == NOW


def test_a_refusal_waits_longer_each_time_and_then_ends(waiting: OutboxMessage) -> None:
    moment = NOW
    waits = []
    for _ in range(MAX_ATTEMPTS):
        assert send_due(now=moment, send=refuse) == 0
        waits.append(again(waiting).next_attempt_at - moment)
        # Not yet: it waits its turn.
        assert send_due(now=moment, send=refuse) == 0
        moment = again(waiting).next_attempt_at
    waiting = again(waiting)
    assert all(after > before for before, after in pairwise(waits))
    # A mail server that is away for a night does not lose mail.
    assert sum(waits[:-1], timedelta()) > timedelta(hours=9)
    assert waiting.attempts == MAX_ATTEMPTS
    assert waiting.problem == "address 550"
    assert state_of(waiting, moment) is State.FAILED
    assert send_due(now=moment + timedelta(days=9)) == 0
    assert again(waiting).sent_at is None


def test_one_that_is_refused_does_not_stop_the_next(waiting: OutboxMessage) -> None:
    make_mail(to="b@voorbeeld.example", now=NOW)

    def send(mail: OutboxMessage) -> None:
        if mail.recipient.startswith("a@"):
            raise Refused("address 550")

    assert send_due(now=NOW, send=send) == 1


def test_a_worker_that_dies_half_way_leaves_it_uncertain(waiting: OutboxMessage) -> None:
    """Nobody knows whether it went, so it is not sent again by itself, however long it waits."""

    class Killed(BaseException):
        pass

    def die(mail: OutboxMessage) -> None:
        raise Killed

    with pytest.raises(Killed):
        send_due(now=NOW, send=die)
    assert state_of(again(waiting), NOW) is State.SENDING
    assert state_of(again(waiting), NOW + BUSY) is State.UNCERTAIN
    assert send_due(now=NOW + timedelta(days=9)) == 0


def test_a_connection_that_breaks_half_way_leaves_it_uncertain(waiting: OutboxMessage) -> None:
    def drop(mail: OutboxMessage) -> None:
        raise ConnectionResetError("wachtwoord=geheim")

    assert send_due(now=NOW, send=drop) == 0
    waiting = again(waiting)
    assert state_of(waiting, NOW) is State.UNCERTAIN
    assert waiting.problem == "unknown"
    assert send_due(now=NOW + timedelta(days=9)) == 0


def test_what_was_stopped_stays(app: Flask) -> None:
    make_mail(State.STOPPED, now=NOW)
    assert send_due(now=NOW + timedelta(days=1)) == 0


def test_two_workers_send_each_mail_once(app: Flask) -> None:
    with transaction():
        for number in range(10):
            enqueue(to=f"{number}@voorbeeld.example", subject="Dag", body="", now=NOW)
    sent: list[str] = []

    def work() -> None:
        with app.app_context():
            send_due(now=NOW, send=lambda mail: sent.append(mail.recipient))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sent) == len(set(sent)) == 10
    assert not db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))
    ).all()


def test_texts_go_after_a_while_and_the_key_stays(app: Flask) -> None:
    old = make_mail(State.SENT, key="bericht-1", calendar="BEGIN:VCALENDAR", now=NOW)
    fresh = make_mail(State.SENT, now=NOW + timedelta(days=1))
    waiting = make_mail(now=NOW)
    with transaction():
        assert forget_old(NOW + KEPT + timedelta(hours=1)) == 1
    db.session.expire_all()
    assert (old.body, old.html, old.calendar, old.key) == ("", None, None, "bericht-1")
    assert fresh.body
    assert waiting.body

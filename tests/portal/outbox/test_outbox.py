import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.outbox.service import MAX_ATTEMPTS, enqueue, send_due
from portal.transaction import transaction

NOW = clock.now()


@pytest.fixture
def waiting(app: Flask) -> OutboxMessage:
    with transaction():
        return enqueue(to="a@voorbeeld.example", subject="Dag\r\nBcc: x", body="Hallo", now=NOW)


def test_what_is_rolled_back_is_never_sent(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        enqueue(to="a@voorbeeld.example", subject="Dag", body="", now=NOW)
        raise ZeroDivisionError
    assert send_due(now=NOW) == 0


def test_it_goes_once(waiting: OutboxMessage) -> None:
    sent: list[tuple[str, str, str]] = []
    assert send_due(now=NOW, send=lambda *mail: sent.append(mail)) == 1
    assert send_due(now=NOW + timedelta(days=1), send=lambda *mail: sent.append(mail)) == 0
    assert sent == [("a@voorbeeld.example", "Dag Bcc: x", "Hallo")]
    assert waiting.sent_at == NOW


def test_by_the_real_backend(app: Flask, waiting: OutboxMessage) -> None:
    assert send_due(now=NOW) == 1
    assert app.extensions["mailman"].outbox[-1].to == ["a@voorbeeld.example"]


def test_a_failure_waits_longer_each_time_and_then_ends(waiting: OutboxMessage) -> None:
    def fail(*mail: str) -> None:
        raise OSError("no mail server")

    moment = NOW
    waits = []
    for _ in range(MAX_ATTEMPTS):
        assert send_due(now=moment, send=fail) == 0
        waits.append(waiting.next_attempt_at - moment)
        assert send_due(now=moment, send=fail) == 0
        moment = waiting.next_attempt_at
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    assert waiting.attempts == MAX_ATTEMPTS
    assert send_due(now=moment + timedelta(days=9)) == 0
    assert waiting.sent_at is None


def test_one_that_fails_does_not_stop_the_next(waiting: OutboxMessage) -> None:
    with transaction():
        enqueue(to="b@voorbeeld.example", subject="Dag", body="", now=NOW)

    def send(to: str, subject: str, body: str) -> None:
        if to.startswith("a@"):
            raise OSError("no such mailbox")

    assert send_due(now=NOW, send=send) == 1


def test_two_workers_send_each_mail_once(app: Flask) -> None:
    with transaction():
        for number in range(10):
            enqueue(to=f"{number}@voorbeeld.example", subject="Dag", body="", now=NOW)
    sent: list[str] = []

    def work() -> None:
        with app.app_context():
            send_due(now=NOW, send=lambda to, subject, body: sent.append(to))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sent) == len(set(sent)) == 10
    assert not db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))
    ).all()

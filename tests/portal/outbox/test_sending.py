"""What a mail looks like when it leaves, and what a mail server may say about it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from portal import clock
from portal.app import create_app
from portal.calendars import Appointment, calendar_file
from portal.outbox.models import OutboxMessage
from portal.outbox.sending import compose
from portal.outbox.service import send_due
from portal.outbox.workflow import State, state_of
from tests.factories.outbox import again, make_mail

NOW = clock.now()
ANSWERS = {
    "connect": "220 hallo",
    "EHLO": "250 hallo",
    "MAIL": "250 goed",
    "RCPT": "250 goed",
    "DATA": "354 kom maar",
    ".": "250 ontvangen",
    "RSET": "250 goed",
    "QUIT": "221 dag",
}


class Server:
    """A mail server on a socket that says what the test tells it to; None breaks off."""

    def __init__(self, **other: str | None) -> None:
        self.answers = {
            **ANSWERS,
            **{name.replace("END", "."): said for name, said in other.items()},
        }
        self.received: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def serve(self) -> None:
        try:
            connection, _address = self.socket.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as lines:
            if not self._say(lines, "connect"):
                return
            for line in lines:
                word = line.split()[0].decode().upper()
                if not self._say(lines, word):
                    return
                if word == "DATA" and (self.answers["DATA"] or "").startswith("354"):
                    letter = b""
                    for part in lines:
                        if part == b".\r\n":
                            break
                        letter += part
                    self.received.append(letter)
                    if not self._say(lines, "."):
                        return

    def _say(self, lines, word: str) -> bool:
        said = self.answers.get(word, "250 goed")
        if said is None:
            return False
        lines.write(said.encode() + b"\r\n")
        lines.flush()
        return True


@contextmanager
def mail_server(app: Flask, **other: str | None) -> Iterator[Server]:
    """Send the mail of `app` to a server for as long as this lasts."""
    server = Server(**other)
    thread = threading.Thread(target=server.serve)
    thread.start()
    mailman = app.extensions["mailman"]
    before = (mailman.backend, mailman.server, mailman.port)
    mailman.backend, mailman.server, mailman.port = "smtp", "127.0.0.1", server.port
    try:
        yield server
    finally:
        mailman.backend, mailman.server, mailman.port = before
        server.socket.close()
        thread.join(timeout=5)


def test_by_the_backend_of_the_tests(app: Flask) -> None:
    message = make_mail(now=NOW)
    assert send_due(now=NOW) == 1
    assert app.extensions["mailman"].outbox[-1].to == [again(message).recipient]


def test_over_a_real_connection(app: Flask) -> None:
    make_mail(subject="Je afspraak is verzet", body="Hallo,\n\nAndré", now=NOW)
    with mail_server(app) as server:
        assert send_due(now=NOW) == 1
    [letter] = server.received
    read = message_from_bytes(letter, policy=default)
    assert read["Subject"] == "Je afspraak is verzet"
    assert "André" in read.get_body(("plain",)).get_content()
    assert "<p>" in read.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("said", "state", "problem"),
    [
        ({"RCPT": "550 ken ik niet"}, State.RETRYING, "address 550"),
        ({"MAIL": "451 druk"}, State.RETRYING, "refused 451"),
        ({"DATA": "554 spam"}, State.RETRYING, "refused 554"),
        ({"END": "552 vol"}, State.RETRYING, "refused 552"),
        ({"connect": "421 dicht"}, State.RETRYING, "unreachable"),
        ({"connect": None}, State.RETRYING, "unreachable"),
        # The whole letter was handed over, and then there was silence.
        ({"END": None}, State.UNCERTAIN, "unknown"),
        # It went; that the server hangs up without a word changes nothing.
        ({"QUIT": None}, State.SENT, None),
    ],
)
def test_what_the_server_says(app: Flask, said, state, problem) -> None:
    message = make_mail(now=NOW)
    with mail_server(app, **said):
        send_due(now=NOW)
    message = again(message)
    assert state_of(message, NOW) is state
    assert message.problem == problem


def test_no_server_at_all(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    message = make_mail(now=NOW)
    mailman = app.extensions["mailman"]
    monkeypatch.setattr(mailman, "backend", "smtp")
    monkeypatch.setattr(mailman, "server", "127.0.0.1")
    # Nobody listens at the port of a discarded service.
    monkeypatch.setattr(mailman, "port", 9)
    send_due(now=NOW)
    message = again(message)
    assert state_of(message, NOW) is State.RETRYING
    assert message.problem == "unreachable"


def test_an_address_that_cannot_stand_in_a_mail(app: Flask) -> None:
    message = make_mail(to="a@b.example\nBcc: c@d.example", now=NOW)
    assert send_due(now=NOW) == 0
    assert again(message).problem == "letter"


@pytest.mark.parametrize(("cancelled", "method"), [(False, "PUBLISH"), (True, "CANCEL")])
def test_a_calendar_file_is_attached_so_that_agendas_know_it(
    app: Flask, cancelled: bool, method: str
) -> None:
    file = calendar_file(
        Appointment(
            uid="gesprek-1@bekwaam.example",
            sequence=1,
            starts_at=NOW,
            minutes=45,
            title="Gesprek met een coach over zorg, wonen en een heel lange titel voor een regel",
            where="Bij jou in de buurt",
            cancelled=cancelled,
        ),
        now=NOW,
    )
    message = make_mail(calendar=file, now=NOW)
    read = message_from_bytes(compose(message).message().as_bytes(), policy=default)
    [attached] = read.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == method
    assert attached.get_filename() == "afspraak.ics"
    assert attached.get_content().replace("\r\n", "\n") == file.replace("\r\n", "\n")
    assert read.get_body(("plain",)).get_content().startswith("Hallo")


def test_it_says_the_same_id_at_each_attempt(app: Flask) -> None:
    message: OutboxMessage = make_mail(now=NOW)
    first, second = (compose(message).message()["Message-ID"] for _ in range(2))
    assert first == second
    assert first != compose(make_mail(now=NOW)).message()["Message-ID"]


def test_offline_it_goes_to_files(app: Flask, tmp_path: Path) -> None:
    other = create_app({"MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(tmp_path)})
    with other.app_context():
        make_mail(subject="Naar een bestand", now=NOW)
        make_mail(subject="Nog een", now=NOW)
        assert send_due(now=NOW) == 2
    written = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "Subject: Naar een bestand" in written
    assert "Subject: Nog een" in written

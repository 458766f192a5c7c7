"""Handing one mail to the mail server, and telling what certainly did not go from what may have."""

from __future__ import annotations

import smtplib
from email.mime.text import MIMEText
from urllib.parse import urlsplit

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from portal.outbox.models import OutboxMessage

CALENDAR_NAME = "afspraak.ics"


class Refused(Exception):
    """It certainly did not go. `problem` says why, as a code of portal.outbox.views.PROBLEMS."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def send_by_mail(message: OutboxMessage) -> None:
    """Send one mail with the configured backend.

    Raises Refused when it certainly did not go. Any other exception leaves open whether it went.
    """
    try:
        mail = compose(message)
        mail.message()
    except ValueError as error:
        raise Refused("letter") from error
    try:
        connection = mail.get_connection()
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Refused("sign-in") from error
    except Exception as error:
        # Whatever it was, nothing was handed over yet.
        raise Refused("unreachable") from error
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        raise Refused(f"address {codes[0]}" if codes else "address") from error
    except smtplib.SMTPResponseException as error:
        # The server answered, and the answer was no.
        raise Refused(f"refused {error.smtp_code}") from error
    finally:
        # Saying goodbye may fail too, and says nothing about the mail.
        try:
            connection.close()
        except OSError:
            current_app.logger.info("the mail server closed first", exc_info=True)


def compose(message: OutboxMessage) -> EmailMultiAlternatives:
    """Make the mail: text, HTML beside it, and a file for an agenda."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "bekwaam"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.recipient],
        headers={
            # The same at each attempt: a mailbox that gets it twice can see that.
            "Message-ID": f"<{message.id}.{message.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        part = MIMEText(message.calendar, "calendar", "utf-8")
        part.set_param("method", _method(message.calendar))
        part.add_header("Content-Disposition", "attachment", filename=CALENDAR_NAME)
        mail.attach(part)
    return mail


def _method(calendar: str) -> str:
    """What an agenda should do with the file; a mail repeats it (RFC 6047, 2.4)."""
    for line in calendar.splitlines():
        name, _colon, value = line.partition(":")
        if name.upper() == "METHOD":
            return value.strip()
    return "PUBLISH"

"""Each mail says what happened, what to do, until when, and whom to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from babel.dates import format_date, format_time
from sqlalchemy import select

from portal.app import create_app
from portal.clock import ZONE
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.factories import PASSWORD, make_user

SIGN_UP = {
    "email": "nieuw@voorbeeld.example",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
}


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def until(mail: OutboxMessage, days: int, language: str) -> tuple[str, str]:
    """The day and the time on which a link of this mail stops, as its reader writes them."""
    moment = (mail.created_at + timedelta(days=days)).astimezone(ZONE)
    return (
        format_date(moment, "EEEE d MMMM", locale=language),
        format_time(moment, "HH:mm", locale=language),
    )


@pytest.mark.parametrize(
    ("language", "hello", "help_"),
    [("nl", "Hallo,", "heb je een vraag? Mail naar"), ("en", "Hello,", "a question? Email")],
)
def test_the_mail_for_a_new_password(client, language, hello, help_) -> None:
    client.post("/taal", data={"lang": language})
    client.post("/wachtwoord-vergeten", data={"email": make_user().email})
    [mail] = mails()
    day, time = until(mail, 1, language)
    assert mail.body.startswith(hello)
    assert f"{day}, {time}" in mail.body
    # Where to ask for another link, for who reads this too late.
    assert "http://localhost/wachtwoord-vergeten\n" in mail.body
    assert f"{help_} hulp@bekwaam.example" in mail.body


def test_a_changed_password_is_told_with_what_to_do(client) -> None:
    client.post("/wachtwoord-vergeten", data={"email": make_user().email})
    link = mails()[0].body.split("http://localhost")[1].split()[0]
    fresh = "nog-een-goed-wachtwoord"
    client.post(link, data={"password": fresh, "password_confirm": fresh})
    notice = mails()[1].body
    assert "is veranderd" in notice
    assert "Log voortaan in met je nieuwe wachtwoord" in notice
    assert "http://localhost/wachtwoord-vergeten" in notice


def test_the_welcome_leads_to_signing_in(client) -> None:
    client.post("/account-maken", data=SIGN_UP)
    assert "http://localhost/inloggen" in mails()[0].body


def test_who_has_an_account_already_hears_how_to_get_in(client) -> None:
    client.post("/account-maken", data=SIGN_UP | {"email": make_user().email})
    body = mails()[0].body
    assert "http://localhost/inloggen" in body
    assert "http://localhost/wachtwoord-vergeten" in body
    assert "Er is niets veranderd" in body


def test_an_address_to_confirm_says_until_when(app, monkeypatch) -> None:
    monkeypatch.setenv("BEKWAAM_CONFIRM_MAIL", "1")
    other = create_app({"WTF_CSRF_ENABLED": False})
    other.test_client_class = app.test_client_class
    client = other.test_client()
    client.post("/account-maken", data=SIGN_UP)
    client.post("/e-mail-bevestigen", data={"email": SIGN_UP["email"]})
    for mail in mails():
        day, time = until(mail, 2, "nl")
        assert f"De link werkt tot {day}, {time} uur." in mail.body
        assert "Dan kun je inloggen" in mail.body
    assert len(mails()) == 2

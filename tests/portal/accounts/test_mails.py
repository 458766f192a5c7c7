"""Each mail says what happened, what to do, until when, whom to ask; in its reader's language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from babel.dates import format_date, format_time
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts import emails
from portal.accounts.service import find_user
from portal.app import create_app
from portal.clock import ZONE
from portal.extensions import db
from portal.outbox.letters import post
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_user

SIGN_UP = {
    "name": "Nieuwe Naam",
    "email": "nieuw@voorbeeld.example",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
}
HERE = "http://127.0.0.1:8000"


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def path_in(mail: OutboxMessage, begins: str) -> str:
    """Where the personal link of a mail leads."""
    found = re.search(rf"{HERE}({begins}/\S+)", mail.body)
    assert found
    return found[1]


def until(mail: OutboxMessage, days: int, language: str) -> tuple[str, str]:
    """The day and the time on which a link of this mail stops, as its reader writes them."""
    moment = (mail.created_at + timedelta(days=days)).astimezone(ZONE)
    return (
        format_date(moment, "EEEE d MMMM", locale=language),
        format_time(moment, "HH:mm", locale=language),
    )


def confirming(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PortalClient:
    """A portal where an address has to be confirmed."""
    monkeypatch.setenv("BEKWAAM_CONFIRM_MAIL", "1")
    other = create_app({"WTF_CSRF_ENABLED": False})
    other.test_client_class = app.test_client_class
    client = other.test_client()
    assert isinstance(client, PortalClient)
    return client


@pytest.mark.parametrize(
    ("language", "hello", "help_"),
    [("nl", "Hallo Mieke,", "een vraag? Mail naar"), ("en", "Hello Mieke,", "a question? Email")],
)
@pytest.mark.parametrize("page", ["nl", "en"])
def test_the_mail_for_a_new_password(client, page, language, hello, help_) -> None:
    """In the language of who receives it, whatever the language of the page was."""
    user = make_user()
    with transaction():
        user.name, user.language = "Mieke", language
    client.post("/taal", data={"lang": page})
    client.post("/wachtwoord-vergeten", data={"email": user.email})
    [mail] = mails()
    day, time = until(mail, 1, language)
    for text in (mail.body, mail.html or ""):
        assert hello in text
        assert f"{day}, {time}" in text
        # Where to ask for another link, for who reads this too late.
        assert f"{HERE}/wachtwoord-vergeten" in text
        assert "hulp@bekwaam.example" in text
    assert mail.body.startswith(hello)
    assert help_ in mail.body
    assert client.get(path_in(mail, "/wachtwoord-vergeten")).status_code == 200


def test_a_double_click_is_one_mail(client) -> None:
    email = make_user().email
    for _ in range(2):
        assert client.post("/wachtwoord-vergeten", data={"email": email}).status_code == 200
    assert len(mails()) == 1


def test_a_changed_password_is_told_with_what_to_do(client) -> None:
    client.post("/wachtwoord-vergeten", data={"email": make_user().email})
    link = path_in(mails()[0], "/wachtwoord-vergeten")
    fresh = "nog-een-goed-wachtwoord"
    client.post(link, data={"password": fresh, "password_confirm": fresh})
    notice = mails()[1].body
    assert "is veranderd" in notice
    assert "Log voortaan in met je nieuwe wachtwoord" in notice
    assert f"{HERE}/wachtwoord-vergeten" in notice


def test_the_welcome_is_in_the_language_of_the_page(client) -> None:
    client.post("/taal", data={"lang": "en"})
    client.post("/account-maken", data=SIGN_UP)
    [mail] = mails()
    assert mail.body.startswith("Hello Nieuwe Naam,")
    assert f"{HERE}/inloggen" in mail.body
    user = find_user(SIGN_UP["email"])
    assert user is not None
    assert user.language == "en"


def test_who_has_an_account_already_hears_how_to_get_in(client) -> None:
    client.post("/account-maken", data=SIGN_UP | {"email": make_user().email})
    body = mails()[0].body
    assert f"{HERE}/inloggen" in body
    assert f"{HERE}/wachtwoord-vergeten" in body
    assert "Er is niets veranderd" in body


def test_an_address_to_confirm_says_until_when(app, monkeypatch) -> None:
    client = confirming(app, monkeypatch)
    for _ in range(2):
        # A double click welcomes once.
        client.post("/account-maken", data=SIGN_UP)
        assert len(mails()) == 1
    client.post("/e-mail-bevestigen", data={"email": SIGN_UP["email"]})
    for mail in mails():
        day, time = until(mail, 2, "nl")
        assert f"De link werkt tot {day}, {time} uur." in mail.body
        assert "Daarna kun je inloggen" in mail.body
    # And later once more by the sign-up page, for who forgot that there is an account.
    with transaction():
        for mail in mails():
            mail.created_at -= timedelta(minutes=2)
    client.post("/account-maken", data=SIGN_UP)
    assert len(mails()) == 3
    for mail in mails():
        assert path_in(mail, "/e-mail-bevestigen")


def test_a_forged_host_does_not_get_into_a_link(client) -> None:
    """The token would go to whoever owns that host."""
    client.post(
        "/wachtwoord-vergeten", data={"email": make_user().email}, headers={"Host": "kwaad.example"}
    )
    [mail] = mails()
    assert "kwaad" not in mail.body + (mail.html or "")


@pytest.mark.parametrize("name", emails.LETTERS)
def test_no_letter_has_loose_ends(app: Flask, name: str) -> None:
    """One empty line between parts, no space at the end of a line, a subject, all in HTML too."""
    context = {"confirmation_link": "x", "confirmation_token": "t", "reset_token": "t"}
    everything = create_app({"SECURITY_CONFIRMABLE": True})
    with everything.app_context(), transaction():
        mail = post(make_user(), lambda: emails.LETTERS[name](context), key=name, now=clock.now())
        assert mail is not None
        subject, body, looks = mail.subject, mail.body, mail.html or ""
    assert subject
    assert "\n\n\n" not in body
    assert not re.search(r"[ \t]\n", body)
    assert body.endswith("Groet van Bekwaam\n")
    html = re.sub(r"<[^>]+>|\s", "", looks).replace("&#39;", "'")
    for line in body.split("\n"):
        # What a button says stands in the text with a colon, before the address.
        assert re.sub(r"\s", "", line).removesuffix(":") in html, line

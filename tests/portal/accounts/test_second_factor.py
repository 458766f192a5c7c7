"""A code of an authenticator app besides the password."""

from __future__ import annotations

import html
import re
import time

import pytest
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select, text

from portal.accounts.models import RoleName, User
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_user

STEP = 30
PAGE = "/account/extra-stap"


class App:
    """An authenticator app that was told the key on the page."""

    def __init__(self, page: str) -> None:
        found = re.search(r'class="key"[^>]*>([^<]+)<', page)
        assert found
        self.totp = TOTP(key=found[1])

    def code(self, later: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        return str(self.totp.generate(time.time() + later * STEP).token)

    def wrong(self) -> str:
        """Six digits that are none of the codes of these minutes."""
        right = {self.code(step) for step in range(-3, 4)}
        return next(f"{n:06}" for n in range(10) if f"{n:06}" not in right)


@pytest.fixture
def user(client: PortalClient) -> User:
    user = make_user(RoleName.CANDIDATE)
    client.sign_in(user.email)
    return user


def switch_on(client: PortalClient) -> tuple[App, list[str]]:
    app = App(client.get(PAGE).text)
    answer = client.post(PAGE, data={"code": app.code(-1), "password": PASSWORD})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    codes = re.findall(r"<li[^>]*>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</li>", page)
    return app, codes


def test_it_is_off_until_somebody_wants_it(client: PortalClient, user: User) -> None:
    assert "Zet de extra stap aan" in client.get("/account").text
    client.sign_out()
    assert client.sign_in(user.email).location == "/welkom"


def test_switching_it_on_and_signing_in(client: PortalClient, user: User) -> None:
    app, codes = switch_on(client)
    assert len(set(codes)) == 8
    assert "staat aan" in client.get("/account").text
    client.sign_out()
    step = client.sign_in(user.email)
    assert step.location == "/inloggen/code?next=/welkom"
    # The password alone is not enough.
    assert client.get("/account").location.startswith("/inloggen")
    page = client.get(step.location)
    assert "Typ de zes cijfers" in page.text
    done = client.post(step.location, data={"code": app.code()})
    assert done.location == "/welkom"
    assert client.get("/account").status_code == 200


def test_the_way_to_a_page_survives_the_code(client: PortalClient, user: User) -> None:
    app, _codes = switch_on(client)
    client.sign_out()
    data = {"email": user.email, "password": PASSWORD}
    step = client.post("/inloggen?next=/account", data=data)
    assert step.location == "/inloggen/code?next=/account"
    form = client.get(step.location).text
    action = re.search(r'<form action="(/inloggen/code[^"]*)"', form)
    assert action
    done = client.post(html.unescape(action[1]), data={"code": app.code()})
    assert done.location == "/account"


def test_a_code_opens_once(client: PortalClient, user: User) -> None:
    """Who looks over a shoulder cannot use the same six digits."""
    app, _codes = switch_on(client)
    client.sign_out()
    code = app.code()
    client.sign_in(user.email)
    assert client.post("/inloggen/code", data={"code": code}).status_code == 302
    client.sign_out()
    client.sign_in(user.email)
    assert client.post("/inloggen/code", data={"code": code}).status_code == 200
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("code", ["", "123", "abcdef", "１２３４５６", "1" * 500, "12 34 5x"])
def test_a_wrong_code(client: PortalClient, user: User, code: str) -> None:
    switch_on(client)
    client.sign_out()
    client.sign_in(user.email)
    page = client.post("/inloggen/code", data={"code": code})
    assert page.status_code == 200
    assert "Fout:" in page.text
    assert client.get("/account").status_code == 303


def test_a_wrong_code_at_setting_up_keeps_the_same_key(client: PortalClient, user: User) -> None:
    """So nobody has to scan again because of a typing mistake."""
    app = App(client.get(PAGE).text)
    page = client.post(PAGE, data={"code": app.wrong(), "password": PASSWORD})
    assert page.status_code == 422
    assert "klopt niet" in page.text
    assert App(page.text).totp.key == app.totp.key
    db.session.refresh(user)
    assert user.tf_primary_method is None


@pytest.mark.parametrize("password", ["", "verkeerd-wachtwoord"])
def test_setting_up_asks_for_the_password(client, user, password) -> None:
    """Somebody at a computer that was left open cannot lock its owner out."""
    app = App(client.get(PAGE).text)
    page = client.post(PAGE, data={"code": app.code(), "password": password})
    assert page.status_code == 422
    db.session.refresh(user)
    assert user.tf_primary_method is None


def test_a_double_click_changes_nothing_more(client: PortalClient, user: User) -> None:
    app = App(client.get(PAGE).text)
    data = {"code": app.code(), "password": PASSWORD}
    first, second = (client.post(PAGE, data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_the_form_without_the_page_leads_to_it(client: PortalClient, user: User) -> None:
    answer = client.post(PAGE, data={"code": "123456", "password": PASSWORD})
    assert answer.location == PAGE


def test_a_recovery_code_opens_once(client: PortalClient, user: User) -> None:
    _app, codes = switch_on(client)
    for expected in (302, 200):
        client.sign_out()
        client.sign_in(user.email)
        assert "Herstelcode" in client.get("/inloggen/herstelcode").text
        answer = client.post("/inloggen/herstelcode", data={"code": f" {codes[0].upper()} "})
        assert answer.status_code == expected
    assert "klopt niet" in answer.text
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("path", ["/inloggen/code", "/inloggen/herstelcode"])
def test_a_code_without_a_password_leads_to_the_password(client, path) -> None:
    for answer in (client.get(path), client.post(path, data={"code": "123456"})):
        assert answer.status_code == 302
        assert answer.location == "/inloggen"


def test_recovery_codes_are_shown_after_the_password_only(client, user) -> None:
    _app, codes = switch_on(client)
    other = client.application.test_client()
    other.sign_in(user.email)
    other.post("/inloggen/code", data={"code": _app.code()})
    page = other.get(f"{PAGE}/codes")
    assert page.status_code == 200
    assert codes[0] not in page.text
    wrong = other.post(f"{PAGE}/codes", data={"password": "verkeerd-wachtwoord"})
    assert wrong.status_code == 422
    assert codes[0] not in wrong.text
    # Fresh ones neither.
    other.post(f"{PAGE}/codes/nieuw")
    assert other.post(f"{PAGE}/codes", data={"password": PASSWORD}).status_code == 303
    assert codes[0] in other.get(f"{PAGE}/codes").text


def test_fresh_codes_replace_the_old(client: PortalClient, user: User) -> None:
    _app, codes = switch_on(client)
    client.post(f"{PAGE}/codes/nieuw")
    page = client.get(f"{PAGE}/codes").text
    assert codes[0] not in page
    client.sign_out()
    client.sign_in(user.email)
    assert client.post("/inloggen/herstelcode", data={"code": codes[0]}).status_code == 200


def test_switching_it_off_asks_for_the_password(client: PortalClient, user: User) -> None:
    switch_on(client)
    for password in ("", "verkeerd-wachtwoord"):
        assert client.post(f"{PAGE}/uit", data={"password": password}).status_code == 422
    db.session.refresh(user)
    assert user.tf_primary_method
    assert client.post(f"{PAGE}/uit", data={"password": PASSWORD}).status_code == 303
    client.sign_out()
    assert client.sign_in(user.email).location == "/welkom"
    mails = select(OutboxMessage).order_by(OutboxMessage.id)
    told = [mail.subject for mail in db.session.scalars(mails)]
    assert told == [
        "De extra stap bij inloggen staat aan",
        "De extra stap bij inloggen staat uit",
    ]
    # Again, from a page that was still open.
    again = client.post(f"{PAGE}/uit", data={"password": PASSWORD})
    assert again.location == "/account"


def test_nothing_of_it_is_kept_readable(app: Flask, client: PortalClient, user: User) -> None:
    """Who steals the database has neither the key nor the codes."""
    phone, codes = switch_on(client)
    row = str(
        db.session.execute(text('SELECT * FROM "user" WHERE id = :id'), {"id": user.id}).one()
    )
    assert phone.totp.base32_key not in row
    assert not any(code in row for code in codes)


@pytest.mark.parametrize(
    "path",
    [
        "/account/extra-stap/oud",
        "/account/extra-stap/oud/x",
        "/account/extra-stap/oud/codes",
        "/inloggen/code/hulp",
        "/inloggen/code/kies",
    ],
)
def test_the_pages_of_the_library_lead_to_ours(client, user, path) -> None:
    """Its own would switch the second factor off without the password."""
    switch_on(client)
    for answer in (client.get(path), client.post(path, data={"setup": "disable"})):
        assert answer.status_code in {303, 405}
        assert answer.headers.get("Location", "/account") == "/account"
    db.session.refresh(user)
    assert user.tf_primary_method


def test_opening_the_code_page_does_not_sign_out(client: PortalClient, user: User) -> None:
    """A picture on another site could ask for it."""
    assert client.get("/inloggen/code").location == "/welkom"
    assert client.get("/account").status_code == 200


def test_who_lost_phone_and_codes_is_let_in_by_whoever_runs_the_portal(
    app: Flask, client: PortalClient, user: User
) -> None:
    switch_on(client)
    client.sign_out()
    run = app.test_cli_runner().invoke
    assert "it was off already" not in run(args=["second-factor-off", user.email]).output
    assert client.sign_in(user.email).location == "/welkom"
    assert "it was off already" in run(args=["second-factor-off", user.email]).output
    failed = run(args=["second-factor-off", "niemand@voorbeeld.example"])
    assert failed.exit_code == 1
    assert "no account" in failed.output

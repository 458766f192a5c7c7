"""What was typed comes back after signing in, once, on the same browser, for the same person."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts import kept
from portal.accounts.models import KeptForm, RoleName, User
from portal.app import create_app
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.transaction import transaction
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_employer, make_site, make_user

HERE = {"Origin": "http://localhost"}
TYPED = [
    ("action", "save"),
    ("title", "Gastvrouw <b>in</b> de tuinkamer"),
    ("text", "\r\nEerste regel.\r\nTweede & laatste regel."),
    ("language", "nl"),
    ("kind", "vacancy"),
    ("contract", "permanent"),
    ("field", "nursing-home"),
    ("level", "0"),
    ("places", "1"),
    ("hours_min", "16"),
    ("password", "geheim-wachtwoord"),
]


class Browser:
    """Sends forms as a browser does: every field of the page, with its own token."""

    def __init__(self, client: PortalClient) -> None:
        self.client = client

    def sign_in(self, user: User, next_: str = "") -> str:
        page = self.client.get(f"/inloggen{next_}").text
        data = {"email": user.email, "password": PASSWORD, "csrf_token": token(page)}
        answer = self.client.post(f"/inloggen{next_}", data=data, headers=HERE)
        assert answer.status_code == 302
        return answer.location

    def sign_out(self) -> None:
        page = self.client.get("/toegankelijkheid").text
        sent = {"csrf_token": token(page)}
        assert self.client.post("/uitloggen", data=sent, headers=HERE).status_code == 302

    def send_form(self, page: str, action: str):
        """Press the button of the form on `page` that goes to `action`."""
        return self.client.post(action, data=fields_of(page, action), headers=HERE)


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def fields_of(page: str, action: str) -> dict[str, list[str]]:
    form = re.search(rf'<form action="{re.escape(html.escape(action))}".*?</form>', page, re.DOTALL)
    assert form, action
    sent: dict[str, list[str]] = {"csrf_token": [token(form[0])]}
    for name, value in re.findall(
        r'<textarea name="([^"]+)" hidden>\n?(.*?)</textarea>', form[0], re.DOTALL
    ):
        plain = html.unescape(value)
        sent.setdefault(html.unescape(name), []).append(re.sub(r"\r?\n", "\r\n", plain))
    return sent


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser, and a portal that guards its forms as in production."""
    guarded = create_app()
    guarded.test_client_class = PortalClient
    client = guarded.test_client()
    assert isinstance(client, PortalClient)
    return Browser(client)


@pytest.fixture
def employer(app: Flask) -> User:
    site = make_site()
    return make_employer(site.organisation)


def typed(employer: User, old: str) -> dict[str, list[str]]:
    site = db.session.scalars(select(Opportunity)).first()
    assert site is None
    sent: dict[str, list[str]] = {"csrf_token": [old]}
    for name, value in TYPED:
        sent.setdefault(name, []).append(value)
    return sent


def expire(browser: Browser, employer: User, how: str) -> str:
    """Let somebody open the form and lose the session; return the token of that page."""
    browser.sign_in(employer)
    page = browser.client.get("/werkgever/aanbod/nieuw").text
    if how == "signed out in another tab":
        browser.sign_out()
    else:
        browser.client.delete_cookie("bekwaam")
    return token(page)


@pytest.mark.parametrize("how", ["signed out in another tab", "the session is gone"])
def test_what_was_typed_comes_back(browser: Browser, employer: User, how: str) -> None:
    old = expire(browser, employer, how)
    sent = typed(employer, old)
    answer = browser.client.post("/werkgever/aanbod/nieuw", data=sent, headers=HERE)
    assert answer.status_code == 303
    assert answer.location == "/inloggen?next=/verder"
    page = browser.client.get(answer.location).text
    assert "kun je verder met wat je typte" in page
    row = db.session.scalars(select(KeptForm)).one()
    names = [name for name, _value in row.fields]
    assert names == [name for name, _value in TYPED if name != "password"]
    assert "geheim-wachtwoord" not in str(row.fields)
    assert browser.sign_in(employer, "?next=/verder") == "/verder"
    page = browser.client.get("/verder").text
    assert "Gastvrouw &lt;b&gt;in&lt;/b&gt; de tuinkamer" in page
    assert "Tweede &amp; laatste regel." in page
    assert "Titel" in page
    done = browser.send_form(page, "/werkgever/aanbod/nieuw")
    # It went to the form's own view, which has its own opinion of it.
    assert done.status_code in {303, 422}
    assert html.escape("Gastvrouw <b>in</b> de tuinkamer") in done.text or done.status_code == 303
    # Once: it is gone now.
    assert db.session.scalar(select(KeptForm)) is None
    assert browser.client.get("/verder").status_code == 303


def test_it_is_the_same_to_the_letter(browser: Browser, employer: User) -> None:
    old = expire(browser, employer, "signed out in another tab")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    browser.sign_in(employer)
    page = browser.client.get("/verder").text
    again = fields_of(page, "/werkgever/aanbod/nieuw")
    assert again["text"] == ["\r\nEerste regel.\r\nTweede & laatste regel."]
    assert again["title"] == ["Gastvrouw <b>in</b> de tuinkamer"]
    assert again["csrf_token"] != [old]


def test_who_signs_in_without_more_is_led_to_it(browser: Browser, employer: User) -> None:
    old = expire(browser, employer, "signed out in another tab")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    assert browser.sign_in(employer) == "/welkom"
    assert browser.client.get("/welkom").location == "/verder"


def test_somebody_else_does_not_get_to_see_it(browser: Browser, employer: User) -> None:
    """A computer in a library: the next one signs in, even with the same rights."""
    old = expire(browser, employer, "signed out in another tab")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    browser.sign_in(make_employer())
    page = browser.client.get("/verder")
    assert page.status_code == 303
    assert "tuinkamer" not in page.text
    page = browser.client.get("/account").text
    assert "hoort bij een ander account" in page
    assert browser.client.get("/welkom").location == "/werkgever"


def test_who_may_not_send_it_does_not_get_to_see_it(browser: Browser, employer: User) -> None:
    """Also when nobody knows who typed it, because the whole session is gone."""
    old = expire(browser, employer, "the session is gone")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    browser.sign_in(make_user(RoleName.CANDIDATE))
    answer = browser.client.get("/verder")
    assert answer.status_code == 303
    assert "tuinkamer" not in answer.text


def test_another_browser_does_not_get_it(browser: Browser, employer: User) -> None:
    old = expire(browser, employer, "the session is gone")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    other = Browser(browser.client.application.test_client())
    other.sign_in(employer)
    answer = other.client.get("/verder")
    assert answer.status_code == 303
    assert answer.location == "/welkom"


def test_it_can_be_thrown_away(browser: Browser, employer: User) -> None:
    old = expire(browser, employer, "signed out in another tab")
    browser.client.post("/werkgever/aanbod/nieuw", data=typed(employer, old), headers=HERE)
    browser.sign_in(employer)
    page = browser.client.get("/verder").text
    assert browser.send_form(page, "/verder/weg").status_code == 303
    assert db.session.scalar(select(KeptForm)) is None
    assert browser.client.get("/welkom").location == "/werkgever"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://kwaad.example"}, {"Referer": "http://kwaad.example/x"}]
)
def test_another_site_cannot_put_words_in_a_form(browser: Browser, headers) -> None:
    answer = browser.client.post("/werkgever/aanbod/nieuw", data={"title": "x"}, headers=headers)
    assert answer.location == "/inloggen"
    assert db.session.scalar(select(KeptForm)) is None


def test_nothing_typed_and_far_too_much_are_not_kept(browser: Browser) -> None:
    for data in ({"csrf_token": "x"}, {"text": "a" * (kept.MOST + 1)}, {"password": "x"}):
        answer = browser.client.post("/werkgever/aanbod/nieuw", data=data, headers=HERE)
        assert answer.location == "/inloggen"
    assert db.session.scalar(select(KeptForm)) is None


def test_a_browser_keeps_one_thing(browser: Browser) -> None:
    for title in ("een", "twee"):
        browser.client.post("/werkgever/aanbod/nieuw", data={"title": title}, headers=HERE)
    assert db.session.scalars(select(KeptForm)).one().fields == [["title", "twee"]]


def test_who_sends_without_end_fills_no_table(app: Flask) -> None:
    """Each browser without cookies would be another row."""
    limited = create_app({"RATELIMIT_ENABLED": True})
    from portal.extensions import limiter

    try:
        for number in range(25):
            limited.test_client().post(
                "/werkgever/aanbod/nieuw", data={"title": f"{number}"}, headers=HERE
            )
    finally:
        limiter.reset()
        limiter.enabled = False
    assert len(db.session.scalars(select(KeptForm)).all()) == 20


def test_after_two_hours_it_is_gone(app: Flask) -> None:
    now = clock.now()
    with transaction():
        token_ = kept.keep("/x", [("a", "b")], user_id=None, replaces=None, now=now)
    assert token_
    assert kept.find(token_, now=now + kept.LASTS - timedelta(seconds=1))
    assert kept.find(token_, now=now + kept.LASTS) is None
    with transaction():
        assert kept.purge(now + kept.LASTS - timedelta(seconds=1)) == 0
        assert kept.purge(now + kept.LASTS) == 1


def test_an_old_form_of_who_is_signed_in_can_be_sent_again(
    browser: Browser, employer: User
) -> None:
    """The page was open in a tab while one signed in anew in another."""
    old = expire(browser, employer, "signed out in another tab")
    browser.sign_in(employer)
    page = browser.client.post(
        "/werkgever/aanbod/nieuw?x=1", data=typed(employer, old), headers=HERE
    )
    assert page.status_code == 400
    assert "te oud" in page.text
    assert "Gastvrouw &lt;b&gt;in&lt;/b&gt; de tuinkamer" in page.text
    assert "geheim-wachtwoord" not in page.text
    done = browser.send_form(page.text, "/werkgever/aanbod/nieuw?x=1")
    assert done.status_code in {303, 422}


def test_an_old_form_from_elsewhere_gets_no_button(browser: Browser, employer: User) -> None:
    browser.sign_in(employer)
    page = browser.client.post("/werkgever/aanbod/nieuw", data={"title": "Van elders"})
    assert page.status_code == 400
    assert 'action="/werkgever/aanbod/nieuw"' not in page.text
    assert "Van elders" in page.text

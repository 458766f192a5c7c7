"""Signing up at any moment, with the quick match kept."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.service import find_user
from portal.app import create_app
from portal.candidates.models import Candidate
from portal.candidates.queries import of_user
from portal.extensions import db
from portal.matching import offers, service
from portal.matching.models import MatchRequest
from portal.matching.service import request_by_token
from portal.transaction import transaction
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_user

ASKED = {
    "skills": "Acht zomers werkte ik op een camping.\r\nIk bak graag.",
    "ambition": "Iets met ouderen, liever overdag.",
    "place": "Heerlen",
    "hours": "20-28",
}
NEW = {
    "name": "Samira Nieuw",
    "email": "nieuw@voorbeeld.example",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
}


def ask(client: PortalClient) -> str:
    """Ask a quick match, answer a reason, and have a paper; return its token."""
    token = client.post("/passend", data=ASKED).location.rpartition("/")[2]
    now = clock.now()
    with transaction():
        service.set_paper(token, "driving-licence-b", has=True, now=now)
        offers.dismiss(token, "origin:florist", needed=False, now=now)
    return token


def profile(email: str) -> Candidate:
    user = find_user(email)
    assert user is not None
    found = of_user(user.id)
    assert found is not None
    return found


def test_everything_that_was_told_stands_in_the_profile(client: PortalClient) -> None:
    token = ask(client)
    asked = request_by_token(token)
    assert asked is not None
    page = client.get(f"/account-maken?bewaar={token}")
    assert f'name="keep" value="{token}"' in page.text
    assert "staat daarna in je profiel" in page.text
    assert client.post("/account-maken", data=NEW | {"keep": token}).location == "/welkom"
    kept = profile(NEW["email"])
    assert kept.user.name == NEW["name"]
    for name in ("skills", "ambition", "place", "province", "hours_low", "hours_high", "gates"):
        assert getattr(kept, name) == getattr(asked, name), name
    assert kept.dismissed == asked.dismissed
    assert kept.gates
    assert kept.dismissed
    page = client.get(client.get("/welkom").location)
    assert "staat nu in je profiel" in page.text


def test_home_has_a_button_that_asks_and_keeps(client: PortalClient) -> None:
    assert 'name="then" value="keep"' in client.get("/").text
    answer = client.post("/passend", data=ASKED | {"then": "keep"})
    where = urlsplit(answer.location)
    assert where.path == "/account-maken"
    [token] = parse_qs(where.query)["bewaar"]
    assert request_by_token(token)
    # Who is signed in keeps it by another way.
    client.sign_in(make_user().email)
    assert 'name="then"' not in client.get("/").text


@pytest.mark.usefixtures("matching")
def test_the_answer_has_a_button_for_who_has_no_account(client: PortalClient) -> None:
    token = ask(client)
    page = client.get(f"/passend/{token}").text
    assert f'href="/account-maken?bewaar={token}"' in page
    client.sign_in(make_user().email)
    page = client.get(f"/passend/{token}").text
    assert "account-maken" not in page


def test_a_mistake_in_the_form_does_not_lose_it(client: PortalClient) -> None:
    token = ask(client)
    page = client.post("/account-maken", data=NEW | {"keep": token, "password_confirm": "x"})
    assert f'name="keep" value="{token}"' in page.text


def test_who_has_an_account_is_asked_before_anything_is_replaced(client: PortalClient) -> None:
    user = make_user()
    client.sign_in(user.email)
    client.post("/account-maken")
    first, second = ask(client), ask(client)
    with transaction():
        found = request_by_token(second)
        assert found is not None
        found.skills = "Ik kan iets heel anders."
    client.post(f"/mijn-route/overnemen/{first}")
    client.sign_out()
    page = client.get(f"/account-maken?bewaar={second}").text
    link = re.search(r'href="(/inloggen[^"]+)"', page[page.index("<main") :])
    assert link
    to = html.unescape(link[1])
    there = client.post(to, data={"email": user.email, "password": PASSWORD})
    assert there.location == f"/mijn-route/overnemen/{second}"
    page = client.get(there.location)
    assert "Ik kan iets heel anders." in page.text
    assert profile(user.email).skills == ASKED["skills"].replace("\r\n", "\n")
    client.post(there.location)
    assert profile(user.email).skills == "Ik kan iets heel anders."


@pytest.mark.parametrize("token", ["bestaat-niet", "expired", "a" * 5000])
def test_what_is_gone_does_not_keep_anybody_out(client: PortalClient, token: str) -> None:
    if token == "expired":
        token = ask(client)
        with transaction():
            found = db.session.scalars(select(MatchRequest)).one()
            found.created_at = clock.now() - timedelta(days=9)
            found.expires_at = clock.now() - timedelta(days=1)
    assert client.post("/account-maken", data=NEW | {"keep": token}).status_code == 302
    assert "al gewist" in client.get(client.get("/welkom").location).text
    assert find_user(NEW["email"])


def test_another_ones_address_gets_nothing_of_it(client: PortalClient) -> None:
    """Somebody types the address of somebody else: that profile stays as it is."""
    other = make_user()
    token = ask(client)
    client.post("/account-maken", data=NEW | {"keep": token, "email": other.email})
    assert of_user(other.id) is None


def test_it_waits_until_the_address_is_confirmed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEKWAAM_CONFIRM_MAIL", "1")
    other = create_app({"WTF_CSRF_ENABLED": False})
    other.test_client_class = PortalClient
    client = other.test_client()
    assert isinstance(client, PortalClient)
    token = ask(client)
    client.post("/account-maken", data=NEW | {"keep": token})
    assert profile(NEW["email"]).skills
    assert client.get("/mijn-route").status_code == 303


def test_where_nobody_can_register_nothing_leads_there(app: Flask) -> None:
    closed = create_app({"WTF_CSRF_ENABLED": False, "SECURITY_REGISTERABLE": False})
    client = closed.test_client()
    assert 'name="then"' not in client.get("/").text
    answer = client.post("/passend", data=ASKED | {"then": "keep"})
    assert answer.location.startswith("/passend/")

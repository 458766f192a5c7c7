"""What can be taken back says so, and is taken back by the same rules as it was done."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.matching.models import MatchRequest
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from tests.factories import make_employer, make_opportunity, make_user
from tests.portal.matching.asking import COOK, ask, cook, words

pytestmark = pytest.mark.usefixtures("app")


def way_back(page: str) -> tuple[str, dict[str, str]]:
    """The form of the notice: where it goes and what it sends."""
    notice = re.search(r'<div class="undo">(.*?)</div>', page, re.DOTALL)
    assert notice, words(page)
    action = re.search(r'<form action="([^"]+)" method="post">', notice[1])
    assert action
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', notice[1])
    assert "Maak ongedaan" in notice[1]
    return unescape(action[1]), {name: unescape(value) for name, value in fields}


def opportunity() -> Opportunity:
    db.session.rollback()
    return db.session.scalars(select(Opportunity)).one()


def close(client, made: Opportunity):
    url = f"/werkgever/aanbod/{made.slug}/sluiten"
    response = client.post(url, data={"version": str(made.version)})
    assert response.status_code == 303
    return client.get(response.location).text


@pytest.fixture
def made(client) -> Opportunity:
    """An opportunity that is online, with its employer signed in."""
    made = make_opportunity()
    client.sign_in(make_employer(made.site.organisation).email)
    return made


def test_what_was_closed_opens_again(client, made) -> None:
    page = close(client, made)
    assert "is gesloten" in words(page)
    assert opportunity().status == Status.CLOSED
    url, sent = way_back(page)
    response = client.post(url, data=sent)
    assert response.status_code == 303
    assert opportunity().status == Status.PUBLISHED
    assert client.get(f"/aanbod/{made.slug}").status_code == 200


def test_the_way_back_is_shown_once(client, made) -> None:
    close(client, made)
    assert 'class="undo"' not in client.get("/werkgever").text


def test_somebody_else_cannot_take_it_back(client, made) -> None:
    url, sent = way_back(close(client, made))
    client.sign_out()
    assert client.post(url, data=sent).location.startswith("/inloggen")
    client.sign_in(make_user(RoleName.CANDIDATE).email)
    assert client.post(url, data=sent).status_code == 403
    client.sign_out()
    client.sign_in(make_employer().email)
    assert client.post(url, data=sent).status_code == 404
    assert opportunity().status == Status.CLOSED


def test_the_way_back_needs_its_token(app: Flask, client, made) -> None:
    url, sent = way_back(close(client, made))
    assert "csrf_token" in sent
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        del sent["csrf_token"]
        assert client.post(url, data=sent).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert opportunity().status == Status.CLOSED


def test_what_a_colleague_changed_since_is_not_undone(client, made) -> None:
    url, sent = way_back(close(client, made))
    now = opportunity()
    client.post(f"/werkgever/aanbod/{now.slug}/heropenen", data={"version": str(now.version)})
    assert client.post(url, data=sent).status_code == 409


def test_past_its_last_day_there_is_no_way_back_to_offer(client) -> None:
    now = clock.now()
    made = make_opportunity(
        now=now - timedelta(days=9), closes_on=clock.local_date(now) - timedelta(days=1)
    )
    client.sign_in(make_employer(made.site.organisation).email)
    page = close(client, made)
    assert "is gesloten" in words(page)
    assert 'class="undo"' not in page


def test_a_title_is_no_markup_in_the_notice(client) -> None:
    made = make_opportunity(title='<b>Kok</b> & "gastheer"')
    client.sign_in(make_employer(made.site.organisation).email)
    page = close(client, made)
    assert "<b>Kok</b>" not in page
    assert "&lt;b&gt;Kok&lt;/b&gt;" in page


def test_what_is_not_needed_comes_back(client, matching) -> None:
    cook()
    token = ask(client, f"{COOK} Niet 's nachts.")
    url = f"/passend/{token}/aanbod?kind=vacancy"
    response = client.post(url, data={"key": "limit:parts:night", "needed": "0"})
    assert response.location == f"/passend/{token}?kind=vacancy", "the notice is at the top"
    page = client.get(response.location).text
    address, sent = way_back(page)
    response = client.post(address, data=sent)
    assert response.location == f"/passend/{token}?kind=vacancy", "the filters stay"
    assert db.session.query(MatchRequest).one().dismissed == []
    assert 'class="undo"' not in client.get(response.location).text


# Asking first


def test_erasing_asks_first(client) -> None:
    token = ask(client)
    page = client.get(f"/passend/{token}/wissen")
    assert page.status_code == 200
    assert "niet terugdraaien" in words(page.text)
    assert 'data-confirm-body aria-labelledby="bevestig-kop"' in page.text
    assert f'<form action="/passend/{token}/wissen" method="post">' in page.text
    assert re.search(rf'<a [^>]*href="/passend/{token}" data-cancel>', page.text)
    assert db.session.query(MatchRequest).count() == 1, "asking erases nothing"
    assert client.post(f"/passend/{token}/wissen").status_code == 303
    assert client.get(f"/passend/{token}/wissen").status_code in (404, 410)


def test_erasing_what_never_was(client) -> None:
    assert client.get("/passend/x/wissen").status_code == 404


def test_closing_asks_first(client, made) -> None:
    page = client.get(f"/werkgever/aanbod/{made.slug}/sluiten").text
    assert "data-confirm-body" in page
    assert f'name="version" value="{made.version}"' in page
    assert re.search(r'<a [^>]*href="/werkgever" data-cancel>', page)
    assert opportunity().status == Status.PUBLISHED
    assert (
        f'href="/werkgever/aanbod/{made.slug}/sluiten" data-dialog' in client.get("/werkgever").text
    )

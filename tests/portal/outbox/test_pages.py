"""The administrator's page: what waits, went and failed, and what may be done."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.outbox.workflow import TRANSITIONS, Action, State, state_of
from tests.conftest import PortalClient
from tests.factories import make_user
from tests.factories.outbox import again, make_mail

PATHS = {Action.AGAIN: "opnieuw", Action.STOP: "stop", Action.WENT: "aangekomen"}


@pytest.fixture
def admin(client: PortalClient) -> PortalClient:
    client.sign_in(make_user(RoleName.ADMIN).email)
    return client


def test_nothing_yet(admin: PortalClient) -> None:
    page = admin.get("/beheer/mail")
    assert page.status_code == 200
    assert "Er is nog geen mail" in page.text


def test_the_list_tells_where_each_mail_is(admin: PortalClient) -> None:
    mails = {state: make_mail(state) for state in State}
    page = admin.get("/beheer/mail").text
    for mail in mails.values():
        assert f'href="/beheer/mail/{mail.id}"' in page
        assert mail.subject in page
    assert "De mailserver neemt geen mail aan voor dit adres." in page
    assert "550" in page
    assert "weten we niet of hij aankwam" in page


def test_filter_and_search(admin: PortalClient) -> None:
    sent = make_mail(State.SENT, to="mieke@voorbeeld.example")
    failed = make_mail(State.FAILED)
    page = admin.get("/beheer/mail?state=failed").text
    assert failed.subject in page
    assert sent.subject not in page
    page = admin.get("/beheer/mail?q=MIEKE").text
    assert sent.subject in page
    assert failed.subject not in page
    page = admin.get("/beheer/mail?q=bestaat-niet").text
    assert "Geen mail gevonden" in page
    assert "Toon alle mail" in page


@pytest.mark.parametrize("query", ["state=kapot", f"q={'a' * 300}"])
def test_a_wrong_filter_says_so_and_shows_all(admin: PortalClient, query: str) -> None:
    mail = make_mail()
    page = admin.get(f"/beheer/mail?{query}")
    assert page.status_code == 422
    assert mail.subject in page.text
    assert "Er klopt nog iets niet" in page.text or "Fout:" in page.text


def test_paging_keeps_the_filter(admin: PortalClient) -> None:
    for _ in range(26):
        make_mail(State.SENT)
    page = admin.get("/beheer/mail?state=sent").text
    assert "/beheer/mail?state=sent&amp;page=2" in page
    last = admin.get("/beheer/mail?state=sent&page=2").text
    assert last.count('href="/beheer/mail/') >= 1
    assert "bladzijde 2" in last


@pytest.mark.parametrize("state", State)
def test_each_action_by_its_button(admin: PortalClient, state: State) -> None:
    for action in Action:
        mail = make_mail(state)
        answer = admin.post(f"/beheer/mail/{mail.id}/{PATHS[action]}", data={"state": state.value})
        to = TRANSITIONS.get((state, action))
        assert answer.status_code == (303 if to else 409), action
        assert state_of(again(mail), clock.now()) is (to or state)
        if to:
            page = admin.get(answer.location)
            assert page.status_code == 200


def test_the_page_has_a_button_for_what_may_be_done(admin: PortalClient) -> None:
    for state in State:
        mail = make_mail(state)
        page = admin.get(f"/beheer/mail/{mail.id}").text
        for action, path in PATHS.items():
            there = f"/beheer/mail/{mail.id}/{path}" in page
            assert there is ((state, action) in TRANSITIONS), (state, action)


def test_an_uncertain_mail_asks_first(admin: PortalClient) -> None:
    mail = make_mail(State.UNCERTAIN)
    page = admin.get(f"/beheer/mail/{mail.id}").text
    assert f'action="/beheer/mail/{mail.id}/opnieuw"' not in page
    assert f'href="/beheer/mail/{mail.id}/opnieuw"' in page
    page = admin.get(f"/beheer/mail/{mail.id}/opnieuw").text
    assert "twee keer" in page
    assert f'action="/beheer/mail/{mail.id}/opnieuw"' in page


def test_asking_again_for_what_went_leads_back(admin: PortalClient) -> None:
    mail = make_mail(State.SENT)
    assert admin.get(f"/beheer/mail/{mail.id}/opnieuw").location == f"/beheer/mail/{mail.id}"


@pytest.mark.parametrize("said", ["", "kapot", "failed"])
def test_another_state_than_was_seen_changes_nothing(admin: PortalClient, said: str) -> None:
    mail = make_mail(State.WAITING)
    answer = admin.post(f"/beheer/mail/{mail.id}/stop", data={"state": said})
    assert answer.status_code == 409
    assert again(mail).stopped_at is None


def test_a_double_click_sends_it_again_once(admin: PortalClient) -> None:
    mail = make_mail(State.FAILED)
    first, second = (
        admin.post(f"/beheer/mail/{mail.id}/opnieuw", data={"state": "failed"}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (303, 409)
    assert db.session.query(OutboxMessage).count() == 1


def test_it_shows_the_text_and_the_html_apart(admin: PortalClient) -> None:
    mail = make_mail(
        body="Hallo <b>jij</b>", html="<script>kwaad()</script><p style='color:red'>Dag</p>"
    )
    page = admin.get(f"/beheer/mail/{mail.id}")
    assert "Hallo &lt;b&gt;jij&lt;/b&gt;" in page.text
    assert "kwaad()" not in page.text
    assert f'src="/beheer/mail/{mail.id}/opmaak"' in page.text
    assert "sandbox" in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = admin.get(f"/beheer/mail/{mail.id}/opmaak")
    policy = framed.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "no-store" in framed.headers["Cache-Control"]


def test_a_mail_without_html_and_one_that_was_erased(admin: PortalClient) -> None:
    plain = make_mail(html=None)
    assert "opmaak" not in admin.get(f"/beheer/mail/{plain.id}").text.lower()
    assert admin.get(f"/beheer/mail/{plain.id}/opmaak").status_code == 404
    erased = make_mail(State.SENT, body="", html=None)
    assert "is gewist" in admin.get(f"/beheer/mail/{erased.id}").text


@pytest.mark.parametrize("path", ["/beheer/mail/999999", "/beheer/mail/999999/opmaak"])
def test_what_is_not_there(admin: PortalClient, path: str) -> None:
    assert admin.get(path).status_code == 404


def test_others_do_not_get_in(app: Flask, client: PortalClient) -> None:
    mail = make_mail()
    for role in set(RoleName) - {RoleName.ADMIN}:
        client.sign_in(make_user(role).email)
        for path in ("/beheer/mail", f"/beheer/mail/{mail.id}", f"/beheer/mail/{mail.id}/opmaak"):
            assert client.get(path).status_code == 403
        client.sign_out()

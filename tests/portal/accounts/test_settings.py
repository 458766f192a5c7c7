"""The own account: name, language of mail, another password."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import RoleName, User
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_user

FRESH = "nog-een-goed-wachtwoord"


@pytest.fixture
def user(client: PortalClient) -> User:
    user = make_user()
    client.sign_in(user.email)
    return user


@pytest.mark.parametrize("role", RoleName)
def test_everybody_has_it_in_the_menu(client: PortalClient, role: RoleName) -> None:
    user = make_user(role)
    client.sign_in(user.email)
    page = client.get("/account")
    assert page.status_code == 200
    assert user.email in page.text
    assert 'href="/account" aria-current="page"' in page.text


def test_name_and_language_are_kept(client: PortalClient, user: User) -> None:
    answer = client.post("/account", data={"name": " Mieke  Jansen ", "language": "en"})
    assert answer.status_code == 303
    assert (user.name, user.language) == ("Mieke Jansen", "en")
    page = client.get("/account").text
    assert 'value="Mieke Jansen"' in page
    assert "My account" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "", "language": "nl"}, "Vul je naam in"),
        ({"name": "a" * 200, "language": "nl"}, "160 tekens"),
        ({"name": "Mieke", "language": "tlh"}, "Kies iets uit de lijst"),
        ({"name": "Mieke"}, "Kies iets uit de lijst"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, user, sent, said) -> None:
    page = client.post("/account", data=sent)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{sent["name"]}"' in page.text
    db.session.refresh(user)
    assert user.name == ""


def test_who_switches_the_language_gets_mail_in_it(client: PortalClient, user: User) -> None:
    client.post("/taal", data={"lang": "en"})
    assert user.language == "en"
    client.post("/taal", data={"lang": "nl"})
    assert user.language == "nl"


def test_another_password(client: PortalClient, user: User) -> None:
    sent = {"password": PASSWORD, "new_password": FRESH, "new_password_confirm": FRESH}
    other = client.application.test_client()
    other.sign_in(user.email)
    assert client.post("/account/wachtwoord", data=sent).status_code == 303
    # Here one goes on; elsewhere the session is over.
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert "is veranderd" in mail.body
    client.sign_out()
    assert client.sign_in(user.email, PASSWORD).status_code == 200
    assert client.sign_in(user.email, FRESH).status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "verkeerd-wachtwoord"}, "klopt niet"),
        ({"password": ""}, "Vul je wachtwoord in"),
        ({"new_password": "kort", "new_password_confirm": "kort"}, "10 tekens of meer"),
        ({"new_password_confirm": "iets-anders-dan-dat"}, "niet gelijk"),
        ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "ander wachtwoord dan"),
        ({"new_password": "", "new_password_confirm": ""}, "Vul je wachtwoord in"),
    ],
)
def test_what_is_wrong_with_a_password(client, user, change, said) -> None:
    sent = {"password": PASSWORD, "new_password": FRESH, "new_password_confirm": FRESH} | change
    page = client.post("/account/wachtwoord", data=sent)
    assert page.status_code == 422
    assert said in page.text
    assert FRESH not in page.text
    client.sign_out()
    assert client.sign_in(user.email, PASSWORD).status_code == 302

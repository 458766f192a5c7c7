import re

import pytest
from sqlalchemy import select

from portal.accounts.models import RoleName, User
from portal.accounts.service import find_user
from portal.app import create_app
from portal.extensions import db, limiter
from portal.outbox.models import OutboxMessage
from tests.factories import PASSWORD, make_employer, make_user

NEW = {"name": "Nieuwe Naam"}
DESKS = {
    RoleName.CANDIDATE: "/mijn-route",
    RoleName.EMPLOYER: "/werkgever",
    RoleName.COACH: "/coach",
    RoleName.COORDINATOR: "/coordinator/werkgevers",
    RoleName.ADMIN: "/beheer/mail",
}


def same(page: str) -> str:
    """A page without the address and the tokens, which differ each time."""
    return re.sub(r"[\w.]+@voorbeeld.example|name=\"csrf_token\" value=\"[^\"]*\"", "", page)


def account_page(client):
    return client.get("/welkom")


def test_the_page_is_plain_dutch(client) -> None:
    page = client.get("/inloggen")
    assert page.status_code == 200
    for words in ("E-mailadres", "Wachtwoord", "Laat mij ingelogd", "Maak een account"):
        assert words in page.text
    assert "Login" not in page.text


def test_sign_in_and_out(client) -> None:
    user = make_user()
    assert client.sign_in(user.email.upper()).location == "/welkom"
    assert account_page(client).location == "/mijn-route"
    assert client.get("/uitloggen").status_code == 405
    assert account_page(client).location == "/mijn-route"
    client.sign_out()
    assert account_page(client).location.startswith("/inloggen")


@pytest.mark.parametrize("role", RoleName)
def test_everybody_begins_where_their_work_is(client, role) -> None:
    user = make_employer() if role is RoleName.EMPLOYER else make_user(role)
    client.sign_in(user.email)
    assert account_page(client).location == DESKS[role]
    assert client.get(DESKS[role]).status_code == 200


def test_the_way_back_survives_making_an_account(client) -> None:
    """Who came for a page and has no account yet gets that page after all."""
    page = client.get("/inloggen?next=/portfolio")
    assert 'href="/account-maken?next=/portfolio"' in page.text
    data = NEW | {
        "email": "a@voorbeeld.example",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
    }
    made = client.post("/account-maken?next=/portfolio", data=data)
    assert made.location == "/portfolio"


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client, known) -> None:
    email = make_user().email if known else "niemand@voorbeeld.example"
    page = client.sign_in(email, "verkeerd-wachtwoord")
    assert page.status_code == 200
    assert "horen niet bij elkaar" in page.text
    assert f'value="{email}"' in page.text
    assert "verkeerd-wachtwoord" not in page.text
    assert account_page(client).location.startswith("/inloggen")


def test_who_is_switched_off_stays_out(client) -> None:
    page = client.sign_in(make_user(active=False).email)
    assert "staat uit" in page.text or "horen niet bij elkaar" in page.text
    assert account_page(client).location.startswith("/inloggen")


@pytest.mark.parametrize("target", ["//kwaad.example", "https://kwaad.example", "/\\kwaad.example"])
def test_next_stays_on_this_site(client, target) -> None:
    data = {"email": make_user().email, "password": PASSWORD}
    response = client.post("/inloggen", query_string={"next": target}, data=data)
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_the_password_is_kept_by_argon2(app) -> None:
    assert (make_user().password or "").startswith("$argon2id$")


def test_it_never_answers_json(client) -> None:
    response = client.post("/inloggen", json={"email": "x@y.example", "password": "z"})
    assert response.mimetype == "text/html"


def test_register(client) -> None:
    data = {
        "name": "Nieuw",
        "email": "Nieuw@Voorbeeld.example",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
    }
    response = client.post("/account-maken", data=data)
    assert response.status_code == 302
    user = find_user("nieuw@voorbeeld.example")
    assert user is not None
    assert [role.name for role in user.roles] == [RoleName.CANDIDATE]
    assert user.created_at is not None
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert mail.recipient == user.email
    assert "Welkom" in mail.subject
    assert user.name == "Nieuw"
    assert account_page(client).location == "/mijn-route"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "kort", "password_confirm": "kort"}, "10 tekens of meer"),
        ({"password_confirm": "iets-heel-anders"}, "niet gelijk"),
        ({"email": "geen adres"}, "geen geldig e-mailadres"),
        ({"email": ""}, "e-mailadres"),
        ({"name": " \u200b "}, "Vul je naam in"),
        ({"name": "a" * 161}, "160 tekens of minder"),
    ],
)
def test_register_says_what_is_wrong(client, change, said) -> None:
    data = NEW | {
        "email": "a@voorbeeld.example",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
    }
    page = client.post("/account-maken", data=data | change)
    assert page.status_code == 200
    assert said in page.text
    assert db.session.scalar(select(User)) is None


def test_registering_twice_tells_only_the_owner(client) -> None:
    user = make_user()
    data = NEW | {"email": user.email, "password": PASSWORD, "password_confirm": PASSWORD}
    response = client.post("/account-maken", data=data)
    assert response.status_code == 302
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert "Je hebt er al een" in mail.body
    assert len(db.session.scalars(select(User)).all()) == 1


def test_a_new_password(client) -> None:
    user = make_user()
    page = client.post("/wachtwoord-vergeten", data={"email": user.email})
    assert page.status_code == 200
    mail = db.session.scalars(select(OutboxMessage)).one()
    link = re.search(r"http://127.0.0.1:8000(/wachtwoord-vergeten/\S+)", mail.body)
    assert link
    assert client.get(link[1]).status_code == 200
    fresh = "nog-een-goed-wachtwoord"
    done = client.post(link[1], data={"password": fresh, "password_confirm": fresh})
    assert done.status_code == 302
    client.sign_out()
    assert client.sign_in(user.email, fresh).status_code == 302
    # The link works once.
    client.sign_out()
    again = client.post(link[1], data={"password": PASSWORD, "password_confirm": PASSWORD})
    assert client.sign_in(user.email, PASSWORD).status_code == 200
    assert again.status_code in {200, 302}


def test_an_unknown_address_gets_no_mail_and_the_same_page(client) -> None:
    known = client.post("/wachtwoord-vergeten", data={"email": make_user().email})
    unknown = client.post("/wachtwoord-vergeten", data={"email": "geen@voorbeeld.example"})
    assert unknown.status_code == known.status_code
    assert same(unknown.text) == same(known.text)
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_guessing_is_slowed_down(app) -> None:
    other = create_app({"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": True})
    client = other.test_client()
    data = {"email": "a@voorbeeld.example", "password": "fout"}
    try:
        answers = [client.post("/inloggen", data=data) for _ in range(11)]
        assert client.get("/inloggen").status_code == 200
    finally:
        # The limiter is one for all applications of this process.
        limiter.reset()
        limiter.enabled = False
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Wacht een minuut" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_confirmation_by_mail_when_it_is_asked_for(app, monkeypatch) -> None:
    monkeypatch.setenv("BEKWAAM_CONFIRM_MAIL", "1")
    other = create_app({"WTF_CSRF_ENABLED": False})
    other.test_client_class = app.test_client_class
    client = other.test_client()
    data = NEW | {
        "email": "b@voorbeeld.example",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
    }
    client.post("/account-maken", data=data)
    assert account_page(client).location.startswith("/inloggen")
    client.sign_in("b@voorbeeld.example")
    assert account_page(client).location.startswith("/inloggen")
    mail = db.session.scalars(select(OutboxMessage)).one()
    link = re.search(r"http://127.0.0.1:8000(/e-mail-bevestigen/\S+)", mail.body)
    assert link
    client.get(link[1])
    assert client.sign_in("b@voorbeeld.example").location == "/welkom"


def test_csrf_guards_sign_in(app) -> None:
    client = create_app().test_client()
    response = client.post("/inloggen", data={"email": "a@b.example", "password": PASSWORD})
    assert response.status_code == 400
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/inloggen").text)
    assert token
    data = {"email": "a@b.example", "password": PASSWORD, "csrf_token": token[1]}
    assert client.post("/inloggen", data=data).status_code == 200
    assert client.post("/uitloggen").status_code == 400

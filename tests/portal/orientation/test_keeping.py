"""Keeping something of the guide, and letting it go."""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from portal.candidates import queries as candidates
from portal.candidates.models import Favourite, FavouriteKind
from portal.extensions import db
from tests.factories import make_employer, make_user
from tests.portal.matching.asking import press, words

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def user(client) -> User:
    user = make_user()
    client.sign_in(user.email)
    return user


def kept(user: User) -> set[tuple[str, str]]:
    db.session.rollback()
    return {(one.kind, one.ref) for one in db.session.query(Favourite)}


def keep(client, ref="care-cook", kind="profession", kept="1", back="/orientatie"):
    data = {"kind": kind, "ref": ref, "kept": kept, "next": back}
    return client.post("/orientatie/bewaren", data=data)


@pytest.mark.parametrize(
    ("kind", "ref"),
    [("profession", "care-cook"), ("field", "nursing-home"), ("target_group", "children")],
)
def test_each_kind_is_kept_shown_and_let_go(client, user: User, kind: str, ref: str) -> None:
    assert keep(client, ref, kind).status_code == 303
    assert kept(user) == {(kind, ref)}
    mine = client.get("/orientatie?mijn=1").text
    assert f'value="{ref}"' in mine
    assert press(client, mine, "Bewaard, haal weg").status_code == 303
    assert kept(user) == set()
    assert "Je bewaart nog niets" in client.get("/orientatie?mijn=1").text


def test_letting_go_can_be_undone(client, user: User) -> None:
    keep(client)
    keep(client, kept="0")
    page = client.get("/orientatie").text
    assert press(client, page, "Maak ongedaan").location == "/orientatie"
    assert kept(user) == {("profession", "care-cook")}


def test_a_double_click_keeps_it_once_and_lets_it_go_once(client, user: User) -> None:
    assert [keep(client).status_code for _ in "ab"] == [303, 303]
    assert db.session.query(Favourite).count() == 1
    assert [keep(client, kept="0").status_code for _ in "ab"] == [303, 303]
    assert kept(user) == set()


def test_it_comes_back_to_where_it_was_pressed(client, user: User) -> None:
    page = "/orientatie?q=kok#profession-care-cook"
    assert keep(client, back=page).location == page
    for foreign in (
        "https://elders.example/orientatie",
        "//elders.example",
        "/aanbod",
        "\\\\x",
        "",
    ):
        assert keep(client, back=foreign).location == "/orientatie", foreign


@pytest.mark.parametrize(
    ("kind", "ref", "status"),
    [
        ("profession", "nobody", 404),
        ("field", "care-cook", 404),
        ("profession", "", 404),
        ("colour", "care-cook", 422),
        ("", "", 422),
    ],
)
def test_what_is_not_there_cannot_be_kept(client, user: User, kind, ref, status) -> None:
    assert keep(client, ref, kind).status_code == status
    assert kept(user) == set()


def test_a_profile_begins_when_something_is_kept(client, user: User) -> None:
    assert candidates.of_user(user.id) is None
    keep(client)
    assert candidates.of_user(user.id) is not None


def test_everybody_sees_only_what_they_keep(client, user: User) -> None:
    keep(client)
    client.sign_out()
    client.sign_in(make_user().email)
    assert "Je bewaart nog niets" in client.get("/orientatie?mijn=1").text


def test_a_visitor_is_led_to_sign_in_and_back(client) -> None:
    page = client.get("/orientatie/beroepen/care-cook").text
    assert "/inloggen?next=/orientatie/beroepen/care-cook" in page.replace("%2F", "/")
    assert keep(client).status_code in (302, 303)
    assert db.session.query(Favourite).count() == 0
    assert "Log in om te bewaren" in client.get("/orientatie?mijn=1").text


def test_an_employer_has_no_button_and_may_not(client) -> None:
    client.sign_in(make_employer().email)
    page = client.get("/orientatie/beroepen/care-cook").text
    assert "/orientatie/bewaren" not in page
    assert "/inloggen?next" not in page
    assert keep(client).status_code == 403


def test_something_that_the_framework_let_go_is_passed_over(client, user: User) -> None:
    keep(client)
    own = candidates.of_user(user.id)
    db.session.add(
        Favourite(
            candidate_id=own.id,
            kind=FavouriteKind.PROFESSION,
            ref="lamplighter",
            at=own.created_at,
        )
    )
    db.session.commit()
    page = client.get("/orientatie?mijn=1")
    assert page.status_code == 200
    assert "Kok in de zorg" in words(page.text)


def test_who_knows_enough_goes_on(client, user: User) -> None:
    page = client.get("/orientatie?mijn=1").text
    keep(client)
    keep(client, kept="0")
    assert press(client, page, "Ik weet genoeg, verder").location == "/mijn-route"
    assert "orient" in candidates.of_user(user.id).steps

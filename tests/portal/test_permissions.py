from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from portal.accounts.models import RoleName
from portal.app import create_app
from portal.errors import Forbidden
from portal.permissions import Permission, permissions_of, requires, signed_in
from tests.conftest import PortalClient
from tests.factories import make_user


@pytest.fixture
def guarded(app: Flask):
    """A portal with one page for employers and one form for them."""
    other = create_app({"WTF_CSRF_ENABLED": False})
    other.test_client_class = PortalClient

    @requires(Permission.OPPORTUNITY_MANAGE)
    def page() -> str:
        return signed_in().email

    other.add_url_rule("/proef", "proef", page, methods=["GET"])
    other.add_url_rule("/proef", "proef_post", page, methods=["POST"])
    return other.test_client()


def test_a_stranger_goes_to_sign_in_and_comes_back(guarded) -> None:
    response = guarded.get("/proef?dag=ma")
    assert response.status_code == 303
    target = urlsplit(response.location)
    assert target.path == "/inloggen"
    assert parse_qs(target.query) == {"next": ["/proef?dag=ma"]}
    user = make_user(RoleName.EMPLOYER)
    back = guarded.post(
        response.location, data={"email": user.email, "password": "een-goed-wachtwoord"}
    )
    assert back.location == "/proef?dag=ma"
    assert guarded.get("/proef").text == user.email


def test_a_stranger_who_posts_is_not_sent_back_to_the_post(guarded) -> None:
    assert guarded.post("/proef").location == "/inloggen"


@pytest.mark.parametrize("role", [role for role in RoleName if role is not RoleName.EMPLOYER])
def test_another_role_is_told_that_it_may_not(guarded, role) -> None:
    guarded.sign_in(make_user(role).email)
    response = guarded.get("/proef")
    assert response.status_code == 403
    assert "niet voor jou" in response.text


def test_roles_add_up(app: Flask) -> None:
    both = make_user(RoleName.CANDIDATE, RoleName.EMPLOYER)
    assert Permission.OPPORTUNITY_MANAGE in permissions_of(both)


def test_nobody_is_nobody(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(Forbidden):
        signed_in()

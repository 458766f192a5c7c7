"""Every route says who may open it, and nothing that writes answers a GET."""

import inspect

import pytest
from flask import Flask

from portal.accounts.models import RoleName
from portal.permissions import PUBLIC_ENDPOINTS, ROLE_PERMISSIONS, Permission

MUTATING = {"POST", "PUT", "PATCH", "DELETE"}
READS_WITH_POST = {
    # Flask-Security's pages show their form and take it at one address.
    "security.login",
    "security.register",
    "security.forgot_password",
    "security.reset_password",
    "security.send_confirmation",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    # These only lead on to our own pages.
    "security.two_factor_setup",
    "security.two_factor_rescue",
    "security.tf_select",
    "security.mf_recovery_codes",
}
FORM_PAGES: set[str] = set()
"""Our own endpoints that show a form at GET and take it at POST."""


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in PUBLIC_ENDPOINTS
        and not getattr(view, "portal_public", False)
        and not isinstance(getattr(view, "portal_permission", None), Permission)
    ]
    assert not silent


def test_no_route_is_both_public_and_guarded(app: Flask) -> None:
    both = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if hasattr(view, "portal_public") and hasattr(view, "portal_permission")
    ]
    assert not both


def test_a_route_that_says_nothing_is_closed(app: Flask) -> None:
    from portal.app import create_app

    other = create_app()
    other.add_url_rule("/zomaar", "zomaar", lambda: "open")
    assert other.test_client().get("/zomaar").status_code == 403


def test_what_writes_does_not_answer_a_get(app: Flask) -> None:
    mixed = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods and rule.methods & MUTATING
    }
    assert mixed <= READS_WITH_POST | FORM_PAGES


def test_a_view_that_only_answers_gets_opens_no_transaction(app: Flask) -> None:
    """A test client cannot see every way into a view, its source can."""
    for rule in app.url_map.iter_rules():
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        if rule.endpoint in PUBLIC_ENDPOINTS or not rule.methods or rule.methods & MUTATING:
            continue
        source = inspect.getsource(view)
        assert "transaction(" not in source, rule.endpoint
        assert ".commit(" not in source, rule.endpoint


@pytest.mark.parametrize("role", RoleName)
def test_every_role_is_in_the_permission_table(role: RoleName) -> None:
    assert role in ROLE_PERMISSIONS


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_given_to_somebody(permission: Permission) -> None:
    assert any(permission in given for given in ROLE_PERMISSIONS.values())


def test_sign_out_is_a_post(client) -> None:
    assert client.get("/uitloggen").status_code == 405

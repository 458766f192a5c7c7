"""Every page and object is reached only by whom it concerns: every route, as everybody.

A route with an argument needs an object of somebody else: tests/portal/objects, a file per
feature. Nothing here knows a feature; a new route is walked because it is in the map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.accounts.models import User
from portal.extensions import Base, db
from portal.permissions import Permission, permissions_of
from tests.conftest import PortalClient
from tests.portal import objects
from tests.portal.objects.world import SECRET, WHO, make_strangers, make_world

CLOSED = {403, 404}


@dataclass(frozen=True, slots=True)
class Route:
    """One address with one method, and who it asks for."""

    endpoint: str
    method: str
    path: str
    arguments: frozenset[str]
    needs: Permission


def guarded(app: Flask) -> Iterator[tuple[Rule, str, Permission]]:
    """Every rule that is not for everybody, with each of its methods."""
    for rule in app.url_map.iter_rules():
        needs = getattr(app.view_functions[rule.endpoint], "portal_permission", None)
        if needs is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, needs


def routes(app: Flask, found: dict[str, str]) -> list[Route]:
    made = []
    for rule, method, needs in guarded(app):
        values = {
            name: objects.value_for(found, rule.endpoint, name)
            for name in rule.arguments - set(rule.defaults or ())
        }
        if None in values.values():
            # Told by test_every_argument_has_an_object_of_somebody.
            continue
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
        made.append(Route(rule.endpoint, method, path, frozenset(values), needs))
    return made


def signed_in(app: Flask, user: User) -> PortalClient:
    client = app.test_client()
    assert isinstance(client, PortalClient)
    assert client.sign_in(user.email).status_code == 302
    return client


def fingerprint() -> dict[str, list[str]]:
    """Every row of every table, so that a stranger's request that writes is found out."""
    tables = Base.metadata.sorted_tables
    rows = {
        t.name: sorted(repr(tuple(row)) for row in db.session.execute(select(t))) for t in tables
    }
    db.session.rollback()
    return rows


def changed(before: dict[str, list[str]]) -> list[str]:
    after = fingerprint()
    return [name for name in before if before[name] != after[name]]


def test_every_argument_has_an_object_of_somebody(app: Flask) -> None:
    found = objects.make(make_world())
    lacking = sorted(
        {
            f"{rule.endpoint}:{name}"
            for rule, _method, _needs in guarded(app)
            for name in rule.arguments - set(rule.defaults or ())
            if objects.value_for(found, rule.endpoint, name) is None
        }
    )
    assert not lacking, (
        "no test opens these with somebody else's object. Let make(world) of a file in "
        "tests/portal/objects return one for each, under the key as it stands here or for the "
        f"whole blueprint ('coaching:id'): {lacking}"
    )


def test_what_is_left_open_is_there(app: Flask) -> None:
    """An exception for a route that is gone would hide the next one of that name."""
    endpoints = {rule.endpoint for rule, _method, _needs in guarded(app)}
    assert {endpoint for endpoint, _who in objects.OPEN} <= endpoints
    assert {who for _endpoint, who in objects.OPEN} <= set(WHO)
    assert set(objects.FIELDS) <= endpoints
    assert {endpoint for endpoint, _who in objects.DIFFERS} <= endpoints
    assert all([*objects.OPEN.values(), *objects.DIFFERS.values()]), "say why"


def test_nobody_gets_in_without_signing_in(app: Flask, client: PortalClient) -> None:
    found = objects.make(make_world())
    before = fingerprint()
    for route in routes(app, found):
        answer = client.open(route.path, method=route.method)
        assert answer.status_code == 303, route
        assert urlsplit(answer.location).path == "/inloggen", route
    assert changed(before) == []


@pytest.mark.parametrize("who", WHO)
def test_a_stranger_reaches_nothing_of_somebody_else(app: Flask, who: str) -> None:
    """Not by GET and not by POST, and without leaving a trace; nor a page of another role."""
    stranger = make_strangers()[who]
    found = objects.make(make_world())
    client = signed_in(app, stranger)
    may = permissions_of(stranger)
    before = fingerprint()
    let_in = []
    for route in routes(app, found):
        fields = {
            name: filled(value, found)
            for name, value in objects.FIELDS.get(route.endpoint, {}).items()
        }
        if route.needs not in may:
            expected = {403}
        elif (route.endpoint, who) in objects.OPEN:
            continue
        elif route.arguments:
            expected = CLOSED
        elif route.method == "POST" and fields:
            # Passed over is as good as refused: below, nothing may have changed.
            expected = CLOSED | {303, 422}
        else:
            continue
        answer = client.open(route.path, method=route.method, data=fields)
        if answer.status_code not in expected or SECRET in answer.text:
            let_in.append(f"{route.method} {route.path} ({route.endpoint}): {answer.status}")
    assert not let_in
    assert changed(before) == []


def filled(value: str, found: dict[str, str]) -> str:
    """A field with the values of the objects in it, named in braces."""
    return re.sub(r"{([\w.:]+)}", lambda key: found[key[1]], value)


@pytest.mark.parametrize("who", WHO)
def test_a_page_of_ones_own_says_nothing_of_somebody_else(app: Flask, who: str) -> None:
    """Lists, counts and files to download: the same before and after others made something."""
    stranger = make_strangers()[who]
    world = make_world()
    client = signed_in(app, stranger)
    may = permissions_of(stranger)
    own = [
        route
        for route in routes(app, objects.Anything())
        if route.method == "GET"
        and not route.arguments
        and route.needs in may
        and (route.endpoint, who) not in objects.OPEN
    ]
    assert own
    before = {route.endpoint: said(client, route.path) for route in own}
    objects.make(world)
    for route in own:
        after = said(client, route.path)
        assert SECRET not in after, route
        if (route.endpoint, who) not in objects.DIFFERS:
            assert after == before[route.endpoint], route


def said(client: PortalClient, path: str) -> str:
    """A page without what differs each time: tokens, and the minute it was made."""
    answer = client.get(path)
    # While matching sleeps, its pages say so.
    assert answer.status_code < 500 or answer.status_code == 503, path
    text = answer.get_data().decode("utf-8", "replace")
    return re.sub(r'name="csrf_token" value="[^"]*"|\b\d\d:\d\d(:\d\d)?\b|\d{8}T\d{6}Z?', "", text)

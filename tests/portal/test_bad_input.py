"""Bad input as a matter of course: no form of the portal breaks, whatever somebody sends.

The forms are read from the pages as a browser does, so that a new form is tried because it is
there. Whose pages they are: the people of tests/portal/objects, with their own objects.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal import clock
from portal.accounts.models import RoleName, User
from portal.extensions import Base, db
from portal.permissions import PUBLIC_ENDPOINTS, permissions_of
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_user
from tests.portal import objects
from tests.portal.objects.world import World, make_world
from tests.portal.pages import TYPED, Field, Form, forms_of

WHO = ("visitor", "candidate", "employer", "coach", "coordinator", "admin")
LEFT_ALONE = ("/uitloggen", "/taal", "/bouwstenen")
"""Forms of every page, and samples: signing out would end the walk."""
NUL = "ni\x00ets"
HUGE = "9" * 30
BAD: dict[str, tuple[str, ...]] = {
    "number": ("-1", HUGE, "1e400", "NaN", "½"),
    "date": ("0001-01-01", "9999-12-31", "2027-02-30", HUGE),
    "time": ("99:99", HUGE),
    "datetime-local": ("0001-01-01T00:00", "9999-12-31T23:59", "2027-02-30T10:00"),
    "email": (NUL, "a" * 5000 + "@voorbeeld.example"),
    "select": ("bestaat-niet", HUGE),
    "radio": ("bestaat-niet", "-9223372036854775809"),
    "checkbox": ("bestaat-niet", HUGE),
    "hidden": ("bestaat-niet", HUGE, "-1"),
    "button": ("bestaat-niet",),
    "password": (NUL, "a" * 5000),
    "file": ("een tekst waar een bestand hoort",),
}
EXAMPLES = {
    "number": "2",
    "date": (clock.local_date(clock.now()) + timedelta(days=14)).isoformat(),
    "time": "10:00",
    "datetime-local": (clock.now() + timedelta(days=14)).strftime("%Y-%m-%dT10:00"),
    "email": "iemand@voorbeeld.example",
    "password": PASSWORD,
}
"""What people put in fields of each kind."""
WRITTEN = (NUL, "\u202eאבג🦉" + "a" * 60_000)
"""For fields in which people write."""
TWICE_IS_TWICE = {
    "/passend": "every question of a visitor is a question of its own",
}
"""Forms that make something each time, with the reason."""


NEW = {"/werkgever/aanbod/nieuw": "what is new has no older version"}
"""Forms whose version means nothing yet."""


@pytest.fixture
def world(app: Flask) -> tuple[World, dict[str, str]]:
    world = make_world()
    return world, objects.make(world)


def somebody(app: Flask, world: World, who: str) -> tuple[PortalClient, User | None]:
    client = app.test_client()
    assert isinstance(client, PortalClient)
    if who == "visitor":
        return client, None
    user: User = getattr(world, who, None) or make_user(RoleName(who))
    assert client.sign_in(user.email).status_code == 302
    return client, user


def forms(
    app: Flask, client: PortalClient, user: User | None, found: dict[str, str]
) -> Iterator[Form]:
    """Every form that this person can send, as it stands on some page."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    may = permissions_of(user) if user else frozenset()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        needs = getattr(view, "portal_permission", None)
        if "GET" not in (rule.methods or ()) or (needs is not None and needs not in may):
            continue
        values = {
            name: objects.value_for(found, rule.endpoint, name)
            for name in rule.arguments - set(rule.defaults or ())
        }
        if None in values.values():
            continue
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
        page = client.get(path)
        assert page.status_code < 500, path
        if page.status_code != 200 or page.mimetype != "text/html":
            continue
        for form in forms_of(page.text):
            form.action = form.action or path
            key = (form.action, form.names)
            if form.method != "post" or form.action.startswith(LEFT_ALONE) or key in seen:
                continue
            # What is for everybody is tried as a visitor.
            if user is None or not for_everybody(app, form.action):
                seen.add(key)
                yield form


def filled_in(form: Form) -> dict[str, Any]:
    """The form with something in every field that is empty, as somebody would."""
    sent: dict[str, Any] = form.sent()
    for one in form.fields:
        empty = sent.get(one.name, [""]) == [""]
        if empty and one.kind in ("radio", "checkbox"):
            sent[one.name] = [one.value]
        elif empty and one.kind == "select":
            sent[one.name] = [next((value for value in one.options if value), "")]
        elif empty and (one.kind in TYPED or one.kind in EXAMPLES):
            sent[one.name] = [EXAMPLES.get(one.kind, "Een zin die iets zegt.")]
    return sent


def for_everybody(app: Flask, action: str) -> bool:
    try:
        endpoint, _arguments = app.url_map.bind("localhost").match(urlsplit(action).path, "POST")
    except HTTPException:
        return False
    public = getattr(app.view_functions[endpoint], "portal_public", False)
    return public or endpoint in PUBLIC_ENDPOINTS


def bad_values(one: Field) -> tuple[str, ...]:
    return BAD.get(one.kind, WRITTEN if one.kind in TYPED else (NUL,))


def tries(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent: all as it should be but for one field; nothing; everything twice."""
    base = filled_in(form)
    yield "nothing", {}
    yield "everything twice", {name: [*values, "anders"] for name, values in base.items()}
    for name in form.names:
        one = next(field for field in form.fields if field.name == name)
        for value in bad_values(one):
            yield f"{name}={value[:20]!r}", {**base, name: [value]}
    if form.multipart or any(field.kind == "file" for field in form.fields):
        for name in form.names:
            file = (io.BytesIO(b"\x00%PDF-geen"), "..\\../naam\u202e.pdf")
            yield f"a file as {name}", {**base, name: file}


def send(client: PortalClient, action: str, data: dict[str, Any]) -> TestResponse | Exception:
    try:
        return client.post(action, data=data)
    except Exception as error:
        db.session.rollback()
        return error


@pytest.mark.parametrize("who", WHO)
def test_no_form_breaks(app: Flask, world: tuple[World, dict[str, str]], who: str) -> None:
    client, user = somebody(app, world[0], who)
    broken: dict[str, str] = {}
    tried = 0
    for form in list(forms(app, client, user, world[1])):
        for what, data in tries(form):
            answer = send(client, form.action, data)
            tried += 1
            if isinstance(answer, Exception):
                told = f"{type(answer).__name__}: {answer}".splitlines()[0][:200]
            elif answer.status_code >= 500 and answer.status_code != 503:
                told = answer.status
            elif answer.mimetype != "text/html":
                told = answer.mimetype
            else:
                continue
            broken.setdefault(form.action, f"{what}: {told}")
    assert tried > 10
    assert not broken


def rows() -> Counter[str]:
    """How many rows there are in each table; the audit trail may tell of both clicks."""
    tables = [table for table in Base.metadata.sorted_tables if table.name != "audit_line"]
    counted = {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in tables}
    db.session.rollback()
    return Counter(counted)


@pytest.mark.parametrize("who", WHO)
def test_a_double_click_is_one_click(
    app: Flask, world: tuple[World, dict[str, str]], who: str
) -> None:
    """The second of two equal forms adds no row to any table: no second mail either."""
    client, user = somebody(app, world[0], who)
    doubled: dict[str, dict[str, int]] = {}
    made = 0
    for form in list(forms(app, client, user, world[1])):
        if form.action in TWICE_IS_TWICE:
            continue
        data = filled_in(form)
        first = send(client, form.action, data)
        made += isinstance(first, TestResponse) and first.status_code in (302, 303)
        once = rows()
        send(client, form.action, data)
        if more := rows() - once:
            doubled[form.action] = dict(more)
    assert not doubled
    assert made, "no form did anything, so this tried nothing"


@pytest.mark.parametrize("who", WHO)
def test_an_old_page_changes_nothing_and_loses_nothing(
    app: Flask, world: tuple[World, dict[str, str]], who: str
) -> None:
    """Two tabs: a form with an older version is refused, with what was typed still there."""
    client, user = somebody(app, world[0], who)
    wrong: dict[str, str] = {}
    for form in list(forms(app, client, user, world[1])):
        if "version" not in form.names or form.action in NEW:
            continue
        typed = [one for one in form.fields if one.kind in TYPED]
        data = filled_in(form) | {"version": ["999999"]}
        if "save" in [one.value for one in form.fields if one.name == "action"]:
            data["action"] = ["save"]
        if typed:
            data[typed[0].name] = ["Bewaar mij"]
        before = rows()
        answer = send(client, form.action, data)
        if isinstance(answer, Exception):
            wrong[form.action] = str(answer)[:200]
        elif answer.status_code not in (409, 422) and (typed or answer.status_code != 303):
            # Where nothing was typed, a message on the page of now says it all.
            wrong[form.action] = answer.status
        elif typed and "Bewaar mij" not in answer.text:
            wrong[form.action] = f"{answer.status}, and {typed[0].name} is lost"
        elif rows() != before:
            wrong[form.action] = f"{answer.status}, and rows were added"
    assert not wrong


@pytest.mark.parametrize("size", [3, 30])
def test_far_too_much_at_once(app: Flask, client: PortalClient, size: int) -> None:
    """A page with words, for a form and for a file where no file belongs."""
    much = b"a" * (size * 1024 * 1024)
    for data in ({"skills": much}, {"file": (io.BytesIO(much), "groot.pdf")}):
        answer = client.post("/passend", data=data)
        assert answer.status_code == 413
        assert "te groot" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        f"/beheer/mail/{HUGE}",
        "/aanbod?page=99999999999999999999",
        "/aanbod?q=%00&place=%00",
        "/aanbod/%00",
        "/leren/%ff%fe",
        "/passend/%F0%9F%A6%89",
        "/passend/..%2f..%2fetc",
        "/aanbod?hours=" + "9" * 4000,
    ],
)
def test_an_address_that_nobody_gave(client: PortalClient, path: str) -> None:
    client.sign_in(make_user(RoleName.ADMIN).email)
    assert client.get(path).status_code < 500

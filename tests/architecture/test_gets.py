"""Walks every page as everybody, and looks whether the database is still the same."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter

from portal.accounts.models import RoleName
from portal.extensions import Base, db
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from tests.factories import make_opportunity, make_user

WRITES_AT_GET = {
    # The link in the mail; its token is used once.
    "security.confirm_email",
}


def fingerprint() -> dict[str, list[tuple[object, ...]]]:
    tables = Base.metadata.sorted_tables
    rows = {t.name: [tuple(row) for row in db.session.execute(select(t))] for t in tables}
    db.session.rollback()
    return {name: sorted(found, key=repr) for name, found in rows.items()}


@pytest.mark.parametrize("role", [None, *RoleName])
def test_no_get_changes_a_row(app: Flask, client, role: RoleName | None) -> None:
    published = make_opportunity()
    make_opportunity(Status.DRAFT, site=published.site)
    if role:
        member = published.site.organisation if role is RoleName.EMPLOYER else None
        client.sign_in(make_user(role, member_of=member).email)
    values = {"slug": published.slug, "token": "abc", "id": "x", "filename": "geen.css"}
    before = fingerprint()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in WRITES_AT_GET:
            continue
        arguments = {
            name: "1"
            if isinstance(rule._converters.get(name), IntegerConverter)
            else values.get(name, "1")
            for name in rule.arguments
        }
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, arguments)
        response = client.get(path)
        assert response.status_code < 500, path
    assert fingerprint() == before
    assert db.session.scalar(select(func.count(Opportunity.id))) == 2

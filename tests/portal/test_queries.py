"""How often each page asks the database: pinned, and the same for a pool of any size.

A page that asks once for each row that it shows is quick with ten rows and slow with a thousand.
A new page needs a line in PINNED of tests/portal/pinned; a number that changes is changed
there, for a reason.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.accounts.models import RoleName, User
from portal.matching.knowledge import framework
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation
from tests.conftest import PortalClient
from tests.factories import make_employer, make_opportunity, make_organisation, make_site, make_user
from tests.portal import pinned
from tests.portal.matching.asking import COOK, ask, cook, gardener
from tests.portal.opportunities.counting import queries
from tests.portal.pinned import NO_PAGE, PINNED, STATES

WHO = (None, *RoleName)
"""Who opens a page: a visitor, and one of each role."""


def pages(app: Flask) -> dict[str, str]:
    """The address of every page, by endpoint; what stands in braces is filled in."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE:
            found[rule.endpoint] = re.sub(r"<(?:[^<>]*:)?([^<>:]+)>", r"{\1}", rule.rule)
    return found | STATES


def path_of(page: str, address: str, facts: dict[str, str]) -> str:
    """The address with its facts: that of this endpoint (`endpoint.name`) or of all (`name`)."""
    endpoint = page.partition(",")[0]

    def fact(found: re.Match[str]) -> str:
        return facts.get(f"{endpoint}.{found[1]}") or facts[found[1]]

    return re.sub(r"{(\w+)}", fact, address)


def fill(mine: Organisation, count: int) -> None:
    """Put more in the pool: of this organisation and of others, at sites of their own."""
    for _ in range(count):
        for organisation in (mine, make_organisation()):
            cook(site=make_site(organisation))
            gardener(site=make_site(organisation))
        make_opportunity(Status.DRAFT, site=make_site(mine))
        make_opportunity(Status.CLOSED, site=make_site(mine))
        make_user(RoleName.CANDIDATE)
        make_employer(mine)


def person(app: Flask, user: User | None) -> PortalClient:
    client = app.test_client()
    assert isinstance(client, PortalClient)
    if user is not None:
        assert client.sign_in(user.email).status_code == 302
    return client


def counted(
    people: list[PortalClient], addresses: dict[str, str], facts: dict[str, str]
) -> dict[str, tuple[int | None, ...]]:
    """How often each page asks, for everybody who gets it."""
    found = {}
    for page, address in addresses.items():
        path = path_of(page, address, facts)
        counts: list[int | None] = []
        for client in people:
            # Once without counting: what is read once per process is no part of a page.
            client.get(path)
            with queries() as sent:
                answer = client.get(path)
            given = answer.status_code == (410 if page.endswith("closed") else 200)
            counts.append(len(sent) if given else None)
        found[page] = tuple(counts)
    return found


@pytest.mark.usefixtures("matching")
def test_pages_ask_as_often_as_pinned_and_no_oftener_of_a_larger_pool(app: Flask) -> None:
    mine = make_organisation()
    fill(mine, 2)
    site = make_site(mine)
    users = [
        None
        if role is None
        else make_employer(mine)
        if role is RoleName.EMPLOYER
        else make_user(role)
        for role in WHO
    ]
    people = [person(app, user) for user in users]
    facts = {
        "slug": cook(site=site).slug,
        "closed": cook(site=site, status=Status.CLOSED).slug,
        "id": next(iter(framework().learning)),
        "token": ask(people[0]),
        "limited": ask(people[0], f"{COOK} Ik was bloemist. Ik werk liever niet in de nacht."),
    }
    facts |= pinned.facts(mine, dict(zip(WHO, users, strict=True)))
    # What is not there at all asks less; what is there once asks as often as a hundred.
    pinned.fill(mine, 1)
    addresses = pages(app)
    few = counted(people, addresses, facts)
    fill(mine, 6)
    pinned.fill(mine, 6)
    many = counted(people, addresses, facts)
    assert many == few
    assert few == PINNED


def test_every_page_is_pinned(app: Flask) -> None:
    assert set(pages(app)) == set(PINNED)
    assert NO_PAGE.keys() <= app.view_functions.keys() | {"security.confirm_email"}


def test_a_page_that_asks_for_each_row_is_found_out(app: Flask) -> None:
    from portal.extensions import db
    from portal.opportunities.models import Opportunity

    def ask_each() -> int:
        db.session.expire_all()
        with queries() as sent:
            for one in db.session.query(Opportunity):
                assert one.site.organisation.name
        return len(sent)

    mine = make_organisation()
    fill(mine, 1)
    few = ask_each()
    fill(mine, 1)
    assert ask_each() > few

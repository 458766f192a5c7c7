"""How often each page asks the database: pinned, and the same for a pool of any size.

A page that asks once for each row that it shows is quick with ten rows and slow with a thousand.
A new page needs a line in PINNED; a number that changes is changed here, for a reason.
"""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import RoleName, User
from portal.matching.knowledge import framework
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation
from tests.conftest import PortalClient
from tests.factories import make_employer, make_opportunity, make_organisation, make_site, make_user
from tests.portal.matching.asking import COOK, ask, cook, gardener
from tests.portal.opportunities.counting import queries

WHO = (None, *RoleName)
"""Who opens a page: a visitor, and one of each role."""
NO_PAGE = {
    "static": "a file",
    "assets.bundle": "a file",
    "accounts.after_sign_in": "leads on to another page",
    "security.logout": "leads on to another page",
    "security.confirm_email": "leads on to another page",
    "security.reset_password": "needs the link of a mail",
}
# Per page: a visitor, then candidate, employer, coordinator, coach and admin. None: not theirs.
PINNED: dict[str, tuple[int | None, ...]] = {
    "employer.ask_close": (None, None, 3, None, None, None),
    "employer.edit": (None, None, 4, None, None, None),
    "employer.index": (None, None, 3, None, None, None),
    "employer.new": (None, None, 2, None, None, None),
    "employer.preview": (None, None, 5, None, None, None),
    "gallery.ask": (0, 1, 1, 2, 1, 2),
    "gallery.basis": (0, 1, 1, 2, 1, 2),
    "gallery.beelden": (0, 1, 1, 2, 1, 2),
    "gallery.dossier": (0, 1, 1, 2, 1, 2),
    "gallery.index": (0, 1, 1, 2, 1, 2),
    "gallery.invullen": (0, 1, 1, 2, 1, 2),
    "gallery.melden": (0, 1, 1, 2, 1, 2),
    "gallery.vinden": (0, 1, 1, 2, 1, 2),
    "glossary.index": (0, 1, 1, 2, 1, 2),
    "learning.index": (0, 1, 1, 2, 1, 2),
    "learning.show": (0, 1, 1, 2, 1, 2),
    "matching.ask_forget": (1, 2, 2, 3, 2, 3),
    "matching.change": (2, 3, 3, 4, 3, 4),
    "matching.fits": (2, 3, 3, 4, 3, 4),
    "matching.fits, of somebody who asked": (4, 5, 5, 6, 5, 6),
    "matching.home": (1, 2, 2, 3, 2, 3),
    "matching.result": (6, 7, 7, 8, 7, 8),
    "matching.result, filtered": (6, 7, 7, 8, 7, 8),
    "matching.result, of somebody with limits": (6, 7, 7, 8, 7, 8),
    "opportunities.browse": (2, 3, 3, 4, 3, 4),
    "opportunities.browse, near a place": (3, 4, 4, 5, 4, 5),
    "opportunities.browse, searched": (2, 3, 3, 4, 3, 4),
    "opportunities.show": (3, 4, 4, 5, 4, 5),
    "opportunities.show, closed": (3, 4, 4, 5, 4, 5),
    "security.forgot_password": (0, 1, 1, 2, 1, 2),
    "security.login": (0, None, None, None, None, None),
    "security.register": (0, None, None, None, None, None),
    "site.accessibility": (0, 1, 1, 2, 1, 2),
    "site.status": (2, 3, 3, 3, 3, 3),
}
STATES = {
    "matching.result, filtered": "/passend/{token}?kind=vacancy&field=nursing-home&distance=0",
    "matching.result, of somebody with limits": "/passend/{limited}",
    "matching.fits, of somebody who asked": "/aanbod/{slug}/past-dit?aanvraag={token}",
    "opportunities.browse, searched": "/aanbod?q=kok+keuken&sort=title",
    "opportunities.browse, near a place": "/aanbod?place=Heerlen&distance=25&sort=distance",
    "opportunities.show, closed": "/aanbod/{closed}",
}
"""Other states of a page, that ask other things."""


def pages(app: Flask) -> dict[str, str]:
    """The address of every page, by endpoint; names in braces are filled in."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE:
            with app.test_request_context():
                names = {name: f"{{{name}}}" for name in rule.arguments - set(rule.defaults or ())}
                built = app.url_map.bind("localhost").build(rule.endpoint, names)
            found[rule.endpoint] = built.replace("%7B", "{").replace("%7D", "}")
    return found | STATES


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
        path = address.format_map(facts)
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
    addresses = pages(app)
    few = counted(people, addresses, facts)
    fill(mine, 6)
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

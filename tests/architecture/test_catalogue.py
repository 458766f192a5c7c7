"""No page is forgotten: the catalogue of the browser tests and the map of addresses agree."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import RoleName
from portal.app import create_app
from portal.permissions import PUBLIC_ENDPOINTS, Permission
from tests.browser import catalogue
from tests.browser.catalogue import EXCEPTIONS, PAGES, CataloguePage, first_visit, visits
from tests.browser.pairs import cover, pairs_of

BY_ENDPOINT = {page.endpoint: page for page in PAGES if page.endpoint}
NOT_WITH_SCRIPT = {("script", False), ("unfolded", True)}
"""What a view that only a script brings about is not combined with."""


@pytest.fixture
def everything(app: Flask) -> Flask:
    """A portal with every page that settings can switch on."""
    return create_app({"SECURITY_CONFIRMABLE": True})


def answering_a_get(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_is_in_the_catalogue(everything: Flask) -> None:
    forgotten = answering_a_get(everything) - set(BY_ENDPOINT) - set(EXCEPTIONS)
    assert not forgotten, "add them to PAGES in tests/browser/pages"


def test_the_catalogue_names_no_page_that_is_not_there(everything: Flask) -> None:
    there = answering_a_get(everything)
    assert set(BY_ENDPOINT) | set(EXCEPTIONS) <= there
    assert not set(BY_ENDPOINT) & set(EXCEPTIONS)
    assert len(BY_ENDPOINT) == sum(page.endpoint is not None for page in PAGES)
    assert len({page.name for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("endpoint", EXCEPTIONS)
def test_an_exception_gives_no_page(everything: Flask, client, endpoint: str) -> None:
    values = {"filename": "favicon.svg", "digest": "x", "kind": "css", "token": "x"}
    rules = list(everything.url_map.iter_rules(endpoint))
    for rule in rules:
        with everything.test_request_context():
            path = everything.url_map.bind("localhost").build(
                endpoint, {name: values.get(name, "1") for name in rule.arguments}
            )
        answer = everything.test_client().get(path)
        assert answer.mimetype != "text/html" or 300 <= answer.status_code < 400


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_who_can_open_it_is_what_the_permissions_say(
    everything: Flask, page: CataloguePage
) -> None:
    if page.endpoint is None:
        return
    view = everything.view_functions[page.endpoint]
    if page.endpoint in PUBLIC_ENDPOINTS:
        assert page.signed_out
        assert page.needs is None
    elif getattr(view, "portal_public", False):
        assert page.needs is None
        assert not page.signed_out
        assert page.roles == (None, *RoleName)
    else:
        assert page.needs is getattr(view, "portal_permission", None)
        assert page.roles


@pytest.mark.parametrize("permission", Permission)
def test_a_page_for_a_permission_is_opened_by_all_who_have_it(permission: Permission) -> None:
    for page in PAGES:
        if page.needs is permission:
            assert {visit.role for visit in visits(page)} == set(page.roles)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_value_and_every_two_are_tried(page: CataloguePage) -> None:
    tried = visits(page)
    assert {visit.role for visit in tried} == set(page.roles)
    assert {visit.view.name for visit in tried} == {view.name for view in page.views}
    if not page.main:
        for factor in ("language", "theme", "width", "unfolded", "script"):
            assert len({getattr(visit, factor) for visit in tried}) == 2, factor
        return
    for one, ones in (("role", page.roles), ("view", page.views)):
        for other, others in (
            ("language", catalogue.LANGUAGES),
            ("theme", catalogue.THEMES),
            ("width", catalogue.WIDTHS),
            ("unfolded", (False, True)),
            ("script", (False, True)),
        ):
            if one == "role" and page.same_for_all:
                continue
            wanted = {
                (left, right)
                for left in ones
                for right in others
                if not (one == "view" and left.needs_script and (other, right) in NOT_WITH_SCRIPT)
            }
            found = {(getattr(visit, one), getattr(visit, other)) for visit in tried}
            assert wanted <= found, (one, other)
    assert len({visit.name for visit in tried}) == len(tried)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_first_view_is_open_to_who_looks_first(page: CataloguePage) -> None:
    for view in page.views:
        assert first_visit(page, view).role in (view.by or page.roles)
    assert not page.main or page.purpose
    assert not page.main or not page.views[0].strained, "the tour shows the demo region alone"


@pytest.mark.parametrize("sizes", [(2, 2, 2), (6, 2, 2, 2), (8, 6, 2, 2, 2, 2, 2), (3, 4, 5), (1,)])
def test_all_pairs_are_covered_by_few_rows(sizes: tuple[int, ...]) -> None:
    factors = [range(size) for size in sizes]
    rows = cover(factors)
    wanted = {
        (one, other, left, right)
        for one in range(len(sizes))
        for other in range(one + 1, len(sizes))
        for left in factors[one]
        for right in factors[other]
    }
    found = set().union(*(pairs_of(row, lambda one, other: True) for row in rows))
    assert found == wanted
    assert {row[-1] for row in rows} == set(factors[-1])
    largest = sorted(sizes)[-2:]
    least = largest[0] * largest[1] if len(sizes) > 1 else largest[0]
    assert least <= len(rows) <= 1.5 * least + 3
    assert cover(factors) == rows, "the same factors give the same rows"


def test_what_is_not_allowed_is_not_tried() -> None:
    rows = cover([range(3), range(2)], allowed=lambda row: row != (2, 1))
    assert set(rows) == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)}

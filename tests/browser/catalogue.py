"""Every page of the portal, and how to look at it: the checks for everybody take pages from here.

The widths, the weights and the tour do so too. A page that is not in tests/browser/pages fails
tests/architecture/test_catalogue.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, Final

from tests.browser.pages import PAGES
from tests.browser.pairs import cover
from tests.browser.views import LANGUAGES, THEMES, WIDTHS, CataloguePage, View, Visit

__all__ = [
    "EXCEPTIONS",
    "LANGUAGES",
    "PAGES",
    "THEMES",
    "WIDTHS",
    "CataloguePage",
    "View",
    "Visit",
    "first_visit",
    "visits",
]

EXCEPTIONS: Final[dict[str, str]] = {
    "static": "files, not pages",
    "assets.bundle": "the stylesheet and the script",
    "site.status": "JSON, for whoever watches the portal",
    "accounts.after_sign_in": "leads on to another page",
    "importing.template": "a file",
    "security.confirm_email": "the link in the mail; leads on to another page",
    "sharing.pdf": "a document to download",
    "security.two_factor_setup": "a page of the library that ours replaces; leads to it",
    "security.two_factor_rescue": "the same",
    "security.tf_select": "the same",
    "security.mf_recovery_codes": "the same",
    "applications.calendar": "a calendar file",
    "coach.calendar": "a calendar file",
    "coaching.calendar": "a calendar file",
    "recruiting.calendar": "a calendar file",
    "portfolio.download": "a file of somebody, as a download",
    "outbox.markup": "the HTML of a mail, in the frame of its page",
}
"""Endpoints that answer a GET without a page of their own, each with the reason."""


def visits(page: CataloguePage) -> tuple[Visit, ...]:
    """Return the ways to look at a page: every value, and of main pages every two together.

    What a role changes is the frame around the page, the same in all its states. So every role
    meets every language, theme, size and the rest, and every state meets these too, but not
    every role every state.
    """
    factors = (page.views, page.roles, LANGUAGES, THEMES, WIDTHS, (True, False), (False, True))

    def allowed(row: tuple[object, ...]) -> bool:
        view, role, script, unfolded = row[0], row[1], row[5], row[6]
        assert isinstance(view, View)
        if view.by is not None and role not in view.by:
            return False
        return not view.needs_script or (bool(script) and not unfolded)

    def together(one: int, other: int) -> bool:
        return (one, other) != (0, 1) and not (page.same_for_all and 1 in (one, other))

    if not page.main:
        return tuple(Visit(page, *row) for row in each_value(factors, allowed))
    rows = cover(factors, allowed=allowed, together=together)
    return tuple(Visit(page, *row) for row in rows)


def each_value(
    factors: Sequence[Sequence[Any]], allowed: Callable[[tuple[Any, ...]], bool]
) -> list[tuple[Any, ...]]:
    """Return few rows that hold every value of every factor at least once."""
    left = [list(range(len(values))) for values in factors]
    rows: list[tuple[Any, ...]] = []
    while any(left):
        # The first value still to try of one factor leads; the others follow where they may.
        row = [
            values[todo[0]] if todo else values[0]
            for values, todo in zip(factors, left, strict=True)
        ]
        if not allowed(tuple(row)):
            lead = next(number for number, todo in enumerate(left) if todo)
            wanted = factors[lead][left[lead][0]]
            row = list(next(r for r in product(*factors) if r[lead] == wanted and allowed(r)))
        rows.append(tuple(row))
        for number, value in enumerate(row):
            place = list(factors[number]).index(value)
            if place in left[number]:
                left[number].remove(place)
    return rows


def first_visit(page: CataloguePage, view: View) -> Visit:
    """Return the plainest way to look at a view: who can, in Dutch, light, at a desk."""
    role = (view.by or page.roles)[0]
    return Visit(page, view, role)

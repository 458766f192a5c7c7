"""Every page from its first stop to its last, with the Tab key; and each stop on a telephone."""

from __future__ import annotations

import pytest

from tests.browser import stops
from tests.browser.catalogue import PAGES, CataloguePage, first_visit
from tests.browser.person import PHONE
from tests.browser.showroom import Showroom

pytestmark = pytest.mark.browser
ENOUGH = 600
"""Stops; a page that has more is a trap or needs another form."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tab_leads_past_everything_in_order(showroom: Showroom, page: CataloguePage) -> None:
    shown = showroom.show(first_visit(page, page.views[0]))
    number, before = 0, None
    while True:
        shown.keyboard.press("Tab")
        stop = stops.here(shown)
        # A date has a stop for each of its parts. Back at the first one, the page is over.
        if stop is None or stop["number"] not in (number, number - 1):
            break
        stops.check(shown, before, stop)
        number, before = stop["number"] + 1, stop
        assert number < ENOUGH
    assert number == shown.evaluate(f"() => ({stops.REACHABLE})().length"), "one is passed over"

    shown.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shown.reload()
    before = None
    for stop in stops.each(shown):
        assert stop is not None, "a stop that cannot have the focus"
        stops.check(shown, before, stop)
        before = stop

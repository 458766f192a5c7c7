"""Every page from its first stop to its last, with the Tab key alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.catalogue import PAGES, CataloguePage
from tests.browser.person import DESK, PHONE, Person
from tests.browser.region import ACCOUNTS, Region
from tests.browser.showroom import sign_in

pytestmark = pytest.mark.browser
ENOUGH = 600
"""Stops; a page that has more is a trap or needs another form."""
_REACHABLE = """
() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const passed = new Set();
  return [...document.querySelectorAll(all)].filter(it => {
    if (it.disabled || it.type === "hidden" || it.tabIndex < 0) return false;
    if (!it.checkVisibility({ visibilityProperty: true })) return false;
    if (it.type !== "radio") return true;
    // A group of radio buttons is one stop.
    const first = !passed.has(it.name);
    passed.add(it.name);
    return first;
  }).length;
}
"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tab_leads_past_everything_in_order(
    someone: Callable[..., Person], region: Region, page: CataloguePage, size: dict[str, int]
) -> None:
    person = someone(size=size, axe=False)
    view = page.views[0]
    if page.roles[0] is not None:
        sign_in(person.page.context, ACCOUNTS[page.roles[0]])
    person.go(view.path(region), status=view.status)
    stops = 0
    # A date has a stop for each of its parts.
    while (stop := person.tab()) is not None and stop["number"] in (stops, stops - 1):
        stops = stop["number"] + 1
        assert stops < ENOUGH
    assert stops == person.page.evaluate(_REACHABLE), "something is passed over"

"""How much a page brings along, and from where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.catalogue import PAGES, CataloguePage, first_visit
from tests.browser.showroom import Showroom

pytestmark = pytest.mark.browser
ASSETS = 150_000
"""Bytes, as sent: stylesheet, script and pictures of a page together."""
SCRIPT = 10 * 1024
"""Bytes of our own script, unpacked."""
_SENT = """
() => ({
  page: performance.getEntriesByType("navigation")[0].encodedBodySize,
  assets: performance.getEntriesByType("resource").map(it =>
    ({ url: it.name, sent: it.encodedBodySize, whole: it.decodedBodySize })),
  linked: [...document.querySelectorAll("link[href]")].map(it => it.href),
})
"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_light(
    showroom: Showroom, page: CataloguePage, record_property: Callable[[str, object], None]
) -> None:
    shown = showroom.show(first_visit(page, page.views[0]))
    sent = shown.evaluate(_SENT)
    sizes = {one["url"]: one["sent"] for one in sent["assets"]}
    for url in set(sent["linked"]) - set(sizes):
        # An icon that this browser does not fetch without a window; others do.
        sizes[url] = len(shown.request.get(url).body())
    scripts = [one["whole"] for one in sent["assets"] if one["url"].endswith(".js")]
    assert any(url.endswith(".css") for url in sizes), "no stylesheet arrived"
    assert scripts, "no script arrived"
    assert all(sizes.values()), f"nothing is known of the size of some of {sizes}"
    assert sum(sizes.values()) < ASSETS, sizes
    assert sum(scripts) < SCRIPT, scripts
    assert not showroom.complaints, "\n".join(showroom.complaints)
    record_property("weight", (page.name, sent["page"], sum(sizes.values()), sum(scripts)))

"""How much a page brings along, and from where."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

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


@dataclass(frozen=True)
class Weight:
    """Bytes as sent of a page and of all that it loads; its own scripts unpacked."""

    page: int
    assets: int
    script: int
    complaints: tuple[str, ...]


def weigh(page: Page) -> Weight:
    """Weigh a page that has just been opened, and say in words what is too heavy or unknown."""
    sent = page.evaluate(_SENT)
    sizes = {one["url"]: one["sent"] for one in sent["assets"]}
    for url in set(sent["linked"]) - set(sizes):
        # An icon that this browser does not fetch without a window; others do.
        sizes[url] = len(page.request.get(url).body())
    scripts = [one["whole"] for one in sent["assets"] if one["url"].endswith(".js")]
    complaints = {
        "no stylesheet arrived": not any(url.endswith(".css") for url in sizes),
        "no script arrived": not scripts,
        f"nothing is known of the size of some of {sizes}": not all(sizes.values()),
        f"too heavy: {sizes}": sum(sizes.values()) >= ASSETS,
        f"too much script: {scripts}": sum(scripts) >= SCRIPT,
    }
    wrong = tuple(text for text, is_so in complaints.items() if is_so)
    return Weight(sent["page"], sum(sizes.values()), sum(scripts), wrong)

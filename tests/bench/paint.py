"""A telephone on a slow line: when the largest part of a page is there, and what moves after."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.place import demo_portal, machine
from tests.bench.table import say, table
from tests.browser.conftest import FLAGS
from tests.serving.client import Client

LARGEST_MS = 1500.0
SHIFT = 0.02
SIZE_KB = 150.0
SCREEN = {"width": 390, "height": 844}
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""1.6 Mbit/s to the telephone, 0.75 back, and 150 ms before the first byte of an answer."""
_WATCH = """
window.seen = {largest: 0, shift: 0, what: ""};
new PerformanceObserver(list => {
  for (const one of list.getEntries()) {
    seen.largest = one.startTime;
    seen.what = one.element ? one.element.tagName.toLowerCase() : "";
  }
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
_DOWN = "window.scrollBy(0, window.innerHeight)"


@dataclass(frozen=True, slots=True)
class Load:
    """One opening of a page with nothing kept from before."""

    largest_ms: float
    shift: float
    kilobytes: float
    requests: int
    what: str


def measure(rounds: int) -> bool:
    """Open the main pages over a slow line; print what came of it. Say whether the aims are met."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        say("There is no chromium on this machine, so nothing was painted: skipped.")
        return True
    with demo_portal() as (server, link), sync_playwright() as playwright:
        say(f"A screen of 390 by 844, nothing kept, 1.6 Mbit/s and 150 ms; {machine()}.")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            return _report(browser, server.url, link, rounds)
        finally:
            browser.close()


def _report(browser: Browser, base: str, link: str, rounds: int) -> bool:
    found = re.search(r'href="(/aanbod/[^"/?#]+)', Client(base).get("/aanbod").body)
    assert found, "the list of what is on offer is empty"
    pages = {"home": "/", "result": link, "browse": "/aanbod", "opportunity": found[1]}
    rows, met = [], True
    for name, path in pages.items():
        slow = [_open(browser, base + path, LINE) for _ in range(rounds)]
        quick = min(_open(browser, base + path, None).largest_ms for _ in range(rounds))
        worst = max(slow, key=lambda one: one.largest_ms)
        shift, size = max(one.shift for one in slow), max(one.kilobytes for one in slow)
        good = 0 < worst.largest_ms < LARGEST_MS and shift < SHIFT and size < SIZE_KB
        met = met and good
        rows.append(
            (
                *(name, f"{worst.largest_ms:.0f}", f"<{worst.what}>", f"{quick:.0f}"),
                *(f"{shift:.3f}", f"{size:.1f}", worst.requests, "met" if good else "NOT MET"),
            )
        )
    head = ("page", "largest, ms", "which", "no limit, ms", "shift", "kB sent", "requests", "aims")
    say(table(head, rows))
    say(
        f"The worst of {rounds}. Aims: largest < {LARGEST_MS:g} ms, shift < {SHIFT:g}, "
        f"everything < {SIZE_KB:g} kB. The processor is not slowed down."
    )
    return met


def _open(browser: Browser, url: str, line: dict[str, Any] | None) -> Load:
    """Open a page as a newcomer, read on to its end, and tell what was seen."""
    context = browser.new_context(viewport=SCREEN, is_mobile=True, device_scale_factor=2)
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if line:
            wire.send("Network.emulateNetworkConditions", line)
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(400)
        # What is seen after somebody scrolls is no part of the first view.
        first = page.evaluate("({...seen})")
        for _ in range(min(12, page.evaluate("Math.ceil(document.body.scrollHeight / 844)"))):
            page.evaluate(_DOWN)
            page.wait_for_timeout(50)
        shift = page.evaluate("seen.shift")
        return Load(first["largest"], shift, sum(sizes) / 1000, len(sizes), first["what"])
    finally:
        context.close()

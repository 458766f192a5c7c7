"""The stops of the Tab key on a page, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

FOCUS = (Path(__file__).parent / "focus.js").read_text("utf-8")
A_LINE = 40
"""Pixels that the focus may go up within a column: things on one line differ in height."""
Stop = dict[str, Any]
"""What focus.js tells of one stop: its label and number, where it stands, its problems."""
REACHABLE = """
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
  });
}
"""
_EACH = f"() => ({REACHABLE})().map(it => {{ it.focus(); return ({FOCUS})(); }})"


def here(page: Page) -> Stop | None:
    """Return the stop that has the focus; None at the end of the page."""
    found: Stop | None = page.evaluate(FOCUS)
    return found


def each(page: Page) -> list[Stop | None]:
    """Give every stop the focus, in the order of the document; return what each is like.

    Faster than pressing Tab, and the same to see: after one press of a key the browser shows
    the focus that a script gives as well.
    """
    page.keyboard.press("Tab")
    found: list[Stop | None] = page.evaluate(_EACH)
    return found


def check(page: Page, before: Stop | None, stop: Stop) -> None:
    """See that a stop can be seen, and that it follows on the one before."""
    assert not stop["problems"], f"{page.url} {stop['label']}: {stop['problems']}"
    if before and not (before["stuck"] or stop["stuck"]) and before["number"] < stop["number"]:
        shared = min(before["right"], stop["right"]) - max(before["left"], stop["left"])
        narrow = min(one["right"] - one["left"] for one in (before, stop))
        goes_up = stop["top"] < before["top"] - A_LINE
        assert not (goes_up and shared > narrow / 2), (
            f"{page.url}: the focus goes up from {before['label']} to {stop['label']}"
        )

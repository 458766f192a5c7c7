"""A page from a small telephone to a wide screen, plain, unfolded and enlarged."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.showroom import HEIGHT, layout_complaints

WIDTHS = (1920, 1280, 768, 640, 390, 320)
"""Pixels of CSS. 640 is what zoom of 200 % leaves of 1280; 320 is asked by WCAG 2.2, 1.4.10."""
SPACED = (1280, 390)
"""Widths at which the lines are also set apart as in WCAG 2.2, 1.4.12."""
SPACING = (
    ":not(svg, svg *) { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important; } svg { letter-spacing: 0 !important;"
    " word-spacing: 0 !important; } p { margin-bottom: 2em !important; }"
)
"""Not in pictures: their words have their places, and stand in the table behind them as well."""


def misfits(page: Page) -> list[str]:
    """Say at which width something does not fit. The page is left unfolded and spaced."""
    found = _at(page, WIDTHS, "")
    page.evaluate("() => document.querySelectorAll('main details').forEach(it => it.open = true)")
    found += _at(page, WIDTHS, " unfolded")
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets.push(sheet); }",
        SPACING,
    )
    return found + _at(page, SPACED, " spaced")


def _at(page: Page, widths: tuple[int, ...], how: str) -> list[str]:
    found: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}{how}: {one}" for one in layout_complaints(page)]
    return found

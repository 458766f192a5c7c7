"""Every state of every page, from a small telephone to a wide screen, plain and enlarged."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.catalogue import PAGES, CataloguePage, View, first_visit
from tests.browser.showroom import HEIGHT, Showroom, layout_complaints

pytestmark = pytest.mark.browser
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
VIEWS = [(page, view) for page in PAGES for view in page.views]


@pytest.mark.parametrize(
    ("page", "view"), VIEWS, ids=[f"{page.name}-{view.name}" for page, view in VIEWS]
)
def test_everything_fits(showroom: Showroom, page: CataloguePage, view: View) -> None:
    shown = showroom.show(first_visit(page, view))
    found: list[str] = []
    look(shown, WIDTHS, "", found)
    shown.evaluate("() => document.querySelectorAll('main details').forEach(it => it.open = true)")
    look(shown, WIDTHS, " unfolded", found)
    shown.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets.push(sheet); }",
        SPACING,
    )
    look(shown, SPACED, " spaced", found)
    assert not found, "\n".join(found)


def look(page: Page, widths: tuple[int, ...], how: str, found: list[str]) -> None:
    """Note what does not fit at each width."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}{how}: {one}" for one in layout_complaints(page)]

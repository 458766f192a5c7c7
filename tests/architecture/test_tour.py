"""docs/tour.md shows every main page as the catalogue names them; `make tour` makes it."""

from __future__ import annotations

from tests.browser.catalogue import THEMES, WIDTHS
from tests.browser.tour import BYTES, DOCS, PICTURES, main_pages, picture, text

WANTED = {picture(page, wide, look) for page in main_pages() for wide in WIDTHS for look in THEMES}


def test_the_tour_names_every_main_page() -> None:
    assert (DOCS / "tour.md").read_text("utf-8") == text(), "run `make tour`"
    assert len(main_pages()) > 10
    for page in main_pages():
        assert page.purpose.endswith(".")


def test_every_picture_is_there_and_small() -> None:
    there = {one.relative_to(DOCS): one.stat().st_size for one in (DOCS / PICTURES).glob("*")}
    assert set(there) == WANTED, "run `make tour`"
    assert all(0 < size < BYTES for size in there.values()), there

"""Takes the pictures of docs/tour.md: every main page, wide and narrow, light and dark.

    python -m tests.browser.tour [FOLDER]

Needs Chromium. FOLDER is `docs` unless another is given. A page joins by its title and purpose
in tests/browser/catalogue.py.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portal.config import ROOT
from tests.browser.catalogue import PAGES, THEMES, WIDTHS, CataloguePage, Visit, first_visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS: Final = ROOT / "docs"
PICTURES: Final = Path("pictures") / "tour"
HEIGHT: Final = 1600
"""Pixels of a page that a picture shows at most."""
BYTES: Final = 120_000
"""Bytes that a picture may have."""
QUALITIES: Final = (70, 55, 40, 25)
_SCROLLED: Final = "document.documentElement.scrollHeight"


def main_pages() -> list[CataloguePage]:
    """Return the pages of the tour, in its order."""
    return [page for page in PAGES if page.main]


def picture(page: CataloguePage, width: int, theme: str) -> Path:
    """Return where a picture stands, seen from docs/tour.md."""
    return PICTURES / f"{page.name}-{width}-{theme}.webp"


def text() -> str:
    """Return what docs/tour.md says."""
    parts = [
        "# A tour of the portal",
        "Every main page on the demo region, in Dutch, at 1280 and at 390 pixels, light and dark."
        f" A picture ends after {HEIGHT} pixels. `make tour` takes them anew.",
    ]
    for page in main_pages():
        rows = ["| | " + " | ".join(THEMES) + " |", "|---|" + "---|" * len(THEMES)]
        for width in WIDTHS:
            shown = (
                f"![{page.title}, {width} pixels, {theme}]({picture(page, width, theme)})"
                for theme in THEMES
            )
            rows.append(f"| {width} | " + " | ".join(shown) + " |")
        parts += [f"## {page.title}", page.purpose, "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def photograph(page: Page, width: int) -> bytes:
    """Return a picture of the page as WebP, small enough to keep."""
    height = min(int(page.evaluate(_SCROLLED)), HEIGHT)
    session = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        answer = session.send(
            "Page.captureScreenshot",
            {
                "format": "webp",
                "quality": quality,
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
            },
        )
        taken = base64.b64decode(answer["data"])
        if len(taken) < BYTES:
            break
    session.detach()
    return taken


def take(folder: Path) -> None:
    """Serve the demo region, visit every main page, and write pictures and text."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS
    from tests.browser.region import read
    from tests.browser.showroom import Showroom
    from tests.catalogues import compile_catalogues
    from tests.serving import prepared
    from tests.serving.server import ask, serving

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("The tour needs Chromium.")
    compile_catalogues()
    kept = ROOT / ".pytest_cache" / "d" / "bekwaam-demo"
    kept.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / PICTURES, ignore_errors=True)
    (folder / PICTURES).mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="bekwaam-tour-") as name, sync_playwright() as player:
        var = Path(name)
        prepared.copy_to(var, prepared.prepare(kept))
        with serving(var, workers=1, settings={"BEKWAAM_CONFIRM_MAIL": "1"}) as server:
            server.wait_ready(ask(server, "Ik kook graag voor anderen."))
            browser = player.chromium.launch(executable_path=chromium, args=FLAGS)
            room = Showroom(browser, server.url, read(server.url, var))
            for page in main_pages():
                plain = first_visit(page, page.views[0])
                for width in WIDTHS:
                    for theme in THEMES:
                        visit = Visit(page, plain.view, plain.role, theme=theme, width=width)
                        taken = photograph(room.show(visit), width)
                        (folder / picture(page, width, theme)).write_bytes(taken)
                        sys.stdout.write(f"{picture(page, width, theme)} {len(taken):,} bytes\n")
            room.close()
            browser.close()
    (folder / "tour.md").write_text(text(), "utf-8")


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)

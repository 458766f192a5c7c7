"""The pages of the catalogue, a file per group of people or feature.

To add a page: a line in PAGES of a file here, with its endpoint, who may open it (`needs`, None
for everybody) and its views. The first view is the page as most people meet it. Give it a title
and a purpose when it belongs in docs/tour.md; `make tour` takes its pictures.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from tests.browser.views import CataloguePage

_ORDER = ("visitors", "accounts")
"""These first, as people meet them; then the others by name."""


def _collect() -> tuple[CataloguePage, ...]:
    names = {path.stem for path in Path(__file__).parent.glob("*.py")} - {"__init__"}
    ordered = (*_ORDER, *sorted(names - set(_ORDER)))
    pages: list[CataloguePage] = []
    for name in ordered:
        pages += import_module(f"tests.browser.pages.{name}").PAGES
    return tuple(pages)


PAGES: Final = _collect()

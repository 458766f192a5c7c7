"""What the addresses of each feature's pages need to know: ids and tokens of the demo region.

A file per feature with `facts(url, var, database)`; it returns names and values, and may ask
the portal at `url` as people do to bring states about. Names are unique over all files.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path


def facts(url: str, var: Path, database: sqlite3.Connection) -> dict[str, str]:
    """Return the facts of all features."""
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem == "__init__":
            continue
        more = import_module(f"tests.browser.facts.{path.stem}").facts(url, var, database)
        assert not found.keys() & more.keys(), path.stem
        found |= more
    return found

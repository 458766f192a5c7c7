"""How often each page asks the database, a file per group of pages or feature.

A file may have: PINNED, STATES (other states of a page, by `endpoint, what it shows`), NO_PAGE
(endpoints that are no page, with the reason), `fill(mine, count)` (puts more in the pool) and
`facts(mine, users)` (what the addresses in braces are; users by role). Names are unique: of an
argument that several endpoints have, `endpoint.name`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from portal.accounts.models import RoleName, User
from portal.organisations.models import Organisation

_FILES = [
    import_module(f"tests.portal.pinned.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem != "__init__"
]


def _together(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in _FILES:
        more = getattr(file, name, {})
        assert not found.keys() & more.keys(), file.__name__
        found |= more
    return found


PINNED: dict[str, tuple[int | None, ...]] = _together("PINNED")
"""Per page: a visitor, then candidate, employer, coordinator, coach and admin. None: not theirs."""
STATES: dict[str, str] = _together("STATES")
NO_PAGE: dict[str, str] = _together("NO_PAGE")


def fill(mine: Organisation, count: int) -> None:
    """Put more in the pool."""
    for file in _FILES:
        if hasattr(file, "fill"):
            file.fill(mine, count)


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """What the addresses need to know."""
    found: dict[str, str] = {}
    for file in _FILES:
        if hasattr(file, "facts"):
            more = file.facts(mine, users)
            assert not found.keys() & more.keys(), file.__name__
            found |= more
    return found

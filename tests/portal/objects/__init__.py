"""Somebody else's objects, for the test that walks every route: a file per feature.

A file may have:

`make(world)`: makes objects that belong to the people of `world` (its candidate, employer,
organisation, opportunity, coach) and returns what stands in the addresses. The keys are the
narrowest that are true: `"coaching.show:id"` for one endpoint, `"coaching:id"` for all addresses
of a blueprint. Put `world.secret` in every text that others may not read: a name, a letter, a
note, a file name. Call it through the services where you can.

`FIELDS`: endpoint to the fields of a POST that name somebody else's objects, for addresses
without arguments. A value may be `"{key}"` for what `make` returned under that key.

`OPEN`: `(endpoint, who)` to the reason why that person may see it or do it all the same; `who` is
a name of `tests.portal.objects.world.WHO`.

`DIFFERS`: the same for a page that changes with what others make, such as free hours, but still
says nothing with `world.secret` in it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from tests.portal.objects.world import World

_FILES = [
    import_module(f"tests.portal.objects.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "world")
]


def _together(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for file in _FILES:
        more = getattr(file, name, {})
        assert not found.keys() & more.keys(), file.__name__
        found |= more
    return found


OPEN: dict[tuple[str, str], str] = _together("OPEN")
DIFFERS: dict[tuple[str, str], str] = _together("DIFFERS")
FIELDS: dict[str, dict[str, str]] = _together("FIELDS")


def make(world: World) -> dict[str, str]:
    """Make the objects of every feature; return what stands in their addresses."""
    found: dict[str, str] = {}
    for file in _FILES:
        if hasattr(file, "make"):
            more = {key: str(value) for key, value in file.make(world).items()}
            assert not found.keys() & more.keys(), file.__name__
            found |= more
    return found


def value_for(found: dict[str, str], endpoint: str, argument: str) -> str | None:
    """What stands in the address of this endpoint, or None when nobody made it."""
    blueprint = endpoint.split(".")[0]
    return found.get(f"{endpoint}:{argument}") or found.get(f"{blueprint}:{argument}")


class Anything(dict[str, str]):
    """Something for every argument, where only the other addresses matter."""

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return a value that is nobody's."""
        return "1"

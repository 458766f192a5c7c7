"""What may stand in the variable part of an address."""

from __future__ import annotations

from werkzeug.routing import Map, UnicodeConverter


class Readable(UnicodeConverter):
    """Text without control characters: no address of ours has them, and PostgreSQL refuses them."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map)
        self.regex = r"[^/\x00-\x1f\x7f]+"

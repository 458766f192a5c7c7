"""What may stand in the variable part of an address."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter


class Readable(UnicodeConverter):
    """Text without control characters: no address of ours has them, and PostgreSQL refuses them."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map)
        self.regex = r"[^/\x00-\x1f\x7f]+"


class Number(IntegerConverter):
    """A number as our tables count: one that is larger is of nothing, and SQLite refuses it."""

    def __init__(self, map: Map) -> None:  # noqa: A002
        super().__init__(map, max=2**31 - 1)


def public_url(endpoint: str, **values: object) -> str:
    """The whole address of a page, for a mail or a calendar; also where nobody asks a page."""
    base = urlsplit(current_app.config["PUBLIC_URL"])
    adapter = current_app.url_map.bind(base.netloc, url_scheme=base.scheme, script_name=base.path)
    return adapter.build(endpoint, values, force_external=True)

"""Hides the personal links of a mail from who only looks whether it went.

A link in a mail can be a key: to a new password, to a profile. So of each address only what is
known to be no key is shown.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

HIDDEN: Final = "•••"
NO_KEYS: Final = frozenset({"slug", "id", "filename"})
"""Arguments of our addresses that tell which thing it is, and open nothing."""
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_LEADS = re.compile(r"""\shref=("[^"]*"|'[^']*')""")
_ENDS = ".,;:!?)"


def mask(text: str) -> str:
    """Return a text or HTML with every key in its addresses hidden."""
    return _ADDRESS.sub(_masked, text)


def without_links(html: str) -> str:
    """Return a mail as HTML whose links lead nowhere: it is looked at, in a frame."""
    return _LEADS.sub("", html)


def _masked(found: re.Match[str]) -> str:
    whole = found[0]
    address = whole.rstrip(_ENDS)
    after = whole[len(address) :]
    parts = urlsplit(address.replace("&amp;", "&"))
    path = _path(parts)
    query = urlencode([(name, HIDDEN) for name, _value in parse_qsl(parts.query)], safe=HIDDEN)
    return f"{parts.scheme}://{parts.netloc}{path}{'?' + query if query else ''}{after}"


def _path(parts: SplitResult) -> str:
    base = urlsplit(str(current_app.config["PUBLIC_URL"]))
    prefix = base.path.rstrip("/")
    if parts.netloc != base.netloc or not parts.path.startswith(prefix):
        return f"/{HIDDEN}" if parts.path.strip("/") else parts.path
    path = parts.path.removeprefix(prefix) or "/"
    adapter = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    try:
        _endpoint, values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return f"{prefix}/{HIDDEN}"
    for name, value in values.items():
        if name not in NO_KEYS and not isinstance(value, int):
            path = path.replace(quote(str(value)), HIDDEN).replace(str(value), HIDDEN)
    return prefix + path

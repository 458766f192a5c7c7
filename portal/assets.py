"""The stylesheet and the script: many files to read, one of each to fetch.

A browser far away pays for every request, so the files are joined when the portal starts. The
address holds a digest of what is behind it, so it may be kept for ever.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import rjsmin
from flask import Blueprint, Flask, Response, current_app, url_for

from portal.errors import NotFound
from portal.permissions import public

FOR_EVER: Final = 365 * 24 * 3600
"""Seconds that a browser may keep a file whose address changes with it."""
MIMETYPES: Final = {"css": "text/css", "js": "text/javascript"}

blueprint = Blueprint("assets", __name__)


class Bundle:
    """All files of one kind as one text, with its digest."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.mimetype = MIMETYPES[kind]
        files = sorted(folder.glob(f"*.{kind}"))
        joined = "\n".join(file.read_text("utf-8") for file in files)
        # Styles stay as they are: rcssmin makes `a :is(b)` into `a:is(b)`, and compression
        # gains what it would.
        self.text: str = rjsmin.jsmin(joined) if kind == "js" else joined
        self.digest = hashlib.sha256(self.text.encode()).hexdigest()[:12]


def _bundle(kind: str) -> Bundle:
    found: Bundle | None = current_app.extensions["assets"].get(kind)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/assets/<digest>/bekwaam.<kind>")
@public
def bundle(digest: str, kind: str) -> Response:
    """Send a bundle. An address of before an update gets the one of now, not to be kept."""
    found = _bundle(kind)
    response = Response(found.text, mimetype=found.mimetype)
    if digest == found.digest:
        response.cache_control.public = True
        response.cache_control.max_age = FOR_EVER
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def asset(kind: str) -> str:
    """Return the address of the bundle of `kind`: css or js."""
    return url_for("assets.bundle", digest=_bundle(kind).digest, kind=kind)


def init(app: Flask) -> None:
    """Join the files of `app`, and let templates ask for their addresses."""
    static = Path(str(app.static_folder))
    app.extensions["assets"] = {kind: Bundle(static / kind, kind) for kind in MIMETYPES}
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset

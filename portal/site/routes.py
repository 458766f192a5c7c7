"""The language of the page, and whether the portal is well."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, jsonify, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from portal.errors import Invalid
from portal.extensions import db
from portal.matching.service import health
from portal.permissions import public

blueprint = Blueprint("site", __name__)


def _own_path(target: str) -> str:
    """Return `target` if it is a path on this site, else the home page."""
    parts = urlsplit(target)
    own = target.startswith("/") and not target.startswith(("//", "/\\"))
    clean = own and not parts.scheme and not parts.netloc and target.isprintable()
    return target if clean else "/"


@blueprint.post("/taal")
@public
def set_language() -> ResponseReturnValue:
    """Keep the language that was chosen, and return to the page (`next`)."""
    chosen = request.form.get("lang", "")
    if chosen not in current_app.config["LANGUAGES"]:
        raise Invalid
    session["language"] = chosen
    return redirect(_own_path(request.form.get("next", "/")), 303)


@blueprint.get("/status")
@public
def status() -> ResponseReturnValue:
    """Say that the process answers and reaches its database; for whoever watches it.

    `matching` tells how that is: the rest of the portal is well without it.
    """
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", matching=health())

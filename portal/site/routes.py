"""The language of the page, the accessibility statement, and whether the portal is well."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import text

from portal import clock, languages
from portal.accounts.service import set_language as set_mail_language
from portal.errors import Invalid
from portal.extensions import db
from portal.matching.service import health
from portal.permissions import public, signed_in
from portal.site import statement
from portal.transaction import transaction

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
    if chosen not in languages.languages():
        raise Invalid
    response = redirect(_own_path(request.form.get("next", "/")), 303)
    languages.keep(response, chosen)
    if current_user.is_authenticated:
        with transaction():
            set_mail_language(signed_in(), chosen)
    return response


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement."""
    today = clock.local_date(clock.now())
    return render_template(
        "site/accessibility.html",
        host=request.host,
        contact=current_app.config["CONTACT_ADDRESS"],
        standard=statement.STANDARD,
        axe=statement.AXE,
        research=statement.RESEARCH,
        status=statement.status_on(today, statement.RESEARCH, statement.RESEARCH_PLANNED),
        status_labels=statement.STATUS_LABELS,
        status_meanings=statement.STATUS_MEANINGS,
        deviations=statement.DEVIATIONS,
        answer_days=statement.ANSWER_DAYS,
        solve_weeks=statement.SOLVE_WEEKS,
        drawn_up=statement.DRAWN_UP,
        reviewed=statement.REVIEWED,
    )


@blueprint.get("/status")
@public
def status() -> ResponseReturnValue:
    """Say that the process answers and reaches its database; for whoever watches it.

    `matching` tells how that is: the rest of the portal is well without it.
    """
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", matching=health())

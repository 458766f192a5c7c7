"""What Flask-Security does not give: where to go after signing in."""

from __future__ import annotations

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from portal.accounts.models import RoleName
from portal.permissions import Permission, requires, signed_in

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/welkom")
@requires(Permission.ACCOUNT_OWN)
def after_sign_in() -> ResponseReturnValue:
    """Send somebody to the page where their work is."""
    return redirect("/werkgever" if signed_in().has(RoleName.EMPLOYER) else "/", 303)

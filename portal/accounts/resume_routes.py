"""Going on with what was typed when the session had ended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import kept
from portal.accounts.readable import readable
from portal.permissions import KEPT, Permission, may_send, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("resume", __name__)


@blueprint.get("/verder")
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Show what was kept, with a button that sends it to where it was going."""
    token = session.get(KEPT)
    one = kept.find(token, now=clock.now()) if token else None
    if one is None:
        session.pop(KEPT, None)
        flash(_("Er staat niets meer voor je klaar."), "info")
        return redirect(url_for("accounts.after_sign_in"), 303)
    module = may_send(one.path)
    if module is None or one.user_id not in (None, signed_in().id):
        # Whoever signs in now is somebody else: their words are not shown.
        session.pop(KEPT)
        flash(_("Wat er klaarstond, hoort bij een ander account. We laten het niet zien."), "info")
        return redirect(url_for("accounts.after_sign_in"), 303)
    fields = [(name, value) for name, value in one.fields]
    return render_template(
        "accounts/resume.html", path=one.path, fields=fields, typed=readable(fields, module)
    )


@blueprint.post("/verder/weg")
@requires(Permission.ACCOUNT_OWN)
def forget() -> ResponseReturnValue:
    """Throw away what was kept."""
    if token := session.pop(KEPT, None):
        with transaction():
            kept.drop(token)
    flash(_("Weggegooid. Er is niets verstuurd."), "success")
    return redirect(url_for("accounts.after_sign_in"), 303)

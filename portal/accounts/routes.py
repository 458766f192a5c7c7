"""What Flask-Security does not give: where to go after signing in, and the account itself."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security.changeable import change_user_password

from portal import clock, languages
from portal.accounts import second_factor, service
from portal.accounts.forms import AccountForm, PasswordForm
from portal.accounts.models import RoleName
from portal.extensions import limiter
from portal.permissions import KEPT, Permission, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("accounts", __name__)

DESKS: Final = (
    (RoleName.ADMIN, "outbox.index"),
    (RoleName.COORDINATOR, "admission.index"),
    (RoleName.COACH, "coach.today"),
    (RoleName.EMPLOYER, "employer.index"),
    (RoleName.CANDIDATE, "candidates.journey"),
)
"""Where the work of each role is. Who has several begins where others wait for them."""


@blueprint.get("/welkom")
@requires(Permission.ACCOUNT_OWN)
def after_sign_in() -> ResponseReturnValue:
    """Send somebody to what they were doing, or to the page where their work is."""
    user = signed_in()
    if KEPT in session:
        return redirect(url_for("resume.show"), 303)
    for role, endpoint in DESKS:
        if user.has(role):
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("matching.home"), 303)


@blueprint.get("/account")
@requires(Permission.ACCOUNT_OWN)
def settings() -> ResponseReturnValue:
    """Show the own account."""
    user = signed_in()
    return _settings_page(AccountForm(data={"name": user.name, "language": user.language}))


@blueprint.post("/account")
@requires(Permission.ACCOUNT_OWN)
def save_settings() -> ResponseReturnValue:
    """Keep the name and the language; the pages follow at once."""
    form = AccountForm()
    if not form.validate():
        return _settings_page(form), 422
    with transaction():
        service.save_settings(
            signed_in(), name=form.name.data, language=form.language.data, now=clock.now()
        )
    flash(_("Bewaard."), "success")
    response = redirect(url_for("accounts.settings"), 303)
    languages.keep(response, form.language.data)
    return response


@blueprint.get("/account/wachtwoord")
@requires(Permission.ACCOUNT_OWN)
def password() -> ResponseReturnValue:
    """The form for another password."""
    return render_template("accounts/password.html", form=PasswordForm())


@blueprint.post("/account/wachtwoord")
@requires(Permission.ACCOUNT_OWN)
@limiter.limit(lambda: str(current_app.config["LIMIT_SIGN_IN"]))
def save_password() -> ResponseReturnValue:
    """Keep another password; every other session of this account ends."""
    form = PasswordForm()
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    with transaction():
        user = signed_in()
        change_user_password(user, form.new_password.data)
        service.password_changed(user, now=clock.now())
    flash(_("Je wachtwoord is veranderd. Op andere apparaten moet je opnieuw inloggen."), "success")
    return redirect(url_for("accounts.settings"), 303)


def _settings_page(form: AccountForm) -> str:
    user = signed_in()
    return render_template(
        "accounts/settings.html",
        form=form,
        user=user,
        second_factor=second_factor.is_on(user),
        is_candidate=user.has(RoleName.CANDIDATE),
    )

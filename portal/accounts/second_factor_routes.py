"""Setting up a second factor, its recovery codes, and switching it off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import second_factor
from portal.accounts.forms import ProveForm, SecondFactorForm
from portal.extensions import limiter
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("second_factor", __name__, url_prefix="/account/extra-stap")

SECRET = "second_factor_secret"  # noqa: S105 - a name in the session
"""In the session, encrypted: the secret that an app is being told, until a code proves it."""
PROVED = "second_factor_proved"
"""In the session: until when the recovery codes may be shown, in seconds."""
SHOWN_SECONDS = 600


def _limit() -> str:
    return "10 per minute; 60 per hour"


@blueprint.get("")
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Show how to set it up; or, when it is on, how many codes are left and how it goes off."""
    user = signed_in()
    if second_factor.is_on(user):
        return _on_page(ProveForm())
    session.setdefault(SECRET, second_factor.new_secret())
    return _setup_page(SecondFactorForm())


@blueprint.post("")
@requires(Permission.ACCOUNT_OWN)
@limiter.limit(_limit)
def switch_on() -> ResponseReturnValue:
    """Switch it on when the app shows the right code."""
    user = signed_in()
    if second_factor.is_on(user):
        return redirect(url_for("second_factor.show"), 303)
    secret = session.get(SECRET)
    if secret is None:
        flash(_("Dit duurde te lang. Scan de code opnieuw."), "info")
        return redirect(url_for("second_factor.show"), 303)
    form = SecondFactorForm()
    now = clock.now()
    if not form.validate() or not _proved(form):
        return _setup_page(form), 422
    with transaction():
        user = signed_in()
        right = second_factor.is_right(user, secret, form.code.data.replace(" ", ""))
        if right:
            second_factor.switch_on(user, secret, now=now)
    if not right:
        form.code.errors = [
            _("Deze code klopt niet. Kijk in je app welke code er nu staat en typ die over.")
        ]
        return _setup_page(form), 422
    session.pop(SECRET)
    _may_show()
    flash(_("De extra stap staat aan. Bewaar nu je herstelcodes."), "success")
    return redirect(url_for("second_factor.recovery"), 303)


@blueprint.post("/uit")
@requires(Permission.ACCOUNT_OWN)
@limiter.limit(_limit)
def switch_off() -> ResponseReturnValue:
    """Switch it off, with the password."""
    form = ProveForm()
    if not second_factor.is_on(signed_in()):
        return redirect(url_for("accounts.settings"), 303)
    if not form.validate() or not _proved(form):
        return _on_page(form), 422
    with transaction():
        user = signed_in()
        second_factor.switch_off(user, actor=user, now=clock.now())
    session.pop(PROVED, None)
    flash(_("De extra stap staat uit. Je logt weer in met alleen je wachtwoord."), "success")
    return redirect(url_for("accounts.settings"), 303)


@blueprint.get("/codes")
@requires(Permission.ACCOUNT_OWN)
def recovery() -> ResponseReturnValue:
    """Show the recovery codes, for a while after the password was given."""
    if not second_factor.is_on(signed_in()):
        return redirect(url_for("second_factor.show"), 303)
    return _recovery_page(ProveForm())


@blueprint.post("/codes")
@requires(Permission.ACCOUNT_OWN)
@limiter.limit(_limit)
def prove() -> ResponseReturnValue:
    """Show the codes to who gives the password."""
    form = ProveForm()
    if not second_factor.is_on(signed_in()):
        return redirect(url_for("second_factor.show"), 303)
    if not form.validate() or not _proved(form):
        return _recovery_page(form), 422
    _may_show()
    return redirect(url_for("second_factor.recovery"), 303)


@blueprint.post("/codes/nieuw")
@requires(Permission.ACCOUNT_OWN)
def renew() -> ResponseReturnValue:
    """Make fresh codes; the old ones stop."""
    if not _shows() or not second_factor.is_on(signed_in()):
        return redirect(url_for("second_factor.recovery"), 303)
    with transaction():
        second_factor.new_codes(signed_in(), now=clock.now())
    flash(_("Dit zijn je nieuwe codes. De oude werken niet meer."), "success")
    return redirect(url_for("second_factor.recovery"), 303)


def _proved(form: ProveForm) -> bool:
    """Whether the password is right; if not, the form says so."""
    if second_factor.knows_password(signed_in(), form.password.data):
        return True
    form.password.errors = [_("Dit wachtwoord klopt niet. Typ het opnieuw.")]
    return False


def _may_show() -> None:
    session[PROVED] = clock.now().timestamp() + SHOWN_SECONDS


def _shows() -> bool:
    return bool(session.get(PROVED, 0) > clock.now().timestamp())


def _setup_page(form: SecondFactorForm) -> str:
    setup = second_factor.setup(signed_in(), session[SECRET])
    return render_template("accounts/second_factor.html", form=form, setup=setup)


def _on_page(form: ProveForm) -> str:
    left = len(second_factor.codes(signed_in()))
    return render_template("accounts/second_factor_on.html", form=form, left=left)


def _recovery_page(form: ProveForm) -> str:
    codes = second_factor.codes(signed_in()) if _shows() else None
    return render_template("accounts/recovery.html", form=form, codes=codes)

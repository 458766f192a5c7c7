"""How Flask-Security is tied to our tables, our outbox, our limits and our one commit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias, cast

from flask import (
    Flask,
    Request,
    Response,
    after_this_request,
    current_app,
    flash,
    has_request_context,
    redirect,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, user_registered

from portal import clock
from portal.accounts import emails, forms
from portal.accounts.models import Role, RoleName, User
from portal.accounts.second_factor import OnceTotp
from portal.accounts.service import ensure_role
from portal.candidates import service as candidates
from portal.errors import Gone, NotFound
from portal.extensions import db, limiter
from portal.languages import page_language
from portal.matching.service import of_token
from portal.outbox.letters import post
from portal.outbox.queries import kept_since
from portal.permissions import public
from portal.transaction import commit_sign_in

View: TypeAlias = Callable[..., Any]

LIMITED = {
    "security.login": "LIMIT_SIGN_IN",
    "security.register": "LIMIT_RECOVER",
    "security.forgot_password": "LIMIT_RECOVER",
    "security.reset_password": "LIMIT_RECOVER",
    "security.send_confirmation": "LIMIT_RECOVER",
    "security.two_factor_token_validation": "LIMIT_SIGN_IN",
    "security.mf_recovery": "LIMIT_SIGN_IN",
}
CLOSED = (
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.two_factor_rescue",
    "security.tf_select",
    "security.mf_recovery_codes",
)
"""Pages of the library that ours replace: portal/accounts/second_factor_routes.py."""


DOUBLE_CLICK = timedelta(minutes=1)
"""Within this time the same request for a mail is the same wish."""


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's way to the tables; commits where everything commits."""

    def commit(self) -> None:
        """Commit through portal.transaction."""
        commit_sign_in()


class OutboxMail(MailUtil):
    """Puts Flask-Security's mail in the outbox, in the transaction that it belongs to."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **context: object,
    ) -> None:
        """Enqueue our own letter of that name; the worker sends it after the commit."""
        name = template.rpartition("/")[2]
        user = cast(User, context["user"])
        now = clock.now()
        about = f"account-{user.id}-{name}-"
        # Who signs up twice in a minute has just been welcomed.
        told = f"account-{user.id}-welcome" if name == "welcome_existing" else about
        if name in emails.ASKED_FOR and kept_since(told, now - DOUBLE_CLICK):
            return
        post(
            user,
            lambda: emails.LETTERS[name](context),
            key=f"{about}{secrets.token_hex(8)}",
            now=now,
        )
        if has_request_context():
            # A request for a new password changes nothing else, so nothing else commits it.
            after_this_request(_commit)


def _commit(response: Response) -> Response:
    commit_sign_in()
    return response


def _never_json(request: Request) -> bool:
    return False


def init(app: Flask) -> None:
    """Bind Flask-Security, limit its pages, and make who registers a candidate."""
    security = Security(
        app,
        Datastore(db, User, Role),
        mail_util_cls=OutboxMail,
        totp_cls=OnceTotp,
        login_form=forms.LoginForm,
        register_form=forms.RegisterForm,
        forgot_password_form=forms.ForgotPasswordForm,
        reset_password_form=forms.ResetPasswordForm,
        send_confirmation_form=forms.SendConfirmationForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.want_json(_never_json)
    for endpoint, setting in LIMITED.items():
        if (view := app.view_functions.get(endpoint)) is not None:
            app.view_functions[endpoint] = _limited(view, setting)
    for endpoint in CLOSED:
        app.view_functions[endpoint] = public(_elsewhere)
    user_registered.connect(_as_candidate, app, weak=False)


@cache
def _limited(view: View, setting: str) -> View:
    # Once for each view, also when a second application is made: the limiter adds up.
    def limits() -> str:
        return str(current_app.config[setting])

    return limiter.limit(limits, methods=["POST"])(view)


def _as_candidate(
    sender: Flask, *, user: User, form_data: Mapping[str, Any], **extra: object
) -> None:
    """Make who registers a candidate, with the quick match that they came from."""
    now = clock.now()
    user.created_at = now
    user.language = page_language().code
    user.roles.append(ensure_role(RoleName.CANDIDATE))
    db.session.flush()
    if token := form_data.get("keep"):
        try:
            asked = of_token(token, now=now)
        except (Gone, NotFound):
            flash(_("Je antwoorden van eerder zijn al gewist. Vul ze in je profiel nog eens in."))
            return
        candidates.adopt(user, asked, now=now)
        flash(_("Wat je schreef, staat nu in je profiel."), "success")


def _elsewhere(**arguments: object) -> ResponseReturnValue:
    return redirect(url_for("accounts.settings"), 303)

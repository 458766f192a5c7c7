"""How Flask-Security is tied to our tables, our outbox, our limits and our one commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from flask import Flask, Request, Response, after_this_request, current_app, has_request_context
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, user_registered

from portal import clock
from portal.accounts import forms
from portal.accounts.models import Role, RoleName, User
from portal.accounts.service import ensure_role
from portal.extensions import db, limiter
from portal.outbox.service import enqueue
from portal.transaction import commit_sign_in

View: TypeAlias = Callable[..., Any]

LIMITED = {
    "security.login": "LIMIT_SIGN_IN",
    "security.register": "LIMIT_RECOVER",
    "security.forgot_password": "LIMIT_RECOVER",
    "security.reset_password": "LIMIT_RECOVER",
    "security.send_confirmation": "LIMIT_RECOVER",
}


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
        """Enqueue; the worker sends after the commit."""
        address = recipient if isinstance(recipient, str) else recipient[1]
        enqueue(to=address, subject=str(subject), body=body or "", now=clock.now())
        if has_request_context():
            # A request for a new password changes nothing else, so nothing else commits it.
            after_this_request(_commit)


def _commit(response: Response) -> Response:
    commit_sign_in()
    return response


def _never_json(request: Request) -> bool:
    return False


def _until() -> dict[str, datetime]:
    """Until when the links of a mail work, so that it can say so."""
    now = clock.now()
    return {
        "confirm_until": now + current_app.config["SECURITY_CONFIRM_EMAIL_WITHIN"],
        "reset_until": now + current_app.config["SECURITY_RESET_PASSWORD_WITHIN"],
    }


def init(app: Flask) -> None:
    """Bind Flask-Security, limit its pages, and make who registers a candidate."""
    security = Security(
        app,
        Datastore(db, User, Role),
        mail_util_cls=OutboxMail,
        login_form=forms.LoginForm,
        register_form=forms.RegisterForm,
        forgot_password_form=forms.ForgotPasswordForm,
        reset_password_form=forms.ResetPasswordForm,
        send_confirmation_form=forms.SendConfirmationForm,
    )
    security.want_json(_never_json)
    security.mail_context_processor(_until)
    for endpoint, setting in LIMITED.items():
        if (view := app.view_functions.get(endpoint)) is not None:
            app.view_functions[endpoint] = _limited(view, setting)
    user_registered.connect(_as_candidate, app, weak=False)


@cache
def _limited(view: View, setting: str) -> View:
    # Once for each view, also when a second application is made: the limiter adds up.
    def limits() -> str:
        return str(current_app.config[setting])

    return limiter.limit(limits, methods=["POST"])(view)


def _as_candidate(sender: Flask, *, user: User, **extra: object) -> None:
    user.created_at = clock.now()
    user.roles.append(ensure_role(RoleName.CANDIDATE))

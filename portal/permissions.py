"""Who may open which page. Every route says so; one that does not is closed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from flask import Flask, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from portal.accounts.models import RoleName, User
from portal.errors import Forbidden

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """Something that a role lets somebody do; what it applies to is the policy's question."""

    ACCOUNT_OWN = "account:own"
    OPPORTUNITY_MANAGE = "opportunity:manage"
    INDEX_WATCH = "index:watch"


ROLE_PERMISSIONS: Final[dict[RoleName, frozenset[Permission]]] = {
    RoleName.CANDIDATE: frozenset({Permission.ACCOUNT_OWN}),
    RoleName.EMPLOYER: frozenset({Permission.ACCOUNT_OWN, Permission.OPPORTUNITY_MANAGE}),
    RoleName.COORDINATOR: frozenset({Permission.ACCOUNT_OWN, Permission.INDEX_WATCH}),
    RoleName.COACH: frozenset({Permission.ACCOUNT_OWN}),
    RoleName.ADMIN: frozenset({Permission.ACCOUNT_OWN, Permission.INDEX_WATCH}),
}

PUBLIC_ENDPOINTS: Final = frozenset(
    {
        # Flask's own files.
        "static",
        # Flask-Security's pages for who is not signed in yet; it guards what is behind them.
        "security.login",
        "security.logout",
        "security.register",
        "security.forgot_password",
        "security.reset_password",
        "security.send_confirmation",
        "security.confirm_email",
    }
)
"""Endpoints whose view is not ours to decorate."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view to who has `permission`."""

    def mark(view: View) -> View:
        cast(Any, view).portal_permission = permission
        return view

    return mark


def public(view: View) -> View:
    """Open a view to everybody."""
    cast(Any, view).portal_public = True
    return view


def permissions_of(user: User) -> frozenset[Permission]:
    """Return what the roles of `user` let them do, together."""
    return frozenset().union(
        *(ROLE_PERMISSIONS.get(RoleName(role.name), frozenset()) for role in user.roles)
    )


def allowed(permission: Permission) -> bool:
    """Say whether who asks now has `permission`; for templates too."""
    return bool(current_user.is_authenticated) and permission in permissions_of(signed_in())


def signed_in() -> User:
    """Return who asks now, for services as their `actor`. Raises Forbidden for nobody."""
    if not current_user.is_authenticated:
        raise Forbidden
    return cast(User, current_user._get_current_object())  # noqa: SLF001 - werkzeug's name


def _guard() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC_ENDPOINTS:
        return None
    view = current_app.view_functions[endpoint]
    if getattr(view, "portal_public", False):
        return None
    permission: Permission | None = getattr(view, "portal_permission", None)
    if permission is None:
        raise Forbidden
    if not current_user.is_authenticated:
        flash(_("Log in om deze pagina te zien."), "info")
        # What was posted is lost at the sign-in page, so only a page is worth returning to.
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=target), 303)
    if not allowed(permission):
        raise Forbidden
    return None


def init(app: Flask) -> None:
    """Put the guard before every view of `app`."""
    app.before_request(_guard)
    app.jinja_env.globals.update(allowed=allowed, Permission=Permission)

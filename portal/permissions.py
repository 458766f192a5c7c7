"""Who may open which page. Every route says so; one that does not is closed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal import clock, errors
from portal.accounts import kept
from portal.accounts.models import RoleName, User
from portal.accounts.readable import readable
from portal.errors import Forbidden
from portal.extensions import limiter
from portal.transaction import transaction

KEPT: Final = "kept_form"
WHO: Final = "who"
"""Names in the session: the token of what was kept, and who was signed in last."""
View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """Something that a role lets somebody do; what it applies to is the policy's question."""

    ACCOUNT_OWN = "account:own"
    JOURNEY_OWN = "journey:own"
    OPPORTUNITY_MANAGE = "opportunity:manage"
    APPLICATION_ANSWER = "application:answer"
    CANDIDATE_FIND = "candidate:find"
    COMPETENCE_VALIDATE = "competence:validate"
    ORGANISATION_MANAGE = "organisation:manage"
    ORGANISATION_ADMIT = "organisation:admit"
    EVIDENCE_CHECK = "evidence:check"
    COACHING_GIVE = "coaching:give"
    OUTBOX_WATCH = "outbox:watch"
    INDEX_WATCH = "index:watch"


ROLE_PERMISSIONS: Final[dict[RoleName, frozenset[Permission]]] = {
    RoleName.CANDIDATE: frozenset({Permission.ACCOUNT_OWN, Permission.JOURNEY_OWN}),
    RoleName.EMPLOYER: frozenset(
        {
            Permission.ACCOUNT_OWN,
            Permission.OPPORTUNITY_MANAGE,
            Permission.APPLICATION_ANSWER,
            Permission.CANDIDATE_FIND,
            Permission.COMPETENCE_VALIDATE,
            Permission.ORGANISATION_MANAGE,
        }
    ),
    RoleName.COORDINATOR: frozenset(
        {
            Permission.ACCOUNT_OWN,
            Permission.ORGANISATION_ADMIT,
            Permission.EVIDENCE_CHECK,
            Permission.INDEX_WATCH,
        }
    ),
    RoleName.COACH: frozenset(
        {
            Permission.ACCOUNT_OWN,
            Permission.COACHING_GIVE,
            Permission.COMPETENCE_VALIDATE,
            Permission.EVIDENCE_CHECK,
        }
    ),
    RoleName.ADMIN: frozenset(
        {Permission.ACCOUNT_OWN, Permission.OUTBOX_WATCH, Permission.INDEX_WATCH}
    ),
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
        "security.two_factor_token_validation",
        "security.mf_recovery",
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
    if endpoint == "security.two_factor_token_validation" and current_user.is_authenticated:
        # The library would sign out whoever only opens this page.
        return redirect(url_for("accounts.after_sign_in"), 303)
    if endpoint is None or endpoint in PUBLIC_ENDPOINTS:
        return None
    view = current_app.view_functions[endpoint]
    if getattr(view, "portal_public", False):
        return None
    permission: Permission | None = getattr(view, "portal_permission", None)
    if permission is None:
        raise Forbidden
    if not current_user.is_authenticated:
        return _to_sign_in()
    if not allowed(permission):
        raise Forbidden
    me = signed_in().id
    if session.get(WHO) != me:
        # It outlives signing out: what is kept for this person is for nobody else.
        session[WHO] = me
    if request.method == "POST" and KEPT in session:
        _resumed()
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page, and from there back to the page or to what was typed."""
    if request.method == "GET":
        flash(_("Log in om deze pagina te zien."), "info")
        target: str | None = request.full_path.rstrip("?")
    elif _keep():
        flash(_("Je was uitgelogd. Log in, dan kun je verder met wat je typte."), "info")
        target = url_for("resume.show")
    else:
        flash(_("Log in om deze pagina te zien."), "info")
        target = None
    return redirect(url_for("security.login", next=target), 303)


def _keep() -> bool:
    """Keep what nobody in particular sent to a page of ours; say whether that was done."""
    if not _from_here():
        return False
    try:
        # Each keeps a row for some time, and anybody can send one.
        with limiter.limit("20 per hour"):
            pass
    except RateLimitExceeded:
        return False
    with transaction():
        token = kept.keep(
            request.full_path.rstrip("?"),
            request.form.items(multi=True),
            user_id=session.get(WHO),
            replaces=session.get(KEPT),
            now=clock.now(),
        )
    if token:
        session[KEPT] = token
    return token is not None


def _from_here() -> bool:
    """Whether one of our own pages sent this; another site must not put words in a form."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    sender = urlsplit(said)
    return f"{sender.scheme}://{sender.netloc}" == request.host_url.rstrip("/")


def _resumed() -> None:
    """Forget what was kept when it is sent again: it comes back once."""
    token = session[KEPT]
    one = kept.find(token, now=clock.now())
    if one is None:
        session.pop(KEPT)
    elif one.path == request.full_path.rstrip("?"):
        session.pop(KEPT)
        with transaction():
            kept.drop(token)


def may_send(path: str) -> str | None:
    """Return the module of the view that takes a POST at `path` from who asks now, if any."""
    adapter = current_app.url_map.bind("")
    try:
        endpoint, _arguments = adapter.match(urlsplit(path).path, method="POST")
    except HTTPException:
        return None
    view = current_app.view_functions[endpoint]
    permission: Permission | None = getattr(view, "portal_permission", None)
    return str(view.__module__) if permission and allowed(permission) else None


def _typed() -> list[tuple[str, str]]:
    """What was just typed, by label; so that a page that refuses it still shows it."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    fields = kept.worth_keeping(request.form.items(multi=True))
    return readable(fields, view.__module__ if view else "")


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    """A form of an earlier session: nobody signs in first, everybody can send it again."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    guarded = getattr(view, "portal_permission", None) is not None
    if guarded and not current_user.is_authenticated:
        return _to_sign_in()
    ours = guarded or getattr(view, "portal_public", False)
    fields = kept.worth_keeping(request.form.items(multi=True))
    return errors.stale_form(
        _typed(),
        fields if ours and _from_here() else [],
        files=any(one.filename for one in request.files.values()),
    )


def init(app: Flask) -> None:
    """Put the guard before every view of `app`."""
    app.before_request(_guard)
    app.register_error_handler(CSRFError, _stale_form)
    app.jinja_env.globals.update(allowed=allowed, Permission=Permission, typed=_typed)

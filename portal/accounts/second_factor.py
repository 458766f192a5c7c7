"""The second factor: a code of an authenticator app besides the password, and codes for without.

Flask-Security asks for it at signing in; setting it up and switching it off is done here, with
the password each time. Secrets and codes are kept encrypted. Call what changes something inside
transaction().
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import qrcode
from flask import current_app
from flask_security import Security, verify_password
from flask_security.totp import Totp
from passlib.totp import TotpMatch

from portal.accounts import emails
from portal.accounts.models import User
from portal.audit import service as audit
from portal.errors import Conflict
from portal.outbox.letters import post

METHOD = "authenticator"


class OnceTotp(Totp):
    """Codes that open once: the library leaves remembering the last one to us."""

    def get_last_counter(self, user: User) -> int | None:  # type: ignore[override]
        """Return the half minute of the last code that this person used."""
        return user.tf_last_counter

    def set_last_counter(self, user: User, tmatch: TotpMatch) -> None:  # type: ignore[override]
        """Keep the half minute of the code that was used now."""
        user.tf_last_counter = tmatch.counter


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture for the camera of a phone: `size` by `size` squares; `path` draws the dark ones."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Setup:
    """What an authenticator app needs to know: by the camera, or typed over."""

    scan: Scan
    key: str
    uri: str


def _security() -> Security:
    return cast(Security, current_app.extensions["security"])


def is_on(user: User) -> bool:
    """Say whether signing in asks this person for a code."""
    return bool(user.tf_primary_method and user.tf_totp_secret)


def new_secret() -> str:
    """Return a secret to share with an app, encrypted."""
    secret: str = _security().totp_factory.generate_totp_secret()
    return secret


def setup(user: User, secret: str) -> Setup:
    """Return what the app of `user` needs for `secret`."""
    totp = _security().totp_factory
    uri = totp.get_totp_uri(user.email, secret)
    return Setup(scan=_scan(uri), key=totp.get_totp_pretty_key(secret), uri=uri)


def _scan(text: str) -> Scan:
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Scan(len(rows), path)


def is_right(user: User, secret: str, code: str) -> bool:
    """Say whether `code` is what an app with `secret` shows now, and was not used before."""
    right: bool = _security().totp_factory.verify_totp(
        token=code,
        totp_secret=secret,
        user=user,
        window=current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"],
    )
    return right


def knows_password(user: User, password: str) -> bool:
    """Say whether this is the password of `user`."""
    normal = _security().password_util.normalize(password)
    return user.password is not None and bool(verify_password(normal, user.password))


def switch_on(user: User, secret: str, *, now: datetime) -> None:
    """Ask for a code from now on, and make recovery codes. Raises Conflict when it is on."""
    if is_on(user):
        raise Conflict
    _security().datastore.tf_set(user, METHOD, totp_secret=secret)
    new_codes(user, now=now)
    audit.record("account.second_factor_on", user, actor=user, now=now)
    _tell(user, on=True, now=now)


def switch_off(user: User, *, actor: User | None, now: datetime) -> None:
    """Ask for no code any more; nothing happens when it is off already."""
    if not is_on(user):
        return
    user.tf_primary_method = None
    user.tf_totp_secret = None
    user.tf_last_counter = None
    user.mf_recovery_codes = None
    audit.record("account.second_factor_off", user, actor=actor, now=now)
    _tell(user, on=False, now=now)


def new_codes(user: User, *, now: datetime) -> None:
    """Make fresh recovery codes; the old ones stop."""
    _security().mf_recovery_codes_util.create_recovery_codes(user)
    audit.record("account.recovery_codes", user, actor=user, now=now)


def codes(user: User) -> list[str]:
    """Return the recovery codes that were not used yet."""
    found: list[str] = _security().mf_recovery_codes_util.get_recovery_codes(user)
    return found


def _tell(user: User, *, on: bool, now: datetime) -> None:
    post(
        user,
        lambda: emails.second_factor_changed(on=on),
        key=f"account-{user.id}-second-factor-{'on' if on else 'off'}-{now:%Y%m%d%H%M%S}",
        now=now,
    )

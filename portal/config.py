"""Reads the environment once, and refuses what would not be safe.

`load` is the only place that knows the names of environment variables.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from portal import clock
from portal.accounts.messages import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("development", "production", "test")
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class ConfigError(RuntimeError):
    """The environment does not describe a portal that can run safely."""


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ConfigError(f"{name}: give 1 or 0, not {value!r}")


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "").strip()
    try:
        number = int(value) if value else default
    except ValueError:
        raise ConfigError(f"{name}: give a whole number, not {value!r}") from None
    if number < 0:
        raise ConfigError(f"{name}: give 0 or more, not {value!r}")
    return number


def database_url(url: str) -> str:
    """Name psycopg as the driver for a plain PostgreSQL address."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _development_secret(var: Path) -> str:
    """Return the secret of this checkout; made once, readable by its owner alone."""
    path = var / "secret"
    if not path.exists():
        fresh = var / f".secret-{os.getpid()}-{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
        try:
            # A link never replaces: of processes that start together, one secret wins.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise ConfigError(f"{path} is empty; remove it, a new secret is made at the next start")
    return secret


def _secrets(environ: Mapping[str, str], environment: str, var: Path) -> tuple[str, str]:
    key = environ.get("SECRET_KEY", "")
    salt = environ.get("SECURITY_PASSWORD_SALT", "")
    if environment == "production":
        for name, value in (("SECRET_KEY", key), ("SECURITY_PASSWORD_SALT", salt)):
            if len(value) < 32:
                raise ConfigError(f"{name}: production needs one of at least 32 characters")
        if key == salt:
            raise ConfigError("SECURITY_PASSWORD_SALT: give another value than SECRET_KEY")
        return key, salt
    if environment == "test":
        return key or "test-key", salt or "test-salt"
    secret = "" if key and salt else _development_secret(var)
    return key or secret, salt or f"salt-{secret}"


def _totp_secrets(environ: Mapping[str, str], environment: str, key: str) -> dict[int, str]:
    """Return what encrypts the secrets of authenticator apps, by number; the highest is used.

    Several, as `1:...,2:...`, let an old one be read until nobody has it any more.
    """
    given = environ.get("SECURITY_TOTP_SECRETS", "").strip()
    if not given:
        if environment == "production":
            raise ConfigError("SECURITY_TOTP_SECRETS: production needs one, of 32 characters")
        return {1: hashlib.sha256(f"totp:{key}".encode()).hexdigest()}
    found: dict[int, str] = {}
    for part in given.split(","):
        number, colon, secret = part.strip().rpartition(":")
        if (colon and not number.isdecimal()) or len(secret) < 32:
            raise ConfigError(
                "SECURITY_TOTP_SECRETS: give a secret of at least 32 characters, or several "
                "with their numbers, as 1:...,2:..."
            )
        found[int(number or 1)] = secret
    return found


def _recovery_keys(secrets: Mapping[int, str]) -> list[bytes]:
    """Keys for the recovery codes out of the same secrets, the newest first."""
    return [
        base64.urlsafe_b64encode(hashlib.sha256(f"recovery:{secrets[number]}".encode()).digest())
        for number in sorted(secrets, reverse=True)
    ]


def var_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder for what the portal keeps on disk; made if it is absent."""
    var = Path(environ.get("BEKWAAM_VAR") or ROOT / "var")
    var.mkdir(parents=True, exist_ok=True)
    return var


def _public_url(environ: Mapping[str, str], hosts: list[str]) -> str:
    """Where links in mail lead; a worker has no request to read it from."""
    given = environ.get("BEKWAAM_URL", "").rstrip("/")
    if given and not given.startswith(("http://", "https://")):
        raise ConfigError("BEKWAAM_URL: give an address that begins with https:// or http://")
    if given:
        return given
    return f"https://{hosts[0]}" if hosts else f"http://127.0.0.1:{environ.get('PORT', '8000')}"


def load(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the Flask configuration that this environment describes.

    Raises ConfigError when it lacks something or contradicts itself.
    """
    environment = environ.get("BEKWAAM_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise ConfigError(f"BEKWAAM_ENV: give one of {', '.join(ENVIRONMENTS)}")
    production = environment == "production"
    test = environment == "test"
    var = var_folder(environ)
    key, salt = _secrets(environ, environment, var)
    https = _flag(environ, "BEKWAAM_HTTPS", production)
    if production and not https:
        raise ConfigError("BEKWAAM_HTTPS: production only runs with cookies over https")
    mail = environ.get("BEKWAAM_MAIL", "locmem" if test else "file")
    if mail not in {"file", "smtp", "locmem"}:
        raise ConfigError("BEKWAAM_MAIL: give file, smtp or locmem")
    hosts = environ.get("BEKWAAM_HOSTS", "").replace(",", " ").split()
    if production and not hosts:
        # A link in a mail is built on the host of the request, which anybody can make up.
        raise ConfigError("BEKWAAM_HOSTS: production needs the names that it is reached by")
    settings: dict[str, Any] = {
        "BEKWAAM_ENV": environment,
        "BEKWAAM_VAR": str(var),
        "BEKWAAM_PROXIES": _number(environ, "BEKWAAM_PROXIES", 0),
        "BEKWAAM_HTTPS": https,
        "BEKWAAM_DATA": environ.get("BEKWAAM_DATA") or str(ROOT / "data"),
        "ENCODER": environ.get("ENCODER", ""),
        # Without them the model's own are used, and an empty one means none.
        "ENCODER_QUERY_PROMPT": environ.get("ENCODER_QUERY_PROMPT"),
        "ENCODER_PASSAGE_PROMPT": environ.get("ENCODER_PASSAGE_PROMPT"),
        "MATCHING_WAKES": not test,
        "PUBLIC_URL": _public_url(environ, hosts),
        # A process reads how employers answer once in so many seconds.
        "STANDING_SECONDS": 3600 if test else 60,
        "REGION_NAME": environ.get("BEKWAAM_REGION", "Zuid-Limburg"),
        "TESTING": test,
        "SECRET_KEY": key,
        "TRUSTED_HOSTS": hosts or None,
        "PREFERRED_URL_SCHEME": "https" if https else "http",
        "SESSION_COOKIE_NAME": "__Host-bekwaam" if https else "bekwaam",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        # 50,000 characters of any script, written as %XX, still fit.
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SQLALCHEMY_DATABASE_URI": database_url(
            environ.get("DATABASE_URL") or f"sqlite:///{var / 'bekwaam.db'}"
        ),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
        # The address of a static file stays the same when the file changes.
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=1),
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "nl",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Amsterdam",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "portal" / "translations"),
        "RATELIMIT_ENABLED": _flag(environ, "BEKWAAM_RATE_LIMITS", not test),
        "RATELIMIT_STORAGE_URI": environ.get("BEKWAAM_RATE_STORAGE", "memory://"),
        "RATELIMIT_HEADERS_ENABLED": True,
        "LIMIT_SIGN_IN": environ.get("BEKWAAM_LIMIT_SIGN_IN", "10 per minute; 100 per hour"),
        "LIMIT_RECOVER": environ.get("BEKWAAM_LIMIT_RECOVER", "5 per minute; 20 per hour"),
        "LIMIT_MATCH": environ.get("BEKWAAM_LIMIT_MATCH", "30 per minute; 300 per hour"),
        "LIMIT_SHARED": environ.get("BEKWAAM_LIMIT_SHARED", "30 per minute; 300 per hour"),
        "MAIL_BACKEND": mail,
        "MAIL_FILE_PATH": str(var / "mail"),
        "MAIL_SERVER": environ.get("MAIL_SERVER", "localhost"),
        "MAIL_PORT": _number(environ, "MAIL_PORT", 25),
        # Seconds for each answer; a worker that waits longer sends nothing else.
        "MAIL_TIMEOUT": 30,
        "MAIL_USE_TLS": _flag(environ, "MAIL_USE_TLS", False),
        "MAIL_USERNAME": environ.get("MAIL_USERNAME"),
        "MAIL_PASSWORD": environ.get("MAIL_PASSWORD"),
        "CONTACT_ADDRESS": environ.get("BEKWAAM_CONTACT", "hulp@bekwaam.example"),
        "MAIL_DEFAULT_SENDER": environ.get("MAIL_DEFAULT_SENDER", "Bekwaam <post@bekwaam.example>"),
    }
    totp = _totp_secrets(environ, environment, key)
    settings.update(_security(environ, salt, totp, production=production))
    return settings


def _security(
    environ: Mapping[str, str], salt: str, totp: Mapping[int, str], *, production: bool
) -> dict[str, Any]:
    register = _flag(environ, "BEKWAAM_REGISTER", True)
    options: dict[str, Any] = {
        "PASSWORD_SALT": salt,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "DEPRECATED_PASSWORD_SCHEMES": [],
        "PASSWORD_SINGLE_HASH": ["argon2"],
        "PASSWORD_LENGTH_MIN": 10,
        "LOGIN_URL": "/inloggen",
        "LOGOUT_URL": "/uitloggen",
        "LOGOUT_METHODS": ["POST"],
        "REGISTER_URL": "/account-maken",
        "RESET_URL": "/wachtwoord-vergeten",
        "CONFIRM_URL": "/e-mail-bevestigen",
        "POST_LOGIN_VIEW": "accounts.after_sign_in",
        "POST_REGISTER_VIEW": "accounts.after_sign_in",
        "POST_RESET_VIEW": "accounts.after_sign_in",
        "POST_CONFIRM_VIEW": "accounts.after_sign_in",
        "POST_LOGOUT_VIEW": "/",
        "STATIC_FOLDER": None,
        "REGISTERABLE": register,
        "RECOVERABLE": _flag(environ, "BEKWAAM_RECOVER", True),
        "CONFIRMABLE": _flag(environ, "BEKWAAM_CONFIRM_MAIL", production),
        "AUTO_LOGIN_AFTER_RESET": True,
        "RETURN_GENERIC_RESPONSES": True,
        # Looking up the mail server of an address needs a network, and says little.
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        # The letters are our own: portal/accounts/emails.py.
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        # Setting it up is done on our own pages; of the library's own, two are for signing in.
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        # Who can read somebody's mail has the password already, so mail is no second way in.
        "TWO_FACTOR_RESCUE_EMAIL": False,
        # Seconds that the clock of a phone may differ.
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/inloggen/code",
        "TWO_FACTOR_SETUP_URL": "/account/extra-stap/oud",
        "TWO_FACTOR_RESCUE_URL": "/inloggen/code/hulp",
        "TWO_FACTOR_SELECT_URL": "/inloggen/code/kies",
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": _recovery_keys(totp),
        "MULTI_FACTOR_RECOVERY_URL": "/inloggen/herstelcode",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/extra-stap/oud/codes",
        "TOTP_SECRETS": dict(totp),
        "TOTP_ISSUER": "Bekwaam",
        "I18N_DOMAIN": "messages",
        "DATETIME_FACTORY": clock.now,
        # Nothing here asks for the password a second time.
        "FRESHNESS": timedelta(minutes=-1),
    }
    settings = {f"SECURITY_{name}": value for name, value in options.items()}
    settings |= {f"SECURITY_MSG_{name}": value for name, value in MESSAGES.items()}
    return settings

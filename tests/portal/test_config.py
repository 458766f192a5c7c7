import os
import stat

import pytest

from portal import config
from portal.config import ConfigError

SAFE = {
    "BEKWAAM_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "SECURITY_PASSWORD_SALT": "s" * 40,
    "SECURITY_TOTP_SECRETS": "t" * 40,
    "BEKWAAM_HOSTS": "bekwaam.example, www.bekwaam.example",
}


@pytest.fixture
def environ(tmp_path):
    return {"BEKWAAM_VAR": str(tmp_path / "var")}


def test_development_needs_nothing(environ) -> None:
    settings = config.load(environ)
    assert settings["SQLALCHEMY_DATABASE_URI"].endswith("/var/bekwaam.db")
    assert not settings["SESSION_COOKIE_SECURE"]
    assert settings["MAIL_BACKEND"] == "file"


def test_the_secret_of_development_is_made_once_and_private(environ) -> None:
    first = config.load(environ)
    second = config.load(environ)
    assert len(first["SECRET_KEY"]) > 32
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["SECRET_KEY"] != first["SECURITY_PASSWORD_SALT"]
    secret = config.var_folder(environ) / "secret"
    assert stat.S_IMODE(os.stat(secret).st_mode) == 0o600
    assert os.listdir(secret.parent) == ["secret"]


def test_an_empty_secret_is_refused(environ) -> None:
    (config.var_folder(environ) / "secret").touch()
    with pytest.raises(ConfigError, match="secret is empty"):
        config.load(environ)


def test_production_starts_when_it_is_safe(environ) -> None:
    settings = config.load(environ | SAFE)
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["TRUSTED_HOSTS"] == ["bekwaam.example", "www.bekwaam.example"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECURITY_PASSWORD_SALT": ""}, "SECURITY_PASSWORD_SALT"),
        ({"SECURITY_PASSWORD_SALT": "k" * 40}, "SECURITY_PASSWORD_SALT"),
        ({"SECURITY_TOTP_SECRETS": ""}, "SECURITY_TOTP_SECRETS"),
        ({"SECURITY_TOTP_SECRETS": "short"}, "SECURITY_TOTP_SECRETS"),
        ({"SECURITY_TOTP_SECRETS": f"oud:{'t' * 40}"}, "SECURITY_TOTP_SECRETS"),
        ({"BEKWAAM_HTTPS": "0"}, "BEKWAAM_HTTPS"),
        ({"BEKWAAM_HOSTS": ""}, "BEKWAAM_HOSTS"),
        ({"BEKWAAM_ENV": "productie"}, "BEKWAAM_ENV"),
        ({"BEKWAAM_MAIL": "duif"}, "BEKWAAM_MAIL"),
        ({"BEKWAAM_PROXIES": "een"}, "BEKWAAM_PROXIES"),
        ({"BEKWAAM_PROXIES": "-1"}, "BEKWAAM_PROXIES"),
        ({"BEKWAAM_REGISTER": "misschien"}, "BEKWAAM_REGISTER"),
    ],
)
def test_what_is_not_safe_is_refused_by_name(environ, change, named) -> None:
    with pytest.raises(ConfigError, match=named):
        config.load(environ | SAFE | change)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_plain_postgres_address_gets_its_driver(scheme) -> None:
    assert config.database_url(f"{scheme}://u@h/d") == "postgresql+psycopg://u@h/d"
    assert config.database_url("sqlite:///x.db") == "sqlite:///x.db"


def test_prompts_that_are_not_given_are_the_models_own(environ) -> None:
    settings = config.load(environ | {"ENCODER_QUERY_PROMPT": ""})
    assert settings["ENCODER_QUERY_PROMPT"] == ""
    assert settings["ENCODER_PASSAGE_PROMPT"] is None


def test_the_secrets_of_authenticator_apps_can_be_replaced(environ) -> None:
    one, two = "a" * 32, "b" * 32
    assert config.load(environ | SAFE)["SECURITY_TOTP_SECRETS"] == {1: "t" * 40}
    both = config.load(environ | SAFE | {"SECURITY_TOTP_SECRETS": f"1:{one}, 2:{two}"})
    assert both["SECURITY_TOTP_SECRETS"] == {1: one, 2: two}
    alone = config.load(environ | SAFE | {"SECURITY_TOTP_SECRETS": f"2:{two}"})
    # Codes are kept with the newest and still read with the old one.
    [newest, old] = both["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"]
    assert [newest] == alone["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"]
    assert old != newest


def test_development_derives_its_own(environ) -> None:
    first = config.load(environ)
    assert first["SECURITY_TOTP_SECRETS"] == config.load(environ)["SECURITY_TOTP_SECRETS"]
    assert first["SECRET_KEY"] not in first["SECURITY_TOTP_SECRETS"].values()

"""The application factory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask, request
from flask_security import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import (
    addresses,
    assets,
    catalogue,
    clock,
    config,
    errors,
    extensions,
    glossary,
    headers,
    languages,
    permissions,
    pictures,
)
from portal.accounts import sign_in
from portal.accounts.routes import blueprint as accounts
from portal.commands import register as register_commands
from portal.gallery.routes import blueprint as gallery
from portal.learning.routes import blueprint as learning
from portal.matching import fits_routes, resident, routes  # noqa: F401 - they join the blueprint
from portal.matching.web import blueprint as matching
from portal.opportunities.employer_routes import blueprint as employer
from portal.opportunities.routes import blueprint as opportunities
from portal.site.routes import blueprint as site

BLUEPRINTS = (accounts, site, matching, opportunities, learning, employer, gallery)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the portal, configured by the environment and then by `overrides`.

    Raises ConfigError when the environment does not describe a portal that can run safely.
    """
    app = Flask("portal", root_path=str(config.ROOT / "portal"), template_folder="../templates")
    app.config.from_mapping(config.load(os.environ))
    app.config.from_mapping(overrides or {})
    app.url_map.converters["default"] = addresses.Readable
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # As in babel.cfg: a text over several lines is the same text.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    if hops := app.config["BEKWAAM_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    languages.init(app)
    extensions.babel.init_app(app, locale_selector=_locale)  # type: ignore[no-untyped-call]
    catalogue.init(app)
    extensions.init(app)
    sign_in.init(app)
    errors.init(app)
    headers.init(app)
    assets.init(app)
    permissions.init(app)
    resident.init(app)
    glossary.init(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_commands(app)
    app.jinja_env.globals["pictures"] = pictures
    app.context_processor(_navigation)
    return app


def _navigation() -> dict[str, Any]:
    return {
        "nav_user": current_user if current_user.is_authenticated else None,
        "today": clock.local_date(clock.now()),
        "is_employer": permissions.allowed(permissions.Permission.OPPORTUNITY_MANAGE),
    }


def _locale() -> str:
    """The language of who asks now; Dutch where nobody does."""
    if not request:
        return languages.SOURCE
    chosen = request.cookies.get(languages.COOKIE)
    return languages.choose(chosen, request.accept_languages, languages.languages())

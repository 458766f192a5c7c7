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
    navigation,
    permissions,
    pictures,
)
from portal.accounts import sign_in
from portal.accounts.resume_routes import blueprint as resume
from portal.accounts.routes import blueprint as accounts
from portal.accounts.second_factor_routes import blueprint as second_factor
from portal.applications.routes import blueprint as applications
from portal.candidates import matches_routes as _matches  # noqa: F401
from portal.candidates import routes as _journey  # noqa: F401 - they join the blueprint
from portal.candidates.web import blueprint as candidates
from portal.coaching.coach_routes import blueprint as coach
from portal.coaching.routes import blueprint as coaching
from portal.commands import register as register_commands
from portal.gallery.routes import blueprint as gallery
from portal.incoming import Incoming
from portal.learning.routes import blueprint as learning
from portal.matching import fits_routes, resident, routes  # noqa: F401 - they join the blueprint
from portal.matching.web import blueprint as matching
from portal.opportunities.employer_routes import blueprint as employer
from portal.opportunities.import_routes import blueprint as importing
from portal.opportunities.routes import blueprint as opportunities
from portal.organisations import manage_routes as _manage_routes  # noqa: F401
from portal.organisations import routes as _joining_routes  # noqa: F401 - they join the blueprint
from portal.organisations.admission_routes import blueprint as admission
from portal.organisations.web import blueprint as organisations
from portal.orientation import game_routes as _game_routes  # noqa: F401 - they join the blueprint
from portal.orientation import routes as _orientation_routes  # noqa: F401 - they join too
from portal.orientation.web import blueprint as orientation
from portal.outbox.routes import blueprint as outbox
from portal.portfolio import evidence_routes, validation_asking_routes  # noqa: F401 - they join
from portal.portfolio.check_routes import blueprint as checks
from portal.portfolio.routes import blueprint as portfolio
from portal.portfolio.sharing_routes import blueprint as sharing
from portal.portfolio.validation_routes import blueprint as validations
from portal.recruiting import (  # noqa: F401 - they join the blueprint
    board_routes,
    bulk_routes,
    people_routes,
    talk_routes,
)
from portal.recruiting.invited_routes import blueprint as invitations
from portal.recruiting.web import blueprint as recruiting
from portal.site.routes import blueprint as site

BLUEPRINTS = (
    accounts,
    second_factor,
    resume,
    site,
    matching,
    opportunities,
    learning,
    orientation,
    candidates,
    portfolio,
    sharing,
    applications,
    coaching,
    employer,
    importing,
    recruiting,
    invitations,
    organisations,
    validations,
    coach,
    checks,
    admission,
    outbox,
    gallery,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the portal, configured by the environment and then by `overrides`.

    Raises ConfigError when the environment does not describe a portal that can run safely.
    """
    app = Flask("portal", root_path=str(config.ROOT / "portal"), template_folder="../templates")
    app.config.from_mapping(config.load(os.environ))
    app.config.from_mapping(overrides or {})
    app.request_class = Incoming
    app.url_map.converters["default"] = addresses.Readable
    app.url_map.converters["int"] = addresses.Number
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
    if not request:
        # A mail has no menu.
        return {}
    return {
        "nav_user": current_user if current_user.is_authenticated else None,
        "today": clock.local_date(clock.now()),
        "main_menu": navigation.main_menu,
    }


def _locale() -> str:
    """The language of who asks now; Dutch where nobody does."""
    if not request:
        return languages.SOURCE
    chosen = request.cookies.get(languages.COOKIE)
    return languages.choose(chosen, request.accept_languages, languages.languages())

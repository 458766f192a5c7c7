"""Does this one opportunity fit me: ask and answer on one page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.errors import Gone, NotFound, Unavailable
from portal.extensions import limiter
from portal.languages import data_language
from portal.matching import service
from portal.matching.cards import MatchCard
from portal.matching.forms import AskForm
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.resident import State
from portal.matching.understanding import understand
from portal.matching.views import ask_view
from portal.matching.web import blueprint, form_data, kept, limit, links_of
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.permissions import public
from portal.transaction import transaction


@blueprint.get("/aanbod/<slug>/past-dit")
@public
def fits(slug: str) -> ResponseReturnValue:
    """Show how one opportunity fits what was asked, or ask first."""
    opportunity = _opportunity(slug)
    token = request.args.get("aanvraag", "")
    asked = kept(token, strict=False) if token else None
    form = AskForm(formdata=None, data=form_data(asked) if asked else None)
    if token and asked is None:
        flash(_("Je eerdere tekst is gewist. Schrijf hier opnieuw wat je kunt."), "info")
    return _fits_page(opportunity, form, asked)


@blueprint.post("/aanbod/<slug>/past-dit")
@public
@limiter.limit(limit)
def ask_fits(slug: str) -> ResponseReturnValue:
    """Keep what was asked and show how this opportunity fits it."""
    opportunity = _opportunity(slug)
    form = AskForm(request.form)
    if not form.validate():
        return _fits_page(opportunity, form, None)
    with transaction():
        token = service.ask(form.asked(), now=clock.now()).token
    return redirect(url_for("matching.fits", slug=slug, aanvraag=token), 303)


def _fits_page(
    opportunity: Opportunity, form: AskForm, asked: MatchRequest | None
) -> tuple[str, int, dict[str, str]]:
    shown: dict[str, Any] = {
        "opportunity": {
            "slug": opportunity.slug,
            "title": opportunity.title,
            "language": opportunity.language,
            "organisation": opportunity.site.organisation.name,
        },
        "form": form,
        "ask": ask_view(asked) if asked else None,
        "links": links_of(asked.token) if asked else None,
        "card": None,
    }
    if asked is None:
        page = render_template("matching/fits.html", **shown, state=State.READY.value)
        return page, 422 if form.errors else 200, {}
    try:
        match = service.explain(service.profile_of(asked), opportunity)
    except Unavailable:
        page = render_template("matching/fits.html", **shown, state=service.state().value)
        return page, 503, {"Retry-After": "5"}
    shown["read"] = understand(asked.skills, asked.ambition)
    shown["card"] = MatchCard(match, opportunity, framework(), data_language())
    return render_template("matching/fits.html", **shown, state=State.READY.value), 200, {}


def _opportunity(slug: str) -> Opportunity:
    now = clock.now()
    found = opportunities.by_slug(slug, clock.local_date(now))
    if found is not None:
        return found
    if opportunities.was_public(slug):
        raise Gone(_("Deze plek is gesloten. Kijk wat er nog meer is."))
    raise NotFound

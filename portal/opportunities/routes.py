"""Everything on offer: the list, and a page for each."""

from __future__ import annotations

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.candidates.beside import beside
from portal.errors import Gone, NotFound
from portal.matching import service as matching
from portal.matching.knowledge import Place, distance_km
from portal.opportunities import queries
from portal.opportunities.forms import BrowseForm
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import card
from portal.opportunities.search import Search, once_public, place_of, similar
from portal.opportunities.views import (
    active_filters,
    opportunity_page,
    pay_picture,
    region_map,
)
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, allowed, public, signed_in

PAGE = 20
blueprint = Blueprint("opportunities", __name__)


@blueprint.get("/aanbod")
@public
def browse() -> ResponseReturnValue:
    """Show what is on offer, by words and filters."""
    form = BrowseForm(formdata=request.args)
    url = partial(url_for, "opportunities.browse")
    if not form.validate():
        page = render_template(
            "opportunities/browse.html",
            filters=form,
            rows=[],
            total=0,
            pages=None,
            active_filters=[],
            clear_url=url(),
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    search = Search(form.criteria(), clock.local_date(clock.now()))
    arguments = form.arguments()
    pages = paginate(
        search.count(),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: url(**arguments, page=number if number > 1 else None),
    )
    rows = [card(row, distance_km=km) for row, km in search.rows(pages.offset, PAGE)]
    elsewhere = {key: value for key, value in arguments.items() if key != "at"}
    return render_template(
        "opportunities/browse.html",
        filters=form,
        rows=rows,
        map=region_map(
            search.places, form.found_place, url=partial(url, **elsewhere), chosen=form.at.data
        ),
        total=pages.total,
        pages=pages,
        active_filters=active_filters(form, url),
        clear_url=url(),
    )


@blueprint.get("/aanbod/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one opportunity; of what has closed, that it did, and what is like it."""
    today = clock.local_date(clock.now())
    opportunity = queries.by_slug(slug, today)
    if opportunity is not None:
        return render_template(
            "opportunities/show.html",
            o=opportunity_page(opportunity, today),
            **_around(opportunity, today),
            mine=beside(signed_in().id, opportunity) if allowed(Permission.JOURNEY_OWN) else None,
            back_url=_back_url(),
        )
    closed = once_public(slug)
    if closed is None:
        raise NotFound
    page = render_template(
        "opportunities/gone.html",
        title=closed.title,
        organisation=closed.site.organisation.name,
        rows=[card(row) for row in similar(closed, today)],
    )
    return page, HTTPStatus.GONE


def _around(opportunity: Opportunity, today: date) -> dict[str, Any]:
    """Where it is in the region and how it pays there; from home, where that was told."""
    everything = queries.by_place(queries.published(today))
    home = _home()
    return {
        "map": region_map(
            [(one, distance_km(home, one.place) if home else None) for one in everything],
            home,
            url=partial(url_for, "opportunities.browse"),
            chosen=opportunity.site.place,
        ),
        "pay": pay_picture(opportunity, everything),
        "home": home,
        "distance_km": distance_km(home, place_of(opportunity.site)) if home else None,
    }


def _home() -> Place | None:
    """Where the visitor lives, if the address leads to a question that tells it."""
    token = request.args.get("aanvraag", "")
    try:
        return matching.place_of(matching.of_token(token, now=clock.now())) if token else None
    except (Gone, NotFound):
        return None


def _back_url() -> str:
    """The list or the answer that somebody came from, with its filters."""
    came_from = urlsplit(request.referrer or "")
    lists = came_from.path == url_for("opportunities.browse") or came_from.path.startswith(
        ("/passend/", "/mijn-route/")
    )
    if came_from.netloc == request.host and lists:
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return url_for("opportunities.browse")

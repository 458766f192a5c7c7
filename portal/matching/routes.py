"""The pages of matching: ask, answer, correct, forget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matcher import Answer, Profile
from portal import clock
from portal.errors import Gone, Invalid, NotFound, Unavailable
from portal.extensions import limiter
from portal.matching import offers, service
from portal.matching.asked import advice, hours_text, place_text
from portal.matching.examples import EXAMPLES
from portal.matching.forms import AskForm, FilterForm, HomeForm
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.offer_views import limit_views, origin_views
from portal.matching.queries import count_published
from portal.matching.resident import State
from portal.matching.views import (
    MatchCard,
    active_filters,
    ask_view,
    form_arguments,
    loosen,
)
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.paging import paginate, wanted_page
from portal.permissions import public
from portal.transaction import transaction

blueprint = Blueprint("matching", __name__)


def _limit() -> str:
    limit: str = current_app.config["LIMIT_MATCH"]
    return limit


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Ask what somebody can and wants; an example fills the form."""
    chosen = EXAMPLES.get(request.args.get("voorbeeld", ""))
    return _home_page(HomeForm(formdata=None, data=chosen.values if chosen else None))


@blueprint.post("/passend")
@public
@limiter.limit(_limit)
def ask() -> ResponseReturnValue:
    """Keep what was asked and go to the answer."""
    form = HomeForm(request.form)
    if not form.validate():
        return _home_page(form), 422
    now = clock.now()
    with transaction():
        token = service.ask(form.asked(), now=now).token
    _record_run(token)
    return redirect(url_for("matching.result", token=token), 303)


@blueprint.get("/passend/<token>")
@public
def result(token: str) -> ResponseReturnValue:
    """Show what fits, in order, with the reasons."""
    asked = _asked(token)
    if asked is None:
        return render_template("matching/gone.html"), 410
    state = service.state()
    if state is not State.READY:
        return _not_ready(asked, state)
    form = FilterForm(formdata=_arguments(asked), language=_language())
    valid = form.validate()
    page = min(wanted_page(request.args.get("page")), 100)
    try:
        found = service.find_matches(
            _profile(asked, form), form.filters(), page=page, now=clock.now()
        )
    except Unavailable:
        return _not_ready(asked, State.WAKING)
    arguments = form_arguments(form)
    pages = paginate(
        found.ranking.total,
        found.page,
        size=service.PAGE,
        url=lambda number: _address(token, {**arguments, "page": number}),
    )
    filters_on = [
        (label, _address(token, without)) for label, without in active_filters(form, asked)
    ]
    shown = render_template(
        "matching/result.html",
        **_offered(asked, form, first=found.page == 1),
        ask=ask_view(asked),
        cards=[
            MatchCard(match, found.opportunities[match.opportunity], framework(), _language())
            for match in found.ranking.matches
        ],
        pages=pages,
        filters=form,
        active_filters=filters_on,
        clear_url=_address(token, {"distance": "0", "hours": ""}),
        considered=found.ranking.considered,
        total=found.ranking.total,
        loosen=loosen(found.ranking.left_out, form, lambda changed: _address(token, changed)),
        advice=advice(asked.skills, asked.ambition),
        query=request.query_string.decode("ascii", "ignore"),
        opened=request.args.get("open"),
    )
    return shown, 200 if valid else 422


def _offered(asked: MatchRequest, form: FilterForm, *, first: bool) -> dict[str, Any]:
    """What we read besides; on the first page only, for who reads on has seen it."""
    if not first:
        return {}
    try:
        found = offers.offers_for(asked)
    except Unavailable:
        # Matching fell asleep between the answer and this; the answer stands.
        return {}
    return {
        "limit_offered": limit_views(
            found.limits,
            form,
            has_place=asked.place is not None,
            language=_language(),
            address=lambda changed: _address(asked.token, changed),
            place_address=lambda name: url_for("matching.change", token=asked.token, plaats=name),
            count=lambda changed: found.count(_profile(asked, changed), changed.filters()),
        ),
        "origins_offered": origin_views(found.origins, framework(), _language()),
    }


@blueprint.get("/passend/<token>/tekst")
@public
def change(token: str) -> ResponseReturnValue:
    """The form with what was asked, to change it."""
    asked = _asked(token)
    if asked is None:
        return render_template("matching/gone.html"), 410
    data = _form_data(asked)
    # A place that was read in the text: filled in, for the visitor to keep or change.
    data["place"] = request.args.get("plaats", "")[:80] or data["place"]
    return _home_page(HomeForm(formdata=None, data=data), token=token)


@blueprint.post("/passend/<token>/tekst")
@public
@limiter.limit(_limit)
def save_change(token: str) -> ResponseReturnValue:
    """Keep the changed text under the same link."""
    form = HomeForm(request.form)
    if not form.validate():
        return _home_page(form, token=token), 422
    try:
        with transaction():
            service.change(token, form.asked(), now=clock.now())
    except (Gone, NotFound):
        # What was typed is worth more than the old link: it becomes a new question.
        with transaction():
            token = service.ask(form.asked(), now=clock.now()).token
    _record_run(token)
    return redirect(url_for("matching.result", token=token), 303)


@blueprint.post("/passend/<token>/reden")
@public
@limiter.limit(_limit)
def answer(token: str) -> ResponseReturnValue:
    """Keep what the visitor says about a reason; it counts at once."""
    said = request.form.get("answer", "")
    key = request.form.get("key", "")
    if said not in {"can", "cannot", "undo"} or not 0 < len(key) <= 80:
        raise Invalid
    with transaction():
        service.answer(token, key, None if said == "undo" else Answer(said), now=clock.now())
    flash(
        _("We rekenen weer met wat we lazen.")
        if said == "undo"
        else _("Dank je. We hebben je antwoord meegeteld. De volgorde kan veranderd zijn."),
        "success",
    )
    return _back_to_result(token)


@blueprint.post("/passend/<token>/papier")
@public
@limiter.limit(_limit)
def paper(token: str) -> ResponseReturnValue:
    """Keep that the visitor has a paper that the law asks for, or has it not."""
    with transaction():
        service.set_paper(
            token,
            request.form.get("gate", ""),
            has=request.form.get("has") == "1",
            now=clock.now(),
        )
    flash(_("Dank je. We rekenen er nu mee. De werkgever vraagt later naar het bewijs."), "success")
    return _back_to_result(token)


@blueprint.post("/passend/<token>/aanbod")
@public
@limiter.limit(_limit)
def dismiss(token: str) -> ResponseReturnValue:
    """Keep that the visitor does not need something that we offered, or wants it back."""
    needed = request.form.get("needed") == "1"
    with transaction():
        offers.dismiss(token, request.form.get("key", ""), needed=needed, now=clock.now())
    flash(
        _("Het staat er weer bij.") if needed else _("Goed, dat gebruiken we niet."),
        "success",
    )
    return _back_to_result(token)


@blueprint.post("/passend/<token>/wissen")
@public
def forget(token: str) -> ResponseReturnValue:
    """Erase what was asked."""
    with transaction():
        service.forget(token, now=clock.now())
    flash(_("Je tekst is gewist."), "success")
    return redirect(url_for("matching.home"), 303)


@blueprint.get("/aanbod/<slug>/past-dit")
@public
def fits(slug: str) -> ResponseReturnValue:
    """Show how one opportunity fits what was asked, or ask first."""
    opportunity = _opportunity(slug)
    token = request.args.get("aanvraag", "")
    asked = _asked(token, strict=False) if token else None
    form = AskForm(formdata=None, data=_form_data(asked) if asked else None)
    if token and asked is None:
        flash(_("Je eerdere tekst is gewist. Schrijf hier opnieuw wat je kunt."), "info")
    return _fits_page(opportunity, form, asked)


@blueprint.post("/aanbod/<slug>/past-dit")
@public
@limiter.limit(_limit)
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
    shown["card"] = MatchCard(match, opportunity, framework(), _language())
    return render_template("matching/fits.html", **shown, state=State.READY.value), 200, {}


def _home_page(form: HomeForm, token: str = "") -> str:
    return render_template(
        "matching/home.html",
        form=form,
        token=token,
        examples=[(key, one.label, one.values, one.language) for key, one in EXAMPLES.items()],
        region=current_app.config["REGION_NAME"],
        count=count_published(),
    )


def _not_ready(asked: MatchRequest, state: State) -> ResponseReturnValue:
    """Matching wakes or rests: say so, keep the text, and tell programs to come back."""
    template, seconds = (
        ("matching/resting.html", 300) if state is State.RESTING else ("matching/waking.html", 5)
    )
    page = render_template(template, ask=ask_view(asked), state=state.value)
    return page, 503, {"Retry-After": str(seconds)}


def _record_run(token: str) -> None:
    """Record what the engine answers; while it wakes there is nothing to record."""
    now = clock.now()
    try:
        # Before the transaction: the engine may have fresh vectors to store in one of its own.
        run = service.run_of(service.of_token(token, now=now), now=now)
    except Unavailable:
        return
    with transaction():
        service.keep_run(token, run, now=now)


def _asked(token: str, *, strict: bool = True) -> MatchRequest | None:
    """What was asked under a token; None when its time is up. Raises NotFound when `strict`."""
    try:
        return service.of_token(token, now=clock.now())
    except Gone:
        return None
    except NotFound:
        if strict:
            raise
        return None


def _opportunity(slug: str) -> Opportunity:
    now = clock.now()
    found = opportunities.by_slug(slug, clock.local_date(now))
    if found is not None:
        return found
    if opportunities.was_public(slug):
        raise Gone(_("Deze plek is gesloten. Kijk wat er nog meer is."))
    raise NotFound


def _arguments(asked: MatchRequest) -> MultiDict[str, str]:
    """The filters of the address; what it does not say is as it was asked."""
    arguments: MultiDict[str, str] = MultiDict(request.args)
    arguments.setdefault("distance", f"{asked.travel_km:g}" if asked.travel_km else "0")
    arguments.setdefault("hours", hours_text(service.profile_of(asked).hours))
    arguments.setdefault("weight", f"{round(asked.ambition_weight * 100)}")
    return arguments


def _profile(asked: MatchRequest, form: FilterForm) -> Profile:
    return service.filtered(
        service.profile_of(asked),
        travel_km=form.travel_km,
        hours=form.found_hours,
        day_parts=form.day_parts,
        ambition_weight=form.ambition_weight,
    )


def _form_data(asked: MatchRequest) -> dict[str, str]:
    profile = service.profile_of(asked)
    return {
        "skills": asked.skills,
        "ambition": asked.ambition,
        "place": place_text(profile.place),
        "hours": hours_text(profile.hours),
    }


def _address(token: str, arguments: Mapping[str, Any]) -> str:
    return url_for("matching.result", token=token, **arguments)


def _back_to_result(token: str) -> ResponseReturnValue:
    """Back to the same page, with the same filters, at the reason that was answered."""
    anchor = request.form.get("next", "")
    safe = anchor if anchor.replace("-", "").isalnum() and anchor.isascii() else None
    query = urlsplit(request.full_path).query
    target = url_for("matching.result", token=token)
    return redirect(f"{target}{'?' + query if query else ''}{'#' + safe if safe else ''}", 303)


def _language() -> str:
    return str(get_locale())

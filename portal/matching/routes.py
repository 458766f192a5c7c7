"""The pages of matching: ask, answer, correct, forget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matcher import Answer, Profile
from portal import clock
from portal.errors import Gone, Invalid, NotFound, Unavailable
from portal.extensions import limiter
from portal.languages import data_language
from portal.matching import offers, service
from portal.matching.asked import advice, hours_text
from portal.matching.cards import MatchCard
from portal.matching.examples import EXAMPLES
from portal.matching.forms import FilterForm, HomeForm
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.offer_views import limit_views, origin_views
from portal.matching.resident import State
from portal.matching.tongues import IN_OWN_WORDS
from portal.matching.understanding import Grade, understand
from portal.matching.views import (
    active_filters,
    ask_view,
    form_arguments,
    loosen,
    map_of,
)
from portal.matching.web import blueprint, form_data, kept, limit
from portal.opportunities import queries as opportunities
from portal.paging import paginate, wanted_page
from portal.permissions import public
from portal.transaction import transaction
from portal.undo import flash_undo


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Ask what somebody can and wants; an example fills the form."""
    chosen = EXAMPLES.get(request.args.get("voorbeeld", ""))
    return _home_page(HomeForm(formdata=None, data=chosen.values if chosen else None))


@blueprint.post("/passend")
@public
@limiter.limit(limit)
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
    asked = kept(token)
    if asked is None:
        return render_template("matching/gone.html"), 410
    state = service.state()
    if state is not State.READY:
        return _not_ready(asked, state)
    form = FilterForm(formdata=_arguments(asked), language=data_language())
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
    cards = [
        MatchCard(match, found.opportunities[match.opportunity], framework(), data_language())
        for match in found.ranking.matches
    ]
    first = (found.page - 1) * service.PAGE + 1
    opened = _opened([card.slug for card in cards])
    read = understand(asked.skills, asked.ambition)
    shown = render_template(
        "matching/result.html",
        **_offered(asked, form, first=found.page == 1),
        ask=ask_view(asked),
        cards=cards,
        first=first,
        map=map_of(asked, cards, first=first),
        pages=pages,
        filters=form,
        active_filters=filters_on,
        clear_url=_address(token, {"distance": "0", "hours": ""}),
        considered=found.ranking.considered,
        total=found.ranking.total,
        loosen=loosen(found.ranking.left_out, form, lambda changed: _address(token, changed)),
        read=read,
        # Few words in a language that we do not read: that is said already.
        advice=advice(asked.skills, asked.ambition) if read.grade is Grade.WELL else [],
        query=request.query_string.decode("ascii", "ignore"),
        card_query=_query(opened),
        opened=opened,
        unfold=lambda slug: f"?{_query([*opened, slug])}#waarom-{slug}",
    )
    return shown, 200 if valid else 422


def _opened(shown: list[str]) -> list[str]:
    """Which cards of the page show their reasons: those of the address, else the first."""
    wanted = set(request.args.getlist("open"))
    return [slug for slug in shown if slug in wanted] or shown[:1]


def _query(opened: list[str]) -> str:
    """The filters of the address, with these cards open."""
    arguments = MultiDict(request.args)
    arguments.setlist("open", opened)
    return urlencode(list(arguments.items(multi=True)))


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
            language=data_language(),
            address=lambda changed: _address(asked.token, changed),
            place_address=lambda name: url_for("matching.change", token=asked.token, plaats=name),
            count=lambda changed: found.count(_profile(asked, changed), changed.filters()),
        ),
        "origins_offered": origin_views(found.origins, framework(), data_language()),
    }


@blueprint.get("/passend/<token>/tekst")
@public
def change(token: str) -> ResponseReturnValue:
    """The form with what was asked, to change it."""
    asked = kept(token)
    if asked is None:
        return render_template("matching/gone.html"), 410
    data = form_data(asked)
    # A place that was read in the text: filled in, for the visitor to keep or change.
    data["place"] = request.args.get("plaats", "")[:80] or data["place"]
    return _home_page(HomeForm(formdata=None, data=data), token=token)


@blueprint.post("/passend/<token>/tekst")
@public
@limiter.limit(limit)
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
@limiter.limit(limit)
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
@limiter.limit(limit)
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
@limiter.limit(limit)
def dismiss(token: str) -> ResponseReturnValue:
    """Keep that the visitor does not need something that we offered, or wants it back."""
    needed = request.form.get("needed") == "1"
    with transaction():
        offers.dismiss(token, request.form.get("key", ""), needed=needed, now=clock.now())
    if needed:
        flash(_("Het staat er weer bij."), "success")
    else:
        flash_undo(
            _("Goed, dat gebruiken we niet."),
            request.full_path.rstrip("?"),
            {"key": request.form["key"], "needed": 1, "next": request.form.get("next", "")},
        )
    return _back_to_result(token)


@blueprint.get("/passend/<token>/wissen")
@public
def ask_forget(token: str) -> ResponseReturnValue:
    """Ask whether the text should really go: nobody can bring it back."""
    if kept(token) is None:
        return render_template("matching/gone.html"), 410
    return render_template("matching/forget.html", token=token)


@blueprint.post("/passend/<token>/wissen")
@public
def forget(token: str) -> ResponseReturnValue:
    """Erase what was asked."""
    with transaction():
        service.forget(token, now=clock.now())
    flash(_("Je tekst is gewist."), "success")
    return redirect(url_for("matching.home"), 303)


def _home_page(form: HomeForm, token: str = "") -> str:
    counts = opportunities.count_by_field(clock.local_date(clock.now()))
    return render_template(
        "matching/home.html",
        form=form,
        token=token,
        examples=[(key, one.label, one.values, one.language) for key, one in EXAMPLES.items()],
        tongues=IN_OWN_WORDS,
        region=current_app.config["REGION_NAME"],
        count=sum(counts.values()),
        fields=_fields(counts),
    )


def _fields(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The fields of work with something on offer: id, name and how much."""
    try:
        known = framework().fields.values()
    except Unavailable:
        # A broken file: who wants to write can still write.
        return []
    return [
        (one.id, one.label(data_language()), counts[one.id]) for one in known if counts.get(one.id)
    ]


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


def _address(token: str, arguments: Mapping[str, Any]) -> str:
    return url_for("matching.result", token=token, **arguments)


def _back_to_result(token: str) -> ResponseReturnValue:
    """Back to the same page, with the same filters, at the reason that was answered."""
    anchor = request.form.get("next", "")
    safe = anchor if anchor.replace("-", "").isalnum() and anchor.isascii() else None
    query = urlsplit(request.full_path).query
    target = url_for("matching.result", token=token)
    return redirect(f"{target}{'?' + query if query else ''}{'#' + safe if safe else ''}", 303)

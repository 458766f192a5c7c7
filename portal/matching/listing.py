"""The page with what fits: the same for a visitor's question and for a saved profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from werkzeug.datastructures import MultiDict

from matcher import Profile
from portal.errors import Unavailable
from portal.languages import data_language
from portal.matching import offers, service
from portal.matching.asked import advice, hours_text
from portal.matching.cards import MatchCard
from portal.matching.forms import FilterForm
from portal.matching.kept import Kept, Links
from portal.matching.knowledge import framework
from portal.matching.offer_views import limit_views, origin_views
from portal.matching.resident import State
from portal.matching.understanding import Grade, understand
from portal.matching.views import active_filters, ask_view, form_arguments, loosen, map_of
from portal.paging import paginate, wanted_page

Answer = tuple[str, int, dict[str, str]]
"""A page, its status and its headers."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks what fits: the kept text, all that counts of it, and where the page leads.

    `left_out` are ids of opportunities that the person does not want to see here. `more` is what
    the template gets besides.
    """

    kept: Kept
    profile: Profile
    links: Links
    left_out: frozenset[str] = frozenset()
    more: Mapping[str, Any] = field(default_factory=dict)


def answer_page(asker: Asker, sent: MultiDict[str, str], *, now: datetime) -> Answer:
    """Show what fits, in order, with the reasons. `sent` are the arguments of the address."""
    kept, links = asker.kept, asker.links
    state = service.state()
    if state is not State.READY:
        return not_ready(kept, links, state)
    form = FilterForm(formdata=_arguments(kept, sent), language=data_language())
    valid = form.validate()
    page = min(wanted_page(sent.get("page")), 100)
    filters = replace(form.filters(), left_out=asker.left_out)
    try:
        found = service.find_matches(_profile(asker, form), filters, page=page, now=now)
    except Unavailable:
        return not_ready(kept, links, State.WAKING)
    arguments = form_arguments(form)
    pages = paginate(
        found.ranking.total,
        found.page,
        size=service.PAGE,
        url=lambda number: links.show(**{**arguments, "page": number}),
    )
    cards = [
        MatchCard(match, found.opportunities[match.opportunity], framework(), data_language())
        for match in found.ranking.matches
    ]
    first = (found.page - 1) * service.PAGE + 1
    opened = _opened(sent, [card.slug for card in cards])
    read = understand(kept.skills, kept.ambition)
    shown = render_template(
        "matching/result.html",
        **_offered(asker, form, first=found.page == 1),
        **asker.more,
        ask=ask_view(kept),
        links=links,
        cards=cards,
        first=first,
        map=map_of(kept, cards, first=first),
        pages=pages,
        filters=form,
        active_filters=[
            (label, links.show(**without)) for label, without in active_filters(form, kept)
        ],
        clear_url=links.show(distance="0", hours=""),
        considered=found.ranking.considered,
        total=found.ranking.total,
        loosen=loosen(
            found.ranking.left_out,
            form,
            lambda changed: links.show(**changed),
            elsewhere={} if form.part.data else {"day_parts": links.change},
        ),
        read=read,
        # Few words in a language that we do not read: that is said already.
        advice=advice(kept.skills, kept.ambition) if read.grade is Grade.WELL else [],
        query=_query(sent),
        card_query=_query(sent, opened),
        opened=opened,
        unfold=lambda slug: f"?{_query(sent, [*opened, slug])}#waarom-{slug}",
    )
    return shown, 200 if valid else 422, {}


def not_ready(kept: Kept, links: Links, state: State) -> Answer:
    """Matching wakes or rests: say so, keep the text, and tell programs to come back."""
    template, seconds = (
        ("matching/resting.html", 300) if state is State.RESTING else ("matching/waking.html", 5)
    )
    page = render_template(template, ask=ask_view(kept), links=links, state=state.value)
    return page, 503, {"Retry-After": str(seconds)}


def after_answer(show: str, query: str, anchor: str) -> str:
    """Back to the same page, with the same filters, at the reason that was answered."""
    safe = anchor if anchor.replace("-", "").isalnum() and anchor.isascii() else None
    return f"{show}{'?' + query if query else ''}{'#' + safe if safe else ''}"


def _opened(sent: MultiDict[str, str], shown: list[str]) -> list[str]:
    """Which cards of the page show their reasons: those of the address, else the first."""
    wanted = set(sent.getlist("open"))
    return [slug for slug in shown if slug in wanted] or shown[:1]


def _query(sent: MultiDict[str, str], opened: list[str] | None = None) -> str:
    """The filters of the address, with these cards open."""
    arguments = MultiDict(sent)
    if opened is not None:
        arguments.setlist("open", opened)
    return urlencode(list(arguments.items(multi=True)))


def _offered(asker: Asker, form: FilterForm, *, first: bool) -> dict[str, Any]:
    """What we read besides; on the first page only, for who reads on has seen it."""
    if not first:
        return {}
    try:
        found = offers.offers_for(asker.kept)
    except Unavailable:
        # Matching fell asleep between the answer and this; the answer stands.
        return {}
    return {
        "limit_offered": limit_views(
            found.limits,
            form,
            has_place=asker.kept.place is not None,
            language=data_language(),
            address=lambda changed: asker.links.show(**changed),
            place_address=asker.links.change_place,
            count=lambda changed: found.count(
                _profile(asker, changed), replace(changed.filters(), left_out=asker.left_out)
            ),
        ),
        "origins_offered": origin_views(found.origins, framework(), data_language()),
    }


def _arguments(kept: Kept, sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """The filters of the address; what it does not say is as it was asked."""
    arguments: MultiDict[str, str] = MultiDict(sent)
    arguments.setdefault("distance", f"{kept.travel_km:g}" if kept.travel_km else "0")
    arguments.setdefault("hours", hours_text(service.hours_of(kept)))
    arguments.setdefault("weight", f"{round(kept.ambition_weight * 100)}")
    return arguments


def _profile(asker: Asker, form: FilterForm) -> Profile:
    return service.filtered(
        asker.profile,
        travel_km=form.travel_km,
        hours=form.found_hours,
        # Day parts are narrowed here and chosen in the profile.
        day_parts=form.day_parts or asker.profile.day_parts,
        ambition_weight=form.ambition_weight,
    )

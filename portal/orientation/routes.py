"""The guide: fields, target groups and professions, each with the whole story."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.candidates.models import FavouriteKind
from portal.errors import Invalid, NotFound, Unavailable
from portal.extensions import limiter
from portal.languages import data_language
from portal.matching import professions as far
from portal.matching import service as matching
from portal.matching.forms import AskForm
from portal.matching.knowledge import framework
from portal.matching.web import limit
from portal.opportunities.presenting import card
from portal.orientation import queries, service, views
from portal.orientation.forms import GuideForm
from portal.orientation.knowledge import guide
from portal.orientation.web import (
    Looking,
    blueprint,
    here,
    looking,
    own_page,
    sign_in_url,
    telling,
)
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, public, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo

PAGE = 12
OPENINGS = 5
NEAREST = 4


@blueprint.get("/orientatie")
@public
def index() -> ResponseReturnValue:
    """Show everything that the guide tells of, by words and filters; or what somebody keeps."""
    look = looking()
    if "mijn" in request.args:
        return _kept_page(look)
    form = GuideForm(formdata=request.args)
    good = form.validate()
    found = views.find(form) if good else []
    chosen = form.arguments()
    url = partial(url_for, "orientation.index", aanvraag=look.token or None)
    pages = paginate(
        len(found),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: url(**chosen, page=number if number > 1 else None),
    )
    today = clock.local_date(clock.now())
    first = not chosen and pages.number == 1
    groups = queries.open_by_group(today, framework().target_groups) if first else None
    tell = telling(look, queries.open_now(today), groups)
    page = render_template(
        "orientation/index.html",
        filters=form,
        active_filters=views.active_filters(form, url) if good else [],
        clear_url=url(),
        rows=[tell.profession(one) for one in found[pages.offset : pages.offset + PAGE]],
        total=pages.total,
        pages=pages,
        fields=[tell.field(one) for one in framework().fields] if first else [],
        groups=[tell.group(one) for one in framework().target_groups] if first else [],
        **_around(look),
    )
    return page, HTTPStatus.OK if good else HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/orientatie/beroepen/<profession>")
@public
def profession(profession: str) -> ResponseReturnValue:
    """Tell all about one profession, and how far who looks is from it."""
    _known(FavouriteKind.PROFESSION, profession)
    return _profession_page(profession, AskForm(formdata=None))


@blueprint.post("/orientatie/beroepen/<profession>")
@public
@limiter.limit(limit)
def ask_far(profession: str) -> ResponseReturnValue:
    """Keep what a visitor can, and show how far that is from the profession."""
    _known(FavouriteKind.PROFESSION, profession)
    form = AskForm(request.form)
    if not form.validate():
        return _profession_page(profession, form)
    with transaction():
        token = matching.ask(form.asked(), now=clock.now()).token
    target = url_for("orientation.profession", profession=profession, aanvraag=token)
    return redirect(f"{target}#hoe-ver", HTTPStatus.SEE_OTHER)


@blueprint.get("/orientatie/velden/<field>")
@public
def field(field: str) -> ResponseReturnValue:
    """Tell what it is like to work in a field."""
    _known(FavouriteKind.FIELD, field)
    return _place_page(FavouriteKind.FIELD, field)


@blueprint.get("/orientatie/doelgroepen/<group>")
@public
def group(group: str) -> ResponseReturnValue:
    """Tell what it is like to work for a group of people."""
    _known(FavouriteKind.TARGET_GROUP, group)
    return _place_page(FavouriteKind.TARGET_GROUP, group)


@blueprint.post("/orientatie/bewaren")
@requires(Permission.JOURNEY_OWN)
def keep() -> ResponseReturnValue:
    """Keep something of the guide, or let it go."""
    ref, kept = request.form.get("ref", "")[:80], request.form.get("kept") == "1"
    try:
        kind = FavouriteKind(request.form.get("kind", ""))
    except ValueError as error:
        raise Invalid from error
    with transaction():
        changed = service.keep(signed_in(), kind, ref, kept=kept, now=clock.now())
    back = own_page(request.form.get("next", ""))
    if not kept and changed:
        flash_undo(
            _("Dit staat niet meer bij wat je bewaart."),
            url_for("orientation.keep"),
            {"kind": kind.value, "ref": ref, "kept": 1, "next": back},
        )
    elif kept:
        flash(_("Bewaard. Je vindt het terug bij de beroepen, onder Wat ik bewaar."), "success")
    return redirect(back, HTTPStatus.SEE_OTHER)


def _known(kind: FavouriteKind, ref: str) -> None:
    service.known(kind, ref)


def _kept_page(look: Looking) -> ResponseReturnValue:
    today = clock.local_date(clock.now())
    rows: list[views.GuideCard] = []
    if look.candidate is not None:
        favourites = queries.favourites(look.candidate.id)
        tell = telling(
            look,
            queries.open_now(today),
            queries.open_by_group(today, framework().target_groups),
            favourites,
        )
        for one in favourites:
            try:
                service.known(FavouriteKind(one.kind), one.ref)
            except NotFound:
                # The framework let it go; what somebody kept of it has nothing to show.
                continue
            rows.append(tell.card(one.kind, one.ref))
    kinds = [
        (_("Beroepen"), FavouriteKind.PROFESSION),
        (_("Velden"), FavouriteKind.FIELD),
        (_("Mensen"), FavouriteKind.TARGET_GROUP),
    ]
    return render_template(
        "orientation/kept.html",
        lists=[
            (label, [row for row in rows if row.kind == kind.value])
            for label, kind in kinds
            if any(row.kind == kind.value for row in rows)
        ],
        **_around(look),
    )


def _profession_page(ref: str, form: AskForm) -> ResponseReturnValue:
    look = looking()
    kind = FavouriteKind.PROFESSION
    today = clock.local_date(clock.now())
    shown = views.profession_page(ref)
    tell = telling(look, queries.open_now(today))
    here_open, all_open = queries.where(today, kind, ref)
    page = render_template(
        "orientation/profession.html",
        p=shown,
        kept=tell.kept(kind, ref),
        field_url=tell.url(FavouriteKind.FIELD, shown.field),
        groups=[(label, tell.url(FavouriteKind.TARGET_GROUP, one)) for one, label in shown.groups],
        pay=views.pay_view(here_open, all_open),
        next=[tell.profession(one) for one in guide().professions[ref].next],
        alike=[tell.profession(one) for one in views.alike(ref)],
        form=form,
        back_url=_back_url(look),
        **_openings(kind, ref, sum(one.count for one in here_open)),
        **_how_far(look, ref),
        **_around(look),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _place_page(kind: FavouriteKind, ref: str) -> ResponseReturnValue:
    look = looking()
    today = clock.local_date(clock.now())
    counts = queries.open_now(today)
    tell = telling(look, counts)
    here_open, all_open = queries.where(today, kind, ref)
    told = guide().fields if kind is FavouriteKind.FIELD else guide().target_groups
    work = views.professions_of(kind, ref)
    return render_template(
        "orientation/place.html",
        card=tell.card(kind.value, ref),
        told=told[ref].words(data_language()),
        professions=[tell.profession(one) for one in work],
        pay=views.pay_view(here_open, all_open),
        back_url=_back_url(look),
        browse_url=url_for("opportunities.browse", field=ref)
        if kind is FavouriteKind.FIELD
        else "",
        **_openings(kind, ref, sum(one.count for one in here_open)),
        **_nearest(look, work, tell),
        **_around(look),
    )


def _openings(kind: FavouriteKind, ref: str, total: int) -> dict[str, Any]:
    """A page of the openings of now."""
    token = request.args.get("aanvraag") or None
    pages = paginate(
        total,
        wanted_page(request.args.get("page")),
        size=OPENINGS,
        url=lambda number: views.page_url(
            kind, ref, aanvraag=token, page=number if number > 1 else None, _anchor="plekken"
        ),
    )
    today = clock.local_date(clock.now())
    rows = (
        queries.first_of(queries.openings(today, kind, ref), pages.offset, OPENINGS)
        if total
        else []
    )
    return {"openings": [card(row) for row in rows], "pages": pages, "total": total}


def _how_far(look: Looking, ref: str) -> dict[str, Any]:
    """What the profession asks beside what who looks shows; `state` says why there is nothing."""
    who = look.who
    if who is None or not far.readable(who):
        return {"far": None, "state": "silent"}
    try:
        shown = far.explain_profession(who, ref, data_language(), now=clock.now())
    except Unavailable:
        return {"far": None, "state": matching.state().value}
    return {"far": shown, "state": "ready"}


def _nearest(look: Looking, work: list[str], tell: views.Telling) -> dict[str, Any]:
    """The professions here of which who looks shows the most; `state` as in `_how_far`."""
    who = look.who
    if who is None or not far.readable(who):
        return {"nearest": [], "state": "silent"}
    try:
        found = far.nearest(who, work, limit=NEAREST, now=clock.now())
    except Unavailable:
        return {"nearest": [], "state": matching.state().value}
    return {"nearest": [(tell.profession(one.profession), one) for one in found], "state": "ready"}


def _around(look: Looking) -> dict[str, Any]:
    return {"look": look, "here": here(), "sign_in_url": sign_in_url}


def _back_url(look: Looking) -> str:
    """The list that somebody came from, with its filters."""
    came_from = urlsplit(request.referrer or "")
    start = url_for("orientation.index")
    if came_from.netloc == request.host and came_from.path == start:
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return url_for("orientation.index", aanvraag=look.token or None)

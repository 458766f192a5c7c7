"""What fits the saved profile: the list, one opening, saving, hiding and comparing."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.candidates import choices, comparing, queries, ranking, service
from portal.candidates.forms import HideForm
from portal.candidates.models import Choice
from portal.candidates.web import blueprint, mine, own_links
from portal.errors import Gone, Invalid, NotFound, Unavailable
from portal.languages import data_language
from portal.matching import people
from portal.matching.cards import MatchCard
from portal.matching.knowledge import framework
from portal.matching.listing import Asker, after_answer, answer_page
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.policy import visible_to_visitors
from portal.opportunities.presenting import card
from portal.opportunities.search import once_public
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo

PAGE = 20


@blueprint.get("/mijn-route/passend")
@requires(Permission.JOURNEY_OWN)
def matches() -> ResponseReturnValue:
    """Show what fits the saved profile, in order, without what was hidden."""
    candidate = mine()
    if candidate is None or not (candidate.skills or candidate.ambition):
        return render_template("candidates/nothing_told.html")
    now = clock.now()
    kept = queries.choices_of(candidate.id)
    hidden = {one for one, choice in kept.items() if choice.choice == Choice.HIDDEN}
    asker = Asker(
        candidate,
        people.profile_of(candidate, today=clock.local_date(now)),
        own_links(),
        left_out=frozenset(map(str, hidden)),
        more={
            "own": True,
            "saved": {one for one, choice in kept.items() if choice.choice == Choice.SAVED},
            "hidden": len(hidden),
            "back_query": urlencode([("van", "passend"), *_sent()]),
        },
    )
    return answer_page(asker, request.args, now=now)


@blueprint.post("/mijn-route/passend/reden")
@requires(Permission.JOURNEY_OWN)
def answer() -> ResponseReturnValue:
    """Keep what somebody says of a reason; it counts at once."""
    said = request.form.get("answer", "")
    if said not in {"can", "cannot", "undo"}:
        raise Invalid
    with transaction():
        service.answer(
            signed_in(),
            request.form.get("key", ""),
            None if said == "undo" else said,
            now=clock.now(),
        )
    flash(
        _("We rekenen weer met wat we lazen.")
        if said == "undo"
        else _("Dank je. We hebben je antwoord meegeteld. De volgorde kan veranderd zijn."),
        "success",
    )
    return _counted()


@blueprint.post("/mijn-route/passend/papier")
@requires(Permission.JOURNEY_OWN)
def paper() -> ResponseReturnValue:
    """Keep that somebody has a paper that the law asks for, or has it not."""
    with transaction():
        service.set_paper(
            signed_in(),
            request.form.get("gate", ""),
            has=request.form.get("has") == "1",
            now=clock.now(),
        )
    flash(_("Dank je. We rekenen er nu mee. Zet het bewijs ook in je portfolio."), "success")
    return _counted()


@blueprint.post("/mijn-route/passend/aanbod")
@requires(Permission.JOURNEY_OWN)
def dismiss() -> ResponseReturnValue:
    """Keep that somebody does not need something that we offered, or wants it back."""
    needed, key = request.form.get("needed") == "1", request.form.get("key", "")
    with transaction():
        service.dismiss(signed_in(), key, needed=needed, now=clock.now())
    if needed:
        flash(_("Het staat er weer bij."), "success")
    else:
        flash_undo(
            _("Goed, dat gebruiken we niet."),
            request.full_path.rstrip("?"),
            {"key": key, "needed": 1, "next": request.form.get("next", "")},
        )
    return _back_to_reason()


@blueprint.get("/mijn-route/passend/<slug>")
@requires(Permission.JOURNEY_OWN)
def fits(slug: str) -> ResponseReturnValue:
    """Show how one opening fits the saved profile."""
    candidate = mine()
    if candidate is None or not (candidate.skills or candidate.ambition):
        return render_template("candidates/nothing_told.html")
    now = clock.now()
    opportunity = _on_offer(slug)
    kept = queries.choice_of(candidate.id, opportunity.id)
    shown: dict[str, Any] = {
        "opportunity": opportunity,
        "slug": slug,
        "choice": kept.choice if kept else "",
        "links": own_links(),
    }
    try:
        profile = people.profile_of(candidate, today=clock.local_date(now))
        match = people.explain(profile, opportunity)
    except Unavailable:
        people.awake()
        page = render_template("candidates/fits.html", **shown, card=None)
        return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"}
    shown["card"] = MatchCard(match, opportunity, framework(), data_language())
    return render_template("candidates/fits.html", **shown)


@blueprint.post("/mijn-route/bewaren/<slug>")
@requires(Permission.JOURNEY_OWN)
def save(slug: str) -> ResponseReturnValue:
    """Save an opening."""
    with transaction():
        service.ensure(signed_in(), now=clock.now())
        choices.choose(signed_in(), slug, Choice.SAVED, now=clock.now())
    flash(_("Bewaard. Je vindt de plek terug bij Mijn route."), "success")
    return _back(slug)


@blueprint.get("/mijn-route/verbergen/<slug>")
@requires(Permission.JOURNEY_OWN)
def ask_hide(slug: str) -> ResponseReturnValue:
    """Ask why somebody does not want to see an opening."""
    return _hide_page(HideForm(formdata=None), slug)


@blueprint.post("/mijn-route/verbergen/<slug>")
@requires(Permission.JOURNEY_OWN)
def hide(slug: str) -> ResponseReturnValue:
    """Hide an opening, with the reason if there is one."""
    form = HideForm()
    if not form.validate():
        return _hide_page(form, slug), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        service.ensure(signed_in(), now=clock.now())
        before = choices.hide(signed_in(), slug, form.why.data or "", now=clock.now())
    # Who had saved it gets that back.
    was_saved = before == Choice.SAVED
    flash_undo(
        _("Verborgen. Je ziet deze plek niet meer bij wat past."),
        url_for("candidates.restore" if was_saved else "candidates.clear", slug=slug, **_origin()),
        {"choice": before} if was_saved else {},
    )
    return _back(slug)


@blueprint.post("/mijn-route/terug/<slug>")
@requires(Permission.JOURNEY_OWN)
def clear(slug: str) -> ResponseReturnValue:
    """Take back that an opening was saved or hidden."""
    with transaction():
        was = choices.clear(signed_in(), slug, now=clock.now())
    if was is not None:
        told = (
            _("Niet meer bewaard.")
            if was.choice == Choice.SAVED
            else _("Je ziet deze plek weer bij wat past.")
        )
        flash_undo(
            told,
            url_for("candidates.restore", slug=slug, **_origin()),
            {"choice": was.choice, "reason": was.reason},
        )
    return _back(slug)


@blueprint.post("/mijn-route/herstel/<slug>")
@requires(Permission.JOURNEY_OWN)
def restore(slug: str) -> ResponseReturnValue:
    """Bring back what was taken back."""
    with transaction():
        choices.restore(
            signed_in(),
            slug,
            request.form.get("choice", ""),
            request.form.get("reason", ""),
            now=clock.now(),
        )
    flash(_("Het staat er weer zoals het was."), "success")
    return _back(slug)


@blueprint.get("/mijn-route/bewaard")
@requires(Permission.JOURNEY_OWN)
def saved() -> ResponseReturnValue:
    """Show what somebody saved, and what they hid; closed ones too."""
    candidate = mine()
    today = clock.local_date(clock.now())
    kept = queries.chosen(candidate.id, Choice.SAVED) if candidate else []
    hidden = queries.chosen(candidate.id, Choice.HIDDEN) if candidate else []
    pages = paginate(
        len(kept),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: url_for("candidates.saved", page=number if number > 1 else None),
    )
    on_page = kept[pages.offset : pages.offset + PAGE]
    return render_template(
        "candidates/saved.html",
        total=len(kept),
        pages=pages,
        saved=[_kept_row(one.opportunity, "", today) for one in on_page],
        hidden=[_kept_row(one.opportunity, one.reason, today) for one in hidden],
        why=choices.WHY_NOT_LABELS,
    )


@blueprint.get("/mijn-route/vergelijken")
@requires(Permission.JOURNEY_OWN)
def compare() -> ResponseReturnValue:
    """Show two openings beside each other, or ask which two."""
    candidate = mine()
    if candidate is None:
        return render_template("candidates/nothing_told.html")
    page = comparing.page(
        candidate,
        (request.args.get("a", ""), request.args.get("b", "")),
        now=clock.now(),
    )
    return render_template("candidates/compare.html", **page)


def _kept_row(opportunity: Opportunity, reason: str, today: date) -> dict[str, Any]:
    return {
        "card": card(opportunity),
        "reason": reason,
        "open": visible_to_visitors(opportunity, today),
    }


def _hide_page(form: HideForm, slug: str) -> str:
    return render_template(
        "candidates/hide.html",
        form=form,
        opportunity=_on_offer(slug),
        slug=slug,
        back_url=_back_url(slug),
        origin=_origin(),
    )


def _on_offer(slug: str) -> Opportunity:
    today = clock.local_date(clock.now())
    found = opportunities.by_slug(slug, today)
    if found is not None:
        return found
    if once_public(slug) is not None:
        raise Gone(_("Deze plek is gesloten. Kijk wat er nog meer is."))
    raise NotFound


def _counted() -> ResponseReturnValue:
    """What was said counts in what is kept as well."""
    candidate = mine()
    if candidate is not None:
        ranking.rank_again(candidate.id, now=clock.now())
    return _back_to_reason()


def _back_to_reason() -> ResponseReturnValue:
    """Back to the list with its filters, or to the one opening that was looked at."""
    anchor = request.form.get("next", "")
    if slug := request.args.get("plek", ""):
        return redirect(after_answer(url_for("candidates.fits", slug=slug), "", anchor), 303)
    query = urlencode(_sent())
    return redirect(after_answer(url_for("candidates.matches"), query, anchor), 303)


def _sent() -> list[tuple[str, str]]:
    """The filters of the address, without where somebody came from."""
    sent: MultiDict[str, str] = MultiDict(request.args)
    return [(key, value) for key, value in sent.items(multi=True) if key != "van"]


def _origin() -> dict[str, Any]:
    """The arguments that lead back to where somebody was."""
    return {key: request.args.getlist(key) for key in request.args}


def _back_url(slug: str) -> str:
    match request.args.get("van", ""):
        case "plek":
            return url_for("opportunities.show", slug=slug)
        case "past":
            return url_for("candidates.fits", slug=slug)
        case "bewaard":
            return url_for("candidates.saved")
        case "vergelijken":
            a, b = request.args.get("a", ""), request.args.get("b", "")
            return url_for("candidates.compare", a=a, b=b)
        case _:
            show = url_for("candidates.matches")
            return after_answer(show, urlencode(_sent()), "")


def _back(slug: str) -> ResponseReturnValue:
    return redirect(_back_url(slug), HTTPStatus.SEE_OTHER)

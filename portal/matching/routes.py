"""The pages of matching: ask, answer, correct, forget."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher import Answer
from portal import clock
from portal.errors import Gone, Invalid, NotFound, Unavailable
from portal.extensions import limiter
from portal.languages import data_language
from portal.matching import offers, service
from portal.matching.examples import EXAMPLES
from portal.matching.forms import HomeForm
from portal.matching.knowledge import framework
from portal.matching.listing import Asker, after_answer, answer_page
from portal.matching.tongues import IN_OWN_WORDS
from portal.matching.web import blueprint, form_data, kept, limit, links_of
from portal.opportunities import queries as opportunities
from portal.permissions import Permission, allowed, public
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
    return redirect(_after_asking(token), 303)


@blueprint.get("/passend/<token>")
@public
def result(token: str) -> ResponseReturnValue:
    """Show what fits, in order, with the reasons."""
    asked = kept(token)
    if asked is None:
        return render_template("matching/gone.html"), 410
    asker = Asker(
        asked,
        service.profile_of(asked),
        links_of(token),
        more={"can_keep": allowed(Permission.JOURNEY_OWN)},
    )
    return answer_page(asker, request.args, now=clock.now())


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
    return redirect(_after_asking(token), 303)


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


def _after_asking(token: str) -> str:
    """The answer; or making an account with it, for who chose that."""
    if request.form.get("then") == "keep" and current_app.config["SECURITY_REGISTERABLE"]:
        return url_for("security.register", bewaar=token)
    return url_for("matching.result", token=token)


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


def _back_to_result(token: str) -> ResponseReturnValue:
    """Back to the same page, with the same filters, at the reason that was answered."""
    show = url_for("matching.result", token=token)
    query = urlsplit(request.full_path).query
    return redirect(after_answer(show, query, request.form.get("next", "")), 303)

"""A candidate asks for signatures, answers them, and takes them out or back in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.candidates.models import Candidate
from portal.candidates.queries import of_user
from portal.coaching.queries import coach_of
from portal.errors import Conflict, NotFound
from portal.permissions import Permission, requires, signed_in
from portal.portfolio import validation_queries as queries
from portal.portfolio import validation_service as service
from portal.portfolio.models import Validation
from portal.portfolio.validation_forms import AnswerForm, AskForm
from portal.portfolio.validation_views import agreement_of, validation_view
from portal.portfolio.validation_web import blueprint
from portal.transaction import transaction
from portal.undo import flash_undo


@blueprint.get("/portfolio/getekend")
@requires(Permission.JOURNEY_OWN)
def mine() -> ResponseReturnValue:
    """Show everything that was asked and signed."""
    today = clock.local_date(clock.now())
    candidate = of_user(signed_in().id)
    found = queries.of_candidate(candidate.id) if candidate else []
    return render_template(
        "portfolio/sign_mine.html", validations=[validation_view(one, today) for one in found]
    )


@blueprint.get("/portfolio/laten-tekenen")
@requires(Permission.JOURNEY_OWN)
def ask() -> ResponseReturnValue:
    """Show whom one can ask, and for what."""
    candidate = of_user(signed_in().id)
    if candidate is None or not queries.accepted(candidate.id):
        return render_template("portfolio/sign_ask.html", form=None)
    form = _ask_form(candidate, data={"competences": request.args.getlist("bekwaamheid")})
    return _ask_page(form, candidate)


@blueprint.post("/portfolio/laten-tekenen")
@requires(Permission.JOURNEY_OWN)
def send_ask() -> ResponseReturnValue:
    """Ask."""
    candidate = of_user(signed_in().id)
    if candidate is None:
        raise NotFound
    form = _ask_form(candidate)
    if not form.validate():
        return _ask_page(form, candidate, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        made = service.ask(
            form.competences.data,
            form.asked(),
            form.note.data,
            actor=signed_in(),
            now=clock.now(),
        )
        number = len(made)
    if number:
        flash(
            _("Je vraag is verstuurd. Je krijgt een mail als er een antwoord is.")
            if number == 1
            else _("Je vragen zijn verstuurd. Je krijgt een mail bij elk antwoord."),
            "success",
        )
    else:
        flash(_("Dit vroeg je daar al. Er is nog geen antwoord."), "info")
    return redirect(url_for("validations.mine"), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/getekend/<int:validation_id>")
@requires(Permission.JOURNEY_OWN)
def signature(validation_id: int) -> ResponseReturnValue:
    """Show one request and what became of it, with the form to answer."""
    validation = _own(validation_id)
    answered = {None: None, True: "yes", False: "no"}[validation.agreed]
    form = AnswerForm(
        formdata=None,
        data={
            "version": str(validation.version),
            "agreed": answered,
            "words": validation.answer,
        },
    )
    return _signature_page(validation, form)


@blueprint.post("/portfolio/getekend/<int:validation_id>")
@requires(Permission.JOURNEY_OWN)
def answer(validation_id: int) -> ResponseReturnValue:
    """Keep what the candidate thinks of it."""
    validation = _own(validation_id)
    form = AnswerForm()
    if not form.validate():
        return _signature_page(validation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.answer(
                validation_id,
                agreed=form.agreed.data == "yes",
                words=form.words.data,
                version=form.seen,
                actor=signed_in(),
                now=clock.now(),
            )
    except Conflict as error:
        flash(error.message or "", "warning")
        latest = _own(validation_id)
        form.made_from(latest)
        return _signature_page(latest, form, HTTPStatus.CONFLICT)
    flash(_("Je antwoord is bewaard. Wie tekende, krijgt een mail."), "success")
    return redirect(
        url_for("validations.signature", validation_id=validation_id), HTTPStatus.SEE_OTHER
    )


@blueprint.post("/portfolio/getekend/<int:validation_id>/weghalen")
@requires(Permission.JOURNEY_OWN)
def remove(validation_id: int) -> ResponseReturnValue:
    """Take a signature out of the own portfolio."""
    return _step(
        validation_id,
        service.remove,
        _("De handtekening staat niet meer in je portfolio."),
        "validations.restore",
    )


@blueprint.post("/portfolio/getekend/<int:validation_id>/terugzetten")
@requires(Permission.JOURNEY_OWN)
def restore(validation_id: int) -> ResponseReturnValue:
    """Put it back."""
    return _step(validation_id, service.restore, _("De handtekening staat er weer."))


@blueprint.post("/portfolio/getekend/<int:validation_id>/vraag-terugnemen")
@requires(Permission.JOURNEY_OWN)
def cancel(validation_id: int) -> ResponseReturnValue:
    """Take a question back that nobody answered."""
    return _step(
        validation_id,
        service.cancel,
        _("Je vraag is teruggenomen."),
        "validations.ask_again",
    )


@blueprint.post("/portfolio/getekend/<int:validation_id>/opnieuw-vragen")
@requires(Permission.JOURNEY_OWN)
def ask_again(validation_id: int) -> ResponseReturnValue:
    """Put the question back."""
    return _step(validation_id, service.ask_again, _("Je vraag staat er weer."))


def _own(validation_id: int) -> Validation:
    validation = queries.for_candidate(validation_id, signed_in().id)
    if validation is None:
        raise NotFound
    return validation


def _ask_form(candidate: Candidate, data: dict[str, object] | None = None) -> AskForm:
    coach = coach_of(candidate.id)
    known, others = queries.organisations(candidate.id)
    more = {"formdata": None, "data": data} if data is not None else {}
    return AskForm(
        competences=[one.competence for one in queries.accepted(candidate.id)],
        coach=(coach.name or _("Je coach")) if coach else None,
        known=known,
        others=others,
        **more,
    )


def _ask_page(
    form: AskForm, candidate: Candidate, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "portfolio/sign_ask.html",
        form=form,
        named=candidate.user.name or candidate.code,
    )
    return page, status


def _signature_page(
    validation: Validation, form: AnswerForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    view = validation_view(validation, clock.local_date(clock.now()))
    page = render_template(
        "portfolio/sign_signature.html",
        v=view,
        form=form if view.counts else None,
        agreement=agreement_of(view) if view.signed_on else None,
    )
    return page, status


def _step(
    validation_id: int,
    step: Callable[..., Validation],
    told: str,
    way_back: str = "",
) -> ResponseReturnValue:
    typed = request.form.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        with transaction():
            changed = step(validation_id, version=version, actor=signed_in(), now=clock.now())
            version = changed.version
    except Conflict as error:
        flash(error.message or "", "warning")
        return redirect(url_for("validations.mine"), HTTPStatus.SEE_OTHER)
    if way_back:
        flash_undo(told, url_for(way_back, validation_id=validation_id), {"version": version})
    else:
        flash(told, "success")
    return redirect(url_for("validations.mine"), HTTPStatus.SEE_OTHER)

"""Who signs for a competence: what is asked, signing, saying why not, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import RoleName
from portal.errors import Conflict, NotFound
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.portfolio import validation_policy as policy
from portal.portfolio import validation_queries as queries
from portal.portfolio import validation_service as service
from portal.portfolio.models import Validation
from portal.portfolio.validation_forms import ReasonForm, SignForm
from portal.portfolio.validation_views import agreement_of, by_person, validation_view
from portal.portfolio.validation_web import blueprint
from portal.portfolio.validation_workflow import ValidationAction, ValidationState, may
from portal.transaction import transaction

_PAGE = 20

__all__ = ["blueprint"]
"""Where app.py finds it, with the pages on it."""


@blueprint.get("/tekenen")
@requires(Permission.COMPETENCE_VALIDATE)
def index() -> ResponseReturnValue:
    """Show what waits for a signature, and what was answered."""
    user, today = signed_in(), clock.local_date(clock.now())
    total = queries.count_answered(user.id)
    pages = paginate(
        total,
        wanted_page(request.args.get("page")),
        size=_PAGE,
        url=lambda number: url_for("validations.index", page=number if number > 1 else None),
    )
    found = queries.answered(user.id, limit=_PAGE, offset=pages.offset) if total else []
    return render_template(
        "portfolio/sign_index.html",
        people=by_person(queries.waiting(user.id), today),
        answered=[validation_view(one, today) for one in found],
        pages=pages,
        may_sign=user.has(RoleName.COACH) or queries.supervises(user.id),
    )


@blueprint.get("/tekenen/<int:validation_id>")
@requires(Permission.COMPETENCE_VALIDATE)
def show(validation_id: int) -> ResponseReturnValue:
    """Show what is asked with the form to sign, or what was signed."""
    validation = _asked(validation_id)
    today = clock.local_date(clock.now())
    form = SignForm(
        formdata=None,
        today=today,
        data={
            "version": str(validation.version),
            "signed_name": signed_in().name,
            "valid_until": policy.years_later(today, policy.USUAL_YEARS),
        },
    )
    return _sign_page(validation, form)


@blueprint.post("/tekenen/<int:validation_id>")
@requires(Permission.COMPETENCE_VALIDATE)
def sign(validation_id: int) -> ResponseReturnValue:
    """Sign, and go on to what the same person asked besides."""
    now = clock.now()
    validation = _asked(validation_id)
    form = SignForm(today=clock.local_date(now))
    if not form.validate():
        return _sign_page(validation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            signed = service.sign(
                validation_id, form.signature(), version=form.seen, actor=signed_in(), now=now
            )
            candidate_id = signed.candidate_id
    except Conflict as error:
        flash(error.message or "", "warning")
        latest = _asked(validation_id)
        form.made_from(latest)
        return _sign_page(latest, form, HTTPStatus.CONFLICT)
    flash(_("Je handtekening staat. De kandidaat krijgt een mail."), "success")
    return _to_next(candidate_id)


@blueprint.get("/tekenen/<int:validation_id>/niet")
@requires(Permission.COMPETENCE_VALIDATE)
def ask_decline(validation_id: int) -> ResponseReturnValue:
    """Ask why somebody does not sign."""
    validation = _asked(validation_id)
    return _reason_page(validation, ValidationAction.DECLINE, _fresh_reason(validation))


@blueprint.post("/tekenen/<int:validation_id>/niet")
@requires(Permission.COMPETENCE_VALIDATE)
def decline(validation_id: int) -> ResponseReturnValue:
    """Keep why somebody does not sign."""
    return _with_reason(
        validation_id,
        ValidationAction.DECLINE,
        service.decline,
        _("De kandidaat krijgt een mail met wat je schreef."),
    )


@blueprint.get("/tekenen/<int:validation_id>/terugnemen")
@requires(Permission.COMPETENCE_VALIDATE)
def ask_withdraw(validation_id: int) -> ResponseReturnValue:
    """Ask why a signature is taken back."""
    validation = _asked(validation_id)
    return _reason_page(validation, ValidationAction.WITHDRAW, _fresh_reason(validation))


@blueprint.post("/tekenen/<int:validation_id>/terugnemen")
@requires(Permission.COMPETENCE_VALIDATE)
def withdraw(validation_id: int) -> ResponseReturnValue:
    """Take a signature back."""
    return _with_reason(
        validation_id,
        ValidationAction.WITHDRAW,
        service.withdraw,
        _("De handtekening is teruggenomen. De kandidaat krijgt een mail met je reden."),
    )


def _asked(validation_id: int) -> Validation:
    validation = queries.for_assessor(validation_id, signed_in().id)
    if validation is None:
        raise NotFound
    return validation


def _to_next(candidate_id: int) -> ResponseReturnValue:
    left = [one for one in queries.waiting(signed_in().id) if one.candidate_id == candidate_id]
    target = (
        url_for("validations.show", validation_id=left[0].id)
        if left
        else url_for("validations.index")
    )
    return redirect(target, HTTPStatus.SEE_OTHER)


def _sign_page(
    validation: Validation, form: SignForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    view = validation_view(validation, form.today)
    page = render_template(
        "portfolio/sign_show.html",
        v=view,
        form=form if view.state is ValidationState.ASKED else None,
        sentence=queries.sentence(validation.candidate_id, validation.competence),
        agreement=agreement_of(view) if view.signed_on else None,
    )
    return page, status


def _fresh_reason(validation: Validation) -> ReasonForm:
    return ReasonForm(formdata=None, data={"version": str(validation.version)})


def _reason_page(
    validation: Validation,
    action: ValidationAction,
    form: ReasonForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    if not may(ValidationState(validation.state), action):
        flash(_("Dit is intussen veranderd. Kijk eerst wat er nu staat."), "warning")
        return redirect(
            url_for("validations.show", validation_id=validation.id), HTTPStatus.SEE_OTHER
        )
    page = render_template(
        "portfolio/sign_reason.html",
        v=validation_view(validation, clock.local_date(clock.now())),
        form=form,
        withdraws=action is ValidationAction.WITHDRAW,
    )
    return page, status


def _with_reason(
    validation_id: int,
    action: ValidationAction,
    step: Callable[..., Validation],
    told: str,
) -> ResponseReturnValue:
    validation = _asked(validation_id)
    form = ReasonForm()
    if not form.validate():
        return _reason_page(validation, action, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            changed = step(
                validation_id,
                form.reason.data,
                version=form.seen,
                actor=signed_in(),
                now=clock.now(),
            )
            candidate_id = changed.candidate_id
    except Conflict as error:
        flash(error.message or "", "warning")
        # What was typed stays, for who has read the warning and still wants to send it.
        latest = _asked(validation_id)
        form.version.data, form.version.raw_data = str(latest.version), None
        return _reason_page(latest, action, form, HTTPStatus.CONFLICT)
    flash(told, "success")
    return _to_next(candidate_id)

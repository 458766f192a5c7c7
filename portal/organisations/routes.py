"""An organisation asks to join, and somebody accepts an invitation of one."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from portal import clock
from portal.errors import Conflict, Invalid, NotFound
from portal.organisations import joining, members, queries
from portal.organisations.forms import JoinForm, join_data
from portal.organisations.models import Organisation
from portal.organisations.views import rights_text
from portal.organisations.web import blueprint
from portal.organisations.words import STANDING_LABELS
from portal.organisations.workflow import Standing
from portal.permissions import Permission, public, requires, signed_in
from portal.transaction import transaction


@blueprint.get("/aansluiten")
@public
def join() -> ResponseReturnValue:
    """Tell what joining asks and how long it takes; show the own requests."""
    mine = queries.requests_of(signed_in().id) if current_user.is_authenticated else []
    return render_template(
        "organisations/join.html", requests=mine, standing_labels=STANDING_LABELS
    )


@blueprint.get("/aansluiten/nieuw")
@requires(Permission.ACCOUNT_OWN)
def new_request() -> ResponseReturnValue:
    """Show the empty form."""
    return _form_page(JoinForm(), None)


@blueprint.post("/aansluiten/nieuw")
@requires(Permission.ACCOUNT_OWN)
def ask() -> ResponseReturnValue:
    """Keep a request to join."""
    form = JoinForm()
    if not form.validate():
        return _form_page(form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            asked = joining.ask(form.to_input(), actor=signed_in(), now=clock.now())
            identity = asked.id
    except Invalid as error:
        flash(error.message or "", "warning")
        return _form_page(form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(_("Dank je wel. Je vraag is binnen. Je hoort binnen 5 werkdagen van ons."), "success")
    return redirect(
        url_for("organisations.request_page", organisation_id=identity), HTTPStatus.SEE_OTHER
    )


@blueprint.get("/aansluiten/<int:organisation_id>")
@requires(Permission.ACCOUNT_OWN)
def request_page(organisation_id: int) -> ResponseReturnValue:
    """Show how a request stands, with the form to change it."""
    organisation = _own(organisation_id)
    return _form_page(JoinForm(data=join_data(organisation)), organisation)


@blueprint.post("/aansluiten/<int:organisation_id>")
@requires(Permission.ACCOUNT_OWN)
def change_request(organisation_id: int) -> ResponseReturnValue:
    """Keep what was changed; what was refused is asked again."""
    organisation = _own(organisation_id)
    form = JoinForm()
    if not form.validate():
        return _form_page(form, organisation, HTTPStatus.UNPROCESSABLE_ENTITY)
    again = organisation.standing != Standing.ASKED
    try:
        with transaction():
            joining.change(
                organisation_id,
                form.to_input(),
                version=_version(),
                actor=signed_in(),
                now=clock.now(),
            )
    except Conflict as error:
        latest = _own(organisation_id)
        if latest.standing == Standing.ADMITTED:
            raise
        flash(error.message or "", "warning")
        # Who has read what stands there now may save over it.
        form.version.data, form.version.raw_data = str(latest.version), None
        return _form_page(form, latest, HTTPStatus.CONFLICT)
    flash(
        _("Je vraag is opnieuw verstuurd. Je hoort binnen 5 werkdagen van ons.")
        if again
        else _("Bewaard. We kijken naar wat er nu staat."),
        "success",
    )
    return redirect(
        url_for("organisations.request_page", organisation_id=organisation_id),
        HTTPStatus.SEE_OTHER,
    )


@blueprint.get("/aansluiten/<int:organisation_id>/terugnemen")
@requires(Permission.ACCOUNT_OWN)
def ask_withdraw(organisation_id: int) -> ResponseReturnValue:
    """Ask whether the request should really be taken back."""
    organisation = _own(organisation_id)
    if organisation.standing != Standing.ASKED:
        raise NotFound
    return render_template("organisations/withdraw.html", organisation=organisation)


@blueprint.post("/aansluiten/<int:organisation_id>/terugnemen")
@requires(Permission.ACCOUNT_OWN)
def withdraw(organisation_id: int) -> ResponseReturnValue:
    """Take a request back."""
    with transaction():
        joining.withdraw(organisation_id, version=_version(), actor=signed_in(), now=clock.now())
    flash(_("Je vraag is teruggenomen. Je kunt haar later opnieuw versturen."), "success")
    return redirect(url_for("organisations.join"), HTTPStatus.SEE_OTHER)


@blueprint.get("/aansluiten/uitnodiging/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show who asks, and what one may do after saying yes."""
    found = members.invitation(token, now=clock.now())
    user = signed_in() if current_user.is_authenticated else None
    return render_template(
        "organisations/invitation.html",
        invite=found,
        token=token,
        user=user,
        right_person=user is not None and user.email == found.email,
        rights=rights_text(found.rights),
    )


@blueprint.post("/aansluiten/uitnodiging/<token>")
@requires(Permission.ACCOUNT_OWN)
def accept(token: str) -> ResponseReturnValue:
    """Say yes to an invitation."""
    with transaction():
        organisation = members.accept(token, actor=signed_in(), now=clock.now())
        identity, name = organisation.id, organisation.name
    flash(_("Welkom. Je werkt nu mee namens %(name)s.", name=name), "success")
    return redirect(url_for("organisations.manage", organisation=identity), HTTPStatus.SEE_OTHER)


def _own(organisation_id: int) -> Organisation:
    organisation = queries.request_of(organisation_id, signed_in().id)
    if organisation is None:
        raise NotFound
    return organisation


def _version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _form_page(
    form: JoinForm, organisation: Organisation | None, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    known = (
        not form.errors
        and bool(form.name.data)
        and (organisation is None or organisation.standing == Standing.ASKED)
        and queries.is_known(form.name.data, form.register_number.data or "")
    )
    page = render_template(
        "organisations/request.html",
        form=form,
        organisation=organisation,
        known=known,
        standing_labels=STANDING_LABELS,
    )
    return page, status

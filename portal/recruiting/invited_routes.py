"""Invitations, as whom they are to sees and answers them."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.applications import queries as applications
from portal.applications.models import Invitation
from portal.candidates import queries as candidates
from portal.errors import Invalid, NotFound
from portal.permissions import Permission, requires, signed_in
from portal.recruiting import queries, service
from portal.recruiting.coverage import own_card
from portal.recruiting.forms import NoForm, YesForm
from portal.recruiting.people_views import invitation_view
from portal.transaction import transaction
from portal.undo import flash_undo

blueprint = Blueprint("invitations", __name__, url_prefix="/uitnodigingen")


@blueprint.get("")
@requires(Permission.JOURNEY_OWN)
def index() -> ResponseReturnValue:
    """Show who asked, what waits for an answer first."""
    now = clock.now()
    candidate = candidates.of_user(signed_in().id)
    found = queries.invitations_of(candidate.id) if candidate else []
    return render_template(
        "recruiting/invitations.html",
        rows=[invitation_view(one, now) for one in found],
        visible=candidate is not None and candidate.visible,
    )


@blueprint.get("/<int:invitation_id>")
@requires(Permission.JOURNEY_OWN)
def show(invitation_id: int) -> ResponseReturnValue:
    """Show who asks, why it fits, and what a yes means."""
    invitation = _own(invitation_id)
    yes = YesForm(formdata=None, data={"phone": invitation.candidate.phone})
    return _page(invitation, yes, NoForm(formdata=None), clock.now())


@blueprint.post("/<int:invitation_id>/ja")
@requires(Permission.JOURNEY_OWN)
def accept(invitation_id: int) -> ResponseReturnValue:
    """Say yes: name and contact go to the employer."""
    now = clock.now()
    invitation = _own(invitation_id)
    form = YesForm()
    if not form.validate():
        return _page(invitation, form, NoForm(formdata=None), now, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            application = service.accept(
                invitation_id,
                letter=form.letter.data,
                phone=form.phone.data,
                name=form.name.data,
                actor=signed_in(),
                now=now,
            )
            identity = application.id
    except Invalid as error:
        for name in error.fields:
            form[name].errors = [error.message]
        again = _own(invitation_id)
        return _page(again, form, NoForm(formdata=None), now, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(_("Je zei ja. De werkgever heeft nu je gegevens en neemt contact op."), "success")
    return redirect(url_for("applications.show", application_id=identity), HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:invitation_id>/nee")
@requires(Permission.JOURNEY_OWN)
def decline(invitation_id: int) -> ResponseReturnValue:
    """Say no; the next page holds the way back."""
    now = clock.now()
    invitation = _own(invitation_id)
    form = NoForm()
    if not form.validate():
        yes = YesForm(formdata=None, data={"phone": invitation.candidate.phone})
        return _page(invitation, yes, form, now, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        service.decline(invitation_id, word=form.word.data, actor=signed_in(), now=now)
    flash_undo(
        _("Je zei nee. De werkgever weet het nu, en weet niet wie je bent."),
        url_for("invitations.take_back", invitation_id=invitation_id),
        {},
    )
    return redirect(url_for("invitations.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:invitation_id>/herstel")
@requires(Permission.JOURNEY_OWN)
def take_back(invitation_id: int) -> ResponseReturnValue:
    """Take a no back."""
    with transaction():
        service.take_back_no(invitation_id, actor=signed_in(), now=clock.now())
    flash(_("Je nee is weg. De uitnodiging wacht weer op je."), "success")
    return redirect(url_for("invitations.show", invitation_id=invitation_id), HTTPStatus.SEE_OTHER)


def _own(invitation_id: int) -> Invitation:
    invitation = queries.for_candidate(invitation_id, signed_in().id)
    if invitation is None:
        raise NotFound
    return invitation


def _page(
    invitation: Invitation,
    yes: YesForm,
    no: NoForm,
    now: datetime,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    candidate, opportunity = invitation.candidate, invitation.opportunity
    view = invitation_view(invitation, now)
    page = render_template(
        "recruiting/invitation.html",
        invitation=view,
        match=own_card(candidate, opportunity, clock.local_date(now)) if view.waits else None,
        application=applications.open_on(candidate.id, opportunity.id),
        yes=yes,
        no=no,
        name=candidate.user.name,
        email=candidate.user.email,
    )
    return page, status

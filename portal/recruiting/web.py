"""What the routes of recruiting share: the blueprint, and the page of one application."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications import queries as applications
from portal.applications.forms import MessageForm
from portal.applications.models import Application
from portal.errors import NotFound
from portal.permissions import signed_in
from portal.recruiting.board_views import employer_page
from portal.recruiting.steps import STEPS

blueprint = Blueprint("recruiting", __name__)


def own(application_id: int) -> Application:
    """Return an application that who asks may answer. Raises NotFound."""
    application = applications.for_employer(application_id, signed_in().id)
    if application is None:
        raise NotFound
    return application


def show_page(
    application_id: int, form: MessageForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    """The page of one application, with the message that somebody is writing."""
    page = render_template(
        "recruiting/show.html",
        a=employer_page(own(application_id), clock.now()),
        steps=tuple(STEPS.values()),
        form=form,
    )
    return page, status

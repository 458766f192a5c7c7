"""Messages and meetings of an application, at the employer's side."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask.typing import ResponseReturnValue

from portal.applications import web
from portal.applications.forms import MessageForm
from portal.applications.workflow import Party
from portal.permissions import Permission, requires
from portal.recruiting.web import blueprint, show_page

_US = Party.EMPLOYER
_AT = blueprint.name
_ONE = "/werkgever/reacties/<int:application_id>"
_MEETING = f"{_ONE}/gesprek/<int:meeting_id>"


@blueprint.post(f"{_ONE}/bericht")
@requires(Permission.APPLICATION_ANSWER)
def say(application_id: int) -> ResponseReturnValue:
    """Send a message."""
    answer = web.say(application_id, _US, _AT)
    if isinstance(answer, MessageForm):
        return show_page(application_id, answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    return answer


@blueprint.post(f"{_ONE}/gelezen")
@requires(Permission.APPLICATION_ANSWER)
def mark_read(application_id: int) -> ResponseReturnValue:
    """Note that the messages were read."""
    return web.mark_read(application_id, _US, _AT)


@blueprint.get(f"{_ONE}/gesprek")
@requires(Permission.APPLICATION_ANSWER)
def new_meeting(application_id: int) -> ResponseReturnValue:
    """Show the form to propose a time."""
    return web.new_meeting(application_id, _US, _AT)


@blueprint.post(f"{_ONE}/gesprek")
@requires(Permission.APPLICATION_ANSWER)
def propose(application_id: int) -> ResponseReturnValue:
    """Propose a time to meet."""
    return web.propose(application_id, _US, _AT)


@blueprint.post(f"{_MEETING}/ja")
@requires(Permission.APPLICATION_ANSWER)
def accept_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Agree to a time."""
    return web.accept_meeting(application_id, meeting_id, _US, _AT)


@blueprint.get(f"{_MEETING}/verzetten")
@requires(Permission.APPLICATION_ANSWER)
def ask_move(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Show the form to propose another time."""
    return web.ask_move(application_id, meeting_id, _US, _AT)


@blueprint.post(f"{_MEETING}/verzetten")
@requires(Permission.APPLICATION_ANSWER)
def move_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Propose another time."""
    return web.move_meeting(application_id, meeting_id, _US, _AT)


@blueprint.get(f"{_MEETING}/afzeggen")
@requires(Permission.APPLICATION_ANSWER)
def ask_cancel(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Ask whether it should really not take place."""
    return web.ask_cancel(application_id, meeting_id, _US, _AT)


@blueprint.post(f"{_MEETING}/afzeggen")
@requires(Permission.APPLICATION_ANSWER)
def cancel_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Call a meeting off, or say that it cannot be."""
    return web.cancel_meeting(application_id, meeting_id, _US, _AT)


@blueprint.get(f"{_MEETING}/agenda.ics")
@requires(Permission.APPLICATION_ANSWER)
def calendar(application_id: int, meeting_id: int) -> Response:
    """The meeting as a file for an agenda."""
    return web.calendar(application_id, meeting_id, _US)

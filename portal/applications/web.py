"""What the pages of both sides do alike: messages and meetings.

`at` is the blueprint of the side. It has the endpoints show, say, mark_read, new_meeting and
propose, accept_meeting, ask_move and move_meeting, ask_cancel and cancel_meeting, and calendar;
those of one meeting take application_id and meeting_id. Each leads here.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.applications import meeting_emails, queries, service, talk_views
from portal.applications.forms import MeetingForm, MeetingOffForm, MessageForm
from portal.applications.models import Application, Meeting
from portal.applications.workflow import MEETINGS, MeetingAction, MeetingState, Party
from portal.clock import ZONE
from portal.errors import NotFound
from portal.permissions import signed_in
from portal.transaction import transaction
from portal.when import moment_text


def found(application_id: int, party: Party) -> Application:
    """Return the application for who asks as one of its sides. Raises NotFound."""
    application = queries.for_party(application_id, signed_in().id, party)
    if application is None:
        raise NotFound
    return application


def number(typed: str | None) -> int:
    """Read a version or sequence; 0 or less, which none has, when it says nothing."""
    typed = typed or ""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def back(application_id: int, at: str, anchor: str = "") -> ResponseReturnValue:
    """Lead back to the page of the application."""
    url = url_for(f"{at}.show", application_id=application_id, _anchor=anchor or None)
    return redirect(url, HTTPStatus.SEE_OTHER)


def say(application_id: int, party: Party, at: str) -> ResponseReturnValue | MessageForm:
    """Send a message; the form itself when something is wrong with it."""
    found(application_id, party)
    form = MessageForm()
    if not form.validate():
        return form
    with transaction():
        service.say(application_id, form.text.data, actor=signed_in(), party=party, now=clock.now())
    flash(_("Je bericht is verstuurd."), "success")
    return back(application_id, at, "berichten")


def mark_read(application_id: int, party: Party, at: str) -> ResponseReturnValue:
    """Note that what the other side said was read."""
    with transaction():
        service.mark_read(application_id, actor=signed_in(), party=party, now=clock.now())
    return back(application_id, at, "berichten")


def new_meeting(application_id: int, party: Party, at: str) -> ResponseReturnValue:
    """Show the form for a proposal."""
    return _meeting_page(found(application_id, party), None, MeetingForm(), party, at)


def propose(application_id: int, party: Party, at: str) -> ResponseReturnValue:
    """Propose a time to the other side."""
    application, form, now = found(application_id, party), MeetingForm(), clock.now()
    if not form.check(now):
        return _meeting_page(application, None, form, party, at, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        service.propose_meeting(
            application_id, form.to_input(), actor=signed_in(), party=party, now=now
        )
    flash(_("Je voorstel is verstuurd. De ander krijgt een mail."), "success")
    return back(application_id, at, "gesprekken")


def accept_meeting(
    application_id: int, meeting_id: int, party: Party, at: str
) -> ResponseReturnValue:
    """Say yes to a proposed time."""
    form = MeetingOffForm()
    with transaction():
        service.answer_meeting(
            application_id,
            meeting_id,
            MeetingAction.ACCEPT,
            sequence=number(form.sequence.data),
            actor=signed_in(),
            party=party,
            now=clock.now(),
        )
    flash(_("Afgesproken. Jullie krijgen allebei een mail voor de agenda."), "success")
    return back(application_id, at, "gesprekken")


def ask_move(application_id: int, meeting_id: int, party: Party, at: str) -> ResponseReturnValue:
    """Show the form with the time that stands, to choose another one."""
    application, meeting = _meeting(application_id, meeting_id, party)
    local = meeting.starts_at.astimezone(ZONE)
    form = MeetingForm(
        formdata=None,
        day=local.date(),
        at=local.time(),
        minutes=str(meeting.minutes),
        where=meeting.where,
        note=meeting.note,
        sequence=str(meeting.sequence),
    )
    return _meeting_page(application, meeting, form, party, at)


def move_meeting(
    application_id: int, meeting_id: int, party: Party, at: str
) -> ResponseReturnValue:
    """Propose another time instead."""
    application, meeting = _meeting(application_id, meeting_id, party)
    form, now = MeetingForm(), clock.now()
    if not form.check(now):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _meeting_page(application, meeting, form, party, at, status)
    with transaction():
        service.answer_meeting(
            application_id,
            meeting_id,
            MeetingAction.MOVE,
            sequence=number(form.sequence.data),
            data=form.to_input(),
            actor=signed_in(),
            party=party,
            now=now,
        )
    flash(_("Je voorstel is verstuurd. De ander krijgt een mail."), "success")
    return back(application_id, at, "gesprekken")


def ask_cancel(application_id: int, meeting_id: int, party: Party, at: str) -> ResponseReturnValue:
    """Ask whether it should really not take place, and why."""
    application, meeting = _meeting(application_id, meeting_id, party)
    form = MeetingOffForm(formdata=None, sequence=str(meeting.sequence))
    return _off_page(application, meeting, form, party, at)


def cancel_meeting(
    application_id: int, meeting_id: int, party: Party, at: str
) -> ResponseReturnValue:
    """Say that one cannot, or call off what was agreed."""
    application, meeting = _meeting(application_id, meeting_id, party)
    form = MeetingOffForm()
    if not form.validate():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _off_page(application, meeting, form, party, at, status)
    with transaction():
        service.answer_meeting(
            application_id,
            meeting_id,
            _off_action(meeting, party),
            sequence=number(form.sequence.data),
            why=form.why.data or "",
            actor=signed_in(),
            party=party,
            now=clock.now(),
        )
    flash(_("Afgezegd. De ander krijgt een mail."), "success")
    return back(application_id, at, "gesprekken")


def calendar(application_id: int, meeting_id: int, party: Party) -> Response:
    """The meeting as a file for an agenda."""
    application, meeting = _meeting(application_id, meeting_id, party)
    file = meeting_emails.file_for(application, meeting, party, now=clock.now())
    answer = make_response(file)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer


def _meeting(application_id: int, meeting_id: int, party: Party) -> tuple[Application, Meeting]:
    application = found(application_id, party)
    meeting = queries.meeting(application.id, meeting_id)
    if meeting is None:
        raise NotFound
    return application, meeting


def _off_action(meeting: Meeting, party: Party) -> MeetingAction:
    own = meeting.party == party
    declines = (MeetingState(meeting.state), own, MeetingAction.DECLINE) in MEETINGS
    return MeetingAction.DECLINE if declines else MeetingAction.CANCEL


def _meeting_page(
    application: Application,
    meeting: Meeting | None,
    form: MeetingForm,
    party: Party,
    at: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "applications/meeting.html",
        form=form,
        meeting=meeting,
        application=application,
        other=talk_views.other_side(application, party),
        at=at,
    )
    return page, status


def _off_page(
    application: Application,
    meeting: Meeting,
    form: MeetingOffForm,
    party: Party,
    at: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "applications/meeting_off.html",
        form=form,
        meeting=meeting,
        when=moment_text,
        declines=_off_action(meeting, party) is MeetingAction.DECLINE,
        application=application,
        other=talk_views.other_side(application, party),
        at=at,
    )
    return page, status

"""Career talks for a candidate: choose, move, cancel, read, do."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.calendars import calendar_file
from portal.candidates.queries import of_user
from portal.coaching import emails, guiding, policy, queries, service
from portal.coaching.forms import QuestionForm, WhyForm
from portal.coaching.models import CoachHour, Talk
from portal.coaching.views import by_day, hour_view, talk_view, task_view
from portal.coaching.workflow import Party, TalkState
from portal.errors import Conflict, NotFound
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo

blueprint = Blueprint("coaching", __name__, url_prefix="/gesprek")
_WEEKS_SHOWN = 2
_MOST_PAGES = 13


@blueprint.get("")
@requires(Permission.JOURNEY_OWN)
def index() -> ResponseReturnValue:
    """Show the own talk, tasks and notes, and the hours that are free."""
    now = clock.now()
    candidate = of_user(signed_in().id)
    coming = queries.next_talk(candidate.id, now) if candidate else None
    talks = queries.talks_of(candidate.id) if candidate else []
    coach = queries.coach_of(candidate.id) if candidate else None
    tasks = queries.tasks_of(candidate.id) if candidate else []
    return render_template(
        "coaching/index.html",
        talk=talk_view(coming, now) if coming else None,
        coach=coach,
        tasks=[task_view(task, clock.local_date(now)) for task in tasks],
        notes=queries.notes_of(candidate.id) if candidate else [],
        past=[talk_view(one, now) for one in talks if coming is None or one.id != coming.id],
        **({} if coming else _free(now)),
    )


def _free(now: datetime, coach_id: int | None = None) -> dict[str, object]:
    """The free hours of two weeks, the way to the next two, and what to do when there are none."""
    page = request.args.get("week", "0")
    number = int(page) if page.isdecimal() and len(page) < 3 else 0
    number = min(number, _MOST_PAGES)
    begin = now + policy.NOTICE
    since = max(begin, now + timedelta(weeks=number * _WEEKS_SHOWN))
    until = now + timedelta(weeks=(number + 1) * _WEEKS_SHOWN)
    hours = queries.free_hours(since, until, coach_id)
    later = queries.next_free(until, coach_id)
    skip = int((later - now) / timedelta(weeks=_WEEKS_SHOWN)) if later else None
    return {
        "days": by_day((hour, None) for hour in hours),
        "earlier": number - 1 if number else None,
        "later": skip if skip is not None and skip <= _MOST_PAGES else None,
    }


@blueprint.get("/kiezen/<int:hour_id>")
@requires(Permission.JOURNEY_OWN)
def choose(hour_id: int) -> ResponseReturnValue:
    """Ask what to talk about, before an hour is booked."""
    hour = queries.free_hour(hour_id)
    if hour is None:
        return _taken(hour_id)
    return _choose_page(QuestionForm(formdata=None), hour)


@blueprint.post("/kiezen/<int:hour_id>")
@requires(Permission.JOURNEY_OWN)
def book(hour_id: int) -> ResponseReturnValue:
    """Book an hour."""
    form = QuestionForm()
    if not form.validate():
        hour = queries.free_hour(hour_id)
        if hour is None:
            return _taken(hour_id)
        return _choose_page(form, hour), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction():
            talk = service.book(
                hour_id, form.question.data or "", actor=signed_in(), now=clock.now()
            )
            when = emails.moment(talk.hour)
    except Conflict as error:
        flash(str(error.message), "warning")
        return _to_index()
    flash(
        _("Je gesprek is gepland: %(when)s. Je krijgt een mail voor je agenda.", when=when),
        "success",
    )
    return _to_index()


@blueprint.get("/<int:talk_id>/verzetten")
@requires(Permission.JOURNEY_OWN)
def ask_move(talk_id: int) -> ResponseReturnValue:
    """Show to which hours an own talk can be moved: of the same coach."""
    talk = _own(talk_id)
    now = clock.now()
    if not policy.may_change(TalkState(talk.state), talk.hour.starts_at, now):
        raise Conflict(_("Dit gesprek is al geweest of afgezegd. Plan een nieuw gesprek."))
    anybody = request.args.get("coach") == "alle"
    return render_template(
        "coaching/move.html",
        talk=talk_view(talk, now),
        anybody=anybody,
        **_free(now, None if anybody else talk.hour.coach_id),
    )


@blueprint.post("/<int:talk_id>/verzetten")
@requires(Permission.JOURNEY_OWN)
def move(talk_id: int) -> ResponseReturnValue:
    """Move an own talk."""
    _own(talk_id)
    try:
        with transaction():
            talk = service.move(
                talk_id,
                _number("hour"),
                version=_number("version"),
                actor=signed_in(),
                now=clock.now(),
            )
            when = emails.moment(talk.hour)
    except Conflict as error:
        flash(str(error.message), "warning")
        return redirect(url_for("coaching.ask_move", talk_id=talk_id), HTTPStatus.SEE_OTHER)
    flash(_("Je gesprek is verzet. Het is nu %(when)s.", when=when), "success")
    return _to_index()


@blueprint.get("/<int:talk_id>/afzeggen")
@requires(Permission.JOURNEY_OWN)
def ask_cancel(talk_id: int) -> ResponseReturnValue:
    """Ask whether an own talk should really be cancelled."""
    talk = talk_view(_own(talk_id), clock.now())
    return render_template("coaching/cancel.html", talk=talk, form=WhyForm(formdata=None))


@blueprint.post("/<int:talk_id>/afzeggen")
@requires(Permission.JOURNEY_OWN)
def cancel(talk_id: int) -> ResponseReturnValue:
    """Cancel an own talk."""
    form = WhyForm()
    if not form.validate():
        talk = talk_view(_own(talk_id), clock.now())
        page = render_template("coaching/cancel.html", talk=talk, form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        service.cancel(
            talk_id, form.why.data or "", by=Party.CANDIDATE, actor=signed_in(), now=clock.now()
        )
    flash_undo(
        _("Je gesprek is afgezegd. Je coach weet het."),
        url_for("coaching.restore", talk_id=talk_id),
        {},
    )
    return _to_index()


@blueprint.post("/<int:talk_id>/terug")
@requires(Permission.JOURNEY_OWN)
def restore(talk_id: int) -> ResponseReturnValue:
    """Bring back an own talk that was just cancelled."""
    try:
        with transaction():
            service.restore(talk_id, actor=signed_in(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
        return _to_index()
    flash(_("Je gesprek gaat weer door. Je coach weet het."), "success")
    return _to_index()


@blueprint.get("/<int:talk_id>/agenda.ics")
@requires(Permission.JOURNEY_OWN)
def calendar(talk_id: int) -> ResponseReturnValue:
    """The own talk as a file for an agenda."""
    now = clock.now()
    text = calendar_file(emails.appointment(_own(talk_id), for_coach=False), now=now)
    headers = {"Content-Disposition": "attachment; filename=gesprek.ics"}
    return Response(text, mimetype="text/calendar", headers=headers)


@blueprint.post("/taken/<int:task_id>")
@requires(Permission.JOURNEY_OWN)
def tick(task_id: int) -> ResponseReturnValue:
    """Note that an own task is done, or is not after all."""
    done = request.form.get("done") == "1"
    with transaction():
        guiding.tick_task(task_id, done=done, actor=signed_in(), now=clock.now())
    if done:
        flash_undo(
            _("Goed gedaan. De taak is klaar."),
            url_for("coaching.tick", task_id=task_id),
            {"done": 0},
        )
    else:
        flash(_("De taak staat weer open."), "success")
    return _to_index()


@blueprint.get("/stoppen")
@requires(Permission.JOURNEY_OWN)
def ask_stop() -> ResponseReturnValue:
    """Ask whether the guidance should really stop."""
    candidate = of_user(signed_in().id)
    coach = queries.coach_of(candidate.id) if candidate else None
    if coach is None:
        raise NotFound
    return render_template("coaching/stop.html", coach=coach, form=WhyForm(formdata=None))


@blueprint.post("/stoppen")
@requires(Permission.JOURNEY_OWN)
def stop() -> ResponseReturnValue:
    """Stop the guidance."""
    form = WhyForm()
    candidate = of_user(signed_in().id)
    coach = queries.coach_of(candidate.id) if candidate else None
    if coach is None:
        raise NotFound
    if not form.validate():
        page = render_template("coaching/stop.html", coach=coach, form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction():
            guiding.stop(form.why.data or "", actor=signed_in(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
        return _to_index()
    flash(_("De begeleiding is gestopt. Je coach ziet je profiel niet meer."), "success")
    return _to_index()


def _own(talk_id: int) -> Talk:
    talk = queries.talk_of_candidate(talk_id, signed_in().id)
    if talk is None:
        raise NotFound
    return talk


def _number(name: str) -> int:
    given = request.form.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _choose_page(form: QuestionForm, hour: CoachHour) -> str:
    return render_template("coaching/choose.html", form=form, hour=hour_view(hour))


def _taken(hour_id: int) -> ResponseReturnValue:
    if not queries.hour_exists(hour_id):
        raise NotFound
    flash(_("Dit moment is net door iemand anders gekozen. Kies een ander moment."), "warning")
    return _to_index()


def _to_index() -> ResponseReturnValue:
    return redirect(url_for("coaching.index"), HTTPStatus.SEE_OTHER)

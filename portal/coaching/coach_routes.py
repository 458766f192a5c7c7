"""The coach's desk: today, hours, and the own candidates."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.calendars import calendar_file
from portal.candidates.models import Candidate
from portal.coaching import emails, guiding, queries, service
from portal.coaching.forms import HoursForm, NoteForm, TaskForm, WhyForm
from portal.coaching.views import by_day, person_rows, talk_view, task_view
from portal.errors import Invalid, NotFound
from portal.permissions import Permission, requires, signed_in
from portal.portfolio.views import Seen, portfolio_view
from portal.transaction import transaction
from portal.undo import flash_undo

blueprint = Blueprint("coach", __name__, url_prefix="/coach")


@blueprint.get("")
@requires(Permission.COACHING_GIVE)
def today() -> ResponseReturnValue:
    """Show what to do today, and the own candidates."""
    coach, now = signed_in(), clock.now()
    day = clock.local_date(now)
    begin = datetime.combine(day, datetime.min.time(), tzinfo=clock.ZONE)
    talks = queries.talks_of_coach(coach.id, begin, begin + timedelta(days=1))
    ids = {talk.id for talk in talks}
    people = queries.people_of(coach.id)
    numbers = [one.candidate_id for one in people]
    rows = person_rows(
        people, queries.last_talks(numbers, now), queries.coming_talks(numbers, now), now
    )
    return render_template(
        "coaching/today.html",
        talks=[talk_view(talk, now) for talk in talks],
        left=[
            talk_view(one, now) for one in queries.to_round_up(coach.id, now) if one.id not in ids
        ],
        tasks=[
            task_view(task, day, candidate.code, candidate.user.name or candidate.code)
            for task, candidate in queries.open_tasks(coach.id, day)
        ],
        quiet=[row for row in rows if row.quiet],
        people=rows,
        next_free=queries.next_free(now, coach.id),
    )


@blueprint.get("/uren")
@requires(Permission.COACHING_GIVE)
def hours() -> ResponseReturnValue:
    """Show the own hours, and a form to publish more."""
    return _hours_page(HoursForm(formdata=None, today=clock.local_date(clock.now()), data=_usual()))


@blueprint.post("/uren")
@requires(Permission.COACHING_GIVE)
def publish() -> ResponseReturnValue:
    """Publish hours."""
    now = clock.now()
    form = HoursForm(today=clock.local_date(now))
    if not form.validate():
        return _hours_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction():
            made, passed = service.publish_hours(form.stretch(), actor=signed_in(), now=now)
    except Invalid as error:
        form.weeks.errors = [str(error.message)]
        return _hours_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if made:
        flash(
            ngettext(
                "Er staat %(num)s gesprek bij. Kandidaten kunnen het nu kiezen.",
                "Er staan %(num)s gesprekken bij. Kandidaten kunnen ze nu kiezen.",
                made,
            ),
            "success",
        )
    if passed:
        flash(
            ngettext(
                "%(num)s gesprek kon er niet bij: je had daar al een uur, of het is voorbij.",
                "%(num)s gesprekken konden er niet bij: je had daar al uren, of ze zijn voorbij.",
                passed,
            ),
            "info",
        )
    return redirect(url_for("coach.hours"), HTTPStatus.SEE_OTHER)


@blueprint.get("/uren/<int:hour_id>/weg")
@requires(Permission.COACHING_GIVE)
def ask_remove(hour_id: int) -> ResponseReturnValue:
    """Ask whether an hour should really go; a booked talk goes with it."""
    hour = queries.hour_of_coach(hour_id, signed_in().id)
    if hour is None:
        raise NotFound
    return render_template(
        "coaching/remove.html",
        hour=hour,
        when=emails.moment(hour),
        talk=queries.talk_in(hour.id),
        form=WhyForm(formdata=None),
    )


@blueprint.post("/uren/<int:hour_id>/weg")
@requires(Permission.COACHING_GIVE)
def remove(hour_id: int) -> ResponseReturnValue:
    """Take back an hour."""
    with transaction():
        told = service.remove_hour(
            hour_id, request.form.get("why", "")[:300], actor=signed_in(), now=clock.now()
        )
    flash(
        _("Het uur is weg. De kandidaat krijgt een mail.") if told else _("Het uur is weg."),
        "success",
    )
    return redirect(url_for("coach.hours"), HTTPStatus.SEE_OTHER)


@blueprint.get("/kandidaten/<guided>")
@requires(Permission.COACHING_GIVE)
def person(guided: str) -> ResponseReturnValue:
    """Show one of the own candidates."""
    return _person_page(_own(guided))


@blueprint.post("/kandidaten/<guided>/verslag")
@requires(Permission.COACHING_GIVE)
def write_note(guided: str) -> ResponseReturnValue:
    """Write a note that the candidate reads too."""
    candidate = _own(guided)
    form = NoteForm(prefix="note-")
    if not form.validate():
        return _person_page(candidate, note=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        guiding.write_note(guided, form.text.data, actor=signed_in(), now=clock.now())
    flash(_("Je verslag staat erbij. De kandidaat krijgt een mail."), "success")
    return _to_person(guided, "verslagen")


@blueprint.get("/verslagen/<int:note_id>")
@requires(Permission.COACHING_GIVE)
def edit_note(note_id: int) -> ResponseReturnValue:
    """Show an own note to change it."""
    note = queries.note_of_coach(note_id, signed_in().id)
    if note is None:
        raise NotFound
    form = NoteForm(formdata=None, data={"text": note.text})
    return render_template(
        "coaching/note.html", form=form, note=note, code=_code(note.candidate_id)
    )


@blueprint.post("/verslagen/<int:note_id>")
@requires(Permission.COACHING_GIVE)
def change_note(note_id: int) -> ResponseReturnValue:
    """Change an own note."""
    note = queries.note_of_coach(note_id, signed_in().id)
    if note is None:
        raise NotFound
    form, code = NoteForm(), _code(note.candidate_id)
    if not form.validate():
        page = render_template("coaching/note.html", form=form, note=note, code=code)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        guiding.change_note(note_id, form.text.data, actor=signed_in(), now=clock.now())
    flash(_("Je verslag is veranderd."), "success")
    return _to_person(code, "verslagen")


@blueprint.post("/kandidaten/<guided>/taak")
@requires(Permission.COACHING_GIVE)
def set_task(guided: str) -> ResponseReturnValue:
    """Write down something that a candidate is going to do."""
    candidate, now = _own(guided), clock.now()
    form = TaskForm(prefix="task-", today=clock.local_date(now))
    if not form.validate():
        return _person_page(candidate, task=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        guiding.set_task(guided, *form.task(), actor=signed_in(), now=now)
    flash(_("De taak staat erbij. De kandidaat krijgt een mail."), "success")
    return _to_person(guided, "taken")


@blueprint.post("/taken/<int:task_id>/weg")
@requires(Permission.COACHING_GIVE)
def drop_task(task_id: int) -> ResponseReturnValue:
    """Take back a task."""
    with transaction():
        task = guiding.drop_task(task_id, actor=signed_in(), now=clock.now())
        code, text, due_on = _code(task.candidate_id), task.text, task.due_on
    flash_undo(
        _("De taak is weg."),
        url_for("coach.set_task", guided=code),
        {"task-what": text, "task-due_on": due_on.isoformat()},
    )
    return _to_person(code, "taken")


@blueprint.post("/gesprekken/<int:talk_id>")
@requires(Permission.COACHING_GIVE)
def close(talk_id: int) -> ResponseReturnValue:
    """Note what became of a talk."""
    held = request.form.get("held") == "1"
    with transaction():
        talk = service.close(talk_id, held=held, actor=signed_in(), now=clock.now())
        code = talk.candidate.code
    flash(
        _("Genoteerd: het gesprek is geweest.") if held else _("Genoteerd: niet gekomen."),
        "success",
    )
    return _to_person(code, "verslagen") if held else _to_today()


@blueprint.get("/gesprekken/<int:talk_id>/agenda.ics")
@requires(Permission.COACHING_GIVE)
def calendar(talk_id: int) -> ResponseReturnValue:
    """An own talk as a file for an agenda."""
    talk = queries.talk_of_coach(talk_id, signed_in().id)
    if talk is None:
        raise NotFound
    text = calendar_file(emails.appointment(talk, for_coach=True), now=clock.now())
    headers = {"Content-Disposition": "attachment; filename=gesprek.ics"}
    return Response(text, mimetype="text/calendar", headers=headers)


def _own(code: str) -> Candidate:
    candidate = queries.candidate_of_coach(code, signed_in().id)
    if candidate is None:
        raise NotFound
    return candidate


def _code(candidate_id: int) -> str:
    people = queries.people_of(signed_in().id)
    return next(one.candidate.code for one in people if one.candidate_id == candidate_id)


def _usual() -> dict[str, object]:
    return {"minutes": "45", "weeks": 1}


def _hours_page(form: HoursForm) -> str:
    now = clock.now()
    return render_template(
        "coaching/hours.html",
        form=form,
        days=by_day(queries.hours_of_coach(signed_in().id, now)),
    )


def _person_page(
    candidate: Candidate, *, note: NoteForm | None = None, task: TaskForm | None = None
) -> str:
    coach, now = signed_in(), clock.now()
    day = clock.local_date(now)
    return render_template(
        "coaching/person.html",
        candidate=candidate,
        talks=[talk_view(one, now) for one in queries.talks_of(candidate.id, coach.id)],
        tasks=[task_view(one, day) for one in queries.tasks_of(candidate.id)],
        notes=queries.notes_of(candidate.id, coach.id),
        portfolio=portfolio_view(candidate.id, day, seen=Seen.NAMED),
        note_form=note or NoteForm(formdata=None, prefix="note-"),
        task_form=task or TaskForm(formdata=None, prefix="task-", today=day),
    )


def _to_person(code: str, part: str) -> ResponseReturnValue:
    return redirect(url_for("coach.person", guided=code, _anchor=part), HTTPStatus.SEE_OTHER)


def _to_today() -> ResponseReturnValue:
    return redirect(url_for("coach.today"), HTTPStatus.SEE_OTHER)

"""Notes and tasks, and stopping. Call each inside transaction()."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates import queries as candidates
from portal.candidates.models import Candidate
from portal.coaching import emails, queries
from portal.coaching.models import CoachNote, CoachTask
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.outbox.letters import post


def write_note(code: str, text: str, *, actor: User, now: datetime) -> CoachNote:
    """Write down something that the candidate reads too. Raises NotFound."""
    candidate = _guided(code, actor)
    last = next(iter(queries.notes_of(candidate.id, actor.id)), None)
    if last is not None and last.text == text:
        # The button was pressed twice.
        return last
    note = CoachNote(
        candidate_id=candidate.id, coach_id=actor.id, text=text, created_at=now, updated_at=now
    )
    db.session.add(note)
    db.session.flush()
    audit.record("coaching.note_written", note, actor=actor, now=now)
    post(
        candidate.user,
        lambda: emails.note_written(actor.name or _("Je coach")),
        key=f"coach-note-{note.id}",
        now=now,
    )
    return note


def change_note(note_id: int, text: str, *, actor: User, now: datetime) -> CoachNote:
    """Change an own note. Raises NotFound."""
    note = queries.note_of_coach(note_id, actor.id, lock=True)
    if note is None:
        raise NotFound
    note.text = text
    note.updated_at = now
    audit.record("coaching.note_changed", note, actor=actor, now=now)
    return note


def set_task(code: str, text: str, due_on: date, *, actor: User, now: datetime) -> CoachTask:
    """Write down something that the candidate is going to do. Raises NotFound."""
    candidate = _guided(code, actor)
    for task in queries.tasks_of(candidate.id):
        if task.text == text and task.due_on == due_on and task.done_at is None:
            return task
    task = CoachTask(
        candidate_id=candidate.id, coach_id=actor.id, text=text, due_on=due_on, created_at=now
    )
    db.session.add(task)
    db.session.flush()
    audit.record("coaching.task_set", task, actor=actor, now=now)
    post(
        candidate.user,
        lambda: emails.task_set(task, actor.name or _("je coach")),
        key=f"coach-task-{task.id}",
        now=now,
    )
    return task


def drop_task(task_id: int, *, actor: User, now: datetime) -> CoachTask:
    """Take back a task. Raises NotFound."""
    task = queries.task_of_coach(task_id, actor.id)
    if task is None:
        raise NotFound
    audit.record("coaching.task_dropped", task, actor=actor, now=now)
    db.session.delete(task)
    return task


def tick_task(task_id: int, *, done: bool, actor: User, now: datetime) -> CoachTask:
    """Note that an own task is done, or is not after all. Raises NotFound."""
    candidate = candidates.of_user(actor.id)
    task = queries.task_of_candidate(task_id, candidate.id) if candidate else None
    if task is None:
        raise NotFound
    if done != (task.done_at is not None):
        task.done_at = now if done else None
        what = "coaching.task_done" if done else "coaching.task_reopened"
        audit.record(what, task, actor=actor, now=now)
    return task


def stop(why: str, *, actor: User, now: datetime) -> None:
    """A candidate stops the guidance; the coach no longer sees the profile.

    Raises NotFound without a coach, and Conflict while a talk is booked.
    """
    candidate = candidates.of_user(actor.id, lock=True)
    guidance = queries.guidance(candidate.id, lock=True) if candidate else None
    if candidate is None or guidance is None:
        raise NotFound
    if queries.next_talk(candidate.id, now) is not None:
        raise Conflict(_("Je hebt nog een gesprek gepland. Zeg dat eerst af."))
    guidance.ended_at = now
    audit.record("coaching.stopped", guidance, actor=actor, now=now)
    coach, key = guidance.coach, f"guidance-{guidance.id}-{now:%Y%m%d%H%M%S}"
    names = coach.name, candidate.user.name
    post(coach, lambda: emails.ended(*names, why, for_coach=True), key=f"{key}-coach", now=now)
    post(
        candidate.user,
        lambda: emails.ended(*names, why, for_coach=False),
        key=f"{key}-candidate",
        now=now,
    )


def _guided(code: str, actor: User) -> Candidate:
    candidate = queries.candidate_of_coach(code, actor.id)
    if candidate is None:
        raise NotFound
    return candidate

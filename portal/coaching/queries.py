"""Reads of coaching, scoped to who looks: a coach sees the own candidates only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.candidates.models import Candidate
from portal.coaching.models import CoachHour, CoachNote, CoachTask, Guidance, Talk
from portal.coaching.workflow import TalkState
from portal.extensions import db


def guides(coach_id: int, candidate_id: int) -> bool:
    """Say whether this coach guides this candidate now."""
    found = select(Guidance.id).where(
        Guidance.coach_id == coach_id,
        Guidance.candidate_id == candidate_id,
        Guidance.ended_at.is_(None),
    )
    return db.session.scalar(found) is not None


def ids_of_coach(coach_id: int) -> Select[int]:
    """Select the ids of the candidates that a coach guides now."""
    return select(Guidance.candidate_id).where(
        Guidance.coach_id == coach_id, Guidance.ended_at.is_(None)
    )


def guidance(candidate_id: int, *, lock: bool = False) -> Guidance | None:
    """Return who guides a candidate now, and since when."""
    wanted = (
        select(Guidance)
        .where(Guidance.candidate_id == candidate_id, Guidance.ended_at.is_(None))
        .options(joinedload(Guidance.coach))
        .order_by(Guidance.since.desc(), Guidance.id.desc())
    )
    if lock:
        wanted = wanted.with_for_update(of=Guidance).execution_options(populate_existing=True)
    return db.session.scalar(wanted.limit(1))


def coach_of(candidate_id: int) -> User | None:
    """Return the coach who guides a candidate now."""
    found = guidance(candidate_id)
    return found.coach if found else None


def past_guidance(candidate_id: int, coach_id: int) -> Guidance | None:
    """Return the guidance of two people, also when it ended."""
    return db.session.scalar(
        select(Guidance).where(Guidance.candidate_id == candidate_id, Guidance.coach_id == coach_id)
    )


def _talks() -> Select[Talk]:
    return (
        select(Talk)
        .join(Talk.hour)
        .join(Talk.candidate)
        .options(
            contains_eager(Talk.hour).joinedload(CoachHour.coach),
            contains_eager(Talk.candidate).joinedload(Candidate.user),
        )
    )


def next_talk(candidate_id: int, now: datetime) -> Talk | None:
    """Return the booked talk of a candidate that has not ended yet."""
    wanted = _talks().where(
        Talk.candidate_id == candidate_id,
        Talk.state == TalkState.BOOKED,
        CoachHour.starts_at > now - timedelta(hours=2),
    )
    return db.session.scalar(wanted.order_by(CoachHour.starts_at).limit(1))


def talks_of(candidate_id: int, coach_id: int | None = None) -> list[Talk]:
    """Return the talks of a candidate, the latest first; all, or those with one coach."""
    wanted = _talks().where(Talk.candidate_id == candidate_id)
    if coach_id is not None:
        wanted = wanted.where(CoachHour.coach_id == coach_id)
    return list(db.session.scalars(wanted.order_by(CoachHour.starts_at.desc(), Talk.id.desc())))


def talk_of_candidate(talk_id: int, user_id: int, *, lock: bool = False) -> Talk | None:
    """Return an own talk of a candidate; `lock` keeps other writers out."""
    return _one(_talks().where(Talk.id == talk_id, Candidate.user_id == user_id), lock=lock)


def talk_of_coach(talk_id: int, coach_id: int, *, lock: bool = False) -> Talk | None:
    """Return an own talk of a coach; `lock` keeps other writers out."""
    return _one(_talks().where(Talk.id == talk_id, CoachHour.coach_id == coach_id), lock=lock)


def _one(wanted: Select[Talk], *, lock: bool) -> Talk | None:
    if lock:
        wanted = wanted.with_for_update(of=Talk).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def talks_of_coach(coach_id: int, since: datetime, until: datetime) -> list[Talk]:
    """Return the talks of a coach that begin in a stretch of time and were not cancelled."""
    wanted = _talks().where(
        CoachHour.coach_id == coach_id,
        CoachHour.starts_at >= since,
        CoachHour.starts_at < until,
        Talk.state != TalkState.CANCELLED,
    )
    return list(db.session.scalars(wanted.order_by(CoachHour.starts_at)))


def to_round_up(coach_id: int, now: datetime) -> list[Talk]:
    """Return the talks of a coach that began and of which nobody noted what became of them."""
    wanted = _talks().where(
        CoachHour.coach_id == coach_id,
        CoachHour.starts_at <= now,
        Talk.state == TalkState.BOOKED,
    )
    return list(db.session.scalars(wanted.order_by(CoachHour.starts_at)))


def _booked() -> Select[int]:
    return select(Talk.hour_id).where(Talk.state == TalkState.BOOKED)


def free_hours(since: datetime, until: datetime, coach_id: int | None = None) -> list[CoachHour]:
    """Return the hours that nobody booked, with their coach; of one coach or of all."""
    wanted = (
        select(CoachHour)
        .join(CoachHour.coach)
        .options(contains_eager(CoachHour.coach))
        .where(
            CoachHour.starts_at >= since,
            CoachHour.starts_at < until,
            CoachHour.withdrawn_at.is_(None),
            CoachHour.id.not_in(_booked()),
            User.active,
        )
        .order_by(CoachHour.starts_at, CoachHour.id)
    )
    if coach_id is not None:
        wanted = wanted.where(CoachHour.coach_id == coach_id)
    return list(db.session.scalars(wanted))


def next_free(since: datetime, coach_id: int | None = None) -> datetime | None:
    """Return when the first free hour begins."""
    wanted = select(func.min(CoachHour.starts_at)).where(
        CoachHour.starts_at >= since,
        CoachHour.withdrawn_at.is_(None),
        CoachHour.id.not_in(_booked()),
    )
    if coach_id is not None:
        wanted = wanted.where(CoachHour.coach_id == coach_id)
    return db.session.scalar(wanted)


def free_hour(hour_id: int, *, lock: bool = False) -> CoachHour | None:
    """Return an hour that nobody booked."""
    wanted = (
        select(CoachHour)
        .where(
            CoachHour.id == hour_id,
            CoachHour.withdrawn_at.is_(None),
            CoachHour.id.not_in(_booked()),
        )
        .options(joinedload(CoachHour.coach))
    )
    if lock:
        wanted = wanted.with_for_update(of=CoachHour).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def hour_exists(hour_id: int) -> bool:
    """Say whether there is, or was, such an hour, booked or not."""
    return db.session.scalar(select(CoachHour.id).where(CoachHour.id == hour_id)) is not None


def hour_of_coach(hour_id: int, coach_id: int, *, lock: bool = False) -> CoachHour | None:
    """Return an own hour of a coach."""
    wanted = select(CoachHour).where(
        CoachHour.id == hour_id,
        CoachHour.coach_id == coach_id,
        CoachHour.withdrawn_at.is_(None),
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def hours_of_coach(coach_id: int, since: datetime) -> list[tuple[CoachHour, Talk | None]]:
    """Return the hours of a coach from a moment on, each with the talk that stands in it."""
    rows = db.session.execute(
        select(CoachHour, Talk)
        .outerjoin(Talk, (Talk.hour_id == CoachHour.id) & (Talk.state == TalkState.BOOKED))
        .options(joinedload(Talk.candidate).joinedload(Candidate.user))
        .where(
            CoachHour.coach_id == coach_id,
            CoachHour.starts_at >= since,
            CoachHour.withdrawn_at.is_(None),
        )
        .order_by(CoachHour.starts_at)
    )
    return [(hour, talk) for hour, talk in rows]


def talk_in(hour_id: int) -> Talk | None:
    """Return the talk that is booked in an hour."""
    return db.session.scalar(
        select(Talk).where(Talk.hour_id == hour_id, Talk.state == TalkState.BOOKED)
    )


def withdrawn_hours(coach_id: int, starts: Iterable[datetime]) -> dict[datetime, CoachHour]:
    """Return the hours that a coach took back, of those that begin at one of these moments."""
    wanted = select(CoachHour).where(
        CoachHour.coach_id == coach_id,
        CoachHour.withdrawn_at.is_not(None),
        CoachHour.starts_at.in_(tuple(starts)),
    )
    return {hour.starts_at: hour for hour in db.session.scalars(wanted)}


def people_of(coach_id: int) -> list[Guidance]:
    """Return whom a coach guides now, by name."""
    wanted = (
        select(Guidance)
        .join(Guidance.candidate)
        .join(Candidate.user)
        .options(contains_eager(Guidance.candidate).contains_eager(Candidate.user))
        .where(Guidance.coach_id == coach_id, Guidance.ended_at.is_(None))
        .order_by(func.lower(User.name), Candidate.id)
    )
    return list(db.session.scalars(wanted))


def candidate_of_coach(code: str, coach_id: int) -> Candidate | None:
    """Return a candidate that this coach guides now, by code."""
    return db.session.scalar(
        select(Candidate)
        .join(Candidate.user)
        .options(contains_eager(Candidate.user))
        .where(Candidate.code == code, Candidate.id.in_(ids_of_coach(coach_id)))
    )


def last_talks(candidate_ids: list[int], now: datetime) -> dict[int, datetime]:
    """Return when the last talk with each was, of those that had one."""
    rows = db.session.execute(
        select(Talk.candidate_id, func.max(CoachHour.starts_at))
        .join(Talk.hour)
        .where(
            Talk.candidate_id.in_(candidate_ids),
            CoachHour.starts_at <= now,
            Talk.state != TalkState.CANCELLED,
        )
        .group_by(Talk.candidate_id)
    )
    return {candidate: moment for candidate, moment in rows if moment is not None}


def coming_talks(candidate_ids: list[int], now: datetime) -> dict[int, datetime]:
    """Return when the next talk with each is, of those that booked one."""
    rows = db.session.execute(
        select(Talk.candidate_id, func.min(CoachHour.starts_at))
        .join(Talk.hour)
        .where(
            Talk.candidate_id.in_(candidate_ids),
            CoachHour.starts_at > now,
            Talk.state == TalkState.BOOKED,
        )
        .group_by(Talk.candidate_id)
    )
    return {candidate: moment for candidate, moment in rows if moment is not None}


def notes_of(candidate_id: int, coach_id: int | None = None) -> list[CoachNote]:
    """Return the notes on a candidate, the newest first: all, or those of one coach.

    The candidate reads every one; a coach not what another coach wrote.
    """
    wanted = (
        select(CoachNote)
        .where(CoachNote.candidate_id == candidate_id)
        .options(joinedload(CoachNote.coach))
        .order_by(CoachNote.created_at.desc(), CoachNote.id.desc())
    )
    if coach_id is not None:
        wanted = wanted.where(CoachNote.coach_id == coach_id)
    return list(db.session.scalars(wanted))


def note_of_coach(note_id: int, coach_id: int, *, lock: bool = False) -> CoachNote | None:
    """Return a note that this coach wrote on somebody whom the coach still guides."""
    wanted = select(CoachNote).where(
        CoachNote.id == note_id,
        CoachNote.coach_id == coach_id,
        CoachNote.candidate_id.in_(ids_of_coach(coach_id)),
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def tasks_of(candidate_id: int) -> list[CoachTask]:
    """Return the tasks of a candidate: open ones by date, then those that are done."""
    wanted = (
        select(CoachTask)
        .where(CoachTask.candidate_id == candidate_id)
        .order_by(CoachTask.done_at.is_not(None), CoachTask.due_on, CoachTask.id)
    )
    return list(db.session.scalars(wanted))


def task_of_candidate(task_id: int, candidate_id: int) -> CoachTask | None:
    """Return an own task of a candidate, locked."""
    return db.session.scalar(
        select(CoachTask)
        .where(CoachTask.id == task_id, CoachTask.candidate_id == candidate_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def task_of_coach(task_id: int, coach_id: int) -> CoachTask | None:
    """Return a task of somebody whom this coach guides, locked."""
    return db.session.scalar(
        select(CoachTask)
        .where(
            CoachTask.id == task_id,
            CoachTask.candidate_id.in_(ids_of_coach(coach_id)),
            or_(CoachTask.coach_id == coach_id, CoachTask.coach_id.is_(None)),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def open_tasks(coach_id: int, until: date) -> list[tuple[CoachTask, Candidate]]:
    """Return the tasks that are to be done by a day, of everybody whom a coach guides."""
    rows = db.session.execute(
        select(CoachTask, Candidate)
        .join(Candidate, Candidate.id == CoachTask.candidate_id)
        .join(Candidate.user)
        .options(contains_eager(Candidate.user))
        .where(
            CoachTask.candidate_id.in_(ids_of_coach(coach_id)),
            CoachTask.done_at.is_(None),
            CoachTask.due_on <= until,
        )
        .order_by(CoachTask.due_on, CoachTask.id)
    )
    return [(task, candidate) for task, candidate in rows]


def talks_to_remind(since: datetime, until: datetime) -> list[Talk]:
    """Return booked talks that begin in a stretch of time and of which nobody was reminded."""
    wanted = _talks().where(
        Talk.state == TalkState.BOOKED,
        Talk.reminded_at.is_(None),
        CoachHour.starts_at >= since,
        CoachHour.starts_at < until,
    )
    return list(
        db.session.scalars(
            wanted.order_by(Talk.id)
            .with_for_update(of=Talk, skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )


def tasks_to_remind(day: date) -> list[tuple[CoachTask, User]]:
    """Return open tasks that are to be done by a day, of which nobody was reminded, locked."""
    rows = db.session.execute(
        select(CoachTask, User)
        .join(Candidate, Candidate.id == CoachTask.candidate_id)
        .join(User, User.id == Candidate.user_id)
        .where(
            CoachTask.done_at.is_(None),
            CoachTask.reminded_at.is_(None),
            CoachTask.due_on <= day,
        )
        .order_by(CoachTask.id)
        .with_for_update(of=CoachTask, skip_locked=True)
    )
    return [(task, user) for task, user in rows]

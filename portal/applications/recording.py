"""Setting the state of an application that is held: the step, the answer date, the audit line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from portal.accounts.models import User
from portal.applications import days, policy
from portal.applications.models import Application, ApplicationStep
from portal.applications.workflow import OPEN, WAITS_ON, Party, State
from portal.audit import service as audit
from portal.clock import local_date
from portal.extensions import db

_DAYS: Final = ("answer_by", "postponed_until", "start_on")
_MOMENTS: Final = ("reminded_at", "answered_at", "ended_at")
_PLAIN: Final = ("waits_on", "reason", "word")


def take(
    application: Application,
    action: str,
    state: State,
    *,
    party: Party,
    actor: User | None,
    now: datetime,
    why: str = "",
    cause: ApplicationStep | None = None,
    answer_by: date | None = None,
    said: Mapping[str, object] | None = None,
) -> ApplicationStep:
    """Bring an application to `state` and record who did it, when and why.

    `said` are columns that the step fills in; those that belong to another state are emptied.
    """
    before = _kept(application)
    came_from = application.state
    application.postponed_until = None
    application.reason = None
    application.word = ""
    if state not in (State.OFFERED, State.ACCEPTED):
        application.start_on = None
    for name, value in (said or {}).items():
        setattr(application, name, value)
    if party is Party.EMPLOYER and application.answered_at is None:
        application.answered_at = now
    _set_state(application, state, now)
    application.answer_by = answer_by or answer_date(application, local_date(now))
    step = ApplicationStep(
        application_id=application.id,
        at=now,
        party=party,
        actor=actor,
        action=action,
        from_state=came_from,
        to_state=state,
        why=why,
        before=before,
        cause_id=cause.id if cause else None,
    )
    _record(step, application, actor=actor, now=now)
    return step


def take_back(
    application: Application,
    step: ApplicationStep,
    action: str,
    *,
    party: Party,
    actor: User | None,
    now: datetime,
) -> ApplicationStep:
    """Bring an application back to how it was before `step`, which stays in the history."""
    if step.from_state is None:
        raise ValueError("before the first step there was nothing")
    before = _kept(application)
    came_from = application.state
    step.undone_at = now
    for name in _PLAIN:
        setattr(application, name, step.before.get(name))
    for name in _DAYS:
        typed = step.before.get(name)
        setattr(application, name, date.fromisoformat(typed) if typed else None)
    for name in _MOMENTS:
        typed = step.before.get(name)
        setattr(application, name, datetime.fromisoformat(typed) if typed else None)
    reminded = application.reminded_at
    _set_state(application, State(step.from_state), now)
    application.reminded_at = reminded
    today = local_date(now)
    if application.answer_by is not None and application.answer_by < today:
        # The date passed while it was elsewhere; nobody can answer yesterday.
        application.answer_by = answer_date(application, today)
    back = ApplicationStep(
        application_id=application.id,
        at=now,
        party=party,
        actor=actor,
        action=action,
        from_state=came_from,
        to_state=step.from_state,
        before=before,
        undone_at=now,
    )
    _record(back, application, actor=actor, now=now)
    return back


def answer_date(application: Application, today: date, *, since: date | None = None) -> date | None:
    """Until when who is asked has to decide; None when nobody is asked anything.

    `since` counts from a later day, such as that of a meeting.
    """
    state = State(application.state)
    start = max(today, since or today)
    if state is State.OFFERED:
        return days.after(start, policy.OFFER_DAYS)
    if state not in WAITS_ON:
        return None
    if state is State.TRIAL:
        start += timedelta(days=policy.TRIAL_DAYS)
    return days.after(start, application.opportunity.site.organisation.answer_days)


def renew(application: Application, now: datetime, *, since: date | None = None) -> None:
    """Give the employer time again, because a conversation goes on."""
    if application.state != State.IN_CONVERSATION:
        return
    later = answer_date(application, local_date(now), since=since)
    if later is not None and (application.answer_by is None or later > application.answer_by):
        application.answer_by = later
        application.reminded_at = None


def _set_state(application: Application, state: State, now: datetime) -> None:
    application.state = state
    waits_on = WAITS_ON.get(state)
    application.waits_on = waits_on
    application.reminded_at = None
    application.ended_at = None if state in OPEN else application.ended_at or now
    application.updated_at = now
    application.version += 1


def _record(
    step: ApplicationStep, application: Application, *, actor: User | None, now: datetime
) -> None:
    db.session.add(step)
    db.session.flush()
    audit.record(
        f"application.{step.action}",
        application,
        actor=actor,
        now=now,
        party=step.party,
        from_state=step.from_state,
        to_state=step.to_state,
    )


def _kept(application: Application) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(application, name) for name in _PLAIN}
    for name in (*_DAYS, *_MOMENTS):
        value = getattr(application, name)
        kept[name] = value.isoformat() if value else None
    return kept

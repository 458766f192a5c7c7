"""Forgetting what people wrote, four weeks after it ended without a job."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from portal.applications.models import Application, ApplicationStep, Meeting, Message
from portal.applications.policy import KEEP
from portal.applications.workflow import Party, State
from portal.audit import service as audit
from portal.extensions import db

_ENDED = (State.REFUSED, State.WITHDRAWN, State.LAPSED)


def purge_ended(now: datetime) -> int:
    """Empty the applications that ended long enough ago; return how many.

    Letter, phone, messages, meetings and what people said with a step go, and the employer finds
    the application no more. The candidate keeps that there was one, how it ended and the word
    that the employer gave; so do the numbers of the employer. Call it inside transaction().
    """
    due = (
        select(Application)
        .where(
            Application.state.in_(_ENDED),
            Application.ended_at <= now - KEEP,
            Application.purged_at.is_(None),
        )
        .order_by(Application.id)
        .with_for_update(skip_locked=True)
    )
    found = list(db.session.scalars(due))
    for application in found:
        mine = application.id
        db.session.execute(delete(Message).where(Message.application_id == mine))
        db.session.execute(delete(Meeting).where(Meeting.application_id == mine))
        steps = update(ApplicationStep).where(ApplicationStep.application_id == mine)
        db.session.execute(steps.values(before={}))
        own = steps.where(ApplicationStep.party == Party.CANDIDATE)
        db.session.execute(own.values(why=""))
        application.letter = application.phone = ""
        if application.state == State.WITHDRAWN:
            application.word = ""
        application.purged_at = now
        audit.record("application.purged", application, actor=None, now=now)
    return len(found)

"""What happens when nobody answers: a reminder, and on the date an outcome that explains itself.

Each application is a transaction of its own, looked at again once it is locked: what was done
meanwhile counts, a failure touches one person, and two workers do nothing twice.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from portal.applications import days, emails, employer_emails, policy, queries, telling
from portal.applications.fitting import others_that_fit
from portal.applications.meetings import call_off
from portal.applications.models import Application, ApplicationStep, Message
from portal.applications.policy import EndReason
from portal.applications.recording import take
from portal.applications.talking import tell_unread
from portal.applications.workflow import OPEN, Action, Party, State, next_state
from portal.clock import local_date
from portal.extensions import db
from portal.outbox.letters import post
from portal.transaction import transaction

log = logging.getLogger(__name__)


def run(*, now: datetime) -> Counter[str]:
    """Bring postponed ones back, end what nobody answered, remind, and mail what waits unread."""
    today = local_date(now)
    done: Counter[str] = Counter()
    done["returned"] = _each(_postponed(today), _return, now)
    done["lapsed"] = _each(_overdue(today), lapse, now)
    done["reminded"] = _each(_nearly_due(today), _remind, now)
    return +done


def tell_all_unread(*, now: datetime) -> int:
    """Mail about messages that came within the hour after the last mail; return how many."""
    waiting = select(Message.application_id).where(
        Message.read_at.is_(None), Message.mailed_at.is_(None)
    )
    return _each(Application.id.in_(waiting), _tell_unread, now)


def _each(
    wanted: ColumnElement[bool], act: Callable[[Application, datetime], bool], now: datetime
) -> int:
    found = select(Application.id, Application.opportunity_id).where(wanted)
    rows = [tuple(row) for row in db.session.execute(found.order_by(Application.id))]
    done = 0
    for application_id, opportunity_id in rows:
        try:
            with transaction():
                queries.hold([opportunity_id])
                application = queries.for_portal(application_id, lock=True)
                done += application is not None and act(application, now)
        except Exception:
            log.exception("application %s was left for the next time", application_id)
    return done


def _postponed(today: date) -> ColumnElement[bool]:
    return (Application.state == State.POSTPONED) & (Application.postponed_until <= today)


def _overdue(today: date) -> ColumnElement[bool]:
    return Application.state.in_(OPEN) & (Application.answer_by < today)


def _nearly_due(today: date) -> ColumnElement[bool]:
    return (
        Application.state.in_(OPEN)
        & (Application.answer_by <= days.after(today, policy.REMIND_DAYS))
        & (Application.answer_by >= today)
        & Application.reminded_at.is_(None)
    )


def _return(application: Application, now: datetime) -> bool:
    until = application.postponed_until
    if application.state != State.POSTPONED or until is None or until > local_date(now):
        return False
    step = _take(application, Action.RETURN, now)
    telling.tell_candidate(application, step, now=now)
    telling.tell_employer(application, step, now=now)
    return True


def lapse(application: Application, now: datetime) -> bool:
    """End an application that is held, if its answer date is past; say whether it ended."""
    due, today = application.answer_by, local_date(now)
    if application.state not in OPEN or due is None or due >= today:
        return False
    silent = application.state == State.OFFERED
    reason = EndReason.CANDIDATE_SILENT if silent else EndReason.EMPLOYER_SILENT
    step = _take(application, Action.LAPSE, now, reason=reason)
    others = others_that_fit(application.candidate_id, today)
    telling.tell_candidate(application, step, now=now, others=others)
    telling.tell_employer(application, step, now=now)
    call_off(application, by=Party.PORTAL, now=now)
    return True


def _remind(application: Application, now: datetime) -> bool:
    due, today = application.answer_by, local_date(now)
    if application.reminded_at is not None or application.state not in OPEN or due is None:
        return False
    if not days.before(due, policy.REMIND_DAYS) <= today <= due:
        return False
    if local_date(application.updated_at) == today:
        # Who is asked today for an answer tomorrow has just had a mail.
        return False
    application.reminded_at = now
    key = f"application-{application.id}-remind-{application.version}-{due}"
    if application.waits_on == Party.CANDIDATE:
        post(
            application.candidate.user,
            lambda: emails.remind_candidate(application),
            key=f"{key}-candidate",
            now=now,
        )
        return True
    for user in telling.employers(application):
        post(
            user,
            lambda: employer_emails.remind_employer(application),
            key=f"{key}-{user.id}",
            now=now,
        )
    return True


def _tell_unread(application: Application, now: datetime) -> bool:
    # Both sides may wait for a mail; neither keeps the other from it.
    return sum(tell_unread(application, side, now=now) for side in _SIDES) > 0


_SIDES = (Party.CANDIDATE, Party.EMPLOYER)


def _take(
    application: Application, action: Action, now: datetime, reason: EndReason | None = None
) -> ApplicationStep:
    return take(
        application,
        action,
        next_state(State(application.state), Party.PORTAL, action),
        party=Party.PORTAL,
        actor=None,
        now=now,
        said={"reason": reason},
    )

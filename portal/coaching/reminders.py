"""Reminders of talks and tasks of tomorrow; safe to run twice, and by two workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from portal.clock import ZONE, local_date
from portal.coaching import emails, queries
from portal.outbox.letters import post

SOONEST_HOUR = 8
"""Not before this hour of the day: nobody is glad with a mail in the night."""


def send(*, now: datetime) -> int:
    """Remind of the talks and tasks of tomorrow; return how many. Call it in transaction()."""
    if now.astimezone(ZONE).hour < SOONEST_HOUR:
        return 0
    tomorrow = local_date(now) + timedelta(days=1)
    begin = datetime.combine(tomorrow, datetime.min.time(), tzinfo=ZONE)
    talks = queries.talks_to_remind(begin, begin + timedelta(days=1))
    for talk in talks:
        talk.reminded_at = now
        key = f"talk-{talk.id}-{talk.sequence}-reminder"
        for_candidate = partial(emails.reminder, talk, for_coach=False)
        post(talk.candidate.user, for_candidate, key=f"{key}-candidate", now=now)
        for_coach = partial(emails.reminder, talk, for_coach=True)
        post(talk.hour.coach, for_coach, key=f"{key}-coach", now=now)
    tasks = queries.tasks_to_remind(tomorrow)
    for task, user in tasks:
        task.reminded_at = now
        write = partial(emails.task_due, task)
        post(user, write, key=f"coach-task-{task.id}-due", now=now)
    return len(talks) + len(tasks)

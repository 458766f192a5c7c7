"""What has to be done from time to time: one table, for the worker and for `flask tend`.

Each task is safe to run twice and by two workers at once, and commits for itself: one that fails
takes nothing of the others along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portal.accounts import kept
from portal.applications import purging, silence
from portal.candidates import alerts, ranking
from portal.coaching import reminders as talks
from portal.matching import encoders
from portal.matching.retention import purge_expired
from portal.opportunities import lapsing
from portal.opportunities import service as opportunities
from portal.outbox import service as outbox
from portal.portfolio import evidence_service as evidence
from portal.portfolio import validation_service as signatures
from portal.portfolio.web import store
from portal.recruiting import tending as invitations
from portal.transaction import transaction


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, and at which minutes and hours (UTC, as cron writes them)."""

    name: str
    run: Callable[[datetime], int]
    minute: str = "*"
    hour: str = "*"


def _send_outbox(now: datetime) -> int:
    return outbox.send_due(now=now)


def _close_due(now: datetime) -> int:
    with transaction():
        return opportunities.close_due(now=now)


def _lapse(now: datetime) -> int:
    with transaction():
        ended = lapsing.lapse_due(now=now)
    with transaction():
        return ended + lapsing.warn_due(now=now)


def _end_silence(now: datetime) -> int:
    return sum(silence.run(now=now).values())


def _tend_invitations(now: datetime) -> int:
    return sum(invitations.run(now=now).values())


def _tell_unread(now: datetime) -> int:
    return silence.tell_all_unread(now=now)


def _remind_of_talks(now: datetime) -> int:
    with transaction():
        return talks.send(now=now)


def _warn_of_ends(now: datetime) -> int:
    with transaction():
        return evidence.warn_ending(now=now) + signatures.warn_ending(now=now)


def _end_signatures(now: datetime) -> int:
    with transaction():
        return signatures.let_end(now=now)


def _rank_candidates(now: datetime) -> int:
    return ranking.rank_due(now=now)


def _tell_what_is_new(now: datetime) -> int:
    return alerts.tell_due(now=now)


def _purge(now: datetime) -> int:
    encoders.purge_unused()
    with transaction():
        ended = purging.purge_ended(now)
    with transaction():
        ended += kept.purge(now) + outbox.forget_old(now)
    with transaction():
        ended += evidence.purge_removed(now=now)
    ended += evidence.sweep_files(store(), now=now)
    with transaction():
        return ended + purge_expired(now)


TASKS: Final = (
    Task("close what is past its last day", _close_due, minute="5"),
    Task("close what nobody confirms, and warn before", _lapse, minute="20", hour="5-17"),
    Task("remind who has to answer, and end silence", _end_silence, minute="25", hour="5-21"),
    Task("remind of invitations, and end what nobody answered", _tend_invitations, minute="35"),
    Task("mail about messages that wait", _tell_unread, minute="*/5"),
    Task("remind of talks and tasks", _remind_of_talks, minute="*/10"),
    Task("warn of evidence that ends", _warn_of_ends, minute="35", hour="7"),
    # After midnight in the Netherlands, in summer and in winter.
    Task("end signatures past their last day", _end_signatures, minute="3", hour="0,22,23"),
    Task("purge what has expired", _purge, minute="15"),
    Task("rank who is behind", _rank_candidates),
    Task("tell what is new and fits", _tell_what_is_new),
    Task("send mail", _send_outbox),
)
"""Mail last: what the others wrote goes out in the same round."""

"""What the worker does with invitations: a reminder before the date, an end after it."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta

from portal.clock import local_date
from portal.recruiting import queries, service
from portal.transaction import transaction

log = logging.getLogger(__name__)

_AHEAD = timedelta(days=21)
"""More than the working days before a date can ever take, with the holidays of a year's end."""


def run(*, now: datetime) -> Counter[str]:
    """Tend every invitation that is due, each in a transaction of its own; return what was done."""
    done: Counter[str] = Counter()
    for identity in queries.waiting(local_date(now) + _AHEAD):
        try:
            with transaction():
                what = service.tend(identity, now=now)
        except Exception:
            log.exception("invitation %s could not be tended", identity)
            continue
        if what:
            done[what] += 1
    return done

"""Whether and how soon employers answer, and where many wait: shown, and counted a little.

Silence is the main failure of portals like this one. So what an employer did with the last
applications stands with its opportunities, and moves them in the order by a little.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low
from typing import Final

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, and_, func, or_, select

from portal import clock
from portal.applications.models import Application
from portal.applications.workflow import OPEN
from portal.clock import local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Site

OVER: Final = timedelta(days=90)
"""What happened longer ago no longer counts."""
FEW: Final = 3
"""Of fewer applications than this nobody can tell how an employer answers."""
QUICK, SLOW = 2, 12
"""Days until an answer that could hardly be better, or worse while still in time."""
ROOM, CROWD = 3, 12
"""So many waiting for each place is nothing special; so many is as many as counts."""
MOSTLY: Final = 0.75
"""Who answers such a part in time, is told by how soon; who does not, by how often."""


@dataclass(frozen=True, slots=True)
class AnswerRate:
    """How an employer answered: of `asked` applications `answered` in time.

    `median_days`: half of the answers came within so many days; None without any answer.
    """

    asked: int
    answered: int
    median_days: int | None

    @property
    def known(self) -> bool:
        """Whether there were enough to say something."""
        return self.asked >= FEW

    @property
    def share(self) -> float:
        """The part that was answered in time, 0 to 1."""
        return self.answered / self.asked if self.asked else 0.0


NOBODY_ASKED: Final = AnswerRate(0, 0, None)


def rates(organisation_ids: Collection[int], now: datetime) -> dict[int, AnswerRate]:
    """How these organisations answered over 90 days, in one query; each has an entry.

    Asked are applications that were answered or whose first answer date is past. Who was
    invited, or withdrew before the date, did not wait for an answer.
    """
    return _rates(now, organisation_ids) if organisation_ids else {}


def nudges() -> Mapping[str, float]:
    """How each opportunity stands in the order, -1 to 1 by id; who is missing stands at 0."""
    return _snapshot().nudges


def rate_of(organisation_id: int) -> AnswerRate:
    """How one organisation answered, at most a minute ago; it asks the database nothing more."""
    return _snapshot().rates.get(organisation_id, NOBODY_ASKED)


def is_crowded(opportunity_id: int) -> bool:
    """Whether so many wait for an opportunity that it is shown less."""
    return opportunity_id in _snapshot().crowded


def line(rate: AnswerRate) -> str:
    """How an employer answers, in a few words beside an opportunity; empty when unknown."""
    if not rate.known:
        return ""
    if rate.share >= MOSTLY and rate.median_days is not None:
        days = max(1, rate.median_days)
        return ngettext(
            "Antwoordt meestal binnen %(num)s dag", "Antwoordt meestal binnen %(num)s dagen", days
        )
    return _(
        "Antwoordde op %(answered)s van de %(asked)s reacties op tijd",
        answered=rate.answered,
        asked=rate.asked,
    )


def forget() -> None:
    """Read it anew at the next question."""
    current_app.extensions.pop("standing", None)


def answering(rate: AnswerRate) -> float:
    """How well an employer answers, -1 to 1: whether counts for most, and then how soon."""
    if not rate.known:
        return 0.0
    speed = 0.0
    if rate.median_days is not None:
        speed = 1 - 2 * _within((rate.median_days - QUICK) / (SLOW - QUICK))
    return max(-1.0, min(1.0, 0.8 * (2 * rate.share - 1) + 0.2 * speed))


def crowding(waiting: int, places: int) -> float:
    """How many wait for each place, as 0 (room enough) to 1."""
    return _within((waiting / max(places, 1) - ROOM) / (CROWD - ROOM))


def nudge(rate: AnswerRate, waiting: int, places: int) -> float:
    """Where an opportunity stands: half of it the employer's answers, less what waits there."""
    return max(-1.0, min(1.0, answering(rate) / 2 - crowding(waiting, places)))


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What a process read of all employers, and when by its own clock."""

    read_at: float
    rates: Mapping[int, AnswerRate]
    nudges: Mapping[str, float]
    crowded: frozenset[int]


def _snapshot() -> _Snapshot:
    """What this process read last, read again when that is too long ago.

    It belongs to the process and not to who asks, so that the time is its own.
    """
    kept: _Snapshot | None = current_app.extensions.get("standing")
    if kept is None or time.monotonic() - kept.read_at > current_app.config["STANDING_SECONDS"]:
        known = _rates(clock.now(), None)
        rows = db.session.execute(_waiting()).all()
        found = {
            str(row.id): nudge(
                known.get(row.organisation_id, NOBODY_ASKED), row.waiting, row.places
            )
            for row in rows
        }
        kept = _Snapshot(
            time.monotonic(),
            known,
            {key: value for key, value in found.items() if value},
            frozenset(row.id for row in rows if crowding(row.waiting, row.places)),
        )
        current_app.extensions["standing"] = kept
    return kept


def _waiting() -> Select[int, int, int, int]:
    """Everything on offer, with how many open applications it has."""
    waits = and_(Application.opportunity_id == Opportunity.id, Application.state.in_(OPEN))
    return (
        select(
            Opportunity.id,
            Opportunity.places,
            Site.organisation_id,
            func.count(Application.id).label("waiting"),
        )
        .join(Site, Site.id == Opportunity.site_id)
        .outerjoin(Application, waits)
        .where(Opportunity.status == Status.PUBLISHED)
        .group_by(Opportunity.id, Opportunity.places, Site.organisation_id)
    )


def _rates(now: datetime, only: Collection[int] | None) -> dict[int, AnswerRate]:
    today, since = local_date(now), now - OVER
    wanted = (
        select(
            Site.organisation_id,
            Application.created_at,
            Application.first_answer_by,
            Application.answered_at,
            Application.ended_at,
        )
        .select_from(Application)
        .join(Opportunity, Opportunity.id == Application.opportunity_id)
        .join(Site, Site.id == Opportunity.site_id)
        .where(
            Application.invited.is_(False),
            or_(
                Application.answered_at >= since,
                and_(
                    Application.answered_at.is_(None),
                    Application.first_answer_by >= local_date(since),
                    Application.first_answer_by < today,
                ),
            ),
        )
    )
    if only is not None:
        wanted = wanted.where(Site.organisation_id.in_(tuple(only)))
    asked: dict[int, int] = defaultdict(int)
    in_time: dict[int, int] = defaultdict(int)
    days: dict[int, list[int]] = defaultdict(list)
    for employer, created_at, due, answered_at, ended_at in db.session.execute(wanted):
        if not _waited_for_it(due, answered_at, ended_at):
            continue
        asked[employer] += 1
        if answered_at is not None:
            answered_on = local_date(answered_at)
            days[employer].append((answered_on - local_date(created_at)).days)
            in_time[employer] += due is None or answered_on <= due
    found = {
        one: AnswerRate(count, in_time[one], median_low(days[one]) if days[one] else None)
        for one, count in asked.items()
    }
    return found if only is None else {one: found.get(one, NOBODY_ASKED) for one in only}


def _waited_for_it(
    due: date | None, answered_at: datetime | None, ended_at: datetime | None
) -> bool:
    """Whether it was answered, or its answer date came before it ended in another way."""
    if answered_at is not None or ended_at is None:
        return True
    return due is not None and local_date(ended_at) >= due


def _within(value: float) -> float:
    return max(0.0, min(1.0, value))

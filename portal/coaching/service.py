"""Hours and talks: publishing, booking, moving, cancelling. Call each inside transaction()."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates import service as candidates
from portal.candidates.models import Candidate
from portal.coaching import emails, policy, queries, workflow
from portal.coaching.models import CoachHour, Guidance, Talk
from portal.coaching.workflow import Party, TalkAction, TalkState
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.outbox.letters import Letter, post


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a day that a coach has for talks, in Dutch time."""

    day: date
    begin: time
    end: time
    minutes: int
    weeks: int
    where: str


def publish_hours(stretch: Stretch, *, actor: User, now: datetime) -> tuple[int, int]:
    """Publish hours; return how many were made, and how many stood in the way or had passed."""
    wanted = policy.slots(
        stretch.day, stretch.begin, stretch.end, minutes=stretch.minutes, weeks=stretch.weeks
    )
    there = queries.hours_of_coach(actor.id, now - timedelta(hours=3))
    coming = [start for start in wanted if now < start <= now + policy.AHEAD]
    free = policy.free_of(
        coming, stretch.minutes, [(hour.starts_at, hour.minutes) for hour, _talk in there]
    )
    if len(free) > policy.MOST_AT_ONCE:
        raise Invalid(
            _(
                "Dit zijn meer dan %(most)s gesprekken in een keer. Kies minder weken.",
                most=policy.MOST_AT_ONCE,
            )
        )
    back = queries.withdrawn_hours(actor.id, free)
    for start in free:
        hour = back.get(start) or CoachHour(coach_id=actor.id, starts_at=start)
        hour.minutes, hour.where, hour.withdrawn_at = stretch.minutes, stretch.where, None
        db.session.add(hour)
    db.session.flush()
    if free:
        audit.record("coaching.hours_published", actor, actor=actor, now=now, number=len(free))
    return len(free), len(wanted) - len(free)


def remove_hour(hour_id: int, why: str, *, actor: User, now: datetime) -> bool:
    """Take back an hour; say whether a talk was cancelled with it. Raises NotFound."""
    hour = queries.hour_of_coach(hour_id, actor.id, lock=True)
    if hour is None:
        raise NotFound
    talk = queries.talk_in(hour.id)
    if talk is not None:
        cancel(talk.id, why, by=Party.COACH, actor=actor, now=now)
    hour.withdrawn_at = now
    audit.record("coaching.hour_removed", actor, actor=actor, now=now, hour=hour_id)
    return talk is not None


def book(hour_id: int, question: str, *, actor: User, now: datetime) -> Talk:
    """Book a free hour. Raises NotFound, or Conflict when it is taken or one is booked already."""
    candidate = candidates.ensure(actor, now=now)
    if queries.next_talk(candidate.id, now) is not None:
        raise Conflict(_("Je hebt al een gesprek gepland. Verzet dat gesprek, of zeg het af."))
    hour = _free(hour_id, now)
    if hour.coach_id == actor.id:
        raise Conflict(_("Je kunt geen gesprek met jezelf boeken."))
    talk = Talk(
        candidate=candidate,
        hour=hour,
        state=TalkState.BOOKED,
        question=question,
        uid=f"{uuid.uuid4()}@bekwaam",
        sequence=0,
        created_at=now,
        updated_at=now,
        version=1,
    )
    db.session.add(talk)
    db.session.flush()
    _guide(candidate, hour.coach, now)
    _record(talk, "talk.booked", actor=actor, now=now)
    _tell(talk, "booked", lambda coach: emails.booked(talk, for_coach=coach, now=now), now=now)
    return talk


def move(talk_id: int, hour_id: int, *, version: int, actor: User, now: datetime) -> Talk:
    """Put an own talk at another free hour. Raises NotFound or Conflict."""
    talk = _own(talk_id, Party.CANDIDATE, actor)
    if talk.version != version:
        raise Conflict(_("Dit gesprek is intussen veranderd. Kijk eerst wat er nu staat."))
    _may_change(talk, now)
    _step(talk, TalkAction.MOVE, Party.CANDIDATE)
    before = emails.moment(talk.hour)
    talk.hour = _free(hour_id, now)
    talk.sequence += 1
    talk.reminded_at = None
    _touch(talk, now)
    _guide(talk.candidate, talk.hour.coach, now)
    _record(talk, "talk.moved", actor=actor, now=now)
    _tell(
        talk,
        "moved",
        lambda coach: emails.moved(talk, before, for_coach=coach, now=now),
        now=now,
    )
    return talk


def cancel(talk_id: int, why: str, *, by: Party, actor: User, now: datetime) -> Talk:
    """Cancel an own talk, with a reason if there is one. Raises NotFound or Conflict."""
    talk = _own(talk_id, by, actor)
    if talk.state == TalkState.CANCELLED:
        # A second click, or the other was first: it is as was wished.
        return talk
    _may_change(talk, now)
    _step(talk, TalkAction.CANCEL, by)
    talk.sequence += 1
    _touch(talk, now)
    _record(talk, "talk.cancelled", actor=actor, now=now, why=why)
    _tell(
        talk,
        "cancelled",
        lambda coach: emails.cancelled(
            talk, why, for_coach=coach, by_coach=by is Party.COACH, now=now
        ),
        now=now,
    )
    return talk


def restore(talk_id: int, *, actor: User, now: datetime) -> Talk:
    """Bring back an own talk that was cancelled, while its hour is free. Raises Conflict."""
    talk = _own(talk_id, Party.CANDIDATE, actor)
    if queries.next_talk(talk.candidate_id, now) is not None:
        raise Conflict(_("Je hebt al een gesprek gepland. Verzet dat gesprek, of zeg het af."))
    _free(talk.hour_id, now)
    _step(talk, TalkAction.RESTORE, Party.CANDIDATE)
    talk.sequence += 1
    _touch(talk, now)
    _record(talk, "talk.restored", actor=actor, now=now)
    _tell(talk, "restored", lambda coach: emails.booked(talk, for_coach=coach, now=now), now=now)
    return talk


def close(talk_id: int, *, held: bool, actor: User, now: datetime) -> Talk:
    """Note that a talk took place or that the candidate was not there. Raises Conflict."""
    talk = _own(talk_id, Party.COACH, actor)
    wanted = TalkState.HELD if held else TalkState.MISSED
    if talk.state == wanted:
        return talk
    if not policy.may_close(TalkState(talk.state), talk.hour.starts_at, now):
        raise Conflict(_("Dit gesprek is nog niet begonnen, of het is afgezegd."))
    _step(talk, TalkAction.HOLD if held else TalkAction.MISS, Party.COACH)
    _touch(talk, now)
    _record(talk, f"talk.{wanted}", actor=actor, now=now)
    return talk


def _free(hour_id: int, now: datetime) -> CoachHour:
    hour = queries.free_hour(hour_id, lock=True)
    if hour is None and not queries.hour_exists(hour_id):
        raise NotFound
    if hour is None:
        raise Conflict(_("Dit moment is net door iemand anders gekozen. Kies een ander moment."))
    if not policy.bookable(hour.starts_at, now):
        raise Conflict(_("Dit moment is te dichtbij of voorbij. Kies een later moment."))
    return hour


def _own(talk_id: int, party: Party, actor: User) -> Talk:
    find = queries.talk_of_coach if party is Party.COACH else queries.talk_of_candidate
    talk = find(talk_id, actor.id, lock=True)
    if talk is None:
        raise NotFound
    return talk


def _may_change(talk: Talk, now: datetime) -> None:
    if not policy.may_change(TalkState(talk.state), talk.hour.starts_at, now):
        raise Conflict(_("Dit gesprek is al geweest of afgezegd. Plan een nieuw gesprek."))


def _step(talk: Talk, action: TalkAction, party: Party) -> None:
    try:
        talk.state = workflow.next_state(TalkState(talk.state), action, party)
    except workflow.NotAllowed as error:
        raise Conflict(
            _("Dit kan niet meer. Het gesprek is intussen veranderd. Kijk wat er nu staat.")
        ) from error


def _touch(talk: Talk, now: datetime) -> None:
    talk.version += 1
    talk.updated_at = now
    db.session.flush()


def _guide(candidate: Candidate, coach: User, now: datetime) -> None:
    """From the first talk on the coach guides; another coach before ends that."""
    current = queries.guidance(candidate.id, lock=True)
    if current is not None and current.coach_id == coach.id:
        return
    if current is not None:
        current.ended_at = now
    earlier = queries.past_guidance(candidate.id, coach.id)
    if earlier is not None:
        earlier.ended_at = None
        earlier.since = now
    else:
        db.session.add(Guidance(candidate_id=candidate.id, coach_id=coach.id, since=now))
    db.session.flush()


def _record(talk: Talk, action: str, *, actor: User, now: datetime, why: str = "") -> None:
    audit.record(
        action,
        talk,
        actor=actor,
        now=now,
        hour=talk.hour_id,
        starts_at=talk.hour.starts_at.isoformat(),
        **({"why": why} if why else {}),
    )


def _tell(talk: Talk, what: str, write: Callable[[bool], Letter], *, now: datetime) -> None:
    key = f"talk-{talk.id}-{talk.sequence}-{what}"
    post(talk.candidate.user, lambda: write(False), key=f"{key}-candidate", now=now)
    post(talk.hour.coach, lambda: write(True), key=f"{key}-coach", now=now)

"""What a candidate does with the own profile. Call each inside transaction()."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates import queries
from portal.candidates.models import Alerts, Candidate, Situation
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.knowledge import Place, framework
from portal.matching.models import MatchRequest

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Those that nobody confuses when a code is read aloud."""
_LONGEST_KEY: Final = 160
_MOST_KEPT: Final = 500
"""So many answers, and so many things that are not needed; more is no person."""
SKIPPABLE: Final = ("orient", "coach")
"""The steps of the route that somebody may leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """Everything that somebody fills in; hours a week, distance as the crow flies."""

    name: str
    situation: Situation | None
    skills: str
    ambition: str
    place: Place | None = None
    travel_km: float | None = None
    hours_low: float | None = None
    hours_high: float | None = None
    day_parts: int = 0
    available_from: date | None = None
    ambition_weight: float = 0.5
    visible: bool = False
    employer_id: int | None = None
    phone: str = ""


def ensure(user: User, *, now: datetime) -> Candidate:
    """Return the profile of somebody, begun if there is none."""
    candidate = queries.of_user(user.id, lock=True)
    if candidate is None:
        candidate = Candidate(
            user=user,
            code="K-" + "".join(secrets.choice(_LETTERS) for _ in range(6)),
            alerts_token=secrets.token_urlsafe(24),
            created_at=now,
            updated_at=now,
        )
        db.session.add(candidate)
        db.session.flush()
        audit.record("candidate.begun", candidate, actor=user, now=now)
    return candidate


def adopt(user: User, match_request: MatchRequest, *, now: datetime) -> Candidate:
    """Take over what somebody asked without an account: all of it, as it was asked.

    A text that stood in the profile is replaced; who has one already is asked first.
    """
    candidate = ensure(user, now=now)
    for name in (
        "skills",
        "ambition",
        "place",
        "province",
        "travel_km",
        "hours_low",
        "hours_high",
        "ambition_weight",
    ):
        setattr(candidate, name, getattr(match_request, name))
    # What was said before is about the person and not about the text: it stays.
    candidate.gates = sorted({*candidate.gates, *match_request.gates})
    candidate.answers = {**candidate.answers, **match_request.answers}
    candidate.dismissed = list(dict.fromkeys([*candidate.dismissed, *match_request.dismissed]))
    _changed(candidate, now)
    audit.record("candidate.adopted", candidate, actor=user, now=now)
    return candidate


def begin(user: User, situation: Situation, name: str, *, now: datetime) -> Candidate:
    """Keep from where somebody comes, and how they are called."""
    candidate = ensure(user, now=now)
    candidate.situation = situation
    candidate.updated_at = now
    if name:
        candidate.user.name = name
    audit.record("candidate.situation", candidate, actor=user, now=now, situation=situation)
    return candidate


def save_profile(user: User, data: ProfileInput, *, version: int, now: datetime) -> Candidate:
    """Keep a profile; `version` is 0 for the first.

    Raises Conflict when it was changed, or begun, since it was shown.
    """
    kept = queries.of_user(user.id, lock=True)
    candidate = kept or ensure(user, now=now)
    if version != (kept.version if kept else 0):
        raise Conflict(
            _("Je profiel is intussen in een ander venster veranderd. Kijk na wat hier staat.")
        )
    if data.visible != candidate.visible:
        what = "candidate.shown" if data.visible else "candidate.hidden"
        audit.record(what, candidate, actor=user, now=now)
    candidate.user.name = data.name
    candidate.situation = data.situation
    candidate.skills, candidate.ambition = data.skills, data.ambition
    candidate.place = data.place.name if data.place else None
    candidate.province = data.place.province if data.place else None
    candidate.travel_km = data.travel_km
    candidate.hours_low, candidate.hours_high = data.hours_low, data.hours_high
    candidate.day_parts = data.day_parts
    candidate.available_from = data.available_from
    candidate.ambition_weight = data.ambition_weight
    candidate.visible = data.visible
    candidate.employer_id = data.employer_id
    candidate.phone = data.phone
    _changed(candidate, now)
    audit.record("candidate.saved", candidate, actor=user, now=now, version=candidate.version)
    return candidate


def profile_changed(candidate_id: int, *, now: datetime) -> None:
    """Say that something which counts has changed, such as evidence: matches are made anew."""
    candidate = queries.by_id(candidate_id, lock=True)
    if candidate is None:
        raise NotFound
    _changed(candidate, now)


def answer(user: User, key: str, said: str | None, *, now: datetime) -> None:
    """Keep what somebody says of a reason (can, cannot); None takes it back."""
    if said not in {"can", "cannot", None} or not 0 < len(key) <= 80 or not key.isprintable():
        raise Invalid
    candidate = _own(user)
    answers = {one: value for one, value in candidate.answers.items() if one != key}
    if said is not None:
        if len(answers) >= _MOST_KEPT:
            raise Invalid
        answers[key] = said
    candidate.answers = answers
    _changed(candidate, now)


def set_paper(user: User, gate: str, *, has: bool, now: datetime) -> None:
    """Keep that somebody says to have a paper that the law asks for, or not to have it."""
    if gate not in framework().gates:
        raise NotFound
    candidate = _own(user)
    gates = {*candidate.gates, gate} if has else {*candidate.gates} - {gate}
    candidate.gates = sorted(gates)
    _changed(candidate, now)


def dismiss(user: User, key: str, *, needed: bool, now: datetime) -> None:
    """Keep that somebody does not need something that we offered, or wants it back."""
    kind, _colon, what = key.partition(":")
    if (
        kind not in {"limit", "origin"}
        or not what
        or len(key) > _LONGEST_KEY
        or not key.isprintable()
    ):
        raise Invalid
    candidate = _own(user)
    others = [one for one in candidate.dismissed if one != key]
    if not needed and len(others) >= _MOST_KEPT:
        raise Invalid
    candidate.dismissed = others if needed else [*others, key]
    candidate.updated_at = now


def set_step(user: User, step: str, *, skipped: bool, now: datetime) -> None:
    """Leave a step of the route out, or take it up again."""
    if step not in SKIPPABLE:
        raise NotFound
    candidate = _own(user)
    steps = {one: at for one, at in candidate.steps.items() if one != step}
    if skipped:
        steps[step] = now.isoformat(timespec="seconds")
    candidate.steps = steps
    candidate.updated_at = now


def set_alerts(user: User, alerts: Alerts, *, now: datetime) -> None:
    """Choose how soon somebody hears of what is new."""
    _alert(_own(user), alerts, actor=user, now=now)


def set_alerts_by_token(token: str, alerts: Alerts, *, now: datetime) -> Candidate:
    """The same by the link of a mail, without signing in. Raises NotFound."""
    candidate = queries.by_alerts_token(token, lock=True)
    if candidate is None:
        raise NotFound
    _alert(candidate, alerts, actor=None, now=now)
    return candidate


def _alert(candidate: Candidate, alerts: Alerts, *, actor: User | None, now: datetime) -> None:
    if candidate.alerts == alerts:
        return
    candidate.alerts = alerts
    candidate.updated_at = now
    audit.record("candidate.alerts", candidate, actor=actor, now=now, alerts=alerts)


def _own(user: User) -> Candidate:
    candidate = queries.of_user(user.id, lock=True)
    if candidate is None:
        raise NotFound
    return candidate


def _changed(candidate: Candidate, now: datetime) -> None:
    candidate.version += 1
    candidate.updated_at = now

"""Matching for visitors, and proposing requirements for employers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from matcher import (
    Answer,
    Filters,
    Hours,
    Match,
    Place,
    PlaceAmbiguous,
    PlaceUnknown,
    Profile,
    Ranking,
    Slot,
    clean,
)
from portal.applications import standing
from portal.clock import local_date
from portal.errors import Gone, NotFound
from portal.extensions import db
from portal.matching import encoders
from portal.matching.asked import TRAVEL_KM, Asked
from portal.matching.convert import to_profile
from portal.matching.kept import Kept
from portal.matching.knowledge import framework, places
from portal.matching.models import MatchRequest, MatchRun
from portal.matching.queries import request_by_token
from portal.matching.resident import State, resident
from portal.opportunities import queries
from portal.opportunities.models import Opportunity

KEPT_FOR = timedelta(days=14)
PAGE = 10
_RECORDED = 20
"""So many of the first matches are written down in a run."""


@dataclass(frozen=True)
class Found:
    """One page of the answer, with the opportunities that it is about, by id."""

    ranking: Ranking
    opportunities: Mapping[str, Opportunity]
    page: int


@dataclass(frozen=True, slots=True)
class ProposedRequirement:
    """A requirement that a vacancy text seems to ask, with the sentence that says so."""

    competence: str | None
    gate: str | None
    label: str
    sentence: str
    critical: bool
    learnable: bool
    strength: float


def ask(asked: Asked, *, now: datetime) -> MatchRequest:
    """Keep what a visitor asks for a while. Call it inside transaction()."""
    request = MatchRequest(created_at=now, expires_at=now + KEPT_FOR, gates=[], answers={})
    request.token = new_token(request.expires_at)
    _fill(request, asked)
    db.session.add(request)
    db.session.flush()
    return request


def change(token: str, asked: Asked, *, now: datetime) -> MatchRequest:
    """Change what was asked; answers and papers stay. Raises NotFound or Gone."""
    request = of_token(token, now=now, lock=True)
    _fill(request, asked)
    return request


def answer(token: str, key: str, said: Answer | None, *, now: datetime) -> None:
    """Keep what the visitor says about a reason; None takes it back. Raises NotFound or Gone."""
    request = of_token(token, now=now, lock=True)
    answers = {one: value for one, value in request.answers.items() if one != key}
    if said is not None:
        answers[key] = said.value
    request.answers = answers


def set_paper(token: str, gate: str, *, has: bool, now: datetime) -> None:
    """Keep that the visitor has a paper, or has it not. Raises NotFound or Gone."""
    if gate not in framework().gates:
        raise NotFound
    request = of_token(token, now=now, lock=True)
    request.gates = sorted({*request.gates, gate} if has else {*request.gates} - {gate})


def forget(token: str, *, now: datetime) -> None:
    """Erase what was asked, the runs with it. Raises NotFound or Gone."""
    db.session.delete(of_token(token, now=now, lock=True))


def run_of(request: MatchRequest, *, now: datetime) -> MatchRun:
    """What the engine answers now, to write down: scores and reasons, not the visitor's words.

    Raises Unavailable while matching wakes or rests.
    """
    engine = resident().engine()
    ranking = engine.rank(profile_of(request), limit=_RECORDED, standing=standing.nudges())
    return MatchRun(
        created_at=now,
        encoder_version=engine.version,
        index_number=resident().number,
        results=[
            {
                "opportunity": int(match.opportunity),
                "score": round(match.score, 4),
                "level": match.deployability.level.value,
                "reasons": [
                    {
                        "key": reason.requirement.key,
                        "status": reason.status.value,
                        "strength": round(reason.strength, 3),
                    }
                    for reason in match.reasons
                ],
            }
            for match in ranking.matches
        ],
    )


def keep_run(token: str, run: MatchRun, *, now: datetime) -> None:
    """Write down a run of what was asked under a token. Raises NotFound or Gone."""
    run.request_id = of_token(token, now=now, lock=True).id
    db.session.add(run)


def of_token(token: str, *, now: datetime, lock: bool = False) -> MatchRequest:
    """Return what was asked under a token.

    Raises Gone when its time is up, which the token itself tells after it was erased, and
    NotFound for a token that never was.
    """
    request = request_by_token(token, lock=lock)
    if request is not None and request.expires_at > now:
        return request
    if request is not None or _expired(token, now):
        raise Gone
    raise NotFound


def find_matches(profile: Profile, filters: Filters, *, page: int, now: datetime) -> Found:
    """Rank the pool, and load what is on the page; what closed meanwhile is dropped.

    Who asks for a page past the end gets the last. Raises Unavailable while matching wakes or
    rests.
    """
    rank = partial(
        resident().engine().rank,
        profile,
        filters=filters,
        limit=PAGE,
        standing=standing.nudges(),
    )
    ranking = rank(offset=(page - 1) * PAGE)
    if not ranking.matches and ranking.total:
        page = -(-ranking.total // PAGE)
        ranking = rank(offset=(page - 1) * PAGE)
    loaded = _visible(ranking.matches, now)
    kept = tuple(match for match in ranking.matches if match.opportunity in loaded)
    dropped = len(ranking.matches) - len(kept)
    return Found(replace(ranking, matches=kept, total=ranking.total - dropped), loaded, page)


def explain(profile: Profile, opportunity: Opportunity) -> Match:
    """The match with one opportunity. Raises Unavailable, or NotFound when it has just closed."""
    try:
        return resident().engine().explain(profile, str(opportunity.id))
    except KeyError as error:
        raise NotFound from error


def propose_requirements(text: str, limit: int = 8) -> list[ProposedRequirement]:
    """Propose what a vacancy text asks. Raises Unavailable while matching wakes or rests."""
    return [
        ProposedRequirement(
            competence=one.requirement.competence,
            gate=one.requirement.gate,
            label=one.requirement.text,
            sentence=one.sentence,
            critical=one.requirement.critical,
            learnable=one.requirement.learnable,
            strength=one.strength,
        )
        for one in resident().engine().propose(text, limit)
    ]


def profile_of(request: MatchRequest) -> Profile:
    """What was asked, as the engine takes it."""
    return to_profile(request, place_of(request))


def filtered(
    profile: Profile,
    *,
    travel_km: float | None,
    hours: Hours | None,
    day_parts: frozenset[Slot],
    ambition_weight: float,
) -> Profile:
    """The profile with the limits and the weight that the visitor chose on the page."""
    return replace(
        profile,
        travel_km=travel_km,
        hours=hours,
        day_parts=day_parts,
        ambition_weight=ambition_weight,
    )


def place_of(kept: Kept) -> Place | None:
    """The place that was asked for; None for one that the list of places lost meanwhile."""
    if not kept.place:
        return None
    try:
        return places().find(f"{kept.place} ({kept.province})")
    except (PlaceAmbiguous, PlaceUnknown):
        return None


def hours_of(kept: Kept) -> Hours | None:
    """The hours that were asked for."""
    return Hours(kept.hours_low, kept.hours_high) if kept.hours_low and kept.hours_high else None


def state() -> State:
    """How matching is in this process; asking wakes it."""
    resident().start()
    return resident().state


def health() -> dict[str, Any]:
    """How matching is in this process, and how the encoder that follows is, for who watches.

    Tells no folders: anybody may read it.
    """
    holder = resident()
    told: dict[str, Any] = {"state": holder.state.value, "encoder": holder.version}
    if holder.reason:
        told["reason"] = encoders.without_folders(holder.reason)
    problem = encoders.problem()
    if problem:
        told["configured"] = encoders.without_folders(problem)
    if follows := encoders.progress():
        told["follows"] = {
            "encoder": follows.version,
            "done": follows.done,
            "total": follows.total,
            "started_at": follows.started_at.isoformat(timespec="seconds"),
            "updated_at": follows.updated_at.isoformat(timespec="seconds"),
        }
        if follows.problem:
            told["follows"]["problem"] = encoders.without_folders(follows.problem)
    return told


def new_token(expires_at: datetime) -> str:
    """A token nobody can guess, that tells by itself until when it is good."""
    return f"{expires_at.astimezone(UTC):%Y%m%d}-{secrets.token_urlsafe(18)}"


def _expired(token: str, now: datetime) -> bool:
    day, _, rest = token.partition("-")
    try:
        until = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return len(day) == 8 and len(rest) == 24 and until.date() <= now.astimezone(UTC).date()


def _fill(request: MatchRequest, asked: Asked) -> None:
    request.skills, request.ambition = clean(asked.skills), clean(asked.ambition)
    request.place = asked.place.name if asked.place else None
    request.province = asked.place.province if asked.place else None
    request.travel_km = TRAVEL_KM if asked.place else None
    request.hours_low = asked.hours.low if asked.hours else None
    request.hours_high = asked.hours.high if asked.hours else None


def _visible(matches: tuple[Match, ...], now: datetime) -> dict[str, Opportunity]:
    rows = queries.visible([int(match.opportunity) for match in matches], local_date(now))
    return {str(identifier): row for identifier, row in rows.items()}

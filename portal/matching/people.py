"""Matching for people with a profile: what they wrote together with what is on file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher import (
    Answer,
    Evidence,
    Filters,
    Grade,
    Match,
    Profile,
    Ranking,
    Status,
    bits_to_slots,
)
from portal.applications import standing
from portal.candidates.models import Candidate
from portal.errors import NotFound
from portal.matching.resident import State, resident
from portal.matching.service import hours_of, place_of
from portal.opportunities.models import Opportunity
from portal.portfolio.queries import OnFile, on_file


@dataclass(frozen=True, slots=True)
class Fit:
    """One opportunity that fits: its score, its level, and how many requirements are shown."""

    opportunity_id: int
    score: float
    level: str
    met: int
    partly: int
    total: int


def profile_of(candidate: Candidate, *, today: date) -> Profile:
    """What a candidate wrote and has on file, as the engine takes it."""
    return to_profile(candidate, on_file(candidate.id, today))


def to_profile(candidate: Candidate, filed: OnFile) -> Profile:
    """The same with what is on file already read."""
    return Profile(
        id=str(candidate.id),
        skills=candidate.skills,
        ambition=candidate.ambition,
        place=place_of(candidate),
        travel_km=candidate.travel_km,
        hours=hours_of(candidate),
        day_parts=bits_to_slots(candidate.day_parts),
        level=filed.level,
        # A paper that has run out says more than a tick of long ago.
        gates=(frozenset(candidate.gates) - filed.lapsed) | filed.gates,
        evidence=tuple(
            Evidence(one.competence, Grade(one.grade.value), one.text, one.full)
            for one in filed.shown
        ),
        answers={key: Answer(value) for key, value in candidate.answers.items()},
        ambition_weight=candidate.ambition_weight,
    )


def rank(profile: Profile, filters: Filters, *, limit: int, offset: int = 0) -> Ranking:
    """What fits, in order. Raises Unavailable while matching wakes or rests."""
    engine, known = resident().engine(), standing.nudges()
    return engine.rank(profile, filters=filters, limit=limit, offset=offset, standing=known)


def explain(profile: Profile, opportunity: Opportunity) -> Match:
    """The match with one opportunity. Raises Unavailable, or NotFound when it has just closed."""
    try:
        return resident().engine().explain(profile, str(opportunity.id))
    except KeyError as error:
        raise NotFound from error


def best(candidate: Candidate, limit: int, *, today: date) -> tuple[Fit, ...]:
    """What fits a candidate best, in order. Raises Unavailable while matching wakes or rests."""
    ranking = rank(profile_of(candidate, today=today), Filters(), limit=limit)
    return tuple(_fit(match) for match in ranking.matches)


def awake() -> bool:
    """Whether matching answers in this process; asking wakes it."""
    resident().start()
    return resident().state is State.READY


def _fit(match: Match) -> Fit:
    shown = [reason.status for reason in match.reasons]
    return Fit(
        opportunity_id=int(match.opportunity),
        score=match.score,
        level=match.deployability.level.value,
        met=shown.count(Status.MET),
        partly=shown.count(Status.PARTLY),
        total=len(shown),
    )

"""How far somebody is from a profession: what it asks beside what they show, and the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matcher import Framework, Match, Opportunity, Profile, Requirement, has_words
from portal.candidates.models import Candidate
from portal.clock import local_date
from portal.matching import people, service
from portal.matching.cards import Judged
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.resident import resident

LEARNT_BESIDE: int = 12
"""Weeks: what takes longer, or cannot be learnt at work, must be there before one begins."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A profession with how much of what it asks somebody shows."""

    profession: str
    met: int
    partly: int
    total: int


def readable(who: Candidate | MatchRequest) -> bool:
    """Whether somebody wrote anything of what they can; a wish alone shows nothing."""
    return has_words(who.skills)


def explain_profession(
    who: Candidate | MatchRequest, profession_id: str, language: str, *, now: datetime
) -> Judged:
    """What a profession asks beside what somebody shows, in words.

    Raises Unavailable while matching wakes or rests, KeyError for an unknown profession.
    """
    (match,) = _judge(who, [profession_id], now=now)
    return Judged(match, framework(), language)


def nearest(
    who: Candidate | MatchRequest, professions: Iterable[str], *, limit: int, now: datetime
) -> list[Distance]:
    """The professions of which somebody shows the most, the most first.

    Raises Unavailable while matching wakes or rests, KeyError for an unknown profession.
    """
    matches = _judge(who, list(professions), now=now)
    matches.sort(key=lambda one: (-one.score, one.opportunity))
    return [_distance(one) for one in matches[:limit]]


def as_opportunity(profession_id: str, known: Framework) -> Opportunity:
    """A profession as the engine takes it: what it asks in general, with guidance.

    Critical is what the law asks, and what nobody learns in a few months beside a colleague.
    """
    profession = known.professions[profession_id]
    asked = []
    for one in profession.competences:
        competence = known.competences[one]
        weeks = competence.weeks_on_the_job
        asked.append(
            Requirement(
                one,
                competence.label(),
                competence=one,
                critical=weeks is None or weeks > LEARNT_BESIDE,
                learnable=weeks is not None,
            )
        )
    legal = [
        Requirement(
            one, known.gates[one].label(), gate=one, critical=True, learnable=False, legal=True
        )
        for one in profession.gates
    ]
    return Opportunity(
        id=profession_id,
        title=profession.label(),
        requirements=(*asked, *legal),
        level=profession.level,
        guidance=True,
    )


def _judge(who: Candidate | MatchRequest, professions: list[str], *, now: datetime) -> list[Match]:
    known = framework()
    asked = [as_opportunity(one, known) for one in professions]
    return resident().engine().judge(_profile(who, now), asked)


def _profile(who: Candidate | MatchRequest, now: datetime) -> Profile:
    if isinstance(who, Candidate):
        return people.profile_of(who, today=local_date(now))
    return service.profile_of(who)


def _distance(match: Match) -> Distance:
    shown = [reason.status.value for reason in match.reasons]
    return Distance(match.opportunity, shown.count("met"), shown.count("partly"), len(shown))

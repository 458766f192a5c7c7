"""What we read in a text besides what counts: limits to apply, and what an origin often brings.

Nothing of it counts by itself. A limit becomes a filter when the visitor applies it, and what an
origin brings becomes an answer when the visitor says that it is so. What they do not need is
remembered under their token, until they want it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from matcher import (
    Answer,
    Engine,
    Filters,
    FoundOrigin,
    Limit,
    Profile,
    Status,
    limits_in,
    origins_in,
)
from portal.errors import Invalid
from portal.matching.kept import Kept
from portal.matching.knowledge import framework, places
from portal.matching.queries import asked_competences
from portal.matching.resident import resident
from portal.matching.service import of_token

PER_ORIGIN = 4
"""So many things that an origin brings are asked about; more would be an examination."""
_MOST_DISMISSED = 200
_LONGEST_KEY = 160


@dataclass(frozen=True, slots=True)
class OfferedLimit:
    """A limit that the text names; `dismissed` when the visitor does not need it."""

    key: str
    limit: Limit
    dismissed: bool


@dataclass(frozen=True, slots=True)
class OfferedCompetence:
    """Something that an origin often brings, and what the visitor said of it."""

    key: str
    competence: str
    confirmed: bool
    dismissed: bool


@dataclass(frozen=True, slots=True)
class OfferedOrigin:
    """An origin (its id in the framework) with what to ask about, usual things first."""

    origin: str
    competences: tuple[OfferedCompetence, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that is offered on one page, with the engine that it was asked of, if any."""

    limits: tuple[OfferedLimit, ...] = ()
    origins: tuple[OfferedOrigin, ...] = ()
    engine: Engine | None = None

    def count(self, profile: Profile, filters: Filters) -> int:
        """How many opportunities pass hard facts; without an engine there is nothing to count."""
        return self.engine.count(profile, filters) if self.engine else 0


def offers_for(request: Kept) -> Offers:
    """What to offer to who asked this. Raises Unavailable while matching wakes or rests."""
    limits = tuple(_limits(request))
    named = origins_in(request.skills, framework())
    if not limits and not named:
        return Offers()
    # Once: each time asks the database what changed.
    engine = resident().engine()
    return Offers(limits, tuple(_origins(request, named, engine)), engine)


def _limits(request: Kept) -> list[OfferedLimit]:
    text = f"{request.skills}\n{request.ambition}"
    return [
        OfferedLimit(key, limit, key in request.dismissed)
        for limit in limits_in(text, framework(), places())
        for key in [f"limit:{limit.kind.value}:{'+'.join(limit.values)}"]
    ]


def _origins(
    request: Kept, named: Iterable[FoundOrigin], engine: Engine
) -> Iterator[OfferedOrigin]:
    """What the named origins often bring, as far as it matters here.

    Left out is what the text shows already, what nothing on offer asks, and what the visitor said
    that they cannot. The list does not change by confirming, so that it can be undone.
    """
    brought = {one.origin: framework().origins[one.origin].brings for one in named}
    asked = asked_competences({one for brings in brought.values() for one in brings})
    told: set[str] = set()
    for origin, brings in brought.items():
        chosen: list[str] = []
        # Usual things first; the order of the data where they are as usual.
        for one, _surety in sorted(brings.items(), key=lambda pair: -pair[1].share):
            if one not in asked - told or request.answers.get(one) == Answer.CANNOT:
                continue
            if engine.shows(request.skills, one).status is not Status.MET:
                chosen.append(one)
            if len(chosen) == PER_ORIGIN:
                break
        if chosen:
            told.update(chosen)
            yield _offered(origin, chosen, request)


def _offered(origin: str, competences: list[str], request: Kept) -> OfferedOrigin:
    return OfferedOrigin(
        origin,
        tuple(
            OfferedCompetence(
                key, one, request.answers.get(one) == Answer.CAN, key in request.dismissed
            )
            for one in competences
            for key in [f"origin:{origin}:{one}"]
        ),
    )


def dismiss(token: str, key: str, *, needed: bool, now: datetime) -> None:
    """Keep that the visitor does not need an offer, or wants it back.

    Raises NotFound or Gone for the token, and Invalid for a key that is none of ours.
    """
    kind, _colon, what = key.partition(":")
    if (
        kind not in {"limit", "origin"}
        or not what
        or len(key) > _LONGEST_KEY
        or not key.isprintable()
    ):
        raise Invalid
    request = of_token(token, now=now, lock=True)
    others = [one for one in request.dismissed if one != key]
    if not needed and len(others) >= _MOST_DISMISSED:
        raise Invalid
    request.dismissed = others if needed else [*others, key]

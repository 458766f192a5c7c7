"""The words of the engine: what goes in and what comes out.

Every class is frozen, so a value that was ranked yesterday cannot change today.
Nothing here knows of a web page, a database or a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """The kinds of opportunity in the pool."""

    VACANCY = "vacancy"
    TRAINEESHIP = "traineeship"
    COMBINED_FUNCTION = "combined_function"


class Weekday(StrEnum):
    """Days of the week, in order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class DayPart(StrEnum):
    """Parts of a day (dagdelen), in order."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Grade(StrEnum):
    """How well something is shown. In order: each is stronger than the one before."""

    CLAIMED = "claimed"
    DEMONSTRATED = "demonstrated"
    VALIDATED = "validated"
    CERTIFIED = "certified"


class Status(StrEnum):
    """What a profile shows of one requirement."""

    MET = "met"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"


class Level(StrEnum):
    """Deployability: what the evidence allows somebody to do there, and when."""

    NOW = "now"
    GUIDED = "guided"
    ROUTE = "route"
    NOT_YET = "not_yet"


class Answer(StrEnum):
    """What somebody said about a reason that they found wrong."""

    CAN = "can"
    CANNOT = "cannot"


Slot: TypeAlias = tuple[Weekday, DayPart]
"""One day part on one weekday, such as Monday morning."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the Netherlands; latitude and longitude in degrees (WGS 84)."""

    name: str
    province: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week, from and to; 0 < low <= high <= 60."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that an opportunity asks for.

    `competence` and `gate` are ids of the framework. A requirement with `legal` set is a
    fact on file or it is not; wording never meets it. `legal` without a known `gate` is a
    legal demand that the framework does not know.
    """

    id: str
    text: str
    competence: str | None = None
    gate: str | None = None
    critical: bool = False
    learnable: bool = True
    legal: bool = False

    @property
    def key(self) -> str:
        """What an answer of the person is about: the same competence anywhere, or this line."""
        return self.gate or self.competence or self.id


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A vacancy, traineeship or combined function of the pool."""

    id: str
    title: str
    text: str = ""
    kind: Kind = Kind.VACANCY
    requirements: tuple[Requirement, ...] = ()
    hours: Hours | None = None
    day_parts: frozenset[Slot] = frozenset()
    hours_flexible: bool = False
    place: Place | None = None
    level: int = 0
    diploma_required: bool = False
    guidance: bool = False
    organisation: str | None = None
    field: str | None = None
    target_groups: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something on file that shows a competence; graded as in `Grade`.

    `full` is False when it says that somebody does this in part, such as under supervision:
    it then meets a requirement partly, whatever its grade.
    """

    competence: str
    grade: Grade
    text: str = ""
    full: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody can and wants.

    `ambition_weight` runs from 0 (only what I can counts) to 1 (only what I want counts).
    `answers` holds what the person said about reasons, by `Requirement.key`.
    `travel_km` is as the crow flies; None means that distance does not matter.
    """

    id: str
    skills: str = ""
    ambition: str = ""
    place: Place | None = None
    travel_km: float | None = None
    hours: Hours | None = None
    day_parts: frozenset[Slot] = frozenset()
    level: int | None = None
    gates: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ambition_weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits that the visitor set on the result; None or empty means no limit.

    What stands behind `not_` leaves out: work for these target groups and no others; work with
    a critical requirement for one of these competences or gates; fixed day parts with one of
    these, and flexible ones with nothing else. `left_out` are ids of opportunities that are not
    wanted; they count nowhere.
    """

    kinds: frozenset[Kind] = frozenset()
    fields: frozenset[str] = frozenset()
    levels: frozenset[Level] = frozenset()
    without_diploma: bool = False
    not_groups: frozenset[str] = frozenset()
    not_competences: frozenset[str] = frozenset()
    not_gates: frozenset[str] = frozenset()
    not_parts: frozenset[Slot] = frozenset()
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """What the profile shows of one requirement.

    `evidence` is the person's own sentence, or the text of the evidence on file.
    `strength` runs from 0 to 1 and only orders; `status` is what people read.
    `answered` is set when the person said that our reading was wrong.
    """

    requirement: Requirement
    status: Status
    evidence: str | None
    strength: float
    grade: Grade | None = None
    answered: Answer | None = None


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One learning activity of the catalogue and the requirements (ids) that it closes."""

    activity: str
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """How the gaps close: activities, then what is learnt beside a colleague (weeks)."""

    steps: tuple[RouteStep, ...] = ()
    on_the_job: tuple[tuple[str, int], ...] = ()
    weeks: int = 0
    hours: int = 0
    paid: bool = True


class Why(StrEnum):
    """Why a deployability level was given; each is explained on the screen in words."""

    ALL_CRITICAL_MET = "all_critical_met"
    LEARNABLE_WITH_GUIDANCE = "learnable_with_guidance"
    EMPLOYER_ARRANGES_GATE = "employer_arranges_gate"
    ROUTE_CLOSES_GAP = "route_closes_gap"
    ROUTE_CLOSES_GATE = "route_closes_gate"
    GATE_MISSING = "gate_missing"
    CRITICAL_MISSING = "critical_missing"


@dataclass(frozen=True, slots=True)
class Deployability:
    """A level with its reasons: pairs of why and the requirement ids that it is about."""

    level: Level
    because: tuple[tuple[Why, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One opportunity in the answer. `score` runs from 0 to 1; higher is nearer."""

    opportunity: str
    score: float
    deployability: Deployability
    reasons: tuple[Reason, ...]
    route: Route
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ordered answer.

    `total` counts what passed every limit; `matches` is the part that was asked for.
    `considered` is the size of the pool. `left_out` counts, per limit, what only that
    limit keeps away: loosening it alone brings that many back.
    """

    matches: tuple[Match, ...]
    total: int
    considered: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A requirement that a vacancy text seems to ask, with the sentence that says so."""

    requirement: Requirement
    sentence: str
    strength: float

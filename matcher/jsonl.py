"""Opportunities and profiles as JSON lines, and matches back, for batches and comparisons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from matcher.datafiles import DataFileError, read_text
from matcher.places import PlaceAmbiguous, Places, PlaceUnknown
from matcher.types import Hours, Kind, Match, Opportunity, Place, Profile, Requirement

Line = TypeVar("Line", bound="_Line")

HOURS_OF_A_WEEK = 168


class _Lenient(BaseModel):
    """Unknown fields are passed over, so that a file can carry more; null counts as absent."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_null(cls, value: object) -> object:
        if isinstance(value, dict):
            return {name: inner for name, inner in value.items() if inner is not None}
        return value


class _Line(_Lenient):
    """What every line has."""

    id: str = Field(min_length=1)

    @field_validator("hours", mode="before", check_fields=False)
    @classmethod
    def _hours(cls, value: object) -> object:
        """Hours come as a number, as [from, to], as `24-28`, or as {min, max}."""
        if isinstance(value, dict):
            value = [value.get("min", value.get("low")), value.get("max", value.get("high"))]
        if isinstance(value, str):
            value = [part for part in value.replace("–", "-").split("-") if part.strip()]
        if isinstance(value, (int, float)):
            value = [value]
        if isinstance(value, list) and len(value) == 1:
            value = value * 2
        return value or None

    @field_validator("hours", mode="after", check_fields=False)
    @classmethod
    def _possible(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value is not None and not 0 <= value[0] <= value[1] <= HOURS_OF_A_WEEK:
            raise ValueError(f"hours a week run from low to high, within 0 to {HOURS_OF_A_WEEK}")
        return value


class _RequirementLine(_Lenient):
    text: str
    critical: bool = False
    learnable: bool = True
    gate: bool | str | None = None


class _OpportunityLine(_Line):
    title: str
    text: str = ""
    kind: Kind = Kind.VACANCY
    requirements: list[_RequirementLine | str] = []
    hours: tuple[float, float] | None = None
    place: str | None = None


class _ProfileLine(_Line):
    skills: str = ""
    ambition: str = ""
    place: str | None = None
    hours: tuple[float, float] | None = None
    gates: list[str] = []


def read_opportunities(file: Path, places: Places) -> list[Opportunity]:
    """Read opportunities, one JSON object a line.

    Raises:
        DataFileError: with the line and the field that is wrong, or an id that is used twice.
    """
    found: dict[str, Opportunity] = {}
    for number, line in _lines(file, _OpportunityLine):
        if line.id in found:
            raise DataFileError(file, number, "id", f"'{line.id}' is used twice")
        asked = [
            _RequirementLine(text=one) if isinstance(one, str) else one for one in line.requirements
        ]
        found[line.id] = Opportunity(
            id=line.id,
            title=line.title,
            text=line.text,
            kind=line.kind,
            requirements=tuple(
                Requirement(
                    id=f"{line.id}-{position}",
                    text=one.text,
                    critical=one.critical,
                    gate=one.gate if isinstance(one.gate, str) and one.gate else None,
                    learnable=one.learnable and not one.gate,
                    legal=bool(one.gate),
                )
                for position, one in enumerate(asked, start=1)
            ),
            hours=Hours(*line.hours) if line.hours else None,
            place=_place(line.place, places),
            # Such a file does not say whether guidance is offered; what can be learnt there is.
            guidance=any(one.learnable and not one.gate for one in asked),
        )
    return list(found.values())


def read_profiles(file: Path, places: Places) -> list[Profile]:
    """Read profiles, one JSON object a line.

    A place tells the distance and filters nothing, because no limit to the travel is given.
    Hours do filter; a single number means about so many, four hours either way.

    Raises:
        DataFileError: as `read_opportunities`.
    """
    found: dict[str, Profile] = {}
    for number, line in _lines(file, _ProfileLine):
        if line.id in found:
            raise DataFileError(file, number, "id", f"'{line.id}' is used twice")
        found[line.id] = Profile(
            id=line.id,
            skills=line.skills,
            ambition=line.ambition,
            place=_place(line.place, places),
            hours=_about(line.hours) if line.hours else None,
            gates=frozenset(line.gates),
        )
    return list(found.values())


def match_line(profile: Profile, matches: tuple[Match, ...]) -> str:
    """The answer for one profile, as one JSON line."""
    return json.dumps(
        {
            "profile": profile.id,
            "matches": [
                {
                    "opportunity": match.opportunity,
                    "score": round(match.score, 6),
                    "deployability": match.deployability.level.value,
                    "reasons": [
                        {
                            "requirement": reason.requirement.text,
                            "status": reason.status.value,
                            "evidence": reason.evidence,
                            "strength": round(min(1.0, max(0.0, reason.strength)), 6),
                        }
                        for reason in match.reasons
                    ],
                }
                for match in matches
            ],
        },
        ensure_ascii=False,
    )


def _lines(file: Path, model: type[Line]) -> Iterator[tuple[int, Line]]:
    # Not splitlines(): a text may hold a line separator of its own.
    for number, raw in enumerate(read_text(file).split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            value: Any = json.loads(raw)
        except json.JSONDecodeError as error:
            raise DataFileError(file, number, "", f"not valid JSON: {error.msg}") from error
        try:
            yield number, model.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            raise DataFileError(
                file, number, ".".join(map(str, first["loc"])), first["msg"]
            ) from error


def _about(hours: tuple[float, float]) -> Hours:
    low, high = hours
    return Hours(max(1.0, low - 4), high + 4) if low == high else Hours(low, high)


def _place(name: str | None, places: Places) -> Place | None:
    """A batch takes an unknown place as no place: it only tells a distance."""
    if not name:
        return None
    try:
        return places.find(name)
    except (PlaceUnknown, PlaceAmbiguous):
        return None

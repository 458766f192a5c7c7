"""From rows of the database to what the engine takes."""

from __future__ import annotations

from matcher import (
    Answer,
    Framework,
    Hours,
    Kind,
    Opportunity,
    Place,
    Profile,
    Requirement,
    bits_to_slots,
)
from portal.matching.models import MatchRequest
from portal.opportunities.models import Opportunity as OpportunityRow
from portal.opportunities.models import OpportunityRequirement


def to_opportunity(row: OpportunityRow, framework: Framework) -> Opportunity:
    """An opportunity as the engine takes it; its id is that of the row."""
    site = row.site
    return Opportunity(
        id=str(row.id),
        title=row.title,
        text=row.text,
        kind=Kind(row.kind),
        requirements=tuple(to_requirement(one, framework) for one in row.requirements),
        hours=Hours(row.hours_min, row.hours_max) if row.hours_min and row.hours_max else None,
        day_parts=bits_to_slots(row.day_parts),
        hours_flexible=row.hours_flexible,
        place=Place(site.place, site.province, site.latitude, site.longitude),
        level=row.level,
        diploma_required=row.diploma_required,
        guidance=bool(row.guidance),
        organisation=str(site.organisation_id),
        field=row.field,
        target_groups=tuple(row.target_groups),
        professions=tuple(filter(None, (row.profession, row.second_profession))),
    )


def to_requirement(row: OpportunityRequirement, framework: Framework) -> Requirement:
    """A requirement as the engine takes it; without own words it has the framework's."""
    known = framework.gates.get(row.gate or "") or framework.competences.get(row.competence or "")
    return Requirement(
        id=str(row.id),
        text=row.text or (known.label() if known else ""),
        competence=row.competence,
        gate=row.gate,
        critical=row.critical,
        learnable=row.learnable,
        legal=row.gate is not None,
    )


def to_profile(request: MatchRequest, place: Place | None) -> Profile:
    """What a visitor asked as the engine takes it."""
    hours = (
        Hours(request.hours_low, request.hours_high)
        if request.hours_low and request.hours_high
        else None
    )
    return Profile(
        id=str(request.id),
        skills=request.skills,
        ambition=request.ambition,
        place=place,
        travel_km=request.travel_km,
        hours=hours,
        gates=frozenset(request.gates),
        answers={key: Answer(value) for key, value in request.answers.items()},
        ambition_weight=request.ambition_weight,
    )

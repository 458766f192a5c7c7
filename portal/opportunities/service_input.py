"""What an employer sends: everything about an opening."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.opportunities.models import Contract, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementInput:
    """One requirement as it is posted: a competence, a gate, or only own words."""

    competence: str | None = None
    gate: str | None = None
    text: str = ""
    critical: bool = False
    learnable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityInput:
    """Everything that an employer says of an opportunity; names are the columns'."""

    site_id: int
    kind: Kind
    field: str
    title: str
    text: str
    contract: Contract
    requirements: tuple[RequirementInput, ...] = ()
    target_groups: tuple[str, ...] = ()
    profession: str | None = None
    second_profession: str | None = None
    language: str = "nl"
    tasks: tuple[str, ...] = ()
    hours_min: float | None = None
    hours_max: float | None = None
    day_parts: int = 0
    hours_flexible: bool = True
    combinable: bool = False
    level: int = 0
    diploma_required: bool = False
    pay_group: str | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    collective_agreement: str | None = None
    learning_paid: bool = False
    shape: str | None = None
    guidance: str | None = None
    support: tuple[str, ...] = ()
    places: int = 1
    closes_on: date | None = None
    kept_words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Why a flagged word or demand stays, by the key of the flag."""

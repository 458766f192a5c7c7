"""A region on file: organisations, their sites and what they offer (`data/demo`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from matcher.datafiles import Located, Record, by_id, read_folder, read_records
from matcher.framework import Framework, check_ids
from matcher.places import PlaceAmbiguous, Places, PlaceUnknown
from matcher.sayings import Identifier
from matcher.types import DayPart, Hours, Kind, Opportunity, Place, Requirement, Slot, Weekday


class Contract(StrEnum):
    """The kinds of contract."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    FIXED_TERM_THEN_PERMANENT = "fixed_term_then_permanent"
    LEARNING = "learning"
    PLACEMENT = "placement"
    PREPARATORY = "preparatory"


class Shape(StrEnum):
    """Shapes of lateral entry, after the examples in the regional action plans."""

    SWITCHER = "switcher"
    BBL_ON_BENEFIT = "bbl_on_benefit"
    PRACTICE_ROUTE = "practice_route"
    CARE_WATCH = "care_watch"
    LIVING_ROOM_HOST = "living_room_host"
    CARVED_JOB = "carved_job"
    GUARANTEED_LEARNING_JOB = "guaranteed_learning_job"
    PREPARATORY_ROUTE = "preparatory_route"
    PRACTICE_STATEMENT = "practice_statement"
    JOB_COACHING = "job_coaching"
    RETURNER = "returner"
    SECOND_TRACK = "second_track"
    NEWCOMER = "newcomer"
    CONTRACT_EXTENSION = "contract_extension"
    LIVED_EXPERIENCE = "lived_experience"


class Site(Record):
    """A place of work of an organisation."""

    id: Identifier
    name: str = Field(min_length=2)
    place: str


class Organisation(Record):
    """An employer of the region."""

    id: Identifier
    name: str = Field(min_length=2)
    fields: tuple[Identifier, ...] = Field(min_length=1)
    about: str = Field(min_length=20)
    sites: tuple[Site, ...] = Field(min_length=1)


class PostedRequirement(Record):
    """A requirement as an employer posts it: of a competence or of a gate, at will in own words."""

    competence: Identifier | None = None
    gate: Identifier | None = None
    text: str | None = Field(default=None, min_length=5, max_length=200)
    critical: bool
    learnable: bool

    @model_validator(mode="after")
    def _asks_one_thing(self) -> PostedRequirement:
        if (self.competence is None) == (self.gate is None):
            raise ValueError("name a competence or a gate, and not both")
        return self


class Posting(Record):
    """An opportunity as an employer posts it. Pay in euro gross a month, full time."""

    id: Identifier
    kind: Kind
    site: Identifier
    field: Identifier
    target_groups: tuple[Identifier, ...]
    profession: Identifier
    second_profession: Identifier | None = None
    title: str = Field(min_length=5, max_length=120)
    language: Annotated[str, Field(pattern="^(nl|en)$")]
    text: str
    tasks: tuple[str, ...] = Field(min_length=3, max_length=6)
    requirements: tuple[PostedRequirement, ...] = Field(min_length=4, max_length=8)
    hours_min: float = Field(gt=0, le=40)
    hours_max: float = Field(gt=0, le=40)
    day_parts: dict[Weekday, tuple[DayPart, ...]]
    hours_flexible: bool
    combinable: bool
    level: int = Field(ge=0, le=7)
    diploma_required: bool
    pay_group: str
    pay_min: int = Field(ge=0, le=15000)
    pay_max: int = Field(ge=0, le=15000)
    collective_agreement: str
    contract: Contract
    learning_paid: bool
    shape: Shape | None = None
    guidance: str | None = None
    support: tuple[str, ...] = ()
    places: int = Field(ge=1, le=50)
    closes_in_days: int = Field(ge=14, le=150)

    @field_validator("text")
    @classmethod
    def _long_enough(cls, text: str) -> str:
        words = len(text.split())
        if not 120 <= words <= 250:
            raise ValueError(f"a text has 120 to 250 words, this one has {words}")
        return text

    @model_validator(mode="after")
    def _ranges(self) -> Posting:
        if self.hours_min > self.hours_max:
            raise ValueError("hours_min is above hours_max")
        if self.pay_min > self.pay_max:
            raise ValueError("pay_min is above pay_max")
        if self.kind is Kind.COMBINED_FUNCTION and self.second_profession is None:
            raise ValueError("a combined function names its second_profession")
        return self

    @property
    def slots(self) -> frozenset[Slot]:
        """The day parts as pairs of weekday and part."""
        return frozenset((day, part) for day, parts in self.day_parts.items() for part in parts)


@dataclass(frozen=True)
class Region:
    """Everything in one region's folder. `places` holds the place of each site, by site id."""

    organisations: Mapping[str, Organisation]
    postings: Mapping[str, Posting]
    places: Mapping[str, Place]

    def organisation_of(self, site: str) -> Organisation:
        """The organisation that a site belongs to."""
        return next(
            organisation
            for organisation in self.organisations.values()
            if any(own.id == site for own in organisation.sites)
        )

    def opportunities(self, framework: Framework) -> list[Opportunity]:
        """The postings as the engine takes them, in the order of the files."""
        return [self._opportunity(posting, framework) for posting in self.postings.values()]

    def _opportunity(self, posting: Posting, framework: Framework) -> Opportunity:
        professions = (posting.profession, posting.second_profession)
        return Opportunity(
            id=posting.id,
            title=posting.title,
            text=posting.text,
            kind=posting.kind,
            requirements=tuple(
                requirement_of(f"{posting.id}-{number}", asked, framework)
                for number, asked in enumerate(posting.requirements, start=1)
            ),
            hours=Hours(posting.hours_min, posting.hours_max),
            day_parts=posting.slots,
            hours_flexible=posting.hours_flexible,
            place=self.places[posting.site],
            level=posting.level,
            diploma_required=posting.diploma_required,
            guidance=bool(posting.guidance),
            organisation=self.organisation_of(posting.site).id,
            field=posting.field,
            target_groups=posting.target_groups,
            professions=tuple(filter(None, professions)),
        )


def requirement_of(identifier: str, asked: PostedRequirement, framework: Framework) -> Requirement:
    """A posted requirement as the engine takes it; without own words it has the framework's."""
    known = (
        framework.competences[asked.competence]
        if asked.competence
        else framework.gates[asked.gate or ""]
    )
    return Requirement(
        id=identifier,
        text=asked.text or known.label(),
        competence=asked.competence,
        gate=asked.gate,
        critical=asked.critical,
        learnable=asked.learnable,
        legal=asked.gate is not None,
    )


def load_region(folder: Path, framework: Framework, places: Places) -> Region:
    """Read a region's folder: `organisations.yaml` and `opportunities/*.yaml`.

    Raises:
        DataFileError: a file is missing or broken, or names something that is not known.
    """
    organisations = read_records(folder / "organisations.yaml", Organisation)
    sites: dict[str, Place] = {}
    for located in organisations:
        check_ids(located, "fields", located.record.fields, framework.fields)
        for number, site in enumerate(located.record.sites):
            if site.id in sites:
                raise located.error(("sites", number, "id"), f"'{site.id}' is used twice")
            try:
                sites[site.id] = places.find(site.place)
            except (PlaceUnknown, PlaceAmbiguous) as error:
                raise located.error(("sites", number, "place"), str(error)) from error
    postings = read_folder(folder / "opportunities", Posting)
    for posting in postings:
        _check_posting(posting, framework, sites)
    return Region(by_id(organisations), by_id(postings), sites)


def _check_posting(
    located: Located[Posting], framework: Framework, sites: Mapping[str, Place]
) -> None:
    posting = located.record
    check_ids(located, "site", [posting.site], sites)
    check_ids(located, "field", [posting.field], framework.fields)
    check_ids(located, "target_groups", posting.target_groups, framework.target_groups)
    check_ids(located, "profession", [posting.profession], framework.professions)
    if posting.second_profession:
        check_ids(located, "second_profession", [posting.second_profession], framework.professions)
    for number, asked in enumerate(posting.requirements):
        for name, wanted, known in (
            ("competence", asked.competence, framework.competences),
            ("gate", asked.gate, framework.gates),
        ):
            if wanted and wanted not in known:
                raise located.error(("requirements", number, name), f"'{wanted}' is not known")

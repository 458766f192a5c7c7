"""What data/framework/guide tells of professions, fields and target groups, checked.

The framework says what work is and asks; the guide says what it is like. It is for people only:
the engine never reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from portal.matching.knowledge import Framework

_MOMENT: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d \S.*")

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
Line = Annotated[str, Field(min_length=8, max_length=400)]


class GuideError(ValueError):
    """A file of the guide cannot be used; the message says which, which record and why."""


class Record(BaseModel):
    """The base of every record: unknown fields are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Found(StrEnum):
    """How easily work is found in a profession, in three words."""

    EASY = "easy"
    FAIR = "fair"
    HARD = "hard"


class ProfessionWords(Record):
    """A profession in one language; `day` holds moments that begin with their time."""

    day: tuple[Annotated[str, Field(pattern=_MOMENT.pattern, max_length=200)], ...] = Field(
        min_length=3, max_length=5
    )
    body: Line
    mind: Line
    contact: Line
    next: Line
    found: Line
    routes: Line | None = None

    @property
    def moments(self) -> tuple[tuple[str, str], ...]:
        """The moments of a day as pairs of a time and what happens then."""
        return tuple((time, what) for time, _, what in (one.partition(" ") for one in self.day))


class ProfessionGuide(Record):
    """What the guide tells of a profession.

    `next` are professions that people go on to; `ways` the learning activities that lead to it,
    the usual one first.
    """

    id: Identifier
    next: tuple[Identifier, ...] = Field(min_length=1, max_length=5)
    ways: tuple[Identifier, ...] = Field(min_length=1, max_length=5)
    found: Found
    nl: ProfessionWords
    en: ProfessionWords

    @model_validator(mode="after")
    def _says_the_same(self) -> ProfessionGuide:
        """Both languages tell the same day, and both or neither a special way in."""
        times = [[time for time, _what in words.moments] for words in (self.nl, self.en)]
        if times[0] != times[1]:
            raise ValueError("the days of nl and en have other times")
        if (self.nl.routes is None) != (self.en.routes is None):
            raise ValueError("routes stands in one language only")
        if self.id in self.next or len(set(self.next)) != len(self.next):
            raise ValueError("next names the profession itself, or one twice")
        return self

    def words(self, language: str) -> ProfessionWords:
        """The words in that language; Dutch for any language that is not English."""
        return self.en if language == "en" else self.nl


class PlaceWords(Record):
    """What it is like to work somewhere or for somebody, what is beautiful and what is hard."""

    like: Line
    beautiful: Line
    hard: Line


class PlaceGuide(Record):
    """What the guide tells of a field of work or of a target group."""

    id: Identifier
    nl: PlaceWords
    en: PlaceWords

    def words(self, language: str) -> PlaceWords:
        """The words in that language; Dutch for any language that is not English."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class Guide:
    """Everything in the guide, by id."""

    professions: Mapping[str, ProfessionGuide]
    fields: Mapping[str, PlaceGuide]
    target_groups: Mapping[str, PlaceGuide]


def load_guide(folder: Path, known: Framework) -> Guide:
    """Read the guide and check it against the framework.

    Raises GuideError: a file is missing or broken, an id is unknown or twice there, or something
    of the framework is missing.
    """
    professions: list[ProfessionGuide] = []
    for file in sorted((folder / "professions").glob("*.yaml")):
        professions += read_list(file, ProfessionGuide)
    guide = Guide(
        professions=_by_id(professions),
        fields=_by_id(read_list(folder / "fields.yaml", PlaceGuide)),
        target_groups=_by_id(read_list(folder / "target_groups.yaml", PlaceGuide)),
    )
    for name in ("professions", "fields", "target_groups"):
        told, wanted = getattr(guide, name).keys(), getattr(known, name).keys()
        if told != wanted:
            wrong = ", ".join(sorted(told ^ wanted))
            raise GuideError(f"{folder}: the {name} differ from the framework in {wrong}")
    for one in professions:
        check_known(f"{folder}: {one.id}, next", one.next, known.professions)
        check_known(f"{folder}: {one.id}, ways", one.ways, known.learning)
    return guide


R = TypeVar("R", bound=BaseModel)


def read_list(file: Path, model: type[R]) -> list[R]:
    """Read a YAML list of records. Raises GuideError, which names the record and the field."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GuideError(f"{file}: {error}") from error
    if not isinstance(entries, list) or not entries:
        raise GuideError(f"{file}: expected a list of records")
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(model.model_validate(entry))
        except ValidationError as error:
            name = entry.get("id", number) if isinstance(entry, dict) else number
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise GuideError(f"{file}: {name}, {where}: {first['msg']}") from error
    return found


def check_known(where: str, ids: Iterable[str], known: Mapping[str, object]) -> None:
    """Refuse an id that the framework does not have. Raises GuideError."""
    for one in ids:
        if one not in known:
            raise GuideError(f"{where}: '{one}' is not known")


G = TypeVar("G", ProfessionGuide, PlaceGuide)


def _by_id(records: Iterable[G]) -> dict[str, G]:
    found: dict[str, G] = {}
    for one in records:
        if one.id in found:
            raise GuideError(f"'{one.id}' is told twice")
        found[one.id] = one
    return found

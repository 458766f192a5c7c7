"""The framework: competences, professions, fields of work, gates and learning activities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from matcher.datafiles import Located, Record, Text, by_id, read_folder, read_records
from matcher.sayings import Expressions, Identifier, Origin
from matcher.unwanted import Unwanted

Language: TypeAlias = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


class Form(StrEnum):
    """The forms of a learning activity."""

    MODULE = "module"
    E_LEARNING = "e_learning"
    PRACTICE_STATEMENT = "practice_statement"
    CERTIFICATE = "certificate"
    BBL = "bbl"
    BOL = "bol"


class _TwoLanguages(Record):
    """Something with a name and a description in both languages."""

    id: Identifier
    nl: Text
    en: Text

    def label(self, language: str = "nl") -> str:
        """The name in that language; Dutch for any language that is not English."""
        return (self.en if language == "en" else self.nl).label

    def description(self, language: str = "nl") -> str:
        """A line about it in that language."""
        return (self.en if language == "en" else self.nl).description


class CompetenceText(Text):
    """The words of a competence, with where people learn it outside care."""

    elsewhere: tuple[Annotated[str, Field(min_length=3)], ...] = Field(min_length=3)


class Competence(_TwoLanguages):
    """Something a person can do, in observable words.

    `weeks_on_the_job` is how long it usually takes beside a colleague; None when it cannot
    be learnt there.
    """

    nl: CompetenceText
    en: CompetenceText
    weeks_on_the_job: int | None = Field(ge=1, le=104)
    legal_basis: str | None = None
    esco_uri: str = ""
    competentnl_uri: str = ""


class Gate(_TwoLanguages):
    """A fact that the law or a register asks for. It is on file or it is not."""

    legal_basis: str
    arranged_by_employer: bool
    recognise: tuple[str, ...] = Field(min_length=1)


class WorkField(_TwoLanguages):
    """A field of work (branch)."""


class TargetGroup(_TwoLanguages):
    """The people whom work is for."""


class ProfessionText(Text):
    """The words of a profession, with other names for it."""

    also_called: tuple[str, ...] = ()


class Profession(_TwoLanguages):
    """A profession; `level` 0 is no diploma, 1 to 4 mbo, 6 hbo, 7 wo."""

    field: Identifier
    target_groups: tuple[Identifier, ...]
    nl: ProfessionText
    en: ProfessionText
    level: int = Field(ge=0, le=8)
    gates: tuple[Identifier, ...]
    pay_group: str
    collective_agreement: str
    competences: tuple[Identifier, ...] = Field(min_length=3)


class ActivityText(Record):
    """The words of a learning activity."""

    title: str = Field(min_length=2, max_length=160)
    description: str = Field(min_length=10)


class LearningActivity(Record):
    """A learning activity of the catalogue, with the competences and gates it delivers."""

    id: Identifier
    form: Form
    nl: ActivityText
    en: ActivityText
    provider: str
    weeks: int = Field(ge=1, le=260)
    hours_per_week: float = Field(gt=0, le=40)
    paid: bool
    entry_level: int = Field(ge=0, le=7)
    competences: tuple[Identifier, ...]
    gates: tuple[Identifier, ...] = ()

    def label(self, language: str = "nl") -> str:
        """The title in that language."""
        return (self.en if language == "en" else self.nl).title

    def description(self, language: str = "nl") -> str:
        """What one learns there, in that language."""
        return (self.en if language == "en" else self.nl).description


@dataclass(frozen=True)
class Framework:
    """Everything in `data/framework`, by id, in the order of the files."""

    competences: Mapping[str, Competence]
    gates: Mapping[str, Gate]
    fields: Mapping[str, WorkField]
    target_groups: Mapping[str, TargetGroup]
    professions: Mapping[str, Profession]
    learning: Mapping[str, LearningActivity]
    expressions: Mapping[str, Expressions] = field(default_factory=dict)
    """Per competence, what people say."""
    wishes: Mapping[str, Expressions] = field(default_factory=dict)
    """Per profession, how people say that they want such work."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    unwanted: Mapping[str, Unwanted] = field(default_factory=dict)
    """What people rather not do, and for whom."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of competences by the file that they stand in, which is how people find them."""

    def said_of(self, competence: str) -> tuple[str, ...]:
        """What people say of a competence; nothing for one of which nobody wrote it down."""
        said = self.expressions.get(competence)
        return said.lines if said else ()

    def wished_of(self, profession: str) -> tuple[str, ...]:
        """How people say that they want the work of a profession; nothing where none is known."""
        wished = self.wishes.get(profession)
        return wished.lines if wished else ()

    def gate_in(self, text: str) -> str | None:
        """The gate that a demand names in words, if any; the longest name wins."""
        return next(iter(self.gates_in(text)), None)

    def gates_in(self, text: str) -> tuple[str, ...]:
        """Every gate that a text names in words, longest name first.

        A name inside a longer one does not count (*BIG* in *BIG-registratie fysiotherapeut*).
        A name that `recognise` writes in capitals counts in capitals only: BIG is not *a big team*.
        """
        left = " ".join(text.split())
        found: dict[str, None] = {}
        for pattern, gate in self._gate_names:
            left, times = pattern.subn(";", left)
            if times:
                found[gate] = None
        return tuple(found)

    def without_gates(self, text: str) -> str:
        """A text without the names of gates, which say what is on file and not what is done."""
        left = text
        for pattern, _ in self._gate_names:
            left = pattern.sub(" ", left)
        return left

    @cached_property
    def _gate_names(self) -> list[tuple[re.Pattern[str], str]]:
        names = [(name, gate.id) for gate in self.gates.values() for name in gate.recognise]
        return [
            (
                re.compile(
                    rf"(?<!\w){re.escape(name)}(?!\w)", 0 if name.isupper() else re.IGNORECASE
                ),
                gate,
            )
            for name, gate in sorted(names, key=lambda pair: (-len(pair[0]), pair))
        ]


def load_framework(folder: Path) -> Framework:
    """Read `data/framework`.

    Raises:
        DataFileError: a file is missing or broken, an id is used twice or is not known.
    """
    competences = read_folder(folder / "competences", Competence)
    gates = read_records(folder / "gates.yaml", Gate)
    fields = read_records(folder / "fields.yaml", WorkField)
    target_groups = read_records(folder / "target_groups.yaml", TargetGroup)
    professions = read_records(folder / "professions.yaml", Profession)
    learning = read_records(folder / "learning.yaml", LearningActivity)
    expressions = read_folder(folder / "expressions", Expressions)
    wishes = read_records(folder / "wishes.yaml", Expressions)
    origins = read_records(folder / "origins.yaml", Origin)
    unwanted = read_records(folder / "limits.yaml", Unwanted)
    groups: dict[str, tuple[str, ...]] = {}
    for competence in competences:
        name = competence.file.stem
        groups[name] = (*groups.get(name, ()), competence.record.id)
    framework = Framework(
        competences=by_id(competences),
        gates=by_id(gates),
        fields=by_id(fields),
        target_groups=by_id(target_groups),
        professions=by_id(professions),
        learning=by_id(learning),
        expressions=by_id(expressions),
        wishes=by_id(wishes),
        origins=by_id(origins),
        unwanted=by_id(unwanted),
        groups=groups,
    )
    for saying in expressions:
        check_ids(saying, "id", [saying.record.id], framework.competences)
    for saying in wishes:
        check_ids(saying, "id", [saying.record.id], framework.professions)
    for origin in origins:
        check_ids(origin, "brings", origin.record.brings, framework.competences)
    for topic in unwanted:
        check_ids(topic, "groups", topic.record.groups, framework.target_groups)
        check_ids(topic, "competences", topic.record.competences, framework.competences)
    for profession in professions:
        check_ids(profession, "field", [profession.record.field], framework.fields)
        check_ids(
            profession, "target_groups", profession.record.target_groups, framework.target_groups
        )
    demands: list[Located[Profession] | Located[LearningActivity]] = [*professions, *learning]
    for located in demands:
        check_ids(located, "competences", located.record.competences, framework.competences)
        check_ids(located, "gates", located.record.gates, framework.gates)
    return framework


def check_ids(
    located: Located[Any],
    name: str,
    ids: Iterable[str],
    known: Mapping[str, object],
) -> None:
    """Refuse an id that nothing has.

    Raises:
        DataFileError: pointing at the field that names it.
    """
    for wanted in ids:
        if wanted not in known:
            raise located.error((name,), f"'{wanted}' is not known")

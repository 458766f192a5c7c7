"""What people say, and where they come from: expressions per competence, and origins.

Both are data of the framework, written by hand. An expression is a way in which somebody says
that they did or want what a competence names. An origin is an occupation outside care with what
it usually brings: a proposal to confirm, never evidence by itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from matcher.datafiles import Record

Identifier: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Line: TypeAlias = Annotated[str, Field(min_length=3, max_length=240)]


class Expressions(Record):
    """The ways in which people say that they did something or want it; `id` says what."""

    id: Identifier
    nl: tuple[Line, ...] = Field(min_length=10)
    en: tuple[Line, ...] = Field(min_length=5)

    @property
    def lines(self) -> tuple[str, ...]:
        """Dutch first, then English."""
        return (*self.nl, *self.en)


class Surety(StrEnum):
    """How surely an origin brings a competence."""

    USUALLY = "usually"
    OFTEN = "often"
    SOMETIMES = "sometimes"

    @property
    def share(self) -> float:
        """About how many of those people bring it, 0 to 1."""
        return {"usually": 0.9, "often": 0.6, "sometimes": 0.3}[self.value]


class OriginText(Record):
    """The names of an origin in one language: the usual one, and others that people use."""

    name: Annotated[str, Field(min_length=2, max_length=80)]
    also: tuple[Annotated[str, Field(min_length=2, max_length=120)], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, the usual one first."""
        return (self.name, *self.also)


class Origin(Record):
    """An occupation outside care, or a role that people name like one, and what it brings."""

    id: Identifier
    nl: OriginText
    en: OriginText
    brings: dict[Identifier, Surety] = Field(min_length=3, max_length=8)

    def label(self, language: str = "nl") -> str:
        """The usual name in that language; Dutch for any language that is not English."""
        return (self.en if language == "en" else self.nl).name

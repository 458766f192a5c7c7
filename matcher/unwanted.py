"""What people say that they do not want, as data: for whom, or which work.

Written by hand in `data/framework/limits.yaml`. A topic is as large as people name it (*wassen*,
*kantoorwerk*); it stands for target groups or for competences of the framework.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from matcher.datafiles import Record
from matcher.sayings import Identifier

Word: TypeAlias = Annotated[str, Field(min_length=2, max_length=60)]


class TopicText(Record):
    """How a topic is called on the screen, and the words that people use for it."""

    label: str = Field(min_length=2, max_length=60)
    words: tuple[Word, ...] = Field(min_length=1)


class Unwanted(Record):
    """Something that people rather not do: `groups` or `competences` say what is left out."""

    id: Identifier
    groups: tuple[Identifier, ...] = ()
    competences: tuple[Identifier, ...] = ()
    nl: TopicText
    en: TopicText

    @model_validator(mode="after")
    def _one_of_both(self) -> Unwanted:
        if bool(self.groups) is bool(self.competences):
            raise ValueError("name groups or competences, not both and not neither")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """Dutch first, then English."""
        return (*self.nl.words, *self.en.words)

    def label(self, language: str = "nl") -> str:
        """The name in that language; Dutch for any language that is not English."""
        return (self.en if language == "en" else self.nl).label

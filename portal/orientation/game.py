"""The game of eight situations: what is chosen, the ambition that it makes, and which work fits.

The score is a sum of points that anybody can follow: the framework says what each profession
asks and for whom it is, and each choice says which of these it speaks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from portal.matching.knowledge import Framework, Profession
from portal.orientation.guide import GuideError, Identifier, Record, check_known, read_list

MANY: Final = 8
"""So many situations the game has."""
SUGGESTED: Final = 6
"""So many professions are named at the end."""
_RARE: Final = 0.5
"""What a choice gives on top of its point when only one profession has what it speaks for."""


class SceneWords(Record):
    """A situation in one language."""

    scene: str = Field(min_length=8, max_length=160)


class ChoiceWords(Record):
    """A choice in one language; `text` is its sentence of the ambition."""

    label: str = Field(min_length=3, max_length=80)
    note: str = Field(min_length=8, max_length=120)
    text: str = Field(min_length=8, max_length=200)


class Choice(Record):
    """What somebody may choose, and what that speaks for and against."""

    id: Identifier
    nl: ChoiceWords
    en: ChoiceWords
    toward: tuple[Identifier, ...] = Field(min_length=1)
    away: tuple[Identifier, ...] = ()

    def words(self, language: str) -> ChoiceWords:
        """The words in that language; Dutch for any language that is not English."""
        return self.en if language == "en" else self.nl


class Situation(Record):
    """One of the eight, with two or three choices."""

    id: Identifier
    nl: SceneWords
    en: SceneWords
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=3)]

    def scene(self, language: str) -> str:
        """What happens, in that language."""
        return (self.en if language == "en" else self.nl).scene

    def choice(self, identifier: str) -> Choice | None:
        """The choice with this id; None for an unknown one."""
        return next((one for one in self.choices if one.id == identifier), None)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A profession that fits, with the situations whose choices speak for it."""

    profession: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Game:
    """The situations, in order."""

    situations: tuple[Situation, ...]

    def read(self, sent: Mapping[str, str]) -> dict[str, str]:
        """Keep of what was sent, by situation, what is a choice; in the order of the game."""
        return {one.id: sent[one.id] for one in self.situations if one.choice(sent.get(one.id, ""))}

    def next(self, chosen: Mapping[str, str]) -> Situation | None:
        """The first situation without a choice; None when all have one."""
        return next((one for one in self.situations if one.id not in chosen), None)

    def ambition(self, chosen: Mapping[str, str], language: str) -> str:
        """What somebody wants, in sentences that they may change."""
        picked = (one.choice(chosen.get(one.id, "")) for one in self.situations)
        return " ".join(choice.words(language).text for choice in picked if choice)

    def suggest(self, chosen: Mapping[str, str], known: Framework) -> list[Suggestion]:
        """The professions that most choices speak for, the most first.

        A choice gives a point, and up to half a point more the fewer professions share what it
        speaks for: *job coaching* says more than *patience*. It takes one where it speaks
        against. Among equals goes before who needs the lower level: that door is open sooner.
        Never more than two of one field, so that there is something to choose.
        """
        asked = Counter(one for other in known.professions.values() for one in _has(other))
        scored = []
        for order, (identifier, profession) in enumerate(known.professions.items()):
            has = _has(profession)
            because: list[str] = []
            points = 0.0
            for situation in self.situations:
                choice = situation.choice(chosen.get(situation.id, ""))
                if choice is None:
                    continue
                if shared := has & set(choice.toward):
                    because.append(situation.id)
                    points += 1 + _RARE * max(asked[one] ** -0.5 for one in shared)
                if has & set(choice.away):
                    points -= 1
            # Rounded: the same sum in another order is still a tie.
            scored.append((-round(points, 6), profession.level, order, identifier, tuple(because)))
        found: list[Suggestion] = []
        fields: dict[str, int] = {}
        for below, _level, _order, identifier, speaking in sorted(scored):
            field = known.professions[identifier].field
            if below < 0 and speaking and fields.get(field, 0) < 2:
                fields[field] = fields.get(field, 0) + 1
                found.append(Suggestion(identifier, speaking))
        return found[:SUGGESTED]


def _has(profession: Profession) -> set[str]:
    """Everything of a profession that a choice can speak for or against."""
    return {
        profession.id,
        profession.field,
        *profession.target_groups,
        *profession.competences,
    }


def load_game(file: Path, known: Framework) -> Game:
    """Read the situations and check them. Raises GuideError."""
    situations = tuple(read_list(file, Situation))
    if len(situations) != MANY or len({one.id for one in situations}) != MANY:
        raise GuideError(f"{file}: expected {MANY} situations with ids of their own")
    everything = {
        **known.competences,
        **known.fields,
        **known.target_groups,
        **known.professions,
    }
    for one in situations:
        if len({choice.id for choice in one.choices}) != len(one.choices):
            raise GuideError(f"{file}: {one.id} has two choices with the same id")
        for choice in one.choices:
            check_known(
                f"{file}: {one.id}, {choice.id}", (*choice.toward, *choice.away), everything
            )
    return Game(situations)

"""What the encoder learns from: sentence pairs, texts that belong together, and small scenes.

A *family* is a set of texts that mean one thing: the expressions of a competence with its label
and description, the names of an occupation with its description. A *scene* is a profile as
somebody might write it, put together from expressions of several competences, beside the
profession that asks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.datafiles import DataFileError, read_text
from matcher.framework import Competence, Framework
from matcher.training.corpora import Occupation, held_out, occupations, sentence_pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """One meaning in two languages; `weight` is how much oftener it is drawn than a sentence."""

    dutch: str
    english: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Family:
    """Texts of one meaning. `asked` are what people say, `told` what describes it."""

    asked: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A profession in words, beside what the competences that it asks sound like."""

    told: tuple[str, ...]
    skills: tuple[tuple[str, ...], ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """Everything that one training reads."""

    pairs: list[Pair]
    families: dict[str, list[Family]]
    scenes: list[Scene]
    said: list[str]
    """What people say of what they did and want: the expressions and wishes."""

    def texts(self) -> list[str]:
        """Every text once, in the order of the material."""
        found: dict[str, None] = {}
        for pair in self.pairs:
            found[pair.dutch] = found[pair.english] = None
        for group in self.families.values():
            for family in group:
                found.update(dict.fromkeys((*family.asked, *family.told)))
        for scene in self.scenes:
            found.update(dict.fromkeys((*scene.told, *scene.wishes)))
            for lines in scene.skills:
                found.update(dict.fromkeys(lines))
        return list(found)


def gather(
    framework: Framework,
    pairs_folder: Path,
    *,
    sentences: Path,
    occupations_nl: Path,
    occupations_en: Path,
) -> Material:
    """Read the corpora and our own texts.

    Raises:
        CorpusError: a corpus is missing or another one than expected.
        DataFileError: a file of pairs does not hold two columns.
    """
    dutch, english = occupations(occupations_nl), occupations(occupations_en)
    other = {one.uri: one for one in english}
    pairs = [Pair(*one) for one in sentence_pairs(sentences)]
    pairs += [Pair(*one, weight=3.0) for one in own_pairs(pairs_folder)]
    pairs += _framework_pairs(framework)
    for one in dutch:
        if twin := other.get(one.uri):
            pairs += [Pair(one.name, twin.name), Pair(one.description, twin.description)]
    return Material(
        pairs=pairs,
        families={
            "competences": _competences(framework),
            "professions": _professions(framework),
            "origins": _origins(framework),
            "occupations": [_occupation(one, other) for one in dutch],
        },
        scenes=_scenes(framework),
        said=[
            line
            for one in (*framework.wishes.values(), *framework.expressions.values())
            for line in one.lines
        ],
    )


def own_pairs(folder: Path) -> list[tuple[str, str]]:
    """The Dutch-English pairs of `data/framework/pairs`: two columns, parted by a tab.

    Raises:
        DataFileError: a line holds something else.
    """
    found: list[tuple[str, str]] = []
    for file in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(read_text(file).splitlines(), start=1):
            columns = [part.strip() for part in line.split("\t")]
            if len(columns) != 2 or not all(columns):
                raise DataFileError(file, number, "", "expected Dutch, a tab and English")
            found.append((columns[0], columns[1]))
    return found


def _framework_pairs(framework: Framework) -> list[Pair]:
    found: list[Pair] = []
    groups: tuple[Mapping[str, object], ...] = (
        framework.competences,
        framework.professions,
        framework.fields,
        framework.target_groups,
        framework.gates,
        framework.learning,
    )
    for group in groups:
        for record in group.values():
            for read in ("label", "description"):
                words = getattr(record, read)
                found.append(Pair(words("nl"), words("en"), weight=2.0))
    found += [Pair(one.label("nl"), one.label("en"), 2.0) for one in framework.origins.values()]
    return found


def _competences(framework: Framework) -> list[Family]:
    return [
        Family(
            asked=_sounds(framework, competence),
            told=(
                competence.nl.label,
                competence.nl.description,
                competence.en.label,
                competence.en.description,
            ),
        )
        for competence in framework.competences.values()
    ]


def _sounds(framework: Framework, competence: Competence) -> tuple[str, ...]:
    """What a competence sounds like in what people tell."""
    return (
        *competence.nl.elsewhere,
        *competence.en.elsewhere,
        *framework.said_of(competence.id),
    )


def _professions(framework: Framework) -> list[Family]:
    return [
        Family(
            asked=(
                *profession.nl.also_called,
                *profession.en.also_called,
                profession.nl.label,
                profession.en.label,
                *framework.wished_of(profession.id),
            ),
            told=(profession.nl.description, profession.en.description),
        )
        for profession in framework.professions.values()
    ]


def _origins(framework: Framework) -> list[Family]:
    return [
        Family(
            asked=(*origin.nl.names, *origin.en.names),
            told=tuple(
                framework.competences[one].label(language)
                for one in origin.brings
                for language in ("nl", "en")
            ),
        )
        for origin in framework.origins.values()
    ]


def _occupation(one: Occupation, other: Mapping[str, Occupation]) -> Family:
    """An occupation of ESCO, without the Dutch names that the evaluation asks."""
    twin = other.get(one.uri)
    names = [name for name in one.others if not held_out(one.uri, name)]
    if twin:
        names += [twin.name, *twin.others]
    return Family(
        asked=(one.name, *names),
        told=(
            f"{one.name}. {one.description}",
            one.description,
            *((twin.description,) if twin else ()),
        ),
    )


def _scenes(framework: Framework) -> list[Scene]:
    found: list[Scene] = []
    for profession in framework.professions.values():
        known = [framework.competences[one] for one in profession.competences]
        groups = [framework.target_groups[one] for one in profession.target_groups]
        field = framework.fields[profession.field]
        told: list[str] = []
        for language in ("nl", "en"):
            words = profession.nl if language == "nl" else profession.en
            told += [
                f"{words.label}. {words.description}",
                ". ".join([words.label, *(one.label(language) for one in known)]),
                ". ".join(
                    [words.label, field.label(language), *(one.label(language) for one in groups)]
                ),
            ]
        found.append(
            Scene(
                told=tuple(told),
                skills=tuple(_sounds(framework, one) for one in known),
                wishes=framework.wished_of(profession.id),
            )
        )
    return found

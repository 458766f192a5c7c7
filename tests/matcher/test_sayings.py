"""What people say and where they come from: enough of it, written by hand, and not measured on."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from matcher import home
from matcher.datafiles import DataFileError
from matcher.evaluation.profiles import content_words
from matcher.framework import LANGUAGES, Framework, load_framework
from matcher.lexical import words_of
from matcher.sayings import Expressions, Surety
from matcher.training.material import own_pairs

FOLDER = home.DATA / "framework"
EVALUATION = home.DATA / "evaluation"
SHARED_WORDS = 5
"""So many words in a row in two lines are a turn of phrase that was used twice."""
KNOWN_WORDS = 6
"""So many words in a row of the evaluation, and the encoder would have read the answer."""

# Measured 0.4 % of the expressions, 0.5 % of the wishes, 1.5 % of the pairs and 1.9 % of all
# together, nearly all of it everyday English (*i do not want to*, *we are looking for a*).
EXPRESSIONS_OVERLAP, WISHES_OVERLAP, PAIRS_OVERLAP, OVERLAP = 0.005, 0.005, 0.02, 0.025


def said(group: Iterable[Expressions]) -> list[str]:
    return [line for one in group for line in one.lines]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    return own_pairs(FOLDER / "pairs")


@pytest.fixture(scope="module")
def lines(framework: Framework, pairs: list[tuple[str, str]]) -> list[str]:
    """Every line of expressions, wishes and pairs."""
    spoken = [*framework.expressions.values(), *framework.wishes.values()]
    return [*said(spoken), *(text for pair in pairs for text in pair)]


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Each row of so many words, whatever the case and the punctuation."""
    words = words_of(text)
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def overlapping(lines: Sequence[str]) -> float:
    """The share of lines that have five words in a row in common with another."""
    seen: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for run in runs(line, SHARED_WORDS):
            seen[run].add(number)
    shared = {number for those in seen.values() if len(those) > 1 for number in those}
    return len(shared) / len(lines)


# Enough of it


def test_every_competence_is_said_in_many_ways(framework: Framework):
    assert set(framework.expressions) == set(framework.competences)
    for identifier, one in framework.expressions.items():
        assert len(one.nl) >= 15, identifier
        assert len(one.en) >= 8, identifier
    assert len(said(framework.expressions.values())) >= 3500


def test_every_profession_is_wished_for(framework: Framework):
    assert set(framework.wishes) == set(framework.professions)
    for identifier, one in framework.wishes.items():
        assert len(one.nl) >= 10, identifier
        assert len(one.en) >= 5, identifier


def test_four_hundred_origins_bring_three_to_eight_competences(framework: Framework):
    assert len(framework.origins) >= 400
    for identifier, one in framework.origins.items():
        assert 3 <= len(one.brings) <= 8, identifier
        assert set(one.brings) <= set(framework.competences), identifier
    # Not all as surely: the shares mean something.
    found = Counter(how for one in framework.origins.values() for how in one.brings.values())
    assert all(found[how] >= 0.1 * found.total() for how in Surety)


def test_an_origin_has_a_name_in_both_languages_that_no_other_has(framework: Framework):
    for language in LANGUAGES:
        names = Counter(one.label(language).casefold() for one in framework.origins.values())
        assert [name for name, times in names.items() if times > 1] == []
    assert framework.origins["florist"].label() == "bloemist"
    assert framework.origins["florist"].label("en") == "florist"


def test_the_issue_s_origins_are_there(framework: Framework):
    names = {name for one in framework.origins.values() for name in one.nl.names}
    assert {"bloemist", "glazenwasser", "makelaar", "conducteur", "visser"} <= names


def test_a_surer_origin_brings_more():
    shares = [how.share for how in (Surety.USUALLY, Surety.OFTEN, Surety.SOMETIMES)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share < 1 for share in shares)


def test_three_thousand_pairs_in_two_columns(pairs: list[tuple[str, str]]):
    assert len(pairs) >= 3000
    for file in (FOLDER / "pairs").glob("*.tsv"):
        for line in file.read_text("utf-8").splitlines():
            assert line.count("\t") == 1, line
    assert all(dutch.casefold() != english.casefold() for dutch, english in pairs)


# Written, not templated


def test_no_line_stands_there_twice(lines: list[str]):
    folded = Counter(" ".join(words_of(line)) for line in lines)
    assert [line for line, times in folded.items() if times > 1] == []
    assert "" not in folded


def test_hardly_any_turn_of_phrase_comes_back(
    framework: Framework, pairs: list[tuple[str, str]], lines: list[str]
):
    assert overlapping(said(framework.expressions.values())) <= EXPRESSIONS_OVERLAP
    assert overlapping(said(framework.wishes.values())) <= WISHES_OVERLAP
    assert overlapping([text for pair in pairs for text in pair]) <= PAIRS_OVERLAP
    assert overlapping(lines) <= OVERLAP


def test_overlap_is_seen_where_it_is():
    template = [f"ik heb jaren gewerkt als {name}" for name in ("kok", "bakker", "smid")]
    assert overlapping([*template, "Heel iets anders, zonder die woorden."]) == 0.75


def test_expressions_do_not_lean_on_the_label(framework: Framework):
    """At most a quarter of the lines of any competence, and far fewer of all together."""
    leaning: dict[str, float] = {}
    total = count = 0
    for identifier, one in framework.expressions.items():
        competence = framework.competences[identifier]
        found = 0
        for language, spoken in (("nl", one.nl), ("en", one.en)):
            label = content_words(competence.label(language))
            found += sum(not label.isdisjoint(content_words(line)) for line in spoken)
        leaning[identifier] = found / len(one.lines)
        total, count = total + found, count + len(one.lines)
    assert total / count <= 0.04  # measured 0.02
    assert {key for key, share in leaning.items() if share > 0.25} == set()


# No line of the evaluation


def texts_in(value: object, fields: frozenset[str]) -> Iterator[str]:
    """The texts under these fields, wherever they stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in fields and isinstance(inner, str):
                yield inner
            else:
                yield from texts_in(inner, fields)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, fields)


@pytest.mark.parametrize(
    ("file", "fields", "at_least"),
    [
        ("development.yaml", {"skills", "ambition"}, 100),
        ("report.yaml", {"skills", "ambition"}, 100),
        ("coverage.yaml", {"sentence"}, 250),
        ("swaps.yaml", {"one", "other"}, 400),
    ],
)
def test_nothing_of_the_evaluation_stands_in_what_the_encoder_reads(
    lines: list[str], framework: Framework, file: str, fields: set[str], at_least: int
):
    content = yaml.load((EVALUATION / file).read_text("utf-8"), yaml.CSafeLoader)
    asked = list(texts_in(content, frozenset(fields)))
    assert len(asked) >= at_least
    known = {run for text in asked for run in runs(text, KNOWN_WORDS)}
    assert len(known) > 500
    elsewhere = [
        line
        for one in framework.competences.values()
        for words in (one.nl, one.en)
        for line in words.elsewhere
    ]
    # Only our own lines are named: who writes the next may not read the evaluation.
    found = [line for line in (*lines, *elsewhere) if not known.isdisjoint(runs(line, KNOWN_WORDS))]
    assert found == []
    whole = {" ".join(words_of(text)) for text in asked if len(words_of(text)) >= 3}
    assert [line for line in lines if " ".join(words_of(line)) in whole] == []


# A broken file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "framework"))


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "says"),
    [
        ("origins.yaml", "make-contact: usually", "make-contact: always", "brings", "usually"),
        ("origins.yaml", "make-contact: usually", "make-coffee: usually", "brings", "make-coffee"),
        ("origins.yaml", 'name: "bloemist"', 'naam: "bloemist"', "nl.name", "required"),
        ("origins.yaml", 'name: "bloemist"', 'name: ""', "nl.name", "character"),
        ("origins.yaml", "- id: florist", "- id: Flower Shop", "id", "pattern"),
        ("origins.yaml", "- id: shop-assistant", "- id: florist", "id", "twice"),
        ("wishes.yaml", "- id: care-assistant-3ig", "- id: astronaut", "id", "astronaut"),
        ("expressions/care.yaml", "  nl:\n", "  nl: []\n  fr:\n", "nl", "10 items"),
    ],
)
def test_a_broken_file_is_named_by_file_line_and_field(
    broken: Path, name: str, old: str, new: str, field: str, says: str
):
    file = broken / name
    text = file.read_text("utf-8")
    before, rest = text.split(old, 1)
    file.write_text(before + new + rest, "utf-8")
    line = before.count("\n") + 1
    with pytest.raises(DataFileError) as caught:
        load_framework(broken)
    error = caught.value
    assert error.file == file
    assert error.field.startswith(field)
    assert abs(error.line - line) <= 1
    assert says in error.problem
    assert f"{file}, line {error.line}, field '{error.field}'" in str(error)


def test_an_expression_of_what_nothing_knows(broken: Path):
    file = broken / "expressions" / "zzz.yaml"
    spoken = [f"zin nummer {number}" for number in range(12)]
    record = {"id": "no-such-thing", "nl": spoken, "en": spoken}
    file.write_text(yaml.safe_dump([record]), "utf-8")
    with pytest.raises(DataFileError, match="no-such-thing") as caught:
        load_framework(broken)
    assert (caught.value.file, caught.value.field) == (file, "id")


@pytest.mark.parametrize(("length", "says"), [(2, "at least 3"), (241, "at most 240")])
def test_a_line_that_is_too_short_or_too_long_is_pointed_at(
    broken: Path, framework: Framework, length: int, says: str
):
    file = broken / "expressions" / "care.yaml"
    content = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    content[1]["en"][3] = "x" * length
    file.write_text(yaml.safe_dump(content, allow_unicode=True, width=1000), "utf-8")
    with pytest.raises(DataFileError, match=says) as caught:
        load_framework(broken)
    assert (caught.value.file, caught.value.field) == (file, "en.3")
    assert "x" * min(length, 200) in file.read_text("utf-8").splitlines()[caught.value.line - 1]


@pytest.mark.parametrize("gone", ["origins.yaml", "wishes.yaml", "expressions"])
def test_a_file_that_is_missing(broken: Path, gone: str):
    there = broken / gone
    shutil.rmtree(there) if there.is_dir() else there.unlink()
    with pytest.raises(DataFileError) as caught:
        load_framework(broken)
    assert caught.value.file == there

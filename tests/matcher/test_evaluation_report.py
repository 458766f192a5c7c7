"""The whole run on a pool of seven: every section is there, and the other half stays closed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from matcher.__main__ import main
from matcher.datafiles import DataFileError
from matcher.encoder import SentenceEncoder
from matcher.evaluation import profiles
from matcher.evaluation.ablation import without_each
from matcher.evaluation.baselines import LETTERS, MINILM, OWN, RANDOM, WORDS, baselines, ordered
from matcher.evaluation.coverage import PAIRS
from matcher.evaluation.profiles import Half
from matcher.evaluation.report import Bench, Wanted, all_scores, read, sections
from matcher.evaluation.speed import texts_per_second
from matcher.evaluation.swaps import SWAPS
from matcher.framework import Framework
from matcher.ranking import Weights
from tests.matcher.pools import HANDMADE
from tests.matcher.test_evaluation_occupations import FIVE

RANKERS = (RANDOM, WORDS, LETTERS, MINILM, OWN, "engine")
PROFILES = """
- {id: a, language: nl, skills: Ik kook voor een grote groep, ambition: '', grades: {cook: 2}}
- {id: b, language: nl, skills: Ik snoei heggen, ambition: '', slices: [a2], grades: {garden: 2}}
- {id: c, language: en, skills: I did the books, ambition: invoices, grades: {books: 2, bare: 1}}
"""
COVERAGE = """
- {id: a, language: nl, sentence: Ik snoei heggen, competence: maintain-gardens, grade: met}
- {id: b, language: nl, sentence: Ik snoei heggen, competence: bookkeeping, grade: not_shown}
- {id: c, language: nl, sentence: Ik kook, competence: cook-for-groups, grade: met, half: report}
"""
PAIR = "- {id: a, what: name, one: Ik ben Jan en ik kook, other: Ik ben Jan. Ik snoei heggen}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of an evaluation, without the half that is opened only to report."""
    for name, text in (("development.yaml", PROFILES), (PAIRS, COVERAGE), (SWAPS, PAIR)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def bench(small_framework: Framework, sentence_encoder: SentenceEncoder) -> Bench:
    made = Bench(small_framework, HANDMADE, sentence_encoder)
    # The baseline itself takes seconds to load; what it adds to a table is the same.
    made.minilm = sentence_encoder
    return made


def test_the_other_half_is_opened_only_when_asked(folder: Path, small_framework: Framework):
    found = read(Wanted(), small_framework, HANDMADE, folder)
    assert list(found.profiles) == [Half.DEVELOPMENT]
    for halves in ((Half.REPORT,), tuple(Half)):
        with pytest.raises(DataFileError) as refused:
            read(Wanted(halves=halves), small_framework, HANDMADE, folder)
        assert refused.value.file == folder / "report.yaml"


def test_every_section_is_printed(folder: Path, small_framework: Framework, bench: Bench):
    wanted = Wanted(ablation=True, thresholds=True)
    material = replace(read(wanted, small_framework, HANDMADE, folder), occupations=FIVE)
    printed = "\n".join(sections(wanted, material, bench))
    assert "report half" not in printed
    assert f"encoder {bench.own.version}, 7 opportunities" in printed
    assert "development half: 3 profiles (2 Dutch, 1 English)" in printed
    assert "development half, coverage: 2 pairs" in printed
    lines = printed.splitlines()
    interval = r"[\d.+-]+ \[[\d.+-]+, [\d.+-]+\]"
    for pattern in (
        *(rf"{name} +{interval}( +\d\.\d\d){{5}}" for name in RANKERS),
        rf"engine over character 3-5-gram TF-IDF, same profiles: nDCG@10 {interval}",
        rf"english +1  {interval} .*",
        rf"a2 +1  {interval} .*",
        r"unpaid +0  - .*",
        rf"everything on +{interval}",
        rf"without wording +{interval} +{interval}",
        r"met: precision (\d\.\d\d|-), recall \d\.\d\d",
        r"0\.50 +(\d\.\d\d|-) +\d\.\d\d +[\d.]+%",
        r"the same first 20 in the same order: 0\.0% \(name 0 of 1\)",
        r"ESCO: 5 Dutch occupations .* 7 of the 7",
        r"engine( +[\d.]+%){4}( +-){2}",
        r"own encoder alone [\d,]+, all-MiniLM-L6-v2 [\d,]+: \d+\.\d times",
    ):
        assert any(re.fullmatch(pattern, line) for line in lines), pattern


def test_both_halves_are_printed_apart(folder: Path, small_framework: Framework, bench: Bench):
    (folder / "report.yaml").write_text("\n".join(PROFILES.splitlines()[:2]), "utf-8")
    wanted = Wanted(halves=tuple(Half))
    printed = "\n".join(sections(wanted, read(wanted, small_framework, HANDMADE, folder), bench))
    assert "report half: 1 profiles" in printed
    assert "report half, coverage: 1 pairs" in printed


def test_the_scores_are_those_of_the_orders(folder: Path, small_framework: Framework, bench: Bench):
    (people,) = read(Wanted(), small_framework, HANDMADE, folder).profiles.values()
    found = all_scores(bench, people)
    cook, garden, _ = people
    first = [
        bench.engine.rank(one.profile, limit=1).matches[0].opportunity for one in (cook, garden)
    ]
    assert first == ["cook", "garden"]
    assert found["engine"].hit1[:2].tolist() == [1, 1]
    for name, baseline in baselines(bench.documents, bench.own).items():
        for person, hit in zip(people, found[name].hit1, strict=True):
            (order,) = ordered(
                baseline([profiles.query(person.profile)]), [one.id for one in HANDMADE]
            )
            if name != "random":
                assert (person.grades.get(order[0]) == 2) is bool(hit)


def test_one_part_is_off_at_a_time():
    full = Weights()
    found = without_each(full)
    assert {"meaning", "wording", "coverage"} <= set(found)
    for name, weights in found.items():
        assert getattr(weights, name) == 0
        assert replace(weights, **{name: getattr(full, name)}) == full
    # What is off already cannot be taken away.
    assert "meaning" not in without_each(replace(full, meaning=0.0))


def test_speed_counts_every_text():
    class Sleeper:
        """Takes the same time for every text, so that its rate is known."""

        def __init__(self, seconds: float) -> None:
            self.seconds = seconds

        def encode(self, texts: list[str]) -> None:
            sleep(self.seconds * len(texts))

    slow, fast = texts_per_second([Sleeper(0.02), Sleeper(0.002)], ["a", "b", "c"], at_least=0.02)
    # Sleeping takes longer than was asked on a busy machine, never shorter.
    assert 0 < slow <= 50
    assert slow < fast <= 500
    with pytest.raises(ValueError, match="no text"):
        texts_per_second([], [])


@pytest.mark.parametrize("arguments", [["--half", "third"], ["--occupations"], ["--encoder", "x"]])
def test_arguments_that_make_no_sense(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main(["evaluate", *arguments])
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("there", [False, True])
def test_occupations_that_are_not_the_expected_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: bool
):
    file = tmp_path / "occupations_nl.csv.gz"
    if there:
        file.write_bytes(b"something else")
    assert main(["evaluate", "--occupations", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert str(file) in printed.err


def test_the_help_says_what_the_other_half_is_for(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["evaluate", "--help"])
    assert "only to report" in " ".join(capsys.readouterr().out.split())

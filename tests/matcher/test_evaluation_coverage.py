"""Graded pairs: figures counted by hand, and what the engine says of plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from matcher import home
from matcher.datafiles import DataFileError
from matcher.encoder import SentenceEncoder
from matcher.engine import Engine
from matcher.evaluation.coverage import (
    PAIRS,
    Figures,
    GradedPair,
    Judged,
    judge_pairs,
    judge_unrelated,
    load_pairs,
)
from matcher.evaluation.profiles import FOLDER, Half
from matcher.framework import Framework
from matcher.types import Status

MET, PARTLY, NOT_SHOWN = Status.MET, Status.PARTLY, Status.NOT_SHOWN
HEDGES = "Ik heb jaren de tuin onderhouden en de heggen gesnoeid."


def judged(*said: tuple[Status, bool, float]) -> Judged:
    grades, called, strength = zip(*said, strict=True)
    return Judged(grades, np.array(called, dtype=np.bool_), np.array(strength))


def pair(identifier: str, sentence: str, competence: str, grade: str) -> GradedPair:
    return GradedPair.model_validate(
        {
            "id": identifier,
            "language": "nl",
            "sentence": sentence,
            "competence": competence,
            "grade": grade,
        }
    )


FIVE = judged(
    (MET, True, 0.9),
    (MET, True, 0.6),
    (MET, False, 0.4),
    (PARTLY, True, 0.7),
    (NOT_SHOWN, False, 0.1),
)


def test_precision_and_recall_as_called():
    # Three were called met, two of them are; three are met, two of them were called so.
    assert FIVE.figures() == Figures(precision=2 / 3, recall=2 / 3)


@pytest.mark.parametrize(
    ("threshold", "precision", "recall"),
    [(0.05, 3 / 5, 1), (0.4, 3 / 4, 1), (0.65, 1 / 2, 1 / 3), (0.8, 1, 1 / 3)],
)
def test_precision_and_recall_from_a_strength_on(threshold: float, precision: float, recall: float):
    assert FIVE.figures(threshold) == Figures(precision, recall)


def test_nothing_called_has_no_precision_and_nothing_met_no_recall():
    found = FIVE.figures(0.99)
    assert isnan(found.precision)
    assert found.recall == 0
    assert isnan(judged((PARTLY, False, 0.3)).figures().recall)


def test_shares_called_met_per_grade():
    assert [FIVE.share_called(one) for one in (MET, PARTLY, NOT_SHOWN)] == [2 / 3, 1, 0]
    assert isnan(judged((MET, True, 0.9)).share_called(PARTLY))


def test_shares_from_a_strength_on():
    assert [FIVE.share_called(one, 0.05) for one in (MET, PARTLY, NOT_SHOWN)] == [1, 1, 1]
    assert [FIVE.share_called(one, 0.8) for one in (MET, PARTLY, NOT_SHOWN)] == [1 / 3, 0, 0]


@pytest.fixture
def gardener(new_engine: Callable[..., Engine], sentence_encoder: SentenceEncoder) -> Engine:
    return new_engine(encoder=sentence_encoder)


def test_what_the_engine_says_is_taken_over(gardener: Engine):
    pairs = [
        pair("a", HEDGES, "maintain-gardens", "met"),
        pair("b", HEDGES, "bookkeeping", "not_shown"),
    ]
    found = judge_pairs(pairs, gardener)
    reasons = [gardener.shows(one.sentence, one.competence) for one in pairs]
    assert found.grades == (MET, NOT_SHOWN)
    assert found.called.tolist() == [one.status is MET for one in reasons]
    assert found.strength.tolist() == [one.strength for one in reasons]
    assert found.strength[0] > found.strength[1]


def test_a_competence_that_was_graded_is_not_drawn_as_unrelated(gardener: Engine):
    # Everything but one competence was graded, so there is nothing else to draw.
    pairs = [
        pair(f"p{number}", HEDGES, one, "not_shown")
        for number, one in enumerate(gardener.framework.competences)
        if one != "bookkeeping"
    ]
    reason = gardener.shows(HEDGES, "bookkeeping")
    found = judge_unrelated(pairs, gardener)
    assert found.grades == (NOT_SHOWN,)
    assert found.called.tolist() == [reason.status is MET]
    assert found.strength.tolist() == [reason.strength]


def test_three_unrelated_per_sentence_and_the_same_every_time(gardener: Engine):
    pairs = [
        pair("a", HEDGES, "maintain-gardens", "met"),
        pair("b", HEDGES, "bookkeeping", "not_shown"),
        pair("c", "Ik kook.", "cook-for-groups", "met"),
    ]
    first, second = (judge_unrelated(pairs, gardener) for _ in range(2))
    assert len(first.strength) == 6
    assert first.strength.tolist() == second.strength.tolist()


def test_no_pairs(gardener: Engine):
    for found in (judge_pairs([], gardener), judge_unrelated([], gardener)):
        assert found.grades == ()
        assert isnan(found.figures().precision)
        assert isnan(found.figures().recall)
        assert isnan(found.share_called(NOT_SHOWN))


def test_pairs_are_read_with_their_half(tmp_path: Path, small_framework: Framework):
    file = tmp_path / "coverage.yaml"
    line = "- {id: %s, language: nl, sentence: Koken, competence: bookkeeping, grade: met%s}\n"
    file.write_text(line % ("a", "") + line % ("b", ", half: report"), "utf-8")
    found = load_pairs(file, small_framework)
    assert [one.half for one in found] == [Half.DEVELOPMENT, Half.REPORT]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("bookkeeping", "flying", "competence"),
        ("grade: met", "grade: great", "grade"),
        ("grade: met", "grade: met, half: third", "half"),
    ],
)
def test_bad_pairs_are_refused(
    tmp_path: Path, small_framework: Framework, old: str, new: str, field: str
):
    line = "- {id: a, language: nl, sentence: Koken, competence: bookkeeping, grade: met}\n"
    file = tmp_path / "coverage.yaml"
    file.write_text(line.replace(old, new), "utf-8")
    with pytest.raises(DataFileError) as refused:
        load_pairs(file, small_framework)
    assert (refused.value.line, refused.value.field) == (1, field)


def test_our_own_pairs():
    found = load_pairs(FOLDER / PAIRS, home.framework())
    assert len(found) >= 250
    assert {one.grade for one in found} == set(Status)

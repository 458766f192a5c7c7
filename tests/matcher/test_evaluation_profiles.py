"""Graded profiles: which slices they are in, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.datafiles import DataFileError
from matcher.evaluation.profiles import (
    FOLDER,
    GradedProfile,
    Half,
    Slice,
    content_words,
    document,
    load_profiles,
    query,
    slices_of,
)
from matcher.types import Opportunity, Profile, Requirement

A_TO_D = [Opportunity(one, one.upper()) for one in "abcd"]
POOL = {
    "tuin": Opportunity(
        "tuin",
        "Tuinman",
        "Je onderhoudt de groenvoorziening.",
        requirements=(Requirement("tuin-1", "Snoeit heggen"),),
    ),
    "kok": Opportunity("kok", "Kok", "Je maakt soep in de crèche."),
}
TEN = "Ik heb acht seizoenen lang bomen en struiken bijgehouden"


def graded(
    skills: str = TEN,
    ambition: str = "",
    *,
    language: str = "nl",
    slices: tuple[str, ...] = (),
    grades: dict[str, int] | None = None,
) -> GradedProfile:
    return GradedProfile.model_validate(
        {
            "id": "p",
            "language": language,
            "skills": skills,
            "ambition": ambition,
            "slices": slices,
            "grades": grades or {"tuin": 2},
        }
    )


def slices(*args: object, **facts: object) -> set[str]:
    return {str(one) for one in slices_of(graded(*args, **facts), POOL)}  # type: ignore[arg-type]


def test_what_the_reader_wrote_is_kept_and_english_is_told_by_the_language():
    assert slices(slices=("a2", "unpaid")) == {"a2", "unpaid", "no_shared_word"}
    assert slices(language="en") == {"english", "no_shared_word"}


@pytest.mark.parametrize(
    ("skills", "ambition", "short"),
    [
        ("tuinman", "", True),
        ("tuinman en hovenier", "iets met heggen", True),
        ("tuinman en hovenier", "iets met veel heggen", False),
        ("", "tuin", True),
    ],
)
def test_six_words_in_both_texts_together_are_very_short(skills: str, ambition: str, short: bool):
    assert (Slice.VERY_SHORT in slices_of(graded(skills, ambition), POOL)) is short


@pytest.mark.parametrize(("count", "is_long"), [(119, False), (120, True)])
def test_from_120_words_in_both_texts_together_is_very_long(count: int, is_long: bool):
    half = count // 2
    one = graded("tuinman " * half, "heg " * (count - half))
    assert (Slice.VERY_LONG in slices_of(one, POOL)) is is_long


@pytest.mark.parametrize(
    ("skills", "shares"),
    [
        # In the title, the text or a requirement, whatever the case.
        ("Ik was TUINMAN bij de gemeente en nog veel meer", True),
        ("Ik deed de groenvoorziening van de gemeente erbij", True),
        ("Ik snoeit heggen en bomen bij een kasteel", True),
        # A part of a word is another word; so is a word that stands in every text.
        ("Ik deed het groen van mijn zus en de heg", False),
        ("Ik heb de kinderen opgevoed in de stad, dat was het", False),
        # Only in the opportunity that suits somewhat.
        ("Ik maakte elke zondag soep voor de hele straat", False),
    ],
)
def test_a_word_in_common_with_a_right_answer(skills: str, shares: bool):
    found = slices_of(graded(skills, grades={"tuin": 2, "kok": 1}), POOL)
    assert (Slice.NO_SHARED_WORD not in found) is shares


def test_one_right_answer_with_a_shared_word_is_enough():
    one = graded("Ik snoeit heggen", grades={"tuin": 2, "kok": 2})
    assert Slice.NO_SHARED_WORD not in slices_of(one, POOL)


def test_content_words_are_four_letters_folded_and_not_in_every_text():
    found = content_words("Crèche CRECHE, één kok; I would have worked with horses2day!")
    assert found == {"creche", "horses"}


def test_what_the_baselines_see():
    assert document(POOL["tuin"]) == "Tuinman\nJe onderhoudt de groenvoorziening.\nSnoeit heggen"
    assert query(graded("a", "b").profile) == "a\nb"
    assert graded("a", "b").profile == Profile("p", "a", "b")


def record(
    grades: str, identifier: str = "p", language: str = "nl", slices: str = "[unpaid, a2]"
) -> str:
    return (
        f"- id: {identifier}\n  language: {language}\n  skills: Koken\n  ambition: Meer\n"
        f"  slices: {slices}\n  grades:\n{grades}"
    )


def test_graded_profiles_are_read(tmp_path: Path):
    file = tmp_path / "profiles.yaml"
    file.write_text(record("    a: 2\n    b: 1\n") + record("    c: 2\n", "q", "en", "[]"), "utf-8")
    assert [(one.id, one.slices, one.grades) for one in load_profiles(file, A_TO_D)] == [
        ("p", ("unpaid", "a2"), {"a": 2, "b": 1}),
        ("q", (), {"c": 2}),
    ]


def test_slices_may_be_left_out(tmp_path: Path):
    file = tmp_path / "profiles.yaml"
    file.write_text(record("    a: 2\n").replace("  slices: [unpaid, a2]\n", ""), "utf-8")
    assert load_profiles(file, A_TO_D)[0].slices == ()


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (record("    a: 2\n    nowhere: 1\n"), 8, "grades.nowhere"),
        (record("    a: 2\n    b: 3\n"), 8, "grades.b"),
        (record("    a: 2\n    b: 0\n"), 8, "grades.b"),
        (record("    a: 2\n    b: good\n"), 8, "grades.b"),
        (record("    a: 1\n"), 7, "grades"),
        (record("    {}\n"), 7, "grades"),
        (record("    a: 2\n", language="de"), 2, "language"),
        (record("    a: 2\n", slices="[unpaid, sailor]"), 5, "slices.1"),
        # What is counted is not written.
        (record("    a: 2\n", slices="[very_short]"), 5, "slices.0"),
        (record("    a: 2\n") + record("    b: 2\n"), 8, "id"),
        ("[]\n", 1, ""),
    ],
)
def test_bad_profiles_are_refused(tmp_path: Path, text: str, line: int, field: str):
    file = tmp_path / "profiles.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as refused:
        load_profiles(file, A_TO_D)
    assert (refused.value.file, refused.value.line, refused.value.field) == (file, line, field)


def test_our_own_halves(demo: list[Opportunity]):
    halves = [load_profiles(FOLDER / f"{half}.yaml", demo) for half in Half]
    everyone = [one for half in halves for one in half]
    assert len(everyone) >= 160
    assert len({one.id for one in everyone}) == len(everyone)
    assert len({(one.skills, one.ambition) for one in everyone}) == len(everyone)
    assert all(one.skills.strip() or one.ambition.strip() for one in everyone)
    # They speak of many different opportunities, not of a favourite few.
    graded_best = {name for one in everyone for name, grade in one.grades.items() if grade == 2}
    assert len(graded_best) >= 120
    pool = {one.id: one for one in demo}
    for half in halves:
        assert len(half) >= 0.4 * len(everyone)
        assert {slice_ for one in half for slice_ in slices_of(one, pool)} == set(Slice)

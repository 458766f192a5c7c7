"""Coverage with the real encoder: what a sentence shows, in the person's own words."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.concepts import Concepts
from matcher.coverage import (
    ANSWERED_STRENGTH,
    MET_FROM,
    PARTLY_FROM,
    Coverage,
    OwnWords,
    Scale,
    status_of,
)
from matcher.encoder import Encoder
from matcher.engine import Engine
from matcher.reading import Reader
from matcher.text import clean
from matcher.types import Answer, Evidence, Grade, Profile, Reason, Requirement, Status

WASHING = "Ik heb jaren mijn oma gewassen en aangekleed."
LIFE = f"{WASHING} In het weekend snoei ik de heggen van de buren. Ik hou van muziek."


@pytest.fixture(scope="module")
def concepts(whole: Engine) -> Concepts:
    """The passages of the whole framework, which the session encoded once."""
    return whole._tools.competences


@pytest.fixture(scope="module")
def reader(whole: Engine) -> Reader:
    return whole._reader


@pytest.fixture
def shows(concepts: Concepts, reader: Reader, encoder: Encoder):
    """What a profile shows of requirements, each a competence id or a Requirement."""

    def shows(profile: Profile | str, *asked: str | Requirement) -> list[Reason]:
        person = Profile("p", profile) if isinstance(profile, str) else profile
        requirements = [
            Requirement(one, one, competence=one) if isinstance(one, str) else one for one in asked
        ]
        own_words = OwnWords(encoder.dimension)
        texts = [one.text for one in requirements if not one.competence and not one.legal]
        own_words.add(texts, encoder.encode(texts))
        coverage = Coverage(person, reader.read(person.skills), concepts.column, Scale())
        return [coverage.of(one, own_words) for one in requirements]

    return shows


@pytest.mark.parametrize(
    ("sentence", "supports", "rather_than"),
    [
        (WASHING, "help-washing-dressing", "bookkeeping"),
        ("I washed and dressed my grandmother for years.", "help-washing-dressing", "bookkeeping"),
        ("Ik deed de boekhouding van een garage.", "bookkeeping", "help-washing-dressing"),
        ("Ik kookte elke week voor tachtig mensen.", "cook-for-groups", "bookkeeping"),
        ("I cooked for large groups in a canteen.", "cook-for-groups", "maintain-gardens"),
        ("Ik onderhield tuinen en perken.", "maintain-gardens", "administer-medication"),
        ("Ik gaf mijn vader zijn medicijnen.", "administer-medication", "maintain-gardens"),
        ("Ik was taxichauffeur.", "drive-clients", "bookkeeping"),
    ],
)
def test_a_sentence_supports_what_it_says(shows, sentence: str, supports: str, rather_than: str):
    near, far = shows(sentence, supports, rather_than)
    assert near.strength > far.strength
    assert near.status is not Status.NOT_SHOWN
    assert far.status is not Status.MET


def test_every_competence_is_best_shown_by_its_own_words(shows, concepts: Concepts, whole: Engine):
    for identifier in list(whole.framework.competences)[::40]:
        competence = whole.framework.competences[identifier]
        found = shows(competence.description(), *concepts.ids)
        best = max(found, key=lambda one: one.strength)
        assert best.requirement.competence == identifier
        assert best.status is Status.MET


def test_evidence_is_the_persons_own_words(shows):
    (washing, garden) = shows(LIFE, "help-washing-dressing", "maintain-gardens")
    assert washing.evidence == WASHING
    assert garden.evidence is not None
    assert garden.evidence in clean(LIFE)
    assert "heggen" in garden.evidence


def test_what_is_not_shown_has_no_evidence(shows):
    (books,) = shows(LIFE, "laboratory-analysis")
    assert (books.status, books.evidence) == (Status.NOT_SHOWN, None)
    assert books.strength < PARTLY_FROM


def test_what_is_denied_is_no_evidence(shows):
    (denied,) = shows("Ik wil niet koken voor grote groepen.", "cook-for-groups")
    (said,) = shows("Ik wil koken voor grote groepen.", "cook-for-groups")
    assert denied.status is Status.NOT_SHOWN
    assert denied.evidence is None
    assert said.strength > denied.strength


def test_who_says_to_have_no_experience_with_it_does_not_show_it(shows):
    (wounds,) = shows("Ik heb geen ervaring met wonden verzorgen.", "wound-care")
    assert (wounds.status, wounds.evidence) == (Status.NOT_SHOWN, None)


def test_more_sentences_never_take_away(shows):
    (alone,) = shows(WASHING, "help-washing-dressing")
    (among,) = shows(LIFE, "help-washing-dressing")
    assert among.strength >= alone.strength - 1e-5


@pytest.mark.parametrize("words", ["", "🙂", "niet graag koken"])
def test_without_words_nothing_is_shown(shows, words: str):
    found = shows(words, "cook-for-groups", Requirement("r", "Kookt graag"))
    assert [(one.status, one.evidence, one.strength) for one in found] == [
        (Status.NOT_SHOWN, None, 0.0)
    ] * 2


def test_a_requirement_in_own_words_is_compared_too(shows):
    near = Requirement("near", "Kan goed koken voor een grote groep mensen")
    far = Requirement("far", "Kan een vrachtwagen met oplegger besturen")
    sentence = "Ik kook vaak voor een grote groep mensen."
    found = shows(sentence, near, far)
    assert found[0].strength > found[1].strength
    assert (found[0].status, found[0].evidence) == (Status.MET, sentence)


def test_answers_change_the_status(shows):
    asked = ("cook-for-groups", "laboratory-analysis")
    kok = "Ik kookte elke week voor grote groepen in een kantine."
    before = shows(kok, *asked)
    assert [one.status for one in before] == [Status.MET, Status.NOT_SHOWN]
    answers = {"cook-for-groups": Answer.CANNOT, "laboratory-analysis": Answer.CAN}
    cannot, can = shows(Profile("p", kok, answers=answers), *asked)
    assert (cannot.status, cannot.evidence, cannot.strength) == (Status.NOT_SHOWN, None, 0.0)
    assert can.status is Status.MET
    assert can.strength >= ANSWERED_STRENGTH
    assert can.grade is Grade.CLAIMED
    assert (cannot.answered, can.answered) == (Answer.CANNOT, Answer.CAN)
    # About the others nothing was said.
    (other,) = shows(Profile("p", kok, answers=answers), "bookkeeping")
    assert other == shows(kok, "bookkeeping")[0]


def test_an_answer_about_own_words_is_about_that_line(shows):
    line = Requirement("line-1", "Kent de buurt")
    (found,) = shows(Profile("p", WASHING, answers={"line-1": Answer.CAN}), line)
    assert (found.status, found.answered) == (Status.MET, Answer.CAN)


def test_evidence_on_file_is_met_and_each_grade_is_stronger(shows):
    strengths = []
    for grade in Grade:
        on_file = Evidence("wound-care", grade, f"Bewijs: {grade}")
        (found,) = shows(Profile("p", "", evidence=(on_file,)), "wound-care")
        assert (found.status, found.grade, found.evidence) == (Status.MET, grade, on_file.text)
        strengths.append(found.strength)
    assert strengths == sorted(set(strengths))
    assert all(MET_FROM <= one <= 1 for one in strengths)


def test_the_strongest_evidence_on_file_counts(shows):
    graded = [Evidence("wound-care", grade, grade) for grade in Grade]
    for evidence in (tuple(graded), tuple(reversed(graded))):
        (found,) = shows(Profile("p", "", evidence=evidence), "wound-care")
        assert found.grade is Grade.CERTIFIED


@pytest.mark.parametrize("grade", Grade)
def test_what_is_done_in_part_is_met_in_part_whatever_the_grade(shows, grade: Grade):
    on_file = Evidence("help-washing-dressing", grade, "Onder begeleiding", full=False)
    for words in ("", WASHING):
        (found,) = shows(Profile("p", words, evidence=(on_file,)), "help-washing-dressing")
        assert (found.status, found.grade) == (Status.PARTLY, grade)
        assert (found.evidence, PARTLY_FROM <= found.strength < MET_FROM) == (on_file.text, True)


@pytest.mark.parametrize(
    ("partial", "full", "status"),
    [
        (Grade.DEMONSTRATED, Grade.CLAIMED, Status.PARTLY),
        (Grade.DEMONSTRATED, Grade.DEMONSTRATED, Status.MET),
        (Grade.DEMONSTRATED, Grade.VALIDATED, Status.MET),
        (Grade.CLAIMED, Grade.CLAIMED, Status.MET),
    ],
)
def test_who_saw_it_goes_before_who_says_it(shows, partial, full, status):
    both = (
        Evidence("wound-care", partial, "deels", full=False),
        Evidence("wound-care", full, "helemaal"),
    )
    for evidence in (both, both[::-1]):
        (found,) = shows(Profile("p", "", evidence=evidence), "wound-care")
        assert found.status is status
        assert found.evidence == ("helemaal" if status is Status.MET else "deels")


def test_who_says_yes_is_believed_over_evidence_in_part(shows):
    on_file = Evidence("wound-care", Grade.DEMONSTRATED, full=False)
    person = Profile("p", "", evidence=(on_file,), answers={"wound-care": Answer.CAN})
    (found,) = shows(person, "wound-care")
    assert (found.status, found.grade) == (Status.MET, Grade.CLAIMED)


def test_who_says_no_is_believed_over_the_file(shows):
    on_file = Evidence("wound-care", Grade.CERTIFIED)
    person = Profile("p", "", evidence=(on_file,), answers={"wound-care": Answer.CANNOT})
    (found,) = shows(person, "wound-care")
    assert found.status is Status.NOT_SHOWN


VOG = Requirement("vog", "VOG", gate="vog", critical=True, legal=True)
BIG = Requirement("big", "BIG-registratie", gate="big-nurse", critical=True, legal=True)
UNKNOWN = Requirement("odd", "Vaarbewijs", critical=True, legal=True)


def test_words_never_meet_a_legal_demand(shows):
    words = "Ik heb een VOG en ik ben BIG-geregistreerd verpleegkundige. Ik heb een vaarbewijs."
    answers = dict.fromkeys(("vog", "big-nurse", "odd"), Answer.CAN)
    for person in (Profile("p", words), Profile("p", words, answers=answers)):
        for found in shows(person, VOG, BIG, UNKNOWN):
            assert (found.status, found.evidence, found.strength) == (Status.NOT_SHOWN, None, 0.0)


def test_a_competence_on_file_meets_no_legal_demand(shows):
    person = Profile("p", evidence=(Evidence("big-nurse", Grade.CERTIFIED),))
    assert shows(person, BIG)[0].status is Status.NOT_SHOWN


def test_a_gate_on_file_meets_it_and_no_other(shows):
    vog, big, unknown = shows(Profile("p", "", gates=frozenset({"vog", ""})), VOG, BIG, UNKNOWN)
    assert (vog.status, vog.strength, vog.grade) == (Status.MET, 1.0, Grade.CERTIFIED)
    assert big.status is unknown.status is Status.NOT_SHOWN


@pytest.mark.parametrize(
    ("strength", "status"),
    [
        (0.0, Status.NOT_SHOWN),
        (PARTLY_FROM - 1e-6, Status.NOT_SHOWN),
        (PARTLY_FROM, Status.PARTLY),
        (MET_FROM - 1e-6, Status.PARTLY),
        (MET_FROM, Status.MET),
        (1.0, Status.MET),
    ],
)
def test_the_word_for_a_strength(strength: float, status: Status):
    assert status_of(strength) is status


def test_own_words_keep_their_rows(encoder: Encoder):
    own_words = OwnWords(encoder.dimension)
    for texts in (["koken", "tuin"], ["tuin", "auto", "auto"], []):
        own_words.add(texts, encoder.encode(texts))
    assert own_words.numbers == {"koken": 0, "tuin": 1, "auto": 2}
    assert "auto" in own_words
    assert "zee" not in own_words
    found = own_words.vectors(np.array([2, 0]))
    assert found == pytest.approx(encoder.encode(["auto", "koken"]), abs=1e-5)
    assert own_words.vectors(np.zeros(0, dtype=np.int64)).shape == (0, encoder.dimension)


def test_own_words_that_are_kept_get_new_rows(encoder: Encoder):
    own_words = OwnWords(encoder.dimension)
    texts = ["koken", "tuin", "auto", "zee"]
    own_words.add(texts, encoder.encode(texts))
    assert own_words.keep(np.array([1, 3])).tolist() == [-1, 0, -1, 1]
    assert own_words.numbers == {"tuin": 0, "zee": 1}
    own_words.add(["koken", "zee"], encoder.encode(["koken", "zee"]))
    assert own_words.numbers == {"tuin": 0, "zee": 1, "koken": 2}
    found = own_words.vectors(np.arange(3))
    assert found == pytest.approx(encoder.encode(["tuin", "zee", "koken"]), abs=1e-5)


def test_strengths_are_those_of_the_reasons(concepts: Concepts, reader: Reader, encoder: Encoder):
    """All at once, as the order needs them, or one by one, as they are explained."""
    person = Profile(
        "p",
        LIFE,
        evidence=(
            Evidence("wound-care", Grade.VALIDATED),
            Evidence("no-such", Grade.CLAIMED),
            Evidence("play-with-children", Grade.DEMONSTRATED, full=False),
            Evidence("cook-for-groups", Grade.DEMONSTRATED, full=False),
        ),
        answers={"cook-for-groups": Answer.CAN, "bookkeeping": Answer.CANNOT, "x": Answer.CAN},
    )
    coverage = Coverage(person, reader.read(person.skills), concepts.column, Scale())
    found, nothing = coverage.strengths(), OwnWords(encoder.dimension)
    assert found.shape == (len(concepts.ids),)
    assert found[concepts.column["bookkeeping"]] == -1
    for number, one in enumerate(concepts.ids):
        reason = coverage.of(Requirement(one, one, competence=one), nothing)
        assert max(found[number], 0) == pytest.approx(reason.strength, abs=1e-6), one


def test_own_words_together_as_one_by_one(concepts: Concepts, reader: Reader, encoder: Encoder):
    texts = ["Snoeit de heggen", "Helpt met aankleden", "Bestuurt een vrachtwagen"]
    own_words = OwnWords(encoder.dimension)
    own_words.add(texts, encoder.encode(texts))
    coverage = Coverage(Profile("p", LIFE), reader.read(LIFE), concepts.column, Scale())
    singly = [coverage.of(Requirement(one, one), own_words).strength for one in texts]
    again = Coverage(Profile("p", LIFE), reader.read(LIFE), concepts.column, Scale())
    assert again.own_strengths(np.array([2, 0, 1]), own_words) == pytest.approx(
        [singly[2], singly[0], singly[1]], abs=1e-6
    )
    assert again.of(Requirement("r", texts[0]), own_words).evidence is not None
    silent = Coverage(Profile("q"), reader.read(""), concepts.column, Scale())
    assert silent.own_strengths(np.arange(3), own_words).tolist() == [0.0] * 3
    assert silent.strengths().tolist() == [0.0] * len(concepts.ids)

"""What is asked, as arrays: checked by hand on three opportunities, and against the reasons."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from matcher.demands import PLACES, Demands
from matcher.engine import Engine
from matcher.ranking import coverage_score
from matcher.scoring import Scorer
from matcher.types import Answer, Evidence, Grade, Opportunity, Profile
from tests.matcher.pools import HANDMADE, asks, gate

COLUMNS = {"cook": 0, "clean": 1, "drive": 2}
GATES = ("vog", "big-nurse")
OWN = {"Kookt": 0, "Maakt schoon": 1, "Kent de buurt": 2}

KITCHEN = Opportunity(
    "kitchen",
    "Kok",
    requirements=(
        asks("k1", "Maakt schoon", "clean", critical=False),
        asks("k2", "Kookt", "cook"),
        gate("k3", "VOG", "vog"),
    ),
)
HOOD = Opportunity(
    "hood",
    "Buurtwerker",
    requirements=(asks("h1", "Kent de buurt", critical=False), gate("h2", "Vaarbewijs")),
)
QUIET = Opportunity("quiet", "Iets")

IMPLIED = [
    ((0, 1.0),),
    ((0, 1.0), (1, 0.5), (2, 0.25)),
    (),
]
ROWS = np.arange(3)
NO_OWN = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def floats(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=np.float32)


@pytest.fixture
def demands() -> Demands:
    made = Demands(COLUMNS, GATES)
    made.append([KITCHEN, HOOD, QUIET], OWN, IMPLIED)
    return made


def test_covered_by_hand(demands: Demands):
    own_rows = demands.own_rows(ROWS)
    assert own_rows.tolist() == [0, 1, 2]
    found = demands.covered(ROWS, floats(0.8, 0.2, 0.6), own_rows, floats(0, 0, 0.5))
    kitchen = (2 * 0.8 + 1 * 0.2) / 3
    hood = 0.5
    assert found[:2] == pytest.approx([kitchen, hood], abs=1e-6)
    assert np.isnan(found[2])


def test_rows_are_answered_in_the_order_that_was_asked(demands: Demands):
    strengths, rows = floats(0.8, 0.2, 0.6), np.array([2, 0, 0, 1])
    own_rows = demands.own_rows(rows)
    found = demands.covered(rows, strengths, own_rows, floats(0.1, 0.2, 0.3))
    usual = demands.covered(ROWS, strengths, own_rows, floats(0.1, 0.2, 0.3))
    assert np.array_equal(found, usual[rows], equal_nan=True)
    assert np.array_equal(
        demands.called(rows, floats(0.3, 0.2, 0.1)),
        demands.called(ROWS, floats(0.3, 0.2, 0.1))[rows],
        equal_nan=True,
    )
    for one in ROWS:
        some = demands.own_rows(np.array([one]))
        own = floats(0.1, 0.2, 0.3)[some]
        alone = demands.covered(np.array([one]), strengths, some, own)
        assert np.array_equal(alone, usual[[one]], equal_nan=True)


def test_own_words_count_where_they_say_more_than_the_competence(demands: Demands):
    own_rows = demands.own_rows(ROWS[:1])
    weak = demands.covered(ROWS[:1], floats(0.8, 0.2, 0), own_rows, floats(0.3, 0.1))
    strong = demands.covered(ROWS[:1], floats(0.8, 0.2, 0), own_rows, floats(0.9, 0.1))
    assert weak == pytest.approx([(2 * 0.8 + 0.2) / 3], abs=1e-6)
    assert strong == pytest.approx([(2 * 0.9 + 0.2) / 3], abs=1e-6)


def test_denied_is_the_share_of_what_is_asked(demands: Demands):
    found = demands.denied(ROWS, floats(-1, 0.2, 0))
    assert found == pytest.approx([2 / 3, 0, 0], abs=1e-6)


def test_a_denied_competence_is_not_shown_by_own_words_either(demands: Demands):
    own_rows = demands.own_rows(ROWS[:1])
    found = demands.covered(ROWS[:1], floats(-1, 0.2, 0), own_rows, floats(0.9, 0.1))
    assert found == pytest.approx([(0 + 0.2) / 3], abs=1e-6)


def test_more_than_ten_the_critical_ones_are_kept():
    columns = {f"c{number}": number for number in range(14)}
    asked = [asks(f"r{n}", f"Doet {n}", f"c{n}", critical=n >= 12) for n in range(14)]
    many = Demands(columns, ())
    many.append([Opportunity("m", "Veel", requirements=tuple(asked))], {}, [()])
    strengths = np.zeros(14, dtype=np.float32)
    strengths[[12, 0]] = 1.0  # one critical, one not
    covered = many.covered(ROWS[:1], strengths, *NO_OWN)
    assert covered == pytest.approx([(2 + 1) / (2 * 2 + (PLACES - 2))], abs=1e-6)
    strengths[:] = 0
    strengths[8:12] = 1.0  # beyond the ten
    assert many.covered(ROWS[:1], strengths, *NO_OWN).tolist() == [0.0]


def test_called_by_hand(demands: Demands):
    found = demands.called(ROWS, floats(0.9, 0.3, 0.1))
    hood = (1.0 * 0.9 + 0.5 * 0.3 + 0.25 * 0.1) / 1.75
    assert found[:2] == pytest.approx([0.9, hood], abs=1e-3)
    assert np.isnan(found[2])


def test_asking_by_hand(demands: Demands):
    # The second asks a legal demand that the framework does not know: nobody has it.
    for held, expected in (
        ((), [True, True, False]),
        (("vog",), [False, True, False]),
        (("big-nurse", "no-such-gate"), [True, True, False]),
        (GATES, [False, True, False]),
    ):
        assert demands.asking(ROWS, frozenset(held)).tolist() == expected


def test_every_gate_has_a_bit_of_its_own():
    gates = [f"g{number}" for number in range(63)]
    made = Demands({}, gates)
    pool = [Opportunity(one, one, requirements=(gate("r", one, one),)) for one in gates]
    made.append(pool, {}, [()] * len(pool))
    rows = np.arange(len(pool))
    for number, one in enumerate(gates):
        beyond = made.asking(rows, [one])
        assert np.flatnonzero(~beyond).tolist() == [number]
    assert not made.asking(rows, gates).any()
    with pytest.raises(ValueError, match="63 gates"):
        Demands({}, [*gates, "one-more"])


def test_two_gates_must_both_be_within_reach():
    both = Opportunity("b", "b", requirements=(gate("1", "VOG", "vog"), gate("2", "x", GATES[1])))
    made = Demands(COLUMNS, GATES)
    made.append([both], {}, [()])
    found = [bool(made.asking(ROWS[:1], held)[0]) for held in ([], ["vog"], [GATES[1]], GATES)]
    assert found == [True, True, True, False]


def test_appending_in_parts_and_keeping_some(demands: Demands):
    parts = Demands(COLUMNS, GATES)
    parts.append([KITCHEN], OWN, IMPLIED[:1])
    parts.append([], OWN, [])
    parts.append([HOOD, QUIET], OWN, IMPLIED[1:])
    strengths, own = floats(0.8, 0.2, 0.6), floats(0.3, 0.4, 0.5)

    def told(of: Demands, rows: np.ndarray, own_strengths: np.ndarray) -> list[np.ndarray]:
        some = of.own_rows(rows)
        return [
            of.covered(rows, strengths, some, own_strengths[some]),
            of.called(rows, strengths),
            of.asking(rows, ["vog"]).astype(np.float32),
        ]

    expected = told(demands, ROWS, own)
    for one, other in zip(told(parts, ROWS, own), expected, strict=True):
        assert np.array_equal(one, other, equal_nan=True)
    # The own words of the kitchen go; those of the neighbourhood get the first row.
    parts.keep(np.array([2, 1]), np.array([-1, -1, 0], dtype=np.int32))
    assert len(parts) == 2
    assert parts.own_rows(np.arange(2)).tolist() == [0]
    for one, other in zip(told(parts, np.arange(2), own[2:]), expected, strict=True):
        assert np.array_equal(one, other[[2, 1]], equal_nan=True)
    assert parts.bytes > 0


PEOPLE = [
    Profile("a", "Ik kook voor grote groepen en ik snoei heggen. Ik trek op met tieners."),
    Profile("b", "", evidence=(Evidence("wound-care", Grade.CLAIMED),)),
    Profile(
        "c",
        "Ik help mijn oma met wassen en aankleden.",
        answers={"wound-care": Answer.CAN, "help-washing-dressing": Answer.CANNOT},
        evidence=(Evidence("administer-medication", Grade.VALIDATED),),
    ),
]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.id)
def test_what_counts_in_the_order_is_what_the_reasons_tell(
    new_engine: Callable[..., Engine],
    add: Callable[[Engine, list[Opportunity]], None],
    person: Profile,
):
    """The arrays and the explanation are two ways to the same number."""
    engine = new_engine()
    stated = [one for one in HANDMADE if any(r.competence for r in one.requirements)]
    add(engine, stated)
    shelf, reader = engine._shelf, engine._reader
    scorer = Scorer(shelf, engine._tools, person, reader.read(person.skills), reader.read(""))
    rows = np.arange(len(stated))
    own_rows = shelf.demands.own_rows(rows)
    own = scorer._skills.own_strengths(own_rows, shelf.own_words)
    found = shelf.demands.covered(rows, scorer._skills.strengths(), own_rows, own)
    expected = [coverage_score(engine.explain(person, one.id).reasons) for one in stated]
    assert found == pytest.approx(expected, abs=1e-5)
    assert 0 <= found.min() <= found.max() <= 1
    assert found.max() > 0

"""The engine as a whole: what goes in is found, what goes out is gone, and the order holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from matcher.encoder import Encoder
from matcher.engine import Engine, VersionMismatch
from matcher.scoring import Scorer
from matcher.types import Answer, Filters, Kind, Level, Opportunity, Profile, Ranking, Status
from tests.matcher.pools import (
    BARE,
    BOOKS,
    COOK,
    GARDEN,
    HANDMADE,
    HEERLEN,
    NURSE,
    WASH,
    YOUTH,
    asks,
    copies,
)

COOKS = Profile(
    "p",
    "Ik kook al jaren voor grote groepen in een kantine.",
    "Ik wil de tuin van een zorgboerderij onderhouden en heggen snoeien.",
)

Make = Callable[..., Engine]
Add = Callable[[Engine, list[Opportunity]], None]


def ids(ranking: Ranking) -> list[str]:
    return [match.opportunity for match in ranking.matches]


def same(one: Ranking, other: Ranking) -> None:
    """The same answer, up to the last digits of a float."""
    assert ids(one) == ids(other)
    assert (one.total, one.considered, one.left_out) == (
        other.total,
        other.considered,
        other.left_out,
    )
    for left, right in zip(one.matches, other.matches, strict=True):
        assert left.score == pytest.approx(right.score, abs=1e-4)
        assert left.deployability == right.deployability
        assert left.route == right.route
        assert [r.status for r in left.reasons] == [r.status for r in right.reasons]
        assert [r.evidence for r in left.reasons] == [r.evidence for r in right.reasons]


@pytest.fixture
def made(new_engine: Make, add: Add) -> Engine:
    engine = new_engine()
    add(engine, HANDMADE)
    return engine


def test_an_opportunity_is_nearest_to_its_own_words(made: Engine):
    for one in HANDMADE:
        asked = Profile("p", f"{one.title}. {one.text}", one.title)
        assert ids(made.rank(asked))[0] == one.id


def test_a_demo_opportunity_is_near_to_its_own_words(engine: Engine, some: list[Opportunity]):
    gates = frozenset(engine.framework.gates)
    for one in some[::5]:
        words = " ".join(one.text.split()[:20])
        assert one.id in ids(engine.rank(Profile("p", words, one.title, gates=gates), limit=5))


def test_skills_alone_and_ambition_alone_are_enough(made: Engine):
    assert ids(made.rank(Profile("p", COOKS.skills, "")))[0] == "cook"
    assert ids(made.rank(Profile("p", "", COOKS.ambition)))[0] == "garden"
    # The only side that was filled in counts, also where its weight is nothing.
    assert ids(made.rank(Profile("p", COOKS.skills, "", ambition_weight=1.0)))[0] == "cook"
    assert ids(made.rank(Profile("p", "", COOKS.ambition, ambition_weight=0.0)))[0] == "garden"


def test_the_weight_between_skills_and_ambition_changes_the_order(made: Engine):
    skills = made.rank(replace(COOKS, ambition_weight=0.0))
    ambition = made.rank(replace(COOKS, ambition_weight=1.0))
    assert ids(skills)[0] == "cook"
    assert ids(ambition)[0] == "garden"
    assert set(ids(made.rank(COOKS))[:2]) == {"cook", "garden"}


def test_what_is_denied_does_not_attract(made: Engine):
    scores = {
        said: {match.opportunity: match.score for match in made.rank(Profile("p", said)).matches}
        for said in (
            "Ik help graag. Ik kook voor groepen.",
            "Ik help graag. Niet koken voor groepen.",
        )
    }
    said, denied = scores.values()
    assert denied["cook"] < said["cook"]


@pytest.mark.parametrize("words", ["", " \n ", "🙂🎉", "\x00\x07", "123", "<br>", "geen kinderen"])
def test_a_profile_that_says_nothing_is_answered_with_nothing(made: Engine, words: str):
    found = made.rank(Profile("p", words, words))
    assert (found.matches, found.total, found.considered) == ((), 0, len(HANDMADE))


@pytest.mark.parametrize(
    "words",
    [
        "koken",
        "k",
        "догляд за літніми людьми",
        "照顾老人",
        "رعاية المسنين",
        "<b>koken</b>",
        "x" * 50_000,
    ],
)
def test_odd_words_are_answered(made: Engine, words: str):
    found = made.rank(Profile("p", words, "Ik zoek werk."))
    assert found.total == len(HANDMADE)
    assert all(0 <= match.score <= 1 for match in found.matches)


def test_fifty_thousand_characters_are_answered(made: Engine):
    words = "Ik kook graag voor grote groepen in de keuken van het buurthuis. " * 800
    assert ids(made.rank(Profile("p", words)))[0] == "cook"


def test_an_empty_pool_answers_with_nothing(new_engine: Make):
    found = new_engine().rank(COOKS)
    assert (found.matches, found.total, found.considered) == ((), 0, 0)
    assert len(new_engine()) == 0


def test_scores_fall_and_lie_within_0_and_1(engine: Engine, some: list[Opportunity]):
    found = engine.rank(COOKS, limit=1000)
    assert found.total == found.considered == len(some)
    assert sorted(ids(found)) == sorted(one.id for one in some)
    assert all(0 <= match.score <= 1 for match in found.matches)
    assert all(0 <= reason.strength <= 1 for match in found.matches for reason in match.reasons)
    # Spreading over employers may lift one a little, no more.
    scores = np.array([match.score for match in found.matches])
    assert (np.diff(scores) < 0.2).all()
    assert scores[0] > scores[-1]


def test_a_limit_beyond_the_pool(made: Engine):
    assert len(made.rank(COOKS, limit=10_000).matches) == len(HANDMADE)


def test_pages_are_disjoint_and_together_the_whole(engine: Engine):
    whole = ids(engine.rank(COOKS, limit=1000))
    pages = [ids(engine.rank(COOKS, limit=4, offset=offset)) for offset in range(0, 24, 4)]
    assert [one for page in pages for one in page] == whole[:24]
    assert ids(engine.rank(COOKS, limit=7, offset=10_000)) == []


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (1, -1)])
def test_impossible_pages_are_refused(made: Engine, limit: int, offset: int):
    with pytest.raises(ValueError, match="limit"):
        made.rank(COOKS, limit=limit, offset=offset)


def test_the_same_question_twice(engine: Engine):
    assert engine.rank(COOKS) == engine.rank(COOKS)


def test_ties_go_by_id_whatever_the_order_of_adding(new_engine: Make, add: Add):
    for order in (1, -1):
        engine = new_engine()
        add(engine, copies(30)[::order])
        assert ids(engine.rank(COOKS, limit=30)) == [one.id for one in copies(30)]


def test_one_employer_does_not_fill_the_first_three(new_engine: Make, add: Add):
    engine = new_engine()
    add(engine, [replace(one, organisation="linde") for one in copies(5)])
    # Encoded apart: the same words in another batch, which is still a tie.
    engine.add([replace(COOK, id="z-other", organisation="maasrust")])
    engine.add([replace(COOK, id="z-third", organisation="geuldal")])
    assert set(ids(engine.rank(COOKS))[:3]) == {"copy-00000", "z-other", "z-third"}


def test_an_explanation_equals_the_match_in_the_ranking(engine: Engine):
    for match in engine.rank(COOKS, limit=8).matches:
        alone = engine.explain(COOKS, match.opportunity)
        assert alone.score == pytest.approx(match.score, abs=1e-4)
        assert alone.deployability == match.deployability
        assert alone.route == match.route
        assert [(r.status, r.evidence) for r in alone.reasons] == [
            (r.status, r.evidence) for r in match.reasons
        ]


def test_an_explanation_of_what_is_not_there(made: Engine):
    with pytest.raises(KeyError):
        made.explain(COOKS, "nowhere")


def test_an_explanation_is_given_whatever_the_limits_and_without_words(made: Engine):
    far = replace(COOKS, place=HEERLEN, travel_km=5)
    assert "nurse" not in ids(made.rank(far))
    found = made.explain(far, "nurse")
    assert found.distance_km == pytest.approx(264, abs=10)
    empty = made.explain(Profile("p"), "cook")
    assert [reason.status for reason in empty.reasons] == [Status.NOT_SHOWN]
    assert 0 <= empty.score <= 1


def test_hard_facts_come_before_text(made: Engine):
    nurse = Profile("p", f"{NURSE.title}. {NURSE.text}", place=HEERLEN, travel_km=50)
    found = made.rank(nurse)
    assert "nurse" not in ids(found)
    assert found.left_out == {"distance": 1}
    kinds = made.rank(nurse, filters=Filters(kinds=frozenset({Kind.TRAINEESHIP})))
    assert ids(kinds) == ["garden"]
    assert made.rank(nurse, filters=Filters(without_diploma=True)).left_out["diploma"] == 0


def test_distances_are_told(made: Engine):
    found = {m.opportunity: m for m in made.rank(replace(COOKS, place=HEERLEN)).matches}
    assert found["cook"].distance_km == pytest.approx(0, abs=1e-9)
    assert found["garden"].distance_km == pytest.approx(21, abs=2)
    assert found["bare"].distance_km is None
    assert all(match.distance_km is None for match in made.rank(COOKS).matches)


def test_filtering_by_level(made: Engine):
    whole = {m.opportunity: m.deployability.level for m in made.rank(COOKS).matches}
    assert whole["nurse"] in (Level.ROUTE, Level.NOT_YET)
    assert whole["cook"] is Level.NOW
    for level in Level:
        found = made.rank(COOKS, filters=Filters(levels=frozenset({level})))
        assert set(ids(found)) == {one for one, given in whole.items() if given is level}
        assert found.total + found.left_out["level"] == len(HANDMADE)


def test_an_opportunity_without_requirements_is_explained_by_its_title(made: Engine):
    found = made.explain(Profile("p", "Ik was chauffeur van een rolstoelbus."), "bare")
    (reason,) = found.reasons
    assert reason.requirement.text == BARE.title
    assert reason.status is not Status.NOT_SHOWN
    assert reason.evidence == "Ik was chauffeur van een rolstoelbus."
    assert found.deployability.level is Level.NOW


def test_a_gate_lowers_the_level_whatever_is_written(made: Engine):
    words = "Ik ben BIG-geregistreerd verpleegkundige, verzorg wonden en geef medicijnen."
    claimed = made.explain(Profile("p", words), "nurse")
    on_file = made.explain(Profile("p", words, gates=frozenset({"big-nurse"})), "nurse")
    assert claimed.reasons[0].status is Status.NOT_SHOWN
    assert claimed.deployability.level in (Level.ROUTE, Level.NOT_YET)
    assert on_file.reasons[0].status is Status.MET
    # Who does not even speak of a registration finds such work lower in the order.
    silent = made.explain(Profile("p", words.replace("BIG-geregistreerd ", "")), "nurse")
    assert silent.score < claimed.score


def test_a_gate_is_nearer_to_who_names_it_and_to_who_did_such_work(made: Engine):
    nurse = np.array([made._shelf.pool.row("nurse")])
    nursing = "Ik ben verpleegkundige, verzorg wonden en geef medicijnen."
    said = [nursing.replace("ben", "ben BIG-geregistreerd"), nursing, "Ik kook voor groepen."]
    scorers = [
        Scorer(made._shelf, made._tools, Profile("p", one), *map(made._reader.read, (one, "")))
        for one in said
    ]
    assert [float(one._beyond_reach(nurse)[0]) for one in scorers] == [0, 0.5, 1]


def test_a_gate_that_is_on_file_lifts_what_asks_it_and_nothing_else(made: Engine):
    words = Profile("p", "Ik verzorg wonden en geef medicijnen.")
    before = {m.opportunity: m.score for m in made.rank(words).matches}
    held = replace(words, gates=frozenset({"big-nurse"}))
    after = {m.opportunity: m.score for m in made.rank(held).matches}
    assert {one for one in before if after[one] != before[one]} == {"nurse"}
    assert after["nurse"] > before["nurse"]


@pytest.mark.parametrize("competence", ["guide-teenagers", None], ids=["competence", "own words"])
def test_an_answer_moves_an_opportunity_in_the_order(
    new_engine: Make, add: Add, competence: str | None
):
    """Also the answer about a line in the employer's own words, which has no competence."""
    engine = new_engine()
    line = asks("own-1", "Kent de buurt van binnen en van buiten", competence)
    engine.add([replace(YOUTH, id="own", requirements=(line,)), COOK, GARDEN])
    assert engine.explain(COOKS, "own").reasons[0].requirement.competence == competence
    scores = [
        engine.explain(replace(COOKS, answers=answers), "own").score
        for answers in ({line.key: Answer.CANNOT}, {}, {line.key: Answer.CAN})
    ]
    assert scores[0] <= scores[1] < scores[2]


def test_the_version_of_vectors_is_checked(new_engine: Make, encoder: Encoder):
    engine = new_engine()
    vectors = engine.encode([COOK, WASH])
    assert [rows.shape for rows in vectors] == [(2, encoder.dimension)] * 2
    for version in (None, "other@1234", ""):
        with pytest.raises(VersionMismatch):
            engine.add([COOK, WASH], vectors, version)
    assert len(engine) == 0
    engine.add([COOK, WASH], vectors, engine.version)
    assert len(engine) == 2


def test_vectors_of_another_shape_are_refused_and_nothing_changes(made: Engine):
    before = made.rank(COOKS)
    (rows,) = made.encode([COOK])
    for wrong in (rows[:1], rows[:, :-1], np.vstack([rows, rows]), rows[0]):
        with pytest.raises(VersionMismatch):
            made.add([BOOKS, COOK], [made.encode([BOOKS])[0], wrong], made.version)
    same(made.rank(COOKS), before)


def test_the_fingerprint_changes_with_what_is_encoded(made: Engine):
    own = made.fingerprint(COOK)
    assert own == made.fingerprint(replace(COOK, id="other", hours=None, place=None))
    assert own != made.fingerprint(replace(COOK, text=COOK.text + " Ook in het weekend."))
    assert own != made.fingerprint(replace(COOK, title="Chef"))
    assert own != made.fingerprint(replace(COOK, requirements=GARDEN.requirements))


def test_what_is_not_in_the_pool_is_judged_as_if_it_were(engine: Engine, some: list[Opportunity]):
    """In its own words too; and judging puts nothing in the pool."""
    before = len(engine)
    asking = [one for one in some if one.requirements]
    for found in engine.judge(COOKS, [replace(one, id=f"new-{one.id}") for one in asking]):
        pooled = engine.explain(COOKS, found.opportunity.removeprefix("new-"))
        assert found.deployability == pooled.deployability
        assert found.route == pooled.route
        assert [(r.status, r.evidence) for r in found.reasons] == [
            (r.status, r.evidence) for r in pooled.reasons
        ]
    assert len(engine) == before


def test_a_judgement_scores_what_is_shown_and_keeps_the_order(made: Engine):
    shown, not_shown = made.judge(COOKS, [COOK, GARDEN])
    assert (shown.opportunity, not_shown.opportunity) == ("cook", "garden")
    assert 1 >= shown.score > not_shown.score >= 0
    (silent,) = made.judge(Profile("p"), [COOK])
    assert silent.score == 0
    assert [reason.status for reason in silent.reasons] == [Status.NOT_SHOWN]
    assert made.judge(COOKS, []) == []

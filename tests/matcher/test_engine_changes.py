"""Adding, replacing and removing: whatever the way, the answer is that of the pool as it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.encoder import SentenceEncoder
from matcher.engine import Engine
from matcher.framework import Framework
from matcher.types import Opportunity, Profile
from tests.matcher.pools import COOK, GARDEN, HANDMADE, WASH, copies
from tests.matcher.test_engine import COOKS, Add, Make, ids, same


def test_stored_vectors_answer_as_fresh_ones(new_engine: Make, add: Add):
    fresh, kept = new_engine(), new_engine()
    fresh.add(HANDMADE)
    add(kept, HANDMADE)
    same(fresh.rank(COOKS), kept.rank(COOKS))


def test_one_at_a_time_equals_all_at_once(new_engine: Make, sentence_encoder: SentenceEncoder):
    once, singly = (new_engine(encoder=sentence_encoder) for _ in range(2))
    once.add(HANDMADE[:4])
    for one in HANDMADE[:4]:
        singly.add([one])
    same(once.rank(COOKS), singly.rank(COOKS))


def test_the_order_of_adding_does_not_matter(new_engine: Make, add: Add):
    there, back = new_engine(), new_engine()
    add(there, HANDMADE)
    add(back, HANDMADE[::-1])
    same(there.rank(COOKS), back.rank(COOKS))


def test_what_is_removed_disappears(new_engine: Make, add: Add):
    engine, never = new_engine(), new_engine()
    add(engine, HANDMADE)
    add(never, [one for one in HANDMADE if one.id != "cook"])
    assert "cook" in engine
    assert engine.remove(["cook", "cook", "nowhere"]) == 1
    assert "cook" not in engine
    assert "cook" not in ids(engine.rank(COOKS, limit=100))
    same(engine.rank(COOKS), never.rank(COOKS))
    with pytest.raises(KeyError):
        engine.explain(COOKS, "cook")
    assert engine.remove(["cook"]) == 0
    add(engine, [COOK])
    assert "cook" in ids(engine.rank(COOKS))


def test_adding_again_replaces(new_engine: Make):
    engine, only = new_engine(), new_engine()
    changed = replace(COOK, title=GARDEN.title, text=GARDEN.text, requirements=GARDEN.requirements)
    engine.add([COOK, WASH])
    engine.add([changed])
    only.add([WASH, changed])
    assert len(engine) == 2
    same(engine.rank(COOKS), only.rank(COOKS))
    assert ids(engine.rank(Profile("p", "", COOKS.ambition)))[0] == "cook"


def test_the_last_of_two_with_one_id_counts(new_engine: Make):
    engine = new_engine()
    engine.add([COOK, replace(GARDEN, id="cook")])
    assert len(engine) == 1
    (match,) = engine.rank(COOKS).matches
    assert match.reasons[0].requirement.competence == "maintain-gardens"


def test_nothing_added_and_nothing_removed(new_engine: Make):
    engine = new_engine()
    engine.add([])
    assert engine.remove([]) == 0
    assert len(engine) == 0


def test_a_pool_emptied_and_filled_again(new_engine: Make, add: Add):
    engine, fresh = new_engine(), new_engine()
    add(engine, HANDMADE)
    expected = engine.rank(COOKS)
    assert engine.remove([one.id for one in HANDMADE]) == len(HANDMADE)
    assert engine.rank(COOKS).matches == ()
    add(engine, HANDMADE)
    add(fresh, HANDMADE)
    same(engine.rank(COOKS), expected)
    same(fresh.rank(COOKS), expected)


def test_after_many_removals_the_answers_stay(new_engine: Make, add: Add):
    engine, small = new_engine(), new_engine()
    add(engine, [*copies(600), *HANDMADE, *copies(1200)[600:]])
    add(small, HANDMADE)
    engine.rank(COOKS)
    # More than half goes, so the rows are given back; then everything must still fit together.
    assert engine.remove([one.id for one in copies(1200)]) == 1200
    assert len(engine) == len(HANDMADE)
    same(engine.rank(COOKS), small.rank(COOKS))
    engine.remove(["garden"])
    add(engine, [GARDEN])
    same(engine.rank(COOKS), small.rank(COOKS))
    for one in HANDMADE:
        assert engine.explain(COOKS, one.id).opportunity == one.id


def test_a_pool_larger_than_what_is_explained(new_engine: Make, add: Add):
    engine = new_engine()
    pool = [*copies(500), *HANDMADE]
    add(engine, pool)
    found = engine.rank(COOKS, limit=1000)
    assert found.considered == len(pool)
    assert found.total == len(found.matches) == len(set(ids(found))) == 400
    assert set(ids(found)) <= {one.id for one in pool}
    tied = [one for one in ids(found) if one.startswith("copy-")]
    assert tied == sorted(tied)
    assert engine.rank(COOKS, limit=1000) == found
    # What stands out from the many is found among them.
    assert ids(engine.rank(Profile("p", GARDEN.text, GARDEN.title)))[0] == "garden"


@pytest.fixture
def two(new_engine: Make) -> tuple[Engine, Engine]:
    return new_engine(), new_engine()


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.integers(0, len(HANDMADE) - 1), max_size=4)),
        max_size=8,
    )
)
def test_any_history_equals_the_pool_that_it_leaves(
    two: tuple[Engine, Engine], add: Add, history: list[tuple[bool, list[int]]]
):
    engine, fresh = two
    engine.remove([one.id for one in HANDMADE])
    fresh.remove([one.id for one in HANDMADE])
    left: dict[str, Opportunity] = {}
    for adding, numbers in history:
        chosen = [HANDMADE[number] for number in numbers]
        if adding:
            add(engine, chosen)
            left |= {one.id: one for one in chosen}
        else:
            engine.remove([one.id for one in chosen])
            left = {key: one for key, one in left.items() if one not in chosen}
    add(fresh, list(left.values()))
    assert len(engine) == len(left)
    same(engine.rank(COOKS), fresh.rank(COOKS))


def test_threads_that_ask_while_others_change(new_engine: Make, add: Add):
    engine = new_engine()
    fixed, passing = HANDMADE[:3], [*HANDMADE[3:], *copies(30)]
    add(engine, fixed)
    done = Event()
    allowed = {one.id for one in (*fixed, *passing)}

    def ask(number: int) -> int:
        asked = 0
        while not done.is_set() or not asked:
            asker = replace(COOKS, ambition_weight=number / 4)
            found = ids(engine.rank(asker, limit=100))
            assert len(set(found)) == len(found)
            assert {one.id for one in fixed} <= set(found) <= allowed
            assert engine.explain(asker, "cook").opportunity == "cook"
            asked += 1
        return asked

    def change(part: list[Opportunity]) -> None:
        for _ in range(12):
            add(engine, part)
            engine.remove([one.id for one in part])

    with ThreadPoolExecutor(5) as threads:
        asking = [threads.submit(ask, number) for number in range(3)]
        changing = [threads.submit(change, part) for part in (passing[::2], passing[1::2])]
        try:
            for one in changing:
                one.result(60)
        finally:
            done.set()
        assert all(one.result(60) > 0 for one in asking)
    alone = new_engine()
    add(alone, fixed)
    same(engine.rank(COOKS), alone.rank(COOKS))


@pytest.fixture
def tiny(small_framework: Framework) -> Framework:
    """Two competences, quick to encode again and again."""
    kept = dict(list(small_framework.competences.items())[:2])
    return replace(small_framework, competences=kept, origins={})


def test_a_half_written_cache_is_made_anew(new_engine: Make, tiny: Framework, tmp_path: Path):
    first = new_engine(framework=tiny, cache=tmp_path)
    first.add([COOK])
    files = {file: file.read_bytes() for file in tmp_path.iterdir()}
    assert len(files) == 2  # competences and professions
    for file, whole in files.items():
        for broken in (b"", whole[:100], whole[: len(whole) // 2], b"PK\x03\x04", b"no numbers"):
            file.write_bytes(broken)
            again = new_engine(framework=tiny, cache=tmp_path)
            again.add([COOK])
            same(again.rank(COOKS), first.rank(COOKS))
            assert {one: one.read_bytes() for one in tmp_path.iterdir()} == files


def test_a_cache_of_other_texts_is_not_used(
    new_engine: Make, tiny: Framework, small_framework: Framework, tmp_path: Path
):
    other = dict(list(small_framework.competences.items())[2:4])
    new_engine(framework=tiny, cache=tmp_path)
    new_engine(framework=replace(tiny, competences=other), cache=tmp_path)
    # The competences of each, and the professions that they share.
    assert len(list(tmp_path.iterdir())) == 3


def test_a_cache_that_cannot_be_written_does_not_matter(
    new_engine: Make, tiny: Framework, tmp_path: Path
):
    (tmp_path / "file").write_text("in the way", "utf-8")
    engine = new_engine(framework=tiny, cache=tmp_path / "file" / "cache")
    engine.add([COOK])
    assert ids(engine.rank(COOKS)) == ["cook"]

"""Whatever comes and goes, every index of the shelf speaks of the same opportunity."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from matcher.engine import Engine
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.shelf import SAMPLE, Arriving, Shelf
from matcher.types import Filters, Kind, Opportunity
from tests.matcher.pools import HANDMADE, asks, copies, gate
from tests.matcher.test_engine import COOKS, ids, same

DIMENSION = 6
COMPETENCES = ("cook-for-groups", "wound-care", "maintain-gardens")
WORDS = ("koken", "tuin", "wassen", "facturen", "kinderen", "nacht", "rijden")


def arriving(numbers: Sequence[int], edition: int = 0) -> Arriving:
    """Opportunities of which no two are the same, and nothing is the same in another edition."""
    pool: list[Opportunity] = []
    vectors, wording, implied, own = [], [], [], {}
    for number in numbers:
        generator = np.random.default_rng((number, edition))
        line = f"Doet {number} van {edition}"
        competence = COMPETENCES[(number + edition) % 3]
        asked = (
            asks("r1", line, competence if number % 4 else None, critical=bool(number % 2)),
            asks("r2", "Werkt graag samen", critical=False),
            gate("r3", "VOG", ("vog", "big-nurse")[(number + edition) % 2]),
        )
        kind = tuple(Kind)[(number + edition) % len(Kind)]
        pool.append(Opportunity(f"o{number:05}", f"Titel {number}", kind=kind, requirements=asked))
        vector = generator.normal(size=DIMENSION).astype(np.float32)
        vectors.append(vector / np.linalg.norm(vector))
        wording.append(" ".join(generator.choice(WORDS, 3)))
        implied.append(((number % 5, 1.0), ((number + edition) % 3, 0.5)))
        own[line] = generator.normal(size=DIMENSION).astype(np.float32)
    own["Werkt graag samen"] = np.ones(DIMENSION, dtype=np.float32)
    return Arriving(pool, np.array(vectors).reshape(-1, DIMENSION), wording, implied, own)


@pytest.fixture
def make(small_framework: Framework, lexical: LexicalEncoder) -> Callable[..., Shelf]:
    def make(*parts: Arriving) -> Shelf:
        shelf = Shelf(DIMENSION, small_framework, lexical)
        for part in parts:
            shelf.put(part)
        return shelf

    return make


def told(shelf: Shelf, lexical: LexicalEncoder) -> dict[str, list[float]]:
    """All that the indexes say of each opportunity, without its row."""
    rows = shelf.pool.kept()
    query = shelf.wording.likeness(lexical.encode(["koken in de tuin"]))
    own_rows = shelf.demands.own_rows(rows)
    own = (1 + np.tanh(shelf.own_words.vectors(own_rows)[:, 0])) / 2
    competences = np.linspace(0.1, 0.9, 12, dtype=np.float32)
    callings = np.linspace(0.2, 0.8, 7, dtype=np.float32)
    columns = [
        *shelf.vectors.vectors(rows).T,
        shelf.wording.scores(query, rows),
        shelf.demands.covered(rows, competences, own_rows, own.astype(np.float32)),
        shelf.demands.called(rows, callings),
        shelf.demands.asking(rows, ["vog"]),
    ]
    table = np.stack(columns, axis=1).astype(np.float64).round(4)
    return {
        shelf.pool.at(int(row)).id: line.tolist() for row, line in zip(rows, table, strict=True)
    }


def test_what_is_put_is_told_and_what_is_removed_is_not(
    make: Callable[..., Shelf], lexical: LexicalEncoder
):
    shelf, expected = make(arriving(range(40))), make(arriving(range(0, 40, 2)))
    assert shelf.remove([f"o{number:05}" for number in range(1, 40, 2)]) == 20
    assert told(shelf, lexical) == told(expected, lexical)
    assert shelf.remove(["o00001", "nowhere"]) == 0


def test_a_replacement_tells_only_the_new(make: Callable[..., Shelf], lexical: LexicalEncoder):
    shelf = make(arriving(range(10)))
    old = told(shelf, lexical)
    shelf.remove(["o00003", "o00007"])
    shelf.put(arriving([3, 7], edition=1))
    found = told(shelf, lexical)
    fresh = make(arriving([0, 1, 2, 4, 5, 6, 8, 9]), arriving([7, 3], edition=1))
    assert found == told(fresh, lexical)
    assert found["o00003"] != old["o00003"]
    assert found["o00004"] == old["o00004"]


def test_every_index_is_in_step_after_the_rows_are_given_back(
    make: Callable[..., Shelf], lexical: LexicalEncoder
):
    shelf = make(arriving(range(600)), arriving(range(600, 1300)))
    everything = told(shelf, lexical)
    before = shelf.memory
    gone = [f"o{number:05}" for number in range(1300) if number % 13 > 5]
    for start in range(0, len(gone), 97):
        shelf.remove(gone[start : start + 97])
        rows, left = shelf.pool.rows, len(shelf.pool)
        # A row for each in every index, whether given back or not yet.
        assert {len(shelf.wording), len(shelf.demands)} == {rows}
        assert len(shelf.vectors) == left
        assert rows <= max(1000, 2 * left)
    assert shelf.pool.rows < 1300
    assert told(shelf, lexical) == {k: v for k, v in everything.items() if k not in gone}
    assert shelf.memory.vectors < before.vectors
    assert shelf.memory.beside < before.beside
    shelf.put(arriving(range(1300, 1310)))
    assert len(shelf.pool) == 1310 - len(gone)
    again = make(arriving(range(1300, 1310)))
    assert {k: v for k, v in told(shelf, lexical).items() if k >= "o01300"} == told(again, lexical)


def test_own_words_that_nothing_asks_go_with_the_rows(make: Callable[..., Shelf]):
    shelf = make(arriving(range(1100)))
    assert len(shelf.own_words.numbers) == 1101
    shelf.remove([f"o{number:05}" for number in range(600)])
    assert len(shelf.own_words.numbers) == 501
    assert "Doet 5 van 0" not in shelf.own_words
    assert "Werkt graag samen" in shelf.own_words
    assert sorted(shelf.own_words.numbers.values()) == list(range(501))


def test_all_may_go_and_others_come(make: Callable[..., Shelf], lexical: LexicalEncoder):
    shelf = make(arriving(range(1100)))
    shelf.remove([f"o{number:05}" for number in range(1100)])
    assert (len(shelf.pool), len(shelf.vectors)) == (0, 0)
    assert shelf.sample().tolist() == []
    shelf.put(arriving(range(20, 25)))
    assert told(shelf, lexical) == told(make(arriving(range(20, 25))), lexical)


def test_a_sample_holds_what_is_there_and_changes_with_the_pool(make: Callable[..., Shelf]):
    shelf = make(arriving(range(SAMPLE + 200)))
    first = shelf.sample()
    assert len(first) == len(set(first.tolist())) == SAMPLE
    assert shelf.sample() is first
    # From one end to the other.
    assert first[0] == 0
    assert first[-1] >= SAMPLE + 200 - 2
    shelf.remove(["o00000", "o00001"])
    assert set(shelf.sample().tolist()) <= set(shelf.pool.kept().tolist())
    assert make(arriving(range(3))).sample().tolist() == [0, 1, 2]


def test_the_ranking_is_the_same_before_and_after_rows_are_given_back(
    new_engine: Callable[..., Engine], add: Callable[[Engine, list[Opportunity]], None]
):
    engine = new_engine()
    pool = copies(1120)
    add(engine, [*pool[:560], *HANDMADE, *pool[560:]])
    engine.remove([one.id for one in pool[::2][:550]])
    assert engine._shelf.pool.rows == len(HANDMADE) + 1120
    asked = {"limit": 100, "filters": Filters(kinds=frozenset(Kind))}
    before = engine.rank(COOKS, **asked)
    engine._shelf._compact()
    after = engine.rank(COOKS, **asked)
    assert engine._shelf.pool.rows == len(HANDMADE) + 570
    same(before, after)
    assert [one.score for one in before.matches] == [one.score for one in after.matches]
    assert len(ids(after)) == 100

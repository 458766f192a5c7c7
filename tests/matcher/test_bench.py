"""The measurements run and print every figure; how good the figures are is not tested."""

import re
from pathlib import Path

import numpy as np
import pytest

from matcher import bench
from matcher.bench_pool import Source, read, whole_vectors, write
from matcher.framework import Framework
from matcher.passages import own_texts
from matcher.region import Region


def test_a_small_run_prints_every_figure(capfd: pytest.CaptureFixture[str]) -> None:
    bench.run([12], real=10)
    printed = capfd.readouterr().out
    assert "VARIANT of two of them" in printed
    rows = {
        line[:44].strip(): line[44:].split() for line in printed.split("\n\n", 1)[1].split("\n")
    }
    assert rows["opportunities"] == ["12"]
    figure = re.compile(r"[\d,]+(\.\d+)?")
    for label, cells in rows.items():
        numbers = [cell for cell in cells if cell != "/"]
        assert all(figure.fullmatch(number) for number in numbers), label
    for label in (
        "encoder, paragraphs",
        "wording (n-grams), whole opportunities",
        "engine, profile encoded inside",
        "engine, profile remembered",
        "engine, remembered, place and hours given",
        "semantic_search, top 20, query encoded",
        "bare FAISS flat, top 20, query encoded",
        "to semantic_search",
        "to bare FAISS flat",
        "resident, with the pool",
        "of which vectors",
        "of which all else that is compared",
        "all that is compared / vectors",
        "allowed",
        "process start to first match",
    ):
        assert rows[label], label


@pytest.fixture
def source(region: Region, framework: Framework) -> Source:
    generator = np.random.default_rng(7)
    opportunities = region.opportunities(framework)[:12]
    vectors = [
        generator.standard_normal((1 + len(own_texts(one)), 8)).astype(np.float32)
        for one in opportunities
    ]
    return Source(opportunities, [one / np.linalg.norm(one, axis=1)[:, None] for one in vectors])


def test_a_pool_begins_with_the_real_ones_and_holds_what_was_asked(
    source: Source, tmp_path: Path
) -> None:
    write(tmp_path / "pool.db", source, 450)
    batches = list(read(tmp_path / "pool.db", 8))
    assert [len(opportunities) for opportunities, _ in batches] == [200, 200, 50]
    opportunities = [one for each, _ in batches for one in each]
    vectors = [rows for _, each in batches for rows in each]
    assert opportunities[:12] == list(source.opportunities)
    assert len({one.id for one in opportunities}) == 450
    for one, rows in zip(opportunities, vectors, strict=True):
        assert rows.shape == (1 + len(own_texts(one)), 8)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
        assert len({asked.key for asked in one.requirements}) == len(one.requirements)
    assert (whole_vectors(tmp_path / "pool.db", 8) == [rows[0] for rows in vectors]).all()


def test_a_variant_takes_its_requirements_over_with_their_own_vectors(
    source: Source, tmp_path: Path
) -> None:
    own = {row.tobytes() for rows in source.vectors for row in rows[1:]}
    asked = {text for one in source.opportunities for text in own_texts(one)}
    write(tmp_path / "pool.db", source, 60)
    for opportunities, vectors in read(tmp_path / "pool.db", 8):
        for one, rows in zip(opportunities, vectors, strict=True):
            assert asked.issuperset(own_texts(one))
            assert all(row.tobytes() in own for row in rows[1:])


def test_the_same_pool_is_made_again(source: Source, tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        write(tmp_path / name, source, 40)
    first, second = (list(read(tmp_path / name, 8)) for name in ("one.db", "two.db"))
    assert first[0][0] == second[0][0]
    assert all((a == b).all() for a, b in zip(first[0][1], second[0][1], strict=True))

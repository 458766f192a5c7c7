"""A pool of any size to measure on, made from the demo region, kept in a file.

A small model encodes some fifty paragraphs a second, so a hundred thousand are out of the
question. The opportunities of the demo region are encoded for real; the rest of a pool are
variants of two of them each, made with a fixed seed. The file is an SQLite database that holds
facts and vectors side by side, and is read in batches, as a restart of the portal does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter
from tqdm import tqdm

from matcher.encoder import Vectors
from matcher.text import sentences
from matcher.types import Opportunity, Requirement

SEED = 20261121
BATCH = 200
"""So many opportunities the portal adds at a time when it starts."""
PER_EMPLOYER = 10
"""The demo region has 160 opportunities of 16 employers; a larger pool keeps that share."""
NOISE = 0.3
"""Length of the random vector that is added to the mix of two unit vectors."""

_ADAPTER = TypeAdapter(Opportunity)


@dataclass(frozen=True)
class Source:
    """Real opportunities with their real vectors, as `Engine.encode` gives them."""

    opportunities: Sequence[Opportunity]
    vectors: Sequence[Vectors]


def write(file: Path, source: Source, size: int) -> None:
    """Write a pool of `size` opportunities: the real ones first, then variants of them."""
    generator = np.random.default_rng(SEED)
    cut = [sentences(one.text) for one in source.opportunities]
    numbers = tqdm(range(size), desc=f"making {size:,}", mininterval=1, leave=False)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE opportunity (number INTEGER PRIMARY KEY, facts, vectors)")
        # A file that is thrown away needs no journal.
        database.execute("PRAGMA synchronous = OFF")
        database.executemany(
            "INSERT INTO opportunity VALUES (?, ?, ?)",
            (
                (number, _ADAPTER.dump_json(opportunity), vectors.tobytes())
                for number in numbers
                for opportunity, vectors in (_one(number, size, source, cut, generator),)
            ),
        )
        database.commit()


def read(file: Path, dimension: int) -> Iterator[tuple[list[Opportunity], list[Vectors]]]:
    """Read a pool in batches: opportunities, and of each its vectors."""
    with closing(sqlite3.connect(file)) as database:
        found = database.execute("SELECT facts, vectors FROM opportunity ORDER BY number")
        while rows := found.fetchmany(BATCH):
            yield (
                [_ADAPTER.validate_json(facts) for facts, _ in rows],
                [
                    np.frombuffer(vectors, dtype=np.float32).reshape(-1, dimension)
                    for _, vectors in rows
                ],
            )


def whole_vectors(file: Path, dimension: int) -> Vectors:
    """The vectors of the opportunities as a whole, shape (opportunities, dimension)."""
    width = dimension * np.dtype(np.float32).itemsize
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute(
            "SELECT substr(vectors, 1, ?) FROM opportunity ORDER BY number", (width,)
        )
        joined = b"".join(vector for (vector,) in rows)
    return np.frombuffer(joined, dtype=np.float32).reshape(-1, dimension).copy()


def _one(
    number: int,
    size: int,
    source: Source,
    cut: Sequence[Sequence[str]],
    generator: np.random.Generator,
) -> tuple[Opportunity, Vectors]:
    """The opportunity with this number, and its vectors."""
    count = len(source.opportunities)
    if number < count:
        return source.opportunities[number], source.vectors[number]
    first = int(generator.integers(count))
    second = (first + int(generator.integers(1, count))) % count
    share = float(generator.uniform(0.5, 0.9))
    one, other = source.opportunities[first], source.opportunities[second]
    asked, rows = _requirements(number, source, (first, second), share, generator)
    both = [*cut[first], *cut[second]]
    chosen = np.sort(generator.permutation(len(both))[: len(cut[first])])
    employers = max(1, size // PER_EMPLOYER)
    variant = replace(
        one,
        id=f"variant-{number}",
        title=one.title if generator.random() < share else other.title,
        text=" ".join(both[sentence] for sentence in chosen),
        requirements=asked,
        organisation=f"employer-{int(generator.integers(employers))}",
    )
    mixed = share * source.vectors[first][0] + (1 - share) * source.vectors[second][0]
    noise = generator.standard_normal(len(mixed), dtype=np.float32)
    mixed = mixed + NOISE / np.sqrt(len(mixed)) * noise
    mixed /= np.linalg.norm(mixed)
    return variant, np.vstack([mixed[None, :], *(row[None, :] for row in rows)]).astype(np.float32)


def _requirements(
    number: int,
    source: Source,
    pair: tuple[int, int],
    share: float,
    generator: np.random.Generator,
) -> tuple[tuple[Requirement, ...], list[Vectors]]:
    """As many as the first asks, some of them those of the second; rows of those not legal."""
    wanted = [*_with_rows(source, pair[0])]
    spare = [*_with_rows(source, pair[1])]
    for position in range(min(len(wanted), len(spare))):
        if generator.random() < share:
            continue
        keys = {requirement.key for requirement, _ in wanted}
        if spare[position][0].key not in keys:
            wanted[position] = spare[position]
    asked = tuple(
        replace(requirement, id=f"variant-{number}-{place}")
        for place, (requirement, _) in enumerate(wanted, start=1)
    )
    return asked, [row for _, row in wanted if row is not None]


def _with_rows(source: Source, number: int) -> Iterator[tuple[Requirement, Vectors | None]]:
    rows = iter(source.vectors[number][1:])
    for requirement in source.opportunities[number].requirements:
        yield requirement, None if requirement.legal else next(rows)

"""The measurements at one size, in a process of their own: a start, its memory, its speed."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from matcher import bench_pool, home
from matcher.datafiles import by_id, read_records
from matcher.encoder import Encoder, Vectors, load_encoder
from matcher.engine import Engine
from matcher.evaluation.profiles import FOLDER, GradedProfile, Half, query
from matcher.index import bare_search
from matcher.lexical import LexicalEncoder
from matcher.passages import wording_text
from matcher.types import Hours, Opportunity, Place, Profile

T = TypeVar("T")
Figures = Mapping[str, float]

LIMIT = 20
MOST_PROFILES = 100
"""The engine remembers the texts of more profiles than this."""
_ROUNDS = 2
_CORES = os.cpu_count() or 1
_PARAGRAPHS = 48
_MEGABYTE = 1e6
_FIRST = Profile(
    "first",
    "Ik werkte twaalf jaar in een bakkerij en sta graag klaar voor mensen. Ik kan goed plannen.",
    "Iets met ouderen bij mij in de buurt, liefst overdag.",
)


def measure(file: Path) -> Iterator[Figures]:
    """Start on the pool in `file` and measure; the first figures come after the first match."""
    known = home.framework()
    encoder = load_encoder(os.environ.get("ENCODER", ""))
    engine = home.engine(known, encoder)
    before = _resident()
    began = time.perf_counter()
    some: list[Opportunity] = []
    for opportunities, vectors in bench_pool.read(file, encoder.dimension):
        engine.add(opportunities, vectors, engine.version)
        some = some or opportunities
    added = time.perf_counter() - began
    engine.rank(_FIRST, limit=LIMIT)
    yield {"adding": added}
    yield {**_memory(engine, before), **_rates(encoder, some, engine)}
    yield from _speeds(engine, encoder, file, _places(some))


def profiles() -> list[Profile]:
    """The profiles of our evaluation set."""
    found = by_id(read_records(FOLDER / f"{Half.DEVELOPMENT}.yaml", GradedProfile)).values()
    return [one.profile for one in found][:MOST_PROFILES]


def _memory(engine: Engine, before: float) -> Figures:
    held = engine.memory
    return {
        "resident_empty": before,
        "resident": _resident(),
        "peak": _peak(),
        "vectors": held.vectors / _MEGABYTE,
        "beside": held.beside / _MEGABYTE,
    }


def _rates(encoder: Encoder, opportunities: Sequence[Opportunity], engine: Engine) -> Figures:
    """Texts encoded per second, on whole paragraphs."""
    step = max(1, len(opportunities) // _PARAGRAPHS)
    paragraphs = [one.text for one in opportunities[::step]][:_PARAGRAPHS]
    lexical = LexicalEncoder.load(home.NGRAMS)
    texts = [wording_text(one) for one in opportunities]
    encoder.encode(paragraphs[:2])
    dense = _timed(lambda: encoder.encode(paragraphs))
    sparse = _timed(lambda: lexical.encode(texts))
    return {"encoder_rate": len(paragraphs) / dense, "lexical_rate": len(texts) / sparse}


def _speeds(
    engine: Engine, encoder: Encoder, file: Path, places: Sequence[Place]
) -> Iterator[Figures]:
    # A tiny pool is a trial of the command; it needs no more people than opportunities.
    people = profiles()[: len(engine)]
    near = [
        replace(one, place=places[number % len(places)], travel_km=25.0, hours=Hours(20, 28))
        for number, one in enumerate(people)
    ]

    def rank(profile: Profile) -> None:
        engine.rank(profile, limit=LIMIT)

    yield {
        "profiles": len(people),
        # The first time that a text is seen it is encoded; after that it is remembered.
        **_middle("fresh", [_timed(partial(rank, one)) for one in people]),
        **_middle("known", _rounds(people, rank)),
        **_middle("limited", _rounds(near, rank)),
    }
    vectors = bench_pool.whole_vectors(file, encoder.dimension)
    queries = encoder.encode([query(one) for one in people])
    yield {
        **_middle("semantic", _semantic_search(vectors, queries)),
        **_middle("faiss", _rounds([*queries], bare_search(vectors, LIMIT, 1))),
        **_middle("threads", _rounds([*queries], bare_search(vectors, LIMIT, _CORES))),
    }


def _semantic_search(vectors: Vectors, queries: Vectors) -> list[float]:
    import torch
    from sentence_transformers.util import dot_score, semantic_search

    corpus, asked = torch.from_numpy(vectors), torch.from_numpy(queries)
    return _rounds(
        [asked[number : number + 1] for number in range(len(asked))],
        lambda one: semantic_search(one, corpus, top_k=LIMIT, score_function=dot_score),
    )


def _rounds(inputs: Sequence[T], answer: Callable[[T], object]) -> list[float]:
    """Seconds of each answer, over a few rounds; a first answer warms up and is not counted."""
    answer(inputs[0])
    return [_timed(partial(answer, one)) for _ in range(_ROUNDS) for one in inputs]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _middle(name: str, seconds: Sequence[float]) -> Figures:
    """The median and the 95th percentile, in milliseconds."""
    middle, high = np.percentile(seconds, [50, 95]) * 1000
    return {f"{name}_p50": float(middle), f"{name}_p95": float(high)}


def _places(opportunities: Sequence[Opportunity]) -> list[Place]:
    found = {one.place for one in opportunities if one.place}
    return sorted(found, key=lambda place: (place.name, place.province))


def _resident() -> float:
    """Memory of this process in MB now; where the system does not say, its peak."""
    return _status("VmRSS") or _peak()


def _peak() -> float:
    """The most memory that this process had, in MB."""
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _status("VmHWM") or usage * (1 if sys.platform == "darwin" else 1024) / _MEGABYTE


def _status(name: str) -> float:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    found = next((line for line in lines if line.startswith(f"{name}:")), None)
    return int(found.split()[1]) * 1024 / _MEGABYTE if found else 0.0

"""Everything that is measured, in one run, section by section as it becomes known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from matcher import home
from matcher.encoder import Encoder, Vectors, load_minilm
from matcher.engine import Engine
from matcher.evaluation import tables
from matcher.evaluation.ablation import without_each
from matcher.evaluation.baselines import LETTERS, MINILM, OWN, Baseline, baselines, ordered
from matcher.evaluation.coverage import (
    PAIRS,
    GradedPair,
    judge_pairs,
    judge_unrelated,
    load_pairs,
)
from matcher.evaluation.measures import SEED, Scores, measure
from matcher.evaluation.occupations import ask
from matcher.evaluation.profiles import (
    FOLDER,
    GradedProfile,
    Half,
    Slice,
    document,
    load_profiles,
    query,
    slices_of,
)
from matcher.evaluation.speed import texts_per_second
from matcher.evaluation.swaps import SWAPS, Swap, load_swaps, unmoved
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.ranking import Weights
from matcher.training.corpora import Occupation, occupations
from matcher.types import Opportunity

ENGINE = "engine"
PARAGRAPHS = 40
"""About so many texts are encoded again and again to measure speed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to print besides the usual; see `python -m matcher evaluate --help`."""

    halves: tuple[Half, ...] = (Half.DEVELOPMENT,)
    ablation: bool = False
    thresholds: bool = False
    occupations: Path | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured on, as it stands in the files."""

    profiles: Mapping[Half, Sequence[GradedProfile]]
    pairs: Mapping[Half, Sequence[GradedPair]]
    swaps: Sequence[Swap]
    occupations: Sequence[Occupation] = ()


class Bench:
    """What every section needs: the demo region, the encoders, and engines over it."""

    def __init__(self, known: Framework, pool: Sequence[Opportunity], own: Encoder) -> None:
        self.known = known
        self.pool = pool
        self.own = own
        self.documents = [document(one) for one in pool]
        self._lexical = LexicalEncoder.load(home.NGRAMS)

    @cached_property
    def minilm(self) -> Encoder:
        """The packaged all-MiniLM, for comparison."""
        return load_minilm()

    @cached_property
    def baselines(self) -> Mapping[str, Baseline]:
        """The baselines over the demo region, by name."""
        return baselines(self.documents, self.own, self.minilm)

    @cached_property
    def engine(self) -> Engine:
        """The engine over the demo region as the portal runs it."""
        return self.engine_with(Weights())

    @cached_property
    def _vectors(self) -> list[Vectors]:
        return self.empty_engine().encode(self.pool)

    def empty_engine(self, weights: Weights | None = None) -> Engine:
        """An engine without a pool."""
        return Engine(self.known, self.own, self._lexical, cache=home.CACHE, weights=weights)

    def engine_with(self, weights: Weights) -> Engine:
        """The engine over the demo region with other weights; the texts are encoded once."""
        made = self.empty_engine(weights)
        made.add(self.pool, self._vectors, made.version)
        return made


def report(wanted: Wanted, encoder: Encoder) -> Iterator[str]:
    """Measure the engine with this encoder on the demo region, and give the sections to print.

    Raises:
        DataFileError: a file of the evaluation or the framework is not usable.
        EncoderMissing: the packaged all-MiniLM is not there.
        CorpusError: the occupations are not the expected ones.
    """
    known = home.framework()
    pool = home.demo_region(known).opportunities(known)
    yield from sections(wanted, read(wanted, known, pool), Bench(known, pool, encoder))


def read(
    wanted: Wanted, known: Framework, pool: Sequence[Opportunity], folder: Path = FOLDER
) -> Material:
    """Read what is needed and nothing else: a half that is not asked for stays closed.

    Raises:
        DataFileError: a file of the evaluation is not usable.
        CorpusError: the occupations are not the expected ones.
    """
    pairs = load_pairs(folder / PAIRS, known)
    return Material(
        profiles={half: load_profiles(folder / f"{half}.yaml", pool) for half in wanted.halves},
        pairs={half: [one for one in pairs if one.half is half] for half in Half},
        swaps=load_swaps(folder / SWAPS),
        occupations=occupations(wanted.occupations) if wanted.occupations else (),
    )


def sections(wanted: Wanted, material: Material, bench: Bench) -> Iterator[str]:
    """Measure, and give each section as it becomes known.

    Raises:
        EncoderMissing: the packaged all-MiniLM is not there.
    """
    yield f"encoder {bench.own.version}, {len(bench.pool)} opportunities; intervals are 95 %"
    for half, profiles in material.profiles.items():
        yield from _profiles(half, profiles, bench, ablation=wanted.ablation)
    for half in wanted.halves:
        yield _coverage(half, material.pairs[half], bench.engine)
    if wanted.thresholds:
        pairs = material.pairs[Half.DEVELOPMENT]
        yield _section(
            f"{Half.DEVELOPMENT} half, coverage: where met could begin",
            tables.threshold_table(
                judge_pairs(pairs, bench.engine), judge_unrelated(pairs, bench.engine)
            ),
        )
    yield _swaps(material.swaps, bench.engine)
    if material.occupations:
        yield _occupations(material.occupations, bench)
    yield _speed(bench)


def engine_scores(engine: Engine, profiles: Sequence[GradedProfile]) -> Scores:
    """How the engine orders its whole pool for each profile."""
    orders = [
        [match.opportunity for match in engine.rank(one.profile, limit=len(engine)).matches]
        for one in profiles
    ]
    return measure([one.grades for one in profiles], orders)


def all_scores(bench: Bench, profiles: Sequence[GradedProfile]) -> Mapping[str, Scores]:
    """How every baseline, and last the engine, orders the demo region for each profile."""
    ids = [one.id for one in bench.pool]
    queries = [query(one.profile) for one in profiles]
    grades = [one.grades for one in profiles]
    found = {
        name: measure(grades, ordered(baseline(queries), ids))
        for name, baseline in bench.baselines.items()
    }
    return {**found, ENGINE: engine_scores(bench.engine, profiles)}


def _profiles(
    half: Half, profiles: Sequence[GradedProfile], bench: Bench, *, ablation: bool
) -> Iterator[str]:
    scores = all_scores(bench, profiles)
    languages = [one.language for one in profiles]
    counts = Counter(languages)
    title = f"{half} half: {len(profiles)} profiles ({counts['nl']} Dutch, {counts['en']} English)"
    yield _section(title, tables.ranker_table(scores, languages, ENGINE, (LETTERS, OWN)))
    by_id = {one.id: one for one in bench.pool}
    kinds = [slices_of(one, by_id) for one in profiles]
    rows = {name: np.array([name in one for one in kinds], dtype=np.bool_) for name in Slice}
    yield _section(
        f"{half} half, nDCG@10 per slice", tables.slice_table(scores, rows, (ENGINE, LETTERS, OWN))
    )
    if ablation:
        without = {
            name: engine_scores(bench.engine_with(weights), profiles)
            for name, weights in without_each(Weights()).items()
        }
        yield _section(
            f"{half} half, one part off at a time", tables.ablation_table(scores[ENGINE], without)
        )


def _coverage(half: Half, pairs: Sequence[GradedPair], engine: Engine) -> str:
    return _section(
        f"{half} half, coverage: {len(pairs)} pairs of a sentence and a competence",
        tables.coverage_lines(judge_pairs(pairs, engine), judge_unrelated(pairs, engine)),
    )


def _swaps(swaps: Sequence[Swap], engine: Engine) -> str:
    same = unmoved(swaps, engine)
    kinds = Counter(swap.what for swap in swaps)
    kept = Counter(swap.what for swap in swaps if same[swap.id])
    each = ", ".join(f"{kind} {kept[kind]} of {count}" for kind, count in sorted(kinds.items()))
    return _section(
        f"{len(swaps)} pairs that differ in words that must not matter",
        f"the same first 20 in the same order: {sum(same.values()) / len(swaps):.1%} ({each})",
    )


def _occupations(jobs: Sequence[Occupation], bench: Bench) -> str:
    found = ask(jobs, bench.empty_engine(), bench.own)
    return _section(
        f"ESCO: {len(jobs):,} Dutch occupations by name and description; the questions are "
        f"{len(found.unseen):,} of the {found.held_out:,}\nalternative names kept from training, "
        f"drawn with seed {SEED}; {found.unseen.sum():,} of occupations of which every\n"
        f"alternative name was kept; {found.shared:.1%} name several occupations, of which one "
        "counts",
        tables.occupation_table(found),
    )


def _speed(bench: Bench) -> str:
    # Spread over the employers; all of them would keep all-MiniLM busy for half a minute.
    texts = [one.text for one in bench.pool[:: max(1, len(bench.pool) // PARAGRAPHS)]]
    own, other = texts_per_second((bench.own, bench.minilm), texts)
    return _section(
        "speed, paragraphs a second on this machine",
        f"{OWN} {own:,.0f}, {MINILM} {other:,.0f}: {own / other:,.1f} times",
    )


def _section(title: str, body: str) -> str:
    return f"\n{title}\n\n{body}"

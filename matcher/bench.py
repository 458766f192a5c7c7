"""How quick is the engine, and how large? At several sizes, against two plain searches.

Each size is measured in a fresh process (`matcher/bench_part.py`), on a pool from a file
(`matcher/bench_pool.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from matcher import bench_pool, home
from matcher.bench_part import LIMIT, Figures, measure
from matcher.encoder import load_encoder
from matcher.engine import Engine

_CHUNK = 40
_ROOT = Path(__file__).parents[1]

Cell = Callable[[Mapping[str, float]], str]


class PartFailed(RuntimeError):
    """A process that measured one size ended with an error; its own message stands above."""


def run(sizes: list[int], real: int | None = None) -> None:
    """Measure at these sizes and print a table.

    `real` is how many of the demo region's opportunities are encoded; None means all.
    """
    known = home.framework()
    encoder = load_encoder(os.environ.get("ENCODER", ""))
    # The vectors of the framework are cached here, so that a start finds them as it usually does.
    engine = home.engine(known, encoder)
    source = _source(engine, real)
    columns: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="bekwaam-bench-") as folder:
        for size in sizes:
            file = Path(folder) / f"{size}.db"
            bench_pool.write(file, source, size)
            columns.append({"size": size, **_measured(file, size)})
            file.unlink()
    print(_header(len(source.opportunities), encoder.version, columns), end="\n\n")
    print(_table(columns))


def part(file: Path) -> None:
    """Measure on one file and print the figures, a JSON object a line, as they come."""
    for figures in measure(file):
        print(json.dumps(dict(figures)), flush=True)


def _source(engine: Engine, real: int | None) -> bench_pool.Source:
    """The demo region, encoded for real; an earlier run's vectors of the same texts will do."""
    opportunities = home.demo_region(engine.framework).opportunities(engine.framework)[:real]
    prints = [engine.version, *(engine.fingerprint(one) for one in opportunities)]
    digest = hashlib.sha256("\0".join(prints).encode()).hexdigest()[:24]
    file = home.CACHE / f"bench-{digest}.npz"
    if file.is_file():
        with np.load(file) as kept:
            return bench_pool.Source(opportunities, [kept[one.id] for one in opportunities])
    chunks = tqdm(range(0, len(opportunities), _CHUNK), desc="encoding the demo region")
    vectors = [
        rows for start in chunks for rows in engine.encode(opportunities[start : start + _CHUNK])
    ]
    # Written beside it and moved, so that a run that is cut off leaves no half a file.
    part_of_it = file.with_suffix(".part.npz")
    by_id = dict(zip((one.id for one in opportunities), vectors, strict=True))
    np.savez(part_of_it, **by_id)  # type: ignore[arg-type]
    part_of_it.replace(file)
    return bench_pool.Source(opportunities, vectors)


def _measured(file: Path, size: int) -> Figures:
    """The figures of one size, from a process that starts now."""
    command = [sys.executable, "-m", "matcher", "bench", "--part", str(file)]
    environment = {**os.environ, "TQDM_DISABLE": "1"}
    found: dict[str, float] = {}
    steps = tqdm(total=4, desc=f"measuring {size:,}", leave=False)
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command, on a file of our own
        command, stdout=subprocess.PIPE, text=True, cwd=_ROOT, env=environment
    ) as process:
        for line in process.stdout or ():
            # The first line comes when the first match is there.
            found.setdefault("start", time.perf_counter() - began)
            found |= json.loads(line)
            steps.update()
    steps.close()
    if process.returncode:
        raise PartFailed(f"measuring {size:,} ended with {process.returncode}")
    return found


def _header(real: int, version: str, columns: Sequence[Figures]) -> str:
    profiles, noise = int(columns[0]["profiles"]), bench_pool.NOISE
    told = f"""\
Pool: the {real} opportunities of the demo region, encoded for real by {version}. What is beyond
{real} is a VARIANT of two of them, made with a fixed seed: its vector is a unit vector near a mix
of their two (with noise of length {noise}), its text is recombined from their sentences and titles,
and its requirements are theirs, with their own vectors. So this measures speed and memory, not
quality; and requirement texts are shared far more than in a real pool of this size.
Asked: {profiles} profiles of the evaluation set, the first {LIMIT} matches, explained. Each size
runs in a fresh process on {os.cpu_count()} cores, which reads facts and vectors from an SQLite
file in batches of {bench_pool.BATCH}, as a restart of the portal does."""
    return "\n".join(textwrap.wrap(told, 96))


def _table(columns: Sequence[Figures]) -> str:
    rows: list[tuple[str, Cell | None]] = [
        ("TEXTS ENCODED (per second)", None),
        ("encoder, paragraphs", _number("encoder_rate")),
        ("wording (n-grams), whole opportunities", _number("lexical_rate")),
        ("RANK (ms, p50 / p95)", None),
        ("engine, profile encoded inside", _pair("fresh")),
        ("engine, profile remembered", _pair("known")),
        ("engine, remembered, place and hours given", _pair("limited")),
        (f"semantic_search, top {LIMIT}, query encoded", _pair("semantic")),
        (f"bare FAISS flat, top {LIMIT}, query encoded", _pair("faiss")),
        ("  the same on all cores", _pair("threads")),
        ("RATIO (engine, remembered; p50 / p95)", None),
        ("to semantic_search", _ratio("semantic")),
        ("to bare FAISS flat", _ratio("faiss")),
        ("  the same on all cores", _ratio("threads")),
        ("AIM: 2 BARE FAISS + 10 MS (p50 / p95)", None),
        ("allowed", _allowed),
        ("engine, profile remembered", _pair("known")),
        ("MEMORY OF A PROCESS (MB)", None),
        ("resident, encoder and empty engine", _number("resident_empty")),
        ("resident, with the pool", _number("resident")),
        ("peak while starting", _number("peak")),
        ("of which vectors", _number("vectors")),
        ("of which all else that is compared", _number("beside")),
        ("all that is compared / vectors", _memory_ratio),
        ("START (seconds)", None),
        ("process start to first match", _number("start")),
        ("of which reading and adding the pool", _number("adding")),
    ]
    lines = [f"{'opportunities':<44}" + "".join(f"{int(one['size']):>18,}" for one in columns)]
    for label, cell in rows:
        if cell is None:
            lines += ["", label]
        else:
            lines.append(f"  {label:<42}" + "".join(f"{cell(one):>18}" for one in columns))
    return "\n".join(lines)


def _number(name: str) -> Cell:
    return lambda figures: _short(figures[name])


def _pair(name: str) -> Cell:
    return lambda figures: f"{_short(figures[f'{name}_p50'])} / {_short(figures[f'{name}_p95'])}"


def _ratio(name: str) -> Cell:
    def cell(figures: Figures) -> str:
        middle, high = (
            np.divide(figures[f"known_{part}"], figures[f"{name}_{part}"])
            for part in ("p50", "p95")
        )
        return f"{middle:.1f} / {high:.1f}"

    return cell


def _allowed(figures: Figures) -> str:
    """What the engine may take: twice the bare search, and ten milliseconds for the reasons."""
    return " / ".join(_short(2 * figures[f"faiss_{part}"] + 10) for part in ("p50", "p95"))


def _memory_ratio(figures: Figures) -> str:
    return f"{(figures['vectors'] + figures['beside']) / figures['vectors']:.2f}"


def _short(value: float) -> str:
    """Three figures or all before the point: more would only be noise."""
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"

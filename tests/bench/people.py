"""Fifty people at once: how long each page takes, against a page that does nothing."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import psutil
import yaml

from portal.config import ROOT
from portal.matching.examples import EXAMPLES
from tests.bench.place import demo_portal, machine
from tests.bench.table import say, table
from tests.serving.server import Server

TARGET_MS = 150.0
AIMED_AT = ("home", "result", "browse")
BASELINE = "/status"
READS = "3 to 10 seconds"
_COMING = 10.0
"""Seconds in which everybody comes."""
_WARM = 30.0
"""Seconds that do not count: everybody comes, and does something first."""


def measure(people: int, seconds: float, workers: int) -> bool:
    """Let people look for work; print how long each page took. Say whether the aims are met."""
    with demo_portal(workers) as (server, _link), tempfile.TemporaryDirectory() as folder:
        say(f"{people} people at once for {seconds:g} seconds, after {_WARM:g} that do not count.")
        say(f"Each reads a page for {READS}. {workers} web processes; {machine()}.")
        found, used = _run(server, people, seconds, Path(folder))
    return _report(found, used, seconds)


def _run(
    server: Server, people: int, seconds: float, folder: Path
) -> tuple[list[tuple[str, float, str]], str]:
    asked, left = folder / "asked.json", folder / "found.json"
    asked.write_text(json.dumps(_texts()), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "locust", "--locustfile", str(ROOT / "tests/bench/visitor.py")),
        *("--headless", "--host", server.url, "--users", str(people)),
        *("--spawn-rate", str(people / _COMING), "--run-time", f"{_WARM + seconds:g}s"),
        *(
            "--stop-timeout",
            "0",
            "--loglevel",
            "WARNING",
            "--only-summary",
            "--exit-code-on-error",
            "0",
        ),
    ]
    environment = {
        **os.environ,
        "BENCH_ASKED": str(asked),
        "BENCH_FOUND": str(left),
        "BENCH_WARM": f"{_WARM:g}",
        "NO_PROXY": "127.0.0.1",
    }
    log = folder / "locust.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
        meter = _Meter(server)
        try:
            process.wait(timeout=_WARM + seconds + 60)
        finally:
            used = meter.read()
            process.kill()
            process.wait()
    if not left.exists():
        raise RuntimeError(f"locust ended:\n{log.read_text(encoding='utf-8')[-3000:]}")
    told = json.loads(left.read_text(encoding="utf-8"))
    each = f"{1000 * used.seconds / max(1, told['all']):.0f} ms of processor for a request"
    return [tuple(one) for one in told["measured"]], f"{used.words} That is {each}."


class _Used(NamedTuple):
    """Seconds of processor that the workers took, and all of it in words."""

    seconds: float
    words: str


class _Meter:
    """How much processor and memory the workers take."""

    def __init__(self, server: Server) -> None:
        self._workers = [psutil.Process(pid) for pid in server.workers()]
        self._before = sum(map(_seconds, self._workers))
        self._wall = time.monotonic()

    def read(self) -> _Used:
        wall = time.monotonic() - self._wall
        seconds = sum(map(_seconds, self._workers)) - self._before
        most = max(one.memory_info().rss for one in self._workers) / 2**20
        words = f"The workers took {seconds / wall:.2f} of a core together, and {most:.0f} MB each."
        return _Used(seconds, words)


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _texts() -> list[dict[str, str]]:
    """What people ask: the examples of the home page, and the profiles to develop on."""
    profiles = yaml.safe_load((ROOT / "data/evaluation/development.yaml").read_text("utf-8"))
    return [
        *(dict(one.values) for one in EXAMPLES.values()),
        *({"skills": one["skills"], "ambition": one["ambition"]} for one in profiles),
    ]


def _report(found: list[tuple[str, float, str]], used: str, seconds: float) -> bool:
    names = [*AIMED_AT, *sorted({name for name, _, _ in found} - {*AIMED_AT, BASELINE}), BASELINE]
    base = percentile((ms for name, ms, _ in found if name == BASELINE), 50)
    rows, met = [], True
    for name in names:
        times = [ms for one, ms, _ in found if one == name]
        failed = sum(1 for one, _, wrong in found if one == name and wrong)
        half, most, worst = (percentile(times, share) for share in (50, 95, 99))
        aim = ""
        if name in AIMED_AT:
            good = most < TARGET_MS and not failed
            met = met and good
            aim = f"p95 < {TARGET_MS:g}: {'met' if good else 'NOT MET'}"
        rows.append(
            (
                *(name, len(times), failed),
                *(f"{ms:.0f}" if times else "-" for ms in (half, most, worst)),
                *(f"{half / base:.1f}" if times and base < math.inf else "-", aim),
            )
        )
    say(table(("page", "requests", "failed", "p50", "p95", "p99", "p50 / status", "aim"), rows))
    say(f"Milliseconds until the last byte. {len(found) / seconds:.1f} requests a second. {used}")
    for wrong, count in Counter(wrong for _, _, wrong in found if wrong).most_common(5):
        say(f"  failed {count} times: {wrong}")
    return met and not any(wrong for _, _, wrong in found)


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest-rank percentile; endless for nothing, so that no aim is met by silence."""
    ordered = sorted(values)
    if not ordered:
        return math.inf
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]

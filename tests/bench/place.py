"""The portal that is measured: the demo region behind a real gunicorn on loopback."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.config import ROOT
from tests.catalogues import compile_catalogues
from tests.serving import prepared
from tests.serving.server import Server, ask, serving

KEPT = ROOT / "var" / "bench"
"""The region with its vectors, kept for the next run."""
WORKERS = 2
"""As many processes as the Procfile starts."""
TEXT = (
    "Acht zomers op een camping gewerkt: gasten ontvangen en voor iedereen een praatje. "
    "Mijn oma had alzheimer en ik was vaak bij haar. Ik bak graag."
)
WISH = "Iets gezelligs met ouderen, liever overdag."


@contextmanager
def demo_portal(workers: int = WORKERS) -> Iterator[tuple[Server, str]]:
    """Serve the demo region until the end of the block; every worker can match.

    Gives the server, and the path of an answer.
    """
    compile_catalogues()
    KEPT.mkdir(parents=True, exist_ok=True)
    region = prepared.prepare(KEPT)
    with tempfile.TemporaryDirectory(prefix="bekwaam-bench-") as folder:
        var = Path(folder)
        prepared.copy_to(var, region)
        with serving(var, workers=workers) as server:
            link = ask(server, TEXT, WISH)
            server.wait_ready(link)
            # Compiles templates and fills pools, as the first minutes of a day do.
            for path in ("/", "/aanbod", link):
                server.ask_every_worker(path, times=6, each=2)
            yield server, link


def machine() -> str:
    """What it was measured on, and how busy that already was."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        model = next(
            (line.partition(":")[2] for line in lines if line.startswith("model name")), ""
        )
    busy = os.getloadavg()[0]
    return f"{len(os.sched_getaffinity(0))} cores{model and ','}{model.rstrip()}, load {busy:.1f}"

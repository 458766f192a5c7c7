"""Another model while people ask: no gap, whoever is killed; on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from portal.config import ROOT
from tests.factories.encoders import tiny_model
from tests.serving import prepared as made
from tests.serving.client import Answer, Client
from tests.serving.prepared import environment
from tests.serving.server import Server, ask, end, kill_a_worker, serving, wait
from tests.serving.test_workers import SKILLS

pytestmark = [
    pytest.mark.serving,
    pytest.mark.skipif(
        os.environ.get("TEST_DATABASE", "sqlite") != "sqlite",
        reason="it takes both databases itself, in the run without TEST_DATABASE",
    ),
]
SLOWLY = """
from portal.app import create_app
from portal.matching import building
building.PORTION = 1
with create_app().app_context():
    building.build(building.wanted())
"""
"""What the worker does, in steps so small that there is time to kill it."""
WORKER = ("-m", "huey.bin.huey_consumer", "portal.worker.huey", "--workers", "1", "--quiet")


@dataclass(frozen=True)
class Place:
    """Where a portal lives, with an index by the old model."""

    var: Path
    url: str | None
    old: Path
    new: Path

    @contextmanager
    def process(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Another process of the same portal, that already has the new configuration."""
        with (self.var / "worker.log").open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=environment(self.var, self.url, self.new),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield started
        finally:
            end(started)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    prepared = made.prepare(request.config.cache.mkdir("bekwaam-demo"))
    var = tmp_path / "var"
    var.mkdir()
    made.copy_to(var, prepared)
    old = tiny_model(tmp_path / "old", seed=1, dimension=12)
    new = tiny_model(tmp_path / "new", seed=2, dimension=20)
    with ExitStack() as stack:
        url = None
        if request.param == "postgres":
            (var / made.DATABASE).unlink()
            url = stack.enter_context(made.postgres(prepared, var))
        made.flask("rebuild-index", var=var, url=url, encoder=old)
        yield Place(var, url, old, new)


def test_another_model_takes_over_without_a_gap(place: Place) -> None:
    with serving(place.var, workers=3, url=place.url, encoder=place.new) as server:
        link = ask(server, SKILLS)
        server.wait_ready(link)
        # Started with another configuration, and still the old index.
        before = cards(server, link)
        assert encoders(server) == {"old"}

        with place.process("-c", SLOWLY) as builder:
            wait(lambda: done(server) > 5, "a part of an index", pause=0.02)
            os.kill(builder.pid, signal.SIGKILL)
            builder.wait(timeout=30)
        assert done(server) > 5
        kill_a_worker(server)
        server.wait_ready(link)
        assert cards(server, link) == before
        assert encoders(server) == {"old"}

        with asking(server, link) as answers, place.process(*WORKER):
            wait(lambda: encoders(server) == {"new"}, "the new model everywhere", pause=1)
        after = cards(server, link)
        assert after != before
        assert follows(server) is None
        assert len(answers) > 20
        assert {answer.status for answer in answers} == {200}
        assert {answer.cards for answer in answers} <= {before, after}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_who_starts_without_the_old_model_rests_and_then_goes_on(place: Place) -> None:
    (place.old / "model.safetensors").unlink()
    with serving(place.var, workers=2, url=place.url, encoder=place.new) as server:
        link = ask(server, SKILLS)
        wait(lambda: "no weights" in Client(server.url).get("/status").body, "the reason")
        # It may be a worker that does not know yet; none of them answers with another model.
        assert Client(server.url).get(link).status == 503
        assert Client(server.url).get("/aanbod").status == 200
        made.flask("rebuild-index", "--missing", var=place.var, url=place.url, encoder=place.new)
        wait(lambda: encoders(server) == {"new"}, "the new model everywhere", pause=1)
        assert cards(server, link)


def encoders(server: Server) -> set[str | None]:
    """The models with which the workers answer."""
    answers = server.ask_every_worker("/status", times=6, each=1)
    found = {answer.json["matching"]["encoder"] for answer in answers}
    return {name and name.partition("@")[0] for name in found}


def follows(server: Server) -> dict[str, int] | None:
    """What the portal says of the index that is being made."""
    told: dict[str, int] | None = Client(server.url).get("/status").json["matching"].get("follows")
    return told


def done(server: Server) -> int:
    return (follows(server) or {"done": 0})["done"]


def cards(server: Server, link: str) -> tuple[str, ...]:
    """The matches, which are the same in every worker."""
    answers = server.ask_every_worker(link, times=9, each=2)
    assert {answer.status for answer in answers} == {200}
    (found,) = {answer.cards for answer in answers}
    return found


@contextmanager
def asking(server: Server, link: str) -> Iterator[list[Answer]]:
    """Somebody who keeps asking; what was answered."""
    answers: list[Answer] = []
    ended = Event()

    def go_on(get: Callable[[str], Answer]) -> None:
        while not ended.wait(0.2):
            answers.append(get(link))

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(go_on, Client(server.url).get)
        try:
            yield answers
        finally:
            ended.set()
        asked.result()

"""A real gunicorn on a free port, always ended."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from portal.config import ROOT
from tests.serving.client import Answer, Client
from tests.serving.prepared import environment

PATIENCE = 240.0
"""Seconds to wait for what takes seconds: other work may keep the machine busy."""
_LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")
_BOOTED = re.compile(r"Booting worker with pid: (\d+)")


@dataclass(frozen=True)
class Server:
    """A running gunicorn, and what its logs tell of its workers."""

    url: str
    log: Path
    access: Path

    def workers(self) -> set[int]:
        """The workers that live."""
        return {pid for pid in self.booted() if _lives(pid)}

    def booted(self) -> list[int]:
        """Every worker that ever started."""
        return [int(pid) for pid in _BOOTED.findall(self.log.read_text(encoding="utf-8"))]

    def answered(self, after: int = 0) -> Counter[int]:
        """How many requests each worker answered, of those after the first `after`."""
        lines = self.access.read_text(encoding="utf-8").splitlines()[after:]
        return Counter(int(line.strip("<>")) for line in lines)

    def ask_every_worker(self, path: str, *, times: int = 30, each: int = 5) -> list[Answer]:
        """Ask at least `times`, until every worker answered `each`; every time a new connection."""
        before = self.answered().total()
        answers: list[Answer] = []

        def enough() -> bool:
            with ThreadPoolExecutor(6) as pool:
                asked = pool.map(lambda _number: Client(self.url).get(path), range(6))
                answers.extend(asked)
            # A worker writes its line after it has answered.
            wait(lambda: self.answered(before).total() >= len(answers), "the access log")
            found = self.answered(before)
            return len(answers) >= times and all(found[pid] >= each for pid in self.workers())

        wait(enough, f"answers of every worker to {path}", pause=0)
        return answers

    def wait_ready(self, path: str) -> list[Answer]:
        """Ask for matches until no worker still wakes; return every answer on the way."""
        answers: list[Answer] = []

        def ready() -> bool:
            fresh = self.ask_every_worker(path, times=6, each=2)
            answers.extend(fresh)
            return not any(answer.waking for answer in fresh)

        wait(ready, "matching in every worker", pause=2)
        return answers


def wait(condition: Callable[[], bool], what: str, *, pause: float = 0.1) -> None:
    """Wait until it is so; fail with what was waited for."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(pause)


def ask(server: Server, skills: str, ambition: str = "") -> str:
    """Ask as a visitor does; return the path of the kept link."""
    visitor = Client(server.url)
    visitor.get("/")
    return visitor.post("/passend", {"skills": skills, "ambition": ambition}).path


@contextmanager
def serving(
    var: Path,
    *,
    workers: int,
    url: str | None = None,
    encoder: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve the portal out of `var` as the Procfile does, until the end of the block.

    `settings` are more of the environment variables that the README names.
    """
    log, access = var / "gunicorn.log", var / "access.log"
    access.touch()
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"),
        *("--bind", "127.0.0.1:0", "--workers", str(workers), "--no-control-socket"),
        *("--access-logfile", str(access), "--access-logformat", "%(p)s"),
        "portal.wsgi:app",
    ]
    # Who ends the tests with a SIGTERM must not leave a server behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(var, url, encoder) | dict(settings or {}),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:

        def listening() -> bool:
            told = log.read_text(encoding="utf-8")
            assert process.poll() is None, f"gunicorn ended:\n{told[-3000:]}"
            return bool(_LISTENING.search(told)) and len(_BOOTED.findall(told)) >= workers

        wait(listening, "gunicorn")
        found = _LISTENING.search(log.read_text(encoding="utf-8"))
        assert found
        yield Server(found[1], log, access)
    finally:
        end(process)


def kill_a_worker(server: Server) -> None:
    """End one worker without a word, and wait until gunicorn has replaced it."""
    before, number = len(server.booted()), len(server.workers())
    victim = min(server.workers())
    os.kill(victim, signal.SIGKILL)
    wait(lambda: len(server.booted()) > before, "a new worker")
    wait(lambda: victim not in server.workers(), "the end of the killed worker")
    assert len(server.workers()) == number


def end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: a worker must not outlive its master, nor both outlive the tests."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

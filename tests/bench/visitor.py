"""A person who looks for work, for locust: reads each page a while before the next.

Locust starts this file in a process of its own; `people.py` says how long, and reads what it
leaves behind.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import gevent
from locust import HttpUser, between, events, task

READS = (3.0, 10.0)
"""Seconds that somebody looks at a page, evenly spread."""
FILTERS = (
    "distance=0&hours=&kind=vacancy",
    "distance=25&hours=24",
    "distance=0&hours=&part=day&without_diploma=y",
    "distance=0&hours=&level=now&level=guided",
    "distance=40&hours=&not_part=night&no_licence=y",
)
SEARCHES = (
    "",
    "page=2",
    "q=koken",
    "q=tuin",
    "kind=traineeship",
    "field=home-care&sort=title",
    "part=evening",
)
_TOKEN = re.compile(r'name="csrf_token"[^>]*? value="([^"]+)"')
_FILE = re.compile(r'(?:href|src)="(/(?:assets|static)/[^"]+)"')
_PLACE = re.compile(r'href="(/aanbod/[^"/?#]+)')

_told = json.loads(Path(os.environ["BENCH_ASKED"]).read_text(encoding="utf-8"))
_measured: list[tuple[str, float, str]] = []
_all: list[str] = []
_began = time.monotonic()
_warm = float(os.environ["BENCH_WARM"])


@events.request.add_listener
def _note(name: str, response_time: float, exception: object, **_rest: Any) -> None:
    _all.append(name)
    if time.monotonic() - _began > _warm:
        _measured.append((name, response_time, repr(exception) if exception else ""))


@events.quitting.add_listener
def _leave(**_rest: Any) -> None:
    Path(os.environ["BENCH_FOUND"]).write_text(
        json.dumps({"measured": _measured, "all": len(_all)}), encoding="utf-8"
    )


class Visitor(HttpUser):
    """Comes, asks, reads the answer and looks around; now and then somebody else comes."""

    wait_time = between(*READS)

    def on_start(self) -> None:
        """Not everybody comes in the same second."""
        self.client.headers["Accept-Encoding"] = "gzip, br"
        self._link, self._places = "", []
        gevent.sleep(random.uniform(0, READS[1]))
        self.come()

    @task(3)
    def come(self) -> None:
        """A newcomer, who keeps nothing yet: home, and then an answer."""
        self.client.cookies.clear()
        home = self._get("/", "home")
        for file in dict.fromkeys(_FILE.findall(home)):
            self._get(unescape(file), "stylesheet, script, icon")
        gevent.sleep(random.uniform(*READS))
        self._link = self._ask(home) or self._link
        self.back_to_answer()

    @task(2)
    def back_to_answer(self) -> None:
        """The answer as it was asked."""
        if self._link:
            self._get(self._link, "result")

    @task(5)
    def filter_answer(self) -> None:
        """The answer within other limits."""
        if self._link:
            self._get(f"{self._link}?{random.choice(FILTERS)}", "result")

    @task(2)
    def turn_answer(self) -> None:
        """The second page of the answer."""
        if self._link:
            self._get(f"{self._link}?page=2", "result")

    @task(4)
    def browse(self) -> None:
        """Everything on offer: the first pages, or what somebody looks for."""
        self._get(f"/aanbod?{random.choice(SEARCHES)}", "browse")

    @task(4)
    def open_one(self) -> None:
        """A place that stood on the page before."""
        if self._places:
            self._get(random.choice(self._places), "opportunity")

    @task(1)
    def measure(self) -> None:
        """What every answer costs, whatever it says."""
        self._get("/status", "/status")

    def _get(self, path: str, name: str) -> str:
        page = str(self.client.get(path, name=name).text)
        self._places = sorted(set(_PLACE.findall(page))) or self._places
        return page

    def _ask(self, home: str) -> str:
        token = _TOKEN.search(home)
        if not token:
            return ""
        sent = {"csrf_token": token[1], "place": "", "hours": "", **random.choice(_told)}
        with self.client.post(
            "/passend", sent, name="ask", allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 303:
                answer.failure(f"asking was answered with {answer.status_code}")
                return ""
            return str(answer.headers["Location"])

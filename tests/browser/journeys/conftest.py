"""A town: a portal on the demo region in which people live through whole journeys.

Each journey is done on SQLite and on PostgreSQL. Nothing is shared with the other browser tests,
and every journey begins with the same region.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys.town import Town
from tests.browser.person import Person
from tests.serving import prepared
from tests.serving.server import serving


@pytest.fixture(params=["sqlite", "postgres"])
def town(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """A portal of its own on the database that is asked for."""
    ready = prepared.prepare(request.config.cache.mkdir("bekwaam-demo"))
    prepared.copy_to(tmp_path, ready)
    with ExitStack() as stack:
        url = None
        if request.param == "postgres":
            url = stack.enter_context(prepared.postgres(ready, tmp_path))
        server = stack.enter_context(
            serving(tmp_path, workers=1, url=url, settings={"BEKWAAM_CONFIRM_MAIL": "1"})
        )
        town = Town(server, tmp_path, url)
        town.wake()
        yield town


@pytest.fixture
def arrive(browser: Browser, town: Town) -> Iterator[Callable[..., Person]]:
    """Let somebody open a browser in the town; at the end nothing may have gone wrong in it."""
    people: list[Person] = []

    def begin(**options: Any) -> Person:
        person = Person(browser, town.url, **options)
        people.append(person)
        return person

    yield begin
    for person in people:
        person.leave()

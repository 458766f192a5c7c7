"""A live portal on the demo region, and people who look at it with Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.serving import prepared
from tests.serving.server import ask, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium: without it the browser tests prove nothing")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(
    browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a portal whose matching is ready."""
    var = tmp_path_factory.mktemp("browser")
    prepared.copy_to(var, prepared.prepare(request.config.cache.mkdir("bekwaam-demo")))
    with serving(var, workers=1) as server:
        server.wait_ready(ask(server, "Ik kook graag voor anderen."))
        yield server.url


@pytest.fixture
def someone(browser: Browser, base: str) -> Iterator[Callable[..., Person]]:
    """Let somebody open a browser; at the end nothing may have gone wrong in it."""
    people: list[Person] = []

    def arrive(**options: Any) -> Person:
        person = Person(browser, base, **options)
        people.append(person)
        return person

    yield arrive
    for person in people:
        person.leave()


@pytest.fixture
def visitor(someone: Callable[..., Person]) -> Person:
    """Somebody at a desk, without an account."""
    return someone()

"""A live portal on the demo region, and people who look at it with Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.browser.region import Region, read, strain
from tests.browser.showroom import Showroom
from tests.serving import prepared
from tests.serving.server import ask, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AS_IN_PRODUCTION = {"BEKWAAM_CONFIRM_MAIL": "1"}
"""Then there is a page more: the one that sends the mail again."""


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
def portal(
    browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The address of a portal whose matching is ready, and where it keeps what it knows."""
    var = tmp_path_factory.mktemp("browser")
    prepared.copy_to(var, prepared.prepare(request.config.cache.mkdir("bekwaam-demo")))
    strain(var)
    with serving(var, workers=1, settings=AS_IN_PRODUCTION) as server:
        server.wait_ready(ask(server, "Ik kook graag voor anderen."))
        yield server.url, var


@pytest.fixture(scope="session")
def base(portal: tuple[str, Path]) -> str:
    """The address of the portal."""
    return portal[0]


@pytest.fixture(scope="session")
def region(portal: tuple[str, Path]) -> Region:
    """What the addresses of the catalogue need to know."""
    return read(*portal)


@pytest.fixture(scope="session")
def showroom(browser: Browser, base: str, region: Region) -> Iterator[Showroom]:
    """Opens any page of the catalogue."""
    room = Showroom(browser, base, region)
    yield room
    room.close()


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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the pages weigh."""
    rows = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "weight" and report.when == "call"
    ]
    if rows:
        terminalreporter.section("bytes as sent: page, assets of it; own script unpacked")
        for name, page, assets, script in sorted(rows):
            terminalreporter.write_line(f"{name:24} {page:8,} {assets:8,} {script:8,}")

"""The pages of a bad day: matching still wakes, matching rests, the database is away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.person import DESK, PHONE, Person
from tests.browser.region import ASKED
from tests.serving import prepared
from tests.serving.client import Client
from tests.serving.server import serving

pytestmark = pytest.mark.browser


@pytest.fixture
def ill(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser
) -> Callable[[dict[str, str]], object]:
    """Serve a copy of the demo region with settings of a bad day."""
    prepared.copy_to(tmp_path, prepared.prepare(request.config.cache.mkdir("bekwaam-demo")))
    return lambda settings: serving(tmp_path, workers=1, settings=settings)


@pytest.mark.parametrize(
    ("settings", "heading"),
    [
        # Under test nothing wakes matching, so it is as in the first seconds after a start.
        ({"BEKWAAM_ENV": "test"}, "Dit past bij jou"),
        ({"ENCODER": "/er/is/geen/model"}, "Dit past bij jou"),
    ],
    ids=["waking", "resting"],
)
def test_matching_does_not_answer(
    browser: Browser,
    ill: Callable[..., object],
    tmp_path: Path,
    settings: dict[str, str],
    heading: str,
) -> None:
    with ill(settings | {"DATABASE_URL": f"sqlite:///{tmp_path / prepared.DATABASE}"}) as server:
        asker = Client(server.url)
        asker.get("/")
        kept = asker.post("/passend", ASKED).path
        for dark, size in ((False, DESK), (True, PHONE)):
            visitor = Person(browser, server.url, dark=dark, size=size)
            visitor.go(kept, status=503)
            visitor.heading(heading)
            visitor.go("/aanbod")
            visitor.leave()


def test_the_database_is_away(browser: Browser, ill: Callable[..., object], tmp_path: Path) -> None:
    away = f"sqlite:///{tmp_path}/weg/bekwaam.db"
    with ill({"BEKWAAM_ENV": "test", "DATABASE_URL": away}) as server:
        for dark, size in ((False, DESK), (True, PHONE)):
            visitor = Person(browser, server.url, dark=dark, size=size)
            visitor.go("/aanbod", status=503)
            visitor.heading("Dit werkt nu even niet")
            visitor.leave()

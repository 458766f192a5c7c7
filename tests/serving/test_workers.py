"""What one web process is told, the next request to any other knows; on both databases."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from portal import clock
from portal.seeding import DEMO_PASSWORD
from tests.serving import prepared as made
from tests.serving.client import Answer, Client
from tests.serving.server import Server, ask, kill_a_worker, serving

pytestmark = [
    pytest.mark.serving,
    pytest.mark.skipif(
        os.environ.get("TEST_DATABASE", "sqlite") != "sqlite",
        reason="it takes both databases itself, in the run without TEST_DATABASE",
    ),
]
WORKERS = 3
SKILLS = (
    "Ik repareer zeilen en masten en ik leer jongeren knopen leggen. "
    "Elke zomer ga ik met een groep het water op in een oude tjalk."
)
TITLE = "Schipper voor de zeilgroep op de tjalk"
NEW_TITLE = "Schipper en zeilmaker op de tjalk"
TEXT = (
    "Je gaat met jongeren het water op in onze oude tjalk. Samen hijsen jullie de zeilen en "
    "leggen jullie knopen. In de winter repareer je met hen zeilen en masten in de loods. "
    "Je bent geduldig en je blijft rustig als het hard waait."
)


@dataclass(frozen=True)
class Portal:
    """A server, a kept link, and what it answered before matching was ready."""

    server: Server
    link: str
    first: dict[str, Answer]


@pytest.fixture(scope="module")
def prepared(request: pytest.FixtureRequest) -> Path:
    return made.prepare(request.config.cache.mkdir("bekwaam-demo"))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def portal(
    request: pytest.FixtureRequest, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    var = tmp_path_factory.mktemp(f"serving-{request.param}")
    made.copy_to(var, prepared)
    with ExitStack() as stack:
        url = None
        if request.param == "postgres":
            (var / made.DATABASE).unlink()
            url = stack.enter_context(made.postgres(prepared, var))
        server = stack.enter_context(serving(var, workers=WORKERS, url=url))
        # Asked at once: whatever the tests ask later comes too late for this.
        link = ask(server, SKILLS)
        paths = (link, "/", "/aanbod", "/status")
        first = {path: Client(server.url).get(path) for path in paths}
        server.wait_ready(link)
        yield Portal(server, link, first)


def test_the_server_answers_while_matching_wakes(portal: Portal) -> None:
    assert portal.link.startswith("/passend/")
    assert [portal.first[path].status for path in ("/", "/aanbod", "/status")] == [200, 200, 200]
    waking = portal.first[portal.link]
    assert waking.waking
    assert waking.headers["Retry-After"] == "5"
    # What was typed is kept and shown.
    assert SKILLS[:40] in waking.body


def test_every_worker_gives_the_same_answer(portal: Portal) -> None:
    answers = portal.server.ask_every_worker(portal.link, times=40)
    assert {answer.status for answer in answers} == {200}
    assert len({answer.cards for answer in answers}) == 1
    assert len(answers[0].cards) == 10


def test_what_is_posted_changed_and_closed_is_known_to_every_worker(portal: Portal) -> None:
    server, link = portal.server, portal.link
    employer = Client(server.url)
    assert employer.sign_in("werkgever@bekwaam.example", DEMO_PASSWORD).path == "/werkgever"

    slug = post_draft(employer)
    assert shown_by(server, link, slug) == {False}, "a draft is private"

    employer.post(f"/werkgever/aanbod/{slug}/online", {"version": version(employer, slug)})
    # The very first answer counts, and so does everyone after it.
    assert slug in Client(server.url).get(link).cards
    assert shown_by(server, link, slug) == {True}

    fields = vacancy(employer.get(f"/werkgever/aanbod/{slug}/bewerken"), NEW_TITLE)
    fields |= {"version": version(employer, slug), "action": "save"}
    assert employer.post(f"/werkgever/aanbod/{slug}/bewerken", fields).path == "/werkgever"
    assert all(NEW_TITLE in answer.body for answer in server.ask_every_worker(link))

    kill_a_worker(server)
    # A worker that wakes says so; whoever answers, knows it.
    for answer in server.wait_ready(link):
        assert answer.waking or slug in answer.cards
    assert shown_by(server, link, slug) == {True}

    employer.get(f"/werkgever/aanbod/{slug}/sluiten")
    employer.post(f"/werkgever/aanbod/{slug}/sluiten", {"version": version(employer, slug)})
    assert slug not in Client(server.url).get(link).cards
    assert shown_by(server, link, slug) == {False}
    assert Client(server.url).get(f"/aanbod/{slug}").status == 410


def shown_by(server: Server, link: str, slug: str) -> set[bool]:
    """Whether the opportunity is among the matches, as every worker says."""
    answers = server.ask_every_worker(link)
    assert {answer.status for answer in answers} == {200}
    return {slug in answer.cards for answer in answers}


def post_draft(employer: Client) -> str:
    """Post a draft; return its slug."""
    fields = vacancy(employer.get("/werkgever/aanbod/nieuw"), TITLE) | {"action": "save"}
    saved = employer.post("/werkgever/aanbod/nieuw", fields)
    found = re.fullmatch(r"/werkgever/aanbod/([^/]+)/bewerken", saved.path)
    assert found, f"{saved.status} {saved.path}"
    return found[1]


def vacancy(form: Answer, title: str) -> dict[str, str | list[str]]:
    """What an employer fills in, at the first site of the form."""
    return {
        "title": title,
        "language": "nl",
        "text": TEXT,
        "kind": "vacancy",
        "site_id": first_choice(form, "site_id"),
        "field": first_choice(form, "field"),
        "requirements-0-text": "Je hijst zeilen en legt knopen",
        "requirements-0-keep": "y",
        "requirements-0-critical": "y",
        "requirements-1-text": "Je leert jongeren varen",
        "requirements-1-keep": "y",
        "hours_min": "16",
        "hours_max": "24",
        "contract": "permanent",
        "level": "0",
        "places": "1",
        "closes_on": (clock.local_date(clock.now()) + timedelta(days=30)).isoformat(),
    }


def first_choice(form: Answer, name: str) -> str:
    found = re.search(
        rf'<select[^>]* name="{name}".*?<option[^>]* value="([^"]+)"', form.body, re.S
    )
    assert found, name
    return html.unescape(found[1])


def version(employer: Client, slug: str) -> str:
    page = employer.get(f"/werkgever/aanbod/{slug}/bewerken")
    found = re.search(r'name="version"[^>]* value="(\d+)"', page.body)
    assert found
    return found[1]

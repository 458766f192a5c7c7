"""The accessibility statement has the parts of the Dutch model, and says only what is so."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from importlib.resources import files

import pytest

from portal import clock
from portal.site import statement
from portal.site.statement import Research, Status, status_on

DAY = date(2026, 11, 22)
PARTS = [
    "website", "status", "onderzoek", "afwijkingen", "contact", "klacht", "datum", "techniek",
    "letters",
]  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_has_every_part(client, language) -> None:
    client.post("/taal", data={"lang": language})
    page = client.get("/toegankelijkheid")
    assert page.status_code == 200
    assert re.findall(r'<section aria-labelledby="(\w+)"', page.text) == PARTS
    assert all(f'<h2 id="{part}">' in page.text for part in PARTS)


def test_every_page_leads_to_it(client) -> None:
    for path in ("/", "/aanbod", "/inloggen", "/er-is-hier-niets"):
        assert 'href="/toegankelijkheid"' in client.get(path).text


def test_it_is_dated_and_not_in_the_future(client) -> None:
    assert statement.DRAWN_UP <= statement.REVIEWED <= clock.local_date(clock.now())
    assert "22 november 2026" in client.get("/toegankelijkheid").text


def test_each_deviation_says_why_what_and_when(client) -> None:
    page = unescape(client.get("/toegankelijkheid").text)
    for one in statement.DEVIATIONS:
        assert re.fullmatch(r"[1-4]\.[1-5]\.\d{1,2}", one.criterion)
        assert one.planned > statement.REVIEWED
        for words in (one.name, one.cause, one.effect, one.measure):
            assert str(words) in page


def test_the_version_of_axe_is_the_one_that_tests() -> None:
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    assert script.startswith(f"/*! axe v{statement.AXE}\n")


def test_it_claims_no_research_that_there_was_not(client) -> None:
    assert statement.RESEARCH is None
    page = client.get("/toegankelijkheid").text
    assert "Status D: voldoet niet" in page
    assert "Een onderzoek door een deskundige van buiten." in page


def test_it_says_where_to_write(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "CONTACT_ADDRESS", "toegang@zorgregio.example")
    assert 'href="mailto:toegang@zorgregio.example"' in client.get("/toegankelijkheid").text


@pytest.mark.parametrize(
    ("research", "planned", "status"),
    [
        (None, None, Status.D),
        (None, DAY, Status.C),
        (None, DAY + statement.SOON, Status.C),
        (None, DAY + statement.SOON + timedelta(days=1), Status.D),
        (None, DAY - timedelta(days=1), Status.D),
        (Research(DAY, failed=0), None, Status.A),
        (Research(DAY, failed=3), None, Status.B),
        (Research(DAY + timedelta(days=1), failed=0), None, Status.D),
        (Research(DAY - statement.VALID, failed=0), None, Status.D),
        (Research(DAY - statement.VALID, failed=0), DAY, Status.C),
    ],
)
def test_the_letter_follows_from_what_was_done(research, planned, status) -> None:
    assert status_on(DAY, research, planned) is status

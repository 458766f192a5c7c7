"""On the pages of the portal no word of the field goes unexplained."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from portal.glossary.terms import glossaries
from portal.matching.knowledge import framework
from portal.opportunities.service import RequirementInput
from tests.factories import PASSWORD, make_employer, make_opportunity

TEXT = (
    "Dit is een bbl-leerplek voor zij-instromers en herintreders. Je jobcoach belt met UWV.\n\n"
    "Na een meeloopdag kun je een praktijkverklaring halen, of een mbo-certificaat. "
    "Een werkbegeleider loopt de eerste weken met je mee, ook bij een slaapdienst."
)


class _Page(HTMLParser):
    """The words that people see in the main part of a page, and what explains them."""

    SILENT = frozenset({"svg", "q", "textarea", "script", "style", "code"})
    INLINE = frozenset({"a", "abbr", "b", "button", "em", "strong"})
    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stack: list[tuple[str, str]] = []
        self.seen: list[str] = []
        self.explanations: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        around = self.stack[-1][1] if self.stack else "outside"
        kind = around
        if tag == "main":
            kind = "seen"
        elif around == "seen":
            other = given.get("lang") or self.language
            if tag in self.SILENT or "data-no-terms" in given or other != self.language:
                kind = "silent"
            elif "popover" in given or (given.get("class") or "").startswith("page-words"):
                kind = "explains"
        if tag not in self.INLINE:
            self.handle_data(" ")
        if tag not in self.VOID:
            self.stack.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        kind = self.stack[-1][1] if self.stack else "outside"
        if kind == "seen":
            self.seen.append(data)
        elif kind == "explains":
            self.explanations.append(data)


def unexplained(html: str, language: str) -> tuple[set[str], set[str]]:
    """The terms that stand on a page, and those of them that it does not explain."""
    page = _Page(language)
    page.feed(html)
    # A control cuts a sentence in pieces: joined without a space it is whole again.
    words = " ".join("".join(page.seen).split())
    explanations = " ".join(page.explanations)
    there = set()
    forms = [(form, term) for term in glossaries()[language].terms for form in term.forms]
    for form, term in sorted(forms, key=lambda pair: -len(pair[0])):
        if "#" in form or "*" in form or form.startswith("="):
            continue
        case = 0 if form != form.lower() else re.IGNORECASE
        # A longer form takes its words along: "mbo certificate" is not an "mbo" as well.
        words, count = re.subn(rf"(?<![\w-]){re.escape(form)}(?![\w-])", "", words, flags=case)
        if count:
            there.add(term)
    return (
        {term.id for term in there},
        {term.id for term in there if term.text not in explanations},
    )


@pytest.fixture
def offered(app: Flask) -> str:
    opening = make_opportunity(
        title="Helpende plus (bbl)",
        text=TEXT,
        pay_group="FWG 25",
        pay_min=2350,
        pay_max=2780,
        collective_agreement="VVT",
        profession="care-assistant-3ig",
        requirements=(
            RequirementInput(competence="dementia-contact", learnable=True),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(text="Je wilt je BIG-registratie halen"),
        ),
    )
    return opening.slug


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_term_on_the_main_pages_is_explained(client, offered, language) -> None:
    client.post("/taal", data={"lang": language})
    paths = ["/", "/aanbod", "/leren", f"/aanbod/{offered}", f"/aanbod/{offered}/past-dit"]
    paths += ["/inloggen", "/account-maken", "/wachtwoord-vergeten", "/er-is-niets"]
    paths += [f"/leren/{one}" for one in framework().learning]
    met: set[str] = set()
    for path in paths:
        there, missing = unexplained(client.get(path).text, language)
        assert not missing, path
        met |= there
    assert {"module", "bbl", "mbo", "practice-statement", "care-helper"} <= met


def test_an_opening_explains_the_words_of_its_employer(client, offered) -> None:
    there, missing = unexplained(client.get(f"/aanbod/{offered}").text, "nl")
    assert there >= {"lateral-entrant", "job-coach", "uwv", "fwg", "cao", "vog", "sleep-shift"}
    assert not missing


def test_an_opening_in_another_language_stays_as_it_was_written(client, offered) -> None:
    client.post("/taal", data={"lang": "en"})
    page = client.get(f"/aanbod/{offered}").text
    assert "Een werkbegeleider loopt de eerste weken met je mee" in page
    assert "zij-instromers en herintreders" in page


def test_the_desk_of_an_employer_explains_too(client, app) -> None:
    user = make_employer()
    assert client.sign_in(user.email, PASSWORD).status_code == 302
    _there, missing = unexplained(client.get("/werkgever/nieuw").text, "nl")
    assert not missing


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_of_words_has_every_term(client, language) -> None:
    client.post("/taal", data={"lang": language})
    page = client.get("/woorden").text
    for term in glossaries()[language].terms:
        assert f"<dt>{term.term.replace(chr(39), '&#39;')}</dt>" in page
    assert 'class="term"' not in page
    assert 'class="page-words"' not in page


def test_every_page_leads_to_the_list(client) -> None:
    assert 'href="/woorden"' in client.get("/inloggen").text

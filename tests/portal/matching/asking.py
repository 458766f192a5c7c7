"""The pages of matching as a visitor sees them: ask, and read what the answer says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from portal.extensions import db
from portal.matching.models import MatchRequest
from portal.opportunities.service import RequirementInput
from tests.factories import make_opportunity, make_site

COOK = "Ik was kok in een kantine en kookte daar elke dag voor honderd eters."
FLORIST = "Ik was twintig jaar bloemist. Ik stond elke dag vroeg op."
GARDEN = "Ik werk graag in de tuin: snoeien, maaien en planten."

COOKING = RequirementInput(competence="cook-for-groups", critical=True, learnable=False)
GARDENING = RequirementInput(competence="maintain-gardens", critical=True, learnable=False)
CONTACT = RequirementInput(competence="make-contact", critical=True, learnable=False)
NURSE = RequirementInput(gate="big-nurse", critical=True, learnable=False)


def cook(**changes: Any):
    """A vacancy for which one cooks, and needs nothing else."""
    return make_opportunity(
        **{
            "title": "Kok in de keuken van een verpleeghuis",
            "text": "Je kookt elke dag een verse maaltijd voor de bewoners.",
            "requirements": (COOKING,),
        }
        | changes
    )


def gardener(**changes: Any):
    """A vacancy in a garden."""
    return make_opportunity(
        **{
            "title": "Medewerker groen in de tuin",
            "text": "Je onderhoudt de tuin: je snoeit, maait en plant.",
            "requirements": (GARDENING,),
            "field": "disability",
        }
        | changes
    )


def far_away(**changes: Any):
    """A site in Groningen, 230 kilometres from Heerlen."""
    return make_site(place="Groningen", province="Groningen", latitude=53.219, longitude=6.567)


def ask(client, skills: str = COOK, ambition: str = "", **more: str) -> str:
    """Send the form of the home page; return the token of the answer."""
    sent = {"skills": skills, "ambition": ambition, "place": "", "hours": ""} | more
    response = client.post("/passend", data=sent)
    assert response.status_code == 303, words(response.text)
    assert response.location.startswith("/passend/")
    return response.location.removeprefix("/passend/")


def show(client, token: str, **query: Any):
    """Open the answer under a token, with filters."""
    return client.get(f"/passend/{token}", query_string=query)


def words(page: str) -> str:
    """The text of a page, without markup."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())


@dataclass(frozen=True)
class Card:
    """One card of the answer."""

    html: str

    @property
    def slug(self) -> str:
        return re.findall(r'id="plek-([^"]+)"', self.html)[0]

    @property
    def level(self) -> str:
        return re.findall(r'<span class="level level--([a-z_-]+)', self.html)[0]

    @property
    def text(self) -> str:
        return words(self.html)

    def reason(self, number: int = 0) -> str:
        return re.findall(r'<li class="req".*?</li>', self.html, re.DOTALL)[number]


def cards(page: str) -> list[Card]:
    """The cards of a page of the answer, in order."""
    return [Card(one) for one in re.findall(r"<article.*?</article>", page, re.DOTALL)]


def slugs(page: str) -> list[str]:
    return [card.slug for card in cards(page)]


def form_of(html: str, label: str) -> tuple[str, dict[str, str]]:
    """The form whose button says `label`: where it goes and what it sends."""
    for action, body in re.findall(
        r'<form action="([^"]+)" method="post"[^>]*>(.*?)</form>', html, re.DOTALL
    ):
        if label in words(body):
            fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body)
            return unescape(action), {name: unescape(value) for name, value in fields}
    raise AssertionError(f"no button says {label!r}: {words(html)}")


def press(client, html: str, label: str):
    """Press a button of the page; return the response."""
    action, sent = form_of(html, label)
    return client.post(action, data=sent)


def link_of(page: str, label: str) -> str:
    """The address of the link whose words hold `label`."""
    for address, body in re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if label in words(body):
            return unescape(address)
    raise AssertionError(f"no link says {label!r}")


def offered(page: str) -> list[str]:
    """The rows of the limits that are offered."""
    section = re.findall(r'<section class="card offers" id="gelezen".*?</section>', page, re.DOTALL)
    if not section:
        return []
    return re.findall(r'<li class="offer".*?</li>', section[0].partition("<details")[0], re.DOTALL)


def brought(page: str) -> list[str]:
    """The rows of what an origin often brings."""
    return re.findall(r'<li class="offer" id="vaak-.*?</li>', page, re.DOTALL)


def kept() -> MatchRequest:
    """The only question that was kept."""
    db.session.rollback()
    return db.session.query(MatchRequest).one()

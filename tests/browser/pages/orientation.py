"""The guide to fields, target groups and professions, and the game."""

from __future__ import annotations

from typing import Final

from portal.accounts.models import RoleName
from tests.browser.views import CataloguePage, View, at, send

CHOSEN = (
    "morning=people&hour=old&surprise=quiet&place=home"
    "&afternoon=one&tired=heart&week=days&decide=together"
)

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "beroepen",
        "orientation.index",
        (
            View("plain", at("/orientatie")),
            View("filtered", at("/orientatie?q=kok&level=3")),
            View("nothing", at("/orientatie?q=zeppelin")),
            View("errors", at("/orientatie?q=" + "lang+" * 60), 422),
            View("kept", at("/orientatie?mijn=1"), by=(RoleName.CANDIDATE, None)),
        ),
        title="Beroepen",
        purpose="Fields, people to work for, and 87 professions to look around in.",
    ),
    CataloguePage(
        "beroep",
        "orientation.profession",
        (
            View("plain", at("/orientatie/beroepen/care-cook?aanvraag={answer}")),
            View("asks", at("/orientatie/beroepen/care-helper-plus")),
            View(
                "errors",
                at("/orientatie/beroepen/care-helper-plus"),
                422,
                send("#vraag", skills=""),
                by=(None,),
            ),
            View("no-openings", at("/orientatie/beroepen/dental-hygienist")),
        ),
        title="Een beroep",
        purpose="A day, what it asks, pay, the ways in and on, and how far somebody is from it.",
    ),
    CataloguePage(
        "veld",
        "orientation.field",
        (View("plain", at("/orientatie/velden/nursing-home?aanvraag={answer}")),),
    ),
    CataloguePage(
        "doelgroep",
        "orientation.group",
        (View("plain", at("/orientatie/doelgroepen/newcomers")),),
    ),
    CataloguePage(
        "spel",
        "orientation.play",
        (
            View("plain", at("/orientatie/spel?morning=people&hour=old")),
            View("start", at("/orientatie/spel")),
            View("outcome", at(f"/orientatie/spel?{CHOSEN}")),
            View("errors", at(f"/orientatie/spel?{CHOSEN}"), 422, send("#vraag", text="")),
        ),
    ),
)

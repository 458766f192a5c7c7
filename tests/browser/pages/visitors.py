"""What everybody sees: asking, the answer, openings, learning."""

from __future__ import annotations

from typing import Final

from tests.browser.region import WORD
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

FAR_TOO_LONG = "lang " * 60

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "start",
        "matching.home",
        (
            View("plain", at("/")),
            View(
                "errors",
                at("/"),
                422,
                send("#vraag", skills="", place="Heerle n", hours="80"),
            ),
        ),
        title="Begin",
        purpose="Write in your own words what you can and what you want; nobody needs an account.",
    ),
    CataloguePage(
        "uitslag",
        "matching.result",
        (
            View("plain", at("/passend/{answer}")),
            View("corrected", at("/passend/{corrected}")),
            View("page-2", at("/passend/{answer}?distance=0&hours=&page=2")),
            View("filtered", at("/passend/{answer}?kind=vacancy&part=day&distance=40")),
            View("nothing", at("/passend/{nothing}?distance=5")),
            View("errors", at("/passend/{answer}?hours=99"), 422),
            View("long", at("/passend/{long}?distance=0&hours="), strained=True),
            View("gone", at("/passend/{expired}"), 410),
            View("dialog", at("/passend/{answer}"), then=ask_in_a_dialog, needs_script=True),
        ),
        title="Dit past bij jou",
        purpose="What fits, in order: each with why, what is missing, and how that is learnt.",
    ),
    CataloguePage(
        "tekst",
        "matching.change",
        (
            View("plain", at("/passend/{answer}/tekst")),
            View("errors", at("/passend/{answer}/tekst"), 422, send("#vraag", hours="80")),
            View("gone", at("/passend/{expired}/tekst"), 410),
        ),
    ),
    CataloguePage(
        "wis-tekst",
        "matching.ask_forget",
        (
            View("plain", at("/passend/{answer}/wissen")),
            View("gone", at("/passend/{expired}/wissen"), 410),
        ),
    ),
    CataloguePage(
        "past-dit",
        "matching.fits",
        (
            View("plain", at("/aanbod/{opening}/past-dit?aanvraag={answer}")),
            View("asks", at("/aanbod/{opening}/past-dit")),
            View("errors", at("/aanbod/{opening}/past-dit"), 422, send("#vraag", skills="")),
            View("long", at("/aanbod/{strained}/past-dit?aanvraag={long}"), strained=True),
        ),
        title="Past dit bij mij?",
        purpose="One opening beside one's own text: what shows already, and what can be learnt.",
    ),
    CataloguePage(
        "aanbod",
        "opportunities.browse",
        (
            View("plain", at("/aanbod")),
            View("filtered", at("/aanbod?place=Heerlen&distance=15&kind=vacancy&part=day")),
            View("nothing", at("/aanbod?q=zeppelin")),
            View("errors", at("/aanbod?place=Atlantis&distance=10&hours=99"), 422),
            View("long", at(f"/aanbod?q={WORD}&place=Groningen"), strained=True),
        ),
        title="Aanbod",
        purpose="Everything that is open in the region, to look around in.",
    ),
    CataloguePage(
        "plek",
        "opportunities.show",
        (
            View("plain", at("/aanbod/{opening}?aanvraag={answer}")),
            View("english", at("/aanbod/{english}")),
            View("closed", at("/aanbod/{closed}"), 410),
            View("long", at("/aanbod/{strained}?aanvraag={long}"), strained=True),
            View("bare", at("/aanbod/{strained_poor}"), strained=True),
        ),
        title="Een plek",
        purpose="All about one opening: the week, the pay, the way there and what is asked.",
    ),
    CataloguePage(
        "leren",
        "learning.index",
        (
            View("plain", at("/leren")),
            View("nothing", at("/leren?q=zeppelin")),
            View("errors", at("/leren?q=" + FAR_TOO_LONG.replace(" ", "+")), 422),
        ),
        title="Leren",
        purpose="What can be learnt in the region, from an afternoon to years with a wage.",
    ),
    CataloguePage(
        "leeractiviteit",
        "learning.show",
        (View("plain", at("/leren/{activity}")),),
        title="Een leeractiviteit",
        purpose="What one learns, how long it takes, who pays, and which work it opens.",
    ),
)

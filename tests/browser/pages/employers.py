"""The employer's openings."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.region import EMPTY, FULL
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

PASTED = (
    "Op onze zorgboerderij verzorg je samen met bewoners de ezels. Je maakt de stal schoon. Je "
    "ontvangt bezoekers en maakt met iedereen een praatje. Je merkt het als iemand zich niet goed "
    "voelt en je vertelt het aan de begeleider. Je schrijft op wat je hebt gezien."
)
MANAGE = Permission.OPPORTUNITY_MANAGE

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "mijn-aanbod",
        "employer.index",
        (
            View("plain", at("/werkgever")),
            View("full", at("/werkgever"), account=FULL, strained=True),
            View("empty", at("/werkgever"), account=EMPTY, strained=True),
            View("dialog", at("/werkgever"), then=ask_in_a_dialog, needs_script=True),
        ),
        needs=MANAGE,
        title="Mijn aanbod",
        purpose="What an employer offers now, has closed, and still prepares.",
    ),
    CataloguePage(
        "plaats-een-plek",
        "employer.new",
        (
            View("plain", at("/werkgever/aanbod/nieuw")),
            View(
                "errors",
                at("/werkgever/aanbod/nieuw"),
                422,
                send("main form.card", title="", hours_min="99", action="publish"),
            ),
            View(
                "proposed",
                at("/werkgever/aanbod/nieuw"),
                then=send("main form.card", text=PASTED, action="propose"),
            ),
        ),
        needs=MANAGE,
        title="Plaats een plek",
        purpose="An employer pastes a text; the portal proposes what it asks for.",
    ),
    CataloguePage(
        "bewerk-een-plek",
        "employer.edit",
        (
            View("plain", at("/werkgever/aanbod/{own_draft}/bewerken")),
            View("online", at("/werkgever/aanbod/{own}/bewerken")),
            View(
                "errors",
                at("/werkgever/aanbod/{own}/bewerken"),
                422,
                send("main form.card", title="", hours_min="99", action="save"),
            ),
            View(
                "long",
                at("/werkgever/aanbod/{strained_own}/bewerken"),
                account=FULL,
                strained=True,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "voorbeeld",
        "employer.preview",
        (
            View("plain", at("/werkgever/aanbod/{own}")),
            View("draft", at("/werkgever/aanbod/{own_draft}")),
            View("long", at("/werkgever/aanbod/{strained_own}"), account=FULL, strained=True),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "sluit-een-plek",
        "employer.ask_close",
        (
            View("plain", at("/werkgever/aanbod/{own}/sluiten")),
            View(
                "long",
                at("/werkgever/aanbod/{strained_own}/sluiten"),
                account=FULL,
                strained=True,
            ),
        ),
        needs=MANAGE,
    ),
)

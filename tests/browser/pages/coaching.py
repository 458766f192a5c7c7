"""Career talks: for the candidate, and the coach's desk."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

OWN = Permission.JOURNEY_OWN
COACH = Permission.COACHING_GIVE
RETURNER = "herintreder@bekwaam.example"

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "gesprek",
        "coaching.index",
        (
            View("plain", at("/gesprek")),
            View("booked", at("/gesprek"), account=RETURNER),
            View("later", at("/gesprek?week=13")),
            View(
                "dialog", at("/gesprek"), then=ask_in_a_dialog, needs_script=True, account=RETURNER
            ),
        ),
        needs=OWN,
        title="Loopbaangesprek",
        purpose="Choose a moment with a coach, and read what was agreed.",
    ),
    CataloguePage(
        "gesprek-kiezen",
        "coaching.choose",
        (
            View("plain", at("/gesprek/kiezen/{free_hour}")),
            View(
                "errors",
                at("/gesprek/kiezen/{free_hour}"),
                422,
                send("main form.card", question="lang " * 300),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "gesprek-verzetten",
        "coaching.ask_move",
        (
            View("plain", at("/gesprek/{talk}/verzetten"), account=RETURNER),
            View("anybody", at("/gesprek/{talk}/verzetten?coach=alle"), account=RETURNER),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "gesprek-afzeggen",
        "coaching.ask_cancel",
        (View("plain", at("/gesprek/{talk}/afzeggen"), account=RETURNER),),
        needs=OWN,
    ),
    CataloguePage(
        "begeleiding-stoppen",
        "coaching.ask_stop",
        (View("plain", at("/gesprek/stoppen")),),
        needs=OWN,
    ),
    CataloguePage(
        "coach-vandaag",
        "coach.today",
        (View("plain", at("/coach")),),
        needs=COACH,
        title="De coach vandaag",
        purpose="What a coach does today, and whom the coach guides.",
    ),
    CataloguePage(
        "coach-uren",
        "coach.hours",
        (
            View("plain", at("/coach/uren")),
            View("errors", at("/coach/uren"), 422, send("main form.card", weeks="99", where="")),
        ),
        needs=COACH,
    ),
    CataloguePage(
        "coach-uur-weg",
        "coach.ask_remove",
        (
            View("plain", at("/coach/uren/{free_hour}/weg")),
            View("booked", at("/coach/uren/{booked_hour}/weg")),
        ),
        needs=COACH,
    ),
    CataloguePage(
        "coach-kandidaat",
        "coach.person",
        (
            View("plain", at("/coach/kandidaten/{guided}")),
            View(
                "errors",
                at("/coach/kandidaten/{guided}"),
                422,
                send("form[action$='/taak']", **{"task-what": ""}),
            ),
        ),
        needs=COACH,
    ),
    CataloguePage(
        "coach-verslag",
        "coach.edit_note",
        (
            View("plain", at("/coach/verslagen/{coach_note}")),
            View(
                "errors", at("/coach/verslagen/{coach_note}"), 422, send("main form.card", text="")
            ),
        ),
        needs=COACH,
    ),
)

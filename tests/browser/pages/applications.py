"""A candidate answers openings and follows what comes of it."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.facts.applications import RETURNER
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

OWN = Permission.JOURNEY_OWN

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "reageer",
        "applications.new",
        (
            View("plain", at("/aanbod/{unanswered}/reageren")),
            View(
                "errors",
                at("/aanbod/{unanswered}/reageren"),
                422,
                send("main form.apply", phone="geen", letter="Ik kook graag voor anderen."),
            ),
            View("closed", at("/aanbod/{closed}/reageren"), 410),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "reacties",
        "applications.index",
        (
            View("plain", at("/reacties")),
            View("other", at("/reacties"), account=RETURNER),
        ),
        needs=OWN,
        title="Mijn reacties",
        purpose="What waits on the person, what runs, and how the others ended.",
    ),
    CataloguePage(
        "reactie",
        "applications.show",
        (
            View("plain", at("/reacties/{talking}")),
            View("new", at("/reacties/{sent}")),
            View("offered", at("/reacties/{offered}")),
            View("refused", at("/reacties/{refused}")),
            View("agreed", at("/reacties/{agreed_at}"), account=RETURNER),
            View(
                "errors",
                at("/reacties/{talking}"),
                422,
                send("form[action$='/bericht']", text=" "),
            ),
            View("dialog", at("/reacties/{sent}"), then=ask_in_a_dialog, needs_script=True),
        ),
        needs=OWN,
        title="Een reactie",
        purpose="How it stands, what was said and agreed, and what one can do now.",
    ),
    CataloguePage(
        "neem-de-baan",
        "applications.ask_accept",
        (View("plain", at("/reacties/{offered}/aannemen")),),
        needs=OWN,
    ),
    CataloguePage(
        "trek-in",
        "applications.ask_withdraw",
        (View("plain", at("/reacties/{sent}/intrekken")),),
        needs=OWN,
    ),
    CataloguePage(
        "reactie-gesprek-voorstellen",
        "applications.new_meeting",
        (
            View("plain", at("/reacties/{talking}/gesprek")),
            View(
                "errors",
                at("/reacties/{talking}/gesprek"),
                422,
                send("main form.card", where="", note="Ik kom graag."),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "reactie-gesprek-verzetten",
        "applications.ask_move",
        (View("plain", at("/reacties/{asked_at}/gesprek/{asked_meeting}/verzetten")),),
        needs=OWN,
    ),
    CataloguePage(
        "reactie-gesprek-afzeggen",
        "applications.ask_cancel",
        (
            View("plain", at("/reacties/{asked_at}/gesprek/{asked_meeting}/afzeggen")),
            View(
                "agreed",
                at("/reacties/{agreed_at}/gesprek/{agreed_meeting}/afzeggen"),
                account=RETURNER,
            ),
        ),
        needs=OWN,
    ),
)

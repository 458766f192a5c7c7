"""The applications to an employer, people who fit, and invitations."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.region import EMPTY
from tests.browser.views import CataloguePage, View, at, send

ANSWER = Permission.APPLICATION_ANSWER
FIND = Permission.CANDIDATE_FIND
OWN = Permission.JOURNEY_OWN
RETURNER = "herintreder@bekwaam.example"
PERSON = "/werkgever/mensen/{sought}/{who_fits}"
REFUSE = "/werkgever/reacties/{reaction_new}/stap/niet-verder"
TOGETHER = "/werkgever/reacties/samen?actie=niet-verder&wie={reaction_new}&wie={reaction_talking}"

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "reacties-werkgever",
        "recruiting.board",
        (
            View("plain", at("/werkgever/reacties")),
            View("table", at("/werkgever/reacties?weergave=tabel&sort=naam")),
            View("nothing", at("/werkgever/reacties?weergave=tabel&plek=weg&wacht=ja")),
            View("empty", at("/werkgever/reacties"), account=EMPTY, strained=True),
        ),
        needs=ANSWER,
        title="Reacties",
        purpose="Who reacted, by how far it is: what waits on the employer, and until when.",
    ),
    CataloguePage(
        "reactie-werkgever",
        "recruiting.show",
        (
            View("plain", at("/werkgever/reacties/{reaction_talking}")),
            View("new", at("/werkgever/reacties/{reaction_new}")),
            View("over", at("/werkgever/reacties/{reaction_refused}")),
            View(
                "errors",
                at("/werkgever/reacties/{reaction_new}"),
                422,
                send("#berichten form.card", text=""),
            ),
        ),
        needs=ANSWER,
    ),
    CataloguePage(
        "reactie-stap",
        "recruiting.ask_step",
        (
            View("plain", at(f"{REFUSE}?reden=skills")),
            View("reason", at(REFUSE)),
            View("offer", at("/werkgever/reacties/{reaction_new}/stap/aanbieden")),
            View("postpone", at("/werkgever/reacties/{reaction_new}/stap/uitstellen")),
            View("errors", at(f"{REFUSE}?reden=skills"), 422, send("main form.card", word="Nee")),
        ),
        needs=ANSWER,
    ),
    CataloguePage(
        "reacties-samen",
        "recruiting.together",
        (
            View("plain", at(TOGETHER)),
            View("look", at(TOGETHER), then=send("main form", action="bekijk")),
            View("errors", at(TOGETHER), 422, send("main form", text="", action="bekijk")),
        ),
        needs=ANSWER,
    ),
    CataloguePage(
        "reactie-moment",
        "recruiting.new_meeting",
        (View("plain", at("/werkgever/reacties/{reaction_new}/gesprek")),),
        needs=ANSWER,
    ),
    CataloguePage(
        "reactie-ander-moment",
        "recruiting.ask_move",
        (
            View(
                "plain",
                at("/werkgever/reacties/{reaction_talking}/gesprek/{reaction_meeting}/verzetten"),
            ),
        ),
        needs=ANSWER,
    ),
    CataloguePage(
        "reactie-afzeggen",
        "recruiting.ask_cancel",
        (
            View(
                "plain",
                at("/werkgever/reacties/{reaction_talking}/gesprek/{reaction_meeting}/afzeggen"),
            ),
        ),
        needs=ANSWER,
    ),
    CataloguePage(
        "mensen",
        "recruiting.people",
        (
            View("plain", at("/werkgever/mensen")),
            View("empty", at("/werkgever/mensen"), account=EMPTY, strained=True),
        ),
        needs=FIND,
    ),
    CataloguePage(
        "mensen-bij-een-plek",
        "recruiting.fitting",
        (
            View("plain", at("/werkgever/mensen/{sought}")),
            View("nobody", at("/werkgever/mensen/{own}")),
        ),
        needs=FIND,
        title="Mensen die passen",
        purpose="Who fits an opening, by what they can; without name, photo or age.",
    ),
    CataloguePage(
        "mens",
        "recruiting.person",
        (
            View("plain", at(PERSON)),
            View("errors", at(PERSON), 422, send("#uitnodigen form", text="Kom je?")),
        ),
        needs=FIND,
    ),
    CataloguePage(
        "uitnodigingen",
        "invitations.index",
        (
            View("plain", at("/uitnodigingen")),
            View("several", at("/uitnodigingen"), account=RETURNER),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "uitnodiging-om-te-praten",
        "invitations.show",
        (
            View("plain", at("/uitnodigingen/{invited}")),
            View("no", at("/uitnodigingen/{invited_no}"), account=RETURNER),
            View(
                "errors",
                at("/uitnodigingen/{invited}"),
                422,
                send("form[action$='/ja']", phone="bel maar"),
            ),
        ),
        needs=OWN,
    ),
)

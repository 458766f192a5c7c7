"""The candidate's own route: the page, the profile, what fits, what was saved."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

OWN = Permission.JOURNEY_OWN
RETURNER, EMPLOYEE = "herintreder@bekwaam.example", "medewerker@bekwaam.example"

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "mijn-route",
        "candidates.journey",
        (
            View("plain", at("/mijn-route")),
            View("returner", at("/mijn-route"), account=RETURNER),
            View("employee", at("/mijn-route"), account=EMPLOYEE),
        ),
        needs=OWN,
        title="Mijn route",
        purpose="Where somebody is, what the one next step is, and what waits for them.",
    ),
    CataloguePage(
        "mijn-profiel",
        "candidates.profile",
        (
            View("plain", at("/mijn-route/profiel")),
            View(
                "errors",
                at("/mijn-route/profiel"),
                422,
                send("form:has([name=skills])", place="Heerle n", hours="80", phone="bel maar"),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "mijn-matches",
        "candidates.matches",
        (
            View("plain", at("/mijn-route/passend")),
            View("page-2", at("/mijn-route/passend?distance=0&hours=&page=2")),
            View("nothing", at("/mijn-route/passend?distance=5&hours=2")),
            View("errors", at("/mijn-route/passend?hours=99"), 422),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "mijn-match",
        "candidates.fits",
        (
            View("plain", at("/mijn-route/passend/{opening}")),
            View("closed", at("/mijn-route/passend/{closed}"), 410),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "verbergen",
        "candidates.ask_hide",
        (
            View("plain", at("/mijn-route/verbergen/{opening}")),
            View(
                "dialog",
                at("/mijn-route/passend/{opening}"),
                then=ask_in_a_dialog,
                needs_script=True,
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewaard",
        "candidates.saved",
        (
            View("plain", at("/mijn-route/bewaard")),
            View("empty", at("/mijn-route/bewaard"), account=EMPLOYEE),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "vergelijken",
        "candidates.compare",
        (
            View("plain", at("/mijn-route/vergelijken?a={saved_one}&b={saved_two}")),
            View("choose", at("/mijn-route/vergelijken")),
            View("closed", at("/mijn-route/vergelijken?a={saved_one}&b={closed}")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "tekst-overnemen",
        "candidates.ask_adopt",
        (View("plain", at("/mijn-route/overnemen/{answer}")),),
        needs=OWN,
    ),
    CataloguePage(
        "mail-stoppen",
        "candidates.ask_stop_alerts",
        (
            View("plain", at("/meldingen/stoppen/{stop_token}")),
            View("stopped", at("/meldingen/stoppen/{stopped_token}")),
        ),
        same_for_all=True,
    ),
)

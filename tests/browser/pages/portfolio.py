"""The portfolio: what is proposed, what stands in it, and the evidence of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.permissions import Permission
from portal.portfolio.policy import BY_FORM
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = Permission.JOURNEY_OWN
RETURNER = "herintreder@bekwaam.example"
EMPLOYEE = "medewerker@bekwaam.example"
FORM = "main form.card"


def _stale(page: Page) -> None:
    """Send a form that was made before the last change."""
    page.locator("main [name=seen_at]").evaluate("it => { it.value = ''; }")
    send(FORM)(page)


PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "portfolio",
        "portfolio.index",
        (
            View("plain", at("/portfolio")),
            View("returner", at("/portfolio"), account=RETURNER),
        ),
        needs=OWN,
        title="Portfolio",
        purpose="What one can do, proposed from one's own words, and what shows it.",
    ),
    CataloguePage(
        "bekwaamheid-nieuw",
        "portfolio.new",
        (
            View("plain", at("/portfolio/bekwaamheid/nieuw")),
            View("errors", at("/portfolio/bekwaamheid/nieuw"), 422, send(FORM, sentence="")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bekwaamheid",
        "portfolio.edit",
        (
            View("plain", at("/portfolio/bekwaamheid/cook-for-groups")),
            View(
                "errors",
                at("/portfolio/bekwaamheid/cook-for-groups"),
                422,
                send(FORM, sentence="kort"),
            ),
            View("stale", at("/portfolio/bekwaamheid/make-rosters"), 409, _stale),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "weggelaten",
        "portfolio.dropped",
        (
            View("plain", at("/portfolio/weggelaten")),
            View("nothing", at("/portfolio/weggelaten"), account=RETURNER),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs-soorten",
        "portfolio.choose_kind",
        (
            View("plain", at("/portfolio/bewijs/nieuw")),
            View("about", at("/portfolio/bewijs/nieuw?voor=cook-for-groups")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs-nieuw",
        "portfolio.new_evidence",
        (
            *(View(kind.value, at(f"/portfolio/bewijs/nieuw/{kind.value}")) for kind in BY_FORM),
            View(
                "errors",
                at("/portfolio/bewijs/nieuw/register"),
                422,
                send(FORM, number="123", issued_on="2099-01-01"),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs",
        "portfolio.evidence",
        (
            View("plain", at("/portfolio/bewijs/{work_evidence}")),
            View("ending", at("/portfolio/bewijs/{ending_evidence}")),
            View("contact", at("/portfolio/bewijs/{contact_evidence}")),
            View("checked", at("/portfolio/bewijs/{diploma_evidence}"), account=RETURNER),
            View("expired", at("/portfolio/bewijs/{expired_evidence}"), account=RETURNER),
            View("waiting", at("/portfolio/bewijs/{employee_diploma}"), account=EMPLOYEE),
            View(
                "dialog",
                at("/portfolio/bewijs/{work_evidence}"),
                then=ask_in_a_dialog,
                needs_script=True,
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs-wijzigen",
        "portfolio.edit_evidence",
        (
            View("plain", at("/portfolio/bewijs/{work_evidence}/bewerken")),
            View("file", at("/portfolio/bewijs/{diploma_evidence}/bewerken"), account=RETURNER),
            View(
                "errors",
                at("/portfolio/bewijs/{work_evidence}/bewerken"),
                422,
                send(FORM, title="", from_date="ooit"),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs-weghalen",
        "portfolio.ask_remove",
        (View("plain", at("/portfolio/bewijs/{work_evidence}/weghalen")),),
        needs=OWN,
    ),
    CataloguePage(
        "wat-telt-nog",
        "portfolio.still_counts",
        (
            View("plain", at("/portfolio/wat-telt-nog"), account=RETURNER),
            View("entrant", at("/portfolio/wat-telt-nog")),
        ),
        needs=OWN,
        title="Wat telt nog?",
        purpose="For who left care: which papers and years still count, and how to refresh.",
    ),
)

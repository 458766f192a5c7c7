"""Joining, admitting, and running an organisation; importing openings."""

from __future__ import annotations

from typing import Final

from portal.accounts.models import RoleName
from portal.permissions import Permission
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

ASKER = "aanvrager@voorbeeld.example"
LINDE = "/werkgever/organisatie/{linde}"
MANAGE, ADMIT = Permission.ORGANISATION_MANAGE, Permission.ORGANISATION_ADMIT
POST = Permission.OPPORTUNITY_MANAGE
OWN = Permission.ACCOUNT_OWN
ONE = (RoleName.CANDIDATE,)
LINDES = "werkgever@bekwaam.example"

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "aansluiten",
        "organisations.join",
        (
            View("plain", at("/aansluiten")),
            View("asked", at("/aansluiten"), account=ASKER, by=ONE),
        ),
    ),
    CataloguePage(
        "aansluiten-nieuw",
        "organisations.new_request",
        (
            View("plain", at("/aansluiten/nieuw")),
            View("errors", at("/aansluiten/nieuw"), 422, send("main form.card", name="")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "aansluiten-vraag",
        "organisations.request_page",
        (
            View("plain", at("/aansluiten/{org_asked}"), account=ASKER),
            View("refused", at("/aansluiten/{org_refused}"), account=ASKER),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "aansluiten-terugnemen",
        "organisations.ask_withdraw",
        (View("plain", at("/aansluiten/{org_asked}/terugnemen"), account=ASKER),),
        needs=OWN,
    ),
    CataloguePage(
        "uitnodiging",
        "organisations.invitation",
        (View("gone", at("/aansluiten/uitnodiging/bestaat-niet"), 404),),
    ),
    CataloguePage(
        "organisatie",
        "organisations.manage",
        (
            View("plain", at("/werkgever/organisatie"), account=LINDES),
            View(
                "dialog",
                at("/werkgever/organisatie"),
                account=LINDES,
                then=ask_in_a_dialog,
                needs_script=True,
            ),
        ),
        needs=MANAGE,
        title="Organisatie",
        purpose="What an employer tells, its sites, and who acts for it with which rights.",
    ),
    CataloguePage(
        "organisatie-gegevens",
        "organisations.edit_profile",
        (
            View("plain", at(f"{LINDE}/gegevens"), account=LINDES),
            View(
                "errors",
                at(f"{LINDE}/gegevens"),
                422,
                send("main form.card", answer_days="99"),
                account=LINDES,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "locatie-nieuw",
        "organisations.new_site",
        (
            View("plain", at(f"{LINDE}/locatie"), account=LINDES),
            View(
                "errors",
                at(f"{LINDE}/locatie"),
                422,
                send("main form.card", place="Nergens"),
                account=LINDES,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "locatie",
        "organisations.edit_site",
        (View("plain", at(f"{LINDE}/locatie/{{linde_site}}"), account=LINDES),),
        needs=MANAGE,
    ),
    CataloguePage(
        "uitnodigen",
        "organisations.new_invite",
        (
            View("plain", at(f"{LINDE}/uitnodigen"), account=LINDES),
            View(
                "errors",
                at(f"{LINDE}/uitnodigen"),
                422,
                send("main form.card", email="geen-adres"),
                account=LINDES,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "rechten",
        "organisations.edit_rights",
        (View("plain", at(f"{LINDE}/collega/{{linde_admin}}"), account=LINDES),),
        needs=MANAGE,
    ),
    CataloguePage(
        "collega-weghalen",
        "organisations.ask_remove",
        (View("plain", at(f"{LINDE}/collega/{{linde_admin}}/weghalen"), account=LINDES),),
        needs=MANAGE,
    ),
    CataloguePage(
        "werkgevers",
        "admission.index",
        (
            View("plain", at("/coordinator/werkgevers")),
            View("nothing", at("/coordinator/werkgevers?q=zeppelin")),
        ),
        needs=ADMIT,
        title="Werkgevers",
        purpose="Who asks to join the pool, the longest first, and everybody who takes part.",
    ),
    CataloguePage(
        "werkgever-toelaten",
        "admission.show",
        (
            View("plain", at("/coordinator/werkgevers/{org_asked}")),
            View("refused", at("/coordinator/werkgevers/{org_refused}")),
            View("admitted", at("/coordinator/werkgevers/{linde}")),
        ),
        needs=ADMIT,
    ),
    CataloguePage(
        "werkgever-weigeren",
        "admission.ask_refuse",
        (
            View("plain", at("/coordinator/werkgevers/{org_asked}/weigeren")),
            View(
                "errors",
                at("/coordinator/werkgevers/{org_asked}/weigeren"),
                422,
                send("main form.card", reason=""),
            ),
        ),
        needs=ADMIT,
    ),
    CataloguePage(
        "importeren",
        "importing.index",
        (
            View("plain", at("/werkgever/importeren")),
            View("errors", at("/werkgever/importeren"), 422, send("main form")),
        ),
        needs=POST,
    ),
    CataloguePage(
        "importeren-kijken",
        "importing.ask_confirm",
        (View("gone", at("/werkgever/importeren/bestaat-niet"), 404),),
        needs=POST,
    ),
    CataloguePage(
        "nog-open",
        "employer.ask_confirm",
        (View("plain", at("/werkgever/aanbod/{own}/nog-open")),),
        needs=POST,
    ),
)

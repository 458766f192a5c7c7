"""Signing for what somebody can, checking evidence, and sharing a portfolio."""

from __future__ import annotations

from typing import Final

from portal.accounts.models import RoleName
from portal.permissions import Permission
from tests.browser.views import CataloguePage, View, ask_in_a_dialog, at, send

OWN = Permission.JOURNEY_OWN
SIGN = Permission.COMPETENCE_VALIDATE
CHECK = Permission.EVIDENCE_CHECK
EMPLOYER, COACH = (RoleName.EMPLOYER,), (RoleName.COACH,)
REASON = "main form.card"

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "tekenen",
        "validations.index",
        (View("plain", at("/tekenen")),),
        needs=SIGN,
        title="Tekenen",
        purpose="Who guides people signs for what they saw somebody do.",
    ),
    CataloguePage(
        "teken",
        "validations.show",
        (
            View("plain", at("/tekenen/{asked_of_linde}"), by=EMPLOYER),
            View("coach", at("/tekenen/{asked_of_coach}"), by=COACH),
            View("signed", at("/tekenen/{signed_by_linde}"), by=EMPLOYER),
            View(
                "errors",
                at("/tekenen/{asked_of_linde}"),
                422,
                send("form[action^='/tekenen/']", scope="", valid_until="2020-01-01"),
                by=EMPLOYER,
            ),
        ),
        needs=SIGN,
    ),
    CataloguePage(
        "teken-niet",
        "validations.ask_decline",
        (
            View("plain", at("/tekenen/{asked_of_linde}/niet"), by=EMPLOYER),
            View("coach", at("/tekenen/{asked_of_coach}/niet"), by=COACH),
            View(
                "errors",
                at("/tekenen/{asked_of_linde}/niet"),
                422,
                send(REASON, reason="nee"),
                by=EMPLOYER,
            ),
        ),
        needs=SIGN,
    ),
    CataloguePage(
        "handtekening-terug",
        "validations.ask_withdraw",
        (
            View("plain", at("/tekenen/{signed_by_linde}/terugnemen"), by=EMPLOYER),
            View("coach", at("/tekenen/{signed_by_coach}/terugnemen"), by=COACH),
        ),
        needs=SIGN,
    ),
    CataloguePage(
        "getekend",
        "validations.mine",
        (
            View("plain", at("/portfolio/getekend")),
            View("nothing", at("/portfolio/getekend"), account="anouk.senden@voorbeeld.example"),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "laat-tekenen",
        "validations.ask",
        (
            View("plain", at("/portfolio/laten-tekenen")),
            View("errors", at("/portfolio/laten-tekenen"), 422, send(REASON, note="kort")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "handtekening",
        "validations.signature",
        (
            View("plain", at("/portfolio/getekend/{own_signed}")),
            View("waits", at("/portfolio/getekend/{own_asked}")),
            View(
                "errors",
                at("/portfolio/getekend/{own_signed}"),
                422,
                send("form[action^='/portfolio/getekend/']", words="Ik zie het anders."),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "bewijs-nakijken",
        "checks.index",
        (View("plain", at("/bewijs")),),
        needs=CHECK,
        title="Bewijs nakijken",
        purpose="A coach or coordinator looks at papers and looks numbers up.",
    ),
    CataloguePage(
        "bewijs-nagekeken",
        "checks.show",
        (
            View("plain", at("/bewijs/{evidence_to_check}")),
            View(
                "errors",
                at("/bewijs/{evidence_to_check}"),
                422,
                send("form[action^='/bewijs/']", note="Kort."),
            ),
        ),
        needs=CHECK,
    ),
    CataloguePage(
        "delen",
        "sharing.index",
        (
            View("plain", at("/portfolio/delen")),
            View(
                "errors",
                at("/portfolio/delen"),
                422,
                send("form[action$='/delen']", label=""),
            ),
            View("dialog", at("/portfolio/delen"), then=ask_in_a_dialog, needs_script=True),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "link-intrekken",
        "sharing.ask_revoke",
        (View("plain", at("/portfolio/delen/{share_link}/intrekken")),),
        needs=OWN,
    ),
    CataloguePage(
        "gedeeld-deur",
        "sharing.door",
        (
            View("plain", at("/p/{shared}")),
            View("gone", at("/p/{share_stopped}"), 410),
        ),
        same_for_all=True,
    ),
    CataloguePage(
        "gedeeld",
        "sharing.shared",
        (
            View("plain", at("/p/{shared}/portfolio")),
            View("gone", at("/p/{share_stopped}/portfolio"), 410),
        ),
        same_for_all=True,
    ),
)

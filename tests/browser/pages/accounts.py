"""Signing in and making an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.accounts.models import RoleName
from portal.permissions import Permission
from portal.seeding import DEMO_PASSWORD
from tests.browser.facts.accounts import TWO_STEPS
from tests.browser.views import MAIN_FORM, CataloguePage, View, at, send

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = Permission.ACCOUNT_OWN
CANDIDATE = (RoleName.CANDIDATE,)
_password = send(MAIN_FORM, email=TWO_STEPS, password=DEMO_PASSWORD)


def _without_phone(page: Page) -> None:
    _password(page)
    page.locator("main a[href^='/inloggen/herstelcode']").click()


def _wrong_code(page: Page) -> None:
    _password(page)
    send(MAIN_FORM, code="000")(page)


def _wrong_recovery(page: Page) -> None:
    _without_phone(page)
    send(MAIN_FORM, code="0000-0000-0000")(page)


def _left_and_sent(page: Page) -> None:
    """Sign out behind the back of a form, send it, and sign in again."""
    email = page.locator("main dd").first.inner_text()
    page.evaluate(
        """async () => {
            const token = document.querySelector("[name=csrf_token]").value;
            const body = new URLSearchParams({csrf_token: token});
            await fetch("/uitloggen", {method: "POST", body});
        }"""
    )
    send("main form.card", name="Een naam die lang genoeg is om te bewaren")(page)
    send(MAIN_FORM, email=email, password=DEMO_PASSWORD)(page)


def _codes(page: Page) -> None:
    send(MAIN_FORM, password=DEMO_PASSWORD)(page)


PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "inloggen",
        "security.login",
        (
            View("plain", at("/inloggen")),
            View("sent-here", at("/werkgever")),
            View(
                "errors",
                at("/inloggen"),
                then=send(MAIN_FORM, email="werkgever@bekwaam.example", password="niet-goed"),
            ),
            View("empty", at("/inloggen"), then=send(MAIN_FORM, email="", password="")),
        ),
        signed_out=True,
        title="Inloggen",
        purpose="For who has an account, such as employers.",
    ),
    CataloguePage(
        "account-maken",
        "security.register",
        (
            View("plain", at("/account-maken")),
            View("with-a-match", at("/account-maken?bewaar={answer}")),
            View(
                "errors",
                at("/account-maken"),
                then=send(
                    MAIN_FORM, name="", email="geen-adres", password="kort", password_confirm="an"
                ),
            ),
        ),
        signed_out=True,
        title="Maak een account",
        purpose="A name, an e-mail address and a password; a quick match goes along.",
    ),
    CataloguePage(
        "wachtwoord-vergeten",
        "security.forgot_password",
        (
            View("plain", at("/wachtwoord-vergeten")),
            View("errors", at("/wachtwoord-vergeten"), then=send(MAIN_FORM, email="geen-adres")),
            View("old-link", at("/wachtwoord-vergeten/bestaat-niet")),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "nieuw-wachtwoord",
        "security.reset_password",
        (
            View("plain", at("/wachtwoord-vergeten/{reset}")),
            View(
                "errors",
                at("/wachtwoord-vergeten/{reset}"),
                then=send(MAIN_FORM, password="kort", password_confirm="anders"),
            ),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "e-mail-bevestigen",
        "security.send_confirmation",
        (
            View("plain", at("/e-mail-bevestigen")),
            View("errors", at("/e-mail-bevestigen"), then=send(MAIN_FORM, email="geen-adres")),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "code-bij-inloggen",
        "security.two_factor_token_validation",
        (
            View("plain", at("/inloggen"), then=_password),
            View("errors", at("/inloggen"), then=_wrong_code),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "herstelcode-bij-inloggen",
        "security.mf_recovery",
        (
            View("plain", at("/inloggen"), then=_without_phone),
            View("errors", at("/inloggen"), then=_wrong_recovery),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "mijn-account",
        "accounts.settings",
        (
            View("plain", at("/account")),
            View("errors", at("/account"), 422, send("main form.card", name="")),
            View("two-steps", at("/account"), account=TWO_STEPS, by=CANDIDATE),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "ander-wachtwoord",
        "accounts.password",
        (
            View("plain", at("/account/wachtwoord")),
            View(
                "errors",
                at("/account/wachtwoord"),
                422,
                send(
                    MAIN_FORM,
                    password="verkeerd-wachtwoord",
                    new_password="kort",
                    new_password_confirm="anders",
                ),
            ),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "extra-stap",
        "second_factor.show",
        (
            View("plain", at("/account/extra-stap")),
            View(
                "errors",
                at("/account/extra-stap"),
                422,
                send(MAIN_FORM, code="", password="verkeerd-wachtwoord"),
            ),
            View("on", at("/account/extra-stap"), account=TWO_STEPS, by=CANDIDATE),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "herstelcodes",
        "second_factor.recovery",
        (
            View("plain", at("/account/extra-stap/codes"), account=TWO_STEPS, by=CANDIDATE),
            View(
                "shown",
                at("/account/extra-stap/codes"),
                account=TWO_STEPS,
                by=CANDIDATE,
                then=_codes,
            ),
            # Whoever has no second factor sets one up first.
            View("off", at("/account/extra-stap/codes")),
        ),
        needs=OWN,
    ),
    CataloguePage(
        "verder",
        "resume.show",
        # What was kept is of one browser; without it the page leads on.
        (View("plain", at("/account"), then=_left_and_sent),),
        needs=OWN,
    ),
)

"""What is said by mail about an account; Flask-Security says when.

Links are made of the public address of the portal, whatever host a request named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _

from portal import clock
from portal.addresses import public_url
from portal.outbox.letters import Letter
from portal.when import clock_text

Context = Mapping[str, Any]


def _until(setting: str) -> str:
    """Until when a link works: `De link werkt tot dinsdag 3 maart, 10:30 uur.`"""
    moment = clock.now() + current_app.config[setting]
    return _(
        "De link werkt tot %(day)s, %(time)s uur.",
        day=clock_text(moment, "EEEE d MMMM"),
        time=clock_text(moment),
    )


def _not_you() -> str:
    return _("Heb je hier niet om gevraagd? Dan hoef je niets te doen.")


def _confirm_lines() -> tuple[str, ...]:
    return (
        _("Bevestig je e-mailadres. Daarna kun je inloggen met je wachtwoord."),
        _until("SECURITY_CONFIRM_EMAIL_WITHIN"),
    )


def _confirm_after() -> str:
    return _(
        "Werkt de link niet meer? Vraag hier een nieuwe: %(url)s",
        url=public_url("security.send_confirmation"),
    )


def _confirm_action(context: Context) -> tuple[str, str]:
    return (
        _("Bevestig mijn e-mailadres"),
        public_url("security.confirm_email", token=context["confirmation_token"]),
    )


def welcome(context: Context) -> Letter:
    """The account is made; with a link to confirm the address where that is asked."""
    if context.get("confirmation_link"):
        return Letter(
            subject=_("Welkom bij Bekwaam"),
            lines=(_("Je account is bijna klaar."), *_confirm_lines()),
            action=_confirm_action(context),
            after=(_confirm_after(), _not_you()),
        )
    return Letter(
        subject=_("Welkom bij Bekwaam"),
        lines=(_("Je account is klaar. Je kunt meteen inloggen."),),
        action=(_("Log in"), public_url("security.login")),
    )


def confirmation(context: Context) -> Letter:
    """The link to confirm an address, once more."""
    return Letter(
        subject=_("Bevestig je e-mailadres"),
        lines=_confirm_lines(),
        action=_confirm_action(context),
        after=(_confirm_after(), _not_you()),
    )


def existing(context: Context) -> Letter:
    """Somebody wants an account with this address, which has one."""
    after = [_("Was jij het niet? Dan hoef je niets te doen. Er is niets veranderd.")]
    waits = bool(context.get("confirmation_link"))
    if current_app.config["SECURITY_RECOVERABLE"]:
        url = public_url("security.forgot_password")
        after.insert(0, _("Wachtwoord vergeten? Kies hier een nieuw: %(url)s", url=url))
    return Letter(
        subject=_("Je hebt al een account"),
        lines=(
            _("Iemand wilde met dit e-mailadres een account maken bij Bekwaam."),
            _("Je hebt er al een. Bevestig nog wel je e-mailadres. Daarna kun je inloggen.")
            if waits
            else _("Je hebt er al een. Was jij het? Dan kun je gewoon inloggen."),
        ),
        action=(_confirm_action(context) if waits else (_("Log in"), public_url("security.login"))),
        after=tuple(after),
    )


def new_password(context: Context) -> Letter:
    """The link to choose another password."""
    url = public_url("security.forgot_password")
    return Letter(
        subject=_("Kies een nieuw wachtwoord"),
        lines=(
            _("Je vroeg om een nieuw wachtwoord."),
            _until("SECURITY_RESET_PASSWORD_WITHIN"),
            _("Tot je een nieuw wachtwoord kiest, blijft het oude gelden."),
        ),
        action=(
            _("Kies een nieuw wachtwoord"),
            public_url("security.reset_password", token=context["reset_token"]),
        ),
        after=(_("Werkt de link niet meer? Vraag hier een nieuwe: %(url)s", url=url), _not_you()),
    )


def password_changed(context: Context) -> Letter:
    """The password is another one; who did not do that must act."""
    after = []
    if current_app.config["SECURITY_RECOVERABLE"]:
        url = public_url("security.forgot_password")
        after.append(_("Was jij dat niet? Kies dan meteen een nieuw wachtwoord: %(url)s", url=url))
    return Letter(
        subject=_("Je wachtwoord is veranderd"),
        lines=(
            _("Je wachtwoord bij Bekwaam is veranderd."),
            _("Log voortaan in met je nieuwe wachtwoord."),
        ),
        after=tuple(after),
    )


def second_factor_changed(*, on: bool) -> Letter:
    """Signing in asks for a code from now on, or does so no longer."""
    url = public_url("accounts.settings")
    told = (
        _("Inloggen bij Bekwaam vraagt vanaf nu ook een code van je telefoon.")
        if on
        else _("Inloggen bij Bekwaam vraagt geen code van je telefoon meer.")
    )
    return Letter(
        subject=_("De extra stap bij inloggen staat aan")
        if on
        else _("De extra stap bij inloggen staat uit"),
        lines=(told,),
        after=(_("Was jij dat niet? Kijk dan meteen bij je account: %(url)s", url=url),),
    )


LETTERS: Final[dict[str, Callable[[Context], Letter]]] = {
    "welcome": welcome,
    "welcome_existing": existing,
    "confirmation_instructions": confirmation,
    "reset_instructions": new_password,
    "reset_notice": password_changed,
    "change_notice": password_changed,
}
"""By the library's name of each mail."""
ASKED_FOR: Final = frozenset(
    {"welcome_existing", "confirmation_instructions", "reset_instructions"}
)
"""Mails that somebody asks for with a click; two clicks are one mail."""

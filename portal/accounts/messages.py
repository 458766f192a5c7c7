"""What Flask-Security says on a page, in our words: by its name of each message."""

from __future__ import annotations

from typing import Final


def _n(text: str) -> str:
    """Mark a text for the catalogue; Flask-Security translates it when it is shown."""
    return text


MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "CONFIRM_REGISTRATION": (
        _n(
            "Dank je. We hebben een mail gestuurd naar %(email)s. Klik op de link daarin. "
            "Daarna kun je inloggen."
        ),
        "success",
    ),
    "EMAIL_CONFIRMED": (_n("Dank je. Je e-mailadres is bevestigd."), "success"),
    "ALREADY_CONFIRMED": (_n("Je e-mailadres was al bevestigd."), "info"),
    "INVALID_CONFIRMATION_TOKEN": (
        _n("Deze link klopt niet. Kijk of je de hele link hebt gebruikt, of vraag een nieuwe aan."),
        "error",
    ),
    "CONFIRMATION_EXPIRED": (
        _n("Deze link is niet meer geldig. We hebben een nieuwe gestuurd naar %(email)s."),
        "error",
    ),
    "CONFIRMATION_REQUEST": (
        _n("We hebben een mail gestuurd naar %(email)s. Klik op de link daarin."),
        "info",
    ),
    "CONFIRMATION_REQUIRED": (
        _n("Bevestig eerst je e-mailadres. Klik op de link in de mail die je van ons kreeg."),
        "error",
    ),
    "FORGOT_PASSWORD": (_n("Wachtwoord vergeten?"), "info"),
    "PASSWORD_RESET_REQUEST": (
        _n(
            "Als %(email)s bij ons bekend is, krijg je nu een mail. "
            "Daarin staat hoe je een nieuw wachtwoord kiest."
        ),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (
        _n("Deze link is niet meer geldig. We hebben een nieuwe gestuurd naar %(email)s."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        _n("Deze link klopt niet. Kijk of je de hele link hebt gebruikt, of vraag een nieuwe aan."),
        "error",
    ),
    "PASSWORD_RESET": (_n("Je nieuwe wachtwoord is opgeslagen. Je bent ingelogd."), "success"),
    "PASSWORD_RESET_NO_LOGIN": (
        _n("Je nieuwe wachtwoord is opgeslagen. Log ermee in."),
        "success",
    ),
    "PASSWORD_IS_THE_SAME": (_n("Kies een ander wachtwoord dan het oude."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        _n("Kies een wachtwoord van %(length)s tekens of meer."),
        "error",
    ),
    "PASSWORD_NOT_PROVIDED": (_n("Vul je wachtwoord in."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (
        _n("De twee wachtwoorden zijn niet gelijk. Typ ze allebei opnieuw."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (_n("Vul je e-mailadres in."), "error"),
    "INVALID_EMAIL_ADDRESS": (
        _n("Dit is geen geldig e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl."),
        "error",
    ),
    "EMAIL_ALREADY_ASSOCIATED": (
        _n("Er is al een account met %(email)s. Log daarmee in, of kies een nieuw wachtwoord."),
        "error",
    ),
    "GENERIC_AUTHN_FAILED": (
        _n("Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer opnieuw."),
        "error",
    ),
    "USER_DOES_NOT_EXIST": (
        _n("Dit e-mailadres kennen we niet. Kijk het na, of maak een account."),
        "error",
    ),
    "INVALID_PASSWORD": (
        _n("Dit wachtwoord klopt niet. Typ het opnieuw, of kies een nieuw wachtwoord."),
        "error",
    ),
    "DISABLED_ACCOUNT": (
        _n("Dit account staat uit. Vraag de beheerder om het weer aan te zetten."),
        "error",
    ),
    "GENERIC_RECOVERY": (
        _n(
            "Als dit e-mailadres bij ons bekend is, krijg je nu een mail. "
            "Zie je hem niet? Kijk bij ongewenste mail."
        ),
        "info",
    ),
    "INVALID_REDIRECT": (
        _n("Deze link klopt niet. Log in en kies zelf waar je heen wilt."),
        "error",
    ),
    "LOGIN": (_n("Log in om deze pagina te zien."), "info"),
    "TWO_FACTOR_INVALID_TOKEN": (
        _n("Deze code klopt niet. Kijk in je app welke code er nu staat en typ die over."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_n("Je bent ingelogd."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (_n("Log eerst in met je wachtwoord."), "info"),
    "INVALID_RECOVERY_CODE": (
        _n("Deze herstelcode klopt niet, of je hebt hem al gebruikt. Neem een andere."),
        "error",
    ),
    "PASSWORD_CHANGE": (_n("Je wachtwoord is veranderd."), "success"),
    "UNAUTHENTICATED": (_n("Log in om deze pagina te zien."), "info"),
}

"""Standings, rights and checks in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.organisations.models import Right
from portal.organisations.policy import Check
from portal.organisations.workflow import Standing

STANDING_LABELS: Final[Mapping[str, LazyString]] = {
    Standing.ASKED: _l("Wacht op ons"),
    Standing.ADMITTED: _l("Doet mee"),
    Standing.REFUSED: _l("Nu nog niet"),
    Standing.WITHDRAWN: _l("Teruggenomen"),
}
RIGHT_LABELS: Final[Mapping[str, LazyString]] = {
    Right.RECRUITER: _l("Werven: plekken plaatsen en mensen antwoorden"),
    Right.SUPERVISOR: _l("Begeleiden: tekenen voor wat iemand kan"),
    Right.ADMIN: _l("Beheren: collega's, locaties en gegevens"),
}
RIGHT_NAMES: Final[Mapping[str, LazyString]] = {
    Right.RECRUITER: _l("werven"),
    Right.SUPERVISOR: _l("begeleiden"),
    Right.ADMIN: _l("beheren"),
}
CHECK_LABELS: Final[Mapping[str, LazyString]] = {
    Check.REGISTER: _l("Het KvK-nummer klopt en hoort bij deze naam"),
    Check.CARE: _l("De organisatie geeft zorg of welzijn in de regio"),
    Check.ADDRESS: _l("Het adres klopt"),
    Check.ACTS_FOR: _l("Deze persoon mag voor de organisatie spreken"),
    Check.RULES: _l("De organisatie kent de afspraken en houdt zich eraan"),
}
CHECK_HINTS: Final[Mapping[str, LazyString]] = {
    Check.REGISTER: _l("Zoek het nummer op bij kvk.nl. Vergelijk de naam."),
    Check.CARE: _l("Kijk op de website. Is er een locatie in de regio?"),
    Check.ADDRESS: _l("Zoek het adres op. Is het een plek waar mensen werken?"),
    Check.ACTS_FOR: _l("Bel het nummer van de organisatie zelf, niet dat van de aanvraag."),
    Check.RULES: _l("Loop de afspraken samen door aan de telefoon."),
}

"""How portfolios speak: grades, levels, kinds of evidence and groups, in plain words."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.portfolio.kinds import EvidenceKind, Grade, Mastery
from portal.portfolio.policy import State

GRADE_LABELS: Final[dict[Grade, LazyString]] = {
    Grade.CLAIMED: _l("zelf verteld"),
    Grade.DEMONSTRATED: _l("laten zien"),
    Grade.VALIDATED: _l("getoetst"),
    Grade.CERTIFIED: _l("met diploma of register"),
}
MASTERY_LABELS: Final[dict[Mastery, LazyString]] = {
    Mastery.OBSERVE: _l("Ik heb het van dichtbij gezien"),
    Mastery.SUPERVISED: _l("Ik doe het met hulp"),
    Mastery.INDEPENDENT: _l("Ik doe het zelfstandig"),
    Mastery.TEACH: _l("Ik leer het anderen"),
}
"""As somebody says it of themselves."""
MASTERY_OF_SOMEBODY: Final[dict[Mastery, LazyString]] = {
    Mastery.OBSERVE: _l("heeft het van dichtbij gezien"),
    Mastery.SUPERVISED: _l("doet het met hulp"),
    Mastery.INDEPENDENT: _l("doet het zelfstandig"),
    Mastery.TEACH: _l("leert het anderen"),
}
"""The same, as others say it of somebody."""
KIND_LABELS: Final[dict[EvidenceKind, LazyString]] = {
    EvidenceKind.PAID_WORK: _l("Betaald werk"),
    EvidenceKind.UNPAID_WORK: _l("Werk zonder loon"),
    EvidenceKind.CARE_FOR_FAMILY: _l("Zorg voor familie of buren"),
    EvidenceKind.DIPLOMA: _l("Diploma"),
    EvidenceKind.CERTIFICATE: _l("Certificaat"),
    EvidenceKind.PRACTICE_STATEMENT: _l("Praktijkverklaring"),
    EvidenceKind.REGISTER: _l("BIG- of SKJ-nummer"),
    EvidenceKind.VOG: _l("VOG"),
    EvidenceKind.DRIVING_LICENCE: _l("Rijbewijs"),
    EvidenceKind.REFERENCE: _l("Iemand die je kent van het werk"),
    EvidenceKind.BADGE: _l("Open badge"),
    EvidenceKind.FILE: _l("Bestand"),
    EvidenceKind.TRIAL: _l("Proefplaatsing"),
}
KIND_HINTS: Final[dict[EvidenceKind, LazyString]] = {
    EvidenceKind.PAID_WORK: _l("Elke baan telt, ook buiten de zorg."),
    EvidenceKind.UNPAID_WORK: _l("Vrijwilligerswerk, een club, de kerk of moskee, een stage."),
    EvidenceKind.CARE_FOR_FAMILY: _l("Bijvoorbeeld voor een ouder, een kind of een buur."),
    EvidenceKind.DIPLOMA: _l("Van mbo, hbo of universiteit."),
    EvidenceKind.CERTIFICATE: _l("Een deel van een opleiding, of een cursus zoals EHBO of BHV."),
    EvidenceKind.PRACTICE_STATEMENT: _l("Een school en een werkgever tekenden wat je kunt."),
    EvidenceKind.REGISTER: _l("Je staat in het register van een beschermd beroep."),
    EvidenceKind.VOG: _l("We vragen alleen de datum. Het papier houd je zelf."),
    EvidenceKind.DRIVING_LICENCE: _l("We vragen alleen de soort. Het nummer houd je zelf."),
    EvidenceKind.REFERENCE: _l("Een vroegere baas of collega die iets over je wil vertellen."),
    EvidenceKind.BADGE: _l("Een digitaal bewijs met een link."),
    EvidenceKind.FILE: _l("Een brief, een verslag of een foto van iets dat je maakte."),
}
STATE_LABELS: Final[dict[State, LazyString]] = {
    State.VALID: _l("Geldig"),
    State.EXPIRING: _l("Verloopt binnenkort"),
    State.EXPIRED: _l("Verlopen"),
    State.WAITING: _l("Wordt bekeken"),
    State.REJECTED: _l("Niet aangenomen"),
}
GROUP_LABELS: Final[dict[str, LazyString]] = {
    "care": _l("Zorgen voor iemand"),
    "contact": _l("Omgaan met mensen"),
    "guidance": _l("Begeleiden"),
    "youth": _l("Werken met kinderen en jongeren"),
    "medical": _l("Medisch werk"),
    "facilities": _l("Koken, schoonmaken en gebouw"),
    "organisation": _l("Regelen en organiseren"),
    "attitude": _l("Zo werk je"),
}
"""By the files of the framework, in the order in which they are shown."""
OTHER_GROUP: Final = _l("Andere dingen")

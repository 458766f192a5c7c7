"""What to look at when checking evidence, and what one says to have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.portfolio.kinds import EvidenceKind
from portal.portfolio.models import EvidenceItem
from portal.portfolio.policy import SKJ

BIG_REGISTER: Final = "https://zoeken.bigregister.nl/"
"""Where everybody can look up who is in the register of care professions."""
_PAPER: Final = _l("Ik heb vandaag het origineel gezien.")
_LOOKED_UP: Final = _l("Ik heb het vandaag opgezocht in het register.")
_LOOKED: Final = _l("Ik heb er vandaag zelf naar gekeken.")


@dataclass(frozen=True, slots=True)
class Guide:
    """How to check one kind: what to look at, the words of the tick, and where to look it up."""

    look_at: tuple[LazyString, ...]
    tick: LazyString = _PAPER
    link: str = ""
    link_label: LazyString | None = None


_NAME = _l("Is de naam op het papier die van deze persoon?")
_GUIDES: Final[dict[EvidenceKind, Guide]] = {
    EvidenceKind.DIPLOMA: Guide(
        (
            _NAME,
            _l("Kloppen de opleiding, het niveau en de datum?"),
            _l("Twijfel je? Vraag om een bewijs uit het diplomaregister van DUO."),
        )
    ),
    EvidenceKind.CERTIFICATE: Guide(
        (_NAME, _l("Wie gaf het uit, en staat er tot wanneer het geldt?"))
    ),
    EvidenceKind.PRACTICE_STATEMENT: Guide(
        (_NAME, _l("Tekenden de school en de werkgever allebei?"))
    ),
    EvidenceKind.VOG: Guide(
        (
            _NAME,
            _l("Past het doel van de VOG bij werk met mensen?"),
            _l("Bewaar geen kopie. De datum is genoeg."),
        )
    ),
    EvidenceKind.REFERENCE: Guide(
        (
            _l("Bel of mail wie hier staat. Vraag wat die persoon zelf heeft gezien."),
            _l("Klopt dat met wat hier staat?"),
        ),
        _l("Ik heb deze persoon vandaag zelf gesproken."),
    ),
    EvidenceKind.BADGE: Guide(
        (
            _l("Open de link. Staat deze naam erbij?"),
            _l("Wie gaf de badge uit, en geldt die nog?"),
        ),
        _LOOKED,
    ),
    EvidenceKind.FILE: Guide((_l("Laat het bestand zien wat hier staat?"),), _LOOKED),
}
_BIG: Final = Guide(
    (
        _l("Zoek op het nummer. Is de naam die van deze persoon?"),
        _l("Klopt het beroep, en staat de registratie nog open?"),
        _l("Staat er een beperking bij? Schrijf dat in je opmerking."),
    ),
    _LOOKED_UP,
    BIG_REGISTER,
    _l("Zoek in het BIG-register (opent een nieuw tabblad)"),
)
_SKJ: Final = Guide(
    (
        _l("Ga naar de site van SKJ en zoek in het openbare register."),
        _l("Is de naam die van deze persoon, en loopt de registratie nog?"),
    ),
    _LOOKED_UP,
)


def guide(item: EvidenceItem) -> Guide:
    """Return how to check this evidence."""
    kind = EvidenceKind(item.kind)
    if kind is EvidenceKind.REGISTER:
        return _SKJ if item.gate == SKJ else _BIG
    return _GUIDES.get(kind, Guide((_NAME,)))

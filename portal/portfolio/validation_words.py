"""How signatures speak: who signed, how far, until when."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.portfolio.kinds import Mastery
from portal.portfolio.models import Validation
from portal.portfolio.validation_workflow import ValidationState
from portal.when import day_text

SEEN_LABELS: Final[dict[Mastery, LazyString]] = {
    Mastery.OBSERVE: _l("Keek mee. Deed het nog niet zelf."),
    Mastery.SUPERVISED: _l("Doet het met iemand erbij."),
    Mastery.INDEPENDENT: _l("Doet het zelfstandig."),
    Mastery.TEACH: _l("Doet het zelfstandig en leert het anderen."),
}
"""The levels, as an assessor chooses between them."""
STATE_LABELS: Final[dict[ValidationState, LazyString]] = {
    ValidationState.ASKED: _l("Wacht op een handtekening"),
    ValidationState.SIGNED: _l("Getekend"),
    ValidationState.DECLINED: _l("Niet getekend"),
    ValidationState.CANCELLED: _l("Vraag teruggenomen"),
    ValidationState.REMOVED: _l("Uit je portfolio gehaald"),
    ValidationState.WITHDRAWN: _l("Handtekening teruggenomen"),
    ValidationState.EXPIRED: _l("Verlopen"),
}


def competence_label(competence: str) -> str:
    """The name of a competence in the language of the page; its id when the framework lost it."""
    known = framework().competences.get(competence)
    return known.label(data_language()) if known else competence


def signer(validation: Validation) -> str:
    """Who stands behind a signature for who only sees the result: no name of a person."""
    if validation.organisation is not None:
        return validation.organisation.name
    return _("een loopbaancoach")


def discreet_signer(validation: Validation) -> str:
    """Who stands behind it for who may not know yet who it is about."""
    if validation.organisation_id is not None:
        return _("een begeleider op het werk")
    return _("een loopbaancoach")


def discreet_text(validation: Validation) -> str:
    """The same for who may not know yet who it is about: the place of work would tell."""
    return _(
        "Getekend door %(who)s, tot %(month)s",
        who=discreet_signer(validation),
        month=day_text(validation.valid_until, "MMMM yyyy") if validation.valid_until else "",
    )


def signed_text(validation: Validation) -> str:
    """What a signature says in a few words: `Getekend door Linde, tot maart 2028`."""
    return _(
        "Getekend door %(who)s, tot %(month)s",
        who=signer(validation),
        month=day_text(validation.valid_until, "MMMM yyyy") if validation.valid_until else "",
    )

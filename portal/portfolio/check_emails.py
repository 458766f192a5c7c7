"""What is said by mail after a person looked at evidence."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.outbox.letters import Letter
from portal.portfolio.models import EvidenceItem


def confirmed(item: EvidenceItem) -> Letter:
    """It is what it says."""
    lines = [_("Iemand keek naar “%(title)s”. Het klopt.", title=item.title)]
    if item.check_note:
        lines.append(_("Dit staat erbij: %(note)s", note=item.check_note))
    lines.append(_("Het telt nu zwaarder bij werk dat bij je past."))
    return Letter(
        subject=_("Nagekeken: %(title)s", title=item.title),
        lines=tuple(lines),
        action=(_("Bekijk je bewijs"), public_url("portfolio.evidence", evidence_id=item.id)),
    )


def rejected(item: EvidenceItem) -> Letter:
    """It could not be confirmed, and why."""
    return Letter(
        subject=_("Nog niet aangenomen: %(title)s", title=item.title),
        lines=(
            _("Iemand keek naar “%(title)s” en kon het nog niet aannemen.", title=item.title),
            _("Dit is waarom: %(why)s", why=item.check_note),
            _("Pas het aan of laat iets anders zien. Daarna kun je opnieuw vragen."),
        ),
        action=(_("Bekijk je bewijs"), public_url("portfolio.evidence", evidence_id=item.id)),
    )

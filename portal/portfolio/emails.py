"""Mail about portfolios."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.outbox.letters import Letter
from portal.portfolio.kinds import EvidenceKind
from portal.when import day_text


def ending(
    identifier: int, title: str, expires_on: date, kind: EvidenceKind
) -> Callable[[], Letter]:
    """Evidence ends soon: what, when, what that means and what to do."""

    def write() -> Letter:
        lines = [
            _("“%(title)s” is geldig tot en met %(day)s.", title=title, day=day_text(expires_on)),
            _after(kind),
        ]
        url = public_url("portfolio.evidence", evidence_id=identifier)
        return Letter(
            subject=_("“%(title)s” verloopt binnenkort", title=title),
            lines=tuple(lines),
            action=(_("Bekijk je bewijs"), url),
            after=(_("Heb je hem al verlengd? Pas dan de datum aan."),),
        )

    return write


def _after(kind: EvidenceKind) -> str:
    if kind is EvidenceKind.REGISTER:
        return _(
            "Daarna mag je het beschermde beroep niet doen. Vraag je herregistratie op tijd aan. "
            "Dat doe je bij het register zelf."
        )
    if kind is EvidenceKind.DRIVING_LICENCE:
        return _("Daarna telt je rijbewijs hier niet meer. Een nieuw vraag je aan bij je gemeente.")
    if kind is EvidenceKind.VOG:
        return _("Daarna telt je VOG hier niet meer. Een werkgever vraagt een nieuwe met je aan.")
    return _("Daarna telt dit bewijs minder. Wat je kunt, blijft wel in je portfolio staan.")

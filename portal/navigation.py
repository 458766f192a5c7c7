"""What stands in the menu, for who looks now."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.permissions import Permission, allowed


class Entry(NamedTuple):
    """A page in the menu. `section` begins the address of everything that belongs to it."""

    label: LazyString
    endpoint: str
    section: str
    needs: Permission | None = None


class Item(NamedTuple):
    """A page in the menu as a template shows it."""

    label: str
    url: str
    section: str


EVERYBODY: Final = (
    Entry(_l("Aanbod"), "opportunities.browse", "/aanbod"),
    Entry(_l("Beroepen"), "orientation.index", "/orientatie"),
    Entry(_l("Leren"), "learning.index", "/leren"),
    Entry(_l("Voor werkgevers"), "organisations.join", "/aansluiten"),
)
OWN: Final = (
    Entry(_l("Mijn route"), "candidates.journey", "/mijn-route", Permission.JOURNEY_OWN),
    Entry(_l("Portfolio"), "portfolio.index", "/portfolio", Permission.JOURNEY_OWN),
    Entry(_l("Reacties"), "applications.index", "/reacties", Permission.JOURNEY_OWN),
    Entry(_l("Mijn aanbod"), "employer.index", "/werkgever/aanbod", Permission.OPPORTUNITY_MANAGE),
    Entry(_l("Reacties"), "recruiting.board", "/werkgever/reacties", Permission.APPLICATION_ANSWER),
    Entry(_l("Mensen"), "recruiting.people", "/werkgever/mensen", Permission.CANDIDATE_FIND),
    Entry(
        _l("Organisatie"),
        "organisations.manage",
        "/werkgever/organisatie",
        Permission.ORGANISATION_MANAGE,
    ),
    Entry(_l("Mijn kandidaten"), "coach.today", "/coach", Permission.COACHING_GIVE),
    Entry(
        _l("Werkgevers"),
        "admission.index",
        "/coordinator/werkgevers",
        Permission.ORGANISATION_ADMIT,
    ),
    Entry(_l("Bewijs"), "checks.index", "/bewijs", Permission.EVIDENCE_CHECK),
    Entry(_l("Tekenen"), "validations.index", "/tekenen", Permission.COMPETENCE_VALIDATE),
    Entry(_l("Mail"), "outbox.index", "/beheer/mail", Permission.OUTBOX_WATCH),
)


def main_menu() -> list[Item]:
    """Return the menu of who looks now: the own pages first, then what is for everybody."""
    own = [one for one in OWN if one.needs and allowed(one.needs)]
    employer = allowed(Permission.OPPORTUNITY_MANAGE)
    shared = EVERYBODY[:1] if employer else EVERYBODY[:3] if own else EVERYBODY
    return [
        Item(str(one.label), url_for(one.endpoint), one.section)
        for one in (*own, *shared)
        if one.endpoint in current_app.view_functions
    ]

"""Invitations for the demo region: one that waits, one that was declined, one that lapsed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.recruiting import queries, service

LINDE, HEUVELRAND = "werkgever@bekwaam.example", "werkgever2@bekwaam.example"
_NO: Final = "Dank je wel, maar ik wil liever dichter bij huis werken."
_INVITATIONS: Final = (
    (
        LINDE,
        "kandidaat@bekwaam.example",
        "linde-activiteiten-tuin-brunssum",
        2,
        "Je kookte voor grote groepen en leerde anderen het vak. In onze tuin koken we elke week "
        "met bewoners wat er groeit. Kom je eens kijken? Groet, Ineke",
        "",
    ),
    (
        HEUVELRAND,
        "herintreder@bekwaam.example",
        "heuvelrand-gastvrij-voeding-kerkrade",
        3,
        "Je zorgde jaren voor mensen thuis en je drinkt koffie met wie meegaat in de bus. Dat is "
        "precies wat we op onze afdeling missen. Zullen we praten? Groet, Ruud",
        "",
    ),
    (
        LINDE,
        "herintreder@bekwaam.example",
        "linde-helpende-landgraaf",
        7,
        "Je was verzorgende en je wilt rustig terugkomen. Bij ons loop je eerst een maand mee met "
        "Els, die dit al dertig jaar doet. Heb je zin in een gesprek? Groet, Ineke",
        _NO,
    ),
    (
        LINDE,
        "fatuma.warsame@voorbeeld.example",
        "linde-ontbijthulp-heerlen",
        24,
        "Je helpt vier dagen in de week in de keuken van het buurthuis. Bij ons leer je de taal "
        "terwijl je het ontbijt klaarzet. Kom je een ochtend meedoen? Groet, Ineke",
        "",
    ),
)
"""Who invites whom for what, so many days ago, with which line, and the word of who said no."""


def seed(*, now: datetime) -> Counter[str]:
    """Add the invitations that the demo lacks; those of an earlier run stay as they are."""
    added: Counter[str] = Counter()
    for recruiter, email, slug, ago, text, no in _INVITATIONS:
        employer, person = find_user(recruiter), find_user(email)
        candidate = of_user(person.id) if person else None
        opportunity = db.session.scalar(select(Opportunity).where(Opportunity.slug == slug))
        if employer is None or person is None or candidate is None or opportunity is None:
            continue
        if queries.invited(candidate.id, opportunity.id) is not None:
            continue
        at = now - timedelta(days=ago)
        made = service.send(candidate, opportunity, text, actor=employer, now=at)
        if no:
            service.decline(made.id, word=no, actor=person, now=at + timedelta(days=1, hours=3))
        service.tend(made.id, now=now)
        added["invitations"] += 1
    return added

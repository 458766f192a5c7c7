"""Invented organisations that ask to join, and colleagues that were asked; for the demo region."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from portal.accounts.models import RoleName
from portal.accounts.service import create_user, find_user
from portal.extensions import db
from portal.matching.knowledge import places
from portal.organisations import joining, members, queries
from portal.organisations.joining import JoinInput
from portal.organisations.models import MemberInvite, Organisation, Right

_PASSWORD: Final = "bekwaam-demo"  # noqa: S105 - as all demo accounts
ASKER: Final = "aanvrager@voorbeeld.example"
COLLEAGUE: Final = "nieuwe.collega@voorbeeld.example"
WAITING: Final = "Woonhuis De Beukenlaan"
REFUSED: Final = "Koeriersdienst Pijlsnel"


def seed(*, now: datetime) -> Counter[str]:
    """Add what is missing: one that waits, one that was refused, and an invitation."""
    added: Counter[str] = Counter()
    asker = find_user(ASKER)
    if asker is None:
        roles = (RoleName.CANDIDATE,)
        asker = create_user(email=ASKER, password=_PASSWORD, roles=roles, now=now)
        asker.name = "Noor Verhagen"
        added["accounts"] += 1
    there = set(db.session.scalars(select(Organisation.name)))
    if WAITING not in there:
        joining.ask(_waiting(), actor=asker, now=now - timedelta(days=3))
        added["organisations"] += 1
    coordinator = find_user("coordinator@bekwaam.example")
    if REFUSED not in there and coordinator:
        asked = joining.ask(_refused(), actor=asker, now=now - timedelta(days=9))
        joining.refuse(
            asked.id,
            reason="Jullie vervoeren pakketten. De banenpool is voor zorg en welzijn.",
            next_step="Zoeken jullie mensen voor vervoer van patiënten? Vraag het dan opnieuw.",
            version=asked.version,
            actor=coordinator,
            now=now - timedelta(days=7),
        )
        added["organisations"] += 1
    admin = find_user("werkgever@bekwaam.example")
    linde = queries.organisation_by_slug("linde")
    if (
        admin
        and linde
        and not db.session.scalar(select(MemberInvite.id).where(MemberInvite.email == COLLEAGUE))
    ):
        members.invite(linde.id, COLLEAGUE, [Right.SUPERVISOR], actor=admin, now=now)
        added["invitations"] += 1
    return added


def _waiting() -> JoinInput:
    return JoinInput(
        name=WAITING,
        register_number="73910284",
        website="https://beukenlaan.example",
        about="Twaalf ouderen wonen hier samen. Ze koken zelf, met hulp waar dat nodig is.",
        fields=("nursing-home",),
        contact_phone="045 000 00 12",
        why_join="We vinden niemand via onze eigen site, en we leiden graag zelf op.",
        asker_role="Huiscoördinator",
        site_name="De Beukenlaan",
        address="Beukenlaan 12",
        place=places().find("Landgraaf"),
    )


def _refused() -> JoinInput:
    return JoinInput(
        name=REFUSED,
        register_number="73910391",
        website="",
        about="Wij brengen pakketten rond in Limburg, ook naar zorghuizen en praktijken.",
        fields=("facilities",),
        contact_phone="046 000 00 34",
        why_join="We zoeken chauffeurs voor de vroege ochtend.",
        asker_role="Planner",
        site_name="Pijlsnel Sittard",
        address="Havenweg 4",
        place=places().find("Sittard"),
    )

"""The people whose objects they are, and the people who come from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portal import clock
from portal.accounts.models import RoleName, User
from portal.candidates.service import ensure
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation, Right
from portal.organisations.service import add_member
from portal.transaction import transaction
from tests.factories import make_opportunity, make_organisation, make_site, make_user

SECRET: Final = "Kwikstaartje"
"""Stands in every text that only its owner and who it concerns may read."""
WHO: Final = (
    "candidate",
    "employer-admin",
    "employer-recruiter",
    "employer-supervisor",
    "employer-of-nobody",
    "coach",
    "coordinator",
    "admin",
)
"""Who comes from elsewhere: another candidate, members of another employer by their right, an
employer without an organisation, another coach, and who works for the region or the portal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Whose objects they are. `opportunity` is on offer, `draft` is not yet."""

    now: datetime
    secret: str
    candidate: User
    employer: User
    organisation: Organisation
    opportunity: Opportunity
    draft: Opportunity
    coach: User


def make_world() -> World:
    """Make the people whose objects they are."""
    organisation = make_organisation()
    site = make_site(organisation)
    return World(
        now=clock.now(),
        secret=SECRET,
        candidate=make_user(RoleName.CANDIDATE),
        employer=make_user(RoleName.EMPLOYER, member_of=organisation),
        organisation=organisation,
        opportunity=make_opportunity(site=site),
        draft=make_opportunity(Status.DRAFT, site=site, title=f"{SECRET} gezocht"),
        coach=make_user(RoleName.COACH),
    )


def make_strangers() -> dict[str, User]:
    """Make who comes from elsewhere, by the names of WHO."""
    other = make_organisation()
    make_opportunity(site=make_site(other))
    found = {}
    for who in WHO:
        role = RoleName(who.split("-")[0])
        found[who] = make_user(role)
        if who == "candidate":
            # With a profile of their own: who has none is often led elsewhere first.
            with transaction():
                ensure(found[who], now=clock.now()).skills = "Ik kook graag voor anderen."
        if who in (f"employer-{right}" for right in Right):
            with transaction():
                add_member(
                    other,
                    found[who],
                    rights=[Right(who.removeprefix("employer-"))],
                    actor=None,
                    now=clock.now(),
                )
    return found

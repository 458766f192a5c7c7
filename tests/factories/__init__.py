"""What tests begin with, made by the portal's own services and committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from flask_security import hash_password

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import ensure_role
from portal.extensions import db
from portal.opportunities.models import Contract, Kind, Opportunity
from portal.opportunities.service import OpportunityInput, RequirementInput, add_draft, move
from portal.opportunities.workflow import Action, Status
from portal.organisations.models import Organisation, Site
from portal.organisations.service import add_member, create_organisation, create_site
from portal.transaction import transaction

PASSWORD = "een-goed-wachtwoord"
_number = count(1)


@cache
def _password_hash() -> str:
    # Argon2 is slow on purpose; once is enough for all accounts of the tests.
    return str(hash_password(PASSWORD))


def make_user(
    *roles: RoleName,
    email: str | None = None,
    member_of: Organisation | None = None,
    active: bool = True,
) -> User:
    """An account that signs in with PASSWORD; a candidate unless roles are given."""
    now = clock.now()
    number = next(_number)
    with transaction():
        user = User(
            email=email or f"mens{number}@voorbeeld.example",
            password=_password_hash(),
            active=active,
            fs_uniquifier=f"u{number}",
            confirmed_at=now,
            created_at=now,
            roles=[ensure_role(role) for role in roles or (RoleName.CANDIDATE,)],
        )
        db.session.add(user)
        db.session.flush()
        if member_of is not None:
            add_member(member_of, user, actor=None, now=now)
    return user


def make_employer(organisation: Organisation | None = None, **kwargs: Any) -> User:
    """An employer who acts for an organisation, for a new one unless one is given."""
    return make_user(RoleName.EMPLOYER, member_of=organisation or make_organisation(), **kwargs)


def make_organisation(name: str | None = None) -> Organisation:
    """An employer of the pool, without sites."""
    number = next(_number)
    with transaction():
        return create_organisation(
            slug=f"organisatie-{number}",
            name=name or f"Zorggroep {number}",
            about="Een kleine zorggroep.",
            fields=["nursing-home"],
            actor=None,
            now=clock.now(),
        )


def make_site(organisation: Organisation | None = None, **kwargs: Any) -> Site:
    """A site in Heerlen, of a new organisation unless one is given."""
    organisation = organisation or make_organisation()
    number = next(_number)
    values: dict[str, Any] = {
        "slug": f"locatie-{number}",
        "name": f"Locatie {number}",
        "place": "Heerlen",
        "province": "Limburg",
        "latitude": 50.888,
        "longitude": 5.979,
    }
    with transaction():
        return create_site(organisation, **(values | kwargs), actor=None, now=clock.now())


def opportunity_input(site: Site, **changes: Any) -> OpportunityInput:
    """What an employer sends for a complete vacancy at `site`."""
    given = OpportunityInput(
        site_id=site.id,
        kind=Kind.VACANCY,
        field="nursing-home",
        title="Gastheer of gastvrouw in de huiskamer",
        text="Je zet koffie, kookt mee en ziet hoe het met iedereen gaat.",
        contract=Contract.PERMANENT,
        requirements=(
            RequirementInput(competence="make-contact", critical=True, learnable=False),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(text="Je houdt van koken"),
        ),
        tasks=("Koffie zetten", "Samen koken"),
        hours_min=16,
        hours_max=24,
        day_parts=0b11,
        closes_on=clock.local_date(clock.now()) + timedelta(days=30),
    )
    return replace(given, **changes)


def make_opportunity(
    status: Status = Status.PUBLISHED,
    *,
    site: Site | None = None,
    now: datetime | None = None,
    **changes: Any,
) -> Opportunity:
    """An opportunity in the given state, at a new site unless one is given."""
    site = site or make_site()
    now = now or clock.now()
    steps = {
        Status.DRAFT: (),
        Status.PUBLISHED: (Action.PUBLISH,),
        Status.CLOSED: (Action.PUBLISH, Action.CLOSE),
    }
    with transaction():
        given = opportunity_input(site, **changes)
        opportunity = add_draft(given, slug=f"aanbod-{next(_number)}", actor=None, now=now)
        for step in steps[status]:
            move(opportunity, step, actor=None, now=now)
    return opportunity

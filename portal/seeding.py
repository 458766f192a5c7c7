"""Puts the demo region in the database. It adds what is missing and changes nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from sqlalchemy import select

from portal.accounts.models import RoleName
from portal.accounts.service import create_user, ensure_role, find_user
from portal.applications import demo as applications
from portal.candidates import demo as candidates
from portal.clock import local_date
from portal.coaching import demo as coaching
from portal.extensions import db
from portal.opportunities.day_parts import to_mask
from portal.opportunities.models import Contract, Kind, Opportunity
from portal.opportunities.service import OpportunityInput, RequirementInput, add_draft, move
from portal.opportunities.workflow import Action
from portal.organisations import demo as organisations
from portal.organisations.models import Right, Site
from portal.organisations.queries import organisation_by_slug, site_by_slug
from portal.organisations.service import add_member, create_organisation, create_site
from portal.orientation import demo as orientation
from portal.portfolio import demo as portfolio
from portal.portfolio import validation_demo as validations
from portal.recruiting import demo as recruiting

if TYPE_CHECKING:
    from matcher import Posting, Region

_POSTED_OVER_HOURS = 35 * 24
DEMO_PASSWORD = "bekwaam-demo"  # noqa: S105 - printed on purpose: demo accounts only
DEMO_ACCOUNTS: tuple[tuple[str, RoleName, str | None], ...] = (
    ("kandidaat@bekwaam.example", RoleName.CANDIDATE, None),
    ("herintreder@bekwaam.example", RoleName.CANDIDATE, None),
    ("medewerker@bekwaam.example", RoleName.CANDIDATE, None),
    ("werkgever@bekwaam.example", RoleName.EMPLOYER, "linde"),
    ("begeleider@bekwaam.example", RoleName.EMPLOYER, "linde"),
    ("werkgever2@bekwaam.example", RoleName.EMPLOYER, "heuvelrand"),
    ("coordinator@bekwaam.example", RoleName.COORDINATOR, None),
    ("coach@bekwaam.example", RoleName.COACH, None),
    ("beheer@bekwaam.example", RoleName.ADMIN, None),
)
"""E-mail address, role, and the organisation that the person acts for.

The other people of the region stand in data/demo/people.yaml, with the same password.
"""
_NAMES = {
    "werkgever@bekwaam.example": "Ineke Damen",
    "begeleider@bekwaam.example": "Rob Claessens",
    "werkgever2@bekwaam.example": "Ruud Paulissen",
    "coordinator@bekwaam.example": "Hans Meertens",
    "coach@bekwaam.example": "Petra Vos",
    "beheer@bekwaam.example": "Mirjam Hendrix",
}
_EMPLOYERS = "werkgevers.example"
"""Where the other organisations of the region have their account, with the same password."""
_RIGHTS = {"begeleider@bekwaam.example": (Right.SUPERVISOR,)}
"""What somebody may do for the organisation, when that is not everything."""


def read_demo(data: Path) -> Region:
    """Read the demo region from the data folder. Raises matcher.DataFileError."""
    # The engine's package takes seconds to load, and the other commands do not need it.
    from matcher import load_framework, load_places, load_region

    places = load_places(data / "places.csv")
    return load_region(data / "demo", load_framework(data / "framework"), places)


def seed(region: Region, *, now: datetime) -> Counter[str]:
    """Add what is missing of the region and the demo accounts; return how many of each."""
    added: Counter[str] = Counter()
    for role in RoleName:
        ensure_role(role)
    sites = _organisations(region, added, now)
    present = set(db.session.scalars(select(Opportunity.slug)))
    for posting in region.postings.values():
        if posting.id not in present:
            _opportunity(posting, sites[posting.site], now)
            added["opportunities"] += 1
    _accounts(region, added, now)
    features = (
        organisations,
        candidates,
        orientation,
        portfolio,
        coaching,
        validations,
        applications,
        recruiting,
    )
    for feature in features:
        added += feature.seed(now=now)
    return added


def _organisations(region: Region, added: Counter[str], now: datetime) -> dict[str, Site]:
    sites: dict[str, Site] = {}
    for given in region.organisations.values():
        organisation = organisation_by_slug(given.id)
        if organisation is None:
            organisation = create_organisation(
                slug=given.id,
                name=given.name,
                about=given.about,
                fields=given.fields,
                actor=None,
                now=now,
            )
            added["organisations"] += 1
        for wanted in given.sites:
            site = site_by_slug(wanted.id)
            if site is None:
                place = region.places[wanted.id]
                site = create_site(
                    organisation,
                    slug=wanted.id,
                    name=wanted.name,
                    place=place.name,
                    province=place.province,
                    latitude=place.latitude,
                    longitude=place.longitude,
                    actor=None,
                    now=now,
                )
                added["sites"] += 1
            sites[wanted.id] = site
    return sites


def _opportunity(posting: Posting, site: Site, now: datetime) -> None:
    data = OpportunityInput(
        site_id=site.id,
        kind=Kind(posting.kind.value),
        field=posting.field,
        target_groups=tuple(posting.target_groups),
        profession=posting.profession,
        second_profession=posting.second_profession,
        title=posting.title,
        language=posting.language,
        text=posting.text.strip(),
        tasks=tuple(posting.tasks),
        requirements=tuple(
            RequirementInput(
                competence=asked.competence,
                gate=asked.gate,
                text=asked.text or "",
                critical=asked.critical,
                learnable=asked.learnable,
            )
            for asked in posting.requirements
        ),
        hours_min=posting.hours_min,
        hours_max=posting.hours_max,
        day_parts=to_mask((day.value, part.value) for day, part in posting.slots),
        hours_flexible=posting.hours_flexible,
        combinable=posting.combinable,
        level=posting.level,
        diploma_required=posting.diploma_required,
        pay_group=posting.pay_group,
        pay_min=posting.pay_min,
        pay_max=posting.pay_max,
        collective_agreement=posting.collective_agreement,
        contract=Contract(posting.contract.value),
        learning_paid=posting.learning_paid,
        shape=posting.shape.value if posting.shape else None,
        guidance=posting.guidance,
        support=tuple(posting.support),
        places=posting.places,
        closes_on=local_date(now) + timedelta(days=posting.closes_in_days),
    )
    # A region does not post everything in one minute: the last five weeks, the same every time.
    posted = now - timedelta(hours=crc32(posting.id.encode()) % _POSTED_OVER_HOURS)
    draft = add_draft(data, slug=posting.id, actor=None, now=posted)
    move(draft, Action.PUBLISH, actor=None, now=posted)


def _accounts(region: Region, added: Counter[str], now: datetime) -> None:
    names = _NAMES | {one["email"]: one["name"] for one in candidates.people()}
    others = [
        (email, RoleName.CANDIDATE, None)
        for email in names
        if email.endswith(candidates.PEOPLE_DOMAIN)
    ]
    staffed = {employer for _email, _role, employer in DEMO_ACCOUNTS if employer}
    # Every opening of the region has somebody who can answer for it.
    employers = [
        (f"{slug}@{_EMPLOYERS}", RoleName.EMPLOYER, slug)
        for slug in sorted(set(region.organisations) - staffed)
    ]
    for email, role, employer in (*DEMO_ACCOUNTS, *employers, *others):
        user = find_user(email)
        if user is None:
            user = create_user(email=email, password=DEMO_PASSWORD, roles=(role,), now=now)
            user.name = names.get(email, "Personeelszaken" if employer else "")
            added["accounts"] += 1
        organisation = organisation_by_slug(employer) if employer else None
        if organisation is not None:
            rights = _RIGHTS.get(email, tuple(Right))
            add_member(organisation, user, rights=rights, actor=None, now=now)

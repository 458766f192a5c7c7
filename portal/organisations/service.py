"""Organisations join the pool, open sites and name who acts for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import User
from portal.audit import service as audit
from portal.extensions import db
from portal.organisations.models import Membership, Organisation, Site


def create_organisation(
    *,
    slug: str,
    name: str,
    about: str,
    fields: Sequence[str],
    actor: User | None,
    now: datetime,
) -> Organisation:
    """Add an employer to the pool."""
    organisation = Organisation(slug=slug, name=name, about=about, fields=list(fields))
    db.session.add(organisation)
    db.session.flush()
    audit.record("organisation.created", organisation, actor=actor, now=now)
    return organisation


def create_site(
    organisation: Organisation,
    *,
    slug: str,
    name: str,
    place: str,
    province: str,
    latitude: float,
    longitude: float,
    actor: User | None,
    now: datetime,
) -> Site:
    """Add a place of work to an organisation."""
    site = Site(
        slug=slug,
        organisation=organisation,
        name=name,
        place=place,
        province=province,
        latitude=latitude,
        longitude=longitude,
    )
    db.session.add(site)
    db.session.flush()
    audit.record("site.created", site, actor=actor, now=now)
    return site


def add_member(
    organisation: Organisation, user: User, *, actor: User | None, now: datetime
) -> Membership:
    """Let somebody act for an organisation; again changes nothing."""
    member = db.session.scalar(
        select(Membership).where(
            Membership.user_id == user.id, Membership.organisation_id == organisation.id
        )
    )
    if member is None:
        member = Membership(user_id=user.id, organisation_id=organisation.id)
        db.session.add(member)
        db.session.flush()
        audit.record("organisation.member_added", organisation, actor=actor, now=now, user=user.id)
    return member

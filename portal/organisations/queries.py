"""Reads of organisations, scoped to who looks."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.organisations.models import Membership, Organisation, Site


def ids_of_member(user_id: int) -> Select[int]:
    """Select the ids of the organisations that a person acts for."""
    return select(Membership.organisation_id).where(Membership.user_id == user_id)


def of_member(user_id: int) -> list[Organisation]:
    """Return the organisations that a person acts for, by name."""
    mine = select(Organisation).where(Organisation.id.in_(ids_of_member(user_id)))
    return list(db.session.scalars(mine.order_by(Organisation.name, Organisation.id)))


def sites_of_member(user_id: int) -> list[Site]:
    """Return the sites that a person may post for, by name."""
    mine = (
        select(Site)
        .where(Site.organisation_id.in_(ids_of_member(user_id)))
        .options(joinedload(Site.organisation))
    )
    return list(db.session.scalars(mine.order_by(Site.name, Site.id)))


def site_of_member(site_id: int, user_id: int) -> Site | None:
    """Return a site if the person may post for it."""
    return db.session.scalar(
        select(Site).where(Site.id == site_id, Site.organisation_id.in_(ids_of_member(user_id)))
    )


def organisation_by_slug(slug: str) -> Organisation | None:
    """Return an organisation; what it says of itself is for everybody."""
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def site_by_slug(slug: str) -> Site | None:
    """Return a site; where it stands is for everybody."""
    return db.session.scalar(select(Site).where(Site.slug == slug))

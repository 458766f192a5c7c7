"""Organisations join the pool, open sites and name who acts for them."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.accounts.models import User
from portal.audit import service as audit
from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.matching.changes import record_change
from portal.matching.knowledge import Place
from portal.organisations import queries
from portal.organisations.models import Membership, Organisation, Right, Site


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
    address: str = "",
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
        address=address,
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
    organisation: Organisation,
    user: User,
    *,
    rights: Collection[Right] = tuple(Right),
    actor: User | None,
    now: datetime,
) -> Membership:
    """Let somebody act for an organisation, with `rights`; again changes nothing."""
    member = db.session.scalar(
        select(Membership).where(
            Membership.user_id == user.id, Membership.organisation_id == organisation.id
        )
    )
    if member is None:
        member = Membership(
            user_id=user.id,
            organisation_id=organisation.id,
            **{right.value: right in rights for right in Right},
        )
        db.session.add(member)
        db.session.flush()
        audit.record("organisation.member_added", organisation, actor=actor, now=now, user=user.id)
    return member


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """What an organisation tells of itself, and how it works; names are the columns'."""

    about: str
    website: str
    contact_phone: str
    fields: tuple[str, ...]
    answer_days: int
    invitations_per_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInput:
    """A place of work."""

    name: str
    address: str
    place: Place


def change_profile(
    organisation_id: int, data: ProfileInput, *, version: int, actor: User, now: datetime
) -> Organisation:
    """Change what an organisation tells. Raises NotFound or Conflict (somebody was first)."""
    organisation = _managed(organisation_id, actor)
    if organisation.version != version:
        raise Conflict(_("Een collega was je voor. Kijk eerst wat er nu staat."))
    for field in fields(data):
        value = getattr(data, field.name)
        setattr(organisation, field.name, list(value) if isinstance(value, tuple) else value)
    organisation.version += 1
    audit.record("organisation.changed", organisation, actor=actor, now=now)
    return organisation


def open_site(organisation_id: int, data: SiteInput, *, actor: User, now: datetime) -> Site:
    """Add a place of work. Raises NotFound, or Conflict when it is there already."""
    organisation = _managed(organisation_id, actor)
    _another_name(organisation, data, None)
    return create_site(
        organisation,
        slug=f"{organisation.slug[:60]}-{secrets.token_hex(6)}",
        name=data.name,
        address=data.address,
        place=data.place.name,
        province=data.place.province,
        latitude=data.place.latitude,
        longitude=data.place.longitude,
        actor=actor,
        now=now,
    )


def change_site(
    organisation_id: int, site_id: int, data: SiteInput, *, actor: User, now: datetime
) -> Site:
    """Change a place of work; its openings move along. Raises NotFound or Conflict."""
    organisation = _managed(organisation_id, actor)
    site = _site(organisation, site_id)
    _another_name(organisation, data, site)
    moved = (site.place, site.province) != (data.place.name, data.place.province)
    site.name, site.address = data.name, data.address
    site.place, site.province = data.place.name, data.place.province
    site.latitude, site.longitude = data.place.latitude, data.place.longitude
    db.session.flush()
    audit.record("site.changed", site, actor=actor, now=now)
    for opportunity_id in queries.opportunities_at(site.id) if moved else ():
        # The index knows where an opening is.
        record_change(opportunity_id, now)
    return site


def close_site(organisation_id: int, site_id: int, *, actor: User, now: datetime) -> Site:
    """Post nothing more at a site. Raises NotFound, or Conflict when openings are there."""
    site = _site(_managed(organisation_id, actor), site_id)
    if queries.openings_at(site.id):
        raise Conflict(
            _("Er zijn nog plekken of concepten op deze locatie. Sluit of verplaats die eerst.")
        )
    if site.closed_at is None:
        site.closed_at = now
        audit.record("site.closed", site, actor=actor, now=now)
    return site


def reopen_site(organisation_id: int, site_id: int, *, actor: User, now: datetime) -> Site:
    """Use a closed site again. Raises NotFound."""
    site = _site(_managed(organisation_id, actor), site_id)
    if site.closed_at is not None:
        site.closed_at = None
        audit.record("site.reopened", site, actor=actor, now=now)
    return site


def _managed(organisation_id: int, actor: User) -> Organisation:
    organisation = queries.managed(organisation_id, actor.id)
    if organisation is None:
        raise NotFound
    return organisation


def _site(organisation: Organisation, site_id: int) -> Site:
    site = next((one for one in organisation.sites if one.id == site_id), None)
    if site is None:
        raise NotFound
    return site


def _another_name(organisation: Organisation, data: SiteInput, but: Site | None) -> None:
    """Two sites of one name in one place cannot be told apart; also stops a double click."""
    for one in organisation.sites:
        same = (one.name.lower(), one.place) == (data.name.lower(), data.place.name)
        if same and one is not but:
            raise Conflict(_("Jullie hebben in deze plaats al een locatie met deze naam."))

"""Reads of organisations, scoped to who looks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Role, RoleName, User
from portal.audit.models import AuditLine
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import MemberInvite, Membership, Organisation, Right, Site
from portal.organisations.workflow import Standing


def ids_of_member(user_id: int, right: Right | None = None) -> Select[int]:
    """Select the ids of the admitted organisations that a person acts for.

    With `right` only those where the person has it; without it any right will do.
    """
    mine = (
        select(Membership.organisation_id)
        .join(Membership.organisation)
        .where(Membership.user_id == user_id, Organisation.standing == Standing.ADMITTED)
    )
    return mine if right is None else mine.where(_has(right))


def of_member(user_id: int, right: Right | None = None) -> list[Organisation]:
    """Return the admitted organisations that a person acts for, by name."""
    mine = select(Organisation).where(Organisation.id.in_(ids_of_member(user_id, right)))
    return list(db.session.scalars(mine.order_by(Organisation.name, Organisation.id)))


def sites_of_member(user_id: int, right: Right = Right.RECRUITER) -> list[Site]:
    """Return the sites that a person may post for, by name."""
    mine = (
        select(Site)
        .where(Site.organisation_id.in_(ids_of_member(user_id, right)), Site.closed_at.is_(None))
        .options(joinedload(Site.organisation))
    )
    return list(db.session.scalars(mine.order_by(Site.name, Site.id)))


def site_of_member(site_id: int, user_id: int, right: Right = Right.RECRUITER) -> Site | None:
    """Return a site if the person may post for it."""
    return db.session.scalar(
        select(Site).where(
            Site.id == site_id,
            Site.closed_at.is_(None),
            Site.organisation_id.in_(ids_of_member(user_id, right)),
        )
    )


def organisation_by_id(organisation_id: int) -> Organisation | None:
    """Return an organisation in any standing, for coordinators."""
    wanted = select(Organisation).where(Organisation.id == organisation_id)
    return db.session.scalar(
        wanted.options(
            selectinload(Organisation.sites),
            joinedload(Organisation.asked_by),
            joinedload(Organisation.decided_by),
        )
    )


def history(organisation_id: int) -> tuple[list[AuditLine], dict[int, str]]:
    """Return what happened to an organisation, the newest first, and the names of who did it."""
    lines = list(
        db.session.scalars(
            select(AuditLine)
            .where(
                AuditLine.object_type == Organisation.__tablename__,
                AuditLine.object_id == organisation_id,
            )
            .order_by(AuditLine.id.desc())
            .limit(100)
        )
    )
    actors = {line.actor_id for line in lines if line.actor_id}
    people = db.session.scalars(select(User).where(User.id.in_(actors)))
    return lines, {one.id: one.name or one.email for one in people}


def organisation_by_slug(slug: str) -> Organisation | None:
    """Return an organisation; what it says of itself is for everybody."""
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def site_by_slug(slug: str) -> Site | None:
    """Return a site; where it stands is for everybody."""
    return db.session.scalar(select(Site).where(Site.slug == slug))


def member(user_id: int, organisation_id: int) -> Membership | None:
    """Return somebody's membership of an admitted organisation."""
    return db.session.scalar(
        select(Membership)
        .join(Membership.organisation)
        .where(
            Membership.user_id == user_id,
            Membership.organisation_id == organisation_id,
            Organisation.standing == Standing.ADMITTED,
        )
        .options(contains_eager(Membership.organisation).selectinload(Organisation.sites))
    )


def members(organisation_id: int) -> list[Membership]:
    """Return who acts for an organisation, the first to come first."""
    found = (
        select(Membership)
        .where(Membership.organisation_id == organisation_id)
        .options(joinedload(Membership.user))
    )
    return list(db.session.scalars(found.order_by(Membership.id)))


def member_ids(organisation_id: int) -> list[int]:
    """Return the ids of the people who act for an organisation."""
    wanted = select(Membership.user_id).where(Membership.organisation_id == organisation_id)
    return list(db.session.scalars(wanted))


def invites(organisation_id: int, now: datetime) -> list[MemberInvite]:
    """Return the invitations that can still be accepted, the newest first."""
    wanted = select(MemberInvite).where(
        MemberInvite.organisation_id == organisation_id,
        MemberInvite.accepted_at.is_(None),
        MemberInvite.expires_at > now,
    )
    return list(db.session.scalars(wanted.order_by(MemberInvite.id.desc())))


def invite_by_digest(digest: str, *, lock: bool = False) -> MemberInvite | None:
    """Return an invitation by the digest of its token."""
    wanted = (
        select(MemberInvite)
        .join(MemberInvite.organisation)
        .where(MemberInvite.digest == digest, Organisation.standing == Standing.ADMITTED)
        .options(contains_eager(MemberInvite.organisation))
    )
    if lock:
        wanted = wanted.with_for_update(of=MemberInvite).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def managed(organisation_id: int, user_id: int) -> Organisation | None:
    """Return an organisation that somebody may change, locked for changing it."""
    return db.session.scalar(
        select(Organisation)
        .where(
            Organisation.id == organisation_id,
            Organisation.id.in_(ids_of_member(user_id, Right.ADMIN)),
        )
        .with_for_update(of=Organisation)
        .execution_options(populate_existing=True)
    )


def requests_of(user_id: int) -> list[Organisation]:
    """Return the organisations that somebody asked to join with, the newest first."""
    mine = (
        select(Organisation)
        .where(Organisation.asked_by_id == user_id)
        .options(selectinload(Organisation.sites))
    )
    return list(db.session.scalars(mine.order_by(Organisation.asked_at.desc(), Organisation.id)))


def request_of(organisation_id: int, user_id: int, *, lock: bool = False) -> Organisation | None:
    """Return a request to join, for who asked it."""
    return _request(organisation_id, Organisation.asked_by_id == user_id, lock=lock)


def request_by_id(organisation_id: int, *, lock: bool = False) -> Organisation | None:
    """Return a request to join, for coordinators; one that never asked is none."""
    return _request(organisation_id, Organisation.asked_at.is_not(None), lock=lock)


def _request(
    organisation_id: int, condition: ColumnElement[bool], *, lock: bool
) -> Organisation | None:
    wanted = (
        select(Organisation)
        .where(Organisation.id == organisation_id, condition)
        .options(selectinload(Organisation.sites))
    )
    if lock:
        wanted = wanted.with_for_update(of=Organisation).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def admitted_with_name(name: str) -> int | None:
    """Return the id of the admitted organisation with this name, whatever its capitals."""
    return db.session.scalar(
        select(Organisation.id).where(
            func.lower(Organisation.name) == name.lower(),
            Organisation.standing == Standing.ADMITTED,
        )
    )


def like(organisation: Organisation) -> list[Organisation]:
    """Return other organisations with the same number or name, admitted or asking."""
    same = [func.lower(Organisation.name) == organisation.name.lower()]
    if organisation.register_number:
        same.append(Organisation.register_number == organisation.register_number)
    found = select(Organisation).where(Organisation.id != organisation.id, or_(*same))
    return list(db.session.scalars(found.order_by(Organisation.id)))


def is_known(name: str, register_number: str) -> bool:
    """Say whether an admitted organisation has this name or number; that is no secret."""
    found = select(Organisation.id).where(
        Organisation.standing == Standing.ADMITTED,
        or_(
            func.lower(Organisation.name) == name.lower(),
            Organisation.register_number == register_number,
        ),
    )
    return db.session.scalar(found.limit(1)) is not None


def waiting() -> list[Organisation]:
    """Return who waits for a coordinator, the longest first."""
    wanted = (
        select(Organisation)
        .where(Organisation.standing == Standing.ASKED)
        .options(selectinload(Organisation.sites), joinedload(Organisation.asked_by))
    )
    return list(db.session.scalars(wanted.order_by(Organisation.asked_at, Organisation.id)))


def listed(search: str, standing: str) -> Select[Organisation]:
    """Select organisations for coordinators, by name; both may be empty."""
    wanted = select(Organisation)
    if standing:
        wanted = wanted.where(Organisation.standing == standing)
    if search:
        words = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        wanted = wanted.where(
            or_(
                Organisation.name.ilike(f"%{words}%", escape="\\"),
                Organisation.register_number == search,
            )
        )
    return wanted.order_by(func.lower(Organisation.name), Organisation.id)


def counted(wanted: Select[Organisation]) -> int:
    """Return how many organisations `wanted` selects."""
    total = select(func.count()).select_from(wanted.order_by(None).subquery())
    return db.session.scalar(total) or 0


def page(wanted: Select[Organisation], *, limit: int, offset: int) -> list[Organisation]:
    """Return a part of what `wanted` selects."""
    rows = wanted.options(selectinload(Organisation.sites)).limit(limit).offset(offset)
    return list(db.session.scalars(rows))


def recruiters_of(organisation_id: int) -> list[User]:
    """Return who recruits for an organisation and can sign in."""
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.recruiter.is_(True),
            User.active.is_(True),
        )
    )
    return list(db.session.scalars(wanted.order_by(User.id)))


def coordinators() -> list[User]:
    """Return who may admit organisations and can sign in."""
    wanted = select(User).where(
        User.active.is_(True), User.roles.any(Role.name == RoleName.COORDINATOR)
    )
    return list(db.session.scalars(wanted.order_by(User.id)))


def openings_at(site_id: int) -> int:
    """Return how many drafts and open opportunities a site has."""
    counted_here = select(func.count(Opportunity.id)).where(
        Opportunity.site_id == site_id, Opportunity.status != Status.CLOSED
    )
    return db.session.scalar(counted_here) or 0


def opportunities_at(site_id: int) -> list[int]:
    """Return the ids of everything that was ever posted at a site."""
    return list(db.session.scalars(select(Opportunity.id).where(Opportunity.site_id == site_id)))


def _has(right: Right) -> ColumnElement[bool]:
    columns = {
        Right.ADMIN: Membership.admin,
        Right.RECRUITER: Membership.recruiter,
        Right.SUPERVISOR: Membership.supervisor,
    }
    return columns[right].is_(True)

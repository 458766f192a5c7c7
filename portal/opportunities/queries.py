"""Reads of opportunities, scoped to who looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.extensions import db
from portal.matching.knowledge import Place
from portal.opportunities.models import Contract, Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Right, Site
from portal.organisations.queries import ids_of_member


def published(today: date) -> Select[Opportunity]:
    """Select what everybody may see today, with site and organisation; refine it further."""
    return (
        select(Opportunity)
        .join(Opportunity.site)
        .join(Site.organisation)
        .options(contains_eager(Opportunity.site).contains_eager(Site.organisation))
        .where(Opportunity.status == Status.PUBLISHED, Opportunity.closes_on >= today)
    )


def count_by_field(today: date) -> dict[str, int]:
    """Return how many opportunities everybody may see today, by field of work."""
    counted = (
        select(Opportunity.field, func.count().label("number"))
        .where(Opportunity.status == Status.PUBLISHED, Opportunity.closes_on >= today)
        .group_by(Opportunity.field)
    )
    return {row.field: row.number for row in db.session.execute(counted)}


@dataclass(frozen=True, slots=True)
class OnOffer:
    """What there is in one place: how much, and the lowest and highest pay at full time."""

    place: Place
    count: int
    pay_low: int | None
    pay_high: int | None


def by_place(wanted: Select[Opportunity]) -> list[OnOffer]:
    """Return what `wanted`, made of `published`, holds in each place, in one query.

    Pay of a placement is an allowance and not counted.
    """
    paid = and_(Opportunity.contract != Contract.PLACEMENT, Opportunity.pay_min > 0)
    counted = wanted.with_only_columns(
        Site.place,
        Site.province,
        func.avg(Site.latitude).label("latitude"),
        func.avg(Site.longitude).label("longitude"),
        func.count().label("number"),
        func.min(case((paid, Opportunity.pay_min))).label("low"),
        func.max(case((paid, Opportunity.pay_max))).label("high"),
    ).group_by(Site.place, Site.province)
    return [
        OnOffer(
            Place(row.place, row.province, float(row.latitude), float(row.longitude)),
            row.number,
            row.low,
            row.high,
        )
        for row in db.session.execute(counted.order_by(None))
    ]


def visible(ids: Iterable[int], today: date) -> dict[int, Opportunity]:
    """Return those of `ids` that everybody may see today, by id, with their requirements."""
    wanted = published(today).where(Opportunity.id.in_(tuple(ids)))
    rows = db.session.scalars(wanted.options(selectinload(Opportunity.requirements)))
    return {row.id: row for row in rows}


def by_slug(slug: str, today: date) -> Opportunity | None:
    """Return an opportunity if everybody may see it today."""
    wanted = published(today).where(Opportunity.slug == slug)
    return db.session.scalar(wanted.options(selectinload(Opportunity.requirements)))


def was_public(slug: str) -> bool:
    """Say whether everybody could see it once, so that a page can say that it closed."""
    found = select(Opportunity.id).where(
        Opportunity.slug == slug, Opportunity.published_at.is_not(None)
    )
    return db.session.scalar(found) is not None


def of_employer(user_id: int) -> list[Opportunity]:
    """Return the opportunities of the person's organisations, drafts included, newest first."""
    mine = _managed(user_id).options(joinedload(Opportunity.site).joinedload(Site.organisation))
    return list(db.session.scalars(mine.order_by(Opportunity.updated_at.desc(), Opportunity.id)))


def for_member(slug: str, user_id: int) -> Opportunity | None:
    """Return an opportunity of the person's organisations to look at; any right will do."""
    wanted = _managed(user_id).where(Opportunity.slug == slug)
    return db.session.scalar(wanted.options(selectinload(Opportunity.requirements)))


def for_employer(slug: str, user_id: int, *, lock: bool = False) -> Opportunity | None:
    """Return an opportunity that the person may change; `lock` keeps other writers out."""
    wanted = (
        _managed(user_id, Right.RECRUITER)
        .where(Opportunity.slug == slug)
        .options(selectinload(Opportunity.requirements))
    )
    if lock:
        wanted = wanted.with_for_update(of=Opportunity).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def past_closing(today: date) -> list[Opportunity]:
    """Return what is still published after its last day; locked, for closing it."""
    late = select(Opportunity).where(
        Opportunity.status == Status.PUBLISHED, Opportunity.closes_on < today
    )
    return list(db.session.scalars(late.order_by(Opportunity.id).with_for_update()))


def unconfirmed_since(moment: datetime) -> list[Opportunity]:
    """Return what is open and was last confirmed at or before a moment; locked."""
    confirmed = func.coalesce(Opportunity.confirmed_at, Opportunity.published_at)
    late = (
        select(Opportunity)
        .where(Opportunity.status == Status.PUBLISHED, confirmed <= moment)
        .options(selectinload(Opportunity.site).selectinload(Site.organisation))
    )
    return list(
        db.session.scalars(
            late.order_by(Opportunity.id)
            .with_for_update(of=Opportunity)
            .execution_options(populate_existing=True)
        )
    )


def _managed(user_id: int, right: Right | None = None) -> Select[Opportunity]:
    return (
        select(Opportunity)
        .join(Opportunity.site)
        .where(Site.organisation_id.in_(ids_of_member(user_id, right)))
    )

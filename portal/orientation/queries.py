"""Reads of the guide: what is open for each kind of work, and what somebody keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select

from portal.candidates.models import Favourite, FavouriteKind
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import OnOffer, by_place, published


@dataclass(frozen=True)
class Open:
    """How many openings everybody may see today, by id of the framework."""

    professions: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)

    def of(self, kind: FavouriteKind, ref: str) -> int:
        """How many there are for a profession or a field."""
        return (self.professions if kind is FavouriteKind.PROFESSION else self.fields)[ref]


def open_now(today: date) -> Open:
    """Count openings by profession and by field, in one query."""
    counted = (
        published(today)
        .with_only_columns(
            Opportunity.field,
            Opportunity.profession,
            Opportunity.second_profession,
            func.count().label("number"),
        )
        .group_by(Opportunity.field, Opportunity.profession, Opportunity.second_profession)
    )
    found = Open()
    for row in db.session.execute(counted.order_by(None)):
        found.fields[row.field] += row.number
        for profession in filter(None, {row.profession, row.second_profession}):
            found.professions[profession] += row.number
    return found


def open_by_group(today: date, groups: Iterable[str]) -> Counter[str]:
    """Count openings by target group, in one query."""
    wanted = list(groups)
    sums = [func.sum(case((_for_group(one), 1), else_=0)) for one in wanted]
    row = db.session.execute(published(today).with_only_columns(*sums).order_by(None)).one()
    return Counter({one: number or 0 for one, number in zip(wanted, row, strict=True)})


def openings(today: date, kind: FavouriteKind, ref: str) -> Select[Opportunity]:
    """Select the openings of a profession, a field or a target group."""
    return published(today).where(_about(kind, ref))


def first_of(wanted: Select[Opportunity], offset: int, limit: int) -> list[Opportunity]:
    """Return some openings, the newest first."""
    newest = wanted.order_by(Opportunity.published_at.desc(), Opportunity.id.desc())
    return list(db.session.scalars(newest.offset(offset).limit(limit)))


def where(today: date, kind: FavouriteKind, ref: str) -> tuple[list[OnOffer], list[OnOffer]]:
    """What there is in each place of one kind of work, and of everything."""
    return by_place(openings(today, kind, ref)), by_place(published(today))


def favourites(candidate_id: int) -> list[Favourite]:
    """Return what somebody keeps of the guide, the newest first."""
    wanted = select(Favourite).where(Favourite.candidate_id == candidate_id)
    return list(db.session.scalars(wanted.order_by(Favourite.at.desc(), Favourite.id.desc())))


def favourite(candidate_id: int, kind: FavouriteKind, ref: str) -> Favourite | None:
    """Return one thing that somebody keeps."""
    return db.session.scalar(
        select(Favourite).where(
            Favourite.candidate_id == candidate_id, Favourite.kind == kind, Favourite.ref == ref
        )
    )


def _about(kind: FavouriteKind, ref: str) -> ColumnElement[bool]:
    match kind:
        case FavouriteKind.PROFESSION:
            return or_(Opportunity.profession == ref, Opportunity.second_profession == ref)
        case FavouriteKind.FIELD:
            return Opportunity.field == ref
        case FavouriteKind.TARGET_GROUP:
            return _for_group(ref)


def _for_group(group: str) -> ColumnElement[bool]:
    """Whether an opening is for a group: it stands in a list that the database keeps as JSON."""
    return cast(Opportunity.target_groups, String).contains(f'"{group}"', autoescape=True)

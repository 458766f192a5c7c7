"""Finds what everybody may see by words and filters, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import math
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, String, case, event, or_, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.extensions import db
from portal.matching.knowledge import Place, distance_km, framework
from portal.opportunities.models import Opportunity, OpportunityRequirement
from portal.opportunities.queries import OnOffer, by_place, published
from portal.organisations.models import Organisation, Site

MAX_WORDS = 8
"""More words than this say no more about what somebody looks for."""
_KM_PER_DEGREE = 111.0  # a little less than the true length, so that the box is never too small
_PLAIN: Final = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'"}


def _without_accents() -> dict[int, str]:
    """Latin letters with an accent to the letter below it; one for one, as SQL needs it."""
    table = {}
    for code in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    for letter, plain in _PLAIN.items():
        table |= {ord(letter): plain, ord(letter.upper()[0]): plain}
    return table


_TABLE: Final = _without_accents()


def folded(text: str) -> str:
    """A text as it is compared: small letters, without accents."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE)


class Fold(FunctionElement[str]):
    """`folded` in SQL. LIKE and lower() of SQLite know only ASCII."""

    type = String()
    name = "fold"
    inherit_cache = True


@compiles(Fold)
def _fold_by_function(element: Fold, compiler: SQLCompiler, **kwargs: object) -> str:
    return f"bekwaam_fold({compiler.process(element.clauses, **kwargs)})"


@compiles(Fold, "postgresql")
def _fold_by_translate(element: Fold, compiler: SQLCompiler, **kwargs: object) -> str:
    accented = "".join(map(chr, _TABLE)).replace("'", "''")
    plain = "".join(_TABLE.values()).replace("'", "''")
    return (
        f"translate(lower({compiler.process(element.clauses, **kwargs)}), '{accented}', '{plain}')"
    )


@event.listens_for(Engine, "connect")
def _teach_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function(
            "bekwaam_fold", 1, lambda text: text and folded(text), deterministic=True
        )


class Sort(StrEnum):
    """The orders of the list."""

    NEWEST = "newest"
    CLOSING = "closing"
    HOURS = "hours"
    DISTANCE = "distance"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What somebody looks for; what is empty sets no limit."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    hours: tuple[float, float] | None = None
    day_parts: int = 0
    place: Place | None = None
    within_km: float | None = None
    at: str = ""
    levels: frozenset[int] = frozenset()
    without_diploma: bool = False
    paid_learning: bool = False
    sort: Sort = Sort.NEWEST


class Search:
    """What a list shows. The sites are read once; then `count` and `rows` cost a query each."""

    def __init__(self, criteria: Criteria, today: date) -> None:
        self._criteria = criteria
        self._distances = _distances(criteria)
        self._anywhere = published(today).where(*self._conditions())
        at = criteria.at
        self._wanted = self._anywhere.where(Site.place == at) if at else self._anywhere

    @cached_property
    def places(self) -> list[tuple[OnOffer, float | None]]:
        """What there is in each place, also outside the one that was chosen; with its distance."""
        near = self._criteria.place
        return [
            (one, distance_km(near, one.place) if near else None)
            for one in by_place(self._anywhere)
        ]

    def count(self) -> int:
        """How many there are."""
        at = self._criteria.at
        return sum(one.count for one, _km in self.places if not at or one.place.name == at)

    def rows(self, offset: int, limit: int) -> list[tuple[Opportunity, float | None]]:
        """Some of them in order, each with its distance if a place was given."""
        found = db.session.scalars(
            self._wanted.order_by(*self._order()).offset(offset).limit(limit)
        )
        return [(row, self._distance(row.site)) for row in found]

    def _distance(self, site: Site) -> float | None:
        return _between(self._criteria.place, site) if self._criteria.place else None

    def _conditions(self) -> list[ColumnElement[bool]]:
        criteria = self._criteria
        found = [_mentions(word) for word in folded(criteria.text).split()[:MAX_WORDS]]
        if criteria.kinds:
            found.append(Opportunity.kind.in_(sorted(criteria.kinds)))
        if criteria.fields:
            found.append(Opportunity.field.in_(sorted(criteria.fields)))
        if criteria.hours:
            low, high = criteria.hours
            found += [Opportunity.hours_min <= high, Opportunity.hours_max >= low]
        if criteria.day_parts:
            overlap = Opportunity.day_parts.bitwise_and(criteria.day_parts) != 0
            # Without day parts they are still to be agreed on.
            found.append(or_(overlap, Opportunity.day_parts == 0))
        if criteria.place and criteria.within_km is not None:
            found.append(Opportunity.site_id.in_(self._distances))
        if criteria.levels:
            found.append(Opportunity.level.in_(sorted(criteria.levels)))
        if criteria.without_diploma:
            found.append(Opportunity.diploma_required.is_(False))
        if criteria.paid_learning:
            found.append(Opportunity.learning_paid.is_(True))
        return found

    def _order(self) -> tuple[ColumnElement[Any], ...]:
        newest = (Opportunity.published_at.desc(), Opportunity.id.desc())
        match self._criteria.sort:
            case Sort.CLOSING:
                return Opportunity.closes_on.asc(), *newest
            case Sort.HOURS:
                return Opportunity.hours_min.asc(), Opportunity.hours_max.asc(), *newest
            case Sort.TITLE:
                return Fold(Opportunity.title).asc(), *newest
            case Sort.DISTANCE if self._distances:
                metres = {site: round(km * 1000) for site, km in self._distances.items()}
                return case(metres, value=Opportunity.site_id).asc(), *newest
        return newest


def once_public(slug: str) -> Opportunity | None:
    """Return what everybody could see once, also when it has closed."""
    return db.session.scalar(
        select(Opportunity)
        .where(Opportunity.slug == slug, Opportunity.published_at.is_not(None))
        .options(joinedload(Opportunity.site).joinedload(Site.organisation))
    )


def similar(to: Opportunity, today: date, limit: int = 5) -> list[Opportunity]:
    """Return what is open now and like `to`: the same field, first the same work nearby."""
    like = published(today).where(Opportunity.id != to.id, Opportunity.field == to.field)
    order = [
        case((condition, 0), else_=1)
        for condition in (
            Opportunity.profession == to.profession,
            Site.place == to.site.place,
            Opportunity.kind == to.kind,
        )
    ]
    return list(
        db.session.scalars(
            like.order_by(*order, Opportunity.closes_on, Opportunity.id).limit(limit)
        )
    )


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether the opportunity says a word: itself, who offers it, where, or what it asks."""

    def says(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        return Fold(column).contains(word, autoescape=True)

    known = framework()
    asked = or_(
        says(OpportunityRequirement.text),
        OpportunityRequirement.competence.in_(_named(known.competences.values(), word)),
        OpportunityRequirement.gate.in_(_named(known.gates.values(), word)),
    )
    professions = _named(known.professions.values(), word)
    return or_(
        says(Opportunity.title),
        says(Opportunity.text),
        says(Organisation.name),
        says(Site.name),
        says(Site.place),
        Opportunity.profession.in_(professions),
        Opportunity.second_profession.in_(professions),
        Opportunity.id.in_(select(OpportunityRequirement.opportunity_id).where(asked)),
    )


def _named(records: Iterable[Any], word: str) -> list[str]:
    """The ids of the framework whose Dutch or English name holds a word."""
    return [
        record.id
        for record in records
        if any(
            word in folded(name)
            for language in (record.nl, record.en)
            for name in (language.label, *getattr(language, "also_called", ()))
        )
    ]


def _distances(criteria: Criteria) -> dict[int, float]:
    """Sites with their distance in km; read only when the list is limited or ordered by it."""
    place, limit = criteria.place, criteria.within_km
    if place is None or (limit is None and criteria.sort is not Sort.DISTANCE):
        return {}
    wanted = select(Site)
    if limit is not None:
        north = limit / _KM_PER_DEGREE
        east = north / math.cos(math.radians(place.latitude))
        wanted = wanted.where(
            Site.latitude.between(place.latitude - north, place.latitude + north),
            Site.longitude.between(place.longitude - east, place.longitude + east),
        )
    found = {site.id: _between(place, site) for site in db.session.scalars(wanted)}
    return {site: km for site, km in found.items() if limit is None or km <= limit}


def _between(place: Place, site: Site) -> float:
    return distance_km(place, place_of(site))


def place_of(site: Site) -> Place:
    """Return where a site is."""
    return Place(site.place, site.province, site.latitude, site.longitude)

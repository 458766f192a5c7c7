"""Imports a spreadsheet of openings: looked at first, then all of it or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from portal.accounts.models import User
from portal.audit import service as audit
from portal.clock import local_date
from portal.errors import Gone, Invalid, NotFound
from portal.extensions import db
from portal.opportunities import service
from portal.opportunities.import_columns import (
    HEADINGS,
    CellError,
    Sites,
    duplicates,
    fold,
    read_row,
)
from portal.opportunities.models import Contract, Kind, Opportunity, OpportunityImport
from portal.opportunities.reading_along import review
from portal.opportunities.service_input import OpportunityInput, RequirementInput
from portal.opportunities.sheet import read
from portal.opportunities.workflow import Status
from portal.organisations.queries import sites_of_member

KEPT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a dry run found: the rows, what is wrong, and what to look at before publishing."""

    rows: list[dict[str, Any]]
    errors: list[CellError]


def look(content: bytes, *, actor: User, now: datetime) -> Looked:
    """Read a file without keeping anything. Raises sheet.NotReadable."""
    sites = _sites(actor)
    today = local_date(now)
    rows: list[dict[str, Any]] = []
    errors: list[CellError] = []
    for row in read(content, HEADINGS):
        said, wrong = read_row(row, sites, today=today)
        rows.append(said)
        errors += wrong
    errors += duplicates(rows)
    errors += _there_already(rows)
    return Looked(rows, sorted(errors, key=lambda one: (one.row, HEADINGS.index(one.column))))


def keep(
    rows: list[dict[str, Any]], file_name: str, *, actor: User, now: datetime
) -> OpportunityImport:
    """Keep what was read and found right, until somebody confirms it."""
    db.session.execute(delete(OpportunityImport).where(OpportunityImport.expires_at <= now))
    kept = OpportunityImport(
        token=secrets.token_urlsafe(24),
        user_id=actor.id,
        file_name=file_name[:160],
        rows=rows,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def kept(token: str, *, actor: User, now: datetime, lock: bool = False) -> OpportunityImport:
    """Return what somebody sent and has still to confirm. Raises NotFound or Gone."""
    wanted = select(OpportunityImport).where(
        OpportunityImport.token == token, OpportunityImport.user_id == actor.id
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    if found.expires_at <= now:
        raise Gone(_("Dit bestand is niet meer bewaard. Stuur het nog een keer."))
    return found


def flagged(found: OpportunityImport) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return the rows with words that shut people out: number, title and the words."""
    told = []
    for row in found.rows:
        seen = review(_said(row))
        words = tuple(flag.words for flag in seen.flags)
        if seen.diploma:
            words += (_("diploma"),)
        if words:
            told.append((row["row"], row["title"], words))
    return told


def put_in(token: str, *, publish: bool, actor: User, now: datetime) -> tuple[int, bool]:
    """Add all openings of an import; return how many, and whether that happened now.

    A second confirmation adds nothing. Raises NotFound, Gone, or Invalid when a site is gone or
    a row cannot be published.
    """
    found = kept(token, actor=actor, now=now, lock=True)
    if found.done_at is not None:
        return len(found.rows), False
    if _there_already(found.rows):
        raise Invalid(_("Er kwamen intussen dezelfde plekken bij. Kijk bij “Mijn aanbod”."))
    for row in found.rows:
        made = service.create_draft(_said(row), actor=actor, now=now)
        if publish:
            service.publish(made.slug, version=made.version, actor=actor, now=now)
    found.done_at, found.published = now, publish
    audit.record(
        "opportunity.imported", found, actor=actor, now=now, rows=len(found.rows), online=publish
    )
    return len(found.rows), True


def _sites(actor: User) -> Sites:
    by_name: dict[str, list[int]] = {}
    fields: dict[int, str | None] = {}
    for site in sites_of_member(actor.id):
        for name in {fold(site.name), fold(f"{site.name}, {site.place}")}:
            by_name.setdefault(name, []).append(site.id)
        fields[site.id] = next(iter(site.organisation.fields), None)
    return Sites(by_name, fields)


def _there_already(rows: Sequence[dict[str, Any]]) -> list[CellError]:
    there = set(
        db.session.execute(
            select(func.lower(Opportunity.title), Opportunity.site_id).where(
                Opportunity.site_id.in_({row["site_id"] for row in rows}),
                Opportunity.status != Status.CLOSED,
            )
        ).tuples()
    )
    message = _("Deze plek staat al bij “Mijn aanbod”. Meer plaatsen? Verhoog daar het aantal.")
    return [
        CellError(row["row"], "Titel", message)
        for row in rows
        if (row["title"].lower(), row["site_id"]) in there
    ]


def _said(row: dict[str, Any]) -> OpportunityInput:
    values = {key: value for key, value in row.items() if key != "row"}
    values["kind"], values["contract"] = Kind(row["kind"]), Contract(row["contract"])
    values["tasks"] = tuple(row["tasks"])
    values["requirements"] = tuple(RequirementInput(**one) for one in row["requirements"])
    values["closes_on"] = date.fromisoformat(row["closes_on"])
    return OpportunityInput(**values)

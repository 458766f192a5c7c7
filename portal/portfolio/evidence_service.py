"""What somebody does with evidence, and what a check of it means. Call inside transaction()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.clock import local_date
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.knowledge import framework
from portal.outbox.letters import post
from portal.portfolio import emails, policy, queries
from portal.portfolio.files import MAX_TOGETHER, Accepted, Store
from portal.portfolio.models import (
    CheckResult,
    EvidenceItem,
    EvidenceKind,
    Grade,
    StoredFile,
)
from portal.portfolio.service import changed, take_up

MOST_EVIDENCE: Final = 150
UNDO_FOR: Final = timedelta(days=1)
"""So long can what was taken away come back."""
Put = Callable[[bytes], str]
"""Writes a file and returns its key; see files.Store.writing."""
_UNCHECKED: Final = frozenset({"detail", "contact", "contact_shown"})
"""What may change without asking for another check: it says nothing that was checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInput:
    """Everything that somebody says of a piece of evidence; names are the columns'."""

    kind: EvidenceKind
    title: str
    detail: str = ""
    issuer: str = ""
    gate: str | None = None
    number: str = ""
    level: int | None = None
    hours_week: float | None = None
    contact: str = ""
    contact_shown: bool = False
    url: str = ""
    from_date: date | None = None
    to_date: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    competences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, and the competences that came into the portfolio with it."""

    item: EvidenceItem
    taken_up: tuple[str, ...]


def add(
    data: EvidenceInput,
    *,
    actor: User,
    now: datetime,
    form_key: str | None = None,
    upload: Accepted | None = None,
    put: Put | None = None,
    ask_check: bool = False,
) -> Kept:
    """Add evidence. The same form sent twice adds it once.

    Raises NotFound for a competence or gate that is not there, or Invalid when there is no room.
    """
    candidate = ensure(actor, now=now)
    if form_key and (earlier := queries.by_form(candidate.id, form_key)):
        return Kept(earlier, ())
    _check(data)
    if len(queries.evidence(candidate.id)) >= MOST_EVIDENCE:
        raise Invalid(
            _("Je hebt al %(most)s bewijzen. Haal eerst een oud bewijs weg.", most=MOST_EVIDENCE)
        )
    item = EvidenceItem(
        candidate_id=candidate.id,
        grade=Grade.CLAIMED,
        form_key=form_key,
        check_asked_at=now if ask_check and data.kind in policy.CHECKED else None,
        created_at=now,
        version=1,
    )
    _fill(item, data, now)
    if upload is not None:
        item.file = _file(candidate, upload, put, now)
    db.session.add(item)
    fresh = take_up(candidate, data.competences, now=now)
    _tell("added", item, candidate, actor=actor, now=now)
    return Kept(item, tuple(fresh))


def change(
    identifier: int,
    data: EvidenceInput,
    *,
    version: int,
    actor: User,
    now: datetime,
    upload: Accepted | None = None,
    put: Put | None = None,
    remove_file: bool = False,
    ask_check: bool = False,
) -> Kept:
    """Change evidence. What a person confirmed falls back to claimed when it says another thing.

    Raises NotFound, Conflict (it changed since) or Invalid.
    """
    candidate, item = _own(identifier, version, actor, now)
    if item.kind != data.kind:
        raise NotFound
    _check(data)
    if upload is not None or remove_file or _says_other(item, data):
        item.grade = Grade.CLAIMED
        item.checked_on = item.checked_by_id = item.check_result = None
        item.check_note = ""
        item.check_asked_at = None
    if ask_check and item.kind in policy.CHECKED and item.checked_on is None:
        item.check_asked_at = item.check_asked_at or now
    elif item.checked_on is None:
        item.check_asked_at = None
    if item.expires_on != data.expires_on:
        item.warned_on = None
    _fill(item, data, now)
    if upload is not None or remove_file:
        old, item.file = item.file, None
        db.session.flush()
        if old is not None:
            db.session.delete(old)
    if upload is not None:
        item.file = _file(candidate, upload, put, now)
    item.version += 1
    fresh = take_up(candidate, data.competences, now=now)
    _tell("changed", item, candidate, actor=actor, now=now)
    return Kept(item, tuple(fresh))


def remove(identifier: int, *, version: int, actor: User, now: datetime) -> EvidenceItem:
    """Take evidence away; for a day it can come back. Raises NotFound or Conflict."""
    candidate, item = _own(identifier, version, actor, now)
    item.removed_at = now
    item.version += 1
    _tell("removed", item, candidate, actor=actor, now=now)
    return item


def bring_back(identifier: int, *, actor: User, now: datetime) -> EvidenceItem:
    """Bring back what was taken away. Raises NotFound when it was not, or is gone for good."""
    candidate = ensure(actor, now=now)
    item = queries.evidence_of(candidate.id, identifier, lock=True, removed=True)
    if item is None:
        raise NotFound
    item.removed_at = None
    item.version += 1
    _tell("brought_back", item, candidate, actor=actor, now=now)
    return item


def ask_check(identifier: int, *, version: int, actor: User, now: datetime) -> EvidenceItem:
    """Ask a person to look at evidence. Raises NotFound, Conflict or Invalid (nobody can)."""
    candidate, item = _own(identifier, version, actor, now)
    if item.kind not in policy.CHECKED:
        raise Invalid(_("Dit bewijs kan niemand nakijken. Het telt als wat je zelf vertelt."))
    if not item.awaits_check:
        item.check_asked_at = now
        item.checked_on = item.checked_by_id = item.check_result = None
        item.check_note = ""
        item.version += 1
        _tell("check_asked", item, candidate, actor=actor, now=now)
    return item


def set_checked(
    item: EvidenceItem, result: CheckResult, *, note: str = "", actor: User, now: datetime
) -> EvidenceItem:
    """Write down what a person found who looked at evidence; the row is locked by who asks.

    Confirmed lifts the grade to what its kind is worth; rejected means that it counts nowhere,
    and needs a word that says why.
    """
    if result is CheckResult.REJECTED and not note:
        raise Invalid(_("Schrijf waarom je dit niet kunt aannemen."), fields=("note",))
    confirmed = result is CheckResult.CONFIRMED
    grade = policy.grade_after_check(EvidenceKind(item.kind)) if confirmed else Grade.CLAIMED
    # Read before anything is written: these belong together, also in a flush in between.
    candidate, checker = item.candidate, actor.id
    item.check_result, item.check_note, item.grade = result, note, grade
    item.checked_on, item.checked_by_id = local_date(now), checker
    item.version += 1
    item.updated_at = now
    changed(candidate, now)
    db.session.flush()
    audit.record("evidence.checked", item, actor=actor, now=now, result=result, note=note)
    return item


def warn_ending(*, now: datetime) -> int:
    """Tell people that evidence ends soon, once for each warning; return how many mails."""
    today = local_date(now)
    sent = 0
    for item in queries.ending(today):
        if item.expires_on is None or policy.rejected(item):
            continue
        days = policy.warning_due(item.expires_on, item.warned_on, today)
        if days is None:
            continue
        key = f"evidence-{item.id}-ends-{item.expires_on.isoformat()}-{days}"
        letter = emails.ending(item.id, item.title, item.expires_on, EvidenceKind(item.kind))
        sent += post(item.candidate.user, letter, key=key, now=now) is not None
        item.warned_on = today
    return sent


def purge_removed(*, now: datetime) -> int:
    """Delete evidence that was taken away more than a day ago, with its files; return how many."""
    old = db.session.execute(
        select(EvidenceItem.id, EvidenceItem.file_id).where(
            EvidenceItem.removed_at < now - UNDO_FOR
        )
    ).all()
    ids = [row.id for row in old]
    files = [row.file_id for row in old if row.file_id is not None]
    if ids:
        db.session.execute(delete(EvidenceItem).where(EvidenceItem.id.in_(ids)))
    if files:
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(files)))
    return len(ids)


def sweep_files(store: Store, *, now: datetime) -> int:
    """Remove files that no row knows any more; return how many."""
    known = frozenset(db.session.scalars(select(StoredFile.key)))
    return store.sweep(known, older_than=(now - timedelta(hours=1)).timestamp())


def _own(
    identifier: int, version: int, actor: User, now: datetime
) -> tuple[Candidate, EvidenceItem]:
    candidate = ensure(actor, now=now)
    item = queries.evidence_of(candidate.id, identifier, lock=True)
    if item is None:
        raise NotFound
    if item.version != version:
        raise Conflict(
            _("Dit is intussen veranderd, misschien in een ander tabblad. Kijk wat er nu staat.")
        )
    return candidate, item


def _check(data: EvidenceInput) -> None:
    """Refuse what no form of ours sends."""
    known = framework()
    if data.kind not in policy.BY_FORM:
        raise NotFound
    if any(one not in known.competences for one in data.competences):
        raise NotFound
    if data.gate is not None and data.gate not in policy.GATES_OF.get(data.kind, ()):
        raise NotFound


def _says_other(item: EvidenceItem, data: EvidenceInput) -> bool:
    return any(
        _plain(getattr(item, field.name)) != _plain(getattr(data, field.name))
        for field in fields(data)
        if field.name not in _UNCHECKED
    )


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list | tuple) else value


def _fill(item: EvidenceItem, data: EvidenceInput, now: datetime) -> None:
    for field in fields(data):
        value = getattr(data, field.name)
        setattr(item, field.name, list(value) if isinstance(value, tuple) else value)
    item.updated_at = now


def _file(candidate: Candidate, upload: Accepted, put: Put | None, now: datetime) -> StoredFile:
    if put is None:
        raise ValueError("a file needs a place to be written")
    if queries.room_taken(candidate.id) + len(upload.data) > MAX_TOGETHER:
        raise Invalid(
            _("Je bestanden zijn samen te groot. Haal eerst een oud bestand weg."),
            fields=("file",),
        )
    return StoredFile(
        candidate_id=candidate.id,
        key=put(upload.data),
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.data),
        sha256=upload.sha256,
        created_at=now,
    )


def _tell(
    what: str, item: EvidenceItem, candidate: Candidate, *, actor: User, now: datetime
) -> None:
    changed(candidate, now)
    item.updated_at = now
    db.session.flush()
    audit.record(f"evidence.{what}", item, actor=actor, now=now, kind=item.kind)

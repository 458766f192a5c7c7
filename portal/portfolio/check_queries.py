"""Reads of evidence that waits for a person, scoped to who may look at it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import RoleName, User
from portal.candidates.models import Candidate
from portal.coaching.queries import ids_of_coach
from portal.extensions import db
from portal.portfolio.models import EvidenceItem, StoredFile
from portal.portfolio.queries import live


def _of(user: User) -> Select[EvidenceItem]:
    """What somebody may look at: a coordinator of everybody, a coach of who they guide.

    Never the own evidence.
    """
    found = (
        live()
        .join(EvidenceItem.candidate)
        .join(Candidate.user)
        .options(
            contains_eager(EvidenceItem.candidate).contains_eager(Candidate.user),
            joinedload(EvidenceItem.file),
            joinedload(EvidenceItem.checked_by),
        )
        .where(Candidate.user_id != user.id)
    )
    if not user.has(RoleName.COORDINATOR):
        found = found.where(EvidenceItem.candidate_id.in_(ids_of_coach(user.id)))
    return found


def _waits() -> ColumnElement[bool]:
    return and_(EvidenceItem.check_asked_at.is_not(None), EvidenceItem.checked_on.is_(None))


def count_waiting(user: User) -> int:
    """Return how much waits for this person."""
    counted = _of(user).where(_waits()).with_only_columns(func.count(EvidenceItem.id))
    return db.session.scalar(counted.order_by(None)) or 0


def waiting(user: User, *, limit: int, offset: int) -> list[EvidenceItem]:
    """Return a page of what waits, the oldest first."""
    wanted = _of(user).where(_waits()).order_by(EvidenceItem.check_asked_at, EvidenceItem.id)
    return list(db.session.scalars(wanted.limit(limit).offset(offset)))


def checked_by(user: User, *, limit: int) -> list[EvidenceItem]:
    """Return what this person looked at last."""
    wanted = _of(user).where(EvidenceItem.checked_by_id == user.id)
    wanted = wanted.order_by(EvidenceItem.checked_on.desc(), EvidenceItem.updated_at.desc())
    return list(db.session.scalars(wanted.limit(limit)))


def for_checker(evidence_id: int, user: User, *, lock: bool = False) -> EvidenceItem | None:
    """Return evidence that waits for this person, or that they looked at."""
    wanted = _of(user).where(
        EvidenceItem.id == evidence_id,
        or_(_waits(), EvidenceItem.checked_by_id == user.id),
    )
    if lock:
        wanted = wanted.with_for_update(of=EvidenceItem).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def file_of(file_id: int, user: User) -> StoredFile | None:
    """Return a file of evidence that waits for this person, or that they looked at."""
    wanted = _of(user).where(
        EvidenceItem.file_id == file_id, or_(_waits(), EvidenceItem.checked_by_id == user.id)
    )
    item = db.session.scalar(wanted.limit(1))
    return item.file if item else None


def looked_at(evidence_id: int, user: User) -> EvidenceItem | None:
    """Return evidence that somebody else looked at meanwhile, to tell who was first."""
    return db.session.scalar(
        _of(user).where(EvidenceItem.id == evidence_id, EvidenceItem.checked_on.is_not(None))
    )

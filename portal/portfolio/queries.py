"""Reads of portfolios, scoped to whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.candidates.models import Candidate
from portal.extensions import db
from portal.portfolio import policy
from portal.portfolio.models import (
    CompetenceState,
    EvidenceItem,
    EvidenceKind,
    Grade,
    Mastery,
    PortfolioCompetence,
    StoredFile,
    Validation,
)
from portal.portfolio.validation_policy import full
from portal.portfolio.validation_words import discreet_text, signed_text
from portal.portfolio.validation_workflow import ValidationState

R = TypeVar("R", bound="_Owned")


@dataclass(frozen=True, slots=True)
class Shown:
    """One competence that something on file shows, and how well; `text` says what.

    `discreet` says it to who may not know the name yet. `full` is False for what somebody does
    with help: see `validation_policy.full`.
    """

    competence: str
    grade: Grade
    text: str
    full: bool = True
    discreet: str = ""


@dataclass(frozen=True, slots=True)
class OnFile:
    """What a portfolio shows today: competences with their grade, and legal gates.

    `lapsed` are gates of which the paper has run out or could not be confirmed: they are not
    there, whatever the person ticked. `level` is of the highest diploma, None without one.
    """

    shown: tuple[Shown, ...]
    gates: frozenset[str]
    lapsed: frozenset[str] = frozenset()
    level: int | None = None


def on_file(candidate_id: int, today: date) -> OnFile:
    """Return what counts today of one person; see `on_file_of_all`."""
    return on_file_of_all([candidate_id], today)[candidate_id]


def on_file_of_all(candidate_ids: Sequence[int], today: date) -> dict[int, OnFile]:
    """Return what counts today by person, in three queries: accepted, not dropped or withdrawn.

    Evidence that has run out still tells of its competences, as claimed, and no longer of its
    gate: knowledge does not vanish on a day, a registration does.
    """
    ids = tuple(candidate_ids)
    rows = by_person(competences(*ids))
    items = by_person(evidence(*ids))
    signed = by_person(validations(*ids, today=today))
    return {
        one: _counted(rows.get(one, []), items.get(one, []), signed.get(one, []), today)
        for one in ids
    }


def _counted(
    rows: Sequence[PortfolioCompetence],
    items: Sequence[EvidenceItem],
    signed: Sequence[Validation],
    today: date,
) -> OnFile:
    dropped = {one.competence for one in rows if one.state == CompetenceState.DROPPED}
    accepted = [one for one in rows if one.state == CompetenceState.ACCEPTED]
    alone = {one.competence: full(Mastery(one.mastery)) for one in accepted}
    found = [
        Shown(one.competence, Grade.CLAIMED, one.sentence, alone[one.competence])
        for one in accepted
    ]
    levels: list[int] = []
    for item in items:
        grade = policy.grade_today(item, today)
        if grade is None:
            continue
        # Only a paper of the whole says more of the level than the person does.
        certified = grade is Grade.CERTIFIED
        found += [
            Shown(one, grade, item.title, certified or alone.get(one, True))
            for one in item.competences
        ]
        if item.kind == EvidenceKind.DIPLOMA and item.level:
            levels.append(item.level)
    found += [
        Shown(
            one.competence,
            Grade(one.grade or Grade.CLAIMED),
            signed_text(one),
            full(Mastery(one.mastery or Mastery.OBSERVE)),
            discreet_text(one),
        )
        for one in signed
    ]
    gates = {item.gate for item in items if item.gate and policy.opens_gate(item, today)}
    lapsed = {item.gate for item in items if item.gate and policy.closes_gate(item, today)}
    return OnFile(
        shown=tuple(one for one in found if one.competence not in dropped),
        gates=frozenset(gates),
        lapsed=frozenset(lapsed - gates),
        level=max(levels, default=None),
    )


class _Owned(Protocol):
    candidate_id: Any


def by_person(rows: Iterable[R]) -> dict[int, list[R]]:
    """Put rows under whose they are."""
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def competences(*candidate_ids: int) -> Sequence[PortfolioCompetence]:
    """Return what people accepted or dropped, the oldest first."""
    return db.session.scalars(
        select(PortfolioCompetence)
        .where(PortfolioCompetence.candidate_id.in_(candidate_ids))
        .order_by(PortfolioCompetence.id)
    ).all()


def competence(
    candidate_id: int, identifier: str, *, lock: bool = False
) -> PortfolioCompetence | None:
    """Return one competence of somebody, by its id in the framework."""
    wanted = select(PortfolioCompetence).where(
        PortfolioCompetence.candidate_id == candidate_id,
        PortfolioCompetence.competence == identifier,
    )
    return db.session.scalar(wanted.with_for_update() if lock else wanted)


def live() -> Select[EvidenceItem]:
    """Select evidence that was not taken away; whoever reads evidence begins here."""
    return select(EvidenceItem).where(EvidenceItem.removed_at.is_(None))


def evidence(*candidate_ids: int) -> Sequence[EvidenceItem]:
    """Return the evidence of people with its file and who checked it, the newest first."""
    return db.session.scalars(
        live()
        .where(EvidenceItem.candidate_id.in_(candidate_ids))
        .options(joinedload(EvidenceItem.file), joinedload(EvidenceItem.checked_by))
        .order_by(EvidenceItem.id.desc())
    ).all()


def evidence_of(
    candidate_id: int, identifier: int, *, lock: bool = False, removed: bool = False
) -> EvidenceItem | None:
    """Return one piece of evidence of somebody; with `removed` one that was taken away."""
    wanted = select(EvidenceItem).where(
        EvidenceItem.candidate_id == candidate_id,
        EvidenceItem.id == identifier,
        EvidenceItem.removed_at.is_not(None) if removed else EvidenceItem.removed_at.is_(None),
    )
    if lock:
        wanted = wanted.with_for_update(of=EvidenceItem).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def by_form(candidate_id: int, form_key: str) -> EvidenceItem | None:
    """Return what an earlier sending of the same form made."""
    return db.session.scalar(
        select(EvidenceItem).where(
            EvidenceItem.candidate_id == candidate_id, EvidenceItem.form_key == form_key
        )
    )


def validations(*candidate_ids: int, today: date | None = None) -> Sequence[Validation]:
    """Return what was signed for, with `today` only what still counts."""
    wanted = (
        select(Validation)
        .where(
            Validation.candidate_id.in_(candidate_ids),
            Validation.state.in_((ValidationState.SIGNED, ValidationState.EXPIRED)),
        )
        .options(joinedload(Validation.organisation))
        .order_by(Validation.id)
    )
    return db.session.scalars(
        wanted.where(Validation.valid_until >= today) if today else wanted
    ).all()


def file_of(identifier: int, user_id: int) -> StoredFile | None:
    """Return an own file; who checks evidence asks `check_queries.file_of`."""
    mine = select(Candidate.id).where(Candidate.user_id == user_id)
    return db.session.scalar(
        select(StoredFile).where(StoredFile.id == identifier, StoredFile.candidate_id.in_(mine))
    )


def room_taken(candidate_id: int) -> int:
    """Return how many bytes the files of somebody take."""
    taken = db.session.scalar(
        select(func.coalesce(func.sum(StoredFile.size), 0)).where(
            StoredFile.candidate_id == candidate_id
        )
    )
    return int(taken or 0)


def ending(today: date) -> Sequence[EvidenceItem]:
    """Return evidence that ends within the longest time of a warning, of everybody."""
    return db.session.scalars(
        live()
        .where(
            EvidenceItem.expires_on >= today,
            EvidenceItem.expires_on <= today + policy.SOON,
        )
        .options(joinedload(EvidenceItem.candidate).joinedload(Candidate.user))
        .order_by(EvidenceItem.id)
    ).all()


def ending_of(candidate_id: int, today: date) -> Sequence[EvidenceItem]:
    """Return the evidence of somebody that ends soon, the soonest first; for notices."""
    return db.session.scalars(
        live()
        .where(
            EvidenceItem.candidate_id == candidate_id,
            EvidenceItem.expires_on >= today,
            EvidenceItem.expires_on <= today + policy.SOON,
        )
        .order_by(EvidenceItem.expires_on, EvidenceItem.id)
    ).all()

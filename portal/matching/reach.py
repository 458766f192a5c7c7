"""How many people could do work without the diploma that it asks for. Counts only, never who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, or_, select

from matcher import Engine, Status
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.matching.resident import resident
from portal.opportunities.service_input import RequirementInput
from portal.portfolio.models import CompetenceState, EvidenceItem, EvidenceKind, PortfolioCompetence

SAMPLE: Final = 120
"""So many profiles are read, the latest first; of more the number is said to be a part."""
TOO_FEW: Final = 5
"""Below this a number could tell who somebody is."""
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people show what the work asks, and have no diploma on file.

    `people` is None when there are some, but too few to say how many. `part` says that not
    everybody was read.
    """

    people: int | None
    part: bool


def without_diploma(requirements: Sequence[RequirementInput], *, today: date) -> Reach | None:
    """Count them; None when the work asks no competence that a profile could show.

    Somebody counts who shows every important competence at least in part, and half of all of
    them well: what the engine calls able under guidance. Raises Unavailable while matching
    wakes or rests.
    """
    asked = [one for one in requirements if one.competence]
    if not asked:
        return None
    engine = resident().engine()
    with_paper = select(EvidenceItem.candidate_id).where(
        EvidenceItem.kind.in_((EvidenceKind.DIPLOMA, EvidenceKind.REGISTER)),
        or_(EvidenceItem.expires_on.is_(None), EvidenceItem.expires_on >= today),
    )
    wanted = select(Candidate).where(Candidate.id.not_in(with_paper), Candidate.skills != "")
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest = wanted.order_by(Candidate.updated_at.desc(), Candidate.id).limit(SAMPLE)
    people = list(db.session.scalars(newest))
    filed = _on_file([one.id for one in people])
    number = sum(_fits(engine, one, asked, filed.get(one.id, frozenset())) for one in people)
    return Reach(number if number == 0 or number >= TOO_FEW else None, total > len(people))


def _on_file(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    rows = db.session.execute(
        select(PortfolioCompetence.candidate_id, PortfolioCompetence.competence).where(
            PortfolioCompetence.candidate_id.in_(ids),
            PortfolioCompetence.state == CompetenceState.ACCEPTED,
        )
    )
    found: dict[int, set[str]] = {}
    for candidate_id, competence in rows:
        found.setdefault(candidate_id, set()).add(competence)
    return {one: frozenset(known) for one, known in found.items()}


def _fits(
    engine: Engine, candidate: Candidate, asked: Sequence[RequirementInput], filed: frozenset[str]
) -> bool:
    met = 0
    for one in asked:
        competence = one.competence or ""
        if competence not in engine.framework.competences:
            continue
        known = competence in filed
        status = Status.MET if known else engine.shows(candidate.skills, competence).status
        if one.critical and status is Status.NOT_SHOWN:
            return False
        met += status is Status.MET
    return met >= len(asked) * _HALF

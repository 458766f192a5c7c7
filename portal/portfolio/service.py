"""What somebody does with the own portfolio. Call each inside transaction()."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.knowledge import framework
from portal.portfolio import queries
from portal.portfolio.models import CompetenceState, Mastery, PortfolioCompetence

LONGEST_SENTENCE: Final = 500
MOST_COMPETENCES: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceInput:
    """A competence that somebody takes up: how well, and what shows it in their own words."""

    competence: str
    mastery: Mastery
    sentence: str = ""


def accept(
    taken: Iterable[CompetenceInput], *, actor: User, now: datetime
) -> tuple[CompetenceInput, ...]:
    """Put competences in the portfolio; return those that were not in it yet.

    Raises NotFound for what the framework does not know, or Invalid when there are too many.
    """
    candidate = ensure(actor, now=now)
    rows = {one.competence: one for one in queries.competences(candidate.id)}
    fresh = []
    for one in taken:
        _known(one.competence)
        row = rows.get(one.competence)
        if row is None:
            row = _begun(candidate, one.competence, now)
            rows[one.competence] = row
        elif row.state == CompetenceState.ACCEPTED:
            # A second click, or another tab: what stands there was written on purpose.
            continue
        row.state = CompetenceState.ACCEPTED
        row.mastery = one.mastery
        row.sentence = one.sentence[:LONGEST_SENTENCE]
        row.updated_at = now
        fresh.append(one)
    if sum(row.state == CompetenceState.ACCEPTED for row in rows.values()) > MOST_COMPETENCES:
        raise Invalid(
            _(
                "Je portfolio is vol: %(most)s bekwaamheden. Haal er eerst een weg.",
                most=MOST_COMPETENCES,
            )
        )
    if fresh:
        ids = [one.competence for one in fresh]
        _tell("accepted", candidate, ids, actor=actor, now=now)
    return tuple(fresh)


def drop(competences: Iterable[str], *, actor: User, now: datetime) -> tuple[str, ...]:
    """Leave competences out, so that they are not proposed again; return those that were in."""
    candidate = ensure(actor, now=now)
    rows = {one.competence: one for one in queries.competences(candidate.id)}
    were_in = []
    dropped = []
    for identifier in dict.fromkeys(competences):
        _known(identifier)
        row = rows.get(identifier) or _begun(candidate, identifier, now)
        if row.state == CompetenceState.DROPPED and identifier in rows:
            continue
        if identifier in rows:
            were_in.append(identifier)
        row.state = CompetenceState.DROPPED
        row.updated_at = now
        dropped.append(identifier)
    if dropped:
        _tell("dropped", candidate, dropped, actor=actor, now=now)
    return tuple(were_in)


def put_back(
    competences: Iterable[str], *, accepted: bool, actor: User, now: datetime
) -> tuple[str, ...]:
    """Bring back what was dropped, with its level and words; return what came back.

    Without `accepted` the rows go altogether, so that it can be proposed again; that is also
    the way back of what was just accepted.
    """
    candidate = ensure(actor, now=now)
    wanted = set(competences)
    found = [one for one in queries.competences(candidate.id) if one.competence in wanted]
    for row in found:
        if accepted:
            row.state = CompetenceState.ACCEPTED
            row.updated_at = now
        else:
            db.session.delete(row)
    if found:
        ids = [one.competence for one in found]
        _tell("put_back" if accepted else "forgotten", candidate, ids, actor=actor, now=now)
    return tuple(one.competence for one in found)


def change(
    data: CompetenceInput, *, seen_at: str, actor: User, now: datetime
) -> PortfolioCompetence:
    """Change the level and the words of a competence.

    `seen_at` is the moment of its last change, as the form was made. Raises NotFound, or
    Conflict when it changed since.
    """
    candidate = ensure(actor, now=now)
    row = queries.competence(candidate.id, data.competence, lock=True)
    if row is None or row.state != CompetenceState.ACCEPTED:
        raise NotFound
    if row.updated_at.isoformat() != seen_at:
        raise Conflict(
            _("Dit is intussen veranderd, misschien in een ander tabblad. Kijk wat er nu staat.")
        )
    row.mastery = data.mastery
    row.sentence = data.sentence[:LONGEST_SENTENCE]
    row.updated_at = now
    _tell("changed", candidate, [data.competence], actor=actor, now=now)
    return row


def take_up(candidate: Candidate, competences: Iterable[str], *, now: datetime) -> list[str]:
    """Put competences that evidence shows in the portfolio; return those that are new there."""
    rows = {one.competence: one for one in queries.competences(candidate.id)}
    fresh = []
    for identifier in competences:
        row = rows.get(identifier) or _begun(candidate, identifier, now)
        if identifier in rows and row.state == CompetenceState.ACCEPTED:
            continue
        row.state = CompetenceState.ACCEPTED
        row.updated_at = now
        fresh.append(identifier)
    return fresh


def _begun(candidate: Candidate, competence: str, now: datetime) -> PortfolioCompetence:
    row = PortfolioCompetence(
        candidate_id=candidate.id,
        competence=competence,
        mastery=Mastery.INDEPENDENT,
        sentence="",
        created_at=now,
        updated_at=now,
    )
    db.session.add(row)
    return row


def _known(competence: str) -> None:
    if competence not in framework().competences:
        raise NotFound


def _tell(
    what: str, candidate: Candidate, competences: list[str], *, actor: User, now: datetime
) -> None:
    """Note it, and let the matches be made anew."""
    changed(candidate, now)
    db.session.flush()
    audit.record(
        f"portfolio.{what}", candidate, actor=actor, now=now, competences=sorted(competences)
    )


def changed(candidate: Candidate, now: datetime) -> None:
    """Say that what somebody shows has changed: the matches are older than the portfolio."""
    candidate.version += 1
    candidate.updated_at = now

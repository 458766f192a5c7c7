"""Signatures for the demo region: asked, signed, taken back, and what waits."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.clock import local_date
from portal.coaching.queries import coach_of
from portal.extensions import db
from portal.organisations.queries import organisation_by_slug
from portal.portfolio import validation_policy as policy
from portal.portfolio import validation_queries as queries
from portal.portfolio import validation_service as service
from portal.portfolio.kinds import Mastery
from portal.portfolio.models import Validation
from portal.portfolio.validation_service import Asked, Signature

_SUPERVISOR = "begeleider@bekwaam.example"
_LINDE = "linde"


class _Signed(NamedTuple):
    """One signature: whose, for what, by whom, how far, where, so many days ago."""

    email: str
    competence: str
    by_coach: bool
    mastery: Mastery
    scope: str
    days: int
    years: int = 2


_NOTES = {
    "kandidaat@bekwaam.example": "Ik draaide in september drie dagen mee op de huiskamer van "
    "De Linde in Heerlen. Rob was er steeds bij.",
    "herintreder@bekwaam.example": "Ik liep in het voorjaar twee weken mee met de thuiszorg in "
    "Gulpen. Daarna hadden we er een gesprek over.",
    "medewerker@bekwaam.example": "Ik viel vorig jaar een maand in op jullie woongroep in Heerlen.",
}
_SIGNED = (
    _Signed(
        "kandidaat@bekwaam.example",
        "cook-for-groups",
        False,
        Mastery.TEACH,
        "In de open keuken van de huiskamer, voor tien bewoners.",
        12,
    ),
    _Signed(
        "kandidaat@bekwaam.example",
        "dementia-contact",
        False,
        Mastery.SUPERVISED,
        "Op de huiskamer, overdag, met een collega in de buurt.",
        12,
        1,
    ),
    _Signed(
        "kandidaat@bekwaam.example",
        "stay-calm-under-pressure",
        True,
        Mastery.INDEPENDENT,
        "In twee loopbaangesprekken en een rollenspel.",
        5,
    ),
    _Signed(
        "herintreder@bekwaam.example",
        "help-washing-dressing",
        False,
        Mastery.INDEPENDENT,
        "Bij cliënten thuis in Gulpen, in de ochtend.",
        30,
        1,
    ),
)
_WAITING = (
    ("kandidaat@bekwaam.example", "help-washing-dressing", False),
    ("herintreder@bekwaam.example", "observe-changes", False),
    ("herintreder@bekwaam.example", "keep-company", True),
    ("medewerker@bekwaam.example", "challenging-behaviour", False),
)


def seed(*, now: datetime) -> Counter[str]:
    """Add what the demo lacks, through the services; who has any signature is left alone."""
    added: Counter[str] = Counter()
    for email, note in _NOTES.items():
        person = find_user(email)
        candidate = of_user(person.id) if person else None
        if person is None or candidate is None or _has_any(candidate.id):
            continue
        mine = {one.competence for one in queries.accepted(candidate.id)}
        for one in _SIGNED:
            if one.email == email and one.competence in mine:
                added["signatures"] += _sign(one, person, note, now)
        for address, competence, by_coach in _WAITING:
            if address == email and competence in mine:
                then = now - timedelta(days=2)
                added["questions to sign"] += len(
                    _ask(person, competence, note, by_coach=by_coach, now=then)
                )
    return added


def _has_any(candidate_id: int) -> bool:
    found = select(Validation.id).where(Validation.candidate_id == candidate_id)
    return db.session.scalar(found.limit(1)) is not None


def _ask(
    person: User, competence: str, note: str, *, by_coach: bool, now: datetime
) -> list[Validation]:
    linde = organisation_by_slug(_LINDE)
    candidate = of_user(person.id)
    if candidate is None or (by_coach and coach_of(candidate.id) is None) or linde is None:
        return []
    asked = Asked() if by_coach else Asked(organisation_id=linde.id)
    return service.ask([competence], asked, note, actor=person, now=now)


def _sign(one: _Signed, person: User, note: str, now: datetime) -> int:
    then = now - timedelta(days=one.days)
    made = _ask(person, one.competence, note, by_coach=one.by_coach, now=then - timedelta(days=2))
    by = made[0].coach if made and one.by_coach else find_user(_SUPERVISOR)
    if not made or by is None:
        return 0
    signature = Signature(
        mastery=one.mastery,
        scope=one.scope,
        valid_until=policy.years_later(local_date(then), one.years),
        name=by.name or ("Petra Vos" if one.by_coach else "Rob Claessens"),
    )
    service.sign(made[0].id, signature, version=made[0].version, actor=by, now=then)
    return 1

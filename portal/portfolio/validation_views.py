"""Requests to sign as the pages show them, to who asks and to who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.clock import local_date
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.portfolio import validation_policy as policy
from portal.portfolio import validation_workflow as workflow
from portal.portfolio.kinds import Grade, Mastery
from portal.portfolio.models import Validation
from portal.portfolio.validation_words import (
    SEEN_LABELS,
    STATE_LABELS,
    competence_label,
    signer,
)
from portal.portfolio.validation_workflow import ValidationAction, ValidationState
from portal.portfolio.words import GRADE_LABELS

_TONES = {
    ValidationState.ASKED: ("hourglass", "pine"),
    ValidationState.SIGNED: ("check", "met"),
    ValidationState.DECLINED: ("x", "gap"),
    ValidationState.CANCELLED: ("undo", "gap"),
    ValidationState.REMOVED: ("undo", "gap"),
    ValidationState.WITHDRAWN: ("undo", "danger"),
    ValidationState.EXPIRED: ("clock", "danger"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationView:
    """One request, with what became of it. `icon` and `tone` are of its state."""

    id: int
    version: int
    competence: str
    label: str
    description: str
    legal: str
    """What the law says of it, when a signature alone does not make it allowed."""
    state: ValidationState
    state_label: str
    icon: str
    tone: str
    who: str
    """Of whom it was asked, as the candidate reads it."""
    person: str
    """Who asks, as the assessor reads it."""
    asked_on: date
    age: int
    note: str
    as_assessor: bool
    mastery_label: str
    grade: Grade | None
    grade_label: str
    scope: str
    valid_until: date | None
    days_left: int | None
    signed_on: date | None
    signed_name: str
    agreed: bool | None
    answer: str
    reason: str
    """Why it was not signed, or was taken back."""
    actions: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether it counts today."""
        return self.state is ValidationState.SIGNED and (self.days_left or 0) >= 0

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within the time of the warning."""
        return self.counts and (self.days_left or 0) <= policy.WARN_BEFORE.days


def validation_view(one: Validation, today: date) -> ValidationView:
    """Tell one request; texts of people are shown to these two and nobody else."""
    competence = framework().competences.get(one.competence)
    state = ValidationState(one.state)
    if state is ValidationState.SIGNED and one.valid_until and one.valid_until < today:
        # The worker notes it at night; until then it reads the same.
        state = ValidationState.EXPIRED
    icon, tone = _TONES[state]
    grade = Grade(one.grade) if one.grade else None
    return ValidationView(
        id=one.id,
        version=one.version,
        competence=one.competence,
        label=competence_label(one.competence),
        description=competence.description(data_language()) if competence else "",
        legal=(competence.legal_basis or "") if competence else "",
        state=state,
        state_label=str(STATE_LABELS[state]),
        icon=icon,
        tone=tone,
        who=one.coach.name or signer(one) if one.coach else signer(one),
        person=one.candidate.user.name or one.candidate.code,
        asked_on=local_date(one.asked_at),
        age=(today - local_date(one.asked_at)).days,
        note=one.asked_note,
        as_assessor=one.as_assessor,
        mastery_label=str(SEEN_LABELS[Mastery(one.mastery)]) if one.mastery else "",
        grade=grade,
        grade_label=str(GRADE_LABELS[grade]) if grade else "",
        scope=one.scope,
        valid_until=one.valid_until,
        days_left=policy.days_left(one.valid_until, today) if one.valid_until else None,
        signed_on=local_date(one.signed_at) if one.signed_at else None,
        signed_name=one.signed_name,
        agreed=one.agreed,
        answer=one.answer,
        reason=one.decline_reason or one.withdraw_reason,
        actions=frozenset(
            action.value for action in ValidationAction if workflow.may(state, action)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPerson:
    """What one person asked at one moment."""

    name: str
    note: str
    age: int
    what: str
    asks: tuple[ValidationView, ...]


def by_person(found: Sequence[Validation], today: date) -> list[WaitingPerson]:
    """Put together what was asked at once, in the order in which it was asked."""
    together: dict[tuple[int, str], list[ValidationView]] = {}
    for one in found:
        key = (one.candidate_id, one.asked_at.isoformat())
        together.setdefault(key, []).append(validation_view(one, today))
    return [
        WaitingPerson(
            name=asks[0].person,
            note=asks[0].note,
            age=asks[0].age,
            what=ngettext("%(num)s handtekening", "%(num)s handtekeningen", len(asks)),
            asks=tuple(asks),
        )
        for asks in together.values()
    ]


def agreement_of(view: ValidationView) -> dict[str, object]:
    """What was signed, as components/agreement.html takes it."""
    terms: list[tuple[str, object, bool]] = [
        (_("Hoe goed"), view.mastery_label, False),
        (_("In welke situatie"), view.scope, False),
        (_("Telt tot en met"), view.valid_until, False),
        (_("Zo sterk telt het"), view.grade_label, False),
    ]
    signed = {
        "name": view.signed_name,
        "role": view.who if view.who != view.signed_name else "",
        "state": "signed" if view.state is not ValidationState.WITHDRAWN else "void",
        "date": view.signed_on,
        "words": "",
        "you": False,
    }
    answer = {
        "name": view.person,
        "role": "",
        "state": {None: "waiting", True: "signed", False: "declined"}[view.agreed],
        "date": None,
        "words": view.answer,
        "you": False,
    }
    return {
        "title": _("Getekend voor: %(what)s", what=view.label),
        "terms": terms,
        "parties": [signed, answer],
        "voided": view.reason if view.state is ValidationState.WITHDRAWN else "",
    }

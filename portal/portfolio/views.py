"""A portfolio as pages show it: by group, each competence with its grade and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from flask_babel import format_decimal
from flask_babel import gettext as _

from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.presenting import LEVEL_TEXTS
from portal.portfolio import policy, queries
from portal.portfolio.models import (
    CompetenceState,
    EvidenceItem,
    EvidenceKind,
    Grade,
    Mastery,
    PortfolioCompetence,
    Validation,
)
from portal.portfolio.policy import State
from portal.portfolio.validation_words import discreet_signer
from portal.portfolio.words import (
    GRADE_LABELS,
    GROUP_LABELS,
    KIND_LABELS,
    MASTERY_LABELS,
    MASTERY_OF_SOMEBODY,
    OTHER_GROUP,
    STATE_LABELS,
)
from portal.when import day_text

_TELLING: Final = frozenset(
    {
        EvidenceKind.DIPLOMA,
        EvidenceKind.CERTIFICATE,
        EvidenceKind.PRACTICE_STATEMENT,
        EvidenceKind.REGISTER,
        EvidenceKind.VOG,
        EvidenceKind.DRIVING_LICENCE,
    }
)
"""Kinds whose title is that of a course or register, and leads to nobody."""

_BY_GATE: Final = frozenset({EvidenceKind.REGISTER, EvidenceKind.VOG, EvidenceKind.DRIVING_LICENCE})
"""Kinds that are named by their gate, so in the language of who looks."""


class Seen(StrEnum):
    """Who looks, and so how much is told."""

    OWN = "own"
    NAMED = "named"
    """Somebody who may know the name: after an application, or with a link that shows it."""
    ANONYMOUS = "anonymous"
    """Somebody who may not know the name yet: no own words, no names, no places of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One piece of evidence, as components/evidence.html takes it and with what lists need.

    `kind` and `source` are words; `file_id` and `number` only for the person, `contact` only
    where the person lets others see it. `checked_by` is empty when nobody looked.
    """

    id: int
    kind_id: EvidenceKind
    kind: str
    title: str
    source: str
    when: str
    grade: Grade
    grade_label: str
    state: State
    state_label: str
    checked_by: str
    checked_on: date | None
    until: date | None
    sent_on: date | None
    reason: str
    gate: str
    number: str
    url: str
    contact: str
    detail: str
    file_id: int | None
    file_name: str
    version: int

    @property
    def checked(self) -> bool:
        """Whether a person confirmed it."""
        return self.checked_on is not None and self.state is not State.REJECTED

    @property
    def counts(self) -> bool:
        """Whether it still counts in full."""
        return self.state not in (State.EXPIRED, State.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationLine:
    """Somebody signed for a competence."""

    id: int
    signed_by: str
    organisation: str
    mastery_label: str
    grade: Grade
    grade_label: str
    scope: str
    signed_on: date | None
    until: date | None
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceView:
    """A competence of somebody: how well, how well shown today, and by what."""

    id: str
    label: str
    description: str
    mastery: Mastery
    mastery_label: str
    grade: Grade
    grade_label: str
    sentence: str
    evidence: tuple[EvidenceLine, ...]
    validations: tuple[ValidationLine, ...]

    @property
    def checked(self) -> bool:
        """Whether a person confirmed any of it."""
        return any(one.checked and one.counts for one in self.evidence) or any(
            not one.expired for one in self.validations
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Competences that belong together, the best shown first."""

    id: str
    label: str
    competences: tuple[CompetenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioView:
    """All of a portfolio. `papers` are facts that the law or a register asks for."""

    groups: tuple[GroupView, ...]
    papers: tuple[EvidenceLine, ...]
    loose: tuple[EvidenceLine, ...]
    """Evidence that shows no competence of the portfolio and is no such paper."""
    dropped: int

    @property
    def competences(self) -> tuple[CompetenceView, ...]:
        """The competences of all groups."""
        return tuple(one for group in self.groups for one in group.competences)

    @property
    def total(self) -> int:
        """How many competences there are."""
        return sum(len(group.competences) for group in self.groups)

    def count(self, grade: Grade) -> int:
        """How many competences are shown with this grade."""
        return sum(one.grade is grade for one in self.competences)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.groups or self.papers or self.loose)


def portfolio_view(candidate_id: int, today: date, *, seen: Seen = Seen.OWN) -> PortfolioView:
    """Return the portfolio of somebody in the words of who looks, in three queries."""
    return portfolio_views([candidate_id], today, seen=seen)[candidate_id]


def portfolio_views(
    candidate_ids: list[int], today: date, *, seen: Seen = Seen.ANONYMOUS
) -> dict[int, PortfolioView]:
    """The same for several people, in three queries for all of them together."""
    rows = queries.by_person(queries.competences(*candidate_ids))
    items = queries.by_person(queries.evidence(*candidate_ids))
    signed = queries.by_person(queries.validations(*candidate_ids))
    return {
        one: _portfolio(rows.get(one, []), items.get(one, []), signed.get(one, []), today, seen)
        for one in candidate_ids
    }


def competence_view(candidate_id: int, competence: str, today: date) -> CompetenceView | None:
    """Return one accepted competence of somebody, for the own page."""
    view = portfolio_view(candidate_id, today)
    return next((one for one in view.competences if one.id == competence), None)


def group_of(competence: str) -> str:
    """Return the group of the framework that a competence stands in; empty when in none."""
    groups = framework().groups
    return next((group for group, ids in groups.items() if competence in ids), "")


def label_of(competence: str) -> str:
    """The name of a competence in the language of who looks; empty when there is none."""
    known = framework().competences.get(competence)
    return known.label(data_language()) if known else ""


def group_label(group: str) -> str:
    """The name of a group for people."""
    return str(GROUP_LABELS.get(group, OTHER_GROUP))


def evidence_line(item: EvidenceItem, today: date, seen: Seen = Seen.OWN) -> EvidenceLine:
    """Tell one piece of evidence to who looks."""
    kind = EvidenceKind(item.kind)
    own, named = seen is Seen.OWN, seen is not Seen.ANONYMOUS
    state = policy.state(item, today)
    grade = policy.grade_today(item, today) or Grade.CLAIMED
    known = framework().gates.get(item.gate or "")
    checker = item.checked_by.name if item.checked_by and named else ""
    return EvidenceLine(
        id=item.id,
        kind_id=kind,
        kind=str(KIND_LABELS[kind]),
        title=_title(item, kind, named=named),
        source=item.issuer if named else "",
        when=when_text(item),
        grade=grade,
        grade_label=str(GRADE_LABELS[grade]),
        state=state,
        state_label=str(STATE_LABELS[state]),
        checked_by=(checker or _("iemand van het loket")) if item.checked_on else "",
        checked_on=item.checked_on,
        until=item.expires_on,
        sent_on=_day(item) if own else None,
        reason=item.check_note if own else "",
        gate=known.label(data_language()) if known else "",
        number=item.number if own else "",
        url=item.url if named else "",
        contact=item.contact if own or (named and item.contact_shown) else "",
        detail=item.detail if named else "",
        file_id=item.file_id if own else None,
        file_name=item.file.name if own and item.file else "",
        version=item.version,
    )


def _title(item: EvidenceItem, kind: EvidenceKind, *, named: bool) -> str:
    gate = framework().gates.get(item.gate or "")
    if kind in _BY_GATE and gate is not None:
        return gate.label(data_language())
    return item.title if named or kind in _TELLING else str(KIND_LABELS[kind])


def when_text(item: EvidenceItem) -> str:
    """From when until when, or the year of a paper, with hours and level where they were told."""
    parts = [_period(item)]
    if item.level:
        parts.append(str(LEVEL_TEXTS.get(item.level, "")))
    if item.hours_week:
        parts.append(_("%(hours)s uur per week", hours=format_decimal(item.hours_week)))
    return ", ".join(part for part in parts if part)


def _period(item: EvidenceItem) -> str:
    if item.from_date and item.to_date:
        first, last = item.from_date.year, item.to_date.year
        return str(first) if first == last else _("%(a)s tot %(b)s", a=first, b=last)
    if item.from_date:
        return _("sinds %(year)s", year=item.from_date.year)
    if item.to_date:
        return _("tot %(year)s", year=item.to_date.year)
    if item.issued_on is None:
        return ""
    day = EvidenceKind(item.kind) in (EvidenceKind.VOG, EvidenceKind.REGISTER)
    return day_text(item.issued_on, "d MMMM yyyy" if day else "yyyy")


def _day(item: EvidenceItem) -> date | None:
    return item.check_asked_at.date() if item.check_asked_at else None


def _portfolio(
    rows: list[PortfolioCompetence],
    items: list[EvidenceItem],
    signed: list[Validation],
    today: date,
    seen: Seen,
) -> PortfolioView:
    known = framework()
    lines = [(item, evidence_line(item, today, seen)) for item in items]
    accepted = {one.competence: one for one in rows if one.state == CompetenceState.ACCEPTED}
    views = {
        key: _competence(
            row,
            [line for item, line in lines if key in item.competences],
            [one for one in signed if one.competence == key],
            today,
            seen,
        )
        for key, row in accepted.items()
        if key in known.competences
    }
    order = tuple(Grade)
    groups = []
    for group in (*GROUP_LABELS, *(one for one in known.groups if one not in GROUP_LABELS)):
        inside = [views[key] for key in known.groups.get(group, ()) if key in views]
        inside.sort(key=lambda one: -order.index(one.grade))
        if inside:
            groups.append(GroupView(id=group, label=group_label(group), competences=tuple(inside)))
    return PortfolioView(
        groups=tuple(groups),
        papers=tuple(line for item, line in lines if item.gate),
        loose=tuple(
            line
            for item, line in lines
            if not item.gate and not any(key in views for key in item.competences)
        ),
        dropped=sum(one.state == CompetenceState.DROPPED for one in rows),
    )


def _competence(
    row: PortfolioCompetence,
    lines: list[EvidenceLine],
    signed: list[Validation],
    today: date,
    seen: Seen,
) -> CompetenceView:
    competence = framework().competences[row.competence]
    mastery = Mastery(row.mastery)
    told = [_validation(one, today, seen) for one in signed]
    grade = policy.strongest(
        [
            *(one.grade for one in lines if one.state is not State.REJECTED),
            *(one.grade for one in told if not one.expired),
        ]
    )
    words = MASTERY_LABELS if seen is Seen.OWN else MASTERY_OF_SOMEBODY
    return CompetenceView(
        id=competence.id,
        label=competence.label(data_language()),
        description=competence.description(data_language()),
        mastery=mastery,
        mastery_label=str(words[mastery]),
        grade=grade,
        grade_label=str(GRADE_LABELS[grade]),
        sentence="" if seen is Seen.ANONYMOUS else row.sentence,
        evidence=tuple(lines),
        validations=tuple(told),
    )


def _validation(one: Validation, today: date, seen: Seen) -> ValidationLine:
    grade = Grade(one.grade or Grade.CLAIMED)
    named = seen is not Seen.ANONYMOUS
    return ValidationLine(
        id=one.id,
        signed_by=one.signed_name if named else discreet_signer(one),
        organisation=one.organisation.name if one.organisation and named else "",
        mastery_label=str(MASTERY_OF_SOMEBODY[Mastery(one.mastery)]) if one.mastery else "",
        grade=grade,
        grade_label=str(GRADE_LABELS[grade]),
        scope=one.scope if named else "",
        signed_on=one.signed_at.date() if one.signed_at else None,
        until=one.valid_until,
        expired=one.valid_until is not None and one.valid_until < today,
    )

"""A match as a card: the level in words, what fits, what is missing, and how to get there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_decimal

from matcher import Framework, Grade, Match, Reason, Requirement, Status
from portal.languages import page_language
from portal.matching.words import (
    LEVEL_LABELS,
    STATUS_LABELS,
    Wording,
    because,
    help_with,
    in_language,
    next_step,
    own_words,
    route_summary,
)
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import FORM_LABELS, OpportunityCard, card

GLANCE = 2
"""Requirements that are named before the card is opened; the others are counted."""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One requirement beside the person's own sentence."""

    id: str
    key: str
    text: str
    language: str
    status: str
    status_label: str
    evidence: str | None
    help: str
    legal: bool
    on_file: bool
    gate: str | None
    answered: str | None
    critical: bool
    grade: str = ""
    """How well it is shown, when somebody else saw it; then `evidence` says who, or what."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One learning activity of a route."""

    id: str
    title: str
    form_label: str
    weeks: int
    hours_per_week: str
    paid: bool
    closes: tuple[Wording, ...]
    provider: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A few requirements by name, and how many more there are."""

    named: tuple[ReasonView, ...]
    more: int


class Judged:
    """What a match says in words. `written_in` is the language of requirements in own words."""

    def __init__(
        self, match: Match, framework: Framework, language: str, written_in: str = ""
    ) -> None:
        match = in_language(match, framework, language)
        texts = {
            reason.requirement.id: _wording(reason.requirement, framework, language, written_in)
            for reason in match.reasons
        }
        weeks = dict(match.route.on_the_job)
        self.level = match.deployability.level.value
        self.level_label = str(LEVEL_LABELS[match.deployability.level])
        self.level_because = because(match, texts)
        self.reasons = [
            _reason(reason, texts[reason.requirement.id], weeks, framework, language)
            for reason in match.reasons
        ]
        counts = [reason.status for reason in match.reasons]
        self.met = counts.count(Status.MET)
        self.partly = counts.count(Status.PARTLY)
        self.not_shown = counts.count(Status.NOT_SHOWN)
        self.total = len(counts)
        self.fits = _glance(self.reasons, "met", "partly")
        self.missing = _glance(self.reasons, "not_shown")
        self.next_step = next_step(match)
        self.route = [
            _step(step.activity, [texts[one] for one in step.closes], framework, language)
            for step in match.route.steps
        ]
        self.route_summary = route_summary(match)
        self.learnt_there = [
            (texts[requirement], number) for requirement, number in match.route.on_the_job
        ]


class MatchCard(Judged):
    """An opportunity's card with what the match adds to it."""

    def __init__(
        self, match: Match, opportunity: Opportunity, framework: Framework, language: str
    ) -> None:
        super().__init__(match, framework, language, opportunity.language)
        self._card: OpportunityCard = card(opportunity, distance_km=match.distance_km)
        self.id = opportunity.id
        self.slug = opportunity.slug
        self.title = opportunity.title
        self.place = opportunity.site.place
        self.distance_km = match.distance_km
        self.at = (opportunity.site.latitude, opportunity.site.longitude)

    def __getattr__(self, name: str) -> object:
        """Everything of the opportunity itself."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._card, name)


def _glance(reasons: list[ReasonView], *statuses: str) -> Glance:
    """Those of the first status before those of the next, important ones before the others."""
    found = [one for one in reasons if one.status in statuses]
    found.sort(key=lambda one: (statuses.index(one.status), not (one.critical or one.legal)))
    return Glance(tuple(found[:GLANCE]), len(found[GLANCE:]))


def _reason(
    reason: Reason,
    wording: Wording,
    weeks: Mapping[str, int],
    framework: Framework,
    language: str,
) -> ReasonView:
    requirement = reason.requirement
    return ReasonView(
        id=requirement.id,
        key=requirement.key,
        text=wording.text,
        language=wording.language,
        status=reason.status.value,
        status_label=str(STATUS_LABELS[reason.status]),
        evidence=reason.evidence,
        help=help_with(reason, weeks, framework, language),
        legal=requirement.legal,
        on_file=requirement.legal and reason.status is Status.MET,
        gate=requirement.gate,
        answered=reason.answered.value if reason.answered else None,
        critical=requirement.critical,
        grade=_seen_by_others(reason),
    )


def _seen_by_others(reason: Reason) -> str:
    """The grade of evidence that somebody else stands for; what is only told has none here."""
    if reason.requirement.legal or reason.grade in (None, Grade.CLAIMED):
        return ""
    return str(reason.grade)


def _wording(
    requirement: Requirement, framework: Framework, language: str, written_in: str
) -> Wording:
    spoken = written_in if own_words(requirement, framework) else language
    return Wording(requirement.text, "" if spoken == page_language().code else spoken)


def _step(activity_id: str, closes: list[Wording], framework: Framework, language: str) -> StepView:
    activity = framework.learning[activity_id]
    return StepView(
        id=activity.id,
        title=activity.label(language),
        form_label=str(FORM_LABELS[activity.form.value]),
        weeks=activity.weeks,
        hours_per_week=format_decimal(activity.hours_per_week),
        paid=activity.paid,
        closes=tuple(closes),
        provider=activity.provider,
    )

"""What the pages of matching show, put together from the engine's answer and the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Field

from matcher import Framework, Match, Reason, Requirement, Status
from portal.clock import local_date
from portal.matching.asked import hours_text, place_text
from portal.matching.forms import DAY_PART_LABELS, TIME_LABELS, FilterForm
from portal.matching.models import MatchRequest
from portal.matching.service import place_of, profile_of
from portal.matching.words import (
    LEVEL_LABELS,
    STATUS_LABELS,
    Wording,
    because,
    help_with,
    in_language,
    own_words,
    route_summary,
)
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import FORM_LABELS, KIND_LABELS, OpportunityCard, card


@dataclass(frozen=True, slots=True)
class AskView:
    """What was asked, to show and to change."""

    token: str
    skills: str
    ambition: str
    place: str
    hours_text: str
    expires_on: date


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


class MatchCard:
    """An opportunity's card with what the match adds to it."""

    def __init__(
        self, match: Match, opportunity: Opportunity, framework: Framework, language: str
    ) -> None:
        match = in_language(match, framework, language)
        self._card: OpportunityCard = card(opportunity, distance_km=match.distance_km)
        texts = {
            reason.requirement.id: _wording(reason.requirement, framework, language, opportunity)
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
        self.route = [
            _step(step.activity, [texts[one] for one in step.closes], framework, language)
            for step in match.route.steps
        ]
        self.route_summary = route_summary(match)
        self.on_the_job = [
            _learnt_there(texts[requirement], number)
            for requirement, number in match.route.on_the_job
        ]

    def __getattr__(self, name: str) -> object:
        """Everything of the opportunity itself."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._card, name)


def ask_view(request: MatchRequest) -> AskView:
    """What was asked, as the pages show it."""
    return AskView(
        token=request.token,
        skills=request.skills,
        ambition=request.ambition,
        place=place_text(place_of(request)),
        hours_text=hours_label(request),
        expires_on=local_date(request.expires_at),
    )


def hours_label(request: MatchRequest) -> str:
    """The hours in words; empty when none were given."""
    typed = hours_text(profile_of(request).hours)
    if not typed:
        return ""
    low, *high = (format_decimal(number) for number in typed.split("-"))
    if high:
        return _("%(low)s tot %(high)s uur", low=low, high=high[0])
    return _("ongeveer %(hours)s uur", hours=low)


def active_filters(form: FilterForm, request: MatchRequest) -> list[tuple[str, dict[str, object]]]:
    """The filters that are on: what each says, and the address without it."""
    arguments = form_arguments(form)
    found: list[tuple[str, dict[str, object]]] = []
    if form.travel_km is not None and request.place:
        label = _("tot %(km)s kilometer", km=f"{form.travel_km:g}")
        found.append((label, {**arguments, "distance": "0"}))
    if form.found_hours is not None:
        typed = hours_text(form.found_hours)
        found.append((_("%(hours)s uur", hours=typed), {**arguments, "hours": ""}))
    for name, labels in (
        ("part", {key: str(label) for key, label in DAY_PART_LABELS.items()}),
        ("level", {key.value: str(label) for key, label in LEVEL_LABELS.items()}),
        ("kind", {key: str(label) for key, label in KIND_LABELS.items()}),
        ("field", _labels(form.field)),
        ("not_part", _without_times()),
        (
            "not_group",
            {k: _("niet met %(who)s", who=v) for k, v in _labels(form.not_group).items()},
        ),
        ("not_work", {k: _("zonder %(what)s", what=v) for k, v in _labels(form.not_work).items()}),
    ):
        chosen = list(form[name].data or ())
        found += [
            (labels[one], {**arguments, name: [other for other in chosen if other != one]})
            for one in chosen
        ]
    for name, label in (
        ("without_diploma", _("zonder diploma-eis")),
        ("no_licence", _("zonder rijbewijs")),
    ):
        if form[name].data:
            found.append((label, _without(arguments, name)))
    return found


def _labels(field: Field) -> dict[str, str]:
    return {str(key): str(label) for key, label in field.choices or ()}


def _without_times() -> dict[str, str]:
    return {key: _("niet %(when)s", when=label) for key, label in TIME_LABELS.items()}


def form_arguments(form: FilterForm) -> dict[str, object]:
    """The filters as arguments of an address; what is as usual stays out, but for the limits."""
    arguments: dict[str, object] = {
        "distance": form.distance.data or "0",
        "hours": form.hours.data or "",
    }
    if form.weight.data is not None and form.weight.data != 50:
        arguments["weight"] = form.weight.data
    for name in ("part", "level", "kind", "field", "not_part", "not_group", "not_work"):
        if form[name].data:
            arguments[name] = form[name].data
    for name in ("without_diploma", "no_licence"):
        if form[name].data:
            arguments[name] = "y"
    return arguments


def loosen(
    left_out: Mapping[str, int],
    form: FilterForm,
    address: Callable[[Mapping[str, object]], str],
) -> list[tuple[str, str]]:
    """What brings more: per filter that alone keeps something away, how many, and the link."""
    arguments = form_arguments(form)
    ways: dict[str, tuple[str, dict[str, object]]] = {
        "distance": (_("verder reizen"), {**arguments, "distance": "0"}),
        "hours": (_("andere uren"), {**arguments, "hours": ""}),
        "day_parts": (_("andere dagen en tijden"), _without(arguments, "part")),
        "kind": (_("elke soort werk"), _without(arguments, "kind")),
        "field": (_("alle sectoren"), _without(arguments, "field")),
        "level": (_("ook later beginnen"), _without(arguments, "level")),
        "diploma": (_("ook werk met een diploma-eis"), _without(arguments, "without_diploma")),
        "not_parts": (_("ook op andere tijden"), _without(arguments, "not_part")),
        "not_groups": (_("ook met andere mensen"), _without(arguments, "not_group")),
        "not_competences": (_("ook ander werk"), _without(arguments, "not_work")),
        "not_gates": (_("ook werk met een rijbewijs"), _without(arguments, "no_licence")),
    }
    found = []
    for name, count in sorted(left_out.items(), key=lambda pair: -pair[1]):
        if count:
            label, changed = ways[name]
            sentence = ngettext(
                "%(way)s: %(num)s plek meer", "%(way)s: %(num)s plekken meer", count, way=label
            )
            found.append((sentence, address(changed)))
    return found


def _without(arguments: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in arguments.items() if key != name}


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
    )


def _wording(
    requirement: Requirement, framework: Framework, language: str, opportunity: Opportunity
) -> Wording:
    foreign = opportunity.language != language and own_words(requirement, framework)
    return Wording(requirement.text, opportunity.language if foreign else "")


def _learnt_there(wording: Wording, weeks: int) -> Markup:
    # The sentence is filled in twice, so that only our own words count as markup.
    sentence = ngettext(
        "%(what)s leer je daar op het werk, in ongeveer %(num)s week.",
        "%(what)s leer je daar op het werk, in ongeveer %(num)s weken.",
        weeks,
        what="“%(what)s”",
    )
    return escape(sentence) % {"what": wording}


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

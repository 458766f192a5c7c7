"""What the pages of opportunities show, put together from rows and the framework."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import pictures
from portal.applications import standing
from portal.clock import local_date
from portal.languages import data_language
from portal.matching.knowledge import Place, framework
from portal.opportunities import policy
from portal.opportunities.forms import BrowseForm
from portal.opportunities.models import Contract, Opportunity, OpportunityRequirement
from portal.opportunities.presenting import (
    CLOSED_LABELS,
    CONTRACT_LABELS,
    KIND_LABELS,
    LEVEL_TEXTS,
    SHAPE_LABELS,
    STATUS_LABELS,
    day_parts_text,
    diploma_text,
    hours_text,
    pay_text,
)
from portal.opportunities.queries import OnOffer
from portal.opportunities.workflow import Action, Status, actions_from


class RequirementLine(NamedTuple):
    """One requirement, with what it means and how long it takes to learn there."""

    text: str
    critical: bool
    learnable: bool
    legal: bool
    explanation: str
    learn_weeks: int | None
    own_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityPage:
    """Everything that the page of an opportunity tells."""

    slug: str
    title: str
    kind_label: str
    organisation: str
    organisation_about: str
    site: str
    place: str
    text_paragraphs: tuple[str, ...]
    tasks: tuple[str, ...]
    requirements: tuple[RequirementLine, ...]
    hours_text: str
    day_parts: int
    day_parts_text: str
    hours_flexible: bool
    level_text: str
    diploma_text: str
    pay_text: str
    pay_part_text: str
    pay_group: str | None
    collective_agreement: str | None
    contract_label: str
    learning_paid: bool
    guidance: str | None
    support: tuple[str, ...]
    places: int
    closes_on: date | None
    closes_in_days: int | None
    language: str
    profession_label: str
    profession_description: str
    shape_label: str
    answer_text: str
    crowded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRow:
    """One opportunity in an employer's own list."""

    slug: str
    title: str
    status: str
    version: int
    kind_label: str
    site: str
    closes_on: date | None
    closes_in_days: int | None
    updated_at: datetime
    age_text: str
    is_open: bool
    can_edit: bool
    can_publish: bool
    can_close: bool
    can_reopen: bool
    lapses_in_days: int | None
    """Days until it lapses, when that is soon."""
    closed_text: str


def opportunity_page(opportunity: Opportunity, today: date) -> OpportunityPage:
    """Tell everything of an opportunity, in the language of who looks."""
    site = opportunity.site
    profession = framework().professions.get(opportunity.profession or "")
    shape = SHAPE_LABELS.get(opportunity.shape or "")
    return OpportunityPage(
        slug=opportunity.slug,
        title=opportunity.title,
        kind_label=str(KIND_LABELS[opportunity.kind]),
        organisation=site.organisation.name,
        organisation_about=site.organisation.about,
        site=site.name,
        place=site.place,
        text_paragraphs=tuple(
            " ".join(part.split()) for part in opportunity.text.split("\n\n") if part.strip()
        ),
        tasks=tuple(opportunity.tasks),
        requirements=tuple(requirement_line(one) for one in opportunity.requirements),
        hours_text=hours_text(opportunity.hours_min, opportunity.hours_max),
        day_parts=opportunity.day_parts,
        day_parts_text=day_parts_text(opportunity.day_parts),
        hours_flexible=opportunity.hours_flexible,
        level_text=str(LEVEL_TEXTS[opportunity.level]),
        diploma_text=diploma_text(opportunity.level, required=opportunity.diploma_required),
        pay_text=pay_text(opportunity.pay_min, opportunity.pay_max),
        pay_part_text=_pay_part_text(opportunity),
        pay_group=opportunity.pay_group,
        collective_agreement=opportunity.collective_agreement,
        contract_label=str(CONTRACT_LABELS[opportunity.contract]),
        learning_paid=opportunity.learning_paid,
        guidance=opportunity.guidance,
        support=tuple(opportunity.support),
        places=opportunity.places,
        closes_on=opportunity.closes_on,
        closes_in_days=_days_left(opportunity, today),
        language=opportunity.language,
        profession_label=profession.label(data_language()) if profession else "",
        profession_description=profession.description(data_language()) if profession else "",
        shape_label=str(shape) if shape else "",
        answer_text=standing.line(standing.rate_of(site.organisation_id)),
        crowded=standing.is_crowded(opportunity.id),
    )


def region_map(
    places: Iterable[tuple[OnOffer, float | None]],
    home: Place | None,
    *,
    url: Callable[..., str],
    chosen: str = "",
) -> pictures.RegionMap:
    """Draw what there is in each place; each leads to the list of that place."""
    spots = [
        pictures.Spot(
            name=one.place.name,
            latitude=one.place.latitude,
            longitude=one.place.longitude,
            count=one.count,
            km=km,
            url=url(at=one.place.name),
            chosen=one.place.name == chosen,
        )
        for one, km in places
    ]
    drawn = pictures.Home(home.name, home.latitude, home.longitude) if home else None
    return pictures.region(spots, drawn)


def pay_picture(opportunity: Opportunity, places: Iterable[OnOffer]) -> pictures.Pay | None:
    """Draw the pay among all pay of the region; an allowance is no pay."""
    if opportunity.contract == Contract.PLACEMENT:
        return None
    found = [
        (one.pay_low, one.pay_high)
        for one in places
        if one.pay_low is not None and one.pay_high is not None
    ]
    region = (min(low for low, _ in found), max(high for _, high in found)) if found else None
    return pictures.pay(opportunity.pay_min, opportunity.pay_max, region)


def _pay_part_text(opportunity: Opportunity) -> str:
    """What the pay comes to for the hours of this opening; empty where that says nothing new."""
    if opportunity.contract == Contract.PLACEMENT:
        return ""
    found = pictures.part_time(
        (opportunity.pay_min, opportunity.pay_max),
        (opportunity.hours_min, opportunity.hours_max),
        opportunity.collective_agreement,
    )
    if found is None:
        return ""
    hours = hours_text(opportunity.hours_min, opportunity.hours_max)
    return _(
        "Bij %(hours)s per week is dat ongeveer %(pay)s, bruto.", hours=hours, pay=pay_text(*found)
    )


def requirement_line(asked: OpportunityRequirement) -> RequirementLine:
    """Tell a requirement: in the employer's words, or else in those of the framework."""
    competence = framework().competences.get(asked.competence or "")
    gate = framework().gates.get(asked.gate or "")
    known = competence or gate
    weeks = competence.weeks_on_the_job if competence and asked.learnable else None
    return RequirementLine(
        text=asked.text
        or (known.label(data_language()) if known else asked.competence or asked.gate)
        or "",
        critical=asked.critical,
        learnable=asked.learnable,
        legal=asked.gate is not None,
        explanation=known.description(data_language()) if known else "",
        learn_weeks=weeks,
        own_words=bool(asked.text),
    )


def employer_groups(
    opportunities: list[Opportunity], now: datetime, *, recruits_for: Collection[int]
) -> list[tuple[str, list[EmployerRow]]]:
    """An employer's own list: per status its rows, the newest first.

    `recruits_for` are the organisations that the person may post for; of others it only sees.
    """
    rows = [
        _employer_row(one, now, manages=policy.may_manage(one.site.organisation_id, recruits_for))
        for one in opportunities
    ]
    order = (Status.DRAFT, Status.PUBLISHED, Status.CLOSED)
    groups = [
        (str(STATUS_LABELS[status]), [row for row in rows if row.status == status])
        for status in order
    ]
    return [(label, found) for label, found in groups if found]


def _employer_row(opportunity: Opportunity, now: datetime, *, manages: bool) -> EmployerRow:
    actions = actions_from(Status(opportunity.status)) if manages else ()
    today = local_date(now)
    return EmployerRow(
        slug=opportunity.slug,
        title=opportunity.title,
        status=opportunity.status,
        version=opportunity.version,
        kind_label=str(KIND_LABELS[opportunity.kind]),
        site=opportunity.site.name,
        closes_on=opportunity.closes_on,
        closes_in_days=_days_left(opportunity, today),
        updated_at=opportunity.updated_at,
        age_text=_age_text((today - local_date(opportunity.updated_at)).days),
        is_open=policy.visible_to_visitors(opportunity, today),
        can_edit=manages,
        can_publish=Action.PUBLISH in actions,
        can_close=Action.CLOSE in actions,
        can_reopen=Action.REOPEN in actions,
        lapses_in_days=_lapses_soon(opportunity, today) if manages else None,
        closed_text=str(CLOSED_LABELS.get(opportunity.close_reason or "", "")),
    )


def active_filters(form: BrowseForm, url: Callable[..., str]) -> list[tuple[str, str]]:
    """What limits the list, each with the address of the list without it."""
    arguments = form.arguments()
    found: list[tuple[str, str]] = []

    def add(label: str, *names: str) -> None:
        left = {key: value for key, value in arguments.items() if key not in names}
        found.append((label, url(**left)))

    if form.q.data:
        add(f"“{form.q.data}”", "q")
    if form.found_place and form.distance.data:
        near = _("tot %(km)s km van %(place)s", km=form.distance.data, place=form.found_place.name)
        add(near, "distance")
    if form.at.data:
        add(_("in %(place)s", place=form.at.data), "at")
    if form.found_hours:
        add(_("%(hours)s uur", hours=form.hours_said), "hours")
    for field in (form.part, form.kind, form.field, form.level):
        labels = {choice.value: choice.label for choice in field.choices}
        for one in field.data or ():
            others = [other for other in field.data if other != one]
            found.append((labels[one], url(**(arguments | {field.name: others}))))
    for field in (form.without_diploma, form.paid_learning):
        if field.data:
            add(str(field.label.text), field.name)
    return found


def _age_text(days: int) -> str:
    if days <= 0:
        return _("vandaag veranderd")
    return ngettext("%(num)s dag geleden veranderd", "%(num)s dagen geleden veranderd", days)


def _lapses_soon(opportunity: Opportunity, today: date) -> int | None:
    day = policy.lapses_on(opportunity)
    left = (day - today).days if day else policy.MARK_FROM + 1
    return left if left <= policy.MARK_FROM else None


def _days_left(opportunity: Opportunity, today: date) -> int | None:
    return (opportunity.closes_on - today).days if opportunity.closes_on else None

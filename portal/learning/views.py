"""What the pages of learning show, put together from the framework."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask_babel import format_decimal
from flask_babel import gettext as _

from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.presenting import FORM_LABELS, LEVEL_TEXTS
from portal.opportunities.search import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    """A learning activity as pages show it; competences as (label, description)."""

    id: str
    title: str
    description: str
    form: str
    form_label: str
    weeks: int
    years_text: str
    hours_per_week: str
    hours_text: str
    paid: bool
    provider: str
    entry_text: str
    competences: tuple[tuple[str, str], ...]
    gates: tuple[tuple[str, str], ...]


def find(text: str, form: str) -> list[ActivityPage]:
    """Return the activities that hold every word, by form and then by title.

    Words are looked for in the title, in what is learnt, and in the papers that it gives.
    """
    words = folded(text).split()
    order = list(FORM_LABELS)
    pages = [activity_page(one) for one in framework().learning]
    found = [
        page
        for page in pages
        if page is not None
        and (not form or page.form == form)
        and all(word in _searched(page) for word in words)
    ]
    return sorted(found, key=lambda page: (order.index(page.form), folded(page.title), page.id))


def activity_page(identifier: str) -> ActivityPage | None:
    """Tell a learning activity in the language of who looks; None for an unknown id."""
    known = framework()
    activity = known.learning.get(identifier)
    if activity is None:
        return None
    spoken = data_language()
    learnt = [known.competences[one] for one in activity.competences]
    papers = [known.gates[one] for one in activity.gates]
    return ActivityPage(
        id=activity.id,
        title=activity.label(spoken),
        description=activity.description(spoken),
        form=activity.form.value,
        form_label=str(FORM_LABELS[activity.form.value]),
        weeks=activity.weeks,
        years_text=_years_text(activity.weeks),
        hours_per_week=format_decimal(activity.hours_per_week),
        hours_text=format_decimal(round(activity.weeks * activity.hours_per_week)),
        paid=activity.paid,
        provider=activity.provider,
        entry_text=_entry_text(activity.entry_level),
        competences=tuple((one.label(spoken), one.description(spoken)) for one in learnt),
        gates=tuple((one.label(spoken), one.description(spoken)) for one in papers),
    )


def grouped(pages: list[ActivityPage]) -> list[tuple[str, list[ActivityPage]]]:
    """Put activities that are in order under their form."""
    return [(label, list(some)) for label, some in groupby(pages, lambda page: page.form_label)]


def _years_text(weeks: int) -> str:
    """A long time in years, to the half; empty for what is told in weeks."""
    years = round(weeks / 26) / 2
    if years < 1:
        return ""
    return _("ongeveer %(years)s jaar", years=format_decimal(years))


def _entry_text(level: int) -> str:
    if level == 0:
        return _("Iedereen. Je hebt geen diploma nodig.")
    return _("Voor wie een diploma heeft op niveau: %(level)s.", level=LEVEL_TEXTS[level])


def _searched(page: ActivityPage) -> str:
    names = [label for label, _description in (*page.competences, *page.gates)]
    return folded("\n".join((page.title, *names)))

"""How an opportunity is told in words: on cards, in lists and on its page.

Labels are lazy: they are read in the language of who looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from flask_babel import format_currency, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.applications import standing
from portal.catalogue import said_before
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities import day_parts
from portal.opportunities.models import CloseReason, Contract, Kind, Opportunity
from portal.opportunities.workflow import Status

Labels = Mapping[str, LazyString]

KIND_LABELS: Final[Labels] = {
    Kind.VACANCY: _l("Vacature"),
    Kind.TRAINEESHIP: _l("Leerbaan of stage"),
    Kind.COMBINED_FUNCTION: _l("Combifunctie"),
}
STATUS_LABELS: Final[Labels] = {
    Status.DRAFT: _l("Concept"),
    Status.PUBLISHED: _l("Online"),
    Status.CLOSED: _l("Gesloten"),
}
CLOSED_LABELS: Final[Labels] = {
    CloseReason.CLOSED: _l("door jullie gesloten"),
    CloseReason.FILLED: _l("vervuld"),
    CloseReason.PAST_LAST_DAY: _l("de laatste dag was voorbij"),
    CloseReason.NOT_CONFIRMED: _l("vervallen: niemand zei dat de plek nog open is"),
}
CONTRACT_LABELS: Final[Labels] = {
    Contract.PERMANENT: _l("vast contract"),
    Contract.FIXED_TERM: _l("tijdelijk contract"),
    Contract.FIXED_TERM_THEN_PERMANENT: _l("eerst tijdelijk, daarna vast"),
    Contract.LEARNING: _l("leerovereenkomst met loon"),
    Contract.PLACEMENT: _l("stageovereenkomst"),
    Contract.PREPARATORY: _l("traject ter voorbereiding"),
}
FORM_LABELS: Final[Labels] = {
    "module": _l("Module"),
    "e_learning": _l("Online les"),
    "practice_statement": _l("Praktijkverklaring"),
    "certificate": _l("Mbo-certificaat"),
    "bbl": _l("Bbl: werken en leren tegelijk"),
    "bol": _l("Bol: school met stage"),
}
LEVEL_TEXTS: Final[Mapping[int, LazyString]] = {
    0: _l("geen diploma nodig"),
    1: _l("mbo 1"),
    2: _l("mbo 2"),
    3: _l("mbo 3"),
    4: _l("mbo 4"),
    6: _l("hbo"),
    7: _l("universiteit"),
}
SHAPE_LABELS: Final[Labels] = {
    "switcher": _l("Voor wie overstapt uit ander werk"),
    "bbl_on_benefit": _l("Leerbaan vanuit een uitkering"),
    "practice_route": _l("Leren in de praktijk"),
    "care_watch": _l("Zorgwacht"),
    "living_room_host": _l("Gastheer of gastvrouw"),
    "carved_job": _l("Baan op maat"),
    "guaranteed_learning_job": _l("Leerbaan met baangarantie"),
    "preparatory_route": _l("Voorbereiding op werk"),
    "practice_statement": _l("Werken naar een praktijkverklaring"),
    "job_coaching": _l("Met een jobcoach"),
    "returner": _l("Voor wie terugkomt in de zorg"),
    "second_track": _l("Voor wie ander werk nodig heeft"),
    "newcomer": _l("Voor nieuwkomers"),
    "contract_extension": _l("Meer uren voor wie hier werkt"),
    "lived_experience": _l("Met eigen ervaring"),
}
WEEKDAY_LABELS: Final[Labels] = {
    "mon": _l("maandag"),
    "tue": _l("dinsdag"),
    "wed": _l("woensdag"),
    "thu": _l("donderdag"),
    "fri": _l("vrijdag"),
    "sat": _l("zaterdag"),
    "sun": _l("zondag"),
}
PART_LABELS: Final[Labels] = {
    "morning": _l("ochtend"),
    "afternoon": _l("middag"),
    "evening": _l("avond"),
    "night": _l("nacht"),
}
_WHEN: Final[Labels] = {
    "morning": _l("'s ochtends"),
    "afternoon": _l("'s middags"),
    "evening": _l("'s avonds"),
    "night": _l("'s nachts"),
}
_WEEKEND: Final = frozenset({"sat", "sun"})
_DAYTIME: Final = frozenset({"morning", "afternoon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityCard:
    """What a list shows of an opportunity."""

    slug: str
    title: str
    kind: str
    kind_label: str
    organisation: str
    place: str
    distance_km: float | None
    hours_text: str
    day_parts: int
    day_parts_text: str
    when_text: str
    pay_text: str
    contract_label: str
    paid_learning: bool
    language: str
    level_text: str
    diploma_text: str
    field_label: str
    closes_on: date | None
    answer_text: str = ""
    """How its employer answers, in a few words; empty when that is not known yet."""


def card(opportunity: Opportunity, *, distance_km: float | None = None) -> OpportunityCard:
    """Tell an opportunity in short, in the language of who looks."""
    return OpportunityCard(
        slug=opportunity.slug,
        title=opportunity.title,
        kind=opportunity.kind,
        kind_label=str(KIND_LABELS[opportunity.kind]),
        organisation=opportunity.site.organisation.name,
        place=opportunity.site.place,
        distance_km=distance_km,
        hours_text=hours_text(opportunity.hours_min, opportunity.hours_max),
        day_parts=opportunity.day_parts,
        day_parts_text=day_parts_text(opportunity.day_parts),
        when_text=when_text(opportunity.day_parts),
        pay_text=pay_text(opportunity.pay_min, opportunity.pay_max),
        contract_label=str(CONTRACT_LABELS[opportunity.contract]),
        paid_learning=opportunity.learning_paid,
        language=opportunity.language,
        level_text=str(LEVEL_TEXTS[opportunity.level]),
        diploma_text=diploma_text(opportunity.level, required=opportunity.diploma_required),
        field_label=field_label(opportunity.field),
        closes_on=opportunity.closes_on,
        answer_text=standing.line(standing.rate_of(opportunity.site.organisation_id)),
    )


def field_label(field: str) -> str:
    """The name of a field of work; the id itself when the framework no longer has it."""
    known = framework().fields.get(field)
    return known.label(data_language()) if known else field


@said_before
def hours_text(low: float | None, high: float | None) -> str:
    """Hours a week: `20 tot 28 uur`."""
    if low is None or high is None:
        return _("uren in overleg")
    if low == high:
        return _("%(hours)s uur", hours=format_decimal(low))
    return _("%(low)s tot %(high)s uur", low=format_decimal(low), high=format_decimal(high))


@said_before
def pay_text(low: int | None, high: int | None) -> str:
    """Euro gross a month for full time: `€ 2.350 tot € 2.780 per maand`."""
    if low is None and high is None:
        return _("loon in overleg")
    if high == 0:
        return _("zonder loon")
    if not low:
        return _("tot %(high)s per maand", high=_euro(high or 0))
    if high is None:
        return _("vanaf %(low)s per maand", low=_euro(low))
    if low == high:
        return _("%(pay)s per maand", pay=_euro(low))
    return _("%(low)s tot %(high)s per maand", low=_euro(low), high=_euro(high))


def _euro(amount: int) -> str:
    # The catalogue's own pattern has cents and, in English, no space.
    return format_currency(amount, "EUR", format="¤\u00a0#,##0", currency_digits=False)


def diploma_text(level: int, *, required: bool) -> str:
    """Whether the diploma of a level must be there; empty where the level's text says so."""
    if required:
        return _("diploma nodig")
    return "" if level == 0 else _("zonder diploma kan ook")


def day_parts_text(mask: int) -> str:
    """Day parts in words: `maandag tot en met vrijdag overdag`, `avonden en weekend`."""
    if mask == 0:
        return _("dagen in overleg")
    by_day = _by_day(mask)
    if usual := _usual(by_day):
        return usual
    by_parts: dict[frozenset[str], list[str]] = {}
    for day, parts in by_day.items():
        by_parts.setdefault(frozenset(parts), []).append(day)
    if len(by_parts) <= 2:
        return ", ".join(f"{_days(days)} {_parts(parts)}" for parts, days in by_parts.items())
    return _("wisselend: %(when)s", when=_when(by_day))


@said_before
def when_text(mask: int) -> str:
    """Day parts in a word or two, without the days: `overdag en 's avonds`."""
    if mask == 0:
        return _("dagen in overleg")
    by_day = _by_day(mask)
    return _usual(by_day) or _when(by_day)


def _by_day(mask: int) -> dict[str, set[str]]:
    by_day: dict[str, set[str]] = {}
    for day, part in day_parts.from_mask(mask):
        by_day.setdefault(day, set()).add(part)
    return by_day


def _when(by_day: Mapping[str, set[str]]) -> str:
    parts = set().union(*by_day.values())
    spoken = [_("overdag")] if _DAYTIME & parts else []
    spoken += [str(_WHEN[part]) for part in ("evening", "night") if part in parts]
    if _WEEKEND & by_day.keys():
        spoken.append(_("in het weekend"))
    return join_and(spoken)


def join_and(words: Sequence[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    *first, last = words
    return _("%(first)s en %(last)s", first=", ".join(first), last=last) if first else last


def _usual(by_day: Mapping[str, set[str]]) -> str:
    """The short name that some weeks have; empty for any other."""
    everything = set(day_parts.PARTS)
    weekend = [by_day.get(day, set()) for day in ("sat", "sun")]
    workdays = [by_day.get(day, set()) for day in day_parts.DAYS[:5]]
    if all(parts == everything for parts in (*workdays, *weekend)):
        return _("alle dagen, dag en nacht")
    free = all(parts >= _DAYTIME for parts in weekend)
    if free and all(parts == {"evening"} for parts in workdays):
        return _("avonden en weekend")
    if free and not any(workdays) and "night" not in weekend[0] | weekend[1]:
        return _("in het weekend")
    return ""


def _days(days: Iterable[str]) -> str:
    """Days in words; three or more in a row become one stretch."""
    numbers = [day_parts.DAYS.index(day) for day in days]
    if len(numbers) == len(day_parts.DAYS):
        return _("alle dagen")
    spoken: list[str] = []
    for _key, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        names = [str(WEEKDAY_LABELS[day_parts.DAYS[number]]) for _place, number in run]
        if len(names) > 2:
            names = [_("%(first)s tot en met %(last)s", first=names[0], last=names[-1])]
        spoken += names
    return join_and(spoken)


def _parts(parts: frozenset[str]) -> str:
    if parts == set(day_parts.PARTS):
        return _("dag en nacht")
    left = set(parts)
    spoken: list[str] = []
    if left >= _DAYTIME:
        spoken.append(_("overdag"))
        left -= _DAYTIME
    spoken += [str(_WHEN[part]) for part in day_parts.PARTS if part in left]
    return join_and(spoken)

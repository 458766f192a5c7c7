"""What still counts of papers and years, for who left care for a while; and how to refresh it.

The rules come from the registers and the law; docs/portfolio.md names each source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from flask_babel import gettext as _

from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.portfolio import policy
from portal.portfolio.models import EvidenceItem, EvidenceKind
from portal.portfolio.views import EvidenceLine, evidence_line
from portal.when import day_text

WORK: Final = (EvidenceKind.PAID_WORK, EvidenceKind.UNPAID_WORK, EvidenceKind.CARE_FOR_FAMILY)
LONG_AGO: Final = timedelta(days=5 * 365)
REFRESHERS: Final[dict[str, tuple[str, ...]]] = {
    "title-carer-ig": ("module-refresh-carer",),
    "big-nurse": ("module-refresh-nurse",),
    "title-assistant": ("module-refresh-practice",),
    "child-care-qualification": ("module-refresh-child-care",),
    "skj": ("module-refresh-guidance",),
}
"""Activities of the catalogue that bring somebody back, by the gate that they once had."""
_FIRST: Final = (EvidenceKind.REGISTER, EvidenceKind.DIPLOMA, EvidenceKind.CERTIFICATE)
"""What people look for first."""
_HOURS: Final = {"big-nurse": 2080, "big-physiotherapist": 2080, "big-psychologist": 3120}
"""Hours of work in five years that renew a registration."""
_MOST: Final = 2


class Weight(StrEnum):
    """Whether something still counts."""

    COUNTS = "counts"
    RENEW = "renew"
    """It counts today, and has to be renewed or refreshed."""
    GONE = "gone"
    """The paper no longer counts; what was learnt does."""


@dataclass(frozen=True, slots=True)
class Course:
    """A learning activity that refreshes."""

    id: str
    title: str
    weeks: int
    paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that somebody has: whether it counts, why, and what to do next."""

    line: EvidenceLine
    weight: Weight
    what: str
    rule: str = ""
    step: str = ""
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class Still:
    """Everything, papers before years, and how many years of work there are together."""

    cards: tuple[Card, ...]
    years: int

    def of(self, weight: str) -> tuple[Card, ...]:
        """The cards of one weight."""
        return tuple(card for card in self.cards if card.weight == weight)


def still_counts(items: Sequence[EvidenceItem], today: date) -> Still:
    """Tell of each piece of evidence whether it still counts."""
    cards = [_card(item, today) for item in items if not policy.rejected(item)]
    cards.sort(key=lambda one: _FIRST.index(one.line.kind_id) if one.line.kind_id in _FIRST else 9)
    return Still(tuple(cards), years_of_work(items, today))


def years_of_work(items: Iterable[EvidenceItem], today: date) -> int:
    """Return the whole years of paid work; what was done side by side counts once."""
    spans = sorted(
        (item.from_date, min(item.to_date or today, today))
        for item in items
        if item.kind == EvidenceKind.PAID_WORK and item.from_date is not None
    )
    days, reached = 0, date.min
    for begin, end in spans:
        first = max(begin, reached)
        if end > first:
            days += (end - first).days
            reached = end
    return round(days / 365.25)


def _card(item: EvidenceItem, today: date) -> Card:
    line = evidence_line(item, today)
    kind = EvidenceKind(item.kind)
    if kind in WORK:
        return _work(item, line, today)
    if kind is EvidenceKind.DIPLOMA:
        return _diploma(item, line, today)
    if kind is EvidenceKind.REGISTER:
        return _register(item, line, today)
    if kind is EvidenceKind.VOG:
        return Card(
            line=line,
            weight=Weight.RENEW,
            what=_("Een VOG geldt voor één soort werk. Er staat geen einddatum op."),
            rule=_("Een werkgever bepaalt hoe oud hij mag zijn."),
            step=_("Krijg je nieuw werk? Dan vraagt de werkgever een nieuwe met je aan."),
        )
    return _paper(item, line, today)


def _work(item: EvidenceItem, line: EvidenceLine, today: date) -> Card:
    long_ago = item.to_date is not None and item.to_date < today - LONG_AGO
    if not long_ago:
        return Card(line=line, weight=Weight.COUNTS, what=_("Ervaring verloopt niet. Dit telt."))
    return Card(
        line=line,
        weight=Weight.RENEW,
        what=_("Ervaring verloopt niet. Dit telt."),
        rule=_("Het is wel langer dan vijf jaar geleden. In die tijd veranderde er veel."),
        step=_("Vertel het je coach of de werkgever. Samen kies je wat je gaat opfrissen."),
        courses=_by_competence(item.competences),
    )


def _diploma(item: EvidenceItem, line: EvidenceLine, today: date) -> Card:
    long_ago = item.issued_on is None or item.issued_on < today - LONG_AGO
    rule = ""
    if item.gate == "title-carer-ig":
        rule = _("Met dit diploma mag je je verzorgende noemen. Een register hoeft niet.")
    elif item.gate == "title-paramedic":
        rule = _("Met dit diploma mag je de beschermde titel blijven gebruiken.")
    elif item.gate == "child-care-qualification":
        rule = _("Het diploma moet op de lijst van de cao kinderopvang staan. Die kan veranderen.")
    courses = _refreshers(item.gate) or _by_competence(item.competences)
    return Card(
        line=line,
        weight=Weight.COUNTS,
        what=_("Een diploma verloopt niet. Dit telt."),
        rule=rule,
        step=_("Was je er lang uit? Met deze cursus kom je weer bij.")
        if long_ago and courses
        else "",
        courses=courses if long_ago else (),
    )


def _register(item: EvidenceItem, line: EvidenceLine, today: date) -> Card:
    hours = _HOURS.get(item.gate or "")
    if item.gate == policy.SKJ:
        rule = _("SKJ vraagt elke vijf jaar werk, scholing en reflectie. Je dossier staat bij SKJ.")
    elif hours is not None:
        rule = _(
            "BIG vraagt %(hours)s uur werk in vijf jaar. Haal je dat niet? "
            "Dan kan het met scholing en een toets.",
            hours=f"{hours:,}".replace(",", "."),
        )
    else:
        rule = _("Je verlengt dit elke vijf jaar bij het register.")
    if policy.expired(item, today):
        return Card(
            line=line,
            weight=Weight.GONE,
            what=_("Je registratie is verlopen. Je diploma en je kennis blijven."),
            rule=rule,
            step=_("Vraag bij het register wat je nodig hebt. Tot dan werk je in een andere rol."),
            courses=_refreshers(item.gate),
        )
    soon = line.state is policy.State.EXPIRING
    return Card(
        line=line,
        weight=Weight.RENEW if soon else Weight.COUNTS,
        what=_("Je staat in het register tot en met %(day)s.", day=day_text(item.expires_on))
        if item.expires_on
        else _("Je staat in het register. Zet het einde erbij, dan waarschuwen we je."),
        rule=rule,
        step=_("Vraag je herregistratie nu aan.") if soon else "",
    )


def _paper(item: EvidenceItem, line: EvidenceLine, today: date) -> Card:
    reserved = item.gate == "reserved-procedures"
    rule = (
        _("De wet noemt geen termijn. Een werkgever toetst je opnieuw voor je dit doet.")
        if reserved
        else ""
    )
    if policy.expired(item, today):
        return Card(
            line=line,
            weight=Weight.GONE,
            what=_("Dit papier is verlopen. Wat je leerde, blijft in je portfolio."),
            rule=rule,
            step=_("Hiermee haal je het weer op."),
            courses=_delivering(item.gate) or _by_competence(item.competences),
        )
    soon = line.state is policy.State.EXPIRING
    return Card(
        line=line,
        weight=Weight.RENEW if soon else Weight.COUNTS,
        what=_("Dit telt tot en met %(day)s.", day=day_text(item.expires_on))
        if item.expires_on
        else _("Hier staat geen einde op. Dit telt."),
        rule=rule,
        courses=_by_competence(item.competences) if soon else (),
    )


def _refreshers(gate: str | None) -> tuple[Course, ...]:
    known = framework().learning
    return tuple(_course(one) for one in REFRESHERS.get(gate or "", ()) if one in known)


def _delivering(gate: str | None) -> tuple[Course, ...]:
    """The shortest activities that put a gate on file."""
    if gate is None:
        return ()
    fitting = [one for one in framework().learning.values() if gate in one.gates]
    fitting.sort(key=lambda one: (one.weeks, one.id))
    return tuple(_course(one.id) for one in fitting[:_MOST])


def _by_competence(competences: Iterable[str]) -> tuple[Course, ...]:
    """The short activities that are most about the same."""
    wanted = set(competences)
    fitting = [
        (len(wanted & set(one.competences)), one)
        for one in framework().learning.values()
        if wanted & set(one.competences) and one.weeks <= 26
    ]
    fitting.sort(key=lambda pair: (-pair[0], pair[1].weeks, pair[1].id))
    return tuple(_course(one.id) for _shared, one in fitting[:_MOST])


def _course(identifier: str) -> Course:
    one = framework().learning[identifier]
    return Course(one.id, one.label(data_language()), one.weeks, one.paid)

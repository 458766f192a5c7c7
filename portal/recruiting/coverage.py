"""What somebody shows of an opening, told to the employer and not to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from portal.candidates.models import Candidate
from portal.errors import NotFound, Unavailable
from portal.languages import data_language
from portal.matching import people
from portal.matching.cards import MatchCard, ReasonView
from portal.matching.knowledge import framework
from portal.opportunities.models import Opportunity

STATUS_LABELS: Final[dict[str, LazyString]] = {
    "met": _l("Laat het zien"),
    "partly": _l("Deels"),
    "not_shown": _l("Nog niet"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement, and what somebody shows of it: how well, and not in their own words.

    What somebody wrote for us is not for employers; what they let employers read is in the
    portfolio.
    """

    text: str
    language: str
    status: str
    status_label: str
    critical: bool
    legal: bool
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What somebody shows of an opening, requirement by requirement."""

    level: str
    level_label: str
    asked: tuple[Asked, ...]
    met: int
    partly: int
    total: int


def coverage(candidate: Candidate, opportunity: Opportunity, today: date) -> CoverageView | None:
    """Lay somebody beside an opening; None while matching sleeps or the opening is not in it."""
    card = own_card(candidate, opportunity, today)
    if card is None:
        return None
    learnt = {words.text: _there(weeks) for words, weeks in card.learnt_there}
    for step in card.route:
        said = _elsewhere(step.title, step.weeks)
        learnt |= {words.text: said for words in step.closes if words.text not in learnt}
    return CoverageView(
        level=card.level,
        level_label=card.level_label,
        asked=tuple(_asked(one, learnt.get(one.text, "")) for one in card.reasons),
        met=card.met,
        partly=card.partly,
        total=card.total,
    )


def own_card(candidate: Candidate, opportunity: Opportunity, today: date) -> MatchCard | None:
    """The match as the person sees it; None while matching sleeps or the opening is not in it."""
    try:
        match = people.explain(people.profile_of(candidate, today=today), opportunity)
    except (NotFound, Unavailable):
        return None
    return MatchCard(match, opportunity, framework(), data_language())


def shows_text(met: int, partly: int, total: int) -> str:
    """How much of what is asked somebody shows: `3 van de 5 eisen, 1 deels`."""
    shown = _("%(met)s van de %(total)s eisen", met=met, total=total)
    return _("%(shown)s, %(partly)s deels", shown=shown, partly=partly) if partly else shown


def _asked(reason: ReasonView, learnt: str) -> Asked:
    return Asked(
        text=reason.text,
        language=reason.language,
        status=reason.status,
        status_label=str(STATUS_LABELS[reason.status]),
        critical=reason.critical,
        legal=reason.legal,
        grade=reason.grade,
        note="" if reason.status == "met" else learnt or _arranged(reason),
    )


def _arranged(reason: ReasonView) -> str:
    """A paper that the employer asks for together with the person keeps nobody from beginning."""
    gate = framework().gates.get(reason.gate or "")
    if gate is None or not gate.arranged_by_employer:
        return ""
    return _("Die vraag je samen aan als iemand begint.")


def _there(weeks: int) -> str:
    return ngettext(
        "Leert dit bij jullie, in ongeveer %(num)s week.",
        "Leert dit bij jullie, in ongeveer %(num)s weken.",
        weeks,
    )


def _elsewhere(title: str, weeks: int) -> str:
    return ngettext(
        "Leert dit met “%(title)s”, %(num)s week.",
        "Leert dit met “%(title)s”, %(num)s weken.",
        weeks,
        title=title,
    )

"""Words that help with a no or a not yet: proposed, never sent unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.accounts.models import User
from portal.applications.models import Application
from portal.applications.policy import RefusalReason
from portal.recruiting.coverage import CoverageView

FIRST_NAME: Final = "{naam}"
OPENING: Final = "{plek}"
"""What stands for the first name and the opening in one text for several people."""

_REFUSE: Final[Mapping[str, LazyString]] = {
    RefusalReason.OTHER_CHOSEN: _l(
        "Dank je voor je reactie op {plek}. We kozen iemand die nu net iets meer ervaring heeft. "
        "Wat jij vertelde, sprak ons aan. Kijk gerust nog eens bij ons."
    ),
    RefusalReason.EXPERIENCE: _l(
        "Dank je voor je reactie op {plek}. Voor dit werk is meer ervaring nodig dan we in je "
        "profiel zien. Een dag meelopen of vrijwilligerswerk helpt om die te krijgen."
    ),
    RefusalReason.SKILLS: _l(
        "Dank je voor je reactie op {plek}. Een deel van het werk kun je al. Er mist nog iets "
        "dat hier vanaf de eerste dag nodig is."
    ),
    RefusalReason.PAPERS: _l(
        "Dank je voor je reactie op {plek}. Voor dit werk is een papier nodig dat we nog niet "
        "zien. Heb je het wel? Zet het dan in je portfolio en laat het ons weten."
    ),
    RefusalReason.HOURS: _l(
        "Dank je voor je reactie op {plek}. De dagen en tijden passen helaas niet bij elkaar. "
        "Kun je op andere tijden? Laat het ons dan weten."
    ),
    RefusalReason.TRAVEL: _l(
        "Dank je voor je reactie op {plek}. De reis lijkt ons te lang om vol te houden. "
        "Kijk eens naar ons werk dichter bij jou."
    ),
    RefusalReason.START: _l(
        "Dank je voor je reactie op {plek}. We zoeken iemand die eerder kan beginnen. "
        "Later dit jaar hebben we vaak weer plek. Reageer dan gerust opnieuw."
    ),
    RefusalReason.OTHER: _l("Dank je voor je reactie op {plek}."),
}
_POSTPONE: Final = _l(
    "Dank je voor je reactie op {plek}. We hebben iets meer tijd nodig. Je hoort van ons, ook als "
    "het niet doorgaat. Je hoeft niets te doen."
)


@dataclass(frozen=True, slots=True)
class Personal:
    """One text for several people, and how it begins for one of them."""

    first_name: str
    opening: str

    def fill(self, text: str) -> str:
        """Put this person's name and opening in a text."""
        return text.replace(FIRST_NAME, self.first_name).replace(OPENING, self.opening)


def personal(application: Application) -> Personal:
    """What differs for one of several people."""
    return Personal(first_name(application.candidate.user), f"“{application.opportunity.title}”")


def first_name(user: User) -> str:
    """How to begin a message to somebody."""
    return user.name.split()[0] if user.name.strip() else _("kandidaat")


def for_several(reason: str) -> str:
    """A text for several people; {naam} and {plek} are filled in for each."""
    body = str(_REFUSE[reason] if reason else _POSTPONE)
    return _("Beste %(name)s,", name=FIRST_NAME) + "\n\n" + body.strip()


def refusal(application: Application, reason: str, shown: CoverageView | None) -> str:
    """A word to begin with for one person; what is missing is named when we know it."""
    who = personal(application)
    lines = [_("Beste %(name)s,", name=who.first_name), "", who.fill(str(_REFUSE[reason])).strip()]
    if reason in (RefusalReason.SKILLS, RefusalReason.PAPERS) and shown is not None:
        wanted = [
            one
            for one in shown.asked
            if one.status == "not_shown" and one.legal == (reason == RefusalReason.PAPERS)
        ]
        wanted.sort(key=lambda one: not one.critical)
        if wanted:
            lines[-1] += " " + _("Het gaat om: %(what)s.", what=wanted[0].text.rstrip("."))
    return "\n".join(lines)


def postponement(application: Application) -> str:
    """A word to begin with when it has to wait."""
    return personal(application).fill(for_several(""))

"""What a visitor asks, checked: texts, place, hours. Messages are for the visitor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from matcher import (
    Hours,
    Place,
    PlaceAmbiguous,
    PlaceUnknown,
    clean,
    full_name,
    has_words,
)
from portal.errors import Unavailable
from portal.matching.knowledge import places

MAX_TEXT = 5000
TRAVEL_KM = 25
_NUMBER = r"(\d{1,3}(?:[.,]\d)?)(?:\s*(?:u|uur|uren|hours?|h)\b\.?)?"
_HOURS = re.compile(
    # A dash before the number makes it less than nothing.
    rf"^[^\d\-–—−]{{0,12}}{_NUMBER}(?:\s*(?:[-–—/aà]|tot|to|t/m|en|and)\s*{_NUMBER})?"
    r"(?:\s*(?:(?:per|a|/)\s*week|p\.?/?w\.?)|\.)?$",
    re.IGNORECASE,
)
_AROUND = 4
"""Who asks for 24 hours is also glad with 20 or 28."""


class NotUsable(ValueError):
    """Something that was typed cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks. At least one of the texts holds a word."""

    skills: str
    ambition: str
    place: Place | None = None
    hours: Hours | None = None


def read_place(text: str) -> Place | None:
    """Find the place that was typed; None when nothing was.

    Raises NotUsable, with names that look like it, or with the provinces to choose from.
    """
    name = clean(text).strip()
    if not name:
        return None
    try:
        return places().find(name)
    except Unavailable as error:
        raise NotUsable(_("We kunnen nu geen plaatsen opzoeken. Laat dit leeg.")) from error
    except PlaceAmbiguous as error:
        raise NotUsable(
            _(
                "Er zijn meer plaatsen met deze naam. Zet de provincie erbij: %(choices)s.",
                choices=listed(error.choices),
            )
        ) from error
    except PlaceUnknown as error:
        if error.suggestions:
            raise NotUsable(
                _(
                    "Deze plaats kennen we niet. Bedoel je %(names)s?",
                    names=listed(error.suggestions),
                )
            ) from error
        raise NotUsable(
            _("Deze plaats kennen we niet. Vul een plaats in Nederland in, of laat dit leeg.")
        ) from error


def read_hours(text: str) -> Hours | None:
    """Read hours a week: `24`, `24 uur per week`, `20-28`, `16 tot 24`; None for nothing.

    Raises NotUsable when it is no number of hours, or not between 1 and 40.
    """
    typed = clean(text).strip()
    if not typed:
        return None
    found = _HOURS.match(typed)
    if found is None:
        raise NotUsable(_("Vul een aantal uren in, zoals 24 of 20-28. Of laat dit leeg."))
    low, high = (float((one or found[1]).replace(",", ".")) for one in found.groups())
    if not 1 <= low <= 40 or not 1 <= high <= 40:
        raise NotUsable(_("Een werkweek heeft 1 tot 40 uur. Vul een getal daartussen in."))
    if low > high:
        low, high = high, low
    if low == high:
        return Hours(max(1.0, low - _AROUND), min(40.0, low + _AROUND))
    return Hours(low, high)


def check_text(text: str) -> None:
    """Refuse a text that is too long. Raises NotUsable."""
    if len(text) > MAX_TEXT:
        raise NotUsable(
            _(
                "Je tekst is te lang: %(count)s tekens. Maak hem korter dan %(most)s tekens.",
                count=format_decimal(len(text)),
                most=format_decimal(MAX_TEXT),
            )
        )


def check_some_words(skills: str, ambition: str) -> None:
    """Refuse when neither text holds a word. Raises NotUsable."""
    if has_words(skills) or has_words(ambition):
        return
    if skills.strip() or ambition.strip():
        raise NotUsable(
            _("We zien hier geen woorden. Schrijf in een of twee zinnen wat je kunt of wilt.")
        )
    raise NotUsable(_("Schrijf eerst wat je kunt of wat je wilt. Eén zin is al genoeg."))


def hours_text(hours: Hours | None) -> str:
    """The hours for the form, as somebody types them who reads the language of the page."""
    if hours is None:
        return ""
    if hours.high - hours.low == 2 * _AROUND:
        return _typed(hours.low + _AROUND)
    return f"{_typed(hours.low)}-{_typed(hours.high)}"


def _typed(number: float) -> str:
    return str(format_decimal(number, format="0.##"))


def advice(skills: str, ambition: str) -> list[str]:
    """What would make the answer better, said after it was given."""
    found: list[str] = []
    if len(f"{skills} {ambition}".split()) < 4:
        found.append(
            _("Je schreef maar een paar woorden. Vertel wat meer, dan past het antwoord beter.")
        )
    if not skills.strip():
        found.append(
            _("Je schreef nog niet wat je kunt. Vul dat ook in, dan zie je wat je al laat zien.")
        )
    return found


def place_text(place: Place | None) -> str:
    """The name of a place for the form; with its province when that is needed to find it."""
    if place is None:
        return ""
    try:
        found = places().find(place.name)
    except (PlaceAmbiguous, PlaceUnknown):
        return full_name(place)
    return place.name if found == place else full_name(place)


def listed(names: tuple[str, ...]) -> str:
    """Names one after another, the last one after *or*; at least one."""
    *first, last = names
    return _("%(first)s of %(last)s", first=", ".join(first), last=last) if first else last

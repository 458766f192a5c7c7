"""What visitors choose to find their way in everything on offer."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError
from wtforms.widgets import HiddenInput

from portal.forms import PortalForm
from portal.languages import data_language
from portal.matching.asked import NotUsable, hours_text, read_hours, read_place
from portal.matching.knowledge import Place, framework
from portal.opportunities.day_parts import DAYS, PARTS, to_mask
from portal.opportunities.fields import LineField, ManyField, OneField, choices
from portal.opportunities.presenting import KIND_LABELS, LEVEL_TEXTS
from portal.opportunities.search import Criteria, Sort

DISTANCES: Final = (5, 10, 15, 25, 40, 60)
MAX_WORDS_LENGTH: Final = 200
_WORKDAYS, _WEEKEND = DAYS[:5], DAYS[5:]
PART_MASKS: Final = {
    "day": to_mask((d, p) for d in _WORKDAYS for p in ("morning", "afternoon")),
    "evening": to_mask((d, "evening") for d in _WORKDAYS),
    "night": to_mask((d, "night") for d in DAYS),
    "weekend": to_mask((d, p) for d in _WEEKEND for p in PARTS if p != "night"),
}
PART_CHOICES: Final = {
    "day": _l("doordeweeks overdag"),
    "evening": _l("doordeweeks in de avond"),
    "night": _l("in de nacht"),
    "weekend": _l("in het weekend"),
}
SORT_LABELS: Final = {
    Sort.NEWEST: _l("nieuwste eerst"),
    Sort.CLOSING: _l("sluit het eerst"),
    Sort.HOURS: _l("minste uren eerst"),
    Sort.DISTANCE: _l("dichtstbij eerst"),
    Sort.TITLE: _l("titel, van a tot z"),
}


class BrowseForm(PortalForm):
    """Search words, filters and the order; they stand in the address."""

    class Meta(PortalForm.Meta):
        """Looking changes nothing, so it needs no proof of where it came from."""

        csrf = False

    q = LineField(_l("Zoek op woord, beroep of werkgever"))
    sort = OneField(_l("Volgorde"), default=Sort.NEWEST.value)
    place = LineField(_l("Waar woon je?"))
    distance = OneField(_l("Hoe ver wil je reizen?"), default="")
    at = LineField(_l("Plaats"), widget=HiddenInput())
    hours = LineField(_l("Uren per week"), description=_l("Bijvoorbeeld 24 of 20-28."))
    part = ManyField(_l("Wanneer kun je werken?"))
    kind = ManyField(_l("Soort werk"))
    field = ManyField(_l("Sector"))
    level = ManyField(_l("Niveau"))
    without_diploma = BooleanField(_l("Alleen werk zonder diploma-eis"))
    paid_learning = BooleanField(_l("Leren wordt betaald"))

    found_place: Place | None = None
    found_hours: tuple[float, float] | None = None
    hours_said: str = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.sort.choices = choices(SORT_LABELS.items())
        self.distance.choices = choices(
            [
                ("", _("maakt niet uit")),
                *((str(km), _("tot %(km)s kilometer", km=km)) for km in DISTANCES),
            ]
        )
        self.part.choices = choices(PART_CHOICES.items())
        self.kind.choices = choices(KIND_LABELS.items())
        self.field.choices = choices(
            (one.id, one.label(data_language())) for one in framework().fields.values()
        )
        self.level.choices = choices((str(n), label) for n, label in LEVEL_TEXTS.items())

    def validate_q(self, field: Field) -> None:
        """Refuse a whole letter as search words."""
        if len(field.data) > MAX_WORDS_LENGTH:
            raise ValidationError(
                _("Zoek met een paar woorden. Dit zijn er te veel om mee te zoeken.")
            )

    def validate_place(self, field: Field) -> None:
        """Find the place; it is needed where a distance counts."""
        if len(field.data) > MAX_WORDS_LENGTH:
            raise ValidationError(_("Vul alleen de naam van je woonplaats in."))
        try:
            self.found_place = read_place(field.data)
        except NotUsable as error:
            raise ValidationError(str(error)) from error
        if self.found_place is None and self.distance.data:
            raise ValidationError(_("Vul ook in waar je woont. Dan weten we wat dichtbij is."))
        if self.found_place is None and self.sort.data == Sort.DISTANCE:
            raise ValidationError(_("Vul in waar je woont. Dan zetten we dichtbij bovenaan."))

    def validate_hours(self, field: Field) -> None:
        """Read the hours."""
        try:
            hours = read_hours(field.data[:MAX_WORDS_LENGTH])
        except NotUsable as error:
            raise ValidationError(str(error)) from error
        self.found_hours = (hours.low, hours.high) if hours else None
        self.hours_said = hours_text(hours)

    def criteria(self) -> Criteria:
        """Return what is looked for; only after validation."""
        mask = 0
        for part in self.part.data or ():
            mask |= PART_MASKS[part]
        return Criteria(
            text=self.q.data,
            kinds=frozenset(self.kind.data or ()),
            fields=frozenset(self.field.data or ()),
            hours=self.found_hours,
            day_parts=mask,
            place=self.found_place,
            within_km=float(self.distance.data) if self.distance.data else None,
            at=self.at.data[:MAX_WORDS_LENGTH],
            levels=frozenset(int(level) for level in self.level.data or ()),
            without_diploma=bool(self.without_diploma.data),
            paid_learning=bool(self.paid_learning.data),
            sort=Sort(self.sort.data),
        )

    def arguments(self) -> dict[str, Any]:
        """What is chosen, as arguments of an address; what is as usual stays out."""
        found = {
            field.name: field.data
            for field in self
            if field.data and not isinstance(field, BooleanField)
        }
        if found.get("sort") == Sort.NEWEST:
            del found["sort"]
        ticked = (self.without_diploma, self.paid_learning)
        return found | {field.name: "y" for field in ticked if field.data}

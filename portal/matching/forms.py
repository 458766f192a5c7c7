"""The shape of what a visitor types, and of the filters on the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    IntegerRangeField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import ListWidget

from matcher import DAY_WORDS, LICENCES, Filters, Hours, Kind, Level, Place, Slot, Weekday
from matcher import DayPart as Part
from portal.forms import PortalForm
from portal.matching.asked import (
    MAX_TEXT,
    Asked,
    NotUsable,
    check_some_words,
    check_text,
    read_hours,
    read_place,
)
from portal.matching.knowledge import framework
from portal.matching.words import LEVEL_LABELS
from portal.opportunities.presenting import KIND_LABELS
from portal.ticks import Tick

Checked = TypeVar("Checked")

DISTANCES = (5, 10, 15, 25, 40, 60)
_WEEKEND = (Weekday.SAT, Weekday.SUN)
_WORKDAYS = tuple(day for day in Weekday if day not in _WEEKEND)
DAY_PARTS: dict[str, frozenset[Slot]] = {
    "day": frozenset((d, p) for d in _WORKDAYS for p in (Part.MORNING, Part.AFTERNOON)),
    "evening": frozenset((d, Part.EVENING) for d in _WORKDAYS),
    "night": frozenset((d, Part.NIGHT) for d in Weekday),
    "weekend": frozenset((d, p) for d in _WEEKEND for p in Part if p is not Part.NIGHT),
}
DAY_PART_LABELS = {
    "day": _l("doordeweeks overdag"),
    "evening": _l("doordeweeks in de avond"),
    "night": _l("in de nacht"),
    "weekend": _l("in het weekend"),
}


TIME_LABELS = {
    "morning": _l("in de ochtend"),
    "afternoon": _l("in de middag"),
    "evening": _l("in de avond"),
    "night": _l("in de nacht"),
    "mon": _l("op maandag"),
    "tue": _l("op dinsdag"),
    "wed": _l("op woensdag"),
    "thu": _l("op donderdag"),
    "fri": _l("op vrijdag"),
    "sat": _l("op zaterdag"),
    "sun": _l("op zondag"),
}
"""Times of the week that somebody cannot work, by the words of the engine."""


class ManyField(SelectMultipleField):  # type: ignore[misc]
    """Checkboxes. A choice that is not there is passed over: it came from an old link."""

    widget = ListWidget(prefix_label=False)
    option_widget = Tick()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the values that are a choice."""
        known = {str(choice[0]) for choice in self.choices or ()}
        self.data = [value for value in valuelist if value in known]


class PercentField(IntegerRangeField):  # type: ignore[misc]
    """A slider. A number of hundreds of digits is cut off: checking its range would overflow."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        super().process_formdata([value[:9] for value in valuelist])


class AskForm(PortalForm):
    """What can you, what do you want; nothing else is needed."""

    # Not Optional, which would end the checks of an empty field: one of the two needs a word.
    skills = TextAreaField(_l("Wat kun je?"), [Length(max=MAX_TEXT)])
    ambition = TextAreaField(_l("Wat wil je?"), [Optional(), Length(max=MAX_TEXT)])

    # Length only tells the page; our own messages say how long the text is.
    def validate_skills(self, field: Field) -> None:
        """Refuse a text that is too long, and two texts without a word."""
        usable(field, check_text, field.data or "")
        usable(field, check_some_words, field.data or "", self.ambition.data or "")

    def validate_ambition(self, field: Field) -> None:
        """Refuse a text that is too long."""
        usable(field, check_text, field.data or "")

    def asked(self) -> Asked:
        """Return what was asked; only after validation."""
        return Asked(self.skills.data or "", self.ambition.data or "")


class HomeForm(AskForm):
    """The form of the home page: two texts, a place and hours."""

    place = StringField(_l("Waar woon je?"), [Optional()])
    hours = StringField(_l("Uren per week"), [Optional()])

    found_place: Place | None = None
    found_hours: Hours | None = None

    def validate_place(self, field: Field) -> None:
        """Find the place."""
        self.found_place = usable(field, read_place, field.data or "")

    def validate_hours(self, field: Field) -> None:
        """Read the hours."""
        self.found_hours = usable(field, read_hours, field.data or "")

    def asked(self) -> Asked:
        """Return what was asked; only after validation."""
        return Asked(
            self.skills.data or "", self.ambition.data or "", self.found_place, self.found_hours
        )


class FilterForm(PortalForm):
    """The filters on the answer; they stand in the address, so that a link keeps them."""

    class Meta(PortalForm.Meta):
        """A filter changes nothing, so it needs no proof of where it came from."""

        csrf = False

    weight = PercentField(
        _l("Wat telt het meest?"), [Optional(), NumberRange(0, 100)], render_kw={"step": 10}
    )
    distance = SelectField(_l("Hoe ver wil je reizen?"), [Optional()], validate_choice=False)
    hours = StringField(_l("Uren per week"), [Optional()])
    part = ManyField(_l("Wanneer kun je werken?"))
    level = ManyField(_l("Hoe snel kun je beginnen?"))
    kind = ManyField(_l("Soort werk"))
    field = ManyField(_l("Sector"))
    without_diploma = BooleanField(_l("Alleen werk zonder diploma-eis"))
    no_licence = BooleanField(_l("Alleen werk zonder rijbewijs"))
    not_part = ManyField(_l("Wanneer kun je niet werken?"))
    not_group = ManyField(_l("Met wie werk je liever niet?"))
    not_work = ManyField(_l("Welk werk doe je liever niet?"))

    found_hours: Hours | None = None

    def __init__(self, formdata: MultiDict[str, str], language: str) -> None:
        super().__init__(formdata)
        self.distance.choices = [
            ("0", _("maakt niet uit")),
            *((str(km), _("tot %(km)s kilometer", km=km)) for km in DISTANCES),
        ]
        self.part.choices = list(DAY_PART_LABELS.items())
        self.level.choices = [(level.value, label) for level, label in LEVEL_LABELS.items()]
        self.kind.choices = [(kind.value, KIND_LABELS[kind.value]) for kind in Kind]
        self.field.choices = [(one.id, one.label(language)) for one in framework().fields.values()]
        topics = framework().unwanted.values()
        self.not_part.choices = list(TIME_LABELS.items())
        self.not_group.choices = [(one.id, one.label(language)) for one in topics if one.groups]
        self.not_work.choices = [(one.id, one.label(language)) for one in topics if not one.groups]
        # Choices are known only now; what came in is read again against them.
        self.process(formdata)

    def validate_hours(self, field: Field) -> None:
        """Read the hours."""
        self.found_hours = usable(field, read_hours, field.data or "")

    @property
    def travel_km(self) -> float | None:
        """The distance that was chosen; None for any."""
        return float(self.distance.data) if self.distance.data in map(str, DISTANCES) else None

    @property
    def ambition_weight(self) -> float:
        """How much what somebody wants counts, 0 to 1; a half when nothing usable was said."""
        usable = self.weight.data is not None and not self.weight.errors
        return self.weight.data / 100 if usable else 0.5

    @property
    def day_parts(self) -> frozenset[Slot]:
        """The day parts that were chosen; empty for any."""
        return frozenset().union(*(DAY_PARTS[one] for one in self.part.data or ()))

    def filters(self) -> Filters:
        """The filters as the engine takes them."""
        topics = framework().unwanted
        return Filters(
            kinds=frozenset(Kind(one) for one in self.kind.data or ()),
            fields=frozenset(self.field.data or ()),
            levels=frozenset(Level(one) for one in self.level.data or ()),
            without_diploma=bool(self.without_diploma.data),
            not_groups=frozenset(
                group for one in self.not_group.data or () for group in topics[one].groups
            ),
            not_competences=frozenset(
                asked for one in self.not_work.data or () for asked in topics[one].competences
            ),
            not_gates=LICENCES if self.no_licence.data else frozenset(),
            not_parts=frozenset().union(*(DAY_WORDS[one] for one in self.not_part.data or ())),
        )


def usable(field: Field, check: Callable[..., Checked], *texts: str) -> Checked:
    """Run a check and show its message at the field; for other forms too."""
    try:
        return check(*texts)
    except NotUsable as error:
        # Other messages about the same field would only repeat it.
        field.errors = []
        raise StopValidation(str(error)) from error

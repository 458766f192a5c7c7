"""The shape of what a candidate fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, ValidationError
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import ListWidget

from portal.candidates.choices import WHY_NOT_LABELS
from portal.candidates.models import Alerts, Candidate, Situation
from portal.candidates.service import ProfileInput
from portal.forms import PortalForm
from portal.matching.asked import (
    check_some_words,
    check_text,
    hours_text,
    place_text,
    read_hours,
    read_place,
)
from portal.matching.forms import DISTANCES, PercentField, usable
from portal.matching.service import hours_of, place_of
from portal.opportunities import day_parts
from portal.opportunities.fields import DayField, LineField, ManyField, ProseField, choices
from portal.opportunities.presenting import PART_LABELS, WEEKDAY_LABELS
from portal.organisations.models import Organisation

SITUATION_LABELS: Final = {
    Situation.LATERAL_ENTRANT: _l("Ik werk nog niet in zorg of welzijn"),
    Situation.RETURNER: _l("Ik werkte vroeger in de zorg en wil terug"),
    Situation.EMPLOYEE: _l("Ik werk in zorg of welzijn en kijk verder"),
}
ALERT_LABELS: Final = {
    Alerts.AT_ONCE: _l("Meteen als er iets nieuws is"),
    Alerts.WEEKLY: _l("Een keer per week, op dinsdagochtend"),
    Alerts.NEVER: _l("Nooit"),
}
LONGEST_NAME: Final = 80
_PHONE = re.compile(r"\+?[\d\s()./-]{8,24}")
_LATEST: Final = timedelta(days=730)


def _at_most(most: int) -> Length:
    return Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder."))


class _Radios(RadioField):  # type: ignore[misc]
    """Radio buttons; nothing chosen is None."""

    widget = ListWidget(prefix_label=False)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the choice; an empty one is none."""
        self.data = valuelist[0] if valuelist and valuelist[0] else None

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list, without repeating it."""
        if self.data is not None and str(self.data) not in {str(c[0]) for c in self.choices or ()}:
            self.data = None
            raise ValidationError(_("Kies iets uit de lijst."))


class BeginForm(PortalForm):
    """From where somebody comes, and how they are called."""

    name = LineField(_l("Hoe heet je?"), [Optional(), _at_most(LONGEST_NAME)])
    situation = _Radios(_l("Wat past bij jou?"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.situation.choices = [(key.value, str(label)) for key, label in _situations()]

    def validate_situation(self, field: Field) -> None:
        """One of them."""
        if not field.data:
            raise ValidationError(_("Kies wat het beste bij je past."))


class ProfileForm(PortalForm):
    """The whole profile. `version` is that of the profile which the form was made from."""

    name = LineField(_l("Je naam"), [Optional(), _at_most(LONGEST_NAME)])
    situation = _Radios(_l("Wat past bij jou?"))
    skills = ProseField(_l("Wat kun je?"), render_kw={"rows": 8})
    ambition = ProseField(_l("Wat wil je?"), render_kw={"rows": 5})
    ambition_weight = PercentField(
        _l("Wat telt het meest?"), [Optional(), NumberRange(0, 100)], render_kw={"step": 10}
    )
    place = LineField(_l("Waar woon je?"), [Optional()])
    travel = SelectField(_l("Hoe ver wil je reizen?"), validate_choice=False)
    hours = LineField(_l("Uren per week"), [Optional()])
    day_parts = ManyField(_l("Wanneer kun je werken?"), [Optional()])
    available_from = DayField(_l("Vanaf wanneer kun je beginnen?"), [Optional()])
    employer = SelectField(_l("Waar werk je nu?"), validate_choice=False)
    phone = LineField(_l("Telefoon"), [Optional(), _at_most(40)])
    visible = BooleanField(_l("Werkgevers mogen mijn profiel vinden, zonder mijn naam"))
    version = HiddenField(default="0")

    def __init__(
        self, *args: object, employers: Sequence[Organisation] = (), today: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._found: dict[str, Any] = {"place": None, "hours": None}
        self.situation.choices = [(key.value, str(label)) for key, label in _situations()]
        self.travel.choices = [
            ("0", _("maakt niet uit")),
            *((str(km), _("tot %(km)s kilometer", km=km)) for km in DISTANCES),
        ]
        self.employer.choices = [
            ("0", _("niet bij een van deze werkgevers")),
            *((str(one.id), one.name) for one in employers),
        ]
        self.day_parts.choices = choices(
            (f"{day}-{part}", f"{WEEKDAY_LABELS[day]} {PART_LABELS[part]}")
            for day in day_parts.DAYS
            for part in day_parts.PARTS
        )
        # Those lists are known only now; what came in is read again against them.
        for field in (self.travel, self.employer):
            if str(field.data) not in {str(key) for key, _label in field.choices}:
                field.data = "0"

    def validate_skills(self, field: Field) -> None:
        """Refuse a text that is too long, and two texts without a word."""
        usable(field, check_text, field.data or "")
        usable(field, check_some_words, field.data or "", self.ambition.data or "")

    def validate_ambition(self, field: Field) -> None:
        """Refuse a text that is too long."""
        usable(field, check_text, field.data or "")

    def validate_place(self, field: Field) -> None:
        """Find the place."""
        self._found["place"] = usable(field, read_place, field.data or "")

    def validate_hours(self, field: Field) -> None:
        """Read the hours."""
        self._found["hours"] = usable(field, read_hours, field.data or "")

    def validate_available_from(self, field: Field) -> None:
        """A day that can still come, and soon enough to mean something."""
        if field.data and field.data > self._today + _LATEST:
            raise ValidationError(_("Dit is verder dan twee jaar weg. Kies een eerdere dag."))

    def validate_phone(self, field: Field) -> None:
        """Something that can be called."""
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError(_("Dit is geen telefoonnummer. Een nummer is als 06 12345678."))

    def to_input(self) -> ProfileInput:
        """Return the profile; only after validation."""
        hours, day = self._found["hours"], self.available_from.data
        ticked = (tuple(one.split("-")) for one in self.day_parts.data or ())
        weight = self.ambition_weight.data
        return ProfileInput(
            name=self.name.data or "",
            situation=Situation(self.situation.data) if self.situation.data else None,
            skills=self.skills.data or "",
            ambition=self.ambition.data or "",
            place=self._found["place"],
            travel_km=float(self.travel.data) if self.travel.data != "0" else None,
            hours_low=hours.low if hours else None,
            hours_high=hours.high if hours else None,
            day_parts=day_parts.to_mask((day, part) for day, part in ticked),
            # A day that has come says no more than: now.
            available_from=day if day and day > self._today else None,
            ambition_weight=weight / 100 if weight is not None else 0.5,
            visible=bool(self.visible.data),
            employer_id=int(self.employer.data) or None,
            phone=self.phone.data or "",
        )


def profile_data(candidate: Candidate) -> dict[str, Any]:
    """A profile as the form takes it."""
    return {
        "name": candidate.user.name,
        "situation": candidate.situation,
        "skills": candidate.skills,
        "ambition": candidate.ambition,
        "ambition_weight": round(candidate.ambition_weight * 100),
        "place": place_text(place_of(candidate)),
        "travel": f"{candidate.travel_km:g}" if candidate.travel_km else "0",
        "hours": hours_text(hours_of(candidate)),
        "day_parts": [f"{day}-{part}" for day, part in day_parts.from_mask(candidate.day_parts)],
        "available_from": candidate.available_from,
        "employer": str(candidate.employer_id or 0),
        "phone": candidate.phone,
        "visible": candidate.visible,
        "version": str(candidate.version),
    }


class AlertsForm(PortalForm):
    """How soon somebody hears of what is new."""

    alerts = _Radios(_l("Wanneer wil je mail over nieuw werk?"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.alerts.choices = [(key.value, str(label)) for key, label in ALERT_LABELS.items()]

    def validate_alerts(self, field: Field) -> None:
        """One of them."""
        if not field.data:
            raise ValidationError(_("Kies iets uit de lijst."))


class HideForm(PortalForm):
    """Why somebody does not want to see an opportunity; nobody has to say."""

    why = _Radios(_l("Waarom past dit niet?"), [Optional()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.why.choices = [(key.value, str(label)) for key, label in WHY_NOT_LABELS.items()]


def _situations() -> list[tuple[Situation, object]]:
    return list(SITUATION_LABELS.items())

"""The forms of coaching."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, TimeField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from portal.coaching.policy import AHEAD, MOST_WEEKS
from portal.coaching.service import Stretch
from portal.forms import PortalForm
from portal.opportunities.fields import (
    DayField,
    LineField,
    NumberField,
    OneField,
    ProseField,
    choices,
)

LENGTHS: Final = (30, 45, 60)
_NEEDED: Final = _l("Vul dit in.")


def _at_most(most: int) -> Length:
    return Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder."))


class QuestionForm(PortalForm):
    """What somebody wants to talk about; it may stay empty."""

    question = ProseField(
        _l("Waar wil je het over hebben?"), [Optional(), _at_most(1000)], render_kw={"rows": 4}
    )
    version = HiddenField()


class WhyForm(PortalForm):
    """Why somebody cancels or stops; it may stay empty."""

    why = LineField(_l("Waarom?"), [Optional(), _at_most(300)])


class HoursForm(PortalForm):
    """A stretch of a day that a coach has for talks."""

    day = DayField(_l("Dag"))
    begin = TimeField(_l("Van"), [InputRequired(_NEEDED)])
    end = TimeField(_l("Tot"), [InputRequired(_NEEDED)])
    minutes = OneField(_l("Duur van een gesprek"), default="45")
    weeks = NumberField(_l("Hoeveel weken achter elkaar?"), low=1, high=MOST_WEEKS, whole=True)
    where = LineField(
        _l("Waar?"),
        [InputRequired(_NEEDED), _at_most(200)],
        description=_l("Een adres, of een link voor een gesprek op afstand."),
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.minutes.choices = choices(
            (str(length), _("%(minutes)s minuten", minutes=length)) for length in LENGTHS
        )

    def validate_day(self, field: Field) -> None:
        """A day that is still to come, and not too far away."""
        if field.data is None:
            raise ValidationError(_("Kies een dag."))
        if field.data < self._today:
            raise ValidationError(_("Deze dag is voorbij. Kies vandaag of een latere dag."))
        if field.data > self._today + AHEAD:
            raise ValidationError(_("Kies een dag binnen een half jaar."))

    def validate_end(self, field: Field) -> None:
        """There is room for one talk at least."""
        if self.begin.data is None or field.data is None or self.minutes.data not in _LENGTHS:
            return
        begin, end = (one.hour * 60 + one.minute for one in (self.begin.data, field.data))
        if end - begin < int(self.minutes.data):
            raise ValidationError(_("In deze tijd past geen gesprek. Kies een latere eindtijd."))

    def stretch(self) -> Stretch:
        """Return what was asked; only after validation."""
        return Stretch(
            day=self.day.data or self._today,
            begin=self.begin.data,
            end=self.end.data,
            minutes=int(self.minutes.data),
            weeks=self.weeks.data or 1,
            where=self.where.data,
        )


_LENGTHS: Final = {str(length) for length in LENGTHS}


class NoteForm(PortalForm):
    """A note on a candidate."""

    text = ProseField(
        _l("Verslag"), [InputRequired(_NEEDED), _at_most(5000)], render_kw={"rows": 6}
    )


class TaskForm(PortalForm):
    """Something that a candidate is going to do."""

    what = LineField(_l("Wat gaat de kandidaat doen?"), [InputRequired(_NEEDED), _at_most(300)])
    due_on = DayField(_l("Klaar op"))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def validate_due_on(self, field: Field) -> None:
        """A day that is still to come, within a year."""
        if field.data is None:
            raise ValidationError(_("Kies een dag."))
        if field.data < self._today:
            raise ValidationError(_("Deze dag is voorbij. Kies vandaag of een latere dag."))
        if field.data > self._today + timedelta(days=366):
            raise ValidationError(_("Kies een dag binnen een jaar."))

    def task(self) -> tuple[str, date]:
        """Return what is to be done and by when; only after validation."""
        return self.what.data, self.due_on.data or self._today

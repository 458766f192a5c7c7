"""The forms of both sides of an application."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from portal.applications import policy
from portal.applications.meetings import MeetingInput
from portal.applications.policy import DayProblem
from portal.applications.words import WITHDRAW_LABELS
from portal.clock import ZONE
from portal.forms import PortalForm
from portal.opportunities.fields import (
    DayField,
    LineField,
    OneField,
    ProseField,
    choices,
    tidy_line,
)

NAME_MAX: Final = 120
MINUTES: Final = (15, 20, 30, 45, 60, 90, 120)


def at_most(most: int) -> Length:
    """Refuse a text that is too long, with the number in words."""
    return Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder."))


class ApplyForm(PortalForm):
    """What goes with an application. The name is asked once, of who has none yet."""

    name = LineField(_l("Je naam"), [at_most(NAME_MAX)], render_kw={"autocomplete": "name"})
    letter = ProseField(
        _l("Wil je er iets bij schrijven?"),
        [Optional(), at_most(policy.LETTER_MAX)],
        render_kw={"rows": 9},
    )
    phone = LineField(
        _l("Telefoonnummer"),
        [Optional(), at_most(policy.PHONE_MAX)],
        render_kw={"type": "tel", "autocomplete": "tel", "inputmode": "tel"},
    )

    def __init__(self, *args: object, named: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.name

    def validate_name(self, field: Field) -> None:
        """An employer has to know whom to ask for."""
        if not field.data:
            raise ValidationError(_("Vul in hoe je heet. Dan weet de werkgever wie reageert."))

    def validate_phone(self, field: Field) -> None:
        """A number has digits; how somebody writes it is their own affair."""
        digits = sum(c.isdigit() for c in field.data or "")
        if field.data and not 8 <= digits <= 15:
            raise ValidationError(_("Vul een telefoonnummer in, zoals 06 12345678."))


class WithdrawForm(PortalForm):
    """Why somebody stops; nobody has to say."""

    reason = OneField(_l("Waarom stop je?"), default=policy.WithdrawReason.NOT_SAID.value)
    word = ProseField(
        _l("Wil je er iets bij zeggen?"),
        [Optional(), at_most(policy.WORD_LENGTH[1])],
        render_kw={"rows": 3},
    )
    version = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = choices(WITHDRAW_LABELS.items())


class MessageForm(PortalForm):
    """A message to the other side."""

    text = ProseField(
        _l("Je bericht"),
        [
            DataRequired(message=_l("Schrijf eerst een bericht.")),
            at_most(policy.MESSAGE_MAX),
        ],
        render_kw={"rows": 4},
    )


class TimeField(StringField):  # type: ignore[misc]
    """A time of day: as a browser sends it, or typed as 14.30."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, render_kw={"type": "time"}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return tidy_line(str(self.raw_data[0]))
        return self.data.strftime("%H:%M") if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time; nothing typed is None."""
        typed = tidy_line(valuelist[0] if valuelist else "").replace(".", ":")
        self.data = None
        if not typed:
            return
        for pattern in ("%H:%M", "%H:%M:%S", "%H"):
            try:
                self.data = datetime.strptime(typed, pattern).time()  # noqa: DTZ007 - a time
            except ValueError:
                continue
            return
        raise ValueError(_("Vul een tijd in, zoals 14:30."))


class MeetingForm(PortalForm):
    """When and where to meet, in Dutch time."""

    day = DayField(_l("Dag"))
    at = TimeField(_l("Tijd"))
    minutes = OneField(_l("Hoe lang?"), default="30")
    where = LineField(
        _l("Waar?"),
        [DataRequired(message=_l("Vul in waar jullie elkaar zien.")), at_most(200)],
        description=_l("Een adres, of bijvoorbeeld: wij bellen jou."),
    )
    note = ProseField(
        _l("Wil je er iets bij zeggen?"), [Optional(), at_most(500)], render_kw={"rows": 3}
    )
    sequence = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.minutes.choices = choices(
            (str(n), _("%(n)s minuten", n=n) if n < 60 else _hours(n)) for n in MINUTES
        )

    def check(self, now: datetime) -> bool:
        """Validate, also that the moment is still to come and really exists."""
        good = bool(self.validate())
        for field in (self.day, self.at):
            if field.data is None and not field.errors:
                field.errors = [
                    _("Vul een dag in.") if field is self.day else _("Vul een tijd in.")
                ]
                good = False
        if self.day.data is None or self.at.data is None:
            return False
        words = {
            DayProblem.PAST: _("Dit moment is al voorbij. Kies een later moment."),
            DayProblem.TOO_FAR: _("Kies een moment binnen een half jaar."),
        }
        if problem := policy.moment_problem(self.starts_at, now):
            self.day.errors = [words[problem]]
            good = False
        return good

    @property
    def starts_at(self) -> datetime:
        """The moment, aware; only after validation."""
        day, at = self.day.data, self.at.data
        if day is None or at is None:
            raise ValueError("there is no moment yet")
        return datetime.combine(day, at, tzinfo=ZONE)

    def to_input(self) -> MeetingInput:
        """Return the proposal; only after validation."""
        return MeetingInput(
            starts_at=self.starts_at,
            minutes=int(self.minutes.data),
            where=self.where.data,
            note=self.note.data or "",
        )


class MeetingOffForm(PortalForm):
    """Why somebody cannot come."""

    why = ProseField(
        _l("Wil je er iets bij zeggen?"), [Optional(), at_most(500)], render_kw={"rows": 3}
    )
    sequence = HiddenField(default="0")


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if rest:
        return _("anderhalf uur")
    return _("%(n)s uur", n=whole)

"""The forms of recruiting."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from portal.applications.policy import (
    LETTER_MAX,
    PHONE_MAX,
    POSTPONE_AT_MOST,
    WORD_LENGTH,
    DayProblem,
    day_problem,
)
from portal.applications.words import REFUSAL_LABELS
from portal.forms import PortalForm
from portal.opportunities.fields import (
    DayField,
    LineField,
    NumberField,
    OneField,
    ProseField,
    choices,
)
from portal.recruiting.policy import TEXT_LENGTH, WORD_MAX

_NEEDED: Final = _l("Vul dit in.")
_SHORTER: Final = _l("Maak dit korter: %(max)d tekens of minder.")


class InviteForm(PortalForm):
    """The personal line that goes with an invitation."""

    text = ProseField(
        _l("Waarom juist deze persoon?"),
        [InputRequired(_NEEDED), Length(max=TEXT_LENGTH[1], message=_SHORTER)],
        description=_l("Noem wat je opviel, en wat jullie kunnen bieden. Zet er ook je naam bij."),
        render_kw={"rows": 6},
    )

    def validate_text(self, field: Field) -> None:
        """Some words that are about this person."""
        if len(field.data or "") < TEXT_LENGTH[0]:
            raise ValidationError(
                _(
                    "Schrijf iets meer: %(low)s tekens of meer. Het gaat om deze ene persoon.",
                    low=TEXT_LENGTH[0],
                )
            )


class YesForm(PortalForm):
    """What goes to the employer with a yes."""

    name = LineField(_l("Hoe heet je?"), [Optional(), Length(max=160, message=_SHORTER)])
    phone = LineField(
        _l("Je telefoonnummer"), [Optional(), Length(max=PHONE_MAX, message=_SHORTER)]
    )
    letter = ProseField(
        _l("Wil je er iets bij schrijven?"),
        [Optional(), Length(max=LETTER_MAX, message=_SHORTER)],
        render_kw={"rows": 4},
    )

    def validate_phone(self, field: Field) -> None:
        """A number has digits; how somebody writes it is their own affair."""
        digits = sum(c.isdigit() for c in field.data or "")
        if field.data and not 8 <= digits <= 15:
            raise ValidationError(_("Vul een telefoonnummer in, zoals 06 12345678."))


class NoForm(PortalForm):
    """A word with a no; it may stay empty."""

    word = ProseField(
        _l("Wil je zeggen waarom?"),
        [Optional(), Length(max=WORD_MAX, message=_SHORTER)],
        description=_l("Je naam gaat niet mee. De werkgever leest alleen wat je hier schrijft."),
        render_kw={"rows": 3},
    )


class StepForm(PortalForm):
    """A step with an application; every step may have a word."""

    word = ProseField(
        _l("Wil je er iets bij schrijven?"),
        [Optional(), Length(max=WORD_LENGTH[1], message=_SHORTER)],
        render_kw={"rows": 4},
    )
    version = HiddenField(default="0")

    def arguments(self) -> dict[str, Any]:
        """What the step needs besides the version; only after validation."""
        return {"word": self.word.data or ""}


class PostponeForm(StepForm):
    """Until when it has to wait."""

    until = DayField(_l("Tot wanneer?"), [InputRequired(_NEEDED)])

    def arguments(self) -> dict[str, Any]:
        """The day too."""
        return {**super().arguments(), "until": self.until.data}


class OfferForm(StepForm):
    """The job: from when, for how long a week, and until when somebody can say yes."""

    start_on = DayField(_l("Eerste werkdag"), [InputRequired(_NEEDED)])
    hours = NumberField(_l("Uren per week"), [Optional()], low=1, high=60)
    answer_by = DayField(
        _l("Antwoord voor"),
        [Optional()],
        description=_l("Laat je dit leeg? Dan zijn het tien werkdagen."),
    )

    def arguments(self) -> dict[str, Any]:
        """The days, with the hours before the word."""
        word = super().arguments()["word"]
        if self.hours.data:
            hours = _("%(hours)s uur per week.", hours=format_decimal(self.hours.data))
            word = f"{hours}\n\n{word}".strip()
        return {
            "word": word,
            "start_on": self.start_on.data,
            "answer_by": self.answer_by.data,
        }


class RefuseForm(StepForm):
    """Why not, and a word that helps; a refusal without one helps nobody."""

    reason = OneField(_l("Waarom niet?"))
    word = ProseField(
        _l("Wat helpt deze persoon verder?"),
        [InputRequired(_NEEDED), Length(max=WORD_LENGTH[1], message=_SHORTER)],
        description=_l("We deden een voorstel. Maak er je eigen tekst van."),
        render_kw={"rows": 7},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = choices(REFUSAL_LABELS.items())

    def validate_word(self, field: Field) -> None:
        """A sentence at least."""
        if len(field.data or "") < WORD_LENGTH[0]:
            raise ValidationError(_("Schrijf een zin waar de kandidaat iets aan heeft."))

    def arguments(self) -> dict[str, Any]:
        """The reason too."""
        return {**super().arguments(), "reason": self.reason.data}


class BulkForm(PortalForm):
    """One text for several people, before it is made theirs."""

    reason = OneField(_l("Waarom niet?"))
    until = DayField(_l("Tot wanneer?"), [Optional()])
    text = ProseField(
        _l("Je tekst voor iedereen"),
        [InputRequired(_NEEDED), Length(max=WORD_LENGTH[1] - 200, message=_SHORTER)],
        description=_l("Op de plaats van {naam} komt ieders voornaam, bij {plek} de vacature."),
        render_kw={"rows": 8},
    )

    def __init__(self, *args: object, refuses: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if refuses:
            del self.until
            self.reason.choices = choices(REFUSAL_LABELS.items())
        else:
            del self.reason

    def check(self, today: date) -> bool:
        """Validate, also that a day is still to come."""
        good = bool(self.validate())
        if self.until is not None and not self.until.errors:
            words = {
                DayProblem.MISSING: _("Vul een dag in."),
                DayProblem.PAST: _("Deze dag is al voorbij. Kies een dag na vandaag."),
                DayProblem.TOO_FAR: _("Deze dag is te ver weg. Kies een eerdere dag."),
            }
            if problem := day_problem(self.until.data, today, POSTPONE_AT_MOST):
                self.until.errors = [words[problem]]
                good = False
        return good

"""The form of who looked at evidence."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from portal.opportunities.fields import ProseField
from portal.portfolio.check_words import Guide
from portal.portfolio.kinds import CheckResult
from portal.portfolio.validation_forms import VersionedForm

NOTE: Final = (10, 300)


class CheckForm(VersionedForm):
    """What was found."""

    looked = BooleanField(_l("Ik heb er vandaag zelf naar gekeken."))
    result = RadioField(
        _l("Wat is de uitkomst?"),
        [InputRequired(_l("Kies een uitkomst."))],
        choices=[
            SelectChoice(CheckResult.CONFIRMED, _l("Het klopt")),
            SelectChoice(CheckResult.REJECTED, _l("Ik kan dit nog niet aannemen")),
        ],
    )
    note = ProseField(
        _l("Wat wil je erbij zeggen?"),
        [Length(max=NOTE[1], message=_l("Maak dit korter: %(max)d tekens of minder."))],
        description=_l("De kandidaat leest dit. Neem je het niet aan? Schrijf dan wat er mist."),
    )

    def __init__(self, *args: object, guide: Guide, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.looked.label.text = str(guide.tick)

    def validate_looked(self, field: Field) -> None:
        """Nobody confirms what they did not see."""
        if self.result.data == CheckResult.CONFIRMED and not field.data:
            raise ValidationError(_("Zet hier een vinkje als je het zelf hebt gezien."))

    def validate_note(self, field: Field) -> None:
        """Who does not take it says why."""
        if self.result.data == CheckResult.REJECTED and len(field.data or "") < NOTE[0]:
            raise ValidationError(_("Schrijf in een zin wat er mist."))

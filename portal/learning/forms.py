"""What visitors choose to find their way in the catalogue of learning."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from portal.forms import PortalForm
from portal.opportunities.fields import LineField, OneField, choices
from portal.opportunities.presenting import FORM_LABELS

MAX_WORDS_LENGTH: Final = 200


class LearningForm(PortalForm):
    """Search words and the form of learning; they stand in the address."""

    class Meta(PortalForm.Meta):
        """Looking changes nothing, so it needs no proof of where it came from."""

        csrf = False

    q = LineField(_l("Wat wil je leren?"))
    form = OneField(_l("Vorm"), default="")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = choices([("", _("alle vormen")), *FORM_LABELS.items()])

    def validate_q(self, field: Field) -> None:
        """Refuse a whole letter as search words."""
        if len(field.data) > MAX_WORDS_LENGTH:
            raise ValidationError(
                _("Zoek met een paar woorden. Dit zijn er te veel om mee te zoeken.")
            )

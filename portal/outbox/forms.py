"""How an administrator finds a mail."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from portal.forms import PortalForm
from portal.opportunities.fields import LineField, OneField, choices
from portal.outbox.views import STATE_LABELS
from portal.outbox.workflow import State

MAX_WORDS_LENGTH: Final = 200


class FindForm(PortalForm):
    """Search words and where the mail is; they stand in the address."""

    class Meta(PortalForm.Meta):
        """Looking changes nothing, so it needs no proof of where it came from."""

        csrf = False

    q = LineField(_l("Zoek op adres of onderwerp"))
    state = OneField(_l("Stand"), default="")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = choices([("", _("alles")), *STATE_LABELS.items()])

    def validate_q(self, field: Field) -> None:
        """Refuse a whole letter as search words."""
        if len(field.data) > MAX_WORDS_LENGTH:
            raise ValidationError(
                _("Zoek met een paar woorden. Dit zijn er te veel om mee te zoeken.")
            )

    @property
    def wanted(self) -> State | None:
        """The state to show; None for all."""
        return State(self.state.data) if self.state.data else None

"""The forms of sharing: a link, and a document."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from portal.forms import PortalForm
from portal.opportunities.fields import LineField, OneField
from portal.portfolio.sharing_service import DAYS

_NAMED = _l("Zet mijn naam erbij")


class KeyedForm(PortalForm):
    """A form that knows itself again, so that sending it twice makes one link."""

    form_key = HiddenField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.form_key.data:
            self.form_key.data = secrets.token_urlsafe(16)


class LinkForm(KeyedForm):
    """A link for somebody."""

    label = LineField(
        _l("Voor wie is deze link?"),
        [Length(min=2, max=120, message=_l("Schrijf hier %(min)d tot %(max)d tekens."))],
        description=_l("Alleen jij ziet dit. Bijvoorbeeld: gesprek met Zorggroep Zuid."),
    )
    days = RadioField(_l("Hoe lang werkt de link?"), default="30")
    with_name = BooleanField(_NAMED, default=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = [
            SelectChoice(str(days), ngettext("%(num)s dag", "%(num)s dagen", days)) for days in DAYS
        ]


class PaperForm(KeyedForm):
    """A document to hand over."""

    named = BooleanField(_NAMED, default=True)
    link = OneField(_l("Link en code om het online te bekijken"), default="")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, prefix="pdf-", **kwargs)
        self.link.choices = [
            SelectChoice("", str(_l("Geen link"))),
            *(
                SelectChoice(
                    str(days),
                    ngettext(
                        "Een link die %(num)s dag werkt", "Een link die %(num)s dagen werkt", days
                    ),
                )
                for days in DAYS
            ),
        ]

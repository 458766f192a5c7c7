"""Forms that only show how fields look; what they take is kept nowhere."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    IntegerRangeField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from portal.forms import PortalForm
from portal.matching.knowledge import framework
from portal.opportunities import day_parts
from portal.opportunities.fields import ManyField, choices
from portal.opportunities.presenting import PART_LABELS, WEEKDAY_LABELS

KINDS = (("care", _l("zorg")), ("welfare", _l("welzijn")), ("both", _l("zorg en welzijn")))


class _Shown(PortalForm):
    class Meta:
        """Nothing is changed with it."""

        csrf = False

    def __init__(self, prefix: str, **kwargs: object) -> None:
        super().__init__(formdata=None, prefix=prefix, **kwargs)

    def wrong(self, **messages: str) -> None:
        """Show these errors at their fields."""
        for name, message in messages.items():
            self[name].errors = [message]


class FieldsForm(_Shown):
    """Every kind of field."""

    name = StringField(_l("Naam"), [InputRequired()])
    story = TextAreaField(_l("Wat kun je?"), [Optional(), Length(max=200)])
    place = StringField(_l("Waar woon je?"), [Optional()])
    hours = SelectField(_l("Uren per week"), choices=[SelectChoice("16"), SelectChoice("24")])
    weight = IntegerRangeField(_l("Wat telt het meest?"), [Optional()], default=50)
    password = PasswordField(_l("Wachtwoord"))
    agree = BooleanField(_l("Ik wil bericht als er iets nieuws is"))
    kind = RadioField(_l("Waar wil je werken?"), choices=[], default="care")
    groups = ManyField(_l("Met wie werk je graag?"), [Optional()])

    def __init__(self, prefix: str, **kwargs: object) -> None:
        super().__init__(prefix, **kwargs)
        self.kind.choices = choices(KINDS)
        self.groups.choices = choices(
            [
                ("old", _("ouderen")),
                ("young", _("kinderen")),
                ("long", _("mensen met een arbeidsongeschiktheidsverzekering")),
            ]
        )


class PickerForm(_Shown):
    """A long list in groups, and a shorter one without."""

    competences = ManyField(
        _l("Wat kun je al?"), [Optional()], description=_l("Kies wat bij je past. Alles telt.")
    )
    fields = ManyField(_l("In welke sector wil je werken?"))

    def __init__(self, prefix: str, language: str, **kwargs: object) -> None:
        known = framework()
        super().__init__(prefix, **kwargs)
        self.competences.choices = [
            SelectChoice(one.id, one.label(language), optgroup=group)
            for group, some in (
                (_("Zorgen"), list(known.competences.values())[:12]),
                (_("Andere dingen"), list(known.competences.values())[12:30]),
            )
            for one in some
        ]
        self.fields.choices = choices((f.id, f.label(language)) for f in known.fields.values())


class WeekForm(_Shown):
    """Seven days of four parts."""

    week = ManyField(_l("Wanneer kun je werken?"))

    def __init__(self, prefix: str, **kwargs: object) -> None:
        super().__init__(prefix, **kwargs)
        self.week.choices = choices(
            (f"{day}-{part}", f"{WEEKDAY_LABELS[day]} {PART_LABELS[part]}")
            for day in day_parts.DAYS
            for part in day_parts.PARTS
        )


class PaperForm(_Shown):
    """A file, and a box to take it away."""

    paper = FileField(_l("Diploma of bewijs"), [Optional()])
    remove = BooleanField()


class FiltersForm(PortalForm):
    """Filters of a list."""

    class Meta:
        """A filter changes nothing."""

        csrf = False

    distance = SelectField(_l("Hoe ver wil je reizen?"), validate_choice=False)
    kind = ManyField(_l("Soort werk"))
    paid = BooleanField(_l("Leren wordt betaald"))

    def __init__(self, sent: MultiDict[str, str]) -> None:
        super().__init__(sent)
        self.distance.choices = choices([("0", _("maakt niet uit")), ("10", _("tot 10 kilometer"))])
        self.kind.choices = choices(KINDS)
        # Choices are known only now; what came in is read again against them.
        self.process(sent)

"""The forms around signing: asking, signing, saying no, answering."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from portal.forms import PortalForm
from portal.opportunities.fields import (
    DayField,
    LineField,
    ManyField,
    OneField,
    ProseField,
    choices,
)
from portal.organisations.models import Organisation
from portal.portfolio import validation_policy as policy
from portal.portfolio.kinds import Mastery
from portal.portfolio.models import EvidenceItem, Validation
from portal.portfolio.validation_service import Asked, Signature
from portal.portfolio.validation_words import SEEN_LABELS, competence_label
from portal.when import day_text

MOST_AT_ONCE: Final = 10
COACH, COACH_ASSESSES = "coach", "coach-beoordeelt"
NOTE: Final = (10, 1000)
REASON: Final = (10, 500)
SCOPE: Final = (5, 300)


def _words(low: int, high: int) -> Length:
    return Length(min=low, max=high, message=_l("Schrijf hier %(min)d tot %(max)d tekens."))


class VersionedForm(PortalForm):
    """A form that knows of which version of the page it was made."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page was made from; 0, which none has, when it says nothing."""
        typed = self.version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def made_from(self, row: Validation | EvidenceItem) -> None:
        """Let the form be about what is there now."""
        self.version.data = str(row.version)
        self.version.raw_data = None


class AskForm(PortalForm):
    """What a candidate asks to sign for, and whom."""

    competences = ManyField(_l("Waarvoor vraag je een handtekening?"))
    who = OneField(_l("Aan wie vraag je het?"), default="")
    note = ProseField(
        _l("Waar en wanneer zagen ze dit?"),
        [_words(*NOTE)],
        description=_l("Bijvoorbeeld: ik liep in maart mee op de huiskamer van locatie Zuid."),
    )

    def __init__(
        self,
        *args: object,
        competences: Sequence[str],
        coach: str | None,
        known: Sequence[Organisation],
        others: Sequence[Organisation],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.competences.choices = choices((one, competence_label(one)) for one in competences)
        offered = [SelectChoice("", _("Maak een keuze"))]
        if coach is not None:
            about = _("Je coach")
            offered += [
                SelectChoice(
                    COACH, _("%(name)s, die het heeft gezien", name=coach), optgroup=about
                ),
                SelectChoice(
                    COACH_ASSESSES, _("%(name)s, om je te toetsen", name=coach), optgroup=about
                ),
            ]
        offered += [
            SelectChoice(str(one.id), one.name, optgroup=label)
            for label, group in (
                (_("Waar je reageerde of werkt"), known),
                (_("Andere werkgevers"), others),
            )
            for one in group
        ]
        self.who.choices = offered

    def validate_competences(self, field: Field) -> None:
        """At least one, and not so many that nobody looks well."""
        if not field.data:
            raise ValidationError(_("Kies waarvoor je een handtekening vraagt."))
        if len(field.data) > MOST_AT_ONCE:
            raise ValidationError(_("Vraag er hoogstens %(most)s tegelijk.", most=MOST_AT_ONCE))

    def validate_who(self, field: Field) -> None:
        """Somebody must be asked."""
        if not field.data:
            raise ValidationError(_("Kies aan wie je het vraagt."))

    def asked(self) -> Asked:
        """Return of whom it is asked; only after validation."""
        if self.who.data in (COACH, COACH_ASSESSES):
            return Asked(as_assessor=self.who.data == COACH_ASSESSES)
        return Asked(organisation_id=int(self.who.data))


class SignForm(VersionedForm):
    """What an assessor signs for."""

    mastery = RadioField(_l("Hoe goed doet iemand dit?"), validate_choice=False)
    scope = LineField(
        _l("In welke situatie zag je dit?"),
        [_words(*SCOPE)],
        description=_l("Bijvoorbeeld: in de huiskamer, acht bewoners met dementie, overdag."),
    )
    valid_until = DayField(_l("Tot en met wanneer telt dit?"))
    signed_name = LineField(
        _l("Je naam"),
        [_words(2, 160)],
        description=_l("Zo staat je naam onder de handtekening."),
    )
    seen_myself = BooleanField(_l("Ik heb dit zelf gezien."))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.mastery.choices = choices((one.value, SEEN_LABELS[one]) for one in Mastery)
        self.valid_until.description = _(
            "Hoogstens %(years)s jaar: tot en met %(day)s.",
            years=policy.LONGEST_YEARS,
            day=day_text(policy.longest(today)),
        )

    def validate_mastery(self, field: Field) -> None:
        """One of the levels."""
        if field.data not in set(Mastery):
            raise ValidationError(_("Kies wat je hebt gezien."))

    def validate_valid_until(self, field: Field) -> None:
        """A day that is still to come, and not too far off."""
        if field.data is None:
            raise ValidationError(_("Vul een datum in, zoals 31-12-2027."))
        if field.data <= self.today:
            raise ValidationError(_("Kies een dag die nog moet komen."))
        if not policy.until_allowed(field.data, self.today):
            raise ValidationError(
                _("Kies een dag tot en met %(day)s.", day=day_text(policy.longest(self.today)))
            )

    def validate_seen_myself(self, field: Field) -> None:
        """Nobody signs for what others told."""
        if not field.data:
            raise ValidationError(
                _("Zet hier een vinkje. Zag je het niet zelf? Laat dan weten dat je niet tekent.")
            )

    def signature(self) -> Signature:
        """Return what is signed; only after validation."""
        return Signature(
            mastery=Mastery(self.mastery.data),
            scope=self.scope.data,
            valid_until=cast(date, self.valid_until.data),
            name=self.signed_name.data,
        )


class ReasonForm(VersionedForm):
    """Why somebody does not sign, or takes a signature back."""

    reason = ProseField(
        _l("Waarom?"),
        [_words(*REASON)],
        description=_l("De kandidaat leest dit. Schrijf wat er nog nodig is."),
    )


class AnswerForm(VersionedForm):
    """What a candidate thinks of what was signed."""

    agreed = RadioField(
        _l("Klopt dit volgens jou?"),
        [InputRequired(_l("Kies wat je ervan vindt."))],
        choices=[
            SelectChoice("yes", _l("Ja, dit klopt")),
            SelectChoice("no", _l("Nee, ik zie het anders")),
        ],
    )
    words = ProseField(
        _l("Wat wil je erbij zeggen?"),
        [Length(max=500, message=_l("Maak dit korter: %(max)d tekens of minder."))],
        description=_l("Wie tekende, krijgt dit per mail. Vul dit in als je het anders ziet."),
    )

    def validate_words(self, field: Field) -> None:
        """Who disagrees says why."""
        if self.agreed.data == "no" and len(field.data or "") < REASON[0]:
            raise ValidationError(_("Schrijf in een zin wat je anders ziet."))

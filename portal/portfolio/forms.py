"""The forms of competences: what the portal proposes, one added by oneself, a change."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from portal.forms import PortalForm
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.fields import ManyField, OneField, ProseField, choices
from portal.portfolio.models import Mastery
from portal.portfolio.service import LONGEST_SENTENCE, CompetenceInput
from portal.portfolio.views import group_label
from portal.portfolio.words import GROUP_LABELS, MASTERY_LABELS

SHORTEST_SENTENCE: Final = 10


def competence_choices(own: frozenset[str] = frozenset()) -> list[SelectChoice]:
    """All competences under their group; those of somebody's portfolio before the others."""
    known, language = framework(), data_language()
    mine = sorted((one for one in known.competences.values() if one.id in own), key=str)
    found = [
        SelectChoice(one.id, one.label(language), optgroup=_("In je portfolio"))
        for one in sorted(mine, key=lambda one: one.label(language))
    ]
    order = [*GROUP_LABELS, *(one for one in known.groups if one not in GROUP_LABELS)]
    for group in order:
        found += [
            SelectChoice(one.id, one.label(language), optgroup=group_label(group))
            for one in (known.competences[key] for key in known.groups.get(group, ()))
            if one.id not in own
        ]
    return found


def mastery_choices() -> list[SelectChoice]:
    """How well, as people say it of themselves."""
    return choices(MASTERY_LABELS.items())


class CompetenceForm(PortalForm):
    """The level of a competence and the own words that show it."""

    seen_at = HiddenField()
    mastery = RadioField(_l("Hoe goed kun je dit?"), default=Mastery.INDEPENDENT)
    sentence = ProseField(
        _l("Waar heb je dit gedaan?"),
        description=_l("Vertel het in een of twee zinnen. Schrijf geen namen van anderen op."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.mastery.choices = mastery_choices()

    def validate_sentence(self, field: Field) -> None:
        """A short example of one's own."""
        if len(field.data) < SHORTEST_SENTENCE:
            raise ValidationError(_("Schrijf in een zin waar je dit deed."))
        if len(field.data) > LONGEST_SENTENCE:
            raise ValidationError(
                _("Maak dit korter: %(max)d tekens of minder.", max=LONGEST_SENTENCE)
            )

    def to_input(self, competence: str) -> CompetenceInput:
        """Return what was filled in; only after validation."""
        return CompetenceInput(
            competence=competence,
            mastery=Mastery(self.mastery.data),
            sentence=self.sentence.data,
        )


class NewCompetenceForm(CompetenceForm):
    """The same for competences that somebody looks up."""

    competences = ManyField(
        _l("Wat kun je?"),
        description=_l("Kies wat bij dit voorbeeld hoort. Meer dan een mag."),
    )

    def __init__(self, *args: object, own: frozenset[str] = frozenset(), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.competences.choices = [
            one for one in competence_choices() if one.value not in own or one.value in self._chosen
        ]

    @property
    def _chosen(self) -> set[str]:
        return set(self.competences.data or ())

    def validate_competences(self, field: Field) -> None:
        """At least one, and not the whole list at once."""
        if not field.data:
            raise ValidationError(_("Kies iets uit de lijst."))
        if len(field.data) > 5:
            raise ValidationError(_("Kies er hoogstens vijf bij één voorbeeld."))


class ProposalForm(PortalForm):
    """One proposal: the level that somebody gives it. Prefixed with the competence."""

    mastery = OneField(_l("Hoe goed kun je dit?"), default=Mastery.INDEPENDENT)
    sentence = HiddenField()

    class Meta(PortalForm.Meta):
        """It is part of a form that carries the proof."""

        csrf = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.mastery.choices = mastery_choices()

"""What people choose to find their way in the guide, and the text that the game made."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field, IntegerField, RadioField, ValidationError
from wtforms.widgets import HiddenInput

from portal.forms import PortalForm
from portal.languages import data_language
from portal.matching.asked import MAX_TEXT, NotUsable, check_some_words, check_text
from portal.matching.knowledge import framework
from portal.opportunities.fields import LineField, ManyField, ProseField, choices

MAX_WORDS_LENGTH: Final = 200
LEVELS: Final[dict[str, tuple[LazyString, frozenset[int]]]] = {
    "begin": (_l("je begint zonder diploma"), frozenset({0, 1})),
    "2": (_l("mbo 2"), frozenset({2})),
    "3": (_l("mbo 3"), frozenset({3})),
    "4": (_l("mbo 4"), frozenset({4})),
    "6": (_l("hbo of universiteit"), frozenset({6, 7})),
}
"""Levels as people choose them."""


class GuideForm(PortalForm):
    """Search words and filters; they stand in the address."""

    class Meta(PortalForm.Meta):
        """Looking changes nothing, so it needs no proof of where it came from."""

        csrf = False

    q = LineField(_l("Zoek een beroep, of iets wat je graag doet"))
    level = ManyField(_l("Niveau"))
    field = ManyField(_l("Sector"))
    group = ManyField(_l("Met wie wil je werken?"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        spoken = data_language()
        self.level.choices = choices((key, label) for key, (label, _numbers) in LEVELS.items())
        self.field.choices = choices(
            (one.id, one.label(spoken)) for one in framework().fields.values()
        )
        self.group.choices = choices(
            (one.id, one.label(spoken)) for one in framework().target_groups.values()
        )

    def validate_q(self, field: Field) -> None:
        """Refuse a whole letter as search words."""
        if len(field.data) > MAX_WORDS_LENGTH:
            raise ValidationError(
                _("Zoek met een paar woorden. Dit zijn er te veel om mee te zoeken.")
            )

    @property
    def levels(self) -> frozenset[int]:
        """The levels that were chosen; empty for any."""
        return frozenset().union(*(LEVELS[one][1] for one in self.level.data or ()))

    def arguments(self) -> dict[str, Any]:
        """What is chosen, as arguments of an address."""
        return {field.name: field.data for field in self if field.data}


class AmbitionForm(PortalForm):
    """What the game made, as somebody wants to say it."""

    text = ProseField(_l("Wat wil je?"), render_kw={"rows": 7})
    how = RadioField(_l("Er staat al iets bij Wat wil je. Wat doen we daarmee?"), default="add")
    version = IntegerField(widget=HiddenInput())

    def __init__(self, *args: object, before: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._before = before
        self.how.choices = choices(
            [
                ("add", _("Zet deze tekst erbij")),
                ("replace", _("Vervang wat er staat door deze tekst")),
            ]
        )

    def validate_text(self, field: Field) -> None:
        """Refuse a text without a word, and one that is too long with what stands there."""
        try:
            check_some_words("", field.data)
            check_text(field.data)
        except NotUsable as error:
            raise ValidationError(str(error)) from error
        if self.how.data == "add" and len(self._before) + len(field.data) + 2 > MAX_TEXT:
            raise ValidationError(
                _("Samen met wat er al staat is dit te lang. Kort het in, of vervang wat er staat.")
            )

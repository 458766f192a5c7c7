"""The form that all forms are made from: what the library says, it says in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as say
from flask_wtf import FlaskForm


def _n(text: str) -> str:
    """Mark a text for the catalogue; it is translated when it is shown."""
    return text


_CHOOSE: Final = _n("Kies iets uit de lijst.")
_SHORTER: Final = _n("Maak dit korter: %(max)d tekens of minder.")
_LONGER: Final = _n("Maak dit langer: %(min)d tekens of meer.")
_NUMBER: Final = _n("Vul een getal in.")
_DAY: Final = _n("Vul een datum in, zoals 31-12-2027.")
OTHERWISE: Final = _n("Dit kunnen we niet lezen. Kijk na wat je hier invulde.")
"""For what the library says and stands not below: true of everything that it refuses."""
OURS: Final[Mapping[str, str]] = {
    "This field is required.": _n("Vul dit in."),
    "Not a valid integer value.": _n("Vul een heel getal in."),
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Number must be at least %(min)s.": _n("Vul %(min)s of meer in."),
    "Number must be at most %(max)s.": _n("Vul %(max)s of minder in."),
    "Number must be between %(min)s and %(max)s.": _n(
        "Vul een getal in van %(min)s tot en met %(max)s."
    ),
    "Field must be at least %(min)d character long.": _LONGER,
    "Field cannot be longer than %(max)d character.": _SHORTER,
    "Field must be between %(min)d and %(max)d characters long.": _n(
        "Vul hier %(min)d tot %(max)d tekens in."
    ),
    "Not a valid choice.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "Not a valid datetime value.": _DAY,
    "Not a valid date value.": _DAY,
    "Not a valid time value.": _n("Vul een tijd in, zoals 09:30."),
    "Invalid email address.": _n(
        "Dit is geen geldig e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl."
    ),
}
"""What WTForms says, by its own English; of a plural the first form."""


class LibraryTexts:
    """Gives WTForms our words, in any language that has a catalogue."""

    def gettext(self, string: str) -> str:
        """Return our words for a message; the form fills in its values."""
        # Without values it leaves the %-signs alone.
        return say(OURS.get(string, OTHERWISE))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for a message with a number; ours do not bend with it."""
        return self.gettext(singular)


class PortalForm(FlaskForm):  # type: ignore[misc]
    """A form whose library speaks the language of the page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Where the library finds its words."""

        def get_translations(self, form: object) -> LibraryTexts:
            """Return our words."""
            return LibraryTexts()

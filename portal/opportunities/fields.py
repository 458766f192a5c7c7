"""Form fields that read what people type: tidy text, numbers, days, lines, choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from wtforms import (
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import ListWidget

from portal.ticks import Tick

_UNSEEN = {"Cc", "Cs", "Cn", "Co"}
_DIRECTION = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+")


def tidy(text: str | None) -> str:
    """Drop what nobody sees, such as control characters, and space at both ends."""
    # A form that takes files hands over whatever came under the name of the field.
    text = text if isinstance(text, str) else ""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        c if c == "\n" else " " if c == "\t" else c
        for c in composed
        if c in "\n\t" or (unicodedata.category(c) not in _UNSEEN and c not in _DIRECTION)
    )
    return "".join(seen).strip()


def tidy_line(text: str | None) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())


class LineField(StringField):  # type: ignore[misc]
    """One line of text."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, filters=(tidy_line,), **kwargs)


class ProseField(TextAreaField):  # type: ignore[misc]
    """A text of several lines."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, filters=(tidy,), **kwargs)


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list, one thing on each line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines that are not empty, without the dash before them."""
        lines = tidy(valuelist[0] if valuelist else "").split("\n")
        self.data = [line for one in lines if (line := tidy_line(one).lstrip("-•* "))]


class NumberField(StringField):  # type: ignore[misc]
    """A number as people type it in Dutch or in English; `whole` refuses a fraction."""

    data: Any

    def __init__(
        self, *args: object, low: float, high: float, whole: bool = False, **kwargs: object
    ) -> None:
        self.low, self.high, self.whole = low, high, whole
        super().__init__(*args, render_kw={"inputmode": "decimal", "size": 8}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return tidy_line(str(self.raw_data[0]))
        return "" if self.data is None else str(format_decimal(self.data, format="0.##"))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `24`, `7,5`, `7.5`, `2.350` or `2,350`; nothing typed is None."""
        typed = tidy_line(valuelist[0] if valuelist else "").removeprefix("€").strip()
        self.data = None
        if not typed:
            return
        if _GROUPED.fullmatch(typed):
            number = float(re.sub(r"\D", "", typed))
        elif _NUMBER.fullmatch(typed):
            number = float(typed.replace(",", "."))
        else:
            raise ValueError(_("Vul een getal in."))
        if self.whole and number != int(number):
            raise ValueError(_("Vul een heel getal in."))
        if not self.low <= number <= self.high:
            low, high = format_decimal(self.low), format_decimal(self.high)
            raise ValueError(
                _("Vul een getal in van %(low)s tot en met %(high)s.", low=low, high=high)
            )
        self.data = int(number) if self.whole else number


class DayField(StringField):  # type: ignore[misc]
    """A day: as a browser sends it, or typed as day-month-year."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, render_kw={"type": "date"}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return tidy_line(str(self.raw_data[0]))
        return self.data.isoformat() if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day; nothing typed is None."""
        typed = tidy_line(valuelist[0] if valuelist else "")
        self.data = None
        if not typed:
            return
        for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                self.data = datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a day
            except ValueError:
                continue
            return
        raise ValueError(_("Vul een datum in, zoals 31-12-2027."))


class OneField(SelectField):  # type: ignore[misc]
    """One choice out of a list."""

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list, without repeating it."""
        if not any(choice.value == str(self.data) for choice in self.choices or ()):
            raise ValidationError(_("Kies iets uit de lijst."))


class ManyField(SelectMultipleField):  # type: ignore[misc]
    """Checkboxes. A choice that is not there is passed over: it came from an old link."""

    widget = ListWidget(prefix_label=False)
    option_widget = Tick()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read each value once."""
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Field) -> None:
        """Keep the values that are a choice; choices are known only now."""
        self.data = self.known()

    def known(self) -> list[str]:
        """Return the values that are a choice, also of a form that nobody validated."""
        there = {choice.value for choice in self.choices or ()}
        return [value for value in self.data or () if value in there]


def choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Choices of a select out of values and labels, in the language of who looks."""
    return [SelectChoice(str(value), str(label)) for value, label in pairs]

"""What the forms of evidence share: how dates are read, what is linked, how a file is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, ValidationError
from wtforms.validators import Length, Optional

from portal.forms import PortalForm
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.fields import (
    DayField,
    ManyField,
    NumberField,
    choices,
    tidy_line,
)
from portal.opportunities.presenting import LEVEL_TEXTS
from portal.portfolio import policy
from portal.portfolio.evidence_service import EvidenceInput
from portal.portfolio.files import MAX_BYTES, Accepted, Refusal, Refused, accept
from portal.portfolio.forms import competence_choices
from portal.portfolio.models import EvidenceKind

OLDEST: Final = date(1940, 1, 1)
FAR: Final = timedelta(days=365 * 20)
MOST_LINKED: Final = 25
_YEAR: Final = re.compile(r"\d{4}")
_MONTH: Final = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
REFUSALS: Final = {
    Refusal.EMPTY: _l("Dit bestand is leeg."),
    Refusal.TOO_LARGE: _l("Dit bestand is te groot. Het mag hoogstens 10 MB zijn."),
    Refusal.PROGRAM: _l("Dit is een programma. Stuur een PDF of een foto."),
    Refusal.ARCHIVE: _l("Dit is een ingepakte map. Pak hem uit en stuur de PDF of foto zelf."),
    Refusal.MARKUP: _l("Dit is een webpagina. Bewaar hem als PDF en stuur die."),
    Refusal.ACTIVE: _l("In deze PDF zit een programma of ander bestand. Druk hem af naar PDF."),
    Refusal.HEIC: _l("Dit is een HEIC-foto. Bewaar hem als JPEG, of maak een schermafdruk."),
    Refusal.OFFICE: _l("Dit is een kantoorbestand. Bewaar het als PDF en stuur die."),
    Refusal.BROKEN: _l("Dit bestand is niet heel. Maak de foto of PDF opnieuw."),
    Refusal.UNKNOWN: _l("Dit soort bestand kennen we niet. Stuur een PDF of een foto."),
}


def at_most(most: int) -> Length:
    """Refuse a longer text, in our words."""
    return Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder."))


class PeriodField(DayField):
    """A day as people remember it: a year, a month or a day. `last` takes the end of it."""

    def __init__(self, *args: object, last: bool = False, **kwargs: object) -> None:
        self.last = last
        super().__init__(*args, **kwargs)
        self.render_kw = {"inputmode": "text", "size": 12, "autocomplete": "off"}

    def _value(self) -> str:
        if self.raw_data:
            return tidy_line(str(self.raw_data[0]))
        if not isinstance(self.data, date):
            return ""
        edge = (12, 31) if self.last else (1, 1)
        if (self.data.month, self.data.day) == edge:
            return str(self.data.year)
        return f"{self.data.day:02}-{self.data.month:02}-{self.data.year}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `2016`, `03-2016` or a whole day; nothing typed is None."""
        typed = tidy_line(valuelist[0] if valuelist else "")
        month = _MONTH.fullmatch(typed)
        iso = _ISO_MONTH.fullmatch(typed)
        try:
            if _YEAR.fullmatch(typed):
                self.data = date(int(typed), 12, 31) if self.last else date(int(typed), 1, 1)
            elif month:
                self.data = self._of_month(int(month[2]), int(month[1]))
            elif iso:
                self.data = self._of_month(int(iso[1]), int(iso[2]))
            else:
                super().process_formdata(valuelist)
        except ValueError as error:
            self.data = None
            raise ValueError(_("Vul een jaar of datum in, zoals 2016 of 03-2016.")) from error

    def _of_month(self, year: int, month: int) -> date:
        first = date(year, month, 1)
        if not self.last:
            return first
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


class EvidenceForm(PortalForm):
    """What every kind asks: what it shows, and whether a person should look at it."""

    kind: EvidenceKind
    order: tuple[str, ...] = ()
    """The fields in the order in which they are asked."""
    needs: dict[str, Any] = {}  # noqa: RUF012 - words per field, never changed
    """Fields that cannot stay empty, with what to say when they do."""

    version = HiddenField()
    form_key = HiddenField()
    competences = ManyField(
        _l("Wat laat dit zien?"),
        [Optional()],
        description=_l("Kies wat je hier deed of leerde. Het komt ook in je portfolio."),
    )
    ask_check = BooleanField(
        _l("Laat iemand van het loket dit bekijken"),
        description=_l("Een mens kijkt of het klopt. Daarna telt het zwaarder."),
        default=True,
    )
    remove_file = BooleanField(_l("Haal dit bestand weg"))

    def __init__(
        self,
        *args: object,
        kind: EvidenceKind,
        own: frozenset[str] = frozenset(),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.accepted: Accepted | None = None
        self.competences.choices = competence_choices(own)
        if kind not in policy.CHECKED:
            del self.ask_check
        if "file" not in self:
            del self.remove_file
        if "gate" in self:
            labels = framework().gates
            nothing = [] if "gate" in self.needs else [("", _("geen van deze"))]
            self.gate.choices = choices(
                [
                    *nothing,
                    *((one, labels[one].label(data_language())) for one in policy.GATES_OF[kind]),
                ]
            )
        if "level" in self:
            self.level.choices = choices(
                [("", _("weet ik niet")), *((str(n), t) for n, t in LEVEL_TEXTS.items() if n)]
            )

    def check(self, today: date) -> bool:
        """Validate, with the day that it is."""
        self.today = today
        return bool(self.validate())

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Validate the fields, and that what this kind needs is there."""
        good = bool(super().validate(extra_validators))
        for name, message in self.needs.items():
            field = self[name]
            if not field.data and not field.errors:
                field.errors = [str(message)]
                good = False
        return good

    def validate_competences(self, field: Field) -> None:
        """What shows everything shows nothing."""
        if len(field.data or ()) > MOST_LINKED:
            raise ValidationError(_("Kies er hoogstens %(most)s.", most=MOST_LINKED))

    def validate_from_date(self, field: Field) -> None:
        """A time that has begun."""
        self._not_to_come(field)

    def validate_to_date(self, field: Field) -> None:
        """A time that is past, after the begin."""
        self._not_to_come(field)
        self._after(field, self["from_date"].data)

    def validate_issued_on(self, field: Field) -> None:
        """A day that is past."""
        self._not_to_come(field)

    def validate_expires_on(self, field: Field) -> None:
        """A day after it was given; one that is past is fine, for that is how it is told."""
        self._after(field, self["issued_on"].data if "issued_on" in self else None)
        if field.data is not None and field.data > self.today + FAR:
            raise ValidationError(_("Kijk het jaar na. Dit is erg ver weg."))

    def validate_file(self, field: Field) -> None:
        """Judge what came by its content."""
        sent = field.data
        if not sent or not getattr(sent, "filename", ""):
            return
        try:
            self.accepted = accept(sent.filename, sent.stream.read(MAX_BYTES + 1))
        except Refused as error:
            raise ValidationError(str(REFUSALS[error.refusal])) from error

    def to_input(self) -> EvidenceInput:
        """Return what was filled in; only after validation."""
        given: dict[str, Any] = {
            name: self[name].data
            for name in EvidenceInput.__dataclass_fields__
            if name in self and name not in ("competences", "kind")
        }
        gate = given.pop("gate", None) or None
        level = given.pop("level", None)
        return EvidenceInput(
            **{"title": self.own_title(gate)} | given,
            kind=self.kind,
            gate=gate or self.fixed_gate(),
            level=int(level) if level else None,
            competences=tuple(self.competences.data or ()),
        )

    def own_title(self, gate: str | None) -> str:
        """The title of a kind that asks for none."""
        chosen = framework().gates.get(gate or self.fixed_gate() or "")
        return chosen.label() if chosen else ""

    def fixed_gate(self) -> str | None:
        """The gate of a kind that has only one."""
        only = policy.GATES_OF.get(self.kind, ())
        return only[0] if len(only) == 1 and "gate" not in self else None

    def _not_to_come(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data < OLDEST:
            raise ValidationError(_("Kijk het jaar na. Dit is erg lang geleden."))
        if field.data > self.today and not (
            getattr(field, "last", False) and field.data.year == self.today.year
        ):
            raise ValidationError(_("Deze datum moet nog komen. Vul een datum in die voorbij is."))

    def _after(self, field: Field, begin: date | None) -> None:
        if field.data is not None and begin is not None and field.data < begin:
            raise ValidationError(_("Het einde kan niet voor het begin liggen."))


class Period:
    """Fields: from when until when, and how many hours."""

    from_date = PeriodField(
        _l("Van"), [Optional()], description=_l("Een jaar is genoeg, zoals 2016 of 03-2016.")
    )
    to_date = PeriodField(
        _l("Tot"), [Optional()], last=True, description=_l("Doe je het nog? Laat dit leeg.")
    )
    hours_week = NumberField(_l("Uren per week, ongeveer"), [Optional()], low=0.5, high=168)


class Issued:
    """A field: when a paper was given."""

    issued_on = PeriodField(
        _l("Gehaald in"), [Optional()], description=_l("Een jaar is genoeg, zoals 2016 of 03-2016.")
    )


class Ends:
    """A field: until when a paper is valid."""

    expires_on = DayField(
        _l("Geldig tot en met"),
        [Optional()],
        description=_l("Staat er geen einde op? Laat dit leeg."),
    )


class Upload:
    """A field: a file with the evidence."""

    file = FileField(_l("Bestand"), [Optional()])

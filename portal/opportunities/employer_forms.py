"""The form of an employer's opportunity, with its requirements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, Form, FormField, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from portal.forms import PortalForm
from portal.languages import data_language, name_of
from portal.matching.knowledge import framework
from portal.opportunities import day_parts
from portal.opportunities.aid import DIPLOMA, without_diploma_demand
from portal.opportunities.fields import (
    DayField,
    LineField,
    LinesField,
    ManyField,
    NumberField,
    OneField,
    ProseField,
    choices,
)
from portal.opportunities.models import LANGUAGES, Contract, Kind, Opportunity
from portal.opportunities.presenting import (
    CONTRACT_LABELS,
    KIND_LABELS,
    LEVEL_TEXTS,
    PART_LABELS,
    SHAPE_LABELS,
    WEEKDAY_LABELS,
)
from portal.opportunities.reading_along import Review, review, unexplained, with_alternative
from portal.opportunities.service_input import OpportunityInput, RequirementInput
from portal.organisations.models import Site

Named = TypeVar("Named", bound=StrEnum)

TITLE_LENGTH: Final = (5, 120)
TEXT_LENGTH: Final = (80, 10_000)
MAX_REQUIREMENTS: Final = 12
MAX_ROWS: Final = 30
MAX_LINES: Final = 12
MAX_KEPT: Final = 60
LONGEST_LINE: Final = 200
OPEN_AT_MOST: Final = timedelta(days=365)


def _at_most(most: int) -> Length:
    return Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder."))


class RequirementForm(Form):  # type: ignore[misc]
    """One requirement: a competence or a legal gate of the framework, or only own words."""

    competence = OneField(_l("Bekwaamheid"), default="")
    gate = OneField(_l("Wettelijke eis"), default="")
    text = LineField(_l("In jullie woorden"), [_at_most(LONGEST_LINE)])
    keep = BooleanField(_l("Neem deze eis op"), default=True)
    critical = BooleanField(_l("Belangrijk: zonder dit kan het niet"))
    learnable = BooleanField(_l("Leer je bij ons"))

    @property
    def asks(self) -> bool:
        """Whether the row is kept and asks for anything."""
        return bool(self.keep.data and (self.competence.data or self.gate.data or self.text.data))

    def validate_gate(self, field: Field) -> None:
        """One row asks one thing."""
        if self.asks and field.data and self.competence.data:
            raise ValidationError(
                _("Kies een bekwaamheid of een wettelijke eis. Maak van de andere een nieuwe eis.")
            )

    def validate_text(self, field: Field) -> None:
        """Own words alone must say something."""
        alone = not self.competence.data and not self.gate.data
        if self.asks and alone and len(field.data) < 5:
            raise ValidationError(_("Schrijf in een paar woorden wat iemand doet."))

    def to_input(self) -> RequirementInput:
        """Return the requirement; only after validation."""
        return RequirementInput(
            competence=self.competence.data or None,
            gate=self.gate.data or None,
            text=self.text.data,
            critical=bool(self.critical.data),
            # A fact on file is there or it is not; nobody learns it on the job.
            learnable=bool(self.learnable.data) and not self.gate.data,
        )


class KeptForm(Form):  # type: ignore[misc]
    """Why a flagged word stays where it is."""

    flag = HiddenField(default="")
    reason = LineField(_l("Waarom blijft dit staan?"), [Optional(), _at_most(300)])


class PostingForm(PortalForm):
    """Everything that an employer says of an opportunity. A draft may be incomplete."""

    title = LineField(_l("Titel"), [_at_most(TITLE_LENGTH[1])])
    language = OneField(_l("Taal van de tekst"), default="nl")
    text = ProseField(_l("Vacaturetekst"), [_at_most(TEXT_LENGTH[1])], render_kw={"rows": 14})
    tasks = LinesField(_l("Taken"), [Optional()], description=_l("Zet elke taak op een regel."))
    requirements = FieldList(FormField(RequirementForm), _l("Eisen"), max_entries=MAX_ROWS)
    kind = OneField(_l("Soort werk"), default=Kind.VACANCY.value)
    site_id = OneField(_l("Locatie"))
    field = OneField(_l("Sector"))
    target_groups = ManyField(_l("Voor wie is het werk?"), [Optional()])
    profession = OneField(_l("Beroep"), [Optional()], default="")
    second_profession = OneField(_l("Tweede beroep"), [Optional()], default="")
    shape = OneField(_l("Bijzondere instap"), [Optional()], default="")
    hours_min = NumberField(_l("Uren per week, vanaf"), low=1, high=40)
    hours_max = NumberField(_l("Uren per week, tot"), low=1, high=40)
    day_parts = ManyField(_l("Wanneer is er werk?"), [Optional()])
    hours_flexible = BooleanField(_l("In overleg kan het anders"), default=True)
    combinable = BooleanField(_l("Te combineren met een andere baan"))
    contract = OneField(_l("Contract"), default=Contract.FIXED_TERM_THEN_PERMANENT.value)
    pay_min = NumberField(_l("Loon per maand, vanaf"), [Optional()], low=0, high=15_000, whole=True)
    pay_max = NumberField(_l("Loon per maand, tot"), [Optional()], low=0, high=15_000, whole=True)
    pay_group = LineField(_l("Loonschaal"), [Optional(), _at_most(60)])
    collective_agreement = LineField(_l("Cao"), [Optional(), _at_most(120)])
    level = OneField(_l("Niveau van het werk"), default="0")
    diploma_required = BooleanField(_l("Een diploma is echt nodig"))
    learning_paid = BooleanField(_l("Leren wordt betaald"))
    guidance = ProseField(
        _l("Hoe help je iemand op weg?"), [Optional(), _at_most(2000)], render_kw={"rows": 4}
    )
    support = LinesField(
        _l("Extra hulp"), [Optional()], description=_l("Zet elke soort hulp op een regel.")
    )
    places = NumberField(_l("Aantal plekken"), low=1, high=500, whole=True, default=1)
    closes_on = DayField(_l("Laatste dag om te reageren"))
    kept = FieldList(FormField(KeptForm), _l("Woorden om na te kijken"), max_entries=MAX_KEPT)
    version = HiddenField(default="0")

    complete = False
    today = date.min
    found: Review | None = None

    def __init__(self, *args: object, sites: Sequence[Site], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known = framework()
        self.site_id.choices = choices((str(s.id), f"{s.name}, {s.place}") for s in sites)
        self.kind.choices = choices(KIND_LABELS.items())
        self.language.choices = choices((code, name_of(code)) for code in LANGUAGES)
        self.contract.choices = choices(CONTRACT_LABELS.items())
        self.level.choices = choices((str(n), label) for n, label in LEVEL_TEXTS.items())
        self.shape.choices = choices([("", _("geen")), *SHAPE_LABELS.items()])
        self.field.choices = _records(known.fields.values())
        self.target_groups.choices = _records(known.target_groups.values())
        self.profession.choices = _records(known.professions.values(), _("een ander beroep"))
        self.second_profession.choices = _records(known.professions.values(), _("geen"))
        self.day_parts.choices = choices(
            (f"{day}-{part}", f"{WEEKDAY_LABELS[day]} {PART_LABELS[part]}")
            for day in day_parts.DAYS
            for part in day_parts.PARTS
        )
        # Made once: they are long, and every row has them.
        self._competences = _records(known.competences.values(), _("geen uit de lijst"))
        self._gates = _records(known.gates.values(), _("geen"))
        for entry in self.requirements:
            self._fill_choices(entry.form)
        if not self.is_submitted() and sites and not self.field.data:
            self.field.data = next(iter(sites[0].organisation.fields), None)

    def add_row(self, **values: object) -> int:
        """Add a requirement; return its place in the list, from 0."""
        self._fill_choices(self.requirements.append_entry(values).form)
        return len(self.requirements) - 1

    def _fill_choices(self, row: RequirementForm) -> None:
        row.competence.choices, row.gate.choices = self._competences, self._gates

    def check(self, *, complete: bool, today: date) -> bool:
        """Validate: a draft may be incomplete, what others see may not."""
        self.complete, self.today = complete, today
        good = bool(self.validate())
        # What else is wrong comes in the same round.
        fair = self.fair() if good or complete else False
        return good and (fair or not complete)

    def fair(self) -> bool:
        """Say what still needs another word or a reason; after validation, which forgets errors."""
        lacking = unexplained(self.read_along(), self.kept_words())
        for row in self.kept:
            if row.form.flag.data in lacking:
                row.form.reason.errors = [
                    _("Kies het andere woord, of schrijf waarom dit blijft staan.")
                ]
        self.kept.errors = [row.errors for row in self.kept]
        return not lacking

    def read_along(self) -> Review:
        """Review what is filled in; each flag gets a row for its reason."""
        self.found = review(self.to_input())
        there = {row.form.flag.data for row in self.kept}
        for key in self.found.keys:
            if key not in there and len(self.kept) < MAX_KEPT:
                self.kept.append_entry({"flag": key, "reason": ""})
        return self.found

    def take(self, key: str) -> None:
        """Put the alternative of a flag in the place of the words."""
        if key == DIPLOMA:
            self.diploma_required.data = False
            self.text.data, self.text.raw_data = without_diploma_demand(self.text.data), None
            return
        changed = with_alternative(self.to_input(), key)
        for field in (self.title, self.text, self.tasks, self.guidance, self.support):
            field.data, field.raw_data = getattr(changed, field.name), None
        asking = [entry.form for entry in self.requirements if entry.form.asks]
        for row, one in zip(asking, changed.requirements, strict=True):
            row.text.data, row.text.raw_data = one.text, None

    def reasons(self) -> dict[str, Any]:
        """The row for the reason of each flag, by its key."""
        return {row.form.flag.data: row.form.reason for row in self.kept}

    def kept_words(self) -> dict[str, str]:
        """The reasons that were written, by the key of the flag."""
        return {
            row.form.flag.data: row.form.reason.data
            for row in self.kept
            if row.form.reason.data and 0 < len(row.form.flag.data or "") <= LONGEST_LINE
        }

    def validate_title(self, field: Field) -> None:
        """A title says in some words what it is."""
        if self.complete and len(field.data) < TITLE_LENGTH[0]:
            raise ValidationError(_("Geef een titel van 5 tekens of meer."))

    def validate_text(self, field: Field) -> None:
        """A text says what somebody does all day."""
        if self.complete and len(field.data) < TEXT_LENGTH[0]:
            raise ValidationError(
                _("Vertel in 80 tekens of meer hoe het werk is. Dan vinden mensen je plek.")
            )

    def validate_tasks(self, field: Field) -> None:
        """Some short lines."""
        _some_short_lines(field)

    def validate_support(self, field: Field) -> None:
        """Some short lines."""
        _some_short_lines(field)

    def validate_hours_min(self, field: Field) -> None:
        """Hours are known when others see it; one number is enough."""
        if self.complete and field.data is None and self.hours_max.data is None:
            raise ValidationError(_("Vul in hoeveel uur per week het werk is."))

    def validate_hours_max(self, field: Field) -> None:
        """To is not before from."""
        low = self.hours_min.data
        if low is not None and field.data is not None and field.data < low:
            hours = format_decimal(low)
            raise ValidationError(_("Vul hier %(hours)s uur of meer in.", hours=hours))

    def validate_pay_max(self, field: Field) -> None:
        """To is not before from."""
        low = self.pay_min.data
        if low is not None and field.data is not None and field.data < low:
            raise ValidationError(_("Vul hier %(pay)s of meer in.", pay=format_decimal(low)))

    def validate_places(self, field: Field) -> None:
        """One or more."""
        if field.data is None:
            raise ValidationError(_("Vul in voor hoeveel mensen er plek is."))

    def validate_closes_on(self, field: Field) -> None:
        """A day to come, within a year."""
        if field.data is None:
            if self.complete:
                raise ValidationError(_("Kies tot en met welke dag iemand kan reageren."))
            return
        if field.data < self.today:
            raise ValidationError(_("Deze dag is voorbij. Kies een dag die nog komt."))
        if field.data > self.today + OPEN_AT_MOST:
            raise ValidationError(_("Kies een dag binnen een jaar. Verlengen kan later nog."))

    def validate_requirements(self, field: FieldList) -> None:
        """Some requirements, each once."""
        asked = [entry.form for entry in field if entry.form.asks]
        if self.complete and not asked:
            raise ValidationError(_("Zet er minstens één eis bij. Dan kunnen we matchen."))
        if len(asked) > MAX_REQUIREMENTS:
            raise ValidationError(
                _("Kies hoogstens %(most)s eisen. Wat leer je iemand zelf?", most=MAX_REQUIREMENTS)
            )
        known = [row.competence.data or row.gate.data for row in asked]
        if any(one and known.count(one) > 1 for one in known):
            raise ValidationError(_("Je vraagt twee keer hetzelfde. Haal er een weg."))

    def to_input(self) -> OpportunityInput:
        """Return what was filled in; what is no choice yet counts as the usual one."""
        low, high = self.hours_min.data, self.hours_max.data
        site, level = self.site_id.data or "", self.level.data or ""
        return OpportunityInput(
            site_id=int(site) if str(site).isdecimal() else 0,
            kind=_one(Kind, self.kind.data, Kind.VACANCY),
            field=self.field.data,
            title=self.title.data,
            text=self.text.data,
            contract=_one(Contract, self.contract.data, Contract.PERMANENT),
            requirements=tuple(
                entry.form.to_input() for entry in self.requirements if entry.form.asks
            ),
            target_groups=tuple(self.target_groups.data or ()),
            profession=self.profession.data or None,
            second_profession=self.second_profession.data or None,
            language=self.language.data,
            tasks=tuple(self.tasks.data or ()),
            hours_min=high if low is None else low,
            hours_max=low if high is None else high,
            day_parts=day_parts.to_mask(_slot(one) for one in self.day_parts.known()),
            hours_flexible=bool(self.hours_flexible.data),
            combinable=bool(self.combinable.data),
            level=int(level) if str(level).isdecimal() else 0,
            diploma_required=bool(self.diploma_required.data),
            pay_group=self.pay_group.data or None,
            pay_min=self.pay_min.data,
            pay_max=self.pay_max.data,
            collective_agreement=self.collective_agreement.data or None,
            learning_paid=bool(self.learning_paid.data),
            shape=self.shape.data or None,
            guidance=self.guidance.data or None,
            support=tuple(self.support.data or ()),
            places=self.places.data,
            closes_on=self.closes_on.data,
            kept_words=self.kept_words(),
        )


def form_data(opportunity: Opportunity) -> dict[str, Any]:
    """What the form shows of an opportunity that is there."""
    apart = ("requirements", "kept_words")
    names = [name for name in OpportunityInput.__dataclass_fields__ if name not in apart]
    data = {name: getattr(opportunity, name) for name in names}
    for name in ("profession", "second_profession", "shape"):
        data[name] = data[name] or ""
    return data | {
        "kept": [
            {"flag": flag, "reason": reason} for flag, reason in opportunity.kept_words.items()
        ],
        "version": str(opportunity.version),
        "site_id": str(opportunity.site_id),
        "level": str(opportunity.level),
        "day_parts": [f"{day}-{part}" for day, part in day_parts.from_mask(opportunity.day_parts)],
        "requirements": [
            {
                "competence": asked.competence or "",
                "gate": asked.gate or "",
                "text": asked.text,
                "critical": asked.critical,
                "learnable": asked.learnable,
                "keep": True,
            }
            for asked in opportunity.requirements
        ],
    }


def _one(kind: type[Named], value: str | None, otherwise: Named) -> Named:
    return kind(value) if value in [one.value for one in kind] and value else otherwise


def _slot(value: str) -> tuple[str, str]:
    day, _dash, part = value.partition("-")
    return day, part


def _records(records: Iterable[Any], nothing: str | None = None) -> list[SelectChoice]:
    """Records of the framework by name; `nothing` is the choice for none of them."""
    language = data_language()
    named = sorted(((one.id, one.label(language)) for one in records), key=lambda pair: pair[1])
    return choices([*([("", nothing)] if nothing else []), *named])


def _some_short_lines(field: Field) -> None:
    lines = field.data or ()
    if len(lines) > MAX_LINES:
        raise ValidationError(_("Schrijf hoogstens %(most)s regels.", most=MAX_LINES))
    if any(len(line) > LONGEST_LINE for line in lines):
        raise ValidationError(
            _("Maak elke regel korter: %(most)s tekens of minder.", most=LONGEST_LINE)
        )

"""What somebody fills in to join, to admit, and to run an organisation."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from portal.forms import PortalForm
from portal.languages import data_language
from portal.matching.asked import NotUsable, place_text, read_place
from portal.matching.knowledge import Place, framework
from portal.opportunities.fields import (
    LineField,
    ManyField,
    NumberField,
    OneField,
    ProseField,
    choices,
    tidy_line,
)
from portal.organisations.joining import JoinInput
from portal.organisations.models import Organisation, Right, Site
from portal.organisations.policy import Check
from portal.organisations.service import ProfileInput, SiteInput
from portal.organisations.words import CHECK_LABELS, RIGHT_LABELS

_PHONE: Final = re.compile(r"\+?[\d\s()-]{9,20}")
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)


def _filled(least: int, most: int, message: object) -> list[object]:
    return [
        InputRequired(message),
        Length(min=least, message=message),
        Length(max=most, message=_l("Maak dit korter: %(max)d tekens of minder.")),
    ]


class WebsiteField(LineField):
    """The address of a website; https:// is put before what has none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an address; nothing typed is nothing."""
        typed = tidy_line(valuelist[0] if valuelist else "")
        self.data = typed if not typed or "://" in typed else f"https://{typed}"

    def pre_validate(self, form: object) -> None:
        """Refuse what is no address of a website."""
        if not self.data:
            return
        try:
            parts = urlsplit(self.data)
            good = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
        except ValueError:
            good = None
        if not good or len(self.data) > 300:
            raise ValidationError(_("Vul een adres in zoals www.voorbeeld.nl, of laat dit leeg."))


class PlaceForm(PortalForm):
    """Where a site is: a place from the list."""

    site_name = LineField(
        _l("Naam van de locatie"),
        _filled(2, 120, _l("Hoe heet deze locatie? Bijvoorbeeld de naam van het huis.")),
    )
    address = LineField(
        _l("Straat en huisnummer"),
        _filled(4, 200, _l("Vul de straat en het huisnummer in.")),
    )
    place = LineField(_l("Plaats"), _filled(1, 120, _l("Vul de plaats in.")))

    found: Place | None = None

    def validate_place(self, field: Field) -> None:
        """Find the place in the list."""
        try:
            self.found = read_place(field.data)
        except NotUsable as error:
            raise ValidationError(str(error)) from error

    def chosen_place(self) -> Place:
        """Return the place; only after validation."""
        if self.found is None:
            raise ValueError("the form was not validated")
        return self.found


class JoinForm(PlaceForm):
    """An organisation asks to join."""

    name = LineField(
        _l("Naam van je organisatie"), _filled(2, 160, _l("Vul de naam in zoals bij de KvK."))
    )
    register_number = LineField(_l("KvK-nummer"), description=_l("Acht cijfers."))
    website = WebsiteField(_l("Website"), [Optional()])
    about = ProseField(
        _l("Wat doet je organisatie?"),
        _filled(40, 2000, _l("Vertel in 40 tekens of meer wat jullie doen, en voor wie.")),
        render_kw={"rows": 4},
    )
    fields = ManyField(_l("In welke sectoren?"))
    contact_phone = LineField(_l("Telefoon"))
    why_join = ProseField(
        _l("Waarom willen jullie meedoen?"),
        _filled(20, 2000, _l("Vertel in een of twee zinnen wat jullie zoeken.")),
        render_kw={"rows": 3},
    )
    asker_role = LineField(
        _l("Wat doe jij daar?"),
        _filled(2, 120, _l("Vul je functie in, zoals teamleider of adviseur personeel.")),
    )
    agrees = BooleanField(_l("Wij houden ons aan de afspraken van de banenpool"))
    version = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.choices = _fields()

    def validate_register_number(self, field: Field) -> None:
        """Eight digits; dots and spaces between them do not matter."""
        digits = re.sub(r"[\s.]", "", field.data)
        if not re.fullmatch(r"[0-9]{8}", digits) or digits == digits[0] * 8:
            raise ValidationError(
                _("Een KvK-nummer heeft acht cijfers. Je vindt het op kvk.nl of op een rekening.")
            )
        field.data = digits

    def validate_fields(self, field: Field) -> None:
        """One or more."""
        if not field.data:
            raise ValidationError(_("Kies minstens één sector."))

    def validate_contact_phone(self, field: Field) -> None:
        """A number that can be called."""
        _callable(field.data, needed=True)

    def validate_agrees(self, field: Field) -> None:
        """Nobody joins without the rules."""
        if not field.data:
            raise ValidationError(_("Lees de afspraken hierboven. Zet dan het vinkje."))

    def to_input(self) -> JoinInput:
        """Return what was filled in; only after validation."""
        return JoinInput(
            name=self.name.data,
            register_number=self.register_number.data,
            website=self.website.data or "",
            about=self.about.data,
            fields=tuple(self.fields.data),
            contact_phone=self.contact_phone.data,
            why_join=self.why_join.data,
            asker_role=self.asker_role.data,
            site_name=self.site_name.data,
            address=self.address.data,
            place=self.chosen_place(),
        )


def join_data(organisation: Organisation) -> dict[str, object]:
    """What the form shows of a request that is there."""
    names = ("name", "register_number", "website", "about", "fields", "contact_phone", "why_join")
    return (
        {name: getattr(organisation, name) for name in names}
        | {"asker_role": organisation.asker_role, "agrees": True}
        | {"version": str(organisation.version)}
        | site_data(organisation.sites[0])
    )


def site_data(site: Site) -> dict[str, object]:
    """What the form shows of a site that is there."""
    place = Place(site.place, site.province, site.latitude, site.longitude)
    return {"site_name": site.name, "address": site.address, "place": place_text(place)}


class SiteForm(PlaceForm):
    """A place of work of an organisation in the pool."""

    def to_input(self) -> SiteInput:
        """Return what was filled in; only after validation."""
        return SiteInput(
            name=self.site_name.data, address=self.address.data, place=self.chosen_place()
        )


class ProfileForm(PortalForm):
    """What an organisation tells of itself, and how it works."""

    about = ProseField(
        _l("Wat doet je organisatie?"),
        _filled(20, 2000, _l("Vertel in een of twee zinnen wat jullie doen, en voor wie.")),
        render_kw={"rows": 4},
    )
    fields = ManyField(_l("In welke sectoren?"))
    website = WebsiteField(_l("Website"), [Optional()])
    contact_phone = LineField(_l("Telefoon"), [Optional()])
    answer_days = NumberField(
        _l("Binnen hoeveel werkdagen antwoorden jullie?"),
        low=1,
        high=30,
        whole=True,
        description=_l("Wie reageert, ziet deze dag. Tien dagen is gewoon, korter is fijner."),
    )
    invitations_per_week = NumberField(
        _l("Hoeveel mensen nodigen jullie per week uit, hoogstens?"),
        low=0,
        high=50,
        whole=True,
        description=_l("Zo blijft een uitnodiging bijzonder. Nul kan ook."),
    )
    version = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.choices = _fields()

    def validate_fields(self, field: Field) -> None:
        """One or more."""
        if not field.data:
            raise ValidationError(_("Kies minstens één sector."))

    def validate_contact_phone(self, field: Field) -> None:
        """A number that can be called, or nothing."""
        _callable(field.data, needed=False)

    def validate_answer_days(self, field: Field) -> None:
        """A number."""
        _number(field)

    def validate_invitations_per_week(self, field: Field) -> None:
        """A number."""
        _number(field)

    def to_input(self) -> ProfileInput:
        """Return what was filled in; only after validation."""
        return ProfileInput(
            about=self.about.data,
            website=self.website.data or "",
            contact_phone=self.contact_phone.data or "",
            fields=tuple(self.fields.data),
            answer_days=self.answer_days.data,
            invitations_per_week=self.invitations_per_week.data,
        )


def profile_data(organisation: Organisation) -> dict[str, object]:
    """What the form shows of an organisation that is there."""
    names = ProfileInput.__dataclass_fields__
    return {name: getattr(organisation, name) for name in names} | {
        "version": str(organisation.version)
    }


class RightsForm(PortalForm):
    """What a member may do."""

    rights = ManyField(_l("Wat mag deze collega?"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rights.choices = choices(RIGHT_LABELS.items())

    def validate_rights(self, field: Field) -> None:
        """One or more."""
        if not field.data:
            raise ValidationError(_("Kies minstens één recht."))

    def chosen(self) -> tuple[Right, ...]:
        """Return the rights; only after validation."""
        return tuple(Right(one) for one in self.rights.data)


class InviteForm(RightsForm):
    """A colleague is asked to act for the organisation."""

    email = EmailField(
        _l("E-mailadres van je collega"),
        [
            InputRequired(_l("Vul het e-mailadres van je collega in.")),
            Length(max=255, message=_l("Maak dit korter: %(max)d tekens of minder.")),
            Email(
                _l("Dit is geen geldig e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl.")
            ),
        ],
        filters=(tidy_line,),
    )


class CheckForm(PortalForm):
    """What a coordinator looked at before an organisation joins, each with a remark."""

    version = HiddenField(default="0")

    def pairs(self) -> list[tuple[Check, Field, Field]]:
        """Return each check with its tick box and its remark."""
        return [(check, self[check.value], self[f"{check.value}_remark"]) for check in Check]

    def given(self) -> dict[Check, tuple[bool, str]]:
        """Return what was ticked and remarked; only after validation."""
        return {check: (bool(tick.data), said.data) for check, tick, said in self.pairs()}


for _check in Check:
    setattr(CheckForm, _check.value, BooleanField(CHECK_LABELS[_check]))
    setattr(
        CheckForm,
        f"{_check.value}_remark",
        LineField(
            _l("Opmerking"),
            [Optional(), Length(max=300, message=_l("Maak dit korter: %(max)d tekens of minder."))],
        ),
    )


def check_data(organisation: Organisation) -> dict[str, object]:
    """What the form shows of what was looked at before."""
    data: dict[str, object] = {"version": str(organisation.version)}
    for check, said in organisation.checks.items():
        data |= {check: said["done"], f"{check}_remark": said["remark"]}
    return data


class RefuseForm(PortalForm):
    """Why an organisation cannot join now, and what it can do."""

    reason = ProseField(
        _l("Waarom kan het nu niet?"),
        _filled(15, 1000, _l("Leg in een of twee zinnen uit waarom.")),
        render_kw={"rows": 3},
    )
    next_step = ProseField(
        _l("Wat kan de organisatie nu doen?"),
        _filled(10, 1000, _l("Noem wat de organisatie nu kan doen.")),
        render_kw={"rows": 3},
    )
    version = HiddenField(default="0")


class FindForm(PortalForm):
    """The filters on the list of organisations."""

    class Meta(PortalForm.Meta):
        """A search only reads."""

        csrf = False

    q = LineField(_l("Naam of KvK-nummer"), [Optional(), Length(max=160)])
    standing = OneField(_l("Stand"), [Optional()], default="")


def _fields() -> list[SelectChoice]:
    language = data_language()
    named = ((one.id, one.label(language)) for one in framework().fields.values())
    return choices(sorted(named, key=lambda pair: str(pair[1])))


def _number(field: Field) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(_("Vul een getal in."))


def _callable(typed: str, *, needed: bool) -> None:
    if (needed or typed) and not (_PHONE.fullmatch(typed) and sum(map(str.isdigit, typed)) >= 9):
        raise ValidationError(_("Vul een telefoonnummer in, zoals 045 123 45 67."))

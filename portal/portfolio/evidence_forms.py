"""The forms of evidence: one per kind, that asks only what that kind needs."""

from __future__ import annotations

import re
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, ValidationError
from wtforms.validators import Optional

from portal.opportunities.fields import DayField, LineField, OneField, ProseField
from portal.portfolio import policy
from portal.portfolio.evidence_fields import (
    Ends,
    EvidenceForm,
    Issued,
    Period,
    PeriodField,
    Upload,
    at_most,
)
from portal.portfolio.evidence_service import EvidenceInput
from portal.portfolio.models import EvidenceItem, EvidenceKind
from portal.portfolio.policy import NumberProblem


class WorkForm(Period, Upload, EvidenceForm):
    """Paid work."""

    order = (
        "title", "issuer", "from_date", "to_date", "hours_week", "detail", "competences", "file",
    )  # fmt: skip
    needs = {  # noqa: RUF012
        "title": _l("Schrijf welk werk je deed."),
        "from_date": _l("Vul in wanneer je begon. Een jaar is genoeg."),
    }
    title = LineField(_l("Welk werk?"), [at_most(200)], description=_l("Bijvoorbeeld: kok."))
    issuer = LineField(_l("Waar?"), [Optional(), at_most(200)])
    detail = ProseField(_l("Wat deed je?"), [Optional(), at_most(2000)])


class UnpaidForm(WorkForm):
    """Unpaid work."""

    title = LineField(
        _l("Wat deed je?"),
        [at_most(200)],
        description=_l("Bijvoorbeeld: trainer van de jeugd, of hulp bij de voedselbank."),
    )
    detail = ProseField(_l("Vertel er meer over"), [Optional(), at_most(2000)])


class CareForm(Period, EvidenceForm):
    """Care for somebody near. No file, no name, no illness."""

    order = ("title", "from_date", "to_date", "hours_week", "detail", "competences")
    needs = WorkForm.needs | {"title": _l("Schrijf voor wie je zorgde, zonder naam.")}
    title = LineField(
        _l("Voor wie zorgde je?"),
        [at_most(200)],
        description=_l("Bijvoorbeeld: mijn vader. Schrijf geen naam en geen ziekte op."),
    )
    detail = ProseField(_l("Wat deed je?"), [Optional(), at_most(2000)])


class DiplomaForm(Issued, Upload, EvidenceForm):
    """A diploma."""

    order = ("title", "issuer", "issued_on", "level", "gate", "competences", "file", "ask_check")
    needs = {  # noqa: RUF012
        "title": _l("Schrijf welk diploma het is."),
        "issued_on": _l("Vul in wanneer je dit haalde. Een jaar is genoeg."),
    }
    title = LineField(_l("Welk diploma?"), [at_most(200)])
    issuer = LineField(_l("Welke school?"), [Optional(), at_most(200)])
    level = OneField(_l("Niveau"), [Optional()], default="")
    gate = OneField(_l("Is het een van deze diploma's?"), [Optional()], default="")


class CertificateForm(Issued, Ends, Upload, EvidenceForm):
    """A part of a training, or a course."""

    order = (
        "title", "issuer", "issued_on", "expires_on", "gate", "competences", "file", "ask_check",
    )  # fmt: skip
    needs = {"title": _l("Schrijf welk certificaat het is.")}  # noqa: RUF012
    title = LineField(_l("Welk certificaat?"), [at_most(200)])
    issuer = LineField(_l("Van wie kreeg je het?"), [Optional(), at_most(200)])
    gate = OneField(_l("Is het dit papier?"), [Optional()], default="")


class StatementForm(Issued, Upload, EvidenceForm):
    """A practice statement of school and employer together."""

    order = ("title", "issuer", "issued_on", "competences", "file", "ask_check")
    needs = {  # noqa: RUF012
        "title": _l("Schrijf voor welk werk je dit kreeg."),
        "competences": _l("Kies wat er op de verklaring staat."),
    }
    title = LineField(_l("Voor welk werk?"), [at_most(200)])
    issuer = LineField(_l("Welk bedrijf en welke school?"), [Optional(), at_most(200)])


class RegisterForm(Issued, Ends, EvidenceForm):
    """A number of BIG or SKJ. Its end is after five years, unless another day is given."""

    order = ("gate", "number", "issued_on", "expires_on", "competences", "ask_check")
    needs = {  # noqa: RUF012
        "gate": _l("Kies iets uit de lijst."),
        "number": _l("Vul het nummer in."),
    }
    gate = OneField(_l("Welk register?"), default="")
    number = LineField(
        _l("Nummer"),
        [at_most(60)],
        description=_l("BIG heeft elf cijfers, SKJ negen."),
    )
    issued_on = DayField(_l("Laatste registratie of herregistratie"), [Optional()])
    expires_on = DayField(
        _l("Geldig tot en met"),
        [Optional()],
        description=_l("Weet je het niet? Dan rekenen we met vijf jaar."),
    )

    def validate_number(self, field: Field) -> None:
        """A number in the form of its register; spaces and dots do not matter."""
        number = re.sub(r"[\s.\-]", "", field.data or "")
        if not number:
            return
        problem = policy.number_problem(self.gate.data or "", number)
        if problem is NumberProblem.DIGITS:
            raise ValidationError(_("Dit nummer bestaat alleen uit cijfers."))
        if problem is NumberProblem.LENGTH:
            length = 9 if self.gate.data == policy.SKJ else 11
            raise ValidationError(
                _("Dit nummer heeft %(length)s cijfers. Kijk het na.", length=length)
            )
        if problem is NumberProblem.PROFESSION:
            raise ValidationError(
                _("De laatste twee cijfers horen bij een ander beroep. Kijk het nummer na.")
            )
        field.data = number

    def to_input(self) -> EvidenceInput:
        """The same, with the usual end where none was given."""
        if self.expires_on.data is None:
            self.expires_on.data = policy.usual_end(self.kind, self.issued_on.data)
        return super().to_input()


class VogForm(Issued, Ends, EvidenceForm):
    """A VOG: only its day. The paper itself is not kept."""

    order = ("issued_on", "issuer", "expires_on", "ask_check")
    needs = {"issued_on": _l("Vul de datum in die op je VOG staat.")}  # noqa: RUF012
    issued_on = DayField(_l("Datum op de VOG"), [Optional()])
    issuer = LineField(
        _l("Voor welk werk?"),
        [Optional(), at_most(200)],
        description=_l("Een VOG geldt voor één soort werk."),
    )
    expires_on = DayField(
        _l("Telt bij mijn werkgever tot en met"),
        [Optional()],
        description=_l("Op een VOG staat geen einde. Een werkgever bepaalt hoe oud hij mag zijn."),
    )


class LicenceForm(Ends, EvidenceForm):
    """A driving licence: its category and end. The number is not asked."""

    order = ("gate", "expires_on")
    needs = {  # noqa: RUF012
        "gate": _l("Kies iets uit de lijst."),
        "expires_on": _l("Vul de datum in die op je rijbewijs staat."),
    }
    gate = OneField(_l("Welk rijbewijs?"), default="")
    expires_on = DayField(_l("Geldig tot en met"), [Optional()])


class ReferenceForm(EvidenceForm):
    """Somebody who can tell about the person, and agreed to."""

    order = ("title", "issuer", "detail", "contact", "agreed", "contact_shown", "competences")
    needs = {  # noqa: RUF012
        "title": _l("Schrijf de naam van deze persoon."),
        "contact": _l("Vul een telefoonnummer of e-mailadres in."),
        "agreed": _l("Vraag het eerst. Zet daarna dit vinkje."),
    }
    title = LineField(_l("Naam"), [at_most(200)])
    issuer = LineField(_l("Waar ken je elkaar van?"), [Optional(), at_most(200)])
    detail = ProseField(_l("Wat kan deze persoon vertellen?"), [Optional(), at_most(2000)])
    contact = LineField(_l("Telefoon of e-mail"), [at_most(200)])
    agreed = BooleanField(_l("Deze persoon vindt het goed dat ik dit doorgeef"))
    contact_shown = BooleanField(
        _l("Werkgevers mogen dit zien als ze mijn naam kennen"),
        description=_l("Zonder dit vinkje ziet alleen jij hoe je deze persoon bereikt."),
    )


class BadgeForm(Issued, Ends, EvidenceForm):
    """An open badge: its address. Nothing is fetched from there."""

    order = ("title", "issuer", "url", "issued_on", "expires_on", "competences", "ask_check")
    needs = {  # noqa: RUF012
        "title": _l("Schrijf waar de badge voor is."),
        "url": _l("Plak de link van je badge."),
    }
    title = LineField(_l("Waarvoor is de badge?"), [at_most(200)])
    issuer = LineField(_l("Van wie kreeg je hem?"), [Optional(), at_most(200)])
    url = LineField(
        _l("Link"),
        [at_most(500)],
        description=_l("Begint met https:// en leidt naar jouw badge."),
    )

    def validate_url(self, field: Field) -> None:
        """An address that can be of a badge."""
        if field.data and not policy.is_badge_link(field.data):
            raise ValidationError(
                _("Dit is geen link van een badge. Open je badge en kopieer het adres daarvan.")
            )


class FileForm(Issued, Upload, EvidenceForm):
    """A file that shows something."""

    order = ("title", "detail", "issued_on", "file", "competences", "ask_check")
    needs = {"title": _l("Schrijf wat dit is.")}  # noqa: RUF012
    title = LineField(_l("Wat is dit?"), [at_most(200)])
    detail = ProseField(_l("Wat laat het zien?"), [Optional(), at_most(2000)])
    issued_on = PeriodField(_l("Van wanneer?"), [Optional()])
    # Not optional: that would end the validation before it is looked at.
    file = FileField(_l("Bestand"))
    has_file = False

    def validate_file(self, field: Field) -> None:
        """Here the file itself is the evidence."""
        super().validate_file(field)
        gone = bool(self.remove_file.data) or not self.has_file
        if self.accepted is None and gone and not field.errors:
            raise ValidationError(_("Kies het bestand dat je wilt laten zien."))


FORMS: Final[dict[EvidenceKind, type[EvidenceForm]]] = {
    EvidenceKind.PAID_WORK: WorkForm,
    EvidenceKind.UNPAID_WORK: UnpaidForm,
    EvidenceKind.CARE_FOR_FAMILY: CareForm,
    EvidenceKind.DIPLOMA: DiplomaForm,
    EvidenceKind.CERTIFICATE: CertificateForm,
    EvidenceKind.PRACTICE_STATEMENT: StatementForm,
    EvidenceKind.REGISTER: RegisterForm,
    EvidenceKind.VOG: VogForm,
    EvidenceKind.DRIVING_LICENCE: LicenceForm,
    EvidenceKind.REFERENCE: ReferenceForm,
    EvidenceKind.BADGE: BadgeForm,
    EvidenceKind.FILE: FileForm,
}


def form_data(item: EvidenceItem) -> dict[str, Any]:
    """What the form shows of evidence that is there."""
    names = [name for name in EvidenceInput.__dataclass_fields__ if name != "kind"]
    data = {name: getattr(item, name) for name in names}
    return data | {
        "version": str(item.version),
        "gate": item.gate or "",
        "level": str(item.level or ""),
        "agreed": True,
        "ask_check": item.check_asked_at is not None,
    }

"""What is said by mail about signing for a competence."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.outbox.letters import Letter
from portal.portfolio.models import Validation
from portal.portfolio.validation_words import competence_label, signer
from portal.when import day_text


def _name(validation: Validation) -> str:
    candidate = validation.candidate
    return candidate.user.name or candidate.code


def _own(validation: Validation) -> str:
    return public_url("validations.signature", validation_id=validation.id)


def asked(validations: list[Validation]) -> Letter:
    """Somebody asks to sign; one mail for all that was asked at once."""
    first = validations[0]
    labels = [competence_label(one.competence) for one in validations]
    return Letter(
        subject=_("%(name)s vraagt om je handtekening", name=_name(first)),
        lines=(
            _(
                "%(name)s vraagt of je wilt tekenen voor wat je hebt gezien: %(what)s.",
                name=_name(first),
                what="; ".join(labels),
            ),
            _("Dit schreef %(name)s erbij: %(note)s", name=_name(first), note=first.asked_note),
        ),
        action=(_("Bekijk en teken"), public_url("validations.index")),
        after=(_("Heb je het niet zelf gezien? Zeg dat dan daar. Dat is ook een antwoord."),),
    )


def signed(validation: Validation) -> Letter:
    """Somebody signed."""
    what = competence_label(validation.competence)
    return Letter(
        subject=_("Er is getekend: %(what)s", what=what),
        lines=(
            _(
                "%(name)s van %(who)s tekende voor: %(what)s.",
                name=validation.signed_name,
                who=signer(validation),
                what=what,
            )
            if validation.organisation
            else _("%(name)s tekende voor: %(what)s.", name=validation.signed_name, what=what),
            _("Dit telt tot en met %(day)s.", day=_day(validation)),
            _("Klopt het niet? Dan kun je dat daar zeggen, of het uit je portfolio halen."),
        ),
        action=(_("Bekijk wat er staat"), _own(validation)),
    )


def declined(validation: Validation) -> Letter:
    """Nobody signed, and why."""
    what = competence_label(validation.competence)
    return Letter(
        subject=_("Er is niet getekend: %(what)s", what=what),
        lines=(
            _("Je vroeg %(who)s om te tekenen voor: %(what)s.", who=signer(validation), what=what),
            _("Dat is niet gedaan. Dit is waarom: %(why)s", why=validation.decline_reason),
            _("Wat je zelf vertelde, blijft staan. Je kunt het ook aan iemand anders vragen."),
        ),
        action=(_("Vraag iemand anders"), public_url("validations.ask")),
    )


def withdrawn(validation: Validation) -> Letter:
    """A signature was taken back, and why."""
    what = competence_label(validation.competence)
    return Letter(
        subject=_("Een handtekening is teruggenomen: %(what)s", what=what),
        lines=(
            _(
                "%(who)s nam de handtekening terug voor: %(what)s.",
                who=signer(validation),
                what=what,
            ),
            _("Dit is waarom: %(why)s", why=validation.withdraw_reason),
            _("Wat je zelf vertelde, blijft staan. Heb je vragen? Praat met wie tekende."),
        ),
        action=(_("Bekijk wat er staat"), _own(validation)),
    )


def answered(validation: Validation) -> Letter:
    """The candidate says what they think of it."""
    what = competence_label(validation.competence)
    said = (
        _("%(name)s is het eens met wat je tekende.", name=_name(validation))
        if validation.agreed
        else _("%(name)s is het niet eens met wat je tekende.", name=_name(validation))
    )
    lines = [_("Het gaat om: %(what)s.", what=what)]
    if validation.answer:
        lines.append(_("Dit is het antwoord: %(answer)s", answer=validation.answer))
    return Letter(
        subject=said,
        lines=tuple(lines),
        action=(
            _("Bekijk wat er staat"),
            public_url("validations.show", validation_id=validation.id),
        ),
    )


def ending(validation: Validation) -> Letter:
    """A signature ends soon."""
    what = competence_label(validation.competence)
    return Letter(
        subject=_("Een handtekening verloopt op %(day)s", day=_day(validation)),
        lines=(
            _(
                "%(who)s tekende voor: %(what)s. Dat telt tot en met %(day)s.",
                who=signer(validation),
                what=what,
                day=_day(validation),
            ),
            _("Vraag nu om een nieuwe. Dan blijft het meetellen."),
        ),
        action=(
            _("Vraag een nieuwe handtekening"),
            public_url("validations.ask", bekwaamheid=validation.competence),
        ),
    )


def _day(validation: Validation) -> str:
    return day_text(validation.valid_until) if validation.valid_until else ""

"""What organisations and the people who act for them hear by mail."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.clock import local_date
from portal.organisations.models import MemberInvite, Organisation
from portal.outbox.letters import Letter
from portal.when import day_text


def received(organisation: Organisation) -> Letter:
    """To who asks: it came in, and what happens now."""
    return Letter(
        subject=_("We hebben je vraag: %(name)s wil meedoen", name=organisation.name),
        lines=(
            _("Dank je wel. Een coördinator van de banenpool kijkt nu naar je vraag."),
            _("Je hoort binnen 5 werkdagen van ons. Tot dan kun je nog dingen veranderen."),
        ),
        action=(
            _("Bekijk je vraag"),
            public_url("organisations.request_page", organisation_id=organisation.id),
        ),
    )


def waits(organisation: Organisation) -> Letter:
    """To a coordinator: somebody waits."""
    return Letter(
        subject=_("%(name)s wil meedoen", name=organisation.name),
        lines=(
            _(
                "%(name)s vraagt om mee te doen aan de banenpool. Kijk binnen 5 werkdagen.",
                name=organisation.name,
            ),
        ),
        action=(
            _("Bekijk de vraag"),
            public_url("admission.show", organisation_id=organisation.id),
        ),
    )


def admitted(organisation: Organisation) -> Letter:
    """To who asked: welcome, and what to do first."""
    return Letter(
        subject=_("Welkom: %(name)s doet mee", name=organisation.name),
        lines=(
            _("%(name)s hoort nu bij de banenpool. Je bent de beheerder.", name=organisation.name),
            _("Plaats je eerste plek, of vraag een collega erbij."),
        ),
        action=(
            _("Ga naar je organisatie"),
            public_url("organisations.manage", organisation=organisation.id),
        ),
        after=(
            _(
                "Antwoord op elke reactie binnen %(days)s werkdagen. Dan weten mensen waar ze aan "
                "toe zijn.",
                days=organisation.answer_days,
            ),
        ),
    )


def refused(organisation: Organisation) -> Letter:
    """To who asked: not now, why, and what can be done."""
    return Letter(
        subject=_("%(name)s kan nu nog niet meedoen", name=organisation.name),
        lines=(
            _("We hebben naar je vraag gekeken. Meedoen kan nu nog niet. Dit is waarom:"),
            organisation.decision_reason,
            _("Wat je nu kunt doen:"),
            organisation.next_step,
        ),
        action=(
            _("Pas je vraag aan"),
            public_url("organisations.request_page", organisation_id=organisation.id),
        ),
    )


def reconsidered(organisation: Organisation) -> Letter:
    """To who asked: a coordinator looks once more."""
    return Letter(
        subject=_("We kijken nog een keer naar %(name)s", name=organisation.name),
        lines=(
            _("We schreven dat meedoen nog niet kan. We kijken er toch nog een keer naar."),
            _("Je hoort binnen 5 werkdagen van ons."),
        ),
        action=(
            _("Bekijk je vraag"),
            public_url("organisations.request_page", organisation_id=organisation.id),
        ),
    )


def invited(invite: MemberInvite, token: str, by: str, *, now: datetime) -> Letter:
    """To a colleague: come and act for an organisation."""
    name = invite.organisation.name
    asks = (
        _("%(by)s vraagt je om mee te werken in Bekwaam namens %(name)s.", by=by, name=name)
        if by
        else _("%(name)s vraagt je om mee te werken in Bekwaam.", name=name)
    )
    return Letter(
        subject=_("Werk mee namens %(name)s", name=name),
        lines=(
            asks,
            _("Log in met dit e-mailadres, of maak er een account mee. Zeg daarna ja."),
        ),
        action=(
            _("Bekijk de uitnodiging"),
            public_url("organisations.invitation", token=token),
        ),
        after=(
            _(
                "Deze link werkt tot en met %(day)s. Ken je %(name)s niet? Doe dan niets.",
                day=day_text(local_date(invite.expires_at)),
                name=name,
            ),
        ),
    )


def joined(organisation: Organisation, who: str) -> Letter:
    """To who invited: the colleague said yes."""
    return Letter(
        subject=_("%(who)s werkt nu mee", who=who),
        lines=(_("%(who)s werkt nu mee namens %(name)s.", who=who, name=organisation.name),),
        action=(
            _("Bekijk wie meewerkt"),
            public_url("organisations.manage", organisation=organisation.id),
        ),
    )

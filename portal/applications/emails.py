"""What is said by mail to candidates about their applications, and what both mails share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.applications.models import Application, ApplicationStep, Invitation
from portal.applications.policy import EndReason
from portal.applications.words import name_of, reason_text
from portal.applications.workflow import REOPEN, UNDO, Action, Party
from portal.opportunities.models import Opportunity
from portal.outbox.letters import Letter
from portal.when import day_text

_LONG = "EEEE d MMMM"


def address(application: Application, reader: Party) -> str:
    """Where a side reads on."""
    if reader is Party.CANDIDATE:
        return public_url("applications.show", application_id=application.id)
    return public_url("recruiting.show", application_id=application.id)


def organisation(application: Application) -> str:
    """The name of the employer."""
    return application.opportunity.site.organisation.name


def candidate(application: Application) -> str:
    """The name of the person."""
    return name_of(application.candidate.user)


def received(application: Application) -> Letter:
    """To the candidate: it has arrived, and this is when an answer comes."""
    return Letter(
        subject=_("Je reactie is verstuurd: %(title)s", title=application.opportunity.title),
        lines=(
            _(
                "%(name)s heeft je reactie op “%(title)s”.",
                name=organisation(application),
                title=application.opportunity.title,
            ),
            _("Je krijgt antwoord op of voor %(day)s.", day=short_day(application.answer_by)),
            _("Hoor je niets? Dan vragen wij het na, en je hoort van ons hoe het afloopt."),
        ),
        action=(_("Bekijk je reactie"), address(application, Party.CANDIDATE)),
    )


def to_candidate(
    application: Application, step: ApplicationStep, others: Sequence[Opportunity] = ()
) -> Letter:
    """What the employer or the portal did, with what helps and what comes next."""
    title, name = application.opportunity.title, organisation(application)
    day = short_day(application.answer_by)
    if step.action == UNDO:
        subject = _("Je reactie loopt weer: %(title)s", title=title)
        lines = [
            _("%(name)s heeft de vorige stap ongedaan gemaakt.", name=name),
            _("Kijk op de pagina van je reactie wat er nu staat."),
        ]
    elif step.action == REOPEN:
        subject = _("De plek is weer open: %(title)s", title=title)
        lines = [
            _(
                "“%(title)s” bij %(name)s is weer open. Je reactie loopt gewoon door.",
                title=title,
                name=name,
            )
        ]
    else:
        subject, lines = _TO_CANDIDATE[Action(step.action)](application, step, title, name, day)
    if step.why and step.action != Action.REFUSE:
        lines.append(_("%(name)s schrijft: “%(why)s”", name=name, why=step.why))
    return Letter(
        subject=subject,
        lines=tuple(lines),
        action=(_("Bekijk je reactie"), address(application, Party.CANDIDATE)),
        after=_others(others),
    )


_Said = tuple[str, list[str]]


def _talk(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    if s.from_state == "offered":
        return _("Eerst weer praten: %(title)s", title=title), [
            _("%(name)s wil eerst weer met je praten over “%(title)s”.", name=name, title=title),
            _("Het aanbod is nu even van tafel."),
        ]
    return _("%(name)s wil met je praten", name=name), [
        _("Goed nieuws: %(name)s wil met je praten over “%(title)s”.", name=name, title=title),
        _("Op de pagina van je reactie kun je een bericht sturen of een gesprek afspreken."),
    ]


def _postpone(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    until = short_day(a.postponed_until)
    return _("Je reactie is uitgesteld: %(title)s", title=title), [
        _(
            "%(name)s wacht nog even met “%(title)s”, tot %(until)s.",
            name=name,
            title=title,
            until=until,
        ),
        _("Op die dag komt je reactie vanzelf terug bij de werkgever. Jij hoeft niets te doen."),
    ]


def _try(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    return _("Je gaat het proberen: %(title)s", title=title), [
        _("%(name)s schreef op dat je “%(title)s” gaat proberen.", name=name, title=title),
        _("Daarna besluiten jullie samen, op of voor %(day)s.", day=day),
    ]


def _offer(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    return _("%(name)s biedt je de baan aan", name=name), [
        _("Gefeliciteerd! %(name)s biedt je “%(title)s” aan.", name=name, title=title),
        _("Je kunt beginnen op %(start)s.", start=short_day(a.start_on)),
        _("Laat op of voor %(day)s weten wat je doet. Daarna vervalt het aanbod.", day=day),
    ]


def _refuse(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    lines = [
        _("%(name)s gaat niet met je verder voor “%(title)s”.", name=name, title=title),
        _("De reden: %(reason)s.", reason=reason_text(a.reason).lower()),
    ]
    if s.why:
        lines.append(_("%(name)s schrijft: “%(why)s”", name=name, why=s.why))
    return _("Antwoord op je reactie: %(title)s", title=title), lines


def _return(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    return _("Je reactie ligt weer bij %(name)s", name=name), [
        _("Je reactie op “%(title)s” was uitgesteld. Vandaag gaat ze weer verder.", title=title),
        _("Je hoort op of voor %(day)s hoe het verder gaat.", day=day),
    ]


def _lapse(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    if a.reason == EndReason.CANDIDATE_SILENT:
        return _("Het aanbod is vervallen: %(title)s", title=title), [
            _(
                "Je had een aanbod voor “%(title)s” bij %(name)s. De dag om te antwoorden is "
                "voorbij.",
                title=title,
                name=name,
            ),
            _("Wil je toch graag? Reageer dan opnieuw als de plek nog open is."),
        ]
    return _("Geen antwoord van %(name)s", name=name), [
        _(
            "%(name)s heeft niet op tijd geantwoord op je reactie op “%(title)s”.",
            name=name,
            title=title,
        ),
        _("Dat ligt niet aan jou. Wij stoppen hier, zodat jij niet langer hoeft te wachten."),
        _("Andere kandidaten zien dat deze werkgever niet altijd antwoordt."),
    ]


def _close(a: Application, s: ApplicationStep, title: str, name: str, day: str) -> _Said:
    told = (
        _(
            "De plek “%(title)s” bij %(name)s is bezet. Iemand anders begint daar.",
            title=title,
            name=name,
        )
        if a.reason == EndReason.OPENING_FILLED
        else _("De plek “%(title)s” bij %(name)s is gesloten.", title=title, name=name)
    )
    return _("Deze plek is niet meer open: %(title)s", title=title), [
        told,
        _("Je reactie stopt daarmee. Dat zegt niets over wat jij kunt."),
    ]


_TO_CANDIDATE: Final[
    dict[Action, Callable[[Application, ApplicationStep, str, str, str], _Said]]
] = {
    Action.TALK: _talk,
    Action.POSTPONE: _postpone,
    Action.TRY: _try,
    Action.OFFER: _offer,
    Action.REFUSE: _refuse,
    Action.RETURN: _return,
    Action.LAPSE: _lapse,
    Action.CLOSE: _close,
}


def remind_candidate(application: Application) -> Letter:
    """The offer does not wait for ever."""
    return Letter(
        subject=_("%(name)s wacht op je antwoord", name=organisation(application)),
        lines=(
            _(
                "Je hebt een aanbod voor “%(title)s” bij %(name)s.",
                title=application.opportunity.title,
                name=organisation(application),
            ),
            _(
                "Laat op of voor %(day)s weten wat je doet. Daarna vervalt het aanbod.",
                day=short_day(application.answer_by),
            ),
        ),
        action=(_("Bekijk het aanbod"), address(application, Party.CANDIDATE)),
    )


def no_new_ones(application: Application, others: Sequence[Opportunity]) -> Letter:
    """To the candidate: the last day to respond is past, and this one goes on."""
    return Letter(
        subject=_("Je reactie loopt door: %(title)s", title=application.opportunity.title),
        lines=(
            _(
                "De laatste dag om te reageren op “%(title)s” is voorbij. %(name)s kiest nu.",
                title=application.opportunity.title,
                name=organisation(application),
            ),
            _("Jouw reactie loopt gewoon door. Je krijgt hoe dan ook bericht."),
        ),
        action=(_("Bekijk je reactie"), address(application, Party.CANDIDATE)),
        after=_others(others),
    )


def invitation_over(invitation: Invitation, others: Sequence[Opportunity]) -> Letter:
    """To who was invited to an opening that is no longer open."""
    opportunity = invitation.opportunity
    name = opportunity.site.organisation.name
    return Letter(
        subject=_("De uitnodiging is voorbij: %(title)s", title=opportunity.title),
        lines=(
            _(
                "%(name)s nodigde je uit voor “%(title)s”. Die plek is nu gesloten.",
                name=name,
                title=opportunity.title,
            ),
            _("Je hoeft dus niet meer te antwoorden."),
        ),
        after=_others(others),
    )


def _others(others: Sequence[Opportunity]) -> tuple[str, ...]:
    if not others:
        return ()
    return (
        _("Dit past ook bij je, en is nog open:"),
        *(
            _(
                "%(title)s, %(name)s in %(place)s: %(url)s",
                title=one.title,
                name=one.site.organisation.name,
                place=one.site.place,
                url=public_url("opportunities.show", slug=one.slug),
            )
            for one in others
        ),
    )


def short_day(day: date | None) -> str:
    """A day with its weekday, without the year; empty for none."""
    return day_text(day, _LONG) if day else ""

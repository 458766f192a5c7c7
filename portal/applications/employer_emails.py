"""What is said by mail to who answers for an employer."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.applications.emails import address, candidate, short_day
from portal.applications.models import Application, ApplicationStep
from portal.applications.policy import EndReason
from portal.applications.words import reason_text
from portal.applications.workflow import REOPEN, UNDO, Action, Party
from portal.outbox.letters import Letter


def arrived(application: Application) -> Letter:
    """To the employer: somebody answers."""
    return Letter(
        subject=_("Nieuwe reactie op %(title)s", title=application.opportunity.title),
        lines=(
            _(
                "%(name)s reageert op “%(title)s”.",
                name=candidate(application),
                title=application.opportunity.title,
            ),
            _(
                "Antwoord op of voor %(day)s. Dan wacht niemand langer dan nodig is.",
                day=short_day(application.answer_by),
            ),
        ),
        action=(_("Lees de reactie"), address(application, Party.EMPLOYER)),
    )


def to_employer(application: Application, step: ApplicationStep) -> Letter:
    """What the candidate or the portal did."""
    title, name = application.opportunity.title, candidate(application)
    facts = {"name": name, "title": title, "day": short_day(application.answer_by)}
    facts["start"] = short_day(application.start_on)
    silent = application.reason == EndReason.CANDIDATE_SILENT
    words = {
        Action.TALK: (
            _("%(name)s wil eerst nog praten", **facts),
            _(
                "%(name)s wil eerst nog praten over “%(title)s”. Antwoord op of voor %(day)s.",
                **facts,
            ),
        ),
        Action.TRY: (
            _("%(name)s gaat het proberen", **facts),
            _(
                "%(name)s schreef op “%(title)s” te gaan proberen. Besluit op of voor %(day)s.",
                **facts,
            ),
        ),
        Action.ACCEPT: (
            _("%(name)s zegt ja", **facts),
            _("%(name)s neemt “%(title)s” aan en begint op %(start)s.", **facts),
        ),
        Action.WITHDRAW: (
            _("%(name)s stopt met deze reactie", **facts),
            _("%(name)s trekt de reactie op “%(title)s” in.", **facts),
        ),
        Action.RETURN: (
            _("Weer bij jou: de reactie van %(name)s", **facts),
            _(
                "De reactie van %(name)s op “%(title)s” was uitgesteld tot vandaag. Antwoord op of "
                "voor %(day)s.",
                **facts,
            ),
        ),
        Action.LAPSE: (
            _("Gestopt: de reactie van %(name)s", **facts),
            _(
                "%(name)s gaf geen antwoord op het aanbod voor “%(title)s”. Het aanbod vervalt.",
                **facts,
            )
            if silent
            else _(
                "De dag om te antwoorden is voorbij. We hebben %(name)s laten weten dat er geen "
                "antwoord kwam op “%(title)s”.",
                **facts,
            ),
        ),
        UNDO: (
            _("%(name)s maakte een stap ongedaan", **facts),
            _("%(name)s nam de laatste stap bij “%(title)s” terug.", **facts),
        ),
        REOPEN: (
            _("Loopt weer: de reactie van %(name)s", **facts),
            _(
                "De reactie van %(name)s op “%(title)s” loopt weer, want de plek is weer open.",
                **facts,
            ),
        ),
    }
    subject, line = words[step.action]
    lines = [line]
    if step.action == Action.WITHDRAW and (reason := reason_text(application.reason)):
        lines.append(_("De reden: %(reason)s.", reason=reason.lower()))
    if step.why:
        lines.append(_("%(name)s schrijft: “%(why)s”", name=name, why=step.why))
    return Letter(
        subject=subject,
        lines=tuple(lines),
        action=(_("Bekijk de reactie"), address(application, Party.EMPLOYER)),
    )


def remind_employer(application: Application) -> Letter:
    """The answer date is near."""
    day = short_day(application.answer_by)
    return Letter(
        subject=_("%(name)s wacht op antwoord", name=candidate(application)),
        lines=(
            _(
                "%(name)s reageerde op “%(title)s” en wacht op antwoord.",
                name=candidate(application),
                title=application.opportunity.title,
            ),
            _("Antwoord op of voor %(day)s.", day=day),
            _("Daarna vertellen wij dat er geen antwoord kwam. Dat telt mee in jullie cijfer."),
        ),
        action=(_("Geef antwoord"), address(application, Party.EMPLOYER)),
    )

"""What is said by mail about a meeting, with its file for an agenda."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from portal.applications.emails import address, candidate, organisation
from portal.applications.models import Application, Meeting
from portal.applications.workflow import MeetingState, Party
from portal.calendars import Appointment, calendar_file
from portal.outbox.letters import Letter
from portal.when import moment_text


def file_for(application: Application, meeting: Meeting, reader: Party, *, now: datetime) -> str:
    """The meeting as a file for the agenda of one side."""
    return calendar_file(
        Appointment(
            uid=meeting.uid,
            sequence=meeting.sequence,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            title=_("Gesprek met %(name)s", name=_other(application, reader)),
            where=meeting.where,
            about="\n".join(filter(None, (application.opportunity.title, meeting.note))),
            url=address(application, reader),
            cancelled=meeting.state in (MeetingState.CANCELLED, MeetingState.DECLINED),
            tentative=meeting.state == MeetingState.PROPOSED,
        ),
        now=now,
    )


def proposed(
    application: Application, meeting: Meeting, reader: Party, *, moved: bool, now: datetime
) -> Letter:
    """A time is proposed, or another one than before."""
    name = _other(application, reader)
    if moved:
        subject = _("Ander moment voor je gesprek met %(name)s", name=name)
        first = _("%(name)s stelt een ander moment voor: %(when)s.", name=name, when=_when(meeting))
    else:
        subject = _("Voorstel voor een gesprek met %(name)s", name=name)
        first = _("%(name)s wil met je praten: %(when)s.", name=name, when=_when(meeting))
    return Letter(
        subject=subject,
        lines=(first, *_facts(application, meeting), _("Laat weten of je dan kunt.")),
        action=(_("Geef antwoord"), address(application, reader)),
        calendar=file_for(application, meeting, reader, now=now),
    )


def agreed(application: Application, meeting: Meeting, reader: Party, *, now: datetime) -> Letter:
    """Both can; each gets the file for the own agenda."""
    name = _other(application, reader)
    return Letter(
        subject=_("Afgesproken: gesprek met %(name)s", name=name),
        lines=(
            _("Je gesprek met %(name)s staat vast: %(when)s.", name=name, when=_when(meeting)),
            *_facts(application, meeting),
            _("De afspraak zit bij deze mail. Open het bestand, dan staat ze in je agenda."),
        ),
        action=(_("Bekijk de afspraak"), address(application, reader)),
        calendar=file_for(application, meeting, reader, now=now),
    )


def off(
    application: Application, meeting: Meeting, reader: Party, *, why: str, now: datetime
) -> Letter:
    """It does not take place; the file takes it out of the agenda."""
    name = _other(application, reader)
    if meeting.state == MeetingState.DECLINED:
        subject = _("%(name)s kan dan niet", name=name)
        first = _("%(name)s kan niet op %(when)s.", name=name, when=_when(meeting))
    else:
        subject = _("Afgezegd: gesprek met %(name)s", name=name)
        first = _(
            "Het gesprek met %(name)s op %(when)s gaat niet door.", name=name, when=_when(meeting)
        )
    said = _("%(name)s schrijft: “%(why)s”", name=name, why=why) if why else ""
    return Letter(
        subject=subject,
        lines=tuple(filter(None, (first, said))),
        action=(_("Bekijk de reactie"), address(application, reader)),
        calendar=file_for(application, meeting, reader, now=now),
    )


def _when(meeting: Meeting) -> str:
    return moment_text(meeting.starts_at)


def _facts(application: Application, meeting: Meeting) -> tuple[str, ...]:
    found = [
        _("Het gaat over “%(title)s”.", title=application.opportunity.title),
        _(
            "Waar: %(where)s. Duur: %(minutes)s minuten.",
            where=meeting.where,
            minutes=meeting.minutes,
        ),
    ]
    return (*found, meeting.note) if meeting.note else tuple(found)


def _other(application: Application, reader: Party) -> str:
    return organisation(application) if reader is Party.CANDIDATE else candidate(application)

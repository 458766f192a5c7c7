"""What is said by mail about talks and tasks."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.calendars import Appointment, calendar_file
from portal.coaching.models import CoachHour, CoachTask, Talk
from portal.outbox.letters import Letter
from portal.when import day_text, moment_text


def moment(hour: CoachHour) -> str:
    """When a talk is, as people say it: `dinsdag 3 maart, 10:30 uur`."""
    return moment_text(hour.starts_at)


def appointment(talk: Talk, *, for_coach: bool) -> Appointment:
    """The talk for the agenda of one of the two."""
    hour = talk.hour
    other = talk.candidate.user.name if for_coach else hour.coach.name
    return Appointment(
        uid=talk.uid,
        sequence=talk.sequence,
        starts_at=hour.starts_at,
        minutes=hour.minutes,
        title=_("Loopbaangesprek met %(name)s", name=other or _("je coach")),
        where=hour.where,
        about=talk.question if for_coach else "",
        url=_address(talk, for_coach=for_coach),
        cancelled=talk.state == "cancelled",
    )


def _address(talk: Talk, *, for_coach: bool) -> str:
    if for_coach:
        return public_url("coach.person", guided=talk.candidate.code)
    return public_url("coaching.index")


def _where(talk: Talk) -> str:
    return _(
        "Waar: %(where)s. Duur: %(minutes)s minuten.",
        where=talk.hour.where,
        minutes=talk.hour.minutes,
    )


def booked(talk: Talk, *, for_coach: bool, now: datetime) -> Letter:
    """The talk is booked."""
    when = moment(talk.hour)
    name = talk.candidate.user.name if for_coach else talk.hour.coach.name
    lines = [
        _("Je hebt een loopbaangesprek met %(name)s: %(when)s.", name=name, when=when),
        _where(talk),
    ]
    if for_coach and talk.question:
        lines.append(_("De vraag van de kandidaat: %(question)s", question=talk.question))
    return Letter(
        subject=_("Gesprek gepland: %(when)s", when=when),
        lines=tuple(lines),
        action=(_("Bekijk de afspraak"), _address(talk, for_coach=for_coach)),
        after=(_("In de bijlage zit een bestand voor je agenda."),),
        calendar=calendar_file(appointment(talk, for_coach=for_coach), now=now),
    )


def moved(talk: Talk, before: str, *, for_coach: bool, now: datetime) -> Letter:
    """The talk is at another time; `before` says when it was."""
    when = moment(talk.hour)
    name = talk.candidate.user.name if for_coach else talk.hour.coach.name
    return Letter(
        subject=_("Gesprek verzet naar %(when)s", when=when),
        lines=(
            _("Je gesprek met %(name)s is verzet.", name=name),
            _("Het was %(before)s. Het is nu %(when)s.", before=before, when=when),
            _where(talk),
        ),
        action=(_("Bekijk de afspraak"), _address(talk, for_coach=for_coach)),
        after=(_("Open het bestand in de bijlage. Dan verandert de afspraak in je agenda."),),
        calendar=calendar_file(appointment(talk, for_coach=for_coach), now=now),
    )


def cancelled(talk: Talk, why: str, *, for_coach: bool, by_coach: bool, now: datetime) -> Letter:
    """The talk does not take place."""
    when = moment(talk.hour)
    name = talk.candidate.user.name if for_coach else talk.hour.coach.name
    mine = for_coach == by_coach
    lines = [
        _("Je hebt je gesprek met %(name)s op %(when)s afgezegd.", name=name, when=when)
        if mine
        else _("%(name)s heeft het gesprek van %(when)s afgezegd.", name=name, when=when)
    ]
    if why:
        lines.append(_("De reden: %(why)s", why=why))
    if not for_coach:
        lines.append(_("Wil je toch praten? Kies een ander moment."))
    return Letter(
        subject=_("Gesprek afgezegd: %(when)s", when=when),
        lines=tuple(lines),
        action=(
            (_("Bekijk je kandidaat"), _address(talk, for_coach=True))
            if for_coach
            else (_("Kies een ander moment"), public_url("coaching.index"))
        ),
        after=(_("Open het bestand in de bijlage. Dan verdwijnt de afspraak uit je agenda."),),
        calendar=calendar_file(appointment(talk, for_coach=for_coach), now=now),
    )


def reminder(talk: Talk, *, for_coach: bool) -> Letter:
    """The talk is tomorrow."""
    when = moment(talk.hour)
    name = talk.candidate.user.name if for_coach else talk.hour.coach.name
    return Letter(
        subject=_("Denk aan je gesprek: %(when)s", when=when),
        lines=(
            _("Morgen heb je een gesprek met %(name)s: %(when)s.", name=name, when=when),
            _where(talk),
        ),
        action=(_("Bekijk de afspraak"), _address(talk, for_coach=for_coach)),
        after=() if for_coach else (_("Kun je niet? Verzet het gesprek of zeg het af."),),
    )


def task_set(task: CoachTask, coach: str) -> Letter:
    """The coach wrote down something to do."""
    day = day_text(task.due_on, "EEEE d MMMM")
    return Letter(
        subject=_("Nieuwe taak van %(name)s", name=coach),
        lines=(
            _("%(name)s schreef een taak voor je op:", name=coach),
            task.text,
            _("Doe dit voor of op %(day)s.", day=day),
        ),
        action=(_("Bekijk je taken"), public_url("coaching.index")),
    )


def task_due(task: CoachTask) -> Letter:
    """A task is to be done tomorrow."""
    return Letter(
        subject=_("Denk aan je taak: %(day)s", day=day_text(task.due_on, "EEEE d MMMM")),
        lines=(
            _("Dit heb je met je coach afgesproken:"),
            task.text,
            _("Lukt het niet? Zeg het tegen je coach. Dan zoeken jullie iets anders."),
        ),
        action=(_("Bekijk je taken"), public_url("coaching.index")),
    )


def note_written(coach: str) -> Letter:
    """The coach wrote a note; what it says stays on the site."""
    return Letter(
        subject=_("Je coach schreef een verslag"),
        lines=(
            _("%(name)s schreef iets op over jullie gesprek.", name=coach),
            _("Je leest precies dezelfde tekst als je coach."),
        ),
        action=(_("Lees het verslag"), public_url("coaching.index")),
    )


def ended(coach_name: str, candidate_name: str, why: str, *, for_coach: bool) -> Letter:
    """A candidate stopped the guidance."""
    if for_coach:
        lines = [_("%(name)s stopt met de begeleiding.", name=candidate_name)]
        if why:
            lines.append(_("De reden: %(why)s", why=why))
        lines.append(_("Je kunt het profiel en de notities niet meer zien."))
        return Letter(
            subject=_("Begeleiding gestopt"),
            lines=tuple(lines),
            action=(_("Naar je kandidaten"), public_url("coach.today")),
        )
    return Letter(
        subject=_("Begeleiding gestopt"),
        lines=(
            _("De begeleiding door %(name)s is gestopt.", name=coach_name),
            _("Wil je later weer praten? Kies dan een nieuw gesprek."),
        ),
        action=(_("Kies een gesprek"), public_url("coaching.index")),
    )

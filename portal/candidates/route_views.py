"""What stands on the page *Mijn route*: read, and told in words for each situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.applications.workflow import OPEN
from portal.candidates import alerts
from portal.candidates.journey import Facts, Next, Step, next_step, steps
from portal.candidates.known import Read, read
from portal.candidates.models import Alerts, Candidate, Situation
from portal.clock import local_date
from portal.coaching.views import task_view
from portal.portfolio.models import Grade
from portal.when import day_text, moment_text


@dataclass(frozen=True, slots=True)
class StepView:
    """One step, as components/steps.html takes it."""

    key: str
    title: str
    state: str
    note: str
    date: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class NextView:
    """The one thing to do next."""

    title: str
    text: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for an answer, as components/inbox.html takes it."""

    what: str
    who: str
    url: str
    age: int
    left: int | None
    action: str
    new: bool = False


def journey_page(candidate: Candidate, now: datetime) -> dict[str, Any]:
    """Everything that the template shows."""
    known = read(candidate, now)
    facts = known.facts()
    return {
        "name": candidate.user.name.split(" ")[0],
        "situation": candidate.situation,
        "next": _next(next_step(facts), known),
        "steps": _steps(known, facts),
        "skippable": [
            (one.value, _step_title(one, facts.situation), one.value in facts.skipped)
            for one in (Step.ORIENT, Step.COACH)
            if one.value in facts.skipped or steps(facts)[one].value in ("now", "next")
        ],
        "talk": known.talk,
        "talk_when": moment_text(known.talk.hour.starts_at) if known.talk else "",
        "talk_held": known.talk_held,
        "tasks": [task_view(one, known.today) for one in known.tasks],
        "waiting": waiting(known),
        "open_applications": sum(one.state in OPEN for one in known.applications),
        "counts": known.counts,
        "portfolio": known.portfolio,
        "grades": [(grade.value, known.portfolio.count(grade)) for grade in reversed(Grade)],
        "ending": known.ending,
        "told": facts.told,
        "visible": candidate.visible,
        "alerts_text": alerts_text(candidate, now),
        "today": known.today,
    }


def waiting(known: Read) -> list[Waiting]:
    """Invitations and applications that wait for this person, soonest first."""
    found = [
        Waiting(
            what=_("Uitnodiging: %(title)s", title=one.opportunity.title),
            who=one.opportunity.site.organisation.name,
            url=url_for("invitations.show", invitation_id=one.id),
            age=(known.today - local_date(one.created_at)).days,
            left=(one.answer_by - known.today).days,
            action=_("Lees en antwoord"),
            new=True,
        )
        for one in known.invitations
    ] + [
        Waiting(
            what=one.opportunity.title,
            who=one.opportunity.site.organisation.name,
            url=url_for("applications.show", application_id=one.id),
            age=(known.today - local_date(one.updated_at)).days,
            left=(one.answer_by - known.today).days if one.answer_by else None,
            action=_("Bekijk"),
        )
        for one in known.asked
    ]
    return sorted(found, key=lambda one: one.left if one.left is not None else 99)


def alerts_text(candidate: Candidate, now: datetime) -> str:
    """When the next mail about new work can come."""
    match candidate.alerts:
        case Alerts.AT_ONCE:
            return _("Je krijgt meteen mail als er iets nieuws is dat goed past.")
        case Alerts.WEEKLY:
            day = day_text(alerts.next_weekly(now).date(), "EEEE d MMMM")
            return _(
                "Je krijgt elke dinsdag mail als er iets nieuws is. De volgende is %(day)s.",
                day=day,
            )
        case _:
            return _("Je krijgt geen mail over nieuw werk.")


def _steps(known: Read, facts: Facts) -> list[StepView]:
    state = steps(facts)
    notes = {
        Step.SIGN_UP: ("", local_date(known.candidate.created_at), ""),
        Step.ORIENT: (_orient_note(known), None, url_for("orientation.index")),
        Step.COACH: (_coach_note(known), None, url_for("coaching.index")),
        Step.MATCH: (_match_note(known), None, url_for("candidates.matches")),
    }
    return [
        StepView(one.value, _step_title(one, facts.situation), state[one].value, *notes[one])
        for one in Step
    ]


def _step_title(step: Step, situation: Situation | None) -> str:
    titles: dict[Step, tuple[str, str, str]] = {
        Step.SIGN_UP: (_("Aanmelden"), _("Aanmelden"), _("Aanmelden")),
        Step.ORIENT: (
            _("Kijk welk werk bij je past"),
            _("Kijk wat er is veranderd"),
            _("Kijk rustig rond"),
        ),
        Step.COACH: (
            _("Praat met een coach"),
            _("Praat over terugkomen"),
            _("Praat in vertrouwen met een coach"),
        ),
        Step.MATCH: (_("Vind je plek"), _("Vind je plek"), _("Zet je volgende stap")),
    }
    order = list(Situation)
    return titles[step][order.index(situation) if situation else 0]


def _orient_note(known: Read) -> str:
    if number := known.counts.favourites:
        return ngettext("Je bewaarde %(num)s favoriet.", "Je bewaarde %(num)s favorieten.", number)
    return ""


def _coach_note(known: Read) -> str:
    if known.talk is not None:
        return _("Je gesprek is %(when)s.", when=moment_text(known.talk.hour.starts_at))
    return ""


def _match_note(known: Read) -> str:
    if (one := known.accepted) is not None:
        return one.opportunity.title
    if number := sum(one.state in OPEN for one in known.applications):
        return ngettext("%(num)s reactie loopt.", "%(num)s reacties lopen.", number)
    return ""


def _next(step: Next, known: Read) -> NextView:
    """The card of the next step, in the words for this situation."""
    situation = known.candidate.situation
    returner, employee = situation == Situation.RETURNER, situation == Situation.EMPLOYEE
    profile, index = url_for("candidates.profile"), url_for("portfolio.index")
    match step:
        case Next.START if (one := known.accepted) is not None and one.start_on is not None:
            return NextView(
                _("Je hebt een plek. Gefeliciteerd!"),
                _(
                    "Je begint op %(day)s bij %(who)s.",
                    day=day_text(one.start_on, "d MMMM yyyy"),
                    who=one.opportunity.site.organisation.name,
                ),
                _("Bekijk wat er is afgesproken"),
                url_for("applications.show", application_id=one.id),
            )
        case Next.INVITATION:
            first = known.invitations[0]
            return NextView(
                _("Een werkgever nodigt je uit"),
                _(
                    "%(who)s wil met je praten over: %(title)s. Jij beslist of je dat wilt.",
                    who=first.opportunity.site.organisation.name,
                    title=first.opportunity.title,
                ),
                _("Lees de uitnodiging"),
                url_for("invitations.show", invitation_id=first.id),
            )
        case Next.APPLICATION:
            asked = known.asked[0]
            return NextView(
                _("Er wacht een vraag op je"),
                _(
                    "%(who)s wacht op je antwoord over: %(title)s.",
                    who=asked.opportunity.site.organisation.name,
                    title=asked.opportunity.title,
                ),
                _("Bekijk en antwoord"),
                url_for("applications.show", application_id=asked.id),
            )
        case Next.TELL:
            text = (
                _("Schrijf welk werk je deed, en wat je daarna deed. Ook zorg thuis telt mee.")
                if returner
                else _("Dit ziet alleen jij. Niemand bij je werkgever ziet dat je rondkijkt.")
                if employee
                else _("Werk, thuis, hobby of vrijwilligerswerk: alles telt.")
            )
            return NextView(_("Vertel wat je kunt en wilt"), text, _("Vul je profiel in"), profile)
        case Next.TASK:
            task = min(known.tasks, key=lambda one: one.due_on)
            day = day_text(task.due_on, "d MMMM")
            return NextView(
                _("Doe je taak"),
                _("%(task)s (voor %(day)s)", task=task.text, day=day),
                _("Bekijk je taken"),
                url_for("coaching.index"),
            )
        case Next.TALK if known.talk is not None:
            return NextView(
                _("Je gesprek komt eraan"),
                _(
                    "Je praat %(when)s. Bedenk vast wat je wilt vragen.",
                    when=moment_text(known.talk.hour.starts_at),
                ),
                _("Bekijk je gesprek"),
                url_for("coaching.index"),
            )
        case Next.STILL_COUNTS:
            return NextView(
                _("Kijk wat nog telt"),
                _(
                    "Zet je diploma's en papieren in je portfolio. "
                    "Je ziet wat nog geldig is, en wat je opnieuw moet leren."
                ),
                _("Kijk wat nog telt"),
                url_for("portfolio.still_counts"),
            )
        case Next.ORIENT:
            text = (
                _("De zorg verandert. Lees hoe een dag er nu uitziet, en wat het werk vraagt.")
                if returner
                else _("Bekijk ander werk in de regio. Niemand bij je werkgever ziet dat.")
                if employee
                else _("Lees hoe een dag eruitziet. Bewaar wat je leuk lijkt.")
            )
            return NextView(
                _step_title(Step.ORIENT, Situation(situation) if situation else None),
                text,
                _("Bekijk beroepen"),
                url_for("orientation.index"),
            )
        case Next.PORTFOLIO:
            return NextView(
                _("Laat zien wat je kunt"),
                _("We lezen je tekst en stellen voor wat je al kunt. Jij beslist wat erin komt."),
                _("Open je portfolio"),
                index,
            )
        case Next.COACH:
            text = (
                _("Een coach kijkt met je mee wat je moet opfrissen. Een gesprek kost niets.")
                if returner
                else _("Een coach denkt met je mee. Je werkgever hoort er niets van.")
                if employee
                else _("Een coach maakt met je een plan. Een gesprek kost niets.")
            )
            return NextView(
                _step_title(Step.COACH, Situation(situation) if situation else None),
                text,
                _("Kies een moment"),
                url_for("coaching.index"),
            )
        case Next.SAVED:
            return NextView(
                _("Reageer op wat je bewaarde"),
                ngettext(
                    "Je bewaarde %(num)s plek. Lees die nog eens, en reageer als je wilt.",
                    "Je bewaarde %(num)s plekken. Lees ze nog eens, en reageer op wat je wilt.",
                    known.counts.saved,
                ),
                _("Bekijk wat je bewaarde"),
                url_for("candidates.saved"),
            )
        case _:
            return NextView(
                _("Bekijk wat bij je past"),
                _("Bovenaan staat wat het beste past. Bewaar wat je wilt, of reageer meteen."),
                _("Bekijk wat past"),
                url_for("candidates.matches"),
            )

"""Taking the last step back, within a day, where nothing depends on it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import closing, policy, queries, telling
from portal.applications.holding import held, must_be_current
from portal.applications.models import Application, ApplicationStep
from portal.applications.policy import NoUndo
from portal.applications.recording import take_back
from portal.applications.workflow import OPEN, UNDO, Action, Party, State
from portal.clock import local_date
from portal.errors import Conflict, NotFound
from portal.opportunities import service as opportunities
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.policy import lacks_to_be_published
from portal.opportunities.workflow import Action as OpeningAction
from portal.opportunities.workflow import Status


def undo(
    application_id: int, *, actor: User, party: Party, now: datetime, version: int
) -> Application:
    """Take back the last step of one's own side, and what that step brought about.

    Raises NotFound, or Conflict when it is too late or the other side has acted since.
    """
    found = queries.for_party(application_id, actor.id, party)
    if found is None:
        raise NotFound
    last = queries.last_step(found.id)
    along = queries.brought_about(last.id) if last else []
    application = held(application_id, actor=actor, party=party, also=queries.openings_of(along))
    must_be_current(application, version)
    step = queries.last_step(application.id)
    problem = undo_problem(application, step, party, now)
    if problem is not None or step is None:
        raise Conflict(_words(problem or NoUndo.NOTHING))
    _must_be_possible(application, step, now)
    back = take_back(application, step, UNDO, party=party, actor=actor, now=now)
    telling.tell_other_side(application, back, now=now)
    if step.action == Action.ACCEPT:
        for one in queries.brought_about(step.id):
            _again(one, actor=actor, now=now)
        _reopen(application.opportunity, filled_at=step.at, now=now)
    return application


def undo_problem(
    application: Application, step: ApplicationStep | None, party: Party, now: datetime
) -> NoUndo | None:
    """Say why one side cannot take the last step back now; None when it can."""
    answered = step is not None and queries.acted_since(application.id, party.other, step.at)
    return policy.undo_problem(step, party, now, answered=answered)


def _must_be_possible(application: Application, step: ApplicationStep, now: datetime) -> None:
    if application.state in OPEN:
        return
    if step.action == Action.WITHDRAW and not is_open(application.opportunity, now):
        raise Conflict(_("Deze plek is intussen gesloten. Terugdraaien kan niet meer."))
    if queries.open_on(application.candidate_id, application.opportunity_id) is not None:
        raise Conflict(_("Er loopt al een nieuwe reactie op deze plek."))


def is_open(opportunity: Opportunity, now: datetime) -> bool:
    """Say whether an opening still takes answers."""
    closes_on = opportunity.closes_on
    return (
        opportunity.status == Status.PUBLISHED
        and closes_on is not None
        and closes_on >= local_date(now)
    )


def _again(step: ApplicationStep, *, actor: User, now: datetime) -> None:
    """Bring back an application that was given up for the one that is taken back now."""
    other = queries.for_portal(step.application_id, lock=True)
    if other is None or other.state != State.WITHDRAWN or not is_open(other.opportunity, now):
        return
    if queries.open_on(other.candidate_id, other.opportunity_id) is not None:
        return
    back = take_back(other, step, UNDO, party=Party.CANDIDATE, actor=actor, now=now)
    telling.tell_employer(other, back, now=now)


def _reopen(opportunity: Opportunity, *, filled_at: datetime, now: datetime) -> None:
    """Open an opening that closed because this place was taken; or bring back who it ended for."""
    closed_by_it = (
        opportunity.close_reason == CloseReason.FILLED and opportunity.closed_at == filled_at
    )
    if closed_by_it and not lacks_to_be_published(opportunity, local_date(now)):
        opportunities.move(opportunity, OpeningAction.REOPEN, actor=None, now=now)
    else:
        closing.reopened(opportunity, now=now, since=filled_at)


def _words(problem: NoUndo) -> str:
    return {
        NoUndo.NOTHING: _("Er is niets om ongedaan te maken."),
        NoUndo.NOT_YOURS: _("Deze stap is van de ander. Alleen die kan hem ongedaan maken."),
        NoUndo.TOO_LATE: _("Ongedaan maken kan tot een dag erna. Stuur de ander een bericht."),
        NoUndo.ANSWERED: _("De ander heeft al gereageerd. Stuur een bericht om het te bespreken."),
    }[problem]

"""Moving an application on, by one of its two sides. Call each inside transaction()."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import closing, policy, queries, telling
from portal.applications.fitting import others_that_fit
from portal.applications.holding import held, must_be_current, who_was_first
from portal.applications.meetings import call_off
from portal.applications.models import Application, ApplicationStep
from portal.applications.policy import DayProblem, RefusalReason, WithdrawReason
from portal.applications.recording import take
from portal.applications.workflow import Action, NotAllowed, Party, State, next_state
from portal.clock import local_date
from portal.errors import Conflict, Invalid
from portal.opportunities import service as opportunities
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.workflow import Action as OpeningAction
from portal.opportunities.workflow import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What somebody said with a step; each action reads what it needs."""

    reason: str
    word: str
    until: date | None
    start_on: date | None
    answer_by: date | None


def move(
    application_id: int,
    action: Action,
    *,
    actor: User,
    party: Party,
    now: datetime,
    version: int,
    reason: str = "",
    word: str = "",
    until: date | None = None,
    start_on: date | None = None,
    answer_by: date | None = None,
    gives_up: Iterable[int] = (),
) -> Application:
    """Take one step as one of the two sides, and tell the other.

    Refusing needs `reason` (RefusalReason) and `word`, what helps; postponing `until`; offering
    `start_on`, and `answer_by` unless the usual days will do; withdrawing `reason`
    (WithdrawReason). Any step may have a `word`. Accepting ends the person's other applications:
    `gives_up` names them, as they were shown. `version` is that of the page.
    Raises NotFound, Conflict (somebody was first; with who) or Invalid (with the fields).
    """
    others: list[Application] = []
    if action is Action.ACCEPT:
        found = queries.for_party(application_id, actor.id, party)
        if found is not None:
            others = _others(found)
    application = held(
        application_id, actor=actor, party=party, also=[one.opportunity_id for one in others]
    )
    must_be_current(application, version)
    try:
        state = next_state(State(application.state), party, action)
    except NotAllowed as error:
        raise Conflict(who_was_first(application)) from error
    today = local_date(now)
    said = _Said(
        reason=reason, word=word.strip(), until=until, start_on=start_on, answer_by=answer_by
    )
    values = _values(action, said, today)
    if action is Action.ACCEPT:
        return _accept(
            application, actor=actor, now=now, word=said.word, gives_up=frozenset(gives_up)
        )
    step = take(
        application,
        action,
        state,
        party=party,
        actor=actor,
        now=now,
        why=said.word,
        said=values,
        answer_by=said.answer_by if action is Action.OFFER else None,
    )
    telling.tell_other_side(application, step, now=now, others=_helps(application, action, today))
    if application.ended_at is not None:
        call_off(application, by=party, now=now)
    return application


def _values(action: Action, said: _Said, today: date) -> dict[str, object]:
    """What a step writes into the application. Raises Invalid."""
    if len(said.word) > policy.WORD_LENGTH[1]:
        raise Invalid(_("Maak dit korter: 1000 tekens of minder."), ("word",))
    if action is Action.REFUSE:
        if said.reason not in set(RefusalReason):
            raise Invalid(_("Kies een reden uit de lijst."), ("reason",))
        if len(said.word) < policy.WORD_LENGTH[0]:
            raise Invalid(_("Schrijf een zin waar de kandidaat iets aan heeft."), ("word",))
        return {"reason": said.reason, "word": said.word}
    if action is Action.WITHDRAW:
        if said.reason not in set(WithdrawReason):
            raise Invalid(_("Kies een reden uit de lijst."), ("reason",))
        return {"reason": said.reason, "word": said.word}
    if action is Action.POSTPONE:
        _check(said.until, today, policy.POSTPONE_AT_MOST, "until")
        return {"postponed_until": said.until}
    if action is Action.OFFER:
        _check(said.start_on, today, policy.START_WITHIN, "start_on")
        if said.answer_by is not None and said.start_on is not None:
            # Who starts has answered the day before, at the latest.
            latest = min(policy.ANSWER_WITHIN, said.start_on - today)
            _check(said.answer_by, today, latest, "answer_by")
        return {"start_on": said.start_on}
    return {}


def _check(day: date | None, today: date, within: timedelta, field: str) -> None:
    words = {
        DayProblem.MISSING: _("Vul een dag in."),
        DayProblem.PAST: _("Deze dag is al voorbij. Kies een dag na vandaag."),
        DayProblem.TOO_FAR: _("Deze dag is te ver weg. Kies een eerdere dag."),
    }
    if problem := policy.day_problem(day, today, within):
        raise Invalid(words[problem], (field,))


def _helps(application: Application, action: Action, today: date) -> list[Opportunity]:
    """Other openings for who was refused; nobody else is sent away with them."""
    if action is not Action.REFUSE:
        return []
    return others_that_fit(application.candidate_id, today)


def _others(application: Application) -> list[Application]:
    mine = queries.open_of_candidate(application.candidate_id)
    return [one for one in mine if one.id != application.id]


def _accept(
    application: Application,
    *,
    actor: User,
    now: datetime,
    word: str,
    gives_up: frozenset[int],
) -> Application:
    opportunity = application.opportunity
    today = local_date(now)
    if application.start_on is None or application.start_on <= today:
        raise Conflict(
            _("De startdatum van dit aanbod is voorbij. Vraag de werkgever om een nieuwe dag.")
        )
    if queries.accepted(opportunity.id) >= opportunity.places:
        raise Conflict(_("Deze plek is net bezet. Bel of mail de werkgever als dit niet klopt."))
    others = [
        one
        for one in queries.open_of_candidate(application.candidate_id, lock=True)
        if one.id != application.id
    ]
    if {one.id for one in others} != gives_up:
        raise Conflict(_("Je andere reacties zijn intussen veranderd. Kijk eerst wat er nu staat."))
    step = take(
        application,
        Action.ACCEPT,
        State.ACCEPTED,
        party=Party.CANDIDATE,
        actor=actor,
        now=now,
        why=word,
    )
    telling.tell_employer(application, step, now=now)
    for other in others:
        _give_up(other, step, actor=actor, now=now)
    if queries.accepted(opportunity.id) >= opportunity.places:
        _fill(opportunity, now)
    return application


def _give_up(other: Application, cause: ApplicationStep, *, actor: User, now: datetime) -> None:
    step = take(
        other,
        Action.WITHDRAW,
        next_state(State(other.state), Party.CANDIDATE, Action.WITHDRAW),
        party=Party.CANDIDATE,
        actor=actor,
        now=now,
        cause=cause,
        said={"reason": WithdrawReason.OTHER_JOB},
    )
    telling.tell_employer(other, step, now=now)
    call_off(other, by=Party.CANDIDATE, now=now)


def _fill(opportunity: Opportunity, now: datetime) -> None:
    if opportunity.status == Status.PUBLISHED:
        opportunities.move(
            opportunity, OpeningAction.CLOSE, actor=None, now=now, reason=CloseReason.FILLED
        )
    else:
        closing.end_the_rest(opportunity, now=now)

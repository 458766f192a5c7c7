"""Somebody answers an opening. Call it inside transaction()."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import emails, employer_emails, policy, queries, telling
from portal.applications.models import Application, ApplicationStep
from portal.applications.recording import answer_date
from portal.applications.workflow import APPLY, WAITS_ON, Party, State
from portal.audit import service as audit
from portal.candidates.models import Candidate
from portal.clock import local_date
from portal.errors import Gone, Invalid
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.policy import visible_to_visitors
from portal.outbox.letters import Letter, post


def apply(
    candidate: Candidate,
    opportunity: Opportunity,
    *,
    letter: str,
    phone: str,
    invited: bool = False,
    name: str = "",
    actor: User,
    now: datetime,
) -> Application:
    """Answer an opening, with name and contact; again returns the application that is there.

    Who was `invited` is in conversation at once: the employer asked first. `name` is how others
    address the person, for who has filled in none.
    Raises Gone when it is no longer open, and Invalid when something is too long.
    """
    letter, phone = letter.strip(), phone.strip()
    if len(letter) > policy.LETTER_MAX:
        raise Invalid(_("Maak je brief korter."), ("letter",))
    if len(phone) > policy.PHONE_MAX:
        raise Invalid(_("Dit telefoonnummer is te lang."), ("phone",))
    # Two tabs wait for each other here; the second finds what the first made.
    queries.hold([opportunity.id])
    db.session.refresh(opportunity)
    there = queries.open_on(candidate.id, opportunity.id)
    if there is not None:
        return there
    today = local_date(now)
    if not visible_to_visitors(opportunity, today):
        raise Gone(_("Deze plek is intussen gesloten. Je kunt niet meer reageren."))
    if name.strip() and not candidate.user.name:
        candidate.user.name = name.strip()
    state = State.IN_CONVERSATION if invited else State.NEW
    application = Application(
        candidate=candidate,
        opportunity=opportunity,
        state=state,
        letter=letter,
        phone=phone,
        invited=invited,
        waits_on=WAITS_ON[state],
        word="",
        version=1,
        created_at=now,
        updated_at=now,
    )
    application.answer_by = answer_date(application, today)
    db.session.add(application)
    db.session.flush()
    db.session.add(
        ApplicationStep(
            application_id=application.id,
            at=now,
            party=Party.CANDIDATE,
            actor=actor,
            action=APPLY,
            from_state=None,
            to_state=state,
            why="",
            before={},
        )
    )
    audit.record("application.apply", application, actor=actor, now=now, invited=invited)
    _tell(application, now)
    return application


def _tell(application: Application, now: datetime) -> None:
    def receipt() -> Letter:
        return emails.received(application)

    def arrival() -> Letter:
        return employer_emails.arrived(application)

    key = f"application-{application.id}-new"
    post(application.candidate.user, receipt, key=f"{key}-candidate", now=now)
    for user in telling.employers(application):
        post(user, arrival, key=f"{key}-{user.id}", now=now)

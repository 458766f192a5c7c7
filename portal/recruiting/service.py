"""Inviting somebody without a name, and answering that. Call each inside transaction()."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import User
from portal.applications import queries as applications
from portal.applications.models import Application, Invitation, InvitationState
from portal.applications.service import apply
from portal.audit import service as audit
from portal.candidates.models import Candidate
from portal.clock import ZONE, local_date
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.organisations.models import Organisation
from portal.outbox.letters import Letter, post
from portal.recruiting import emails, policy, queries
from portal.recruiting.policy import NotInvited
from portal.when import day_text


def invite(slug: str, code: str, text: str, *, actor: User, now: datetime) -> Invitation:
    """Ask somebody who fits an opening to come and talk; the same again is one invitation.

    Raises NotFound, Invalid (the personal line), or Conflict: asked before, no longer on offer,
    or no invitations left this week.
    """
    text = text.strip()
    low, high = policy.TEXT_LENGTH
    if not low <= len(text) <= high:
        raise Invalid(_("Schrijf %(low)s tot %(high)s tekens.", low=low, high=high), ("text",))
    today = local_date(now)
    opportunity = queries.opening(slug, actor.id, today)
    if opportunity is None:
        raise NotFound
    organisation = _alone(opportunity)
    found = queries.person(opportunity, code)
    if found is None:
        raise NotFound
    before = found.invitation
    if before is not None and (before.sender_id, before.text) == (actor.id, text):
        return before
    problem = policy.problem(
        invited=before is not None,
        on_offer=queries.on_offer(opportunity, now),
        limit=organisation.invitations_per_week,
        sent=sent_this_week(organisation.id, today),
    )
    if problem is not None:
        raise Conflict(_words(problem, today))
    return send(found.candidate, opportunity, text, actor=actor, now=now)


def send(
    candidate: Candidate, opportunity: Opportunity, text: str, *, actor: User, now: datetime
) -> Invitation:
    """Send an invitation to somebody who may have it; for `invite`, and for seeding."""
    today = local_date(now)
    invitation = Invitation(
        candidate=candidate,
        opportunity=opportunity,
        sender_id=actor.id,
        text=text,
        state=InvitationState.SENT,
        created_at=now,
        answer_by=policy.answer_by(today, opportunity.closes_on),
        word="",
    )
    db.session.add(invitation)
    db.session.flush()
    audit.record("invitation.sent", invitation, actor=actor, now=now)
    _tell(invitation, emails.invited, "sent", now)
    return invitation


def sent_this_week(organisation_id: int, today: date) -> int:
    """Return how many invitations an organisation sent since Monday."""
    monday, _next = policy.week_of(today)
    return queries.sent_since(organisation_id, datetime(*monday.timetuple()[:3], tzinfo=ZONE))


def accept(
    invitation_id: int, *, letter: str, phone: str, name: str = "", actor: User, now: datetime
) -> Application:
    """Say yes: the employer now gets the name and the contact, as an application in conversation.

    `name` is how others address the person, for who has filled in none. Again returns the same
    application. Raises NotFound, Conflict, Invalid or Gone.
    """
    invitation = _held(invitation_id, actor)
    there = applications.open_on(invitation.candidate_id, invitation.opportunity_id)
    if invitation.state == InvitationState.ACCEPTED and there is not None:
        return there
    _must_wait(invitation, now)
    if not actor.name:
        if not name.strip():
            raise Invalid(_("Vul in hoe je heet."), ("name",))
        actor.name = name.strip()
    application = apply(
        invitation.candidate,
        invitation.opportunity,
        letter=letter,
        phone=phone,
        invited=True,
        actor=actor,
        now=now,
    )
    _answer(invitation, InvitationState.ACCEPTED, actor=actor, now=now)
    return application


def decline(invitation_id: int, *, word: str, actor: User, now: datetime) -> Invitation:
    """Say no, with a word or without; the employer does not learn who it was."""
    invitation = _held(invitation_id, actor)
    if invitation.state == InvitationState.DECLINED:
        return invitation
    _must_wait(invitation, now)
    if len(word.strip()) > policy.WORD_MAX:
        raise Invalid(_("Maak dit korter: 300 tekens of minder."), ("word",))
    invitation.word = word.strip()
    _answer(invitation, InvitationState.DECLINED, actor=actor, now=now)
    _tell_employer(invitation, emails.declined, f"no-{now.timestamp():.0f}", now)
    return invitation


def take_back_no(invitation_id: int, *, actor: User, now: datetime) -> Invitation:
    """Let an invitation wait again after a no by mistake, within a day."""
    invitation = _held(invitation_id, actor)
    if invitation.state == InvitationState.SENT:
        return invitation
    since = now - (invitation.answered_at or invitation.created_at)
    open_still = queries.on_offer(invitation.opportunity, now)
    if not policy.may_take_back_no(invitation.state, since, on_offer=open_still):
        raise Conflict(_("Dit kan niet meer. Je kunt nog wel zelf reageren als de plek open is."))
    invitation.word = ""
    invitation.answered_at = None
    invitation.state = InvitationState.SENT
    # Who comes back on the last day has the next day too.
    invitation.answer_by = max(invitation.answer_by, local_date(now) + timedelta(days=1))
    audit.record("invitation.again", invitation, actor=actor, now=now)
    _tell_employer(invitation, emails.again_open, f"again-{now.timestamp():.0f}", now)
    return invitation


def tend(invitation_id: int, *, now: datetime) -> str:
    """Remind of one invitation or let it lapse, whichever is due; return what was done."""
    found = queries.for_portal(invitation_id)
    if found is None:
        return ""
    applications.hold([found.opportunity_id])
    invitation = queries.for_portal(invitation_id, lock=True)
    if invitation is None or invitation.state != InvitationState.SENT:
        return ""
    today = local_date(now)
    if applications.open_on(invitation.candidate_id, invitation.opportunity_id) is not None:
        # The person answered the opening itself: that is a yes, and everybody knows.
        _answer(invitation, InvitationState.ACCEPTED, actor=None, now=now)
        return "answered"
    if invitation.answer_by < today:
        _answer(invitation, InvitationState.LAPSED, actor=None, now=now)
        _tell(invitation, emails.lapsed, "lapsed", now)
        _tell_employer(invitation, emails.unanswered, "lapsed", now)
        return "lapsed"
    if invitation.reminded_at is None and policy.reminds_on(invitation.answer_by) <= today:
        invitation.reminded_at = now
        _tell(invitation, emails.reminded, "reminder", now)
        return "reminded"
    return ""


def _alone(opportunity: Opportunity) -> Organisation:
    """Hold the opening and its organisation, so that two clicks are counted one by one."""
    applications.hold([opportunity.id])
    organisation = queries.hold_organisation(opportunity.site.organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def _held(invitation_id: int, actor: User) -> Invitation:
    found = queries.for_candidate(invitation_id, actor.id)
    if found is None:
        raise NotFound
    applications.hold([found.opportunity_id])
    invitation = queries.for_candidate(invitation_id, actor.id, lock=True)
    if invitation is None:
        raise NotFound
    return invitation


def _must_wait(invitation: Invitation, now: datetime) -> None:
    if invitation.state != InvitationState.SENT:
        raise Conflict(_("Deze uitnodiging is al beantwoord of voorbij. Kijk wat er nu staat."))
    if not queries.on_offer(invitation.opportunity, now):
        raise Conflict(_("Deze plek is intussen gesloten. Je hoeft niets meer te doen."))


def _answer(
    invitation: Invitation, state: InvitationState, *, actor: User | None, now: datetime
) -> None:
    invitation.state = state
    invitation.answered_at = now
    db.session.flush()
    audit.record(f"invitation.{state}", invitation, actor=actor, now=now)


def _words(problem: NotInvited, today: date) -> str:
    if problem is NotInvited.ALREADY:
        return _("Deze persoon is al een keer uitgenodigd voor deze plek. Een keer is genoeg.")
    if problem is NotInvited.CLOSED:
        return _("Deze plek is niet meer open. Je kunt niemand meer uitnodigen.")
    return no_more(today)


def no_more(today: date) -> str:
    """Say that this week's invitations are gone, and when there are more."""
    _monday, then = policy.week_of(today)
    return _(
        "Je uitnodigingen voor deze week zijn op. Vanaf %(day)s kun je weer uitnodigen.",
        day=day_text(then, "EEEE d MMMM"),
    )


def left_text(left: int, limit: int, today: date) -> str:
    """Say how many invitations are left this week, and when there are more."""
    if not left:
        return no_more(today)
    _monday, then = policy.week_of(today)
    return ngettext(
        "Je kunt deze week nog %(num)s persoon uitnodigen. Vanaf %(day)s weer %(limit)s.",
        "Je kunt deze week nog %(num)s mensen uitnodigen. Vanaf %(day)s weer %(limit)s.",
        left,
        day=day_text(then, "EEEE d MMMM"),
        limit=limit,
    )


def _tell(
    invitation: Invitation, write: Callable[[Invitation], Letter], what: str, now: datetime
) -> None:
    post(
        invitation.candidate.user,
        lambda: write(invitation),
        key=f"invitation-{invitation.id}-{what}",
        now=now,
    )


def _tell_employer(
    invitation: Invitation, write: Callable[[Invitation], Letter], what: str, now: datetime
) -> None:
    """Tell who invited, or all recruiters when that person no longer is one."""
    known = applications.recruiters(invitation.opportunity.site.organisation_id)
    sender = [one for one in known if one.id == invitation.sender_id]
    for user in sender or known:
        post(
            user,
            lambda: write(invitation),
            key=f"invitation-{invitation.id}-{what}-{user.id}",
            now=now,
        )

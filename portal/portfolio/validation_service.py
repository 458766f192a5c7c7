"""Asking somebody to sign for a competence, signing, answering. Call each inside transaction()."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates import service as candidates
from portal.candidates.models import Candidate
from portal.candidates.queries import of_user
from portal.clock import local_date
from portal.coaching.queries import coach_of
from portal.errors import Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.outbox.letters import post
from portal.portfolio import validation_emails as emails
from portal.portfolio import validation_policy as policy
from portal.portfolio import validation_queries as queries
from portal.portfolio import validation_workflow as workflow
from portal.portfolio.kinds import Mastery
from portal.portfolio.models import Validation
from portal.portfolio.validation_workflow import Party, ValidationAction, ValidationState
from portal.when import day_text


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom a signature is asked: an organisation by its id, or else the own coach."""

    organisation_id: int | None = None
    as_assessor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an assessor signs for."""

    mastery: Mastery
    scope: str
    valid_until: date
    name: str


def ask(
    competences: Sequence[str], asked: Asked, note: str, *, actor: User, now: datetime
) -> list[Validation]:
    """Ask for signatures; what waits there already is passed over.

    Raises NotFound when a competence is not in the own portfolio or nobody there can sign.
    """
    candidate = _own(actor)
    mine = {one.competence for one in queries.accepted(candidate.id)}
    if not competences or not mine.issuperset(competences):
        raise NotFound
    coach = None
    if asked.organisation_id is None:
        coach = coach_of(candidate.id)
    elif asked.organisation_id not in {
        one.id for group in queries.organisations(candidate.id) for one in group
    }:
        raise NotFound
    if asked.organisation_id is None and coach is None:
        raise NotFound
    coach_id = coach.id if coach else None
    there = queries.open_requests(candidate.id)
    made = []
    for competence in dict.fromkeys(competences):
        if (competence, asked.organisation_id, coach_id) in there:
            continue
        one = Validation(
            candidate=candidate,
            competence=competence,
            organisation_id=asked.organisation_id,
            coach_id=coach_id,
            as_assessor=asked.as_assessor or asked.organisation_id is not None,
            asked_at=now,
            asked_note=note,
        )
        db.session.add(one)
        made.append(one)
    db.session.flush()
    for one in made:
        audit.record("validation.asked", one, actor=actor, now=now, competence=one.competence)
    if made:
        for assessor in queries.assessors(made[0]):
            post(
                assessor,
                partial(emails.asked, made),
                key=f"validation-{made[0].id}-asked-{assessor.id}",
                now=now,
            )
    return made


def sign(
    validation_id: int, signature: Signature, *, version: int, actor: User, now: datetime
) -> Validation:
    """Sign. Raises NotFound, Forbidden (for oneself), Invalid, or Conflict: somebody was first."""
    validation = _asked(validation_id, actor)
    if not policy.may_sign(actor.id, validation.candidate.user_id):
        raise Forbidden
    if not policy.until_allowed(signature.valid_until, local_date(now)):
        raise Invalid(fields=("valid_until",))
    _move(validation, ValidationAction.SIGN, Party.ASSESSOR, version=version)
    validation.mastery = signature.mastery
    validation.grade = policy.worth(signature.mastery, assessor=validation.as_assessor)
    validation.scope = signature.scope
    validation.valid_until = signature.valid_until
    validation.signed_at = now
    validation.signed_by = actor
    validation.signed_name = signature.name
    if not actor.name:
        actor.name = signature.name
    candidates.profile_changed(validation.candidate_id, now=now)
    _tell("signed", validation, actor, now, mastery=signature.mastery, grade=validation.grade)
    owner = validation.candidate.user
    post(owner, partial(emails.signed, validation), key=_key(validation, "signed"), now=now)
    return validation


def decline(
    validation_id: int, reason: str, *, version: int, actor: User, now: datetime
) -> Validation:
    """Say why not. Raises NotFound or Conflict."""
    validation = _asked(validation_id, actor)
    _move(validation, ValidationAction.DECLINE, Party.ASSESSOR, version=version)
    validation.declined_at = now
    validation.decline_reason = reason
    _tell("declined", validation, actor, now)
    owner = validation.candidate.user
    post(owner, partial(emails.declined, validation), key=_key(validation, "declined"), now=now)
    return validation


def withdraw(
    validation_id: int, reason: str, *, version: int, actor: User, now: datetime
) -> Validation:
    """Take a signature back. Raises NotFound or Conflict."""
    validation = _asked(validation_id, actor)
    _move(validation, ValidationAction.WITHDRAW, Party.ASSESSOR, version=version)
    validation.withdrawn_at = now
    validation.withdraw_reason = reason
    candidates.profile_changed(validation.candidate_id, now=now)
    _tell("withdrawn", validation, actor, now)
    owner = validation.candidate.user
    post(owner, partial(emails.withdrawn, validation), key=_key(validation, "withdrawn"), now=now)
    return validation


def cancel(validation_id: int, *, version: int, actor: User, now: datetime) -> Validation:
    """Take a question back that nobody answered. Raises NotFound or Conflict."""
    return _by_candidate(validation_id, ValidationAction.CANCEL, version, actor, now)


def ask_again(validation_id: int, *, version: int, actor: User, now: datetime) -> Validation:
    """Put a question back that was taken back by mistake. Raises NotFound or Conflict."""
    validation = _mine(validation_id, actor)
    same = (validation.competence, validation.organisation_id, validation.coach_id)
    if same in queries.open_requests(validation.candidate_id):
        raise Conflict(_("Je vroeg dit intussen opnieuw. Kijk wat er nu staat."))
    return _by_candidate(validation_id, ValidationAction.ASK_AGAIN, version, actor, now)


def remove(validation_id: int, *, version: int, actor: User, now: datetime) -> Validation:
    """Take a signature out of the own portfolio. Raises NotFound or Conflict."""
    return _by_candidate(validation_id, ValidationAction.REMOVE, version, actor, now)


def restore(validation_id: int, *, version: int, actor: User, now: datetime) -> Validation:
    """Put it back. Raises NotFound or Conflict."""
    return _by_candidate(validation_id, ValidationAction.RESTORE, version, actor, now)


def answer(
    validation_id: int,
    *,
    agreed: bool,
    words: str,
    version: int,
    actor: User,
    now: datetime,
) -> Validation:
    """Say what one thinks of what was signed. Raises NotFound or Conflict."""
    validation = _mine(validation_id, actor)
    _move(validation, ValidationAction.ANSWER, Party.CANDIDATE, version=version)
    validation.agreed, validation.answer, validation.answered_at = agreed, words, now
    _tell("answered", validation, actor, now, agreed=agreed)
    if validation.signed_by is not None and validation.signed_by.active:
        key = f"{_key(validation, 'answered')}-{validation.version}"
        post(validation.signed_by, partial(emails.answered, validation), key=key, now=now)
    return validation


def warn_ending(*, now: datetime) -> int:
    """Tell people which signatures end soon; return how many."""
    found = queries.ending(local_date(now), policy.WARN_BEFORE)
    for one in found:
        one.warned_on = local_date(now)
        post(one.candidate.user, partial(emails.ending, one), key=_key(one, "ending"), now=now)
    return len(found)


def let_end(*, now: datetime) -> int:
    """Note which signatures have ended, so that matches are made anew; return how many."""
    found = queries.ended(local_date(now))
    for one in found:
        _move(one, ValidationAction.EXPIRE, Party.PORTAL, version=one.version)
        _tell("expired", one, None, now)
    for candidate_id in sorted({one.candidate_id for one in found}):
        candidates.profile_changed(candidate_id, now=now)
    return len(found)


def _by_candidate(
    validation_id: int, action: ValidationAction, version: int, actor: User, now: datetime
) -> Validation:
    validation = _mine(validation_id, actor)
    _move(validation, action, Party.CANDIDATE, version=version)
    if action in (ValidationAction.REMOVE, ValidationAction.RESTORE):
        validation.removed_at = now if action is ValidationAction.REMOVE else None
        candidates.profile_changed(validation.candidate_id, now=now)
    _tell(action, validation, actor, now)
    return validation


def _own(actor: User) -> Candidate:
    # Locked, so that a second click waits and finds what the first one asked.
    candidate = of_user(actor.id, lock=True)
    if candidate is None:
        raise NotFound
    return candidate


def _asked(validation_id: int, actor: User) -> Validation:
    validation = queries.for_assessor(validation_id, actor.id, lock=True)
    if validation is None:
        raise NotFound
    return validation


def _mine(validation_id: int, actor: User) -> Validation:
    validation = queries.for_candidate(validation_id, actor.id, lock=True)
    if validation is None:
        raise NotFound
    return validation


def _move(validation: Validation, action: ValidationAction, party: Party, *, version: int) -> None:
    state = ValidationState(validation.state)
    try:
        following = workflow.next_state(state, action, party)
    except workflow.NotAllowed as error:
        raise Conflict(_first(validation, party)) from error
    if validation.version != version:
        raise Conflict(_first(validation, party))
    validation.state = following
    validation.version += 1


def _first(validation: Validation, party: Party) -> str:
    """Who was first, for who comes second."""
    if party is not Party.ASSESSOR:
        return _("Dit is intussen veranderd. Kijk eerst wat er nu staat.")
    if validation.state == ValidationState.SIGNED and validation.signed_at:
        return _(
            "%(name)s tekende hier al voor, op %(day)s. Je hoeft niets meer te doen.",
            name=validation.signed_name,
            day=day_text(local_date(validation.signed_at)),
        )
    if validation.state == ValidationState.DECLINED:
        return _("Iemand anders liet al weten niet te tekenen.")
    return _("Dit is intussen veranderd. Kijk eerst wat er nu staat.")


def _tell(
    what: str, validation: Validation, actor: User | None, now: datetime, **detail: object
) -> None:
    db.session.flush()
    audit.record(
        f"validation.{what}",
        validation,
        actor=actor,
        now=now,
        competence=validation.competence,
        version=validation.version,
        **detail,
    )


def _key(validation: Validation, what: str) -> str:
    return f"validation-{validation.id}-{what}"

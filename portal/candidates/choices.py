"""What somebody saves, and what they do not want to see. Call each inside transaction()."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.candidates import queries
from portal.candidates.models import Candidate, CandidateChoice, Choice
from portal.clock import local_date
from portal.errors import Gone, Invalid, NotFound
from portal.extensions import db
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.search import once_public


class WhyNot(StrEnum):
    """Why somebody does not want to see an opportunity."""

    FAR = "far"
    HOURS = "hours"
    WORK = "work"
    EMPLOYER = "employer"
    PAY = "pay"
    OTHER = "other"


WHY_NOT_LABELS: Final = {
    WhyNot.FAR: _l("Te ver weg"),
    WhyNot.HOURS: _l("De uren of tijden passen niet"),
    WhyNot.WORK: _l("Dit werk wil ik niet"),
    WhyNot.EMPLOYER: _l("Niet bij deze werkgever"),
    WhyNot.PAY: _l("Ik moet meer verdienen"),
    WhyNot.OTHER: _l("Iets anders"),
}


def choose(user: User, slug: str, choice: Choice, reason: str = "", *, now: datetime) -> str:
    """Save an opportunity that is on offer, or hide it with a reason; again changes nothing.

    Return what it was before: a choice, or nothing.

    Raises NotFound, or Gone for one that has closed.
    """
    candidate = _own(user)
    opportunity = opportunities.by_slug(slug, local_date(now))
    if opportunity is None:
        raise NotFound if once_public(slug) is None else Gone
    return _set(candidate, opportunity, choice, reason, now)


def hide(user: User, slug: str, why: str, *, now: datetime) -> str:
    """Hide an opportunity; `why` is one of WhyNot or empty. Return what it was: a choice or none.

    Raises Invalid for another reason.
    """
    if why and why not in set(WhyNot):
        raise Invalid
    return choose(user, slug, Choice.HIDDEN, why, now=now)


def clear(user: User, slug: str, *, now: datetime) -> CandidateChoice | None:
    """Take back what somebody did with an opportunity, open or closed; return what it was."""
    candidate = _own(user)
    opportunity = opportunities.by_slug(slug, local_date(now)) or once_public(slug)
    if opportunity is None:
        raise NotFound
    kept = queries.choice_of(candidate.id, opportunity.id, lock=True)
    if kept is not None:
        db.session.delete(kept)
        db.session.flush()
        db.session.expunge(kept)
    return kept


def restore(user: User, slug: str, choice: str, reason: str, *, now: datetime) -> None:
    """Bring back what was taken back, of a closed opportunity too."""
    if choice not in set(Choice) or (reason and reason not in set(WhyNot)):
        raise Invalid
    candidate = _own(user)
    opportunity = opportunities.by_slug(slug, local_date(now)) or once_public(slug)
    if opportunity is None:
        raise NotFound
    _set(candidate, opportunity, Choice(choice), reason, now)


def _set(
    candidate: Candidate, opportunity: Opportunity, choice: Choice, reason: str, now: datetime
) -> str:
    kept = queries.choice_of(candidate.id, opportunity.id, lock=True)
    if kept is None:
        kept = CandidateChoice(candidate_id=candidate.id, opportunity_id=opportunity.id)
        db.session.add(kept)
    before = kept.choice or ""
    if (before, kept.reason) != (choice, reason):
        kept.choice, kept.reason, kept.at = choice, reason, now
    db.session.flush()
    return before


def _own(user: User) -> Candidate:
    # The lock on the profile lets two presses of one button come after each other.
    candidate = queries.of_user(user.id, lock=True)
    if candidate is None:
        raise NotFound
    return candidate

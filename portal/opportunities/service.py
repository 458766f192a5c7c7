"""What an employer does with an opportunity. Call each inside transaction()."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import fields
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.accounts.models import User
from portal.applications import closing
from portal.audit import service as audit
from portal.clock import local_date
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.changes import record_change
from portal.opportunities import policy, queries, workflow
from portal.opportunities.models import (
    CloseReason,
    Opportunity,
    OpportunityRequirement,
)
from portal.opportunities.reading_along import review, unexplained
from portal.opportunities.service_input import OpportunityInput, RequirementInput
from portal.opportunities.workflow import Action, Status
from portal.organisations.models import Site
from portal.organisations.queries import site_of_member

__all__ = ["OpportunityInput", "RequirementInput"]


def create_draft(data: OpportunityInput, *, actor: User, now: datetime) -> Opportunity:
    """Begin an opportunity that only the own organisation sees.

    Raises NotFound when the site is not of an organisation that `actor` acts for.
    """
    site = _site(data.site_id, actor)
    return add_draft(data, slug=_fresh_slug(data.title, site.place), actor=actor, now=now)


def add_draft(
    data: OpportunityInput, *, slug: str, actor: User | None, now: datetime
) -> Opportunity:
    """Begin an opportunity under a given slug; for seeding and import, which know the site."""
    opportunity = Opportunity(slug=slug, status=Status.DRAFT, created_at=now, version=1)
    _fill(opportunity, data, now)
    db.session.add(opportunity)
    _tell("created", opportunity, actor=actor, now=now)
    return opportunity


def update(
    slug: str, data: OpportunityInput, *, version: int, actor: User, now: datetime
) -> Opportunity:
    """Change an opportunity. Raises NotFound, Conflict (somebody was first) or Invalid."""
    opportunity = _locked(slug, version, actor)
    _site(data.site_id, actor)
    _fill(opportunity, data, now)
    if opportunity.status == Status.PUBLISHED:
        _must_be_complete(opportunity, now)
        _must_be_fair(opportunity)
    opportunity.version += 1
    _tell("updated", opportunity, actor=actor, now=now)
    return opportunity


def publish(slug: str, *, version: int, actor: User, now: datetime) -> Opportunity:
    """Show a draft to everybody. Raises NotFound, Conflict or Invalid (not complete)."""
    opportunity = _locked(slug, version, actor)
    _must_be_fair(opportunity)
    return move(opportunity, Action.PUBLISH, actor=actor, now=now)


def close(
    slug: str,
    *,
    version: int,
    actor: User,
    now: datetime,
    reason: CloseReason = CloseReason.CLOSED,
) -> Opportunity:
    """Take an opportunity off the site, because it is filled or not. Raises NotFound, Conflict."""
    opportunity = _locked(slug, version, actor)
    return move(opportunity, Action.CLOSE, actor=actor, now=now, reason=reason)


def reopen(slug: str, *, version: int, actor: User, now: datetime) -> Opportunity:
    """Show a closed opportunity again. Raises NotFound, Conflict or Invalid (its day is past)."""
    opportunity = _locked(slug, version, actor)
    if opportunity.site.closed_at is not None:
        message = _("De locatie van deze plek is gesloten. Kies een andere locatie.")
        raise Invalid(message, fields=("site_id",))
    _must_be_fair(opportunity)
    return move(opportunity, Action.REOPEN, actor=actor, now=now)


def close_due(*, now: datetime) -> int:
    """Close what is past its last day; return how many."""
    due = queries.past_closing(local_date(now))
    for opportunity in due:
        move(opportunity, Action.CLOSE, actor=None, now=now, reason=CloseReason.PAST_LAST_DAY)
    return len(due)


def move(
    opportunity: Opportunity,
    action: Action,
    *,
    actor: User | None,
    now: datetime,
    reason: CloseReason = CloseReason.CLOSED,
) -> Opportunity:
    """Take one step of the workflow with an opportunity that is locked or new.

    `reason` says why it closes. Everybody who waits on it is told.
    """
    try:
        status = workflow.next_status(Status(opportunity.status), action)
    except workflow.NotAllowed as error:
        raise Conflict(
            _(
                "Dit kan niet meer, want het aanbod is intussen veranderd. "
                "Laad de pagina opnieuw en kijk wat er nu staat."
            )
        ) from error
    if status is Status.PUBLISHED:
        _must_be_complete(opportunity, now)
        opportunity.published_at = opportunity.published_at or now
        opportunity.confirmed_at, opportunity.lapse_warned = now, None
    opportunity.closed_at = now if status is Status.CLOSED else None
    opportunity.close_reason = reason if status is Status.CLOSED else None
    opportunity.status = status
    opportunity.updated_at = now
    opportunity.version += 1
    _tell(action, opportunity, actor=actor, now=now)
    if action is Action.CLOSE:
        closing.tell_everybody(opportunity, now=now)
    elif action is Action.REOPEN:
        closing.reopened(opportunity, now=now)
    return opportunity


def _locked(slug: str, version: int, actor: User) -> Opportunity:
    opportunity = queries.for_employer(slug, actor.id, lock=True)
    if opportunity is None:
        raise NotFound
    if opportunity.version != version:
        raise Conflict(
            _("Iemand anders heeft dit aanbod intussen veranderd. Kijk eerst wat er nu staat.")
        )
    return opportunity


def _site(site_id: int, actor: User) -> Site:
    site = site_of_member(site_id, actor.id)
    if site is None:
        raise NotFound
    return site


def _must_be_complete(opportunity: Opportunity, now: datetime) -> None:
    lacking = policy.lacks_to_be_published(opportunity, local_date(now))
    if lacking:
        message = _("Dit aanbod is nog niet compleet. Bewerk het en vul in wat mist.")
        raise Invalid(message, fields=lacking)


def _must_be_fair(opportunity: Opportunity) -> None:
    """A flagged word or demand needs a written reason before others see it."""
    if unexplained(review(said_of(opportunity)), opportunity.kept_words):
        message = _("Kijk eerst de woorden na die mensen buitensluiten. Kies een ander woord.")
        raise Invalid(message, fields=("kept",))


def said_of(opportunity: Opportunity) -> OpportunityInput:
    """What an opportunity that is there says, as an employer would send it."""
    said = {
        field.name: getattr(opportunity, field.name)
        for field in fields(OpportunityInput)
        if field.name != "requirements"
    }
    return OpportunityInput(
        **said,
        requirements=tuple(
            RequirementInput(
                competence=one.competence,
                gate=one.gate,
                text=one.text,
                critical=one.critical,
                learnable=one.learnable,
            )
            for one in opportunity.requirements
        ),
    )


def _fill(opportunity: Opportunity, data: OpportunityInput, now: datetime) -> None:
    for field in fields(data):
        if field.name == "requirements":
            continue
        value = getattr(data, field.name)
        if isinstance(value, tuple):
            value = list(value)
        if field.name == "kept_words":
            # A reason for words that are gone says nothing.
            there = review(data).keys if value else ()
            value = {key: reason for key, reason in value.items() if key in there}
        setattr(opportunity, field.name, value)
    if opportunity.requirements:
        opportunity.requirements.clear()
        # The old rows go first, so that the new ones can take their positions.
        db.session.flush()
    opportunity.requirements = [
        OpportunityRequirement(
            position=position,
            competence=asked.competence,
            gate=asked.gate,
            text=asked.text,
            critical=asked.critical,
            learnable=asked.learnable,
        )
        for position, asked in enumerate(data.requirements, start=1)
    ]
    opportunity.updated_at = now


def _tell(what: str, opportunity: Opportunity, *, actor: User | None, now: datetime) -> None:
    db.session.flush()
    audit.record(
        f"opportunity.{what}",
        opportunity,
        actor=actor,
        now=now,
        status=opportunity.status,
        version=opportunity.version,
    )
    record_change(opportunity.id, now)


def _fresh_slug(title: str, place: str) -> str:
    plain = unicodedata.normalize("NFKD", f"{title} {place}").encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "aanbod"
    while True:
        slug = f"{words}-{secrets.token_hex(3)}"
        if db.session.scalar(select(Opportunity.id).where(Opportunity.slug == slug)) is None:
            return slug

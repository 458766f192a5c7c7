"""People who fit and invitations, as the pages of both sides show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.applications.models import Invitation, InvitationState
from portal.candidates.views import Anonymous, anonymous
from portal.clock import local_date
from portal.matching.words import LEVEL_LABELS
from portal.opportunities.models import Opportunity
from portal.opportunities.policy import visible_to_visitors
from portal.opportunities.presenting import OpportunityCard, card
from portal.portfolio.views import CompetenceView, PortfolioView, Seen, portfolio_views
from portal.recruiting import policy
from portal.recruiting.coverage import shows_text
from portal.recruiting.queries import Found

NAMED: Final = 4
"""Competences that a list names; the others are counted."""
STATE_LABELS: Final[Mapping[str, LazyString]] = {
    InvitationState.SENT: _l("Wacht op antwoord"),
    InvitationState.ACCEPTED: _l("Zei ja"),
    InvitationState.DECLINED: _l("Zei nee"),
    InvitationState.LAPSED: _l("Geen antwoord"),
}
OWN_STATE_LABELS: Final[Mapping[str, LazyString]] = {
    InvitationState.SENT: _l("Wacht op jou"),
    InvitationState.ACCEPTED: _l("Je zei ja"),
    InvitationState.DECLINED: _l("Je zei nee"),
    InvitationState.LAPSED: _l("Verlopen"),
}
TONES: Final[Mapping[str, str]] = {
    InvitationState.SENT: "pine",
    InvitationState.ACCEPTED: "met",
    InvitationState.DECLINED: "gap",
    InvitationState.LAPSED: "gap",
}


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who fits, without anything that leads to who it is."""

    who: Anonymous
    url: str
    level: str
    level_label: str
    shows: str
    competences: tuple[CompetenceView, ...]
    more: int
    invitation: SentView | None


@dataclass(frozen=True, slots=True)
class SentView:
    """An invitation as the employer sees it; the application once there is one."""

    code: str
    place: str
    sent_on: date
    answer_by: date
    state: str
    state_label: str
    tone: str
    word: str
    url: str
    application_url: str


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as the person sees it."""

    id: int
    organisation: str
    about: str
    card: OpportunityCard
    paragraphs: tuple[str, ...]
    sent_on: date
    answer_by: date
    days_left: int
    state: str
    state_label: str
    tone: str
    waits: bool
    can_take_back: bool
    word: str


def person_views(found: Iterable[Found], opportunity: Opportunity, today: date) -> list[PersonView]:
    """People who fit an opening with what they show of it first; in three queries for all."""
    rows = list(found)
    portfolios = portfolio_views([one.candidate.id for one in rows], today, seen=Seen.ANONYMOUS)
    wanted = {one.competence for one in opportunity.requirements if one.competence}
    return [_person(one, opportunity, portfolios[one.candidate.id], wanted) for one in rows]


def _person(
    found: Found, opportunity: Opportunity, portfolio: PortfolioView, wanted: set[str]
) -> PersonView:
    shown = sorted(portfolio.competences, key=lambda one: one.id not in wanted)
    return PersonView(
        who=anonymous(found.candidate),
        url=url_for("recruiting.person", slug=opportunity.slug, code=found.candidate.code),
        level=found.match.level,
        level_label=level_label(found.match.level),
        shows=shows_text(found.match.met, found.match.partly, found.match.total),
        competences=tuple(shown[:NAMED]),
        more=len(shown[NAMED:]),
        invitation=sent_view(found.invitation, opportunity, {}) if found.invitation else None,
    )


def level_label(level: str) -> str:
    """A level of deployability in words."""
    return next(str(label) for key, label in LEVEL_LABELS.items() if key == level)


def sent_view(
    invitation: Invitation, opportunity: Opportunity, applied: Mapping[int, int]
) -> SentView:
    """An invitation for the employer; `applied` are the applications by candidate."""
    who = invitation.candidate
    application = applied.get(invitation.candidate_id)
    return SentView(
        code=who.code,
        place=who.place or "",
        sent_on=local_date(invitation.created_at),
        answer_by=invitation.answer_by,
        state=invitation.state,
        state_label=str(STATE_LABELS[invitation.state]),
        tone=TONES[invitation.state],
        word=invitation.word,
        url=url_for("recruiting.person", slug=opportunity.slug, code=who.code),
        application_url=(
            url_for("recruiting.show", application_id=application) if application else ""
        ),
    )


def invitation_view(invitation: Invitation, now: datetime) -> InvitationView:
    """An invitation for whom it is to."""
    opportunity = invitation.opportunity
    today = local_date(now)
    open_still = visible_to_visitors(opportunity, today)
    waits = policy.may_answer(invitation.state, on_offer=open_still)
    since = now - (invitation.answered_at or invitation.created_at)
    return InvitationView(
        id=invitation.id,
        organisation=opportunity.site.organisation.name,
        about=opportunity.site.organisation.about,
        card=card(opportunity),
        paragraphs=tuple(part for part in invitation.text.split("\n") if part.strip()),
        sent_on=local_date(invitation.created_at),
        answer_by=invitation.answer_by,
        days_left=(invitation.answer_by - today).days,
        state=invitation.state,
        state_label=str(OWN_STATE_LABELS[invitation.state]),
        tone=TONES[invitation.state],
        waits=waits,
        can_take_back=policy.may_take_back_no(invitation.state, since, on_offer=open_still),
        word=invitation.word,
    )

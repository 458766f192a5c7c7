"""What is known of somebody's route, read once for the page that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from portal.applications import queries as applications
from portal.applications.models import Application, Invitation, InvitationState
from portal.applications.workflow import OPEN, Party, State
from portal.candidates import queries
from portal.candidates.journey import Facts
from portal.candidates.models import Candidate, Situation
from portal.clock import local_date
from portal.coaching import queries as coaching
from portal.coaching.models import CoachTask, Talk
from portal.portfolio import queries as portfolio
from portal.portfolio.views import PortfolioView, portfolio_view
from portal.recruiting import queries as recruiting

SOON: Final = timedelta(days=3)
NEW_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Read:
    """All that the page needs to know, read once."""

    candidate: Candidate
    now: datetime
    talk: Talk | None
    talk_held: bool
    tasks: list[CoachTask]
    invitations: list[Invitation]
    applications: list[Application]
    portfolio: PortfolioView
    ending: int
    counts: queries.Counts

    @property
    def today(self) -> date:
        """The day that it is."""
        return local_date(self.now)

    @property
    def accepted(self) -> Application | None:
        """The application that became work, if one did."""
        return next((one for one in self.applications if one.state == State.ACCEPTED), None)

    @property
    def asked(self) -> list[Application]:
        """Applications that wait for this person."""
        return [
            one
            for one in self.applications
            if one.state in OPEN and one.waits_on == Party.CANDIDATE
        ]

    def facts(self) -> Facts:
        """The facts of the route."""
        soon = self.today + SOON
        open_applications = any(one.state in OPEN for one in self.applications)
        counts, candidate = self.counts, self.candidate
        return Facts(
            situation=Situation(candidate.situation) if candidate.situation else None,
            told=bool(candidate.skills or candidate.ambition),
            looked=bool(counts.favourites or counts.saved or candidate.game or self.applications),
            portfolio=not self.portfolio.empty,
            talk_booked=self.talk is not None,
            talk_soon=self.talk is not None and self.talk.hour.starts_at < self.now + SOON,
            talk_held=self.talk_held,
            task_soon=any(one.due_on <= soon for one in self.tasks),
            invited=bool(self.invitations),
            asked=bool(self.asked),
            saved=bool(counts.saved),
            applied=open_applications,
            accepted=self.accepted is not None,
            skipped=frozenset(candidate.steps),
        )


def read(candidate: Candidate, now: datetime) -> Read:
    """Read what the page tells."""
    today = local_date(now)
    return Read(
        candidate=candidate,
        now=now,
        talk=coaching.next_talk(candidate.id, now),
        talk_held=queries.talk_was_held(candidate.id),
        tasks=[one for one in coaching.tasks_of(candidate.id) if one.done_at is None],
        invitations=[
            one
            for one in recruiting.invitations_of(candidate.id)
            if one.state == InvitationState.SENT
        ],
        applications=applications.of_candidate(candidate.id),
        portfolio=portfolio_view(candidate.id, today),
        ending=len(portfolio.ending_of(candidate.id, today)),
        counts=queries.counts(candidate.id, today, since=now - NEW_FOR),
    )

"""What a candidate keeps: profile, choices, favourites and the matches of the last ranking."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.constraints import one_of
from portal.extensions import Base
from portal.opportunities import day_parts
from portal.opportunities.models import Opportunity
from portal.organisations.models import Organisation


class Situation(StrEnum):
    """From where somebody comes; the route says other things to each."""

    LATERAL_ENTRANT = "lateral_entrant"
    RETURNER = "returner"
    EMPLOYEE = "employee"


class Alerts(StrEnum):
    """How soon somebody hears of what is new and fits."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    NEVER = "never"


class Choice(StrEnum):
    """What somebody did with an opportunity that fits."""

    SAVED = "saved"
    HIDDEN = "hidden"


class FavouriteKind(StrEnum):
    """What of the guide somebody can keep."""

    FIELD = "field"
    TARGET_GROUP = "target_group"
    PROFESSION = "profession"


class Candidate(Base):
    """The saved profile of somebody who looks for work or a move.

    `code` is what employers see before they may know a name. Hours are a week, distances km as
    the crow flies. `gates` is what the person says to have; a paper on file stands in the
    portfolio. `version` grows with every change that may change the order of the matches.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        one_of("situation", Situation),
        one_of("alerts", Alerts),
        CheckConstraint("travel_km > 0", name="travel_km"),
        CheckConstraint(
            "hours_low > 0 AND hours_low <= hours_high AND hours_high <= 60", name="hours"
        ),
        CheckConstraint(f"day_parts BETWEEN 0 AND {day_parts.ALL}", name="day_parts"),
        CheckConstraint("ambition_weight BETWEEN 0 AND 1", name="ambition_weight"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    situation: Mapped[str | None] = mapped_column(String(20))
    skills: Mapped[str] = mapped_column(Text, default="")
    ambition: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str | None] = mapped_column(String(120))
    province: Mapped[str | None] = mapped_column(String(60))
    travel_km: Mapped[float | None]
    hours_low: Mapped[float | None]
    hours_high: Mapped[float | None]
    day_parts: Mapped[int] = mapped_column(default=0)
    available_from: Mapped[date | None]
    ambition_weight: Mapped[float] = mapped_column(default=0.5)
    gates: Mapped[list[str]] = mapped_column(JSON, default=list)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    dismissed: Mapped[list[str]] = mapped_column(JSON, default=list)
    game: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What was chosen in the game of situations, by situation."""
    steps: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """When a step of the route was left out (orient, coach), by step, as ISO moments."""
    visible: Mapped[bool] = mapped_column(default=False)
    """Whether employers who look for people may find this profile, without a name."""
    employer_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL")
    )
    """Where the person works now; those there never find the profile."""
    alerts: Mapped[str] = mapped_column(String(10), default=Alerts.WEEKLY)
    alerts_token: Mapped[str] = mapped_column(String(64), unique=True)
    alerted_at: Mapped[datetime | None]
    ranked_at: Mapped[datetime | None]
    ranked_version: Mapped[int] = mapped_column(default=0)
    ranked_number: Mapped[int] = mapped_column(BigInteger, default=0)
    """The profile and the change of the pool that the kept matches were made of."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    user: Mapped[User] = relationship()
    employer: Mapped[Organisation | None] = relationship()


class CandidateMatch(Base):
    """One of the best matches of a candidate at the last ranking, for alerts and employers.

    `news`: a change of the pool brought it, so that the person may not know of it yet.
    """

    __tablename__ = "candidate_match"
    __table_args__ = (
        UniqueConstraint("candidate_id", "opportunity_id"),
        Index(None, "opportunity_id", "score"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    rank: Mapped[int]
    score: Mapped[float]
    level: Mapped[str] = mapped_column(String(10))
    """Deployability, as matcher.Level."""
    met: Mapped[int]
    partly: Mapped[int]
    total: Mapped[int]
    first_seen_at: Mapped[datetime]
    news: Mapped[bool] = mapped_column(default=False)

    opportunity: Mapped[Opportunity] = relationship()


class CandidateTold(Base):
    """An opportunity that somebody got mail of; the database keeps it to once."""

    __tablename__ = "candidate_told"
    __table_args__ = (UniqueConstraint("candidate_id", "opportunity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    at: Mapped[datetime]


class CandidateChoice(Base):
    """An opportunity that somebody saved, or hid with a reason."""

    __tablename__ = "candidate_choice"
    __table_args__ = (UniqueConstraint("candidate_id", "opportunity_id"), one_of("choice", Choice))

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    choice: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]

    opportunity: Mapped[Opportunity] = relationship()


class Favourite(Base):
    """Something of the guide that somebody keeps; `ref` is an id of the framework."""

    __tablename__ = "favourite"
    __table_args__ = (
        UniqueConstraint("candidate_id", "kind", "ref"),
        one_of("kind", FavouriteKind),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]

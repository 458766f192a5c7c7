"""Portfolios: competences, the evidence of each, files, validations and links to share."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.candidates.models import Candidate
from portal.constraints import one_of
from portal.extensions import Base
from portal.organisations.models import Organisation
from portal.portfolio.kinds import CheckResult, CompetenceState, EvidenceKind, Grade, Mastery
from portal.portfolio.validation_workflow import ValidationState

__all__ = [
    "CheckResult",
    "CompetenceState",
    "EvidenceItem",
    "EvidenceKind",
    "Grade",
    "Mastery",
    "PortfolioCompetence",
    "ShareLink",
    "StoredFile",
    "Validation",
]


class PortfolioCompetence(Base):
    """A competence that somebody says to have, by its id in the framework.

    `sentence` is what the person wrote that shows it. Dropped ones stay, so that they are not
    proposed again.
    """

    __tablename__ = "portfolio_competence"
    __table_args__ = (
        UniqueConstraint("candidate_id", "competence"),
        one_of("state", CompetenceState),
        one_of("mastery", Mastery),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    competence: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10))
    mastery: Mapped[str] = mapped_column(String(12))
    sentence: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class StoredFile(Base):
    """A file of a candidate; `key` is its place in the store, never its own name."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size >= 0", name="size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class EvidenceItem(Base):
    """Something that shows competences, or that a gate is on file.

    `grade` is what this kind of evidence is worth now: a register number that nobody checked is
    still only claimed. After `expires_on` it no longer counts, in Dutch time. One that was taken
    away has `removed_at`; it counts nowhere, and goes for good a day later.
    """

    __tablename__ = "evidence_item"
    __table_args__ = (
        UniqueConstraint("candidate_id", "form_key"),
        one_of("kind", EvidenceKind),
        one_of("grade", Grade),
        one_of("check_result", CheckResult),
        CheckConstraint("level BETWEEN 1 AND 8", name="level"),
        CheckConstraint("hours_week > 0 AND hours_week <= 168", name="hours_week"),
        CheckConstraint("(checked_on IS NULL) = (check_result IS NULL)", name="result"),
        CheckConstraint(
            "from_date IS NULL OR to_date IS NULL OR from_date <= to_date", name="period"
        ),
        CheckConstraint("(checked_on IS NULL) = (checked_by_id IS NULL)", name="checked"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    grade: Mapped[str] = mapped_column(String(12), default=Grade.CLAIMED)
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    gate: Mapped[str | None] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[int | None]
    """Of a diploma, as in the framework: 1 to 4 mbo, 6 hbo, 7 wo."""
    hours_week: Mapped[float | None]
    contact: Mapped[str] = mapped_column(String(200), default="")
    contact_shown: Mapped[bool] = mapped_column(default=False)
    """How to reach who gives a reference, and whether others may see that."""
    url: Mapped[str] = mapped_column(String(500), default="")
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    warned_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"))
    check_asked_at: Mapped[datetime | None]
    check_result: Mapped[str | None] = mapped_column(String(10))
    check_note: Mapped[str] = mapped_column(String(300), default="")
    competences: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Ids of the framework that this shows."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    """Of the form that it came from, so that sending it twice makes one."""
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()
    checked_by: Mapped[User | None] = relationship(foreign_keys=checked_by_id)
    candidate: Mapped[Candidate] = relationship()

    @property
    def awaits_check(self) -> bool:
        """Whether somebody was asked to look at it, and has not yet."""
        return self.check_asked_at is not None and self.checked_on is None


class Validation(Base):
    """Somebody with that right signed for a competence, or was asked to.

    Asked of an organisation, where any supervisor may sign, or of the own coach. Once signed,
    level, scope and until when stand fixed; `grade` is what that is worth. Only a signed one that
    has not ended counts.
    """

    __tablename__ = "validation"
    __table_args__ = (
        one_of("state", ValidationState),
        one_of("mastery", Mastery),
        one_of("grade", (Grade.CLAIMED, Grade.DEMONSTRATED, Grade.VALIDATED), name="grade"),
        CheckConstraint(
            "state IN ('asked', 'declined', 'cancelled') OR (signed_at IS NOT NULL AND"
            " mastery IS NOT NULL AND valid_until IS NOT NULL AND grade IS NOT NULL)",
            name="signed",
        ),
        CheckConstraint("organisation_id IS NOT NULL OR coach_id IS NOT NULL", name="asked_of"),
        CheckConstraint("version >= 1", name="version"),
        # A second click on "ask" makes no second question.
        *(
            Index(
                f"uq_validation_asked_{who}",
                "candidate_id",
                "competence",
                f"{who}_id",
                unique=True,
                sqlite_where=text("state = 'asked'"),
                postgresql_where=text("state = 'asked'"),
            )
            for who in ("organisation", "coach")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    competence: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default=ValidationState.ASKED)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    coach_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    as_assessor: Mapped[bool] = mapped_column(default=False)
    """The coach was asked to assess, not only to say what was seen in talks."""
    asked_at: Mapped[datetime]
    asked_note: Mapped[str] = mapped_column(Text, default="")
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    mastery: Mapped[str | None] = mapped_column(String(12))
    grade: Mapped[str | None] = mapped_column(String(12))
    scope: Mapped[str] = mapped_column(Text, default="")
    valid_until: Mapped[date | None]
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    signed_name: Mapped[str] = mapped_column(String(160), default="")
    """As the assessor wrote it; it stays when the account goes."""
    agreed: Mapped[bool | None]
    """What the candidate answered: agree or not; NULL without an answer."""
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdraw_reason: Mapped[str] = mapped_column(String(500), default="")
    warned_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    candidate: Mapped[Candidate] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    coach: Mapped[User | None] = relationship(foreign_keys=coach_id)
    signed_by: Mapped[User | None] = relationship(foreign_keys=signed_by_id)


class ShareLink(Base):
    """A link to a portfolio for who has no account; only a digest of its token is kept."""

    __tablename__ = "share_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    with_name: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    opened: Mapped[int] = mapped_column(default=0)

    candidate: Mapped[Candidate] = relationship()

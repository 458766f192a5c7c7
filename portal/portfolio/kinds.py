"""The words that portfolios are made of: grades, levels, kinds of evidence."""

from __future__ import annotations

from enum import StrEnum


class Mastery(StrEnum):
    """How well somebody does something. In order: each is more than the one before."""

    OBSERVE = "observe"
    SUPERVISED = "supervised"
    INDEPENDENT = "independent"
    TEACH = "teach"


class Grade(StrEnum):
    """How well something is shown, as matcher.Grade. In order."""

    CLAIMED = "claimed"
    DEMONSTRATED = "demonstrated"
    VALIDATED = "validated"
    CERTIFIED = "certified"


class EvidenceKind(StrEnum):
    """What can show a competence, or that a legal gate is on file."""

    PAID_WORK = "paid_work"
    UNPAID_WORK = "unpaid_work"
    CARE_FOR_FAMILY = "care_for_family"
    DIPLOMA = "diploma"
    CERTIFICATE = "certificate"
    PRACTICE_STATEMENT = "practice_statement"
    REGISTER = "register"
    VOG = "vog"
    DRIVING_LICENCE = "driving_licence"
    REFERENCE = "reference"
    BADGE = "badge"
    FILE = "file"
    TRIAL = "trial"


class CheckResult(StrEnum):
    """What a person found who looked at evidence."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class CompetenceState(StrEnum):
    """Whether a competence stands in the portfolio, or was looked at and left out."""

    ACCEPTED = "accepted"
    DROPPED = "dropped"

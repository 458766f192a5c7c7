"""May this be done to an application now? Pure: no database, no request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from portal.applications.workflow import Action, Party, State

UNDO_WITHIN: Final = timedelta(days=1)
POSTPONE_AT_MOST: Final = timedelta(days=183)
START_WITHIN: Final = timedelta(days=365)
ANSWER_WITHIN: Final = timedelta(days=60)
MEET_WITHIN: Final = timedelta(days=183)
TRIAL_DAYS: Final = 30
"""A trial takes at most so many calendar days; the answer date comes after it."""
OFFER_DAYS: Final = 10
"""Working days in which a candidate answers an offer, unless the employer names a day."""
REMIND_DAYS: Final = 2
"""Working days before the answer date on which a reminder goes."""
KEEP: Final = timedelta(weeks=4)
"""How long letter, phone and messages stay after the end."""
MAIL_EVERY: Final = timedelta(hours=1)
"""Between two mails about messages that wait, to the same side of the same application."""
LETTER_MAX: Final = 3000
PHONE_MAX: Final = 40
MESSAGE_MAX: Final = 3000
WORD_LENGTH: Final = (10, 1000)
"""Of the word that helps. A refusal without one helps nobody."""


class RefusalReason(StrEnum):
    """Why an employer says no."""

    OTHER_CHOSEN = "other_chosen"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    PAPERS = "papers"
    HOURS = "hours"
    TRAVEL = "travel"
    START = "start"
    OTHER = "other"


class WithdrawReason(StrEnum):
    """Why a candidate stops; nobody has to say."""

    OTHER_JOB = "other_job"
    NOT_MY_WORK = "not_my_work"
    HOURS = "hours"
    TRAVEL = "travel"
    PAY = "pay"
    TOOK_TOO_LONG = "took_too_long"
    NOT_SAID = "not_said"


class EndReason(StrEnum):
    """Why the portal ended it."""

    EMPLOYER_SILENT = "employer_silent"
    CANDIDATE_SILENT = "candidate_silent"
    OPENING_CLOSED = "opening_closed"
    OPENING_FILLED = "opening_filled"


class DayProblem(StrEnum):
    """What is wrong with a day that somebody named."""

    MISSING = "missing"
    PAST = "past"
    TOO_FAR = "too_far"


class NoUndo(StrEnum):
    """Why a step cannot be taken back."""

    NOTHING = "nothing"
    NOT_YOURS = "not_yours"
    TOO_LATE = "too_late"
    ANSWERED = "answered"


UNDOABLE: Final = frozenset(
    {
        Action.TALK,
        Action.POSTPONE,
        Action.TRY,
        Action.OFFER,
        Action.ACCEPT,
        Action.REFUSE,
        Action.WITHDRAW,
    }
)
"""What people do. What the portal does has its own way back."""
SPEAKING: Final = frozenset(
    {
        State.NEW,
        State.IN_CONVERSATION,
        State.POSTPONED,
        State.TRIAL,
        State.OFFERED,
        State.ACCEPTED,
    }
)
"""States in which there is something to say to each other."""


class StepFacts(Protocol):
    """What the rules look at of a step."""

    party: str
    action: str
    at: datetime


def day_problem(day: date | None, today: date, within: timedelta) -> DayProblem | None:
    """Say what is wrong with a day that has to come after today, and not too late."""
    if day is None:
        return DayProblem.MISSING
    if day <= today:
        return DayProblem.PAST
    return DayProblem.TOO_FAR if day > today + within else None


def moment_problem(moment: datetime | None, now: datetime) -> DayProblem | None:
    """The same for the moment of a meeting."""
    if moment is None:
        return DayProblem.MISSING
    if moment <= now:
        return DayProblem.PAST
    return DayProblem.TOO_FAR if moment > now + MEET_WITHIN else None


def undo_problem(
    last: StepFacts | None, party: Party, now: datetime, *, answered: bool
) -> NoUndo | None:
    """Say why `party` cannot take back the last step. `answered`: the other side acted since."""
    if last is None or last.action not in UNDOABLE:
        return NoUndo.NOTHING
    if last.party != party:
        return NoUndo.NOT_YOURS
    if now > last.at + UNDO_WITHIN:
        return NoUndo.TOO_LATE
    return NoUndo.ANSWERED if answered else None


def may_speak(state: State) -> bool:
    """Say whether messages and meetings still make sense."""
    return state in SPEAKING


def survives_closing(state: State, *, taken: bool) -> bool:
    """Say whether an application goes on when its opening is closed.

    Who tries the work or has an offer is who it closes for, unless all places are `taken`.
    """
    return not taken and state in (State.TRIAL, State.OFFERED)

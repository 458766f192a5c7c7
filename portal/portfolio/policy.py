"""What evidence is worth, until when, and what may be asked of it. Pure: no database, no request.

Sources of the facts about registers stand in docs/portfolio.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Protocol
from urllib.parse import urlsplit

from portal.portfolio.kinds import CheckResult, EvidenceKind, Grade

SOON: Final = timedelta(days=60)
WARN_DAYS: Final = (60, 14)
"""A mail goes out when so many days are left, once for each."""
REGISTER_YEARS: Final = 5
"""BIG and SKJ: after so many years somebody registers again."""
VOG: Final = "vog"
BIG_GATES: Final = ("big-nurse", "big-physiotherapist", "big-psychologist")
SKJ: Final = "skj"
GATES_OF: Final[dict[EvidenceKind, tuple[str, ...]]] = {
    EvidenceKind.DIPLOMA: (
        "title-carer-ig",
        "title-paramedic",
        "title-assistant",
        "child-care-qualification",
    ),
    EvidenceKind.CERTIFICATE: ("reserved-procedures",),
    EvidenceKind.REGISTER: (*BIG_GATES, SKJ),
    EvidenceKind.VOG: (VOG,),
    EvidenceKind.DRIVING_LICENCE: ("driving-licence-b", "driving-licence-c1"),
}
"""The legal gates that each kind can put on file."""
BY_FORM: Final = tuple(kind for kind in EvidenceKind if kind is not EvidenceKind.TRIAL)
"""What somebody adds; the evidence of a trial is written by the trial itself."""
CHECKED: Final = (
    EvidenceKind.DIPLOMA,
    EvidenceKind.CERTIFICATE,
    EvidenceKind.PRACTICE_STATEMENT,
    EvidenceKind.REGISTER,
    EvidenceKind.VOG,
    EvidenceKind.REFERENCE,
    EvidenceKind.BADGE,
    EvidenceKind.FILE,
)
"""What a person can look at and confirm."""
_AFTER_CHECK: Final = {
    EvidenceKind.DIPLOMA: Grade.CERTIFIED,
    EvidenceKind.CERTIFICATE: Grade.CERTIFIED,
    EvidenceKind.PRACTICE_STATEMENT: Grade.CERTIFIED,
    EvidenceKind.REGISTER: Grade.CERTIFIED,
    EvidenceKind.BADGE: Grade.CERTIFIED,
    EvidenceKind.VOG: Grade.CERTIFIED,
    EvidenceKind.REFERENCE: Grade.DEMONSTRATED,
    EvidenceKind.FILE: Grade.DEMONSTRATED,
}
_PROFESSION_DIGITS: Final = {
    "big-nurse": "30",
    "big-physiotherapist": "04",
    "big-psychologist": "25",
}
_BADGE_PLACES: Final = (
    ("edubadges.nl", "/public/assertions/"),
    ("badgr.io", "/public/assertions/"),
    ("badgr.com", "/public/assertions/"),
    ("canvascredentials.org", "/public/assertions/"),
    ("credly.com", "/badges/"),
    ("openbadgefactory.com", "/v1/assertion/"),
    ("openbadgepassport.com", "/app/badge/info/"),
    ("badgecraft.eu", "/badge/"),
)
"""Where badges of well-known issuers stand; another place must say itself that it is one."""
_BADGE_WORDS: Final = ("assertion", "badge", "credential")
_GRADES: Final = tuple(Grade)


class State(StrEnum):
    """How a piece of evidence stands today."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    WAITING = "waiting"
    REJECTED = "rejected"


class NumberProblem(StrEnum):
    """What is wrong with a number of a register."""

    DIGITS = "digits"
    LENGTH = "length"
    PROFESSION = "profession"


class Facts(Protocol):
    """What the rules look at."""

    grade: str
    gate: str | None
    expires_on: date | None
    check_result: str | None

    @property
    def awaits_check(self) -> bool:
        """Whether somebody was asked to look at it, and has not yet."""


def expired(item: Facts, today: date) -> bool:
    """Say whether its last day is past."""
    return item.expires_on is not None and item.expires_on < today


def rejected(item: Facts) -> bool:
    """Say whether a person looked at it and could not confirm it."""
    return item.check_result == CheckResult.REJECTED


def state(item: Facts, today: date) -> State:
    """Say how it stands. What has run out is told before that somebody is still to look."""
    if rejected(item):
        return State.REJECTED
    if expired(item, today):
        return State.EXPIRED
    if item.expires_on is not None and item.expires_on <= today + SOON:
        return State.EXPIRING
    return State.WAITING if item.awaits_check else State.VALID


def grade_today(item: Facts, today: date) -> Grade | None:
    """Return what it shows of a competence; None when a person could not confirm it.

    What has run out counts as claimed: knowledge does not vanish on a day, but the paper no
    longer speaks for it.
    """
    if rejected(item):
        return None
    return Grade.CLAIMED if expired(item, today) else Grade(item.grade)


def opens_gate(item: Facts, today: date) -> bool:
    """Say whether it puts its gate on file: a fact that has run out is no fact on file."""
    return item.gate is not None and not expired(item, today) and not rejected(item)


def closes_gate(item: Facts, today: date) -> bool:
    """Say whether it tells that a gate is no longer on file, whatever else was said."""
    return item.gate is not None and (expired(item, today) or rejected(item))


def strongest(grades: Iterable[Grade]) -> Grade:
    """Return the strongest; claimed of none."""
    return max(grades, key=_GRADES.index, default=Grade.CLAIMED)


def grade_after_check(kind: EvidenceKind) -> Grade:
    """Return what a kind is worth once a person has confirmed it."""
    return _AFTER_CHECK.get(kind, Grade.DEMONSTRATED)


def usual_end(kind: EvidenceKind, issued_on: date | None) -> date | None:
    """Return the last day of what runs out by itself, such as a register after five years."""
    if kind is not EvidenceKind.REGISTER or issued_on is None:
        return None
    return years_later(issued_on, REGISTER_YEARS) - timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def number_problem(gate: str, number: str) -> NumberProblem | None:
    """Say what is wrong with a number of BIG or SKJ, written without spaces or dots.

    A BIG number has eleven digits, of which the last two tell the profession. A number of SKJ
    has nine.
    """
    if not (number.isascii() and number.isdecimal()):
        return NumberProblem.DIGITS
    if len(number) != (9 if gate == SKJ else 11):
        return NumberProblem.LENGTH
    if not number.endswith(_PROFESSION_DIGITS.get(gate, "")):
        return NumberProblem.PROFESSION
    return None


def warning_due(expires_on: date, warned_on: date | None, today: date) -> int | None:
    """Return which warning is due before an end, in days; None when none is.

    Of two that are due at once only the later one is given.
    """
    if expires_on < today:
        return None
    for days in sorted(WARN_DAYS):
        begins = expires_on - timedelta(days=days)
        if today >= begins:
            return None if warned_on is not None and warned_on >= begins else days
    return None


def is_badge_link(url: str) -> bool:
    """Say whether an address can be that of an open badge. Nothing is fetched.

    It is https, of a named host without port or password, and of a page that says to be an
    assertion (Open Badges 2.0, 3.0): a homepage shows nobody's badge.
    """
    try:
        parts = urlsplit(url)
        host, odd = parts.hostname or "", parts.port is not None or "@" in parts.netloc
    except ValueError:
        return False
    if parts.scheme != "https" or odd or "." not in host or _is_address(host):
        return False
    for place, path in _BADGE_PLACES:
        if host == place or host.endswith(f".{place}"):
            return parts.path.startswith(path) and len(parts.path) > len(path)
    told = parts.path.lower()
    return any(word in told for word in _BADGE_WORDS)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

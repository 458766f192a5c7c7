"""One answer for several people that stays personal: each reads their own text.

Each answer is a transaction of its own: who was answered meanwhile is reported, and keeps nobody
else from an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from portal.accounts.models import User
from portal.applications import queries, service
from portal.applications.words import name_of
from portal.applications.workflow import Action, Party
from portal.errors import PortalError
from portal.transaction import transaction

MOST: Final = 40
"""So many at once; a text that is read for more is not personal any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one of several people is told; `version` is that of the page."""

    application_id: int
    version: int
    text: str


@dataclass
class Outcome:
    """Who was answered, by name, and who was not and why."""

    told: list[str] = field(default_factory=list)
    failed: list[tuple[str, str, int]] = field(default_factory=list)
    """Name, reason and application."""


def answer_all(
    answers: Iterable[Answer],
    action: Action,
    *,
    reason: str,
    until: date | None,
    actor: User,
    now: datetime,
) -> Outcome:
    """Answer one after the other. Call it outside transaction(); nobody is answered twice."""
    found = Outcome()
    acting = actor.id
    for one in answers:
        application = queries.for_employer(one.application_id, acting)
        if application is None:
            continue
        name = name_of(application.candidate.user)
        try:
            with transaction():
                service.move(
                    one.application_id,
                    action,
                    actor=actor,
                    party=Party.EMPLOYER,
                    now=now,
                    version=one.version,
                    reason=reason,
                    until=until,
                    word=one.text,
                )
        except PortalError as error:
            found.failed.append((name, error.message or "", one.application_id))
        else:
            found.told.append(name)
    return found

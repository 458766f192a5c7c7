"""The life of an opportunity: one table says what may follow what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where an opportunity is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Action(StrEnum):
    """What moves an opportunity on."""

    PUBLISH = "publish"
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITIONS: Final[dict[tuple[Status, Action], Status]] = {
    (Status.DRAFT, Action.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Action.CLOSE): Status.CLOSED,
    (Status.CLOSED, Action.REOPEN): Status.PUBLISHED,
}


class NotAllowed(ValueError):
    """The table has no such step."""


def next_status(status: Status, action: Action) -> Status:
    """Return where `action` leads from `status`. Raises NotAllowed when it leads nowhere."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise NotAllowed(f"{action} does not follow {status}") from None


def actions_from(status: Status) -> tuple[Action, ...]:
    """Return what may be done from `status`, for the buttons of a page."""
    return tuple(action for (origin, action) in TRANSITIONS if origin is status)

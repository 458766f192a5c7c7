"""How an organisation comes into the pool: one table says what may follow what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """Whether an organisation belongs to the pool."""

    ASKED = "asked"
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a request to join on."""

    ADMIT = "admit"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"
    """A coordinator looks at it once more."""
    WITHDRAW = "withdraw"
    ASK_AGAIN = "ask_again"


TRANSITIONS: Final[dict[tuple[Standing, Step], Standing]] = {
    (Standing.ASKED, Step.ADMIT): Standing.ADMITTED,
    (Standing.ASKED, Step.REFUSE): Standing.REFUSED,
    (Standing.ASKED, Step.WITHDRAW): Standing.WITHDRAWN,
    (Standing.REFUSED, Step.RECONSIDER): Standing.ASKED,
    (Standing.REFUSED, Step.ASK_AGAIN): Standing.ASKED,
    (Standing.WITHDRAWN, Step.ASK_AGAIN): Standing.ASKED,
}


class NotAllowed(ValueError):
    """The table has no such step."""


def next_standing(standing: Standing, step: Step) -> Standing:
    """Return where `step` leads from `standing`. Raises NotAllowed when it leads nowhere."""
    try:
        return TRANSITIONS[standing, step]
    except KeyError:
        raise NotAllowed(f"{step} does not follow {standing}") from None


def steps_from(standing: Standing) -> tuple[Step, ...]:
    """Return what may be done from `standing`, for the buttons of a page."""
    return tuple(step for (origin, step) in TRANSITIONS if origin is standing)

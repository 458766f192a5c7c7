"""What somebody's own text shows of the framework: competences to propose, never to assume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matcher import Status, sentences, status_of
from portal.matching.resident import resident

PROPOSED_FROM: Final = 0.45
"""The weaker part of what counts as partly shown is mostly struck out by people."""


@dataclass(frozen=True, slots=True)
class ShownIn:
    """A competence that a text shows, the sentence that shows it, and how strongly (0 to 1).

    `clear` says whether matching counts it as shown without anybody's word for it.
    """

    competence: str
    sentence: str
    strength: float
    clear: bool


def shown_in(text: str, *, limit: int = 60) -> list[ShownIn]:
    """Return the competences that a text shows, the strongest first; each once.

    What somebody denies or tells of another is not among them. Raises Unavailable while
    matching wakes or rests.
    """
    if not text.strip():
        return []
    # Gates that the text names come first and count too, so a few more are asked for.
    found = resident().engine().propose(text, limit + 20)
    whole = sentences(text)
    shown = [
        ShownIn(
            one.requirement.competence,
            # What the engine reads may be a part of a sentence; people want to see all of it.
            next((sentence for sentence in whole if one.sentence in sentence), one.sentence),
            one.strength,
            status_of(one.strength) is Status.MET,
        )
        for one in found
        if one.requirement.competence and one.strength >= PROPOSED_FROM
    ]
    return shown[:limit]

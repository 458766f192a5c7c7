"""What the portal proposes out of somebody's own text; nothing enters unseen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from portal.errors import Unavailable
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.matching.shown import shown_in

AT_ONCE: Final = 8
"""So many are shown at a time: a list that one can read to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A competence that the text shows, with the words that show it."""

    competence: str
    label: str
    description: str
    sentence: str
    clear: bool


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed now, how many wait behind it, and whether matching could read at all."""

    shown: tuple[Proposal, ...] = ()
    waiting: int = 0
    resting: bool = False


def propose(text: str, known: Collection[str]) -> Proposals:
    """Propose what a text shows beside what was accepted or dropped already."""
    if not text.strip():
        return Proposals()
    try:
        found = [one for one in shown_in(text) if one.competence not in known]
    except Unavailable:
        return Proposals(resting=True)
    language = data_language()
    rows = framework().competences
    return Proposals(
        tuple(
            Proposal(
                competence=one.competence,
                label=rows[one.competence].label(language),
                description=rows[one.competence].description(language),
                sentence=one.sentence,
                clear=one.clear,
            )
            for one in found[:AT_ONCE]
        ),
        max(0, len(found) - AT_ONCE),
    )

"""What of an opportunity is encoded and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from matcher.concepts import Concepts
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.text import clean
from matcher.types import Opportunity, Requirement

_AT_ONCE = 500
"""So many requirement texts are compared with the framework at a time, which bounds memory."""
LINKED_FROM = 0.6
"""A requirement in own words stands for a competence from this agreement of letters on."""


def meaning_texts(opportunity: Opportunity, framework: Framework) -> list[str]:
    """The texts whose mean vector stands for an opportunity: its own, and what we know of it.

    The second is in English, from the framework: the first encoder knows English best, and a
    profile in English finds the Dutch opportunity through it.
    """
    asked = "; ".join(one.text for one in opportunity.requirements if not one.legal)
    own = clean(". ".join(filter(None, (opportunity.title, asked, opportunity.text))))
    known = _known_in_english(opportunity, framework)
    return [own, known] if known else [own]


def wording_text(opportunity: Opportunity) -> str:
    """An opportunity's own words, whose letters are compared; its title counts double."""
    asked = [one.text for one in opportunity.requirements]
    return clean("\n".join((opportunity.title, opportunity.title, opportunity.text, *asked)))


def own_texts(opportunity: Opportunity) -> list[str]:
    """The requirement texts that are encoded on their own."""
    return [one.text for one in opportunity.requirements if not one.legal]


def fingerprint(opportunity: Opportunity, framework: Framework) -> str:
    """A hash of everything that is encoded of an opportunity."""
    parts = [*meaning_texts(opportunity, framework), "", *own_texts(opportunity)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def link(
    opportunities: Sequence[Opportunity],
    framework: Framework,
    concepts: Concepts,
    lexical: LexicalEncoder,
) -> list[Opportunity]:
    """Find the competence or gate that a requirement in own words stands for, where it is clear.

    Through its competence a requirement gains the ways in which people say it, and a route that
    closes it.
    """
    unclear = dict.fromkeys(
        one.text
        for opportunity in opportunities
        for one in opportunity.requirements
        if not one.legal and one.competence is None
    )
    meant = _meant(list(unclear), concepts, lexical)
    return [
        replace(
            opportunity,
            requirements=tuple(
                replace(one, competence=meant.get(one.text))
                if not one.legal and one.competence is None
                else one
                for one in _gates(opportunity, framework)
            ),
        )
        for opportunity in opportunities
    ]


def _meant(texts: Sequence[str], concepts: Concepts, lexical: LexicalEncoder) -> dict[str, str]:
    """Per text: the competence that it stands for; what is not clear is left out.

    Only the wording tells. On our own postings nearness in meaning named the right competence for
    one in ten, and a wrong one does more harm than none.
    """
    found: dict[str, str] = {}
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        nearness = concepts.wording(lexical.encode(some))
        for text, row, best in zip(some, nearness, nearness.argmax(axis=1), strict=True):
            if row[best] >= LINKED_FROM:
                found[text] = concepts.ids[best]
    return found


def _gates(opportunity: Opportunity, framework: Framework) -> tuple[Requirement, ...]:
    return tuple(
        replace(one, gate=framework.gate_in(f"{one.text}; {one.gate or ''}") or one.gate)
        if one.legal and one.gate not in framework.gates
        else one
        for one in opportunity.requirements
    )


def _known_in_english(opportunity: Opportunity, framework: Framework) -> str:
    """What the framework says of its professions, target groups, field and competences."""
    parts: list[str] = []
    for identifier in opportunity.professions:
        if profession := framework.professions.get(identifier):
            parts += [profession.en.label, *profession.en.also_called, profession.en.description]
    for identifier in opportunity.target_groups:
        if group := framework.target_groups.get(identifier):
            parts += [group.en.label, group.en.description]
    if field := framework.fields.get(opportunity.field or ""):
        parts.append(field.en.label)
    for requirement in opportunity.requirements:
        if competence := framework.competences.get(requirement.competence or ""):
            parts.append(competence.en.label)
    return ". ".join(parts)

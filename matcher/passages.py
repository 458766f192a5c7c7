"""What of an opportunity is encoded and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from matcher.concepts import Concepts
from matcher.demands import Affinity
from matcher.encoder import Vectors
from matcher.framework import LANGUAGES, Framework
from matcher.lexical import LexicalEncoder
from matcher.neutral import rules_digest
from matcher.text import clean
from matcher.types import Opportunity, Requirement

_AT_ONCE = 500
"""So many requirement texts are compared with the framework at a time, which bounds memory."""
LINKED_FROM = 0.55
"""A requirement in own words stands for a competence from this agreement on, half of it of
letters and half of meaning."""
OWN_SHARE, TITLE_SHARE, KNOWN_SHARE = 0.75, 0.15, 0.25
"""How much each text counts in the vector of an opportunity."""
IMPLIED_PROFESSIONS = 3


def meaning_texts(opportunity: Opportunity, framework: Framework) -> list[tuple[str, float]]:
    """The texts whose vectors stand for an opportunity, and how much each counts.

    Its own words, its title, and what the framework knows of what it asks, in both languages, so
    that a profile in English finds a Dutch opportunity and the other way round. They are as they
    were written; what is encoded is `neutral` of them.
    """
    asked = [one.text for one in opportunity.requirements if not one.legal]
    own = clean(". ".join(filter(None, (opportunity.title, *asked, opportunity.text))))
    found = [(own, OWN_SHARE), (clean(opportunity.title), TITLE_SHARE)]
    found += [(text, KNOWN_SHARE) for text in _known(opportunity, framework) if text]
    return [(text, share) for text, share in found if text]


def wording_text(opportunity: Opportunity) -> str:
    """An opportunity's own words, whose letters are compared."""
    asked = [one.text for one in opportunity.requirements]
    return clean("\n".join((opportunity.title, opportunity.text, *asked)))


def own_texts(opportunity: Opportunity) -> list[str]:
    """The requirement texts that are encoded on their own."""
    return [one.text for one in opportunity.requirements if not one.legal]


def fingerprint(opportunity: Opportunity, framework: Framework) -> str:
    """A hash of everything that is encoded of an opportunity.

    It tells whether stored vectors still fit at every start, for every opportunity: so the rules
    of `neutral` are in it by their own hash, and are not run.
    """
    whole = (f"{share} {text}" for text, share in meaning_texts(opportunity, framework))
    parts = [rules_digest(), *whole, "", *own_texts(opportunity)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def link(
    opportunities: Sequence[Opportunity],
    framework: Framework,
    competences: Concepts,
    lexical: LexicalEncoder,
    own: Mapping[str, Vectors],
) -> list[Opportunity]:
    """Find the competence or gate that a requirement in own words stands for, where it is clear.

    Through its competence a requirement gains the ways in which people say it, and a route that
    closes it. `own` has the vector of each text in own words.
    """
    unclear = dict.fromkeys(
        one.text
        for opportunity in opportunities
        for one in opportunity.requirements
        if not one.legal and one.competence is None
    )
    meant = _meant(list(unclear), competences, lexical, own)
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


def _meant(
    texts: Sequence[str],
    competences: Concepts,
    lexical: LexicalEncoder,
    own: Mapping[str, Vectors],
) -> dict[str, str]:
    """Per text: the competence that it stands for; what is not clear is left out."""
    found: dict[str, str] = {}
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        letters = competences.wording(lexical.encode(some))
        meaning = competences.meaning(np.stack([own[text] for text in some]), best=1)
        nearness = (letters + meaning) / 2
        for text, row, best in zip(some, nearness, nearness.argmax(axis=1), strict=True):
            if row[best] >= LINKED_FROM:
                found[text] = competences.ids[best]
    return found


def implied(
    opportunities: Sequence[Opportunity], vectors: Vectors, professions: Concepts
) -> list[Affinity]:
    """The professions that each opportunity names, or else the nearest to its vector."""
    named = [
        tuple((professions.column[p], 1.0) for p in one.professions if p in professions.column)
        for one in opportunities
    ]
    near = _looked_up([not one for one in named], vectors, professions)
    return [names or _nearest(near[row], IMPLIED_PROFESSIONS) for row, names in enumerate(named)]


def _looked_up(wanted: Sequence[bool], vectors: Vectors, concepts: Concepts) -> dict[int, Vectors]:
    """How near each wanted row comes to every concept."""
    rows = [row for row, one in enumerate(wanted) if one]
    found: dict[int, Vectors] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        found.update(zip(some, concepts.meaning(vectors[some]), strict=True))
    return found


def _nearest(nearness: Vectors, count: int) -> Affinity:
    """The columns of the nearest few, with how near each is beside the very nearest."""
    best = np.argsort(-nearness, kind="stable")[:count]
    top = float(nearness[best[0]]) if len(best) else 0.0
    if top <= 0:
        return ()
    return tuple((int(column), max(0.05, float(nearness[column]) / top) ** 4) for column in best)


def _gates(opportunity: Opportunity, framework: Framework) -> tuple[Requirement, ...]:
    return tuple(
        replace(one, gate=framework.gate_in(f"{one.text}; {one.gate or ''}") or one.gate)
        if one.legal and one.gate not in framework.gates
        else one
        for one in opportunity.requirements
    )


def _known(opportunity: Opportunity, framework: Framework) -> list[str]:
    """What the framework says of its professions, and of what and whom it asks for, twice."""
    found: list[str] = []
    for language in LANGUAGES:
        named: list[str] = []
        for identifier in opportunity.professions:
            if profession := framework.professions.get(identifier):
                words = profession.nl if language == "nl" else profession.en
                named += [words.label, *words.also_called, words.description]
        about: list[str] = []
        for identifier in opportunity.target_groups:
            if group := framework.target_groups.get(identifier):
                about += [group.label(language), group.description(language)]
        if field := framework.fields.get(opportunity.field or ""):
            about.append(field.label(language))
        for requirement in opportunity.requirements:
            if competence := framework.competences.get(requirement.competence or ""):
                about.append(competence.label(language))
        found += [". ".join(named), ". ".join(about)]
    return found

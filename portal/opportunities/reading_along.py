"""Reviews everything that an employer says of an opening, with the rules of data/framework/aid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from flask import current_app

from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities import aid
from portal.opportunities.models import Contract
from portal.opportunities.service_input import OpportunityInput

PROOF_GATES: Final = frozenset({"vog", "driving-licence-b", "driving-licence-c1"})
"""Facts that no training gives."""
MISSING: Final = ("pay", "hours", "guidance")


@dataclass(frozen=True, slots=True)
class Diploma:
    """A diploma demand that no task needs.

    `sentence` demands it, or nothing when only the box was ticked; `competences` is what it
    stands for.
    """

    sentence: str
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What the portal would ask an employer about a text. `flags` are by key, in order."""

    flags: tuple[aid.Flag, ...]
    diploma: Diploma | None
    missing: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What needs another word, or a written reason."""
        return tuple(one.key for one in self.flags) + ((aid.DIPLOMA,) if self.diploma else ())


def review(said: OpportunityInput) -> Review:
    """Read along. Raises Unavailable when the framework cannot be read."""
    known, spoken = rules(), data_language()
    found: dict[str, aid.Flag] = {}
    for text in _texts(said):
        for flag in aid.flags(text, known, language=said.language, spoken=spoken):
            found.setdefault(flag.key, flag)
    return Review(tuple(found.values()), _diploma(said), _missing(said))


def unexplained(found: Review, kept: Mapping[str, str]) -> tuple[str, ...]:
    """Return the flags that stay without a reason."""
    return tuple(key for key in found.keys if not kept.get(key, "").strip())


def with_alternative(said: OpportunityInput, key: str) -> OpportunityInput:
    """Return what was said with the alternative of a flag, wherever it stands."""

    def other(text: str) -> str:
        return aid.replaced(text, key, rules(), language=said.language)

    return replace(
        said,
        title=other(said.title),
        text=other(said.text),
        tasks=tuple(filter(None, map(other, said.tasks))),
        guidance=other(said.guidance) if said.guidance else said.guidance,
        support=tuple(filter(None, map(other, said.support))),
        requirements=tuple(replace(one, text=other(one.text)) for one in said.requirements),
    )


def rules() -> tuple[aid.Rule, ...]:
    """The rules of this portal, read once. Raises aid.AidError."""
    return _rules(current_app.config["BEKWAAM_DATA"])


@cache
def _rules(data: str) -> tuple[aid.Rule, ...]:
    folder = Path(data) / "framework" / "aid"
    files = sorted(folder.glob("*.yaml"))
    return aid.rules((one.name, yaml.safe_load(one.read_text(encoding="utf-8"))) for one in files)


def _texts(said: OpportunityInput) -> list[str]:
    return [
        said.title,
        said.text,
        *said.tasks,
        said.guidance or "",
        *said.support,
        *(one.text for one in said.requirements),
    ]


def _diploma(said: OpportunityInput) -> Diploma | None:
    known = framework()
    asked = [one.competence for one in said.requirements if one.competence]
    professions = [
        known.professions[one]
        for one in (said.profession, said.second_profession)
        if one and one in known.professions
    ]
    gates = {one.gate for one in said.requirements if one.gate}
    gates |= {gate for one in professions for gate in one.gates}
    legal = {
        one for one in asked if one in known.competences and known.competences[one].legal_basis
    }
    demand = aid.Demand(
        # The contract of a work-learn route asks for the school, not for a diploma.
        diploma_required=said.diploma_required and said.contract != Contract.PLACEMENT,
        text=said.text,
        gates=frozenset(gate for gate in gates if gate not in PROOF_GATES),
        legal_competences=frozenset(legal),
    )
    sentence = aid.needless_diploma(demand)
    if sentence is None:
        return None
    stands_for = [one for profession in professions for one in profession.competences]
    return Diploma(sentence, tuple(dict.fromkeys(stands_for or asked)))


def _missing(said: OpportunityInput) -> tuple[str, ...]:
    lacks = {
        "pay": said.pay_min is None
        and said.pay_max is None
        and said.contract not in (Contract.PLACEMENT, Contract.PREPARATORY),
        "hours": said.hours_min is None and said.hours_max is None,
        "guidance": not said.guidance,
    }
    return tuple(name for name in MISSING if lacks[name])

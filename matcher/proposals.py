"""From a pasted vacancy text to the requirements that it seems to ask."""

from __future__ import annotations

from matcher.coverage import MET_FROM, PARTLY_FROM, Coverage, OwnWords
from matcher.reading import Side
from matcher.scoring import Tools
from matcher.types import Profile, Proposal, Requirement


def propose(text: Side, tools: Tools, limit: int) -> list[Proposal]:
    """Propose requirements: the gates that are named, then competences, strongest first.

    A competence that is clearly asked is proposed as critical, unless people usually learn it
    beside a colleague; the employer decides.
    """
    proposals = [
        Proposal(
            Requirement(
                gate,
                tools.framework.gates[gate].label(),
                gate=gate,
                critical=True,
                learnable=False,
                legal=True,
            ),
            sentence,
            1.0,
        )
        for gate, sentence in _gates_named(text, tools).items()
    ]
    coverage = Coverage(Profile("vacancy"), text, tools.competences.column, tools.scale)
    nothing = OwnWords(tools.encoder.dimension)
    found: list[Proposal] = []
    for competence in tools.framework.competences.values():
        asked = Requirement(competence.id, competence.label(), competence=competence.id)
        reason = coverage.of(asked, nothing)
        if reason.evidence is None or reason.strength < PARTLY_FROM:
            continue
        learnable = competence.weeks_on_the_job is not None
        found.append(
            Proposal(
                Requirement(
                    competence.id,
                    competence.label(),
                    competence=competence.id,
                    critical=reason.strength >= MET_FROM,
                    learnable=learnable,
                ),
                reason.evidence,
                reason.strength,
            )
        )
    found.sort(key=lambda one: (-one.strength, one.requirement.id))
    return (proposals + found)[:limit]


def _gates_named(text: Side, tools: Tools) -> dict[str, str]:
    """Per gate that the text names without denying it: the sentence."""
    named: dict[str, str] = {}
    for piece in text.pieces:
        for gate in () if piece.negated else tools.framework.gates_in(piece.text):
            named.setdefault(gate, piece.sentence)
    return named

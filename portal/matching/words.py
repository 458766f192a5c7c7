"""How matching speaks: levels, statuses and reasons in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from matcher import Framework, Level, Match, Reason, Requirement, Status, Why

LEVEL_LABELS = {
    Level.NOW: _l("Direct inzetbaar"),
    Level.GUIDED: _l("Inzetbaar onder begeleiding"),
    Level.ROUTE: _l("Inzetbaar na een leerroute"),
    Level.NOT_YET: _l("Nog niet"),
}
STATUS_LABELS = {
    Status.MET: _l("Laat je zien"),
    Status.PARTLY: _l("Deels"),
    Status.NOT_SHOWN: _l("Nog niet"),
}


class Wording(NamedTuple):
    """The words of a requirement, and their language when the page has another."""

    text: str
    language: str = ""

    def __html__(self) -> str:
        """The words for a page, marked for who listens to it."""
        if not self.language:
            return escape(self.text)
        return Markup('<span lang="{}">{}</span>').format(self.language, self.text)

    def inside(self) -> Wording:
        """The words as a part of a sentence."""
        text = self.text
        return self._replace(text=text[:1].lower() + text[1:]) if text[1:2].islower() else self


def in_language(match: Match, framework: Framework, language: str) -> Match:
    """The match with the framework's words in that language; the employer's own stay."""
    return replace(
        match,
        reasons=tuple(
            replace(reason, requirement=_spoken(reason.requirement, framework, language))
            for reason in match.reasons
        ),
    )


def own_words(requirement: Requirement, framework: Framework) -> bool:
    """Whether the employer wrote the requirement; else it has the words of the framework."""
    known = {_label(requirement, framework, language) for language in ("nl", "en")}
    return requirement.text not in known


def _spoken(requirement: Requirement, framework: Framework, language: str) -> Requirement:
    label = _label(requirement, framework, language)
    if label is None or own_words(requirement, framework):
        return requirement
    return replace(requirement, text=label)


def _label(requirement: Requirement, framework: Framework, language: str) -> str | None:
    gate = framework.gates.get(requirement.gate or "")
    known = gate or framework.competences.get(requirement.competence or "")
    return known.label(language) if known else None


def because(match: Match, texts: Mapping[str, Wording]) -> list[Markup]:
    """Why this level was given, one sentence per reason; `texts` by id of the requirement."""
    return [
        escape(_why(why)) % {"what": Markup("; ").join(texts[one].inside() for one in requirements)}
        for why, requirements in match.deployability.because
    ]


def _why(why: Why) -> str:
    match why:
        case Why.ALL_CRITICAL_MET:
            return _("Alles wat hier echt nodig is, laat je al zien.")
        case Why.LEARNABLE_WITH_GUIDANCE:
            return _("Dit laat je al deels zien: %(what)s. De rest leer je daar, met begeleiding.")
        case Why.EMPLOYER_ARRANGES_GATE:
            return _(
                "Je hebt nog nodig: %(what)s. De werkgever vraagt die met je aan voor je begint."
            )
        case Why.ROUTE_CLOSES_GAP:
            return _("Dit kun je leren in de regio: %(what)s.")
        case Why.ROUTE_CLOSES_GATE:
            return _("De wet vraagt hier: %(what)s. Dat haal je met een opleiding.")
        case Why.GATE_MISSING:
            return _("De wet vraagt hier: %(what)s. Daarvoor is in de regio nog geen leerroute.")
        case Why.CRITICAL_MISSING:
            return _(
                "Dit is hier echt nodig: %(what)s. Daarvoor is in de regio nog geen leerroute."
            )


def help_with(reason: Reason, weeks: Mapping[str, int], framework: Framework, language: str) -> str:
    """What to do about a requirement that is not met yet."""
    requirement = reason.requirement
    if requirement.legal:
        gate = framework.gates.get(requirement.gate or "")
        if reason.status is Status.MET or gate is None:
            return ""
        return gate.description(language)
    if requirement.id in weeks:
        return ngettext(
            "Dit leer je op het werk, in ongeveer %(num)s week.",
            "Dit leer je op het werk, in ongeveer %(num)s weken.",
            weeks[requirement.id],
        )
    if reason.status is Status.NOT_SHOWN:
        return _("Hier schreef je nog niets over.")
    return ""


def next_step(match: Match) -> str:
    """How somebody gets from here to the work, in one short sentence."""
    route = match.route
    match match.deployability.level:
        case Level.NOW:
            return _("Je kunt meteen beginnen.")
        case Level.GUIDED if route.on_the_job:
            return ngettext(
                "Je leert het op het werk, in ongeveer %(num)s week.",
                "Je leert het op het werk, in ongeveer %(num)s weken.",
                max(weeks for _one, weeks in route.on_the_job),
            )
        case Level.GUIDED:
            return _("Je begint met begeleiding.")
        case Level.ROUTE if route.steps:
            learnt = ngettext(
                "Je volgt eerst een route van %(num)s week.",
                "Je volgt eerst een route van %(num)s weken.",
                route.weeks,
            )
            # On a line of its own: Babel finds no text inside an f-string.
            paid = _("Leren wordt betaald.")
            return f"{learnt} {paid}" if route.paid else learnt
        case Level.ROUTE:
            return _("Je regelt eerst samen de papieren.")
        case _:
            return _("Hiervoor is in de regio nog geen leerroute.")


def route_summary(match: Match) -> str:
    """The whole route in one sentence; empty when there is nothing to follow."""
    route = match.route
    if not route.steps:
        return ""
    total = ngettext(
        "Samen %(num)s week en ongeveer %(hours)s uur.",
        "Samen %(num)s weken en ongeveer %(hours)s uur.",
        route.weeks,
        hours=route.hours,
    )
    paid = _("Je leert in betaalde tijd.") if route.paid else _("Niet alles hiervan wordt betaald.")
    return f"{total} {paid}"


def level_label(level: str) -> str:
    """The level in words, from the value that is kept of it."""
    return str(LEVEL_LABELS[Level(level)])

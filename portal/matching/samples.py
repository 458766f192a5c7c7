"""Matches as the engine could give them, one for each level, for the page of components.

Nobody wrote these texts and nothing of it is in the database: the objects are made on the spot.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _

from matcher import (
    Answer,
    Deployability,
    Level,
    Match,
    Reason,
    Requirement,
    Route,
    RouteStep,
    Status,
    Why,
)
from portal.clock import local_date
from portal.languages import data_language
from portal.matching.cards import MatchCard
from portal.matching.knowledge import framework
from portal.opportunities.models import Contract, Kind, Opportunity
from portal.opportunities.workflow import Status as Life
from portal.organisations.models import Organisation, Site

LONG_WORD = "arbeidsongeschiktheidsverzekeringsmaatschappij"
LONG_NAME = "Wilhelmina-Margaretha van den Oudenhoven-Vermeulen"


def sample_cards(now: datetime) -> list[MatchCard]:
    """A card for each level, from the best to the least."""
    known, spoken = framework(), data_language()
    return [
        MatchCard(match, opportunity, known, spoken)
        for match, opportunity in (_now(now), _guided(now), _route(now), _not_yet(now))
    ]


def sample_opportunity(now: datetime, slug: str = "voorbeeld", **changes: object) -> Opportunity:
    """A published opportunity that is in no database."""
    organisation = str(changes.pop("organisation", _("Zorghuis De Linde")))
    employer = Organisation(slug="voorbeeld", name=organisation, about="", fields=[])
    site = Site(
        slug="voorbeeld",
        name=organisation,
        place="Heerlen",
        province="Limburg",
        latitude=50.888,
        longitude=5.979,
        organisation=employer,
    )
    given: dict[str, object] = {
        "title": _("Gastvrouw of gastheer in de huiskamer"),
        "kind": Kind.VACANCY,
        "contract": Contract.PERMANENT,
        "level": 0,
        "hours_min": 16.0,
        "hours_max": 24.0,
        "day_parts": 0b0011_0011_0011,
        "pay_min": 2350,
        "pay_max": 2780,
        "diploma_required": False,
        "learning_paid": False,
        "language": data_language(),
    }
    return Opportunity(
        id=0,
        slug=slug,
        site=site,
        status=Life.PUBLISHED,
        field="nursing-home",
        target_groups=[],
        text="",
        tasks=[],
        hours_flexible=True,
        combinable=False,
        support=[],
        places=1,
        closes_on=local_date(now + timedelta(days=20)),
        version=1,
        **(given | changes),
    )


def _asked(identifier: str, name: str, *, critical: bool = False) -> Requirement:
    """A requirement in the words of the framework."""
    known = framework()
    if gate := known.gates.get(name):
        text = gate.label(data_language())
        return Requirement(identifier, text, gate=name, critical=True, learnable=False, legal=True)
    text = known.competences[name].label(data_language())
    return Requirement(identifier, text, competence=name, critical=critical)


def _talk() -> Requirement:
    return _asked("1", "make-contact", critical=True)


def _cook() -> Requirement:
    return _asked("2", "cook-for-groups")


def _vog() -> Requirement:
    return _asked("4", "vog")


def _now(now: datetime) -> tuple[Match, Opportunity]:
    reasons = (
        Reason(_talk(), Status.MET, _("Ik maak met iedereen een praatje."), 0.9),
        Reason(_cook(), Status.MET, None, 0.8, answered=Answer.CAN),
        Reason(_vog(), Status.MET, None, 1.0),
    )
    why = Deployability(Level.NOW, ((Why.ALL_CRITICAL_MET, ()),))
    match = Match("kaart-nu", 0.9, why, reasons, Route(), distance_km=4.2)
    return match, sample_opportunity(now, "kaart-nu")


def _guided(now: datetime) -> tuple[Match, Opportunity]:
    reasons = (
        Reason(_talk(), Status.PARTLY, _("Ik stond jaren achter de balie."), 0.5),
        Reason(_cook(), Status.NOT_SHOWN, None, 0.0),
        Reason(_vog(), Status.NOT_SHOWN, None, 0.0),
    )
    because = ((Why.LEARNABLE_WITH_GUIDANCE, ("1",)), (Why.EMPLOYER_ARRANGES_GATE, ("4",)))
    match = Match(
        "kaart-begeleid",
        0.7,
        Deployability(Level.GUIDED, because),
        reasons,
        Route(on_the_job=(("2", 6),)),
        distance_km=0.4,
    )
    title = _("Begeleider bij de %(word)s", word=LONG_WORD)
    name = _("Stichting %(name)s", name=LONG_NAME)
    return match, sample_opportunity(now, "kaart-begeleid", title=title, organisation=name)


def _route(now: datetime) -> tuple[Match, Opportunity]:
    reasons = (
        Reason(_talk(), Status.MET, _("Mijn oma had alzheimer en ik was vaak bij haar."), 0.8),
        Reason(_asked("3", "observe-changes", critical=True), Status.NOT_SHOWN, None, 0.0),
    )
    route = Route((RouteStep("module-see-and-report", ("3",)),), weeks=4, hours=12, paid=True)
    why = Deployability(Level.ROUTE, ((Why.ROUTE_CLOSES_GAP, ("3",)),))
    match = Match("kaart-route", 0.6, why, reasons, route, distance_km=12.0)
    return match, sample_opportunity(
        now,
        "kaart-route",
        title=_("Leerling helpende in de wijk"),
        kind=Kind.TRAINEESHIP,
        contract=Contract.LEARNING,
        learning_paid=True,
        level=2,
    )


def _not_yet(now: datetime) -> tuple[Match, Opportunity]:
    talk = Reason(_talk(), Status.NOT_SHOWN, None, 0.0, answered=Answer.CANNOT)
    reasons = (talk, Reason(_asked("5", "big-nurse"), Status.NOT_SHOWN, None, 0.0))
    why = Deployability(Level.NOT_YET, ((Why.GATE_MISSING, ("5",)),))
    match = Match("kaart-nog-niet", 0.2, why, reasons, Route())
    return match, sample_opportunity(
        now,
        "kaart-nog-niet",
        title=_("Verpleegkundige in de nacht"),
        day_parts=0b1000_1000,
        level=4,
        diploma_required=True,
        pay_min=None,
        pay_max=None,
    )

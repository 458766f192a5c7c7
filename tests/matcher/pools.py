"""A handful of opportunities that differ plainly, for tests that follow each one."""

from __future__ import annotations

from dataclasses import replace

from matcher.types import Hours, Kind, Opportunity, Place, Requirement

HEERLEN = Place("Heerlen", "Limburg", 50.8837, 5.9815)
MAASTRICHT = Place("Maastricht", "Limburg", 50.8483, 5.6889)
GRONINGEN = Place("Groningen", "Groningen", 53.2192, 6.5667)


def asks(identifier: str, text: str, competence: str | None = None, **more: object) -> Requirement:
    facts = {"critical": True, **more}
    return Requirement(identifier, text, competence=competence, **facts)  # type: ignore[arg-type]


def gate(identifier: str, text: str, name: str | None = None) -> Requirement:
    return Requirement(identifier, text, gate=name, critical=True, learnable=False, legal=True)


COOK = Opportunity(
    "cook",
    "Kok in een woonzorgcentrum",
    "Elke dag kook je met bewoners een verse maaltijd voor veertig mensen.",
    requirements=(asks("cook-1", "Kookt voor een grote groep", "cook-for-groups"),),
    hours=Hours(24, 32),
    place=HEERLEN,
    guidance=True,
    organisation="linde",
    field="facilities",
)
GARDEN = Opportunity(
    "garden",
    "Tuinman bij een zorgboerderij",
    "Je onderhoudt de tuin en snoeit de heggen, samen met deelnemers.",
    kind=Kind.TRAINEESHIP,
    requirements=(asks("garden-1", "Onderhoudt de tuin", "maintain-gardens"),),
    hours=Hours(16, 24),
    place=MAASTRICHT,
    guidance=True,
    organisation="samenpad",
    field="disability",
)
WASH = Opportunity(
    "wash",
    "Helpende in de thuiszorg",
    "Je helpt mensen thuis met wassen en aankleden.",
    requirements=(
        asks("wash-1", "Helpt bij wassen en aankleden", "help-washing-dressing"),
        gate("wash-2", "VOG", "vog"),
    ),
    hours=Hours(12, 36),
    place=HEERLEN,
    guidance=True,
    organisation="geuldal",
    field="home-care",
)
NURSE = Opportunity(
    "nurse",
    "Wijkverpleegkundige",
    "Je verzorgt wonden, geeft medicijnen en stelt het zorgplan op.",
    requirements=(
        gate("nurse-1", "BIG-registratie verpleegkundige", "big-nurse"),
        asks("nurse-2", "Verzorgt wonden", "wound-care", learnable=False),
        asks("nurse-3", "Geeft medicijnen", "administer-medication", learnable=False),
    ),
    hours=Hours(24, 36),
    place=GRONINGEN,
    level=6,
    diploma_required=True,
    organisation="geuldal",
    field="home-care",
)
BOOKS = Opportunity(
    "books",
    "Administratief medewerker",
    "Je boekt facturen en houdt de administratie bij.",
    requirements=(asks("books-1", "Boekt facturen", "bookkeeping", critical=False),),
    hours=Hours(20, 40),
    place=MAASTRICHT,
    organisation="maasrust",
    field="staff",
)
YOUTH = Opportunity(
    "youth",
    "Jongerenwerker",
    "Je trekt op met tieners op straat en in het jongerencentrum.",
    kind=Kind.COMBINED_FUNCTION,
    requirements=(
        asks("youth-1", "Begeleidt tieners", "guide-teenagers"),
        asks("youth-2", "Organiseert een toernooi op het plein", critical=False),
    ),
    guidance=True,
    organisation="buurtkracht",
    field="social-work",
)
BARE = Opportunity("bare", "Chauffeur rolstoelbus")

HANDMADE = [COOK, GARDEN, WASH, NURSE, BOOKS, YOUTH, BARE]


def copies(count: int, of: Opportunity = COOK) -> list[Opportunity]:
    """The same opportunity under other ids, spread over employers; exact ties but for that."""
    return [
        replace(of, id=f"copy-{number:05}", organisation=f"org-{number}") for number in range(count)
    ]

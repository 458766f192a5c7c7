"""Employers and openings whose words are as long as Dutch allows, and one with hardly a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal import clock
from portal.accounts.models import RoleName
from portal.opportunities.models import Contract, Kind
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation, Site
from portal.organisations.service import create_organisation
from portal.transaction import transaction
from tests.browser.region import EMPTY, FULL, WORD
from tests.factories import make_opportunity, make_site, make_user

ORGANISATION = (
    "Stichting Verpleeghuis-, Kraamzorg- en Revalidatiecentrumsamenwerkingsverband "
    "Wilhelmina-Margaretha van den Oudenhoven-Vermeulen"
)
COMPOUNDS = (
    "Arbeidsongeschiktheidsverzekeringsmaatschappijmedewerker",
    "Gehandicaptendagbestedingsactiviteitenbegeleidster",
    "Kindercarnavalsoptochtvoorbereidingswerkzaamheden",
    "Chronischevermoeidheidssyndroomonderzoeksresultaten",
)
SENTENCES = (
    "Je werkt in een multidisciplinair kinderrevalidatiegeneeskundesamenwerkingsverband. "
    "Je overlegt met de langdurigezorgindicatiestellingsdeskundige en je legt alles vast in het "
    "elektronischpatiëntendossierbeheersysteem. Je begeleidt "
    "gehandicaptendagbestedingsactiviteiten in een kleinschaligewoonvoorzieningengemeenschap. "
)
MANY = 24
"""Openings of the full employer: more than a page of any list."""


def fill() -> None:
    """Add them to the database of the open application."""
    crowded = _organisation("overvol", ORGANISATION)
    make_user(RoleName.EMPLOYER, email=FULL, member_of=crowded)
    make_user(RoleName.EMPLOYER, email=EMPTY, member_of=_organisation("leeg", "Thuiszorg Leeg"))
    site = make_site(
        crowded,
        slug="overvol-1",
        name="Dagbestedings- en logeerlocatie Sint-Willibrordus-aan-de-Oudenhovensestraatweg",
        place="Westerhaar-Vriezenveensewijk",
    )
    for number in range(MANY):
        _strained(site, number)
    _strained(site, MANY, Status.DRAFT)
    _strained(site, MANY + 1, Status.CLOSED)
    make_opportunity(
        site=site,
        now=_long_ago(),
        title="Hulp",
        text="Je helpt.",
        requirements=(RequirementInput(text="Je helpt"),),
        tasks=(),
        day_parts=0,
    )


def _long_ago() -> datetime:
    """Lists begin with what is new; the strained ones stand where they are looked for."""
    return clock.now() - timedelta(days=90)


def _organisation(slug: str, name: str) -> Organisation:
    with transaction():
        return create_organisation(
            slug=slug,
            name=name,
            about=SENTENCES,
            fields=["nursing-home"],
            actor=None,
            now=clock.now(),
        )


def _strained(site: Site, number: int, status: Status = Status.PUBLISHED) -> None:
    compound = COMPOUNDS[number % len(COMPOUNDS)]
    make_opportunity(
        status,
        site=site,
        now=_long_ago(),
        kind=tuple(Kind)[number % len(Kind)],
        title=f"{WORD} {compound}"[:160],
        text=SENTENCES * 4,
        tasks=tuple(f"{one} in het {WORD.lower()}overleg" for one in COMPOUNDS),
        requirements=(
            RequirementInput(competence="make-contact", text=f"{compound} kent geen geheimen"),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(gate="driving-licence-b"),
            *(RequirementInput(text=f"{one} of een vergelijkbaar diploma") for one in COMPOUNDS),
        ),
        contract=tuple(Contract)[number % len(Contract)],
        day_parts=(1 << 28) - 1,
        hours_min=7.5,
        hours_max=35.5,
        pay_min=2247,
        pay_max=13250,
        pay_group="FWG 35-40 met onregelmatigheidstoeslagregeling",
        collective_agreement="Cao Verpleeg-, Verzorgingshuizen, Thuiszorg en Jeugdgezondheidszorg",
        diploma_required=True,
        learning_paid=True,
        combinable=True,
        level=(0, 1, 2, 3, 4, 6, 7)[number % 7],
        guidance=SENTENCES,
        support=COMPOUNDS[:2],
        places=500,
        closes_on=clock.local_date(clock.now()) + timedelta(days=300),
    )

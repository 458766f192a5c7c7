"""A language joins with one catalogue, and a text that no catalogue can reach is found.

The third language wraps each text in brackets (tests/pseudo.py). Every page is read in it: what
stands there without brackets is no translated text. It must then be data: a name, what somebody
wrote, or the framework's words, which are in Dutch and in English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import RoleName, User
from portal.app import create_app
from portal.extensions import db
from portal.matching.examples import EXAMPLES
from portal.matching.knowledge import framework
from portal.matching.resident import Resident
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests import pseudo
from tests.conftest import PortalClient
from tests.factories import PASSWORD, make_employer, make_opportunity, make_site, make_user

COOK = "I was a cook in a canteen and cooked for a hundred people."
TYPED = ("Xyzzy", "2350x", "iemand@voorbeeld.example", "mens")
NAMES = (
    "Bekwaam",
    pseudo.CODE.upper(),
    "Zuid-Limburg",
    "Heerlen",
    "Hengelo",
    "Gelderland",
    "Overijssel",
    "FWG 25",
    "VVT",
    "WCAG 2.2",
    "localhost",
    "hulp@bekwaam.example",
    # The samples of the gallery: invented people and places, and words far too long.
    "Aa",
    "AB",
    "MB",
    "K-2087",
    "Kerkrade",
    "Gulpen",
    "Sittard",
    "Maastricht",
    "Valkenburg",
    "Zorghuis De Linde",
    "Thuiszorg Geuldal",
    "S. Yıldırım",
    "J. de Wit",
    "R. Haanstra",
    "M. Bakker",
    "Wilhelmina-Margaretha van den Oudenhoven-Vermeulen",
    "arbeidsongeschiktheidsverzekeringsmaatschappij",
    "Arbeidsongeschiktheidsverzekeringsmaatschappij",
    "diploma-arbeidsongeschiktheidsverzekeringsmaatschappij.pdf",
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, _portal: Flask) -> Flask:
    """The portal with a third catalogue in a folder of its own, and nothing else changed."""
    folder = tmp_path_factory.mktemp("translations")
    pseudo.make_catalogue(folder)
    folders = f"{_portal.config['BABEL_TRANSLATION_DIRECTORIES']};{folder}"
    made = create_app({"WTF_CSRF_ENABLED": False, "BABEL_TRANSLATION_DIRECTORIES": folders})
    made.test_client_class = PortalClient
    return made


@pytest.fixture
def reader(portal: Flask, app: Flask) -> Iterator[PortalClient]:
    """Somebody who reads the third language; the database is that of the test."""
    client = portal.test_client()
    assert isinstance(client, PortalClient)
    client.post("/taal", data={"lang": pseudo.CODE})
    yield client
    with portal.app_context():
        db.engine.dispose()


@cache
def framework_words() -> frozenset[str]:
    """All that the framework says in the language that a third one gets."""
    known = framework()
    records = [
        *known.competences.values(), *known.gates.values(), *known.professions.values(),
        *known.fields.values(), *known.target_groups.values(), *known.learning.values(),
    ]  # fmt: skip
    said = {text for one in records for text in (one.label("en"), one.description("en"))}
    said |= {one.label("en") for one in (*known.unwanted.values(), *known.origins.values())}
    said |= {one.provider for one in known.learning.values()}
    said -= {""}
    # An abbreviation behind a name stands apart when the name is explained.
    return frozenset(
        said | {part for text in said for part in re.findall(r"[^()]+|\([^()]+\)", text)}
    )


@pytest.fixture
def pool(app: Flask) -> list[str]:
    """An opening with everything that its page can tell, and what it says itself."""
    site = make_site(name="De Linde")
    made = make_opportunity(
        site=site,
        title="Kok voor een groep",
        text="Je kookt elke dag voor een groep.",
        pay_min=2350,
        pay_max=2780,
        pay_group="FWG 25",
        collective_agreement="VVT",
        profession="care-assistant-3ig",
        shape="switcher",
        support=("je krijgt werkkleding",),
        guidance="Je loopt de eerste weken mee met een collega.",
        learning_paid=True,
        requirements=(
            RequirementInput(competence="cook-for-groups", critical=True, learnable=False),
            RequirementInput(competence="dementia-contact", learnable=True),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(text="Je houdt van koken voor een groep"),
        ),
    )
    make_opportunity(Status.CLOSED, site=site, title="Een plek die dicht is")
    return [made.slug, made.title, site.name]


def names() -> list[str]:
    """What the tests put in the database, and what they type."""
    there = [one.name for one in db.session.scalars(select(Organisation))]
    people = [one.email for one in db.session.scalars(select(User))]
    said = ["Een kleine zorggroep.", "De Linde", "Kok voor een groep", "Een plek die dicht is"]
    return [*there, *people, *NAMES, *TYPED, *said]


def complaints(page: str, *more: str) -> list[str]:
    assert f'<html lang="{pseudo.CODE}" dir="rtl"' in page
    examples = [one.label for one in EXAMPLES.values()]
    return pseudo.untranslated(page, (*framework_words(), *names(), *examples, *more))


def followed(client: PortalClient, response: Any) -> Any:
    while 300 <= response.status_code < 400:
        response = client.get(response.location)
    return response


def test_brackets_stand_around_words_only() -> None:
    assert pseudo.wrapped("%(low)s tot %(high)s uur") == "%(low)s⟦ tot ⟧%(high)s⟦ uur⟧"
    assert pseudo.wrapped("<b>Nu:</b> schrijf") == "<b>⟦Nu:⟧</b>⟦ schrijf⟧"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>Zomaar</p>", ["Zomaar"]),
        ("<p>⟦goed⟧ Heerlen</p>", []),
        ("<p>⟦goed⟧ en fout ⟦goed⟧</p>", ["en fout"]),
        ('<img alt="Een foto">', ["Een foto"]),
        ('<h2 lang="nl">Kok</h2><p>Kok</p>', ["Kok"]),
        ('<input placeholder="Typ hier"><textarea>eigen woorden</textarea>', ["Typ hier"]),
        ("<title>Fout</title>", ["Fout"]),
        ("<svg><title>Kaart</title><text>Laag</text></svg>", ["Kaart Laag"]),
        ('<input type="submit" value="Stuur">', ["Stuur"]),
        ("<p>22 نوفمبر 2026</p>", []),
    ],
)
def test_a_text_without_brackets_is_found(page: str, found: list[str]) -> None:
    assert pseudo.untranslated(page, ["Heerlen"]) == found


def test_the_catalogue_alone_makes_a_language(portal: Flask, reader: PortalClient) -> None:
    page = reader.get("/inloggen").text
    assert 'value="ar" lang="ar" aria-pressed="true"' in page
    assert "العربية" in page
    assert list(portal.extensions["languages"]) == ["nl", "ar", "en"]


def pages_without_arguments(portal: Flask) -> list[str]:
    return sorted(
        rule.rule
        for rule in portal.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods and not rule.arguments
    )


@pytest.mark.parametrize("role", [None, *RoleName])
@pytest.mark.usefixtures("pool")
def test_every_page_that_has_an_address_of_its_own(portal, reader, role) -> None:
    if role is RoleName.EMPLOYER:
        reader.sign_in(make_employer(db.session.scalars(select(Organisation)).first()).email)
    elif role is not None:
        reader.sign_in(make_user(role).email)
    looked = 0
    wrong: dict[str, list[str]] = {}
    for path in pages_without_arguments(portal):
        page = followed(reader, reader.get(path))
        if page.mimetype != "text/html" or page.status_code >= 500:
            continue
        looked += 1
        if found := complaints(page.text):
            wrong[path] = found
    assert not wrong, "\n".join(f"{path}: {found}" for path, found in wrong.items())
    assert looked >= 7


@pytest.mark.parametrize(
    "path",
    [
        "/aanbod/{slug}",
        "/aanbod/{slug}/past-dit",
        "/aanbod?part=evening&level=0&hours=24&place=Heerlen&distance=10&sort=distance",
        "/aanbod?hours=999&place=Xyzzy&sort=onzin",
        "/aanbod?q=Xyzzy",
        "/leren?q=Xyzzy",
        "/leren?form=onzin",
        "/er-is-hier-niets",
        "/taal",
    ],
)
def test_a_page_with_something_in_its_address(reader, pool, path) -> None:
    page = followed(reader, reader.get(path.format(slug=pool[0])))
    assert not complaints(page.text)


def test_every_learning_activity(reader) -> None:
    for activity in framework().learning.values():
        page = reader.get(f"/leren/{activity.id}").text
        assert not complaints(page), activity.id


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/inloggen", {}),
        ("/inloggen", {"email": "x", "password": "y"}),
        ("/inloggen", {"email": "iemand@voorbeeld.example", "password": "verkeerd wachtwoord"}),
        ("/account-maken", {}),
        ("/account-maken", {"email": "x", "password": "kort", "password_confirm": "anders"}),
        ("/wachtwoord-vergeten", {}),
        ("/wachtwoord-vergeten", {"email": "x"}),
        ("/wachtwoord-vergeten", {"email": "iemand@voorbeeld.example"}),
        ("/wachtwoord-vergeten/onzin", {"password": PASSWORD, "password_confirm": PASSWORD}),
        ("/passend", {}),
        ("/passend", {"skills": "koken", "place": "Xyzzy", "hours": "99"}),
        ("/passend", {"skills": "koken", "place": "Hengelo"}),
        ("/passend", {"skills": "a" * 6000}),
        ("/taal", {"lang": "xx"}),
    ],
)
def test_what_is_wrong(reader, path, sent) -> None:
    page = followed(reader, reader.post(path, data=sent))
    assert page.status_code < 500
    assert not complaints(page.text, *(value for value in sent.values() if len(value) > 3))


def test_the_pages_of_an_employer(reader, pool) -> None:
    site = make_site()
    made = make_opportunity(Status.DRAFT, site=site, title="Kok")
    reader.sign_in(make_employer(site.organisation).email)
    own = f"/werkgever/aanbod/{made.slug}"
    said = ("Kok", site.name, *made.tasks, *(one.text for one in made.requirements if one.text))
    for path in ("/werkgever", own, f"{own}/sluiten", f"{own}/voorbeeld"):
        page = followed(reader, reader.get(path))
        assert not complaints(page.text, *said), path
    wrong = {
        "action": "publish", "title": "x", "hours_min": "2350x", "pay_min": "-1", "places": "0",
        "closes_on": "31-02-2020", "requirements-0-competence": "make-contact",
        "requirements-0-gate": "vog", "requirements-0-keep": "y", "kind": "onzin",
    }  # fmt: skip
    page = reader.post("/werkgever/aanbod/nieuw", data=wrong)
    assert page.status_code == 422
    assert not complaints(page.text, *said)


@pytest.mark.parametrize("hours", ["", "24"])
def test_an_answer(portal, reader, pool, encoder, engine, monkeypatch, hours) -> None:
    holder = Resident(portal)
    holder.adopt(engine, encoder.dimension)
    monkeypatch.setitem(portal.extensions, "matching", holder)
    try:
        sent = {"skills": COOK, "ambition": "", "place": "Heerlen" if hours else "", "hours": hours}
        page = followed(reader, reader.post("/passend", data=sent))
        assert page.status_code == 200
        assert pool[0] in page.text
        assert not complaints(page.text, COOK)
        found = reader.get(f"{page.request.path}?hours=99&distance=5&part=night&level=now")
        assert not complaints(found.text, COOK)
        fits = f"/aanbod/{pool[0]}/past-dit?aanvraag={page.request.path.rsplit('/', 1)[1]}"
        assert not complaints(reader.get(fits).text, COOK)
    finally:
        engine.remove(holder.held)


def test_mails(reader) -> None:
    user = make_user()
    with transaction():
        user.language = pseudo.CODE
    known = user.email
    fresh = {"name": "S. Yıldırım", "password": PASSWORD, "password_confirm": PASSWORD}
    reader.post("/account-maken", data={"email": "nieuw@voorbeeld.example"} | fresh)
    reader.post("/uitloggen")
    reader.post("/account-maken", data={"email": known} | fresh)
    reader.post("/wachtwoord-vergeten", data={"email": known})
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert len(messages) >= 3
    link = next(
        word for one in messages for word in one.body.split() if "/wachtwoord-vergeten/" in word
    )
    reader.post(urlsplit(link).path, data={"password": "weer-een-goed-wachtwoord"} | {
        "password_confirm": "weer-een-goed-wachtwoord"
    })  # fmt: skip
    for message in db.session.scalars(select(OutboxMessage)):
        for text in (message.subject, message.body):
            assert not pseudo.unwrapped(text, [*NAMES, known]), message.subject

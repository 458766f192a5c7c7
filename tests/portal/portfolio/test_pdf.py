"""The document, read back: what it says, in which order, and what it says of itself."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from portal import clock
from portal.extensions import db
from portal.portfolio.kinds import EvidenceKind, Mastery
from portal.portfolio.models import EvidenceItem, PortfolioCompetence
from portal.portfolio.pdf import Paper, write
from portal.portfolio.pdf_layout import sayable
from portal.portfolio.views import Seen, portfolio_view
from portal.transaction import transaction
from tests.factories import make_organisation
from tests.factories.signing import CONTACT, COOKING, make_owner, make_signed

TODAY = clock.local_date(clock.now())
URL = "https://bekwaam.example/p/abcdefghijklmnopqrstuvwx"


@pytest.fixture(autouse=True)
def request_context(app: Flask):
    with app.test_request_context():
        yield


def paper(**changes) -> Paper:
    return Paper(**({"name": "Samira Haddou", "made_on": TODAY, "language": "nl"} | changes))


def read(candidate, seen: Seen = Seen.NAMED, **changes) -> PdfReader:
    made = write(portfolio_view(candidate.id, TODAY, seen=seen), paper(**changes))
    return PdfReader(io.BytesIO(made))


def text_of(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in document.pages)


def diploma(candidate, **changes) -> None:
    now = clock.now()
    values = {
        "kind": EvidenceKind.DIPLOMA,
        "title": "Kok, niveau 2",
        "issuer": "ROC Proefstad",
        "competences": [COOKING],
        "issued_on": TODAY.replace(year=2014, day=1),
        "created_at": now,
        "updated_at": now,
    }
    with transaction():
        db.session.add(EvidenceItem(candidate_id=candidate.id, **(values | changes)))


@pytest.fixture
def samira():
    candidate = make_owner(COOKING, CONTACT)
    with transaction():
        row = db.session.query(PortfolioCompetence).filter_by(competence=COOKING).one()
        row.sentence = "Ik kookte elke week voor tachtig mensen."
    diploma(candidate)
    make_signed(
        candidate,
        COOKING,
        organisation=make_organisation("Zorghuis Proeflinde"),
        name="Rob Çelik",
        scope="In de keuken van de huiskamer.",
        valid_until=TODAY + timedelta(days=400),
    )
    return candidate


def test_it_says_what_somebody_can_and_what_shows_it(samira) -> None:
    said = text_of(read(samira))
    for part in (
        "Samira Haddou",
        "getoetst · doet het zelfstandig",
        "“Ik kookte elke week voor tachtig mensen.”",
        "Getekend door Rob Çelik, Zorghuis Proeflinde",
        "In de keuken van de huiskamer · geldig tot en met",
        "Kok, niveau 2 · Diploma · ROC Proefstad · 2014",
        "Vraag om een link naar het portfolio",
    ):
        assert part in said, part


def test_without_a_name_nothing_leads_to_the_person(samira) -> None:
    said = text_of(read(samira, Seen.ANONYMOUS, name="K-ABC234"))
    assert "K-ABC234" in said
    for part in ("Samira", "Çelik", "Proeflinde", "Proefstad", "tachtig mensen", "huiskamer"):
        assert part not in said, part
    assert "Getekend door een begeleider op het werk" in said


@pytest.mark.parametrize(
    "name",
    [
        "Özge Şahin",
        "Marko Ćosić",
        "Nguyễn Thị Mỹ Hạnh",
        "Łukasz Żółć",
        "Ștefan Țîrlea",
        "Zoë Ĳsbrand",
    ],
)
def test_names_are_written_as_people_write_them(samira, name) -> None:
    assert sayable(name) == name
    document = read(samira, name=name)
    assert name.replace("Ĳ", "IJ") in text_of(document).replace("Ĳ", "IJ")
    assert document.metadata.title == f"Portfolio van {name}"


def test_what_the_font_lacks_shows_that_something_stood_there() -> None:
    assert sayable("Amal أمل 🙂 ok") == "Amal ???  ok"
    assert sayable("ǅamija ① Ⅻ") == "Džamija 1 XII"


def test_it_tells_who_listens_what_each_part_is(samira) -> None:
    document = read(samira, language="en-GB")
    root = document.trailer["/Root"].get_object()
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the reader
    kids = root["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    found = [kid.get_object() for kid in kids]
    kinds = [str(one["/S"]) for one in found]
    assert {"/H1", "/H2", "/H3", "/P", "/Figure"} == set(kinds)
    assert kinds.count("/H1") == 1
    figures = [one for one in found if one["/S"] == "/Figure"]
    assert all(one.get("/Alt") for one in figures)
    assert "1 getoetst" in " ".join(str(one["/Alt"]) for one in figures)
    for page in document.pages:
        drawn = page.get_contents().get_data()
        assert drawn.count(b" BDC") + drawn.count(b" BMC") == drawn.count(b"EMC")
        assert b"/Artifact BMC" in drawn


def test_the_outline_leads_to_each_group_and_competence(samira) -> None:
    (first, inside) = read(samira).outline[:2]
    assert first.title == "Samira Haddou"
    titles = [one.title for one in inside if not isinstance(one, list)]
    assert titles[-1] == "Klopt het nog?"
    competences = [one.title for some in inside if isinstance(some, list) for one in some]
    assert len(competences) == 2


def test_long_portfolios_run_over_pages_and_lose_nothing() -> None:
    from portal.matching.knowledge import framework

    ids = list(framework().competences)[:70]
    candidate = make_owner(*ids)
    document = read(candidate)
    assert len(document.pages) > 4
    said = text_of(document)
    for one in ids:
        assert framework().competences[one].label("nl") in said
    count = len(document.pages)
    for number, page in enumerate(document.pages, start=1):
        assert f"bladzijde {number} van {count}" in " ".join(page.extract_text().split())


def test_a_very_long_text_crosses_pages() -> None:
    candidate = make_owner(COOKING)
    with transaction():
        row = db.session.query(PortfolioCompetence).one()
        row.sentence = "woord " * 2500
        row.mastery = Mastery.SUPERVISED
    document = read(candidate)
    assert text_of(document).count("woord") == 2500
    assert "doet het met hulp" in text_of(document)


def test_an_empty_one_says_so() -> None:
    candidate = make_owner(COOKING)
    with transaction():
        db.session.query(PortfolioCompetence).one().state = "dropped"
    assert "Er staat nu niets in dit portfolio" in text_of(read(candidate))


def test_a_link_stands_in_words_and_as_a_code(samira) -> None:
    document = read(samira, url=URL, until=TODAY + timedelta(days=30))
    assert URL in text_of(document)
    assert "Code met de link hiernaast" in str(
        [
            kid.get_object().get("/Alt")
            for kid in document.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()["/K"]
        ]
    )


def test_in_english_no_dutch_is_left(samira) -> None:
    with force_locale("en"):
        said = text_of(read(samira, language="en"))
    assert "Bladzijde" not in said
    assert "page 1 of" in said
    assert "Signed by Rob Çelik" in said


def test_only_what_is_used_of_the_font_is_in_it(samira) -> None:
    made = write(portfolio_view(samira.id, TODAY, seen=Seen.NAMED), paper())
    assert len(made) < 150_000
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(made)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("SourceSansPro" in name for name in names), names

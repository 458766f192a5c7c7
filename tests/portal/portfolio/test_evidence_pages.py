"""Evidence over HTTP: a form per kind, files with real bytes, and downloads."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName, User
from portal.extensions import db
from portal.portfolio import evidence_service
from portal.portfolio.evidence_forms import FORMS
from portal.portfolio.models import CheckResult, EvidenceItem, EvidenceKind, StoredFile
from portal.transaction import transaction
from tests.conftest import PortalClient
from tests.factories import make_user
from tests.factories.portfolio import A_NURSE, a_pdf, a_picture, a_zip, make_evidence, take

TODAY = clock.local_date(clock.now())
GOOD: dict[EvidenceKind, dict[str, Any]] = {
    EvidenceKind.PAID_WORK: {"title": "Kok", "issuer": "De Kelder", "from_date": "2008"},
    EvidenceKind.UNPAID_WORK: {"title": "Trainer", "from_date": "03-2015", "to_date": "2016"},
    EvidenceKind.CARE_FOR_FAMILY: {"title": "Mijn vader", "from_date": "2019", "hours_week": "12"},
    EvidenceKind.DIPLOMA: {"title": "Verzorgende IG", "issued_on": "2001", "level": "3"},
    EvidenceKind.CERTIFICATE: {"title": "BHV", "issued_on": "2026-01-05"},
    EvidenceKind.PRACTICE_STATEMENT: {"title": "Hulp", "competences": "make-contact"},
    EvidenceKind.REGISTER: {
        "gate": "big-nurse",
        "number": f"{A_NURSE[:4]} {A_NURSE[4:]}",
        "issued_on": "2024-02-29",
    },
    EvidenceKind.VOG: {"issued_on": "2026-02-01"},
    EvidenceKind.DRIVING_LICENCE: {"gate": "driving-licence-b", "expires_on": "2031-05-01"},
    EvidenceKind.REFERENCE: {"title": "Anja", "contact": "06 1234 5678", "agreed": "y"},
    EvidenceKind.BADGE: {
        "title": "Dementie",
        "url": "https://www.edubadges.nl/public/assertions/abc",
    },
    EvidenceKind.FILE: {"title": "Brief"},
}


def signed_in(client: PortalClient) -> User:
    user = make_user()
    client.sign_in(user.email)
    return user


def send(client: PortalClient, kind: EvidenceKind, **changes: Any) -> Any:
    data = GOOD[kind] | changes
    if kind is EvidenceKind.FILE and "file" not in data:
        data["file"] = (io.BytesIO(a_pdf()), "brief.pdf")
    return client.post(
        f"/portfolio/bewijs/nieuw/{kind}", data=data, content_type="multipart/form-data"
    )


def only() -> EvidenceItem:
    return db.session.scalars(select(EvidenceItem)).one()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(EvidenceItem)) or 0


def folder(app: Flask) -> list[Path]:
    kept = Path(app.config["BEKWAAM_VAR"]) / "files"
    return sorted(one for one in kept.rglob("*") if one.is_file())


@pytest.mark.parametrize("kind", list(FORMS))
def test_each_kind_has_a_form_that_keeps_what_was_sent(
    client: PortalClient, kind: EvidenceKind
) -> None:
    signed_in(client)
    page = client.get(f"/portfolio/bewijs/nieuw/{kind}")
    assert page.status_code == 200
    sent = send(client, kind)
    assert sent.status_code == 303, re.findall(r'class="error"[^>]*>(.*?)</p>', sent.text)
    item = only()
    assert item.kind == kind
    assert item.title
    assert client.get(sent.location).status_code == 200
    edit = client.get(f"{sent.location}/bewerken")
    assert edit.status_code == 200
    for value in (GOOD[kind].get("title"), GOOD[kind].get("issuer"), GOOD[kind].get("contact")):
        assert not value or f'value="{value}"' in edit.text


@pytest.mark.parametrize("kind", list(FORMS))
def test_an_empty_form_says_what_it_needs(client: PortalClient, kind: EvidenceKind) -> None:
    signed_in(client)
    answer = client.post(f"/portfolio/bewijs/nieuw/{kind}", data={})
    assert answer.status_code == 422
    assert "Er klopt nog iets niet" in answer.text
    assert count() == 0


def test_dates_are_read_as_people_remember_them(client: PortalClient) -> None:
    signed_in(client)
    send(client, EvidenceKind.UNPAID_WORK)
    item = only()
    assert (item.from_date, item.to_date) == (date(2015, 3, 1), date(2016, 12, 31))
    page = client.get(f"/portfolio/bewijs/{item.id}/bewerken").text
    assert 'value="01-03-2015"' in page
    assert 'value="2016"' in page


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (EvidenceKind.PAID_WORK, {"from_date": "2099"}, "Deze datum moet nog komen."),
        (EvidenceKind.PAID_WORK, {"from_date": "1800"}, "Dit is erg lang geleden."),
        (EvidenceKind.PAID_WORK, {"from_date": "ooit"}, "zoals 2016 of 03-2016"),
        (EvidenceKind.PAID_WORK, {"from_date": "13-2016"}, "zoals 2016 of 03-2016"),
        (EvidenceKind.PAID_WORK, {"from_date": "2010", "to_date": "2009"}, "niet voor het begin"),
        (EvidenceKind.PAID_WORK, {"hours_week": "999"}, "tot en met 168"),
        (EvidenceKind.PAID_WORK, {"title": "a" * 201}, "200 tekens of minder"),
        (EvidenceKind.REGISTER, {"number": "123"}, "heeft 11 cijfers"),
        (EvidenceKind.REGISTER, {"number": A_NURSE[:-2] + "04"}, "een ander beroep"),
        (EvidenceKind.REGISTER, {"number": "a" * 11}, "alleen uit cijfers"),
        (EvidenceKind.REGISTER, {"gate": "skj"}, "heeft 9 cijfers"),
        (EvidenceKind.REGISTER, {"gate": "vog"}, "Kies iets uit de lijst"),
        (EvidenceKind.CERTIFICATE, {"expires_on": "2020-01-01"}, "niet voor het begin"),
        (EvidenceKind.CERTIFICATE, {"expires_on": "2999-01-01"}, "Dit is erg ver weg."),
        (EvidenceKind.REFERENCE, {"agreed": ""}, "Vraag het eerst."),
        (EvidenceKind.BADGE, {"url": "http://voorbeeld.example/badge"}, "geen link van een badge"),
        (EvidenceKind.BADGE, {"url": "javascript:alert(1)"}, "geen link van een badge"),
        (EvidenceKind.VOG, {"issued_on": "2099-01-01"}, "Deze datum moet nog komen."),
    ],
)
def test_what_cannot_be_is_explained_and_stays_typed(
    client: PortalClient, kind: EvidenceKind, changes: dict[str, str], words: str
) -> None:
    signed_in(client)
    answer = send(client, kind, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    if "issuer" in GOOD[kind] and "issuer" not in changes:
        assert GOOD[kind]["issuer"] in answer.text
    assert count() == 0


def test_this_year_may_be_the_last_year(client: PortalClient) -> None:
    signed_in(client)
    assert send(client, EvidenceKind.PAID_WORK, to_date=str(TODAY.year)).status_code == 303


def test_a_registration_without_end_gets_its_five_years(client: PortalClient) -> None:
    signed_in(client)
    send(client, EvidenceKind.REGISTER)
    item = only()
    assert item.expires_on == date(2029, 2, 28)
    assert item.number == A_NURSE


def test_no_number_of_a_licence_and_no_file_of_a_vog_is_asked_or_kept(
    client: PortalClient,
) -> None:
    signed_in(client)
    for kind in (EvidenceKind.DRIVING_LICENCE, EvidenceKind.VOG):
        page = client.get(f"/portfolio/bewijs/nieuw/{kind}").text
        assert 'name="number"' not in page
        assert 'name="file"' not in page
    send(client, EvidenceKind.DRIVING_LICENCE, number="123", file=(io.BytesIO(a_pdf()), "a.pdf"))
    assert (only().number, only().file_id) == ("", None)


def test_a_double_click_adds_one(client: PortalClient) -> None:
    signed_in(client)
    page = client.get("/portfolio/bewijs/nieuw/paid_work").text
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert key
    for _ in range(2):
        assert send(client, EvidenceKind.PAID_WORK, form_key=key[1]).status_code == 303
    assert count() == 1


def test_evidence_for_a_competence_begins_with_it_chosen(client: PortalClient) -> None:
    user = signed_in(client)
    take(user, "make-contact")
    kinds = client.get("/portfolio/bewijs/nieuw?voor=make-contact").text
    assert "voor=make-contact" in kinds
    page = client.get("/portfolio/bewijs/nieuw/paid_work?voor=make-contact").text
    assert re.search(r'<input[^>]*checked[^>]*value="make-contact"', page)
    assert client.get("/portfolio/bewijs/nieuw/paid_work?voor=fly").status_code == 200
    assert client.get("/portfolio/bewijs/nieuw/trial").status_code == 404
    assert client.get("/portfolio/bewijs/nieuw/magic").status_code == 404


def test_a_stale_form_is_told_and_may_be_sent_again(client: PortalClient) -> None:
    user = signed_in(client)
    item = make_evidence(user)
    url = f"/portfolio/bewijs/{item.id}/bewerken"
    data = {"title": "Kok", "from_date": "2010", "version": "1"}
    assert client.post(url, data=data).status_code == 303
    stale = client.post(url, data=data | {"title": "Chef-kok"})
    assert stale.status_code == 409
    assert 'value="Chef-kok"' in stale.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', stale.text)
    assert version
    again = data | {"title": "Chef-kok", "version": version[1]}
    assert client.post(url, data=again).status_code == 303
    db.session.refresh(item)
    assert item.title == "Chef-kok"


def test_taking_away_asks_first_and_has_a_way_back(client: PortalClient) -> None:
    user = signed_in(client)
    item = make_evidence(user)
    url = f"/portfolio/bewijs/{item.id}"
    assert "Haal dit bewijs weg?" in client.get(f"{url}/weghalen").text
    assert client.post(f"{url}/weghalen", data={"version": "9"}).status_code == 409
    assert client.post(f"{url}/weghalen", data={"version": "1"}).status_code == 303
    assert "Maak ongedaan" in client.get("/portfolio").text
    assert client.get(url).status_code == 404
    assert client.post(f"{url}/terughalen").status_code == 303
    assert client.get(url).status_code == 200


def test_a_contact_is_shown_to_nobody_before_the_person_says_so(client: PortalClient) -> None:
    signed_in(client)
    send(client, EvidenceKind.REFERENCE)
    from portal.portfolio.views import Seen, evidence_line

    item = only()
    assert evidence_line(item, TODAY).contact == "06 1234 5678"
    assert evidence_line(item, TODAY, Seen.NAMED).contact == ""
    item.contact_shown = True
    assert evidence_line(item, TODAY, Seen.NAMED).contact == "06 1234 5678"
    hidden = evidence_line(item, TODAY, Seen.ANONYMOUS)
    assert (hidden.contact, hidden.source, hidden.detail) == ("", "", "")
    assert "Anja" not in hidden.title
    db.session.rollback()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("diploma.pdf", a_zip(), "Dit is een ingepakte map."),
        ("diploma.pdf", a_pdf() + a_zip(), "Dit is een ingepakte map."),
        ("diploma.pdf", b"<html><script>alert(1)</script></html>", "Dit is een webpagina."),
        ("diploma.pdf.exe", a_pdf(), "Dit is een programma."),
        ("leeg.pdf", b"", "Dit bestand is leeg."),
        ("brief.docx", a_zip("word/document.xml"), "Dit is een kantoorbestand."),
        ("groot.pdf", a_pdf() + bytes(10 * 1024 * 1024), "Dit bestand is te groot."),
        ("reus.pdf", b"%PDF-1.7" + bytes(30 * 1024 * 1024), "Dit bestand is te groot."),
    ],
)
def test_a_file_that_does_not_come_in_costs_nothing_that_was_typed(
    app: Flask, client: PortalClient, name: str, data: bytes, words: str
) -> None:
    signed_in(client)
    before = folder(app)
    answer = send(
        client, EvidenceKind.DIPLOMA, issuer="Het Rijnlands", file=(io.BytesIO(data), name)
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Verzorgende IG"' in answer.text
    assert 'value="Het Rijnlands"' in answer.text
    assert count() == 0
    assert folder(app) == before


def test_a_body_beyond_measure_gets_a_page_with_words(client: PortalClient) -> None:
    signed_in(client)
    answer = send(
        client, EvidenceKind.DIPLOMA, file=(io.BytesIO(bytes(41 * 1024 * 1024)), "reus.pdf")
    )
    assert answer.status_code == 413
    assert "<h1" in answer.text


def test_other_pages_take_no_large_body(client: PortalClient) -> None:
    signed_in(client)
    data = {"file": (io.BytesIO(bytes(3 * 1024 * 1024)), "a.pdf")}
    answer = client.post(
        "/portfolio/bekwaamheid/nieuw", data=data, content_type="multipart/form-data"
    )
    assert answer.status_code == 413


def sent_file(client: PortalClient) -> StoredFile:
    picture = (io.BytesIO(a_picture("JPEG")), "../../mijn diploma\u202efdp.jpg")
    assert send(client, EvidenceKind.DIPLOMA, file=picture, ask_check="y").status_code == 303
    return db.session.scalars(select(StoredFile)).one()


def test_a_download_is_a_download_and_nothing_runs_in_it(app: Flask, client: PortalClient) -> None:
    signed_in(client)
    file = sent_file(client)
    assert file.name == "mijn diplomafdp.jpg"
    answer = client.get(f"/portfolio/bestand/{file.id}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "image/jpeg"
    assert b"Samira" not in answer.data
    static = Path(app.static_folder or "")
    assert all(static not in one.parents for one in folder(app))
    assert client.get(f"/static/../../var/files/{file.key[:2]}/{file.key}").status_code == 404


def test_a_file_is_opened_by_whom_it_concerns_alone(client: PortalClient) -> None:
    signed_in(client)
    file = sent_file(client)
    url = f"/portfolio/bestand/{file.id}"
    coach = make_user(RoleName.COORDINATOR)
    late = make_user(RoleName.COORDINATOR)
    others = [make_user(), make_user(RoleName.EMPLOYER), make_user(RoleName.ADMIN)]

    def opened(user: User) -> int:
        client.sign_out()
        client.sign_in(user.email)
        return client.get(url).status_code

    client.sign_out()
    assert client.get(url).status_code == 303
    assert [opened(one) for one in others] == [404, 404, 404]
    assert opened(coach) == 200
    with transaction():
        evidence_service.set_checked(only(), CheckResult.CONFIRMED, actor=coach, now=clock.now())
    assert [opened(coach), opened(late)] == [200, 404]


def test_a_file_can_be_changed_for_another_and_taken_away(client: PortalClient) -> None:
    signed_in(client)
    first = sent_file(client).key
    item = only()
    url = f"/portfolio/bewijs/{item.id}/bewerken"
    data = GOOD[EvidenceKind.DIPLOMA] | {"version": "1"}
    better = data | {"file": (io.BytesIO(a_pdf()), "beter.pdf")}
    assert client.post(url, data=better, content_type="multipart/form-data").status_code == 303
    (row,) = db.session.scalars(select(StoredFile))
    assert (row.name, row.key != first) == ("beter.pdf", True)
    without = data | {"version": "2", "remove_file": "y"}
    assert client.post(url, data=without, content_type="multipart/form-data").status_code == 303
    assert db.session.scalar(select(StoredFile)) is None


def test_a_file_that_is_the_evidence_cannot_be_taken_away_alone(client: PortalClient) -> None:
    signed_in(client)
    nothing = client.post("/portfolio/bewijs/nieuw/file", data={"title": "Brief"})
    assert nothing.status_code == 422
    assert "Kies het bestand dat je wilt laten zien." in nothing.text
    send(client, EvidenceKind.FILE)
    item = only()
    url = f"/portfolio/bewijs/{item.id}/bewerken"
    kept = client.post(url, data={"title": "Brief van mijn baas", "version": "1"})
    assert kept.status_code == 303
    without = {"title": "Brief", "version": "2", "remove_file": "y"}
    assert client.post(url, data=without).status_code == 422


def test_what_was_checked_and_changes_is_told_to_be_looked_at_again(client: PortalClient) -> None:
    user = signed_in(client)
    item = make_evidence(user, EvidenceKind.DIPLOMA, asks=True)
    checker = make_user(RoleName.COORDINATOR)
    with transaction():
        evidence_service.set_checked(
            db.session.merge(item), CheckResult.CONFIRMED, actor=checker, now=clock.now()
        )
    url = f"/portfolio/bewijs/{item.id}"
    assert "Dit is nagekeken." in client.get(f"{url}/bewerken").text
    data = {"title": "Verpleegkundige", "issued_on": "2001", "level": "4", "version": "2"}
    client.post(f"{url}/bewerken", data=data)
    assert "Laat het nog een keer bekijken." in client.get(url).text


def test_somebody_can_ask_for_a_look_later(client: PortalClient) -> None:
    user = signed_in(client)
    item = make_evidence(user, EvidenceKind.DIPLOMA)
    url = f"/portfolio/bewijs/{item.id}"
    assert "Laat dit bekijken" in client.get(url).text
    assert client.post(f"{url}/laat-bekijken", data={"version": "1"}).status_code == 303
    assert "Wordt bekeken" in client.get(url).text
    work = make_evidence(user)
    answer = client.post(f"/portfolio/bewijs/{work.id}/laat-bekijken", data={"version": "1"})
    assert answer.status_code == 422


def test_an_end_that_comes_near_stands_on_the_portfolio(client: PortalClient) -> None:
    user = signed_in(client)
    make_evidence(
        user, EvidenceKind.CERTIFICATE, title="Tillen", expires_on=TODAY + timedelta(days=20)
    )
    page = client.get("/portfolio").text
    assert "“Tillen” is geldig tot en met" in page

"""Openings out of a spreadsheet: looked at first, then all of it or nothing."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from portal import clock
from portal.extensions import db
from portal.opportunities import sheet
from portal.opportunities.import_columns import COLUMNS, HEADINGS
from portal.opportunities.models import Opportunity, OpportunityImport
from portal.opportunities.workflow import Status
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity

pytestmark = pytest.mark.usefixtures("app")
URL = "/werkgever/importeren"
DAY = clock.local_date(clock.now()) + timedelta(days=40)


def row(site, **changes: str) -> list[str]:
    said = {column.heading: column.example for column in COLUMNS}
    said |= {"Locatie": site.name, "Sluit op": DAY.strftime("%d-%m-%Y")}
    return [(said | changes)[heading] for heading in HEADINGS]


def as_text(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    lines = [HEADINGS, *rows]
    quoted = [separator.join('"' + str(c).replace('"', '""') + '"' for c in one) for one in lines]
    return "\r\n".join(quoted).encode(encoding)


def as_book(rows: list[list[object]]) -> bytes:
    book = Workbook()
    book.active.append(list(HEADINGS))
    for one in rows:
        book.active.append(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client, content: bytes, name: str = "plekken.csv"):
    return client.post(
        URL, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def all_of_them() -> list[Opportunity]:
    db.session.expire_all()
    return list(db.session.scalars(select(Opportunity).order_by(Opportunity.id)))


def titled(site, number: int, **changes: str) -> list[str]:
    return row(site, Titel=f"Helpende op afdeling {number}", **changes)


# What goes right


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_comes_back_as_it_went(client, employer, site, kind) -> None:
    assert "voorbeeld.xlsx" in client.get(URL).text
    answer = client.get(f"{URL}/voorbeeld.{kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    sent = send(client, answer.data, f"plekken.{kind}")
    assert sent.status_code == 303, unescape(sent.text)
    assert all_of_them() == [], "nothing is there before it is confirmed"
    page = client.get(sent.location)
    assert "Helpende in de huiskamer" in page.text
    assert client.post(sent.location, data={"action": "draft"}).status_code == 303
    (made,) = all_of_them()
    assert made.status == Status.DRAFT
    assert made.site_id == site.id
    assert [one.competence or one.gate or one.text for one in made.requirements]
    assert client.get(f"{URL}/voorbeeld.exe").status_code == 404


def test_the_workbook_explains_each_column(client, employer, site) -> None:
    book = load_workbook(io.BytesIO(client.get(f"{URL}/voorbeeld.xlsx").data))
    first, second = book.worksheets
    assert [cell.value for cell in first[1]] == list(HEADINGS)
    assert [cells[0].value for cells in second.iter_rows(min_row=2)] == list(HEADINGS)


def test_confirm_twice_adds_once(client, employer, site) -> None:
    where = send(client, as_text([titled(site, 1), titled(site, 2)])).location
    for words in ("2 plekken staan online", "niets dubbel geplaatst"):
        response = client.post(where, data={"action": "publish"})
        assert words in client.get(response.location).text
    assert [one.status for one in all_of_them()] == [Status.PUBLISHED] * 2
    assert "al geplaatst" in client.get(where).text


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_and_separators(client, employer, site, separator, encoding) -> None:
    text = "Je werkt met geïnteresseerde cliënten; koken, wassen en een kopje koffie. " * 2
    content = as_text([row(site, Tekst=text)], separator, encoding)
    where = send(client, content).location
    client.post(where, data={"action": "draft"})
    assert all_of_them()[0].text == text.strip()


@pytest.mark.parametrize(
    "said", [DAY.strftime("%d-%m-%Y"), DAY.strftime("%d/%m/%Y"), DAY.isoformat(), f"{DAY:%d.%m.%Y}"]
)
def test_dates_as_people_write_them(client, employer, site, said) -> None:
    where = send(client, as_text([row(site, **{"Sluit op": said})])).location
    client.post(where, data={"action": "draft"})
    assert all_of_them()[0].closes_on == DAY


def test_dates_and_numbers_as_excel_keeps_them(client, employer, site) -> None:
    cells: list[object] = list(row(site))
    cells[HEADINGS.index("Sluit op")] = datetime(DAY.year, DAY.month, DAY.day)  # noqa: DTZ001
    cells[HEADINGS.index("Uren vanaf")] = 16
    cells[HEADINGS.index("Uren tot")] = 24.5
    cells[HEADINGS.index("Loon vanaf")] = 2350.0
    cells[HEADINGS.index("Diploma nodig")] = False
    where = send(client, as_book([cells]), "plekken.xlsx").location
    client.post(where, data={"action": "draft"})
    (made,) = all_of_them()
    assert (made.closes_on, made.hours_min, made.hours_max) == (DAY, 16, 24.5)
    assert (made.pay_min, made.diploma_required) == (2350, False)


# What is wrong is said, and nothing is half done


def test_one_wrong_row_keeps_all_out(client, employer, site) -> None:
    rows = [
        titled(site, 1),
        titled(site, 2, Locatie="Nergens", Niveau="mbo 9", **{"Sluit op": "morgen"}),
        titled(site, 3, **{"Uren vanaf": "veel"}),
    ]
    response = send(client, as_text(rows))
    assert response.status_code == 422
    shown = unescape(response.text)
    assert "In 2 rijen klopt iets niet" in shown
    told = re.findall(r'scope="row">(\d+)</th>\s*<td[^>]*>([^<]+)</td>', shown)
    assert told == [("3", "Locatie"), ("3", "Niveau"), ("3", "Sluit op"), ("4", "Uren vanaf")]
    assert all_of_them() == []
    assert db.session.scalar(select(func.count(OpportunityImport.id))) == 0


@pytest.mark.parametrize(
    ("column", "said", "words"),
    [
        ("Titel", "Kok", "5 tekens of meer"),
        ("Titel", "x" * 121, "korter"),
        ("Tekst", "Kort", "80 tekens of meer"),
        ("Locatie", "", "Vul de naam van een locatie in"),
        ("Soort", "baan", "Kies een van deze"),
        ("Sector", "ruimtevaart", "Kies een van deze"),
        ("Wettelijke eisen", "vliegbrevet", "Kies een van deze"),
        ("Uren vanaf", "0", "van 1 tot en met 40"),
        ("Uren tot", "8", "minder dan bij"),
        ("Loon tot", "12,50", "heel getal"),
        ("Loon tot", "9", "minder dan bij"),
        ("Plekken", "-1", "Vul een getal in"),
        ("Diploma nodig", "misschien", "ja of nee"),
        ("Sluit op", "01-01-2001", "voorbij"),
        ("Sluit op", "31-12-2099", "binnen een jaar"),
        ("Sluit op", "31-02-2027", "Vul een datum in"),
        ("Sluit op", "", "laatste dag"),
        ("Belangrijke eisen", "Contact maken | Contact maken", "twee keer"),
    ],
)
def test_each_error_in_words(client, employer, site, column, said, words) -> None:
    response = send(client, as_text([row(site, **{column: said})]))
    assert response.status_code == 422
    shown = unescape(response.text)
    assert words in shown
    assert f">{column}<" in shown


def test_rows_that_are_the_same(client, employer, site) -> None:
    response = send(client, as_text([titled(site, 1), titled(site, 2), titled(site, 1)]))
    assert response.status_code == 422
    assert "dezelfde plek als in rij 2" in response.text


def test_what_is_there_already(client, employer, site) -> None:
    make_opportunity(site=site, title="Helpende op afdeling 1")
    make_opportunity(Status.CLOSED, site=site, title="Helpende op afdeling 2")
    response = send(client, as_text([titled(site, 1), titled(site, 2)]))
    assert response.status_code == 422
    assert response.text.count("staat al bij") == 1


def test_two_imports_of_the_same_at_once(client, employer, site) -> None:
    first = send(client, as_text([titled(site, 1)])).location
    second = send(client, as_text([titled(site, 1)])).location
    client.post(first, data={"action": "draft"})
    assert client.post(second, data={"action": "draft"}).location == second
    assert len(all_of_them()) == 1


def test_words_that_shut_people_out_stay_a_draft(client, employer, site) -> None:
    text = "Je komt in een jong team dat elke dag kookt met de bewoners van ons huis. " * 2
    where = send(client, as_text([titled(site, 1), titled(site, 2, Tekst=text)])).location
    page = client.get(where).text
    assert "jong team" in page
    assert 'value="publish"' not in page
    assert client.post(where, data={"action": "publish"}).location == where
    assert all_of_them() == [], "not the first one either"
    assert client.post(where, data={"action": "draft"}).status_code == 303
    assert len(all_of_them()) == 2


# Files that are not what they should be


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes = b"x") -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_book([]))) as book:
        parts = {one: book.read(one) for one in book.namelist()}
    return archive(parts | {name: content})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"%PDF-1.4 \x00\x01", "geen CSV of Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oud of beveiligd"),
        (b"PK\x03\x04kapot", "niet lezen"),
        (archive({"brief.docx": b"x"}), "geen CSV of Excel"),
        (with_part("xl/vbaProject.bin"), "macro"),
        (with_part("xl/externalLinks/externalLink1.xml"), "ander bestand"),
        (with_part("xl/media/groot.xml", b"0" * 30_000_000), "te groot"),
        (archive({"xl/workbook.xml": b"<"}), "niet lezen"),
        (b"een;twee\r\n1;2", "We missen de kolommen"),
        (";".join(HEADINGS).encode(), "geen plekken"),
        (";".join([*HEADINGS, "Titel"]).encode(), "twee keer"),
        (b"x" * (5 * 1024 * 1024 + 1), "groter dan 5 MB"),
        (as_text([["Titel"] * len(HEADINGS)] * 501), "meer dan 500"),
        (b'Titel;Locatie\r\n"open', "niet lezen"),
    ],
)
def test_a_file_that_cannot_be_used(client, employer, site, content, words) -> None:
    response = send(client, content, "plekken.xlsx")
    assert response.status_code == 422
    assert words in unescape(response.text)
    assert all_of_them() == []


def test_no_file_and_far_too_large_a_file(client, employer, site) -> None:
    assert client.post(URL, data={}).status_code == 422
    assert "5 MB" in send(client, b"x" * (30 * 1024 * 1024)).text
    assert send(client, b"x" * (41 * 1024 * 1024)).status_code == 413


def test_a_formula_is_refused_and_never_worked_out(client, employer, site) -> None:
    cells: list[object] = list(row(site))
    cells[0] = '=HYPERLINK("http://kwaad.example","Klik")'
    response = send(client, as_book([cells]), "plekken.xlsx")
    assert response.status_code == 422
    assert "formule" in response.text


@pytest.mark.parametrize("said", ["=1+1 is mijn titel", "+cmd is mijn titel", "@SOM is mijn titel"])
def test_what_looks_like_a_formula_becomes_words(client, employer, site, said) -> None:
    where = send(client, as_text([row(site, Titel=said)])).location
    client.post(where, data={"action": "draft"})
    assert not all_of_them()[0].title.startswith(("=", "+", "-", "@"))


def test_what_goes_out_is_not_worked_out_either() -> None:
    for cell in ("=1+1", "+cmd|x", "-x", "@SOM(A1)", "\t=1"):
        assert sheet.neutral(cell) == f"'{cell}"
        assert f"'{cell}" in sheet.as_csv(["a"], [[cell]]).decode("utf-8-sig")
    assert [sheet.neutral(cell) for cell in ("-5", "2.350", "Kok")] == ["-5", "2.350", "Kok"]
    book = load_workbook(io.BytesIO(sheet.as_workbook(["a"], [["=1+1"]], [("b", "c")])))
    assert book.worksheets[0]["A2"].data_type == "s"


# Whose it is


def test_what_was_sent_is_for_who_sent_it(client, employer, site) -> None:
    where = send(client, as_text([titled(site, 1)])).location
    client.sign_out()
    client.sign_in(make_employer(site.organisation).email)
    assert client.get(where).status_code == 404
    assert client.post(where, data={"action": "draft"}).status_code == 404
    assert all_of_them() == []


def test_only_own_sites(client, employer, site) -> None:
    other = make_opportunity().site
    assert send(client, as_text([titled(other, 1)])).status_code == 422


def test_it_is_kept_for_a_day(client, employer, site) -> None:
    where = send(client, as_text([titled(site, 1)])).location
    with transaction():
        kept = db.session.scalars(select(OpportunityImport)).one()
        kept.created_at -= timedelta(days=2)
        kept.expires_at -= timedelta(days=2)
    assert client.get(where).status_code == 410
    assert client.post(where, data={"action": "draft"}).status_code == 410
    assert send(client, as_text([titled(site, 1)])).status_code == 303
    assert db.session.scalar(select(func.count(OpportunityImport.id))) == 1, "the old one is gone"

"""A link to a portfolio, and the document: who sees what, how long, and who counts."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from portal import clock
from portal.app import create_app
from portal.audit.models import AuditLine
from portal.errors import Gone, Invalid, NotFound
from portal.extensions import db, limiter
from portal.portfolio import sharing_service as service
from portal.portfolio.kinds import EvidenceKind
from portal.portfolio.models import EvidenceItem, PortfolioCompetence, ShareLink
from portal.transaction import transaction
from tests.factories import make_organisation, make_user
from tests.factories.signing import COOKING, make_owner, make_signed
from tests.portal.matching.asking import link_of, press, words

TODAY = clock.local_date(clock.now())


@pytest.fixture
def samira(app):
    candidate = make_owner(COOKING, phone="06 12345678")
    now = clock.now()
    with transaction():
        row = db.session.query(PortfolioCompetence).one()
        row.sentence = "Ik kookte elke week voor tachtig mensen."
        db.session.add(
            EvidenceItem(
                candidate_id=candidate.id,
                kind=EvidenceKind.REFERENCE,
                title="Truus Lemmens",
                contact="truus@voorbeeld.example",
                contact_shown=True,
                competences=[COOKING],
                created_at=now,
                updated_at=now,
            )
        )
    make_signed(candidate, organisation=make_organisation("Zorghuis Proeflinde"))
    return candidate


def make_link(candidate, *, days: int = 30, with_name: bool = True, now=None) -> str:
    token = service.token_of("", candidate.user_id, "geheim")
    with transaction():
        service.make(
            token,
            "Gesprek",
            days=days,
            with_name=with_name,
            actor=candidate.user,
            now=now or clock.now(),
        )
    return token


# Making and stopping


def test_a_link_is_shown_once_and_only_its_digest_is_kept(client, samira) -> None:
    client.sign_in(samira.user.email)
    sent = client.post("/portfolio/delen", data={"label": "Gesprek", "days": "7", "with_name": "y"})
    assert sent.status_code == 303
    first = client.get("/portfolio/delen").text
    url = re.search(r'value="(http[^"]+/p/[^"]+)"', first)
    assert url
    token = url[1].rpartition("/")[2]
    assert len(token) >= 32
    assert token not in client.get("/portfolio/delen").text, "a second look does not show it"
    link = db.session.query(ShareLink).one()
    assert link.digest == service.digest_of(token)
    assert token not in repr(vars(link))
    assert service.last_day(link) == TODAY + timedelta(days=7)
    assert "share_link.made" in {line.action for line in db.session.query(AuditLine)}


def test_a_form_that_is_sent_twice_makes_one_link(client, samira) -> None:
    client.sign_in(samira.user.email)
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', client.get("/portfolio/delen").text)
    assert key
    data = {"label": "Gesprek", "days": "7", "form_key": key[1]}
    for _click in range(2):
        assert client.post("/portfolio/delen", data=data).status_code == 303
    assert db.session.query(ShareLink).count() == 1


def test_nobody_guesses_a_token_from_a_form(samira) -> None:
    made = service.token_of("sleutel", samira.user_id, "geheim")
    assert made == service.token_of("sleutel", samira.user_id, "geheim")
    others = {
        service.token_of("sleutel", samira.user_id, "ander"),
        service.token_of("sleutel", samira.user_id + 1, "geheim"),
        service.token_of("sleutels", samira.user_id, "geheim"),
        service.token_of("", samira.user_id, "geheim"),
    }
    assert made not in others
    assert len(others) == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"label": ""}, "Schrijf hier 2 tot 120 tekens."),
        ({"label": "x" * 121}, "Schrijf hier 2 tot 120 tekens."),
        ({"days": "365"}, "Kies iets uit de lijst."),
    ],
)
def test_what_cannot_be_made_loses_nothing(client, samira, changed, told) -> None:
    client.sign_in(samira.user.email)
    data = {"label": "Gesprek", "days": "7"} | changed
    answer = client.post("/portfolio/delen", data=data)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert db.session.query(ShareLink).count() == 0


def test_there_is_an_end_to_links(samira) -> None:
    for _number in range(service.MOST):
        make_link(samira)
    with pytest.raises(Invalid, match="Trek er eerst een in"):
        make_link(samira)


def test_a_stopped_link_is_stopped_for_good(client, samira) -> None:
    token = make_link(samira)
    client.sign_in(samira.user.email)
    where = link_of(client.get("/portfolio/delen").text, "Trek in")
    asked = client.get(where).text
    assert "Dit kun je niet terugdraaien" in words(asked)
    press(client, asked, "Ja, trek in")
    assert "Ingetrokken" in words(client.get("/portfolio/delen").text)
    assert client.post(where).status_code == 303
    assert "al ingetrokken" in words(client.get("/portfolio/delen").text)
    client.sign_out()
    for path in (f"/p/{token}", f"/p/{token}/portfolio"):
        gone = client.get(path)
        assert gone.status_code == 410
        assert "Vraag wie hem gaf om een nieuwe" in words(gone.text)
    assert client.post(f"/p/{token}").status_code == 410


def test_a_link_of_somebody_else_is_not_there(client, samira) -> None:
    make_link(samira)
    link = db.session.query(ShareLink).one()
    client.sign_in(make_owner(name="Bas").user.email)
    assert client.get(f"/portfolio/delen/{link.id}/intrekken").status_code == 404
    assert client.post(f"/portfolio/delen/{link.id}/intrekken").status_code == 404
    assert db.session.get_one(ShareLink, link.id).revoked_at is None


# Opening


def test_who_has_the_link_sees_it_and_is_counted_once_they_enter(client, samira) -> None:
    token = make_link(samira)
    door = client.get(f"/p/{token}")
    assert "Samira Haddou deelt een portfolio met je" in words(door.text)
    assert db.session.query(ShareLink).one().opened == 0, "looking at the door is not opening"
    inside = press(client, door.text, "Bekijk het portfolio")
    assert inside.location == f"/p/{token}/portfolio"
    page = client.get(inside.location)
    said = words(page.text)
    for part in ("Samira Haddou", "tachtig mensen", "Getekend door Rob Claessens", "getoetst"):
        assert part in said
    link = db.session.query(ShareLink).one()
    assert link.opened == 1
    assert link.opened_at is not None


def test_nothing_of_it_leads_to_the_person_or_to_a_file(client, samira) -> None:
    page = client.get(f"/p/{make_link(samira)}/portfolio").text
    for part in (samira.user.email, samira.phone, "truus@", "/portfolio/bestand", "/bewijs/"):
        assert part not in page, part


def test_without_a_name_it_is_about_nobody(client, samira) -> None:
    token = make_link(samira, with_name=False)
    for path in (f"/p/{token}", f"/p/{token}/portfolio"):
        page = words(client.get(path).text)
        for part in ("Samira", "Haddou", "Proeflinde", "Claessens", "tachtig mensen", "Truus"):
            assert part not in page, part
    assert "Getekend door een begeleider op het werk" in page
    assert samira.code in page


def test_search_engines_and_other_sites_hear_nothing_of_it(client, samira) -> None:
    token = make_link(samira)
    for path in (f"/p/{token}", f"/p/{token}/portfolio"):
        page = client.get(path)
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in page.text
        assert '<meta name="referrer" content="no-referrer">' in page.text


def test_a_link_works_until_the_end_of_its_last_day(samira) -> None:
    now = clock.now()
    token = make_link(samira, days=7, now=now)
    last = service.last_day(db.session.query(ShareLink).one())
    assert last == clock.local_date(now) + timedelta(days=7)
    end = db.session.query(ShareLink).one().expires_at
    assert service.by_token(token, now=end - timedelta(minutes=1))
    with pytest.raises(Gone):
        service.by_token(token, now=end)


@pytest.mark.parametrize("token", ["abc", "é" * 40, "0" * 5000, "%00"])
def test_a_token_that_never_was_is_not_found(client, app, token) -> None:
    assert client.get(f"/p/{token}").status_code == 404


def test_who_tries_many_links_has_to_wait(samira) -> None:
    limits = {"RATELIMIT_ENABLED": True, "LIMIT_SHARED": "3 per minute", "WTF_CSRF_ENABLED": False}
    visitor = create_app(limits).test_client()
    try:
        statuses = [visitor.get(f"/p/raden{number}").status_code for number in range(5)]
    finally:
        # The limiter is one for all applications of this process.
        limiter.reset()
        limiter.enabled = False
    assert statuses == [404, 404, 404, 429, 429]


# The document


def test_the_document_has_a_link_of_its_own_when_asked(client, samira) -> None:
    client.sign_in(samira.user.email)
    sent = client.post("/portfolio/pdf", data={"pdf-named": "y", "pdf-link": "30"})
    assert sent.status_code == 303
    answer = client.get(sent.location)
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    token = re.search(r"/p/([\w-]{32})", said)
    assert token
    assert service.by_token(token[1], now=clock.now()).with_name
    assert "PDF van" in words(client.get("/portfolio/delen").text)


def test_without_a_name_and_a_link(client, samira) -> None:
    client.sign_in(samira.user.email)
    sent = client.post("/portfolio/pdf", data={"pdf-link": ""})
    said = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(client.get(sent.location).data)).pages
    )
    assert "Samira" not in said
    assert samira.code in said
    assert db.session.query(ShareLink).count() == 0


def test_a_document_holds_no_link_of_somebody_else(client, samira) -> None:
    token = make_link(samira)
    client.sign_in(make_owner(name="Bas").user.email)
    assert client.get(f"/portfolio/pdf?naam=1&link={token}").status_code == 404


def test_without_a_portfolio_the_page_says_where_to_begin(client) -> None:
    user = make_user()
    client.sign_in(user.email)
    assert "Je portfolio is nog leeg" in words(client.get("/portfolio/delen").text)
    assert client.get("/portfolio/pdf").status_code == 404
    with pytest.raises(NotFound), transaction():
        service.make("x", "Gesprek", days=7, with_name=True, actor=user, now=clock.now())

"""Past dit bij mij? One opportunity beside what somebody wrote."""

from urllib.parse import parse_qs, urlsplit

import pytest

from portal.extensions import db
from portal.matching.models import MatchRequest
from portal.matching.resident import Resident, State
from portal.opportunities.workflow import Status
from tests.factories import make_employer
from tests.portal.matching.asking import COOK, GARDEN, ask, cards, cook, far_away, gardener, words
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("matching")


def send(client, made, **sent: str):
    return client.post(f"/aanbod/{made.slug}/past-dit", data=sent)


def test_it_asks_first(client) -> None:
    made = cook()
    page = client.get(f"/aanbod/{made.slug}/past-dit")
    assert page.status_code == 200
    assert made.title in page.text
    assert made.site.organisation.name in page.text
    assert 'name="skills"' in page.text
    assert 'name="place"' not in page.text
    assert cards(page.text) == []
    assert f"/aanbod/{made.slug}/past-dit" in client.get(f"/aanbod/{made.slug}").text


def test_then_it_shows_the_reasons_of_this_one(client) -> None:
    gardener()
    made = cook()
    response = send(client, made, skills=COOK)
    assert response.status_code == 303
    page = client.get(response.location)
    (card,) = cards(page.text)
    assert card.slug == made.slug
    assert card.level == "now"
    assert "eters" in words(card.reason())
    assert COOK in words(page.text), "to add to"


def test_what_was_written_leads_to_everything_that_fits(client) -> None:
    made = cook()
    token = parse_qs(urlsplit(send(client, made, skills=COOK).location).query)["aanvraag"][0]
    page = client.get(f"/aanbod/{made.slug}/past-dit?aanvraag={token}").text
    assert f'href="/passend/{token}"' in page
    assert client.get(f"/passend/{token}").status_code == 200


def test_limits_do_not_hide_it(client) -> None:
    made = cook(site=far_away())
    token = ask(client, COOK, place="Heerlen", hours="40")
    page = client.get(f"/aanbod/{made.slug}/past-dit?aanvraag={token}")
    assert [card.slug for card in cards(page.text)] == [made.slug]


def test_only_what_somebody_wants_is_an_answer_too(client) -> None:
    made = gardener()
    response = send(client, made, skills="", ambition=GARDEN)
    assert response.status_code == 303
    assert client.get(response.location).status_code == 200


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Schrijf eerst"),
        ({"skills": "😀"}, "geen woorden"),
        ({"skills": "<b></b>"}, "geen woorden"),
        ({"skills": "a" * 50_000}, "50.000 tekens"),
        ({"skills": COOK, "ambition": "b" * 50_000}, "50.000 tekens"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept(client, sent, message) -> None:
    made = cook()
    response = send(client, made, **sent)
    assert response.status_code == 422
    assert message in words(response.text)
    for value in sent.values():
        assert value in response.text or "<" in value
    assert db.session.query(MatchRequest).count() == 0


@pytest.mark.parametrize("token", ["weg", "😀", "\x00weg", "a" * 999, "200101-" + "a" * 24])
def test_a_link_that_is_no_more_asks_again(client, token) -> None:
    made = cook()
    page = client.get(f"/aanbod/{made.slug}/past-dit", query_string={"aanvraag": token})
    assert page.status_code == 200
    assert "Je eerdere tekst is gewist" in words(page.text)
    assert cards(page.text) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED])
def test_what_is_not_on_offer(client, status) -> None:
    made = cook(status=status)
    expected = 404 if status is Status.DRAFT else 410
    token = ask(client)
    for address in ("", f"?aanvraag={token}"):
        assert client.get(f"/aanbod/{made.slug}/past-dit{address}").status_code == expected
    assert send(client, made, skills=COOK).status_code == expected
    assert client.get("/aanbod/bestaat-niet/past-dit").status_code == 404


def test_a_draft_is_nobodys_not_even_its_employers(client) -> None:
    made = cook(status=Status.DRAFT)
    client.sign_in(make_employer().email)
    assert client.get(f"/aanbod/{made.slug}/past-dit").status_code == 404
    client.sign_out()
    client.sign_in(make_employer(made.site.organisation).email)
    assert client.get(f"/aanbod/{made.slug}/past-dit").status_code == 404


@pytest.mark.parametrize("state", [State.WAKING, State.RESTING])
def test_without_an_engine_the_text_waits(app, client, monkeypatch, state) -> None:
    made = cook()
    holder = Resident(app)
    holder.state = state
    monkeypatch.setitem(app.extensions, "matching", holder)
    assert client.get(f"/aanbod/{made.slug}/past-dit").status_code == 200
    response = send(client, made, skills=COOK)
    assert response.status_code == 303
    page = client.get(response.location)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Je tekst is bewaard" in words(page.text)
    assert cards(page.text) == []


def test_the_page_costs_few_queries(client) -> None:
    address = f"/aanbod/{cook().slug}/past-dit?aanvraag={ask(client)}"
    with queries() as sent:
        client.get(address)
    # The opportunity, its requirements, the request, and the number of the last change.
    assert len(sent) == 4, sent

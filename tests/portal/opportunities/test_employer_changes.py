import re
from datetime import timedelta
from html import unescape

import pytest

from portal import clock
from portal.matching.resident import Resident
from portal.opportunities.workflow import Status
from tests.factories import make_opportunity
from tests.portal.opportunities.posting import (
    NEW,
    TODAY,
    changed,
    count,
    edit_url,
    given,
    only,
)

pytestmark = pytest.mark.usefixtures("app")


# Changing


def test_change_what_is_online(client, employer, site) -> None:
    made = make_opportunity(site=site)
    response = client.post(edit_url(made), data=changed(made, title="Nieuwe titel", action="save"))
    assert response.status_code == 303
    assert only().title == "Nieuwe titel"
    assert "Nieuwe titel" in client.get("/aanbod").text


def test_what_is_online_stays_complete(client, employer, site) -> None:
    made = make_opportunity(site=site)
    response = client.post(edit_url(made), data=changed(made, text="Kort", action="save"))
    assert response.status_code == 422
    assert only().version == made.version


def test_a_draft_goes_online_from_its_form(client, employer, site) -> None:
    made = make_opportunity(Status.DRAFT, site=site)
    assert client.post(edit_url(made), data=changed(made)).status_code == 303
    assert only().status == Status.PUBLISHED


def test_what_closed_can_be_changed_and_goes_online_again(client, employer, site) -> None:
    made = make_opportunity(Status.CLOSED, site=site)
    assert client.post(edit_url(made), data=changed(made, action="save")).status_code == 303
    assert only().status == Status.CLOSED
    assert client.post(edit_url(made), data=changed(only())).status_code == 303
    assert only().status == Status.PUBLISHED


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30, None])
def test_somebody_was_first(client, employer, site, version) -> None:
    made = make_opportunity(site=site)
    client.post(edit_url(made), data=changed(made, title="Van mijn collega", action="save"))
    sent = given(site, version=version, title="Van mij", action="save")
    response = client.post(edit_url(made), data=sent)
    assert response.status_code == 409
    assert only().title == "Van mijn collega"
    assert "Iemand anders was je voor" in response.text
    assert 'value="Van mij"' in response.text
    kept = re.search(r'name="version"[^>]*value="(\d+)"', response.text)
    assert kept
    assert kept[1] == str(only().version)
    again = given(site, version=kept[1], title="Van mij", action="save")
    assert client.post(edit_url(made), data=again).status_code == 303
    assert only().title == "Van mij"


# Putting online, closing, opening again


def test_put_online_from_the_list(client, employer, site) -> None:
    made = make_opportunity(Status.DRAFT, site=site)
    url = f"/werkgever/aanbod/{made.slug}/online"
    assert client.post(url, data={"version": "9"}).status_code == 409
    assert client.post(url, data={"version": "1"}).status_code == 303
    assert only().status == Status.PUBLISHED


def test_an_incomplete_draft_shows_what_it_lacks(client, employer, site) -> None:
    made = make_opportunity(Status.DRAFT, site=site, text="", requirements=(), closes_on=None)
    response = client.post(f"/werkgever/aanbod/{made.slug}/online", data={"version": "1"})
    assert response.status_code == 422
    shown = unescape(response.text)
    for words in ("80 tekens of meer", "minstens één eis", "welke dag"):
        assert words in shown
    assert f'action="{edit_url(made)}"' in response.text
    assert only().status == Status.DRAFT


def test_close_and_open_again(client, employer, site) -> None:
    made = make_opportunity(site=site)
    url = f"/werkgever/aanbod/{made.slug}"
    page = client.get(f"{url}/sluiten")
    assert made.title in page.text
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    response = client.post(f"{url}/sluiten", data={"version": version[1]})
    assert "is gesloten" in client.get(response.location).text
    assert client.get(f"/aanbod/{made.slug}").status_code == 410
    assert made.title not in client.get("/aanbod").text
    data = {"version": str(only().version)}
    assert client.post(f"{url}/heropenen", data=data).status_code == 303
    assert client.get(f"/aanbod/{made.slug}").status_code == 200


def test_opening_again_after_the_last_day_asks_for_a_new_one(client, employer, site) -> None:
    made = make_opportunity(
        Status.CLOSED,
        site=site,
        now=clock.now() - timedelta(days=9),
        closes_on=TODAY - timedelta(days=1),
    )
    url = f"/werkgever/aanbod/{made.slug}/heropenen"
    response = client.post(url, data={"version": str(made.version)})
    assert response.status_code == 422
    assert "voorbij" in response.text


@pytest.mark.parametrize("path", ["online", "sluiten", "heropenen"])
def test_a_step_that_is_not_there(client, employer, site, path) -> None:
    status = {"online": Status.CLOSED, "sluiten": Status.DRAFT, "heropenen": Status.PUBLISHED}
    made = make_opportunity(status[path], site=site)
    url = f"/werkgever/aanbod/{made.slug}/{path}"
    assert client.post(url, data={"version": str(made.version)}).status_code == 409


@pytest.mark.parametrize("status", Status)
def test_the_preview(client, employer, site, status) -> None:
    made = make_opportunity(status, site=site)
    page = client.get(f"/werkgever/aanbod/{made.slug}")
    assert page.status_code == 200
    assert made.title in page.text
    assert "ziet alleen jouw organisatie" in page.text
    assert "past-dit" not in page.text


# Help with the requirements


def test_a_row_more_without_losing_anything(client, employer, site) -> None:
    sent = given(site, action="add", hours_min="veel", title="<b>Kok</b>")
    response = client.post(NEW, data=sent)
    assert response.status_code == 200
    assert response.text.count("<legend>Eis ") == 4
    assert 'name="requirements-3-text"' in response.text
    for kept in ("Houdt van koken", "&lt;b&gt;Kok&lt;/b&gt;", 'value="veel"', "Koffie zetten"):
        assert kept in response.text
    assert count() == 0


def test_without_an_engine_nothing_is_lost(app, client, employer, site, monkeypatch) -> None:
    monkeypatch.setitem(app.extensions, "matching", Resident(app))
    response = client.post(NEW, data=given(site, action="propose", hours_min="veel"))
    assert response.status_code == 503
    assert "lukt nu niet" in response.text
    for kept in ("Houdt van koken", "Je zet koffie", 'value="veel"'):
        assert kept in response.text


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Plak eerst"), ("\x00", "Plak eerst"), ("a" * 50_000, "te lang")],
)
def test_nothing_to_propose_from(client, employer, site, text, words) -> None:
    response = client.post(NEW, data=given(site, action="propose", text=text))
    assert response.status_code == 422
    assert words in response.text
    assert "Houdt van koken" in response.text
    assert "a" * 50_000 in response.text or len(text) < 9


def test_requirements_out_of_a_pasted_text(client, matching, employer, site) -> None:
    text = (
        "Je helpt bewoners bij het wassen en aankleden. Je geeft medicijnen volgens de lijst. "
        "Een VOG is verplicht. Je praat rustig met mensen met dementie."
    )
    sent = given(site, action="propose", text=text)
    response = client.post(NEW, data=sent)
    assert response.status_code == 200
    page = response.text
    chosen = re.findall(r'<option selected value="([a-z-]+)"', page)
    assert chosen.count("vog") == 1, "what is asked already is not proposed again"
    assert "help-washing-dressing" in chosen
    assert "Uit je tekst:" in page
    assert "Houdt van koken" in page
    assert count() == 0
    other = client.post(NEW, data=given(site, action="propose", text="😀 😀 😀"))
    assert other.status_code == 200
    assert "geen nieuwe eisen" in other.text

import re
from datetime import timedelta
from html import unescape

import pytest

from portal.opportunities.day_parts import to_mask
from portal.opportunities.workflow import Status
from tests.factories import make_employer, make_opportunity, make_organisation, make_site, make_user
from tests.portal.opportunities.counting import queries
from tests.portal.opportunities.posting import (
    NEW,
    TEXT,
    TODAY,
    count,
    edit_url,
    given,
    only,
)

pytestmark = pytest.mark.usefixtures("app")


# Who may come here


@pytest.mark.parametrize(
    "path", ["", "/aanbod/nieuw", "/aanbod/x", "/aanbod/x/bewerken", "/aanbod/x/sluiten"]
)
def test_only_employers_come_here(client, path) -> None:
    assert client.get(f"/werkgever{path}").location.startswith("/inloggen")
    client.sign_in(make_user().email)
    assert client.get(f"/werkgever{path}").status_code == 403


@pytest.mark.parametrize("status", Status)
def test_of_another_employer_nothing_is_there(client, employer, status) -> None:
    other = make_opportunity(status)
    url = f"/werkgever/aanbod/{other.slug}"
    version = {"version": str(other.version)}
    for path in ("", "/bewerken", "/sluiten"):
        assert client.get(url + path).status_code == 404
    for path in ("/sluiten", "/online", "/heropenen"):
        assert client.post(url + path, data=version).status_code == 404
    for action in ("save", "publish", "propose", "add"):
        sent = given(other.site, action=action, **version)
        assert client.post(f"{url}/bewerken", data=sent).status_code == 404
    assert only().version == other.version


def test_what_is_sent_needs_its_token(app, client, employer, site, monkeypatch) -> None:
    made = make_opportunity(site=site)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for path in ("bewerken", "sluiten", "online", "heropenen"):
        url = f"/werkgever/aanbod/{made.slug}/{path}"
        assert client.post(url, data=given(site)).status_code == 400
    assert client.post(NEW, data=given(site)).status_code == 400
    page = client.get(NEW).text
    tokens = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert client.post(NEW, data=given(site, csrf_token=tokens[-1])).status_code == 303


# The own list


def test_the_own_list(client, employer, site) -> None:
    for status in Status:
        make_opportunity(status, site=site, title=f"Baan {status}")
    make_opportunity(title="Van een ander")
    response = client.get("/werkgever")
    words = unescape(re.sub(r"<[^>]+>", " ", response.text))
    assert re.search(r"Concept\s+\(1\).*Online\s+\(1\).*Gesloten\s+\(1\)", words, re.DOTALL)
    assert "vandaag veranderd" in words
    assert "Van een ander" not in words
    assert site.organisation.name in words


def test_an_empty_list_says_what_to_do(client, employer) -> None:
    assert "Je hebt nog geen aanbod" in client.get("/werkgever").text


def test_without_an_organisation(client) -> None:
    client.sign_in(make_employer(make_organisation()).email)
    assert client.get("/werkgever").status_code == 200
    assert client.get(NEW).location == "/werkgever"
    assert "nog geen locatie" in client.get("/werkgever").text


def test_the_own_list_costs_few_queries(client, employer, site) -> None:
    counted = []
    for _round in range(2):
        for _number in range(4):
            make_opportunity(site=site)
        with queries() as sent:
            client.get("/werkgever")
        counted.append(len(sent))
    assert counted[0] == counted[1]


# Posting


def test_post_and_put_online(client, employer, site) -> None:
    response = client.post(NEW, data=given(site))
    assert response.status_code == 303
    assert response.location == "/werkgever"
    made = only()
    assert made.status == Status.PUBLISHED
    assert made.tasks == ["Koffie zetten", "Samen koken"]
    assert (made.hours_min, made.hours_max) == (16, 24)
    assert (made.pay_min, made.pay_max) == (2350, 2780)
    assert made.day_parts == to_mask([("mon", "morning"), ("tue", "evening")])
    asked = [(r.competence, r.gate, r.text, r.critical, r.learnable) for r in made.requirements]
    assert asked == [
        ("make-contact", None, "", True, False),
        # Nobody learns a paper on the job, whatever was ticked.
        (None, "vog", "", False, False),
        (None, None, "Houdt van koken", False, True),
    ]
    assert "staat online" in client.get("/werkgever").text
    client.sign_out()
    assert client.get(f"/aanbod/{made.slug}").status_code == 200
    assert made.title in client.get("/aanbod").text


def test_a_draft_may_be_incomplete_and_is_private(client, employer, site) -> None:
    sent = {
        "action": "save",
        "title": "Ooit",
        "kind": "vacancy",
        "site_id": str(site.id),
        "field": "nursing-home",
        "contract": "permanent",
        "language": "nl",
        "level": "0",
        "places": "1",
    }
    response = client.post(NEW, data=sent)
    assert response.location == edit_url(only())
    assert "concept is bewaard" in client.get(response.location).text
    assert only().status == Status.DRAFT
    assert client.get(f"/aanbod/{only().slug}").status_code == 404
    assert "Ooit" not in client.get("/aanbod").text


def test_the_form_shows_what_was_kept(client, employer, site) -> None:
    client.post(NEW, data=given(site, action="save", text=TEXT + "<b>Vet</b>"))
    page = client.get(edit_url(only())).text
    assert "Kok in de huiskamer" in page
    assert "&lt;b&gt;Vet&lt;/b&gt;" in page
    assert "Koffie zetten\nSamen koken" in unescape(page)
    assert re.search(r'<option selected value="make-contact"', page)
    assert re.search(r'<input checked[^>]*value="tue-evening"', page)
    assert 'value="2350"' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Geef een titel"),
        ({"title": "Kok"}, "Geef een titel"),
        ({"title": "a" * 121}, "Maak dit korter"),
        ({"text": ""}, "80 tekens of meer"),
        ({"text": "\x00\x07 😀"}, "80 tekens of meer"),
        ({"text": "a" * 10_001}, "Maak dit korter"),
        ({"text": "a" * 50_000}, "Maak dit korter"),
        ({"hours_min": "", "hours_max": ""}, "hoeveel uur"),
        ({"hours_min": "30", "hours_max": "20"}, "30 uur of meer"),
        ({"hours_max": "41"}, "van 1 tot en met 40"),
        ({"hours_min": "0"}, "van 1 tot en met 40"),
        ({"hours_min": "-3"}, "Vul een getal in"),
        ({"hours_min": "nan"}, "Vul een getal in"),
        ({"hours_min": "veel"}, "Vul een getal in"),
        ({"pay_min": "3000", "pay_max": "2000"}, "3.000 of meer"),
        ({"pay_max": "99999"}, "tot en met 15.000"),
        ({"pay_max": "2000,50"}, "heel getal"),
        ({"closes_on": ""}, "welke dag"),
        ({"closes_on": "gisteren"}, "Vul een datum in"),
        ({"closes_on": "2020-01-01"}, "voorbij"),
        ({"closes_on": (TODAY + timedelta(days=366)).isoformat()}, "binnen een jaar"),
        ({"closes_on": "99999-01-01"}, "Vul een datum in"),
        ({"places": "0"}, "van 1 tot en met 500"),
        ({"places": ""}, "voor hoeveel mensen"),
        ({"kind": "iets"}, "Kies iets uit de lijst"),
        ({"field": ""}, "Kies iets uit de lijst"),
        ({"level": "5"}, "Kies iets uit de lijst"),
        ({"site_id": "x"}, "Kies iets uit de lijst"),
        ({"site_id": None}, "Kies iets uit de lijst"),
        ({"contract": None, "kind": "<b>"}, "Kies iets uit de lijst"),
        ({"requirements-0-competence": "toveren"}, "Kies iets uit de lijst"),
        ({"requirements-0-gate": "big-nurse"}, "Kies een bekwaamheid of een wettelijke eis"),
        ({"requirements-2-text": "kan"}, "in een paar woorden"),
        ({"requirements-2-text": "a" * 201}, "Maak dit korter"),
        ({"requirements-2-competence": "make-contact"}, "twee keer hetzelfde"),
        ({"tasks": "\n".join("abc" for _ in range(13))}, "hoogstens 12 regels"),
        ({"support": "a" * 201}, "Maak elke regel korter"),
        ({"guidance": "a" * 2001}, "Maak dit korter"),
        ({"collective_agreement": "a" * 121}, "Maak dit korter"),
    ],
)
def test_what_is_wrong_is_told_and_kept(client, employer, site, changes, words) -> None:
    response = client.post(NEW, data=given(site, **changes))
    assert response.status_code == 422
    shown = unescape(response.text)
    assert words in shown
    assert "Er klopt nog iets niet" in shown
    assert "Koffie zetten" in shown or "tasks" in changes
    for name, value in changes.items():
        if isinstance(value, str) and value.isprintable() and "-" not in name and name != "site_id":
            assert value in shown or name in ("kind", "field", "level")
    assert count() == 0


def test_at_least_one_requirement_is_kept(client, employer, site) -> None:
    dropped = {f"requirements-{number}-keep": None for number in range(3)}
    response = client.post(NEW, data=given(site, **dropped))
    assert response.status_code == 422
    assert "minstens één eis" in unescape(response.text)


def test_at_most_twelve_requirements(client, employer, site) -> None:
    more = {f"requirements-{n}-text": f"Eis nummer {n}" for n in range(3, 13)}
    more |= {f"requirements-{n}-keep": "y" for n in range(3, 13)}
    response = client.post(NEW, data=given(site, **more))
    assert response.status_code == 422
    assert "hoogstens 12 eisen" in response.text
    assert client.post(NEW, data=given(site, **more | {"requirements-3-keep": None})).location


def test_thousands_of_rows_are_not_read(client, employer, site) -> None:
    more = {f"requirements-{n}-text": "x" for n in range(3, 900)}
    response = client.post(NEW, data=given(site, **more, action="add"))
    assert response.status_code == 200
    assert response.text.count("<legend>Eis ") == 30


def test_empty_rows_are_dropped(client, employer, site) -> None:
    sent = given(site, **{"requirements-3-keep": "y", "requirements-4-text": "Niet aangevinkt"})
    assert client.post(NEW, data=sent).status_code == 303
    assert len(only().requirements) == 3


def test_one_number_of_hours_is_enough(client, employer, site) -> None:
    client.post(NEW, data=given(site, hours_max=""))
    assert (only().hours_min, only().hours_max) == (16, 16)


def test_a_day_typed_the_dutch_way(client, employer, site) -> None:
    day = TODAY + timedelta(days=9)
    client.post(NEW, data=given(site, closes_on=day.strftime("%d-%m-%Y")))
    assert only().closes_on == day


@pytest.mark.parametrize("action", ["save", "publish"])
def test_a_site_of_another_employer(client, employer, site, action) -> None:
    foreign = make_site()
    response = client.post(NEW, data=given(site, site_id=str(foreign.id), action=action))
    assert response.status_code == 422
    assert foreign.name not in response.text
    assert count() == 0


def test_an_unknown_action(client, employer, site) -> None:
    assert client.post(NEW, data=given(site, action="wis")).status_code == 422
    assert count() == 0


def test_markup_is_text(client, employer, site) -> None:
    bad = '"><script>alert(1)</script>'
    client.post(NEW, data=given(site, title=bad, **{"requirements-2-text": bad}))
    for url in (edit_url(only()), "/werkgever", f"/aanbod/{only().slug}"):
        page = client.get(url).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_what_nobody_sees_is_dropped(client, employer, site) -> None:
    client.post(NEW, data=given(site, title="Kok\x00 in\u202e de\t wijk"))
    assert only().title == "Kok in de wijk"

import re

import pytest

from portal.learning.routes import PAGE
from portal.matching.knowledge import framework
from tests.portal.matching.asking import words

pytestmark = pytest.mark.usefixtures("app")


def listed(response) -> list[str]:
    return re.findall(r'plek__title[^>]*><a href="/leren/([^"]+)"', response.text)


def test_every_activity_is_on_one_page_of_the_list(client) -> None:
    total = len(framework().learning)
    seen: list[str] = []
    for page in range(1, -(-total // PAGE) + 1):
        response = client.get("/leren", query_string={"page": page})
        assert response.status_code == 200
        assert len(listed(response)) <= PAGE
        seen += listed(response)
    assert sorted(seen) == sorted(framework().learning)


def test_every_activity_has_its_page(client) -> None:
    for activity in framework().learning.values():
        response = client.get(f"/leren/{activity.id}")
        assert response.status_code == 200
        assert activity.provider in words(response.text)


def test_what_it_delivers_is_told(client) -> None:
    known = framework()
    activity = next(one for one in known.learning.values() if one.gates and one.competences)
    shown = words(client.get(f"/leren/{activity.id}").text)
    for one in activity.competences:
        assert known.competences[one].label() in shown
    for one in activity.gates:
        assert known.gates[one].label() in shown


@pytest.mark.parametrize("words", ["rapporteren", "RAPPORTEREN", "rapportéren"])
def test_words_are_found_in_titles_and_in_what_is_learnt(client, words) -> None:
    known = framework()
    stem = words.casefold().replace("é", "e")
    expected = {
        one.id
        for one in known.learning.values()
        if any(
            stem in text.casefold()
            for text in (one.label(), *(known.competences[c].label() for c in one.competences))
        )
    }
    assert set(listed(client.get("/leren", query_string={"q": words}))) == expected


def test_a_form(client) -> None:
    response = client.get("/leren", query_string={"form": "bbl"})
    found = listed(response)
    assert found
    assert {framework().learning[one].form.value for one in found} == {"bbl"}


def test_form_and_words_stay_with_the_pages(client) -> None:
    response = client.get("/leren", query_string={"q": "e"})
    assert "q=e&amp;page=2" in response.text


def test_nothing_found(client) -> None:
    assert "Hierover vinden we niets" in client.get("/leren?q=xyzzy").text


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ({"form": "toverij"}, 422),
        ({"q": "a" * 50_000}, 422),
        ({"q": "😀"}, 200),
        ({"q": "\x00\x08"}, 200),
        ({"q": ""}, 200),
        ({"page": "x"}, 200),
        ({"page": "999"}, 200),
    ],
)
def test_strange_input(client, arguments, status) -> None:
    assert client.get("/leren", query_string=arguments).status_code == status


def test_markup_is_text(client) -> None:
    response = client.get("/leren", query_string={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("name", ["bestaat-niet", "<b>", "%00", "a" * 300])
def test_an_unknown_activity(client, name) -> None:
    assert client.get(f"/leren/{name}").status_code == 404


def test_english(client) -> None:
    client.post("/taal", data={"lang": "en"})
    activity = next(iter(framework().learning.values()))
    assert activity.label("en") in client.get(f"/leren/{activity.id}").text


def test_a_card_says_what_is_learnt_how_long_and_who_pays(client) -> None:
    known = framework()
    activity = next(one for one in known.learning.values() if len(one.competences) > 2)
    page = client.get("/leren", query_string={"q": activity.label()}).text
    card = words(page[page.index(f"/leren/{activity.id}") :].split("</li>\n    <li class")[0])
    for one in activity.competences[:2]:
        assert known.competences[one].label() in card
    assert f"en nog {len(activity.competences) - 2}" in card
    assert "uur per week" in card
    assert "Je leert in" in card


@pytest.mark.parametrize(("least", "most", "told"), [(1, 25, False), (100, 108, True)])
def test_a_long_time_is_also_told_in_years(client, least, most, told) -> None:
    known = framework()
    activity = next(one for one in known.learning.values() if least <= one.weeks <= most)
    page = words(client.get(f"/leren/{activity.id}").text)
    assert ("(ongeveer 2 jaar)" in page) is told
    assert f"{activity.weeks} we" in page

"""The first page: what is asked, what is told when it cannot be used, and what is kept."""

import re
from html import unescape

import pytest

from portal.app import create_app
from portal.extensions import db, limiter
from portal.matching.asked import MAX_TEXT
from portal.matching.examples import EXAMPLES
from portal.matching.models import MatchRequest
from tests.factories import make_opportunity
from tests.portal.matching.asking import COOK, ask, link_of, words
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")


def requests() -> list[MatchRequest]:
    return list(db.session.query(MatchRequest).order_by(MatchRequest.id))


def send(client, **changes: str):
    return client.post(
        "/passend", data={"skills": COOK, "ambition": "", "place": "", "hours": ""} | changes
    )


def value_of(page: str, name: str) -> str:
    """What a field of the page holds."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s?\n?(.*?)</textarea>', page, re.DOTALL)
    if area:
        return unescape(area[1])
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return unescape(re.findall(r'value="([^"]*)"', tag)[0])


# The page


def test_the_page_asks_four_things_and_nothing_else(client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    asked = re.findall(r'<(?:textarea|input)[^>]*name="([^"]+)"', page.text)
    assert set(asked) - {"csrf_token", "next"} == {"skills", "ambition", "place", "hours"}
    assert "Je hebt geen account nodig" in page.text


def test_the_page_is_in_english_for_who_asks(client) -> None:
    client.post("/taal", data={"lang": "en"})
    assert '<html lang="en"' in client.get("/").text


def test_the_page_costs_one_query(client) -> None:
    make_opportunity()
    with queries() as sent:
        page = client.get("/")
    assert len(sent) == 1
    assert "Nu is er 1 plek in Zuid-Limburg" in words(page.text)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_fills_the_form(client, name) -> None:
    page = client.get("/").text
    address = link_of(page, EXAMPLES[name].label)
    filled = client.get(address).text
    for field, value in EXAMPLES[name].values.items():
        assert value_of(filled, field) == value


@pytest.mark.parametrize("name", ["bestaat-niet", "", "<b>", "\x00", "a" * 3000])
def test_an_example_that_is_none(client, name) -> None:
    page = client.get("/", query_string={"voorbeeld": name})
    assert page.status_code == 200
    assert value_of(page.text, "skills") == ""


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_sent(client, matching, name) -> None:
    token = ask(client, **EXAMPLES[name].values)
    assert client.get(f"/passend/{token}").status_code == 200


# What is asked is kept


def test_what_is_asked_is_kept_under_a_link(client) -> None:
    token = ask(client, COOK, "Met kinderen werken", place="heerlen", hours="20-28")
    (kept,) = requests()
    assert kept.token == token
    assert (kept.skills, kept.ambition) == (COOK, "Met kinderen werken")
    assert (kept.place, kept.province, kept.travel_km) == ("Heerlen", "Limburg", 25)
    assert (kept.hours_low, kept.hours_high) == (20, 28)
    assert len(token) > 24


def test_nobody_can_guess_a_link(client) -> None:
    tokens = {ask(client) for _ in range(5)}
    assert len({token[7:] for token in tokens}) == 5


def test_only_what_one_wants_is_enough(client) -> None:
    ask(client, "", "Met ouderen werken")
    assert requests()[0].ambition == "Met ouderen werken"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ik kook\x00 graag\x07 en\u200b bak\u202e", "Ik kook graag en bak"),
        ("Regel een\r\nregel\ttwee", "Regel een\nregel twee"),
        ("<b>Koken</b> kan ik", "Koken kan ik"),
        ("Я готовлю каждый день", "Я готовлю каждый день"),
    ],
)
def test_what_nobody_sees_is_dropped(client, typed, kept) -> None:
    ask(client, typed)
    assert requests()[0].skills == kept


def test_a_text_may_be_as_long_as_the_page_says(client) -> None:
    ask(client, ("Ik kook graag. " * 400)[:MAX_TEXT])


# What cannot be used


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"skills": ""}, "Schrijf eerst wat je kunt of wat je wilt"),
        ({"skills": "  \r\n "}, "Schrijf eerst wat je kunt of wat je wilt"),
        ({"skills": "😀😀😀"}, "We zien hier geen woorden"),
        ({"skills": "", "ambition": "😀 👍"}, "We zien hier geen woorden"),
        ({"skills": "\x00\x07"}, "We zien hier geen woorden"),
        ({"skills": "<p></p>"}, "We zien hier geen woorden"),
        ({"skills": "a" * 50_000}, "Je tekst is te lang: 50.000 tekens"),
        ({"skills": "я" * 50_000}, "Maak hem korter dan 5.000 tekens"),
        ({"ambition": "woord " * 8334}, "Je tekst is te lang: 50.004 tekens"),
        ({"place": "Heerln"}, "Bedoel je"),
        ({"place": "Qwxzyqq"}, "Deze plaats kennen we niet"),
        ({"place": "Beek"}, "Zet de provincie erbij"),
        ({"hours": "-5"}, "Vul een aantal uren in"),
        ({"hours": "veel"}, "Vul een aantal uren in"),
        ({"hours": "0"}, "Een werkweek heeft 1 tot 40 uur"),
        ({"hours": "200"}, "Een werkweek heeft 1 tot 40 uur"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept(client, changes, message) -> None:
    response = send(client, **changes)
    assert response.status_code == 422
    assert message in words(response.text)
    assert "Er klopt nog iets niet" in words(response.text)
    assert "<title>Fout:" in response.text
    sent = {"skills": COOK} | changes
    for name, value in sent.items():
        if value.isprintable():
            assert value_of(response.text, name).strip() == value.strip()
    assert requests() == []


def test_every_mistake_is_told_at_once_beside_its_field(client) -> None:
    page = send(client, skills="😀", place="Heerln", hours="veel").text
    for name in ("skills", "place", "hours"):
        assert f'id="{name}-fout"' in page
        assert re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', page)
        assert f'href="#{name}"' in page
    assert page.count("geen woorden") == 2


def test_a_message_is_said_once(client) -> None:
    page = words(send(client, skills="a" * 50_000).text)
    assert page.count("te lang") == 2, "in the summary and at the field"
    assert "Field" not in page


def test_markup_is_shown_as_it_was_typed(client) -> None:
    bad = '"><script>alert(1)</script>'
    page = send(client, skills=bad, ambition=bad, place=bad, hours=bad).text
    assert "<script>alert" not in page
    assert value_of(page, "skills") == bad


def test_a_form_without_its_fields(client) -> None:
    assert client.post("/passend", data={}).status_code == 422
    assert client.post("/passend", json={"skills": COOK}).status_code == 422
    files = {"skills": (__import__("io").BytesIO(b"x"), "cv.pdf")}
    assert client.post("/passend", data=files).status_code == 422


def test_bytes_that_are_no_text(client) -> None:
    response = client.post(
        "/passend",
        data=b"skills=Ik+kook+graag+%ff%fe%ed%a0%80+soep&place=%ff",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 422
    assert "Ik kook graag" in value_of(response.text, "skills")


def test_the_address_of_the_form_is_no_page(client) -> None:
    response = client.get("/passend")
    assert response.status_code == 405
    assert "Naar het begin" in response.text


# Guards


def test_a_form_without_its_token(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    response = send(client, skills="Ik kook <b>graag</b>")
    assert response.status_code == 400
    assert "te oud" in response.text
    assert "Ik kook &lt;b&gt;graag&lt;/b&gt;" in response.text
    assert requests() == []
    page = client.get("/").text
    token = re.findall(r'id="csrf_token"[^>]*value="([^"]+)"', page)[-1]
    assert send(client, csrf_token=token).status_code == 303


def test_who_asks_very_often_waits(app) -> None:
    limits = {"RATELIMIT_ENABLED": True, "LIMIT_MATCH": "3 per minute"}
    other = create_app({"WTF_CSRF_ENABLED": False} | limits)
    client = other.test_client()
    try:
        answers = [send(client, skills="😀") for _ in range(4)]
        assert client.get("/").status_code == 200, "reading is not limited"
    finally:
        # The limiter is one for all applications of this process.
        limiter.reset()
        limiter.enabled = False
    assert [one.status_code for one in answers] == [422, 422, 422, 429]
    assert "Wacht een minuut" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) <= 60

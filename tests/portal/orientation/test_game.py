"""The game: what choices make, which work fits, and where it goes."""

from __future__ import annotations

import re
from html import unescape
from itertools import product

import pytest

from portal.candidates import queries as candidates
from portal.extensions import db
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.orientation.game import MANY, SUGGESTED
from portal.orientation.knowledge import game
from tests.factories import make_employer
from tests.factories.candidates import make_candidate
from tests.portal.matching.asking import words

pytestmark = pytest.mark.usefixtures("app")
HOMELY = {
    "morning": "people",
    "hour": "old",
    "surprise": "quiet",
    "place": "home",
    "afternoon": "one",
    "tired": "heart",
    "week": "days",
    "decide": "together",
}
HANDY = {
    "morning": "things",
    "hour": "stuck",
    "surprise": "quiet",
    "place": "building",
    "afternoon": "many",
    "tired": "head",
    "week": "days",
    "decide": "alone",
}


def links(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="game__choice[^"]*" href="([^"]+)"', page)]


def sent(**more: str) -> dict[str, str]:
    return {"text": "Ik werk graag met ouderen.", "how": "add", "version": "1", **HOMELY} | more


def test_choices_lead_through_eight_situations_to_the_end(client) -> None:
    start = client.get("/orientatie/spel")
    assert "Acht situaties" in words(start.text)
    page = client.get("/orientatie/spel?begin=1")
    for number in range(1, MANY + 1):
        assert f"Situatie {number} van 8" in words(page.text)
        page = client.get(links(page.text)[0])
    assert "Dit koos jij" in words(page.text)
    first = game().situations[0].choices[0].words("nl")
    assert first.text in words(page.text)


def test_going_back_keeps_what_was_chosen(client) -> None:
    third = client.get("/orientatie/spel?morning=people&hour=old")
    back = unescape(re.findall(r'class="back" href="([^"]+)"', third.text)[0])
    second = client.get(back)
    assert "Situatie 2 van 8" in words(second.text)
    assert "Dit koos je" in words(second.text)
    assert client.get(links(second.text)[0]).text.count("Situatie 3 van 8")


def test_one_choice_can_be_changed_at_the_end(client) -> None:
    end = client.get("/orientatie/spel", query_string=HOMELY)
    change = unescape(re.findall(r'href="([^"]+anders=tired)"', end.text)[0])
    page = client.get(change)
    assert "Situatie 6 van 8" in words(page.text)
    changed = client.get(links(page.text)[0])
    assert "Ik ben graag lichamelijk bezig." in words(changed.text)


def test_choices_that_are_none_are_passed_over(client) -> None:
    page = client.get("/orientatie/spel?morning=people&hour=nobody&week=%00&anders=nothing")
    assert page.status_code == 200
    assert "Situatie 2 van 8" in words(page.text)


def test_the_text_is_in_the_language_of_the_page(client) -> None:
    client.post("/taal", data={"lang": "en"})
    client.set_cookie("taal", "en")
    page = client.get("/orientatie/spel", query_string=HOMELY, headers={"Accept-Language": "en"})
    assert game().ambition(HOMELY, "en").split(".")[0] in page.text


def test_other_choices_bring_other_work() -> None:
    homely = {one.profession for one in game().suggest(HOMELY, framework())}
    handy = {one.profession for one in game().suggest(HANDY, framework())}
    assert len(homely) == len(handy) == SUGGESTED
    assert len(homely & handy) <= 2
    assert "nursing-home" in {framework().professions[one].field for one in homely}
    assert not homely & {"ict-support-worker", "medical-technician", "cleaner-care"}


def test_who_likes_older_people_is_not_sent_to_children() -> None:
    known = framework().professions
    for one in game().suggest(HOMELY, framework())[:3]:
        assert not {"children", "families-newborn"} & set(known[one.profession].target_groups)


def test_every_suggestion_says_which_choices_speak_for_it() -> None:
    for one in game().suggest(HOMELY, framework()):
        assert len(one.because) >= 3
        assert set(one.because) <= set(HOMELY)


def test_many_different_professions_come_up() -> None:
    """A game that always says the same would not help anybody."""
    everything = [[choice.id for choice in one.choices] for one in game().situations]
    names = [one.id for one in game().situations]
    some = list(product(*everything))[::23]
    seen = {
        one.profession
        for chosen in some
        for one in game().suggest(dict(zip(names, chosen, strict=True)), framework())
    }
    assert len(seen) > 60


def test_no_choices_suggest_nothing() -> None:
    assert game().suggest({}, framework()) == []


def test_looking_at_the_end_keeps_nothing(client) -> None:
    candidate = make_candidate()
    client.sign_in(candidate.user.email)
    client.get("/orientatie/spel", query_string=HOMELY)
    assert candidates.of_user(candidate.user_id).game == {}


def test_a_candidate_adds_the_text_to_what_stood_there(client) -> None:
    candidate = make_candidate(ambition="Iets met mensen.")
    client.sign_in(candidate.user.email)
    version = candidate.version
    response = client.post("/orientatie/spel", data=sent(version=str(version)))
    assert (response.status_code, response.location) == (303, "/mijn-route")
    now = candidates.of_user(candidate.user_id)
    assert now.ambition == "Iets met mensen.\n\nIk werk graag met ouderen."
    assert now.game == HOMELY
    assert now.version > version, "the matches are made anew"
    again = client.get("/orientatie/spel")
    assert "Bekijk wat je eerder koos" in again.text


def test_or_replaces_it(client) -> None:
    candidate = make_candidate(ambition="Iets met mensen.")
    client.sign_in(candidate.user.email)
    client.post("/orientatie/spel", data=sent(how="replace", version=str(candidate.version)))
    assert candidates.of_user(candidate.user_id).ambition == "Ik werk graag met ouderen."


def test_a_double_click_adds_it_once(client) -> None:
    candidate = make_candidate(ambition="Iets met mensen.")
    client.sign_in(candidate.user.email)
    data = sent(version=str(candidate.version))
    assert [client.post("/orientatie/spel", data=data).status_code for _ in "ab"] == [303, 303]
    assert candidates.of_user(candidate.user_id).ambition.count("ouderen") == 1


def test_a_stale_form_says_so_and_keeps_what_was_typed(client) -> None:
    candidate = make_candidate(ambition="Iets met mensen.")
    client.sign_in(candidate.user.email)
    stale = client.post("/orientatie/spel", data=sent(version="99"))
    assert stale.status_code == 409
    assert "ander venster" in words(stale.text)
    assert "Ik werk graag met ouderen." in stale.text
    assert "Iets met mensen." in stale.text
    version = re.findall(r'name="version"[^>]*value="(\d+)"', stale.text)[0]
    assert client.post("/orientatie/spel", data=sent(version=version)).status_code == 303


@pytest.mark.parametrize("text", ["", "   ", "!!!", "x" * 6000])
def test_a_text_that_is_none_is_refused_with_the_choices_kept(client, text: str) -> None:
    response = client.post("/orientatie/spel", data=sent(text=text))
    assert response.status_code == 422
    assert 'name="morning" value="people"' in response.text


def test_two_texts_that_are_too_long_together(client) -> None:
    candidate = make_candidate(ambition="Ik wil graag werken. " * 200)
    client.sign_in(candidate.user.email)
    data = sent(text="Ik help graag. " * 100, version=str(candidate.version))
    refused = client.post("/orientatie/spel", data=data)
    assert refused.status_code == 422
    assert "te lang" in words(refused.text)
    assert client.post("/orientatie/spel", data=data | {"how": "replace"}).status_code == 303


def test_a_visitor_goes_on_with_the_text(client) -> None:
    response = client.post("/orientatie/spel", data=sent())
    assert response.status_code == 303
    (asked,) = db.session.query(MatchRequest).all()
    assert asked.ambition == "Ik werk graag met ouderen."
    assert response.location == f"/passend/{asked.token}/tekst"
    assert "Ik werk graag met ouderen." in client.get(response.location).text


def test_an_employer_gets_a_question_and_no_profile(client) -> None:
    employer = make_employer()
    client.sign_in(employer.email)
    assert "/passend/" in client.post("/orientatie/spel", data=sent()).location
    assert candidates.of_user(employer.id) is None

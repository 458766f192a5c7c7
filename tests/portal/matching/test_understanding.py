"""How well a text is understood: counted, said, and true of what matching makes of it."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import mean

import pytest
from flask import Flask

from matcher import Engine, Profile, home
from portal.matching.tongues import IN_OWN_WORDS, written_in
from portal.matching.understanding import Grade, understand
from tests.portal.matching.asking import ask, cook, show, words
from tests.portal.matching.lives import LIVES

WELL = {"nl", "en", "mixed"}
GRADES = {
    "nl": Grade.WELL, "en": Grade.WELL, "mixed": Grade.WELL, "li": Grade.PARTLY,
    "fr": Grade.PARTLY, "de": Grade.HARDLY, "es": Grade.HARDLY, "pl": Grade.HARDLY,
    "tr": Grade.HARDLY, "ar": Grade.HARDLY, "uk": Grade.HARDLY,
}  # fmt: skip
SHARES = {"li": 0.62, "fr": 0.51, "de": 0.49, "es": 0.42, "pl": 0.26, "tr": 0.14, "ar": 0, "uk": 0}
"""As the docstring of portal.matching.understanding says."""


@pytest.fixture(autouse=True)
def _context(app: Flask) -> None:
    """The model's words lie where the portal's configuration says."""


@pytest.mark.parametrize("tongue", LIVES)
def test_a_tongue_gets_its_grade(tongue) -> None:
    assert understand(" ".join(LIVES[tongue])).grade is GRADES[tongue]


@pytest.mark.parametrize("tongue", SHARES)
def test_the_figures_that_we_quote(tongue) -> None:
    read = understand(" ".join(LIVES[tongue]))
    assert read.known is not None
    assert read.known / read.words == pytest.approx(SHARES[tongue], abs=0.005)


@pytest.mark.parametrize("tongue", LIVES)
def test_each_life_alone(tongue) -> None:
    warned = [understand(life).grade is not Grade.WELL for life in LIVES[tongue]]
    # One Limburgish life has nearly all its words in common with Dutch.
    assert sum(warned) >= 5 if tongue not in WELL else not any(warned)


@pytest.mark.parametrize("tongue", sorted(LIVES.keys() - {"mixed"}))
def test_the_language_is_told(tongue) -> None:
    assert written_in(" ".join(LIVES[tongue])) == tongue
    assert sum(written_in(life) not in (tongue, "") for life in LIVES[tongue]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "koken",
        "кухня",
        "1234 5678 😀",
        "Jan Pietersen, Heerlen, Maastricht, Kerkrade",
        "Fatima Ahmed Mohammed Yusuf",
        "ik heb jaare gewerk in keuke en vin koke leuk",
        "gewoon werk met me hande. geen schoolbanke aub",
        "ik werken veel in restaurant, ik goed koken, ik wil leren",
        "IK HEB IN DE KEUKEN GEWERKT EN KOOK GRAAG",
        "kok bakker schilder timmerman loodgieter kelner chauffeur schoonmaker",
    ],
)
def test_little_names_and_bad_spelling_are_no_other_language(text) -> None:
    assert understand(text).grade is Grade.WELL


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Работала на кухне десять лет и готовила", ""),
        ("Я была поваром, мы мыли посуду", "ru"),
        ("Я працювала на кухні", "uk"),
        ("من ده سال در آشپزخانه کار کردم", "fa"),
        ("我在厨房工作了十年我喜欢做饭", "zh"),
        ("Olen työskennellyt keittiössä kymmenen vuotta", ""),
    ],
)
def test_a_language_is_named_only_when_it_shows(text, language) -> None:
    read = understand(text)
    assert read.grade is Grade.HARDLY
    assert read.language == language
    assert read.own_words == IN_OWN_WORDS.get(language, "")


def test_another_model_is_not_counted_in(app: Flask, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "ENCODER", "/een/ander/model")
    assert understand(" ".join(LIVES["nl"])).grade is Grade.WELL
    read = understand(" ".join(LIVES["tr"]))
    assert (read.grade, read.known) == (Grade.PARTLY, None)


def test_what_is_said_in_other_tongues_is_in_those_tongues() -> None:
    for code, sentence in IN_OWN_WORDS.items():
        assert written_in(sentence) in (code, ""), code


def test_less_understood_is_less_well_answered(new_engine) -> None:
    """The grade is true of the answer: the same life brings back less of the same order."""
    known = home.framework()
    engine: Engine = new_engine()
    engine.add(home.demo_region(known).opportunities(known))

    def first(life: str) -> set[str]:
        ranking = engine.rank(Profile(id="life", skills=life), limit=10)
        return {match.opportunity for match in ranking.matches}

    wanted = [first(life) for life in LIVES["nl"]]

    def alike(tongue: str) -> float:
        lives = zip(LIVES[tongue], wanted, strict=True)
        return mean(len(first(life) & there) / len(there) for life, there in lives)

    found = {tongue: alike(tongue) for tongue in LIVES}
    by_grade = [
        mean(found[tongue] for tongue, grade in GRADES.items() if grade is one) for one in Grade
    ]
    assert all(better > worse for better, worse in pairwise(by_grade)), found
    assert min(found[tongue] for tongue in WELL) >= 0.6
    assert max(found[tongue] for tongue in LIVES if tongue not in WELL) <= 0.3


def test_what_somebody_reads_who_wrote_turkish(client, matching) -> None:
    cook()
    page = show(client, ask(client, LIVES["tr"][1])).text
    said = words(page)
    assert "We begrijpen je tekst bijna niet" in said
    assert "Dit lijkt op Turks." in said
    assert "Van je 15 woorden kennen we er 3." in said
    assert "Schrijf in het Nederlands of Engels." in said
    assert f'<p lang="tr" dir="auto">{IN_OWN_WORDS["tr"]}</p>' in page
    assert page.index("bijna niet") < page.index("<article")
    client.post("/taal", data={"lang": "en"})
    assert "This looks like Turkish." in words(client.get(page_path(page)).text)


def page_path(page: str) -> str:
    return re.findall(r'href="(/passend/[\w-]+)/tekst"', page)[0]


def test_who_wrote_dutch_or_english_reads_nothing_of_it(client, matching) -> None:
    cook()
    for tongue in WELL:
        assert "woorden kennen we" not in show(client, ask(client, LIVES[tongue][1])).text


def test_a_quote_says_in_which_language_it_is(client, matching) -> None:
    cook()
    token = ask(client, "I was a cook in a canteen and cooked for a hundred people every day.")
    assert '<q lang="en">I was a cook' in show(client, token).text
    client.post("/taal", data={"lang": "en"})
    assert "<q>I was a cook" in show(client, token).text


def test_before_sending_the_form_says_what_we_read(client) -> None:
    page = client.get("/").text
    assert "Schrijf in het Nederlands of Engels." in words(page)
    for code, sentence in IN_OWN_WORDS.items():
        assert f'<p lang="{code}" dir="auto">{sentence}</p>' in page

"""What a visitor typed, read: every spelling that is clear, and a message for the others."""

import pytest
from flask import Flask

from matcher import Hours
from portal.matching.asked import (
    MAX_TEXT,
    NotUsable,
    advice,
    check_some_words,
    check_text,
    hours_text,
    place_text,
    read_hours,
    read_place,
)


@pytest.fixture(autouse=True)
def request_context(app: Flask):
    with app.test_request_context():
        yield


# Hours


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", "\u200b", "\x00"])
def test_no_hours(typed) -> None:
    assert read_hours(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "24",
        " 24 ",
        "24.",
        "24u",
        "24 u",
        "24 uur",
        "24 UUR",
        "24 uren",
        "24 hours",
        "24h",
        "24,0",
        "24.0 uur",
        "24 uur per week",
        "24 uur p/w",
        "24 uur p.w.",
        "24 u/week",
        "24 hours a week",
        "24 hours per week",
        "ongeveer 24 uur",
        "max 24",
        "max. 24 uur",
        "hooguit 24 uur",
        "zo'n 24 uur",
        "±24",
        "２４",
        "24\u00a0uur",
    ],
)
def test_one_number_of_hours(typed) -> None:
    assert read_hours(typed) == Hours(20, 28)


@pytest.mark.parametrize(
    "typed",
    [
        "20-28",
        "20 - 28",
        "20–28",
        "20—28",
        "28-20",
        "20 tot 28",
        "20 to 28 hours",
        "20 t/m 28 uur",
        "20 à 28",
        "20 a 28 uur",
        "20/28",
        "20 tot 28 uur per week",
        "van 20 tot 28 uur",
        "tussen 20 en 28",
        "tussen de 20 en 28 uur",
        "between 20 and 28",
        "20,0-28,0",
        "20 uur - 28 uur",
    ],
)
def test_hours_from_and_to(typed) -> None:
    assert read_hours(typed) == Hours(20, 28)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1", Hours(1, 5)),
        ("40", Hours(36, 40)),
        ("1-40", Hours(1, 40)),
        ("16,5-24,5", Hours(16.5, 24.5)),
        ("7.5", Hours(3.5, 11.5)),
    ],
)
def test_hours_stay_within_a_working_week(typed, read) -> None:
    assert read_hours(typed) == read


@pytest.mark.parametrize("typed", ["0", "200", "41", "0,5", "0-8", "20-200", "999", "41 uur"])
def test_hours_that_no_week_has(typed) -> None:
    with pytest.raises(NotUsable, match="1 tot 40 uur"):
        read_hours(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "-5",
        "- 5",
        "−5",
        "–5",
        "veel",
        "fulltime",
        "20-28-32",
        "1e3",
        "nan",
        "inf",
        "1000",
        "24 appels",
        "😀",
        "<b>24</b><i>x</i> y",
        "24" * 400,
        "-" * 5000,
    ],
)
def test_hours_that_are_none(typed) -> None:
    with pytest.raises(NotUsable, match=r"zoals 24 of 20-28"):
        read_hours(typed)


@pytest.mark.parametrize("typed", ["", "24", "1", "40", "20-28", "8-40", "16,5-24,5", "7.5"])
def test_hours_come_back_in_the_form_as_they_were_meant(typed) -> None:
    hours = read_hours(typed)
    assert read_hours(hours_text(hours)) == hours


# Place


@pytest.mark.parametrize("typed", ["", "  ", "\x00\x07", "\u200b", "<b>"])
def test_no_place(typed) -> None:
    assert read_place(typed) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Heerlen", "Heerlen"),
        (" heerlen ", "Heerlen"),
        ("HEERLEN", "Heerlen"),
        ("Heerlen (Limburg)", "Heerlen"),
        ("Heerlen, Limburg", "Heerlen"),
        ("den bosch", "'s-Hertogenbosch"),
        ("Beek (Limburg)", "Beek"),
    ],
)
def test_a_place(typed, name) -> None:
    found = read_place(typed)
    assert found is not None
    assert found.name == name
    assert read_place(place_text(found)) == found


def test_no_place_shows_as_nothing() -> None:
    assert place_text(None) == ""


def test_a_place_that_nearly_has_this_name() -> None:
    with pytest.raises(NotUsable, match=r"Bedoel je .*Heerlen"):
        read_place("Heerln")


@pytest.mark.parametrize(
    "typed", ["Qwxzyqq", "😀", "<b>Qwx</b>", "東京", "Heerlen (Utrecht", "a" * 50_000]
)
def test_a_place_that_is_nowhere(typed) -> None:
    with pytest.raises(NotUsable, match="kennen we niet"):
        read_place(typed)


def test_a_name_of_more_places_asks_for_the_province() -> None:
    with pytest.raises(NotUsable, match="Zet de provincie erbij") as raised:
        read_place("Beek")
    assert "Beek (Limburg)" in str(raised.value)
    assert " of " in str(raised.value)


# The texts


def test_a_text_may_be_long_but_not_too_long() -> None:
    check_text("a" * MAX_TEXT)
    with pytest.raises(NotUsable, match=r"5\.001 tekens.*5\.000 tekens"):
        check_text("a" * (MAX_TEXT + 1))


@pytest.mark.parametrize(
    ("skills", "ambition"),
    [
        ("koken", ""),
        ("", "koken"),
        ("😀", "koken"),
        ("طبخ", ""),
        ("料理ができる", ""),
        ("готовлю", ""),
    ],
)
def test_one_word_is_enough(skills, ambition) -> None:
    check_some_words(skills, ambition)


@pytest.mark.parametrize("empty", ["", "   ", "\n\t", "\r\n"])
def test_nothing_at_all(empty) -> None:
    with pytest.raises(NotUsable, match="Schrijf eerst"):
        check_some_words(empty, empty)


@pytest.mark.parametrize("typed", ["😀😀", "...", "12 345", "\x00\x01", "<b></b>", "a", "- - -"])
def test_no_words(typed) -> None:
    with pytest.raises(NotUsable, match="geen woorden"):
        check_some_words(typed, "")


# Advice


def test_a_good_text_needs_no_advice() -> None:
    assert advice("Ik kook elke dag voor mijn gezin.", "") == []


@pytest.mark.parametrize("text", ["koken", "Ik kan koken", "koken 😀 😀"])
def test_a_few_words_could_be_more(text) -> None:
    (said,) = advice(text, "")
    assert "maar een paar woorden" in said


def test_only_what_somebody_wants() -> None:
    (said,) = advice("", "Ik wil graag met kinderen werken.")
    assert "nog niet wat je kunt" in said
    assert len(advice("😀", "met kinderen")) == 1


def test_nothing_of_letters_needs_no_script() -> None:
    assert all("schrift" not in said for said in advice("1234 5678", "😀"))

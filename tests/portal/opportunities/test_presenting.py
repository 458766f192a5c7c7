from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from portal.opportunities.day_parts import ALL, DAYS, PARTS, to_mask
from portal.opportunities.models import LEVELS, Contract, Kind
from portal.opportunities.presenting import (
    CONTRACT_LABELS,
    FORM_LABELS,
    KIND_LABELS,
    LEVEL_TEXTS,
    SHAPE_LABELS,
    card,
    day_parts_text,
    diploma_text,
    hours_text,
    join_and,
    pay_text,
    when_text,
)
from tests.factories import make_opportunity

WORK = DAYS[:5]
DAY = ("morning", "afternoon")


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask):
    with app.test_request_context("/"):
        yield


def mask(*groups: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
    return to_mask((day, part) for days, parts in groups for day in days for part in parts)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((), "dagen in overleg"),
        (((WORK, DAY),), "maandag tot en met vrijdag overdag"),
        (((WORK, ("evening",)), (("sat", "sun"), DAY)), "avonden en weekend"),
        ((((*WORK,), ("night",)),), "maandag tot en met vrijdag 's nachts"),
        (((("sat", "sun"), DAY),), "in het weekend"),
        (((DAYS, PARTS),), "alle dagen, dag en nacht"),
        (((DAYS, DAY),), "alle dagen overdag"),
        (((("tue",), ("afternoon",)),), "dinsdag 's middags"),
        (((("mon", "tue"), DAY),), "maandag en dinsdag overdag"),
        (
            ((("mon", "wed"), DAY), (("fri",), ("morning",))),
            "maandag en woensdag overdag, vrijdag 's ochtends",
        ),
        (((("mon",), (*DAY, "evening")),), "maandag overdag en 's avonds"),
        (((("mon",), PARTS),), "maandag dag en nacht"),
        (
            ((("mon",), DAY), (("tue",), ("evening",)), (("sat",), ("night",))),
            "wisselend: overdag, 's avonds, 's nachts en in het weekend",
        ),
    ],
)
def test_a_week_in_words(groups, words) -> None:
    assert day_parts_text(mask(*groups)) == words


def test_every_week_has_words() -> None:
    for number in range(0, ALL, 104_729):
        assert day_parts_text(number).strip()


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((), "dagen in overleg"),
        (((("mon", "thu"), ("morning",)),), "overdag"),
        (((("mon",), ("afternoon", "evening")),), "overdag en 's avonds"),
        (((("mon", "sat"), ("night",)),), "'s nachts en in het weekend"),
        (((("sat", "sun"), ("morning", "afternoon")),), "in het weekend"),
    ],
)
def test_a_week_in_a_word_or_two(groups, words) -> None:
    assert when_text(mask(*groups)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (20.0, 28.0, "20 tot 28 uur"),
        (24.0, 24.0, "24 uur"),
        (7.5, 16.0, "7,5 tot 16 uur"),
        (None, None, "uren in overleg"),
    ],
)
def test_hours_in_words(low, high, words) -> None:
    assert hours_text(low, high) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2350, 2780, "€ 2.350 tot € 2.780 per maand"),
        (2350, 2350, "€ 2.350 per maand"),
        (2350, None, "vanaf € 2.350 per maand"),
        (None, 2780, "tot € 2.780 per maand"),
        (0, 450, "tot € 450 per maand"),
        (0, 0, "zonder loon"),
        (None, None, "loon in overleg"),
    ],
)
def test_pay_in_words(low, high, words) -> None:
    assert pay_text(low, high).replace("\u00a0", " ") == words


def test_numbers_follow_the_language() -> None:
    with force_locale("en"):
        assert "€\u00a02,350" in pay_text(2350, 2780)


def test_a_diploma_is_named_once() -> None:
    assert diploma_text(0, required=False) == ""
    assert diploma_text(2, required=False) == "zonder diploma kan ook"
    assert diploma_text(2, required=True) == "diploma nodig"


@pytest.mark.parametrize(
    ("words", "joined"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_words_are_joined(words, joined) -> None:
    assert join_and(words) == joined


def test_everything_has_a_label() -> None:
    from matcher import Form, Shape

    assert set(KIND_LABELS) == set(Kind)
    assert set(CONTRACT_LABELS) == set(Contract)
    assert set(LEVEL_TEXTS) == set(LEVELS)
    assert set(FORM_LABELS) == {form.value for form in Form}
    assert set(SHAPE_LABELS) == {shape.value for shape in Shape}


def test_a_card() -> None:
    shown = card(make_opportunity(pay_min=2350, pay_max=2780, level=2), distance_km=3.2)
    assert shown.kind_label == "Vacature"
    assert shown.place == "Heerlen"
    assert shown.distance_km == 3.2
    assert shown.hours_text == "16 tot 24 uur"
    assert shown.day_parts_text == "maandag overdag"
    assert shown.contract_label == "vast contract"
    assert shown.level_text == "mbo 2"
    assert shown.field_label == "Verpleeghuis en ouderenzorg"
    assert isinstance(shown.closes_on, date)


def test_a_field_that_the_framework_lost_is_still_shown() -> None:
    assert card(make_opportunity(field="weg")).field_label == "weg"

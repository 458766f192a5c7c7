"""What the pages show of a request, a form and a match."""

from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from matcher import Deployability, Hours, Level, Match, Reason, Requirement, Route, Status, Why
from portal import clock
from portal.matching.cards import MatchCard
from portal.matching.forms import DAY_PARTS, FilterForm
from portal.matching.knowledge import framework
from portal.matching.models import MatchRequest
from portal.matching.views import active_filters, ask_view, form_arguments, loosen
from tests.factories import make_opportunity


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def form(*pairs: tuple[str, str]) -> FilterForm:
    made = FilterForm(MultiDict(pairs), "nl")
    made.validate()
    return made


def request(**values) -> MatchRequest:
    now = clock.now()
    usual = {"token": "x", "skills": "", "ambition": "", "gates": [], "answers": {}}
    return MatchRequest(**usual, **values, ambition_weight=0.5, created_at=now, expires_at=now)


# What was asked


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, None, ""),
        (20, 28, "ongeveer 24 uur"),
        (16, 32, "16 tot 32 uur"),
        (16.5, 24, "16,5 tot 24 uur"),
    ],
)
def test_hours_in_words(low, high, text) -> None:
    assert ask_view(request(hours_low=low, hours_high=high)).hours_text == text


def test_a_place_keeps_its_province_where_that_is_needed() -> None:
    assert ask_view(request(place="Heerlen", province="Limburg")).place == "Heerlen"
    assert ask_view(request(place="Beek", province="Limburg")).place == "Beek (Limburg)"
    assert ask_view(request()).place == ""


# Filters


def test_no_filters_are_on() -> None:
    empty = form()
    assert active_filters(empty, request()) == []
    assert form_arguments(empty) == {"distance": "0", "hours": ""}


def test_each_filter_has_its_label_and_the_way_without_it() -> None:
    made = form(
        ("distance", "15"),
        ("hours", "20-32"),
        ("part", "night"),
        ("level", "now"),
        ("kind", "vacancy"),
        ("field", "youth"),
        ("field", "staff"),
        ("without_diploma", "y"),
        ("weight", "20"),
    )
    on = active_filters(made, request(place="Heerlen"))
    assert len(on) == 8
    full = form_arguments(made)
    for label, without in on:
        assert label
        assert without != full
        assert without["weight"] == 20, "the weight limits nothing"
        # What is asked for is said, or the limits of the first page would come back.
        assert without["distance"] in {"0", "15"}
    fields = [without["field"] for _, without in on if without.get("field") != ["youth", "staff"]]
    assert fields == [["staff"], ["youth"]]


def test_without_a_place_no_distance_is_on() -> None:
    assert active_filters(form(("distance", "15")), request()) == []


def test_choices_that_are_not_there_are_passed_over() -> None:
    made = form(("kind", "weg"), ("kind", "vacancy"), ("field", "<b>"), ("distance", "7"))
    assert made.kind.data == ["vacancy"]
    assert made.field.data == []
    assert made.travel_km is None
    assert made.validate()


def test_day_parts_add_up() -> None:
    assert (
        form(("part", "day"), ("part", "night")).day_parts == DAY_PARTS["day"] | DAY_PARTS["night"]
    )
    assert form().day_parts == frozenset()
    assert sum(len(slots) for slots in DAY_PARTS.values()) == 10 + 5 + 7 + 6


@pytest.mark.parametrize(
    ("typed", "read"),
    [("", 0.5), ("0", 0), ("30", 0.3), ("100", 1), ("101", 0.5), ("-1", 0.5), ("x", 0.5)],
)
def test_the_weight(typed, read) -> None:
    assert form(("weight", typed)).ambition_weight == read


def test_what_to_loosen_first_is_what_brings_most() -> None:
    made = form(("distance", "5"), ("kind", "vacancy"))
    seen = []

    def address(arguments) -> str:
        seen.append(arguments)
        return f"/{len(seen)}"

    found = loosen({"distance": 1, "kind": 12, "hours": 0}, made, address)
    assert [sentence for sentence, _ in found] == [
        "elke soort werk: 12 plekken meer",
        "verder reizen: 1 plek meer",
    ]
    assert [url for _, url in found] == ["/1", "/2"]
    assert "kind" not in seen[0]
    assert seen[1]["distance"] == "0"


def test_every_limit_of_the_engine_has_its_words() -> None:
    limits = ("distance", "hours", "day_parts", "kind", "field", "level", "diploma")
    assert len(loosen(dict.fromkeys(limits, 1), form(), lambda _: "/")) == len(limits)


# A card

MET = Reason(Requirement("1", "Koken", competence="cook-for-groups"), Status.MET, "Ik kook", 0.9)
GATE = Reason(
    Requirement("2", "BIG", gate="big-nurse", legal=True, critical=True),
    Status.NOT_SHOWN,
    None,
    0.0,
)


def match(why: Why = Why.GATE_MISSING) -> Match:
    return Match(
        "1", 0.5, Deployability(Level.NOT_YET, ((why, ("2",)),)), (MET, GATE), Route(), 3.2
    )


@pytest.mark.parametrize("why", Why)
def test_every_why_is_a_sentence(why) -> None:
    (sentence,) = MatchCard(match(why), make_opportunity(), framework(), "nl").level_because
    assert sentence.endswith(".")
    assert "%" not in sentence


def test_a_card_joins_the_opportunity_and_the_match() -> None:
    made = make_opportunity()
    card = MatchCard(match(), made, framework(), "nl")
    assert (card.slug, card.title) == (made.slug, made.title)
    assert card.distance_km == 3.2
    assert (card.met, card.partly, card.not_shown, card.total) == (1, 0, 1, 2)
    koken, big = card.reasons
    assert (koken.evidence, koken.key, koken.legal) == ("Ik kook", "cook-for-groups", False)
    assert (big.gate, big.legal, big.on_file) == ("big-nurse", True, False)
    assert "register" in big.help
    assert card.route == []
    with pytest.raises(AttributeError):
        card.bestaat_niet  # noqa: B018


def test_a_paper_on_file_needs_no_help() -> None:
    filed = replace(GATE, status=Status.MET)
    shown = MatchCard(
        replace(match(), reasons=(MET, filed)), make_opportunity(), framework(), "nl"
    ).reasons[1]
    assert shown.on_file
    assert shown.help == ""


def test_hours_are_within_what_the_engine_takes() -> None:
    assert form(("hours", "20-28")).found_hours == Hours(20, 28)
    assert form(("hours", "veel")).found_hours is None

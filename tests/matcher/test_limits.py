"""Limits that people write in passing are read; what only sounds like one is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from matcher import home
from matcher.datafiles import DataFileError
from matcher.framework import Framework, load_framework
from matcher.limits import DAY_WORDS, Limit, LimitKind, limits_in
from matcher.places import Places
from matcher.types import DayPart, Weekday

H, P, L = LimitKind.HOURS, LimitKind.PARTS, LimitKind.LICENCE
G, W, D, Q = LimitKind.GROUPS, LimitKind.WORK, LimitKind.DISTANCE, LimitKind.DIPLOMA
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")

READ = [
    # Hours.
    ("Ik wil maximaal 24 uur werken.", H, ("1-24",)),
    ("Niet meer dan 20 uur per week graag.", H, ("1-20",)),
    ("Liefst 16 tot 24 uur.", H, ("16-24",)),
    ("Ik zoek werk voor 16-24 uur per week", H, ("16-24",)),
    ("24 uur per week", H, ("20-28",)),
    ("Een dag of twee is genoeg.", H, ("6-16",)),
    ("Ik wil twee dagen per week werken", H, ("12-16",)),
    ("Twee of drie dagen per week kan ik komen", H, ("12-24",)),
    ("hooguit drie dagen", H, ("1-24",)),
    ("drie ochtenden per week", H, ("9-12",)),
    ("Het liefst parttime.", H, ("1-32",)),
    ("minimaal 32 uur", H, ("32-40",)),
    ("I can work up to 20 hours a week", H, ("1-20",)),
    ("At most two days a week", H, ("1-16",)),
    ("I'm looking for something part-time", H, ("1-32",)),
    ("een paar uurtjes in de week", H, ("1-12",)),
    # Times.
    ("Alleen 's ochtends.", P, ("afternoon", "evening", "night")),
    ("Ik kan alleen ’s morgens werken", P, ("afternoon", "evening", "night")),
    ("Ik wil alleen maar overdag werken", P, ("evening", "night")),
    ("only mornings please", P, ("afternoon", "evening", "night")),
    ("Alleen doordeweeks", P, ("sat", "sun")),
    ("Alleen in het weekend", P, WORKDAYS),
    ("niet 's nachts", P, ("night",)),
    ("Ik wil wel, maar niet snachts", P, ("night",)),
    ("geen avonden", P, ("evening",)),
    ("Geen avond- en weekenddiensten", P, ("evening", "sat", "sun")),
    ("geen avonden, nachten en weekenden", P, ("evening", "night", "sat", "sun")),
    ("liever geen weekend", P, ("sat", "sun")),
    ("Ik kan niet op zondag.", P, ("sun",)),
    ("Zondag kan ik niet", P, ("sun",)),
    ("'s nachts werken doe ik liever niet", P, ("night",)),
    ("zonder nachtdiensten", P, ("night",)),
    ("het moet onder schooltijd", P, ("evening", "night", "sat", "sun")),
    ("No nights", P, ("night",)),
    ("I can't work evenings or weekends", P, ("evening", "sat", "sun")),
    ("not on Sundays", P, ("sun",)),
    ("Ik heb geen zin in nachtdiensten", P, ("night",)),
    # Papers.
    ("Ik heb geen rijbewijs.", L, ()),
    ("Een rijbewijs heb ik niet", L, ()),
    ("I can't drive", L, ()),
    ("I have no driving license", L, ()),
    ("i dont have a drivers license", L, ()),
    ("ik heb geen diploma's", Q, ()),
    ("I don't have any qualifications", Q, ()),
    # For whom.
    ("geen kinderen", G, ("children",)),
    ("Ik werk liever niet met kleine kinderen", G, ("children",)),
    ("Kinderen liever niet.", G, ("children",)),
    ("Met kinderen wil ik niet werken", G, ("children",)),
    ("niet met dementerenden", G, ("dementia",)),
    ("Liever niet met mensen met een beperking", G, ("disability",)),
    ("geen pubers of kleuters", G, ("young-people", "children")),
    ("not with children", G, ("children",)),
    ("I'd rather not work with the elderly", G, ("older-people",)),
    ("alles behalve de psychiatrie", G, ("mental-health",)),
    # Which work.
    ("liever niet wassen", W, ("washing",)),
    ("Wassen doe ik liever niet", W, ("washing",)),
    ("geen schoonmaak", W, ("cleaning",)),
    ("Ik wil niet meer schoonmaken", W, ("cleaning",)),
    ("niet achter een computer", W, ("computer",)),
    ("Ik wil niet de hele dag achter de computer zitten", W, ("computer",)),
    ("niet tillen", W, ("lifting",)),
    ("Ik mag niet zwaar tillen van de dokter", W, ("lifting",)),
    ("Ik heb een hekel aan poetsen", W, ("cleaning",)),
    ("Ik kan niet tegen bloed", W, ("wounds",)),
    ("no cleaning, no cooking", W, ("cleaning",)),
    ("Schoonmaken is niets voor mij", W, ("cleaning",)),
    ("Ik wil niks met bloed", W, ("wounds",)),
    ("I hate paperwork", W, ("office",)),
    # Travel.
    ("binnen 10 kilometer", D, ("10",)),
    ("Niet verder dan 15 km van huis", D, ("15",)),
    ("Ik kom op de fiets", D, ("10",)),
    ("het moet op loopafstand zijn", D, ("5",)),
    ("within 20 km", D, ("20",)),
]

NOT_READ = [
    "Ik heb geen probleem met nachten.",
    "Nachten zijn voor mij geen probleem",
    "Nachten vind ik niet erg.",
    "niet alleen 's ochtends",
    "Ik ben niet bang voor kinderen",
    "Ik ben niet vies van schoonmaken",
    "Ik heb geen bezwaar tegen avonddiensten",
    "Ik heb geen moeite met tillen",
    "Geen hekel aan poetsen",
    "Het maakt mij niet uit of het overdag of 's nachts is",
    "Ik kan niet zonder kinderen om me heen",
    "Ik kan niet wachten om met kinderen te werken",
    "Ik wil niets liever dan koken",
    "I don't mind nights",
    "I'm not afraid of blood",
    "I can't wait to work with children",
    "Nights are not a problem",
    # What is or was so, or true of somebody else.
    "Ik heb geen kinderen.",
    "Wij hebben nog geen kinderen",
    "Kinderen heb ik niet",
    "Ik heb thuis geen computer",
    "Ik heb nog nooit met kinderen gewerkt",
    "I have never worked with children",
    "Mijn moeder kon niet meer koken",
    "Ik hielp mensen die niet meer kunnen koken",
    "Ik zorgde voor oma, zij kon zelf niet wassen",
    "Ik werkte 40 uur per week in de horeca",
    "Twee dagen per week pas ik op mijn kleinkinderen",
    "Ik was beschikbaar 24 uur per dag",
    "Ik bezorgde jarenlang de post op de fiets",
    "Ik deed vroeger alleen 's nachts de bewaking",
    "Ik heb 100 km per dag gereden",
    # What somebody likes.
    "Ik werk graag overdag",
    "Ik ben graag met kinderen bezig en kook graag",
    "Ik ben mijn rijbewijs niet kwijt",
    "Ik heb rijbewijs B",
    "Ik reageer binnen 24 uur",
    "Ik kan tussen 9 en 14 uur",
    "Iets met ouderen, niet te moeilijk",
    "",
]


def of(text: str, framework: Framework) -> list[Limit]:
    return list(limits_in(text, framework))


@pytest.mark.parametrize(("text", "kind", "values"), READ)
def test_a_limit_is_read(framework: Framework, text: str, kind: LimitKind, values: tuple[str, ...]):
    found = of(text, framework)
    assert [(one.kind, one.values) for one in found[:1]] == [(kind, values)]
    assert all(one.words and one.words in text for one in found)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_only_sounds_like_a_limit_is_none(framework: Framework, text: str):
    assert of(text, framework) == []


def test_several_limits_in_the_order_of_the_text(framework: Framework):
    text = (
        "Ik kookte jaren in een kantine. Nu zoek ik maximaal 24 uur, niet 's nachts, en ik heb "
        "geen rijbewijs.\nLiever geen kinderen of schoonmaak. Binnen 10 km."
    )
    assert of(text, framework) == [
        Limit(H, ("1-24",), "maximaal 24 uur"),
        Limit(P, ("night",), "niet 's nachts"),
        Limit(L, (), "geen rijbewijs"),
        Limit(G, ("children",), "Liever geen kinderen of schoonmaak"),
        Limit(W, ("cleaning",), "Liever geen kinderen of schoonmaak"),
        Limit(D, ("10",), "Binnen 10 km"),
    ]


def test_a_limit_that_is_said_twice_is_one(framework: Framework):
    text = "Geen nachten en geen weekenden. Dus niet 's nachts! Maximaal 24 uur, of max 20 uur."
    kinds = [(one.kind, one.values) for one in of(text, framework)]
    assert kinds == [(P, ("night",)), (P, ("sat", "sun")), (H, ("1-24",))]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Ik zoek werk in Heerlen of Kerkrade.", "Heerlen", "in Heerlen"),
        ("Liefst in de buurt van Sittard.", "Sittard", "buurt van Sittard"),
        ("I am looking for work near Maastricht", "Maastricht", "near Maastricht"),
        ("Iets in Den Haag graag", "Den Haag", "in Den Haag"),
    ],
)
def test_a_place_is_read_where_places_are_known(
    framework: Framework, places: Places, text: str, name: str, words: str
):
    assert limits_in(text, framework, places) == (Limit(LimitKind.PLACE, (name,), words),)
    assert limits_in(text, framework) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb jaren gewerkt in Heerlen.",
        "Ik werk graag in Teams",
        "Ik zoek werk in Beek",  # Of that name there are several.
        "in heerlijkheid",
    ],
)
def test_what_is_no_place_is_none(framework: Framework, places: Places, text: str):
    assert limits_in(text, framework, places) == ()


def test_no_licence_is_not_also_work_that_is_not_wanted(framework: Framework):
    assert [one.kind for one in of("No driving licence.", framework)] == [L]
    assert [one.values for one in of("Liever niet autorijden.", framework)] == [("driving",)]


def test_a_framework_without_topics_reads_the_rest(framework: Framework):
    bare = Framework({}, {}, {}, {}, {}, {})
    found = limits_in("geen kinderen, niet 's nachts", bare)
    assert [one.kind for one in found] == [P]


def test_day_words_cover_the_week():
    assert DAY_WORDS["night"] == {(day, DayPart.NIGHT) for day in Weekday}
    assert DAY_WORDS["sun"] == {(Weekday.SUN, part) for part in DayPart}


def test_every_topic_is_found_by_each_of_its_words(framework: Framework):
    lost = []
    for topic in framework.unwanted.values():
        for language, text in (("nl", topic.nl), ("en", topic.en)):
            for word in text.words:
                said = f"liever geen {word}" if language == "nl" else f"no {word}"
                if not any(topic.id in one.values for one in of(said, framework)):
                    lost.append((topic.id, word))
    assert not lost


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("competences: [clean-rooms,", "competences: [clean-moons,", "competences"),
        ("groups: [newcomers]", "groups: [martians]", "groups"),
        ("groups: [newcomers]", "groups: []", ""),
        ("groups: [newcomers]", "competences: [do-laundry]\n  groups: [newcomers]", ""),
        ("- id: laundry", "- id: cleaning", "id"),
        ('"newcomers", "refugees"', '"", "refugees"', "en.words.0"),
    ],
)
def test_a_broken_topic_is_named(tmp_path: Path, old: str, new: str, field: str):
    folder = tmp_path / "framework"
    shutil.copytree(home.DATA / "framework", folder)
    file = folder / "limits.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataFileError) as caught:
        load_framework(folder)
    assert caught.value.file == file
    assert caught.value.field == field
    assert caught.value.line > 1

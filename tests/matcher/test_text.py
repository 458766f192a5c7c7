"""From what people type to pieces: sentences, denial, and everything that is no text."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import MAX_PIECES, clean, has_words, is_negated, pieces, sentences

ANY_TEXT = st.text(alphabet=st.characters(), max_size=400)
DUTCH_TEXT = st.text(alphabet="abc éë.,;:!?()-–•\n\t<>'niet geen maar", max_size=400)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  a   b\t c ", "a b c"),
        ("a\r\nb\rc\n\n\nd", "a\nb\nc\nd"),
        ("een\u00a0twee\u2003drie", "een twee drie"),
        ("a\x00b\x07c", "a b c"),
        ("zorg\u200bzaam \u202eomgekeerd", "zorgzaam omgekeerd"),
        ("<p>Ik <b>zorg</b></p>", "Ik zorg"),
        ("<script>alert('x')</script>", "alert('x')"),
        ("ﬁets ｆｕｌｌ", "fiets full"),
        ("cafe\u0301", "café"),
        ("\ud800kapot", "kapot"),
        ("", ""),
        ("\n \t\n", ""),
    ],
)
def test_clean(typed: str, cleaned: str):
    assert clean(typed) == cleaned


def test_clean_keeps_a_lone_comparison():
    assert clean("meer dan 3 < 5 jaar") == "meer dan 3 < 5 jaar"


@given(st.one_of(ANY_TEXT, DUTCH_TEXT))
def test_clean_never_raises_and_leaves_no_control_characters(text: str):
    cleaned = clean(text)
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@given(st.one_of(ANY_TEXT, DUTCH_TEXT))
def test_pieces_are_few_and_are_the_persons_own_words(text: str):
    found = pieces(text)
    assert len(found) <= MAX_PIECES
    assert all(one.text and one.text in one.sentence for one in found)
    assert all(one.sentence in clean(text) for one in found)
    assert all(has_words(one.text) for one in found)


@given(DUTCH_TEXT)
def test_what_has_words_has_pieces(text: str):
    assert has_words(text) == bool(sentences(text)) == bool(pieces(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", False),
        ("   \n", False),
        ("🙂🎉👍🏽", False),
        ("123 456", False),
        ("a b c", False),
        ("<br/>", False),
        ("...!?", False),
        ("\x00\x01", False),
        ("zorg", True),
        ("догляд за літніми людьми", True),
        ("رعاية المسنين", True),
        ("照顾老人", True),
        ("नमस्ते", True),
        ("🙂 koken", True),
    ],
)
def test_has_words(text: str, words: bool):
    assert has_words(text) is words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een. Twee! Drie?", ["Een.", "Twee!", "Drie?"]),
        ("Een zin\nNog een zin", ["Een zin", "Nog een zin"]),
        ("- koken\n- wassen\n• strijken", ["koken", "wassen", "strijken"]),
        ("Ik werkte in 2019… Toen niet meer.", ["Ik werkte in 2019...", "Toen niet meer."]),
        ("www.zorg.example is mooi", ["www.zorg.example is mooi"]),
        ("123. 🙂. Ja dus.", ["Ja dus."]),
        ("", []),
        ("Ik werkte o.a. in een café. Nu niet.", ["Ik werkte o.a. in een café.", "Nu niet."]),
        ("Met dieren, bijv. Paarden.", ["Met dieren, bijv. Paarden."]),
        ("Ik deed m.b.o. zorg.", ["Ik deed m.b.o. zorg."]),
        ("Ik deed mbo. Toen werk.", ["Ik deed mbo.", "Toen werk."]),
        ("Wassen, strijken enz. Daarna koken.", ["Wassen, strijken enz.", "Daarna koken."]),
        ("Wassen, strijken e.d. vind ik leuk.", ["Wassen, strijken e.d. vind ik leuk."]),
        ("Ik hielp dhr. Jansen, max. 24 uur.", ["Ik hielp dhr. Jansen, max. 24 uur."]),
        ("Ma t/m vr. Ik kan vroeg.", ["Ma t/m vr.", "Ik kan vroeg."]),
        (
            "I like crafts, e.g. Sewing, i.e. repairs.",
            ["I like crafts, e.g. Sewing, i.e. repairs."],
        ),
        ("Ik werk bijv.\nIk kook", ["Ik werk bijv.", "Ik kook"]),
    ],
)
def test_sentences(text: str, found: list[str]):
    assert sentences(text) == found


def test_a_sentence_gives_itself_and_its_clauses():
    found = [one.text for one in pieces("Ik kook graag, en ik zorg voor mijn oma; elke dag.")]
    assert found[0] == "Ik kook graag, en ik zorg voor mijn oma; elke dag."
    assert "Ik kook graag" in found
    assert "en ik zorg voor mijn oma" in found


def test_a_sentence_of_one_clause_stands_there_once():
    assert [one.text for one in pieces("Ik kook graag voor veel mensen.")] == [
        "Ik kook graag voor veel mensen."
    ]


def wanted_and_denied(text: str) -> tuple[list[str], list[str]]:
    found = pieces(text)
    return (
        [one.text for one in found if not one.negated],
        [one.text for one in found if one.negated],
    )


@pytest.mark.parametrize(
    ("text", "wanted", "denied"),
    [
        ("Ik werk graag met ouderen, maar niet met kinderen.", "ouderen", "kinderen"),
        ("Ik zorg graag voor mensen maar liever niet 's nachts", "mensen", "nachts"),
        ("Koken, geen kinderen", "Koken", "kinderen"),
        ("Koken en wassen: prima; nooit administratie", "wassen", "administratie"),
        ("I like cooking but I don't drive", "cooking", "drive"),
        ("I love gardens, never offices", "gardens", "offices"),
        ("Ik kook graag en heb geen rijbewijs", "kook", "rijbewijs"),
        ("Ik wil niet tillen en ik lees graag voor", "lees", "tillen"),
        ("Alles is goed behalve schoonmaken", "goed", "schoonmaken"),
        ("I love people and can't drive", "people", "drive"),
    ],
)
def test_a_denied_clause_denies_only_itself(text: str, wanted: str, denied: str):
    wants, denials = wanted_and_denied(text)
    assert any(wanted in one for one in wants)
    assert not any(denied in one for one in wants)
    assert any(denied in one for one in denials)
    assert not any(wanted in one for one in denials)


@pytest.mark.parametrize(
    "clause",
    [
        "Ik wil niet tillen",
        "geen nachtdiensten",
        "Ik heb geen ervaring met wonden verzorgen",
        "I have no experience with wounds",
        "nooit meer achter een bureau",
        "zonder auto",
        "I do not drive",
        "I can't lift",
        "I cannot work at night",
        "rather not with children",
        "LIEVER NIET in de avond",
        "ik kan niet koken",
        "ik ben niet zo'n prater",
        "I never drove",
        "ik ben niet erg handig",
        "ik loop niet goed",
        "mensen die ik niet ken",
        "mijn man wil niet dat ik nachten draai",
        "Ik wil niet met mensen die schreeuwen werken",
        "met kinderen werk ik niet",
        "met de kinderen niet",
        "liever geen werk met oude mensen",
        "Ik heb geen ervaring",
        "ik heb nog geen ervaring",
        "Wonden verzorgen heb ik nooit gedaan",
        "Ik heb nog niet met ouderen gewerkt",
        "niets met computers",
        "I don’t cook",
        "I haven't worked with children",
        "I wasn't a manager",
        "ik heb een hekel aan strijken",
        "I want nothing with offices",
        "zonder kinderen om me heen",
    ],
)
def test_denial(clause: str):
    assert is_negated(clause)
    assert [one.negated for one in pieces(clause)] == [True]


@pytest.mark.parametrize(
    "clause",
    [
        "Ik kan niet alleen koken",
        "ik ben niet bang voor bloed",
        "niet vies van aanpakken",
        "onregelmatig werken is geen probleem",
        "ik heb geen diploma",
        "ik ben nooit te beroerd om te helpen",
        "I am not afraid of hard work",
        "working shifts is no problem",
        "Ik kook graag",
        "genietend van notities en nootjes",
        "Zij wast en strijkt",
        "Mijn oma kan niet bukken",
        "iemand die niks ziet",
        "zagen kon hij niet",
        "I cook for people who cannot walk",
        "my dad doesn't talk any more",
        "I have a cat",
        "nachten vind ik niet erg",
        "voor ellende loop ik niet weg",
        "Ik doe het huishouden zonder hulp",
        "Ik kan niet wachten om te beginnen",
        "Ik doe niets liever dan koken",
        "Met kinderen werken, waarom niet",
        "Ik heb geen dag ziek thuis gezeten",
        "Ik ben niet op mijn mondje gevallen",
        "Ik kan niet zonder mensen",
        "Ik draai mijn hand niet om voor een volle zaal",
        "nachten maken me niet uit",
        "van bloed schrik ik niet",
        "geen ervaring nodig",
        "ik ben nooit te laat",
        "niks is mij te veel, niets te zwaar",
        "I am no stranger to hard work",
        "there is nothing I like better than baking",
        "I can't wait to start",
        "I can’t wait to help",
        "I don't mind nights",
        "I never missed a shift",
        "I washed him without help",
        "not a single day ill",
        "no experience needed",
        "why not work with children",
        "I could not live without people around me",
    ],
)
def test_turns_of_phrase_that_deny_nothing(clause: str):
    assert not is_negated(clause)


def test_what_has_no_verb_of_its_own_is_denied_along():
    assert [one.text for one in pieces("Ik wil niet koken en wassen") if not one.negated] == []


def test_a_denial_together_with_somebody_is_ones_own():
    assert is_negated("mijn man en ik willen geen nachten")


def test_not_only_but_also_denies_neither():
    found = pieces("Ik kan niet alleen koken maar ook bakken")
    assert not any(one.negated for one in found)


def test_a_very_long_text_stays_bounded_and_quick():
    for text in (
        "Ik zorg graag voor mensen. " * 2000,
        "zorg " * 10_000,
        "z" * 50_000,
        "<" * 50_000,
        "a," * 25_000,
        "a - " * 12_500,
        "niet " * 10_000,
        "🙂" * 50_000,
        "\u0301" * 50_000,
    ):
        start = time.perf_counter()
        assert len(pieces(text)) <= MAX_PIECES
        assert time.perf_counter() - start < 2


def test_markup_around_words_leaves_the_words():
    (only,) = pieces("<div class='x'>Ik <em>kook</em> graag</div>")
    assert only.text == "Ik kook graag"

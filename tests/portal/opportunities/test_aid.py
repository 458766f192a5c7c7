"""Reading along: what is flagged, what is not, and what could stand there instead."""

import time
from pathlib import Path

import pytest
import yaml

from portal.config import ROOT
from portal.opportunities import aid

SENTENCES = yaml.safe_load(
    Path(__file__).with_name("aid_sentences.yaml").read_text(encoding="utf-8")
)
RULES = aid.rules(
    (file.name, yaml.safe_load(file.read_text(encoding="utf-8")))
    for file in sorted((ROOT / "data" / "framework" / "aid").glob("*.yaml"))
)


def found(text: str) -> list[aid.Flag]:
    return aid.flags(text, RULES, language="nl", spoken="nl")


def counts(part: str) -> tuple[int, int, int]:
    """Right flags, false ones, and sentences that were missed."""
    right = false = missed = 0
    for ground, sentences in SENTENCES[part].items():
        for sentence in sentences:
            grounds = {flag.ground for flag in found(sentence)}
            right += ground in grounds
            missed += ground != "none" and ground not in grounds
            false += len(grounds - {ground})
    return right, false, missed


def test_there_are_enough_sentences() -> None:
    told = [one for part in SENTENCES.values() for each in part.values() for one in each]
    assert len(told) >= 150
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(("part", "precision", "recall"), [("tuned", 1, 1), ("held", 0.97, 0.84)])
def test_precision_and_recall(part: str, precision: float, recall: float) -> None:
    right, false, missed = counts(part)
    assert right / (right + false) >= precision, (right, false, missed)
    assert right / (right + missed) >= recall, (right, false, missed)


def test_the_openings_of_the_demo_region_are_seldom_flagged() -> None:
    openings = [
        one
        for file in sorted((ROOT / "data" / "demo" / "opportunities").glob("*.yaml"))
        for one in yaml.load(
            file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    ]
    flagged = [one["id"] for one in openings if found(f"{one['title']}\n{one['text']}")]
    assert len(openings) >= 100
    assert flagged == []


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("We zoeken een Verpleegster.", "We zoeken een Verpleegkundige."),
        ("TWEE VERPLEEGSTERS", "TWEE VERPLEEGKUNDIGEN"),
        ("Een jong team. Kom langs.", "Een hecht team. Kom langs."),
        (
            "Fijn werk. Nederlands is je moedertaal. Kom langs.",
            "Fijn werk. Je spreekt en begrijpt goed Nederlands (niveau B1). Kom langs.",
        ),
        ("Een mannelijke begeleider graag.", "Een begeleider graag."),
        (
            "Zij is verpleegster, en zij ook verpleegster.",
            "Zij is verpleegkundige, en zij ook verpleegkundige.",
        ),
    ],
)
def test_one_click_puts_other_words_there(text: str, better: str) -> None:
    key = found(text)[0].key
    after = aid.replaced(text, key, RULES, language="nl")
    assert after == better
    assert key not in [flag.key for flag in found(after)]


def test_every_alternative_shuts_nobody_out() -> None:
    for part in SENTENCES.values():
        for sentences in part.values():
            for sentence in sentences:
                for flag in found(sentence):
                    after = aid.replaced(sentence, flag.key, RULES, language="nl")
                    assert flag.key not in [one.key for one in found(after)], sentence


def test_both_forms_side_by_side_are_fine() -> None:
    assert found("Verpleegkundige of verpleegster, je bent welkom.") == []
    assert found("Gastvrouwen en gastheren gezocht.") == []
    assert [flag.words for flag in found("Gastvrouwen gezocht.")] == ["Gastvrouwen"]


def test_the_reason_names_the_law() -> None:
    (age,) = found("Een jong team.")
    assert "WGBL" in age.reason
    (sex,) = aid.flags("A female nurse.", RULES, language="en", spoken="en")
    assert "AWGB" in sex.reason
    assert "Equal Treatment" in sex.reason


@pytest.mark.parametrize(
    "text", ["je bent " * 1250, "jong, en a " * 900, "a" * 10_000, "cv " * 3000, ".!?" * 3000]
)
def test_a_long_text_takes_a_moment(text: str) -> None:
    started = time.perf_counter()
    found(text)
    assert time.perf_counter() - started < 2


# A diploma


def demand(**changes: object) -> aid.Demand:
    usual = {
        "diploma_required": False,
        "text": "Je zet koffie.",
        "gates": frozenset(),
        "legal_competences": frozenset(),
    }
    return aid.Demand(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Je hebt een afgeronde mbo-opleiding.",
        "Een diploma is vereist.",
        "In het bezit van een diploma Helpende.",
        "Minimaal een mbo 2 diploma.",
        "You have a degree in care.",
    ],
)
def test_a_text_can_demand_a_diploma(text: str) -> None:
    assert aid.needless_diploma(demand(text=f"Leuk werk. {text} Kom!")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Een diploma is niet nodig.",
        "Zonder diploma kan ook.",
        "Je hebt een rijbewijs en een opleiding leer je bij ons.",
        "Je volgt bij ons een opleiding.",
    ],
)
def test_a_text_can_say_that_none_is_needed(text: str) -> None:
    assert aid.needless_diploma(demand(text=text)) is None


def test_the_law_can_ask_for_it() -> None:
    assert aid.needless_diploma(demand(diploma_required=True)) == ""
    legal = demand(diploma_required=True, gates=frozenset({"big-nurse"}))
    assert aid.needless_diploma(legal) is None
    reserved = demand(diploma_required=True, legal_competences=frozenset({"inject"}))
    assert aid.needless_diploma(reserved) is None
    assert aid.needless_diploma(demand()) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"ground": "hair", "law": "x", "reason": {}, "rules": []},
        {"ground": "age", "law": "x", "reason": {}, "rules": [{"id": "x"}]},
        {"ground": "age", "law": "x", "reason": {}, "rules": [{"id": "x", "find": ["("]}]},
        {"ground": "age", "law": "x", "reason": {}, "rules": [{"find": ["x"]}]},
        {"ground": "age"},
    ],
)
def test_a_broken_file_is_told(broken: dict) -> None:
    with pytest.raises(aid.AidError):
        aid.rules([("age.yaml", broken)])


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Leuk werk. Je hebt een diploma Helpende. Kom!", "Leuk werk. Kom!"),
        ("Leuk werk.\nEen diploma is vereist.\nKom!", "Leuk werk.\n\nKom!"),
        ("Minimaal een mbo 2 diploma. Kom! Een diploma is vereist.", "Kom!"),
        ("Een diploma is niet nodig. Kom!", "Een diploma is niet nodig. Kom!"),
    ],
)
def test_a_diploma_demand_leaves_the_text_with_its_whole_sentence(text: str, rest: str) -> None:
    assert aid.without_diploma_demand(text) == rest

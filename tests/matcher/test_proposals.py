"""A pasted vacancy text proposes what it asks: gates first, then competences, once each."""

from __future__ import annotations

import pytest

from matcher.engine import Engine
from matcher.text import clean
from matcher.types import Proposal

TEXT = """
Voor ons wijkteam in Gulpen zoeken we een collega.
Je deelt medicijnen uit volgens de toedienlijst en controleert ze dubbel.
Je rijdt met de auto van cliënt naar cliënt, dus je hebt een rijbewijs B en een VOG.
Je hoeft niet te koken.
"""


def competences(found: list[Proposal]) -> list[str]:
    return [one.requirement.competence for one in found if one.requirement.competence]


def gates(found: list[Proposal]) -> list[str]:
    return [one.requirement.gate for one in found if one.requirement.gate]


def test_medication_and_driving(whole: Engine):
    found = whole.propose(TEXT)
    assert {"driving-licence-b", "vog"} == set(gates(found))
    assert {"administer-medication", "medication-reminders"} & set(competences(found)[:3])
    assert "cook-for-groups" not in competences(found)
    assert "bookkeeping" not in competences(found)


def test_gates_come_first_and_are_legal_facts(whole: Engine):
    found = whole.propose(TEXT)
    number = len(gates(found))
    assert all(one.requirement.gate for one in found[:number])
    for one in found[:number]:
        assert one.requirement.legal
        assert one.requirement.critical
        assert not one.requirement.learnable
    for one in found[number:]:
        assert not one.requirement.legal
    strengths = [one.strength for one in found[number:]]
    assert strengths == sorted(strengths, reverse=True)


def test_each_is_proposed_once_with_a_sentence_of_the_text(whole: Engine):
    found = whole.propose(TEXT, limit=50)
    asked = [one.requirement.gate or one.requirement.competence for one in found]
    assert len(set(asked)) == len(asked)
    assert all(one.sentence in clean(TEXT) for one in found)
    assert all(0 < one.strength <= 1 for one in found)
    assert any("medicijnen" in one.sentence for one in found)


def test_the_limit_holds(whole: Engine):
    found = whole.propose(TEXT, limit=50)
    assert whole.propose(TEXT, limit=3) == found[:3]
    assert len(whole.propose(TEXT * 40)) <= 8


@pytest.mark.parametrize("text", ["", " \n", "🙂🎉", "\x00", "<p></p>", "12345"])
def test_nothing_is_proposed_of_nothing(whole: Engine, text: str):
    assert whole.propose(text) == []


def test_a_gate_that_is_denied_is_not_proposed(whole: Engine):
    assert gates(whole.propose("Je hebt geen rijbewijs nodig. Een VOG wel.")) == ["vog"]


def test_an_english_text_that_is_big_asks_no_register(whole: Engine):
    text = "You join a big team and help residents wash and dress. A driving licence is needed."
    found = whole.propose(text)
    assert gates(found) == ["driving-licence-b"]
    assert "help-washing-dressing" in competences(found)


def test_what_cannot_be_learnt_there_says_so(whole: Engine):
    for one in whole.propose(TEXT, limit=50):
        competence = whole.framework.competences.get(one.requirement.competence or "")
        if competence:
            assert one.requirement.learnable is (competence.weeks_on_the_job is not None)
            assert one.requirement.text == competence.label("nl")

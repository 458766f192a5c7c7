"""The framework on file: enough of it, in both languages, and connected."""

from __future__ import annotations

import pytest

from matcher.framework import LANGUAGES, Form, Framework


def test_counts_of_the_issue(framework: Framework):
    assert len(framework.competences) >= 150
    assert len(framework.professions) >= 60
    assert len(framework.learning) >= 60


def test_competences_say_where_else_people_learn_them_in_both_languages(framework: Framework):
    for one in framework.competences.values():
        for words in (one.nl, one.en):
            assert len(words.elsewhere) >= 3, one.id
            assert len(set(words.elsewhere)) == len(words.elsewhere), one.id
        assert one.label("nl") != one.label("en"), one.id


def test_no_two_competences_have_the_same_name(framework: Framework):
    for language in LANGUAGES:
        labels = [one.label(language).lower() for one in framework.competences.values()]
        assert len(set(labels)) == len(labels)


def test_every_field_has_professions(framework: Framework):
    assert {one.field for one in framework.professions.values()} == set(framework.fields)


def test_learning_has_all_six_forms(framework: Framework):
    assert {one.form for one in framework.learning.values()} == set(Form)


def test_every_learning_activity_delivers_something(framework: Framework):
    for one in framework.learning.values():
        assert one.competences or one.gates, one.id


def test_learning_never_delivers_a_certificate_of_conduct(framework: Framework):
    assert all("vog" not in one.gates for one in framework.learning.values())


def test_only_the_certificate_of_conduct_is_arranged_by_the_employer(framework: Framework):
    arranged = [gate.id for gate in framework.gates.values() if gate.arranged_by_employer]
    assert arranged == ["vog"]


def test_a_label_falls_back_to_dutch(framework: Framework):
    one = framework.competences["help-washing-dressing"]
    assert one.label("de") == one.label("nl") != one.label("en")


@pytest.mark.parametrize(
    ("text", "gates"),
    [
        ("Je hebt een rijbewijs B en een VOG.", {"driving-licence-b", "vog"}),
        ("Verklaring omtrent gedrag (VOG)", {"vog"}),
        ("VOG: die vragen we samen aan", {"vog"}),
        ("Rijbewijs C1", {"driving-licence-c1"}),
        ("BIG-registratie fysiotherapeut", {"big-physiotherapist"}),
        ("Je bent BIG geregistreerd", {"big-nurse"}),
        ("BIG", {"big-nurse"}),
        ("I like to work in a big team", set()),
        ("Vogels voeren en de volière schoonmaken", set()),
        ("", set()),
    ],
)
def test_gates_are_recognised_by_name(framework: Framework, text: str, gates: set[str]):
    assert set(framework.gates_in(text)) == gates
    assert framework.gate_in(text) in (gates or {None})


def test_the_longest_gate_name_wins(framework: Framework):
    assert framework.gate_in("VOG en rijbewijs C1") == "driving-licence-c1"

"""What evidence is worth and until when; each rule, whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from matcher import Grade as EngineGrade
from portal.matching.knowledge import framework
from portal.portfolio import policy
from portal.portfolio.kinds import CheckResult, EvidenceKind, Grade
from portal.portfolio.policy import NumberProblem, State

TODAY = date(2026, 11, 22)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@dataclass
class Item:
    grade: str = Grade.CERTIFIED
    gate: str | None = "big-nurse"
    expires_on: date | None = None
    check_result: str | None = CheckResult.CONFIRMED
    awaits_check: bool = False


@pytest.mark.parametrize(
    ("item", "state", "grade", "opens", "closes"),
    [
        (Item(), State.VALID, Grade.CERTIFIED, True, False),
        (Item(expires_on=TODAY), State.EXPIRING, Grade.CERTIFIED, True, False),
        (Item(expires_on=TODAY + policy.SOON), State.EXPIRING, Grade.CERTIFIED, True, False),
        (
            Item(expires_on=TODAY + policy.SOON + timedelta(days=1)),
            State.VALID,
            Grade.CERTIFIED,
            True,
            False,
        ),
        (Item(expires_on=YESTERDAY), State.EXPIRED, Grade.CLAIMED, False, True),
        (Item(check_result=CheckResult.REJECTED), State.REJECTED, None, False, True),
        (
            Item(check_result=CheckResult.REJECTED, expires_on=YESTERDAY),
            State.REJECTED,
            None,
            False,
            True,
        ),
        (
            Item(grade=Grade.CLAIMED, check_result=None, awaits_check=True),
            State.WAITING,
            Grade.CLAIMED,
            True,
            False,
        ),
        (
            Item(grade=Grade.CLAIMED, check_result=None, awaits_check=True, expires_on=TOMORROW),
            State.EXPIRING,
            Grade.CLAIMED,
            True,
            False,
        ),
        (Item(gate=None), State.VALID, Grade.CERTIFIED, False, False),
        (Item(gate=None, expires_on=YESTERDAY), State.EXPIRED, Grade.CLAIMED, False, False),
    ],
)
def test_how_evidence_stands(
    item: Item, state: State, grade: Grade | None, opens: bool, closes: bool
) -> None:
    assert policy.state(item, TODAY) is state
    assert policy.grade_today(item, TODAY) is grade
    assert policy.opens_gate(item, TODAY) is opens
    assert policy.closes_gate(item, TODAY) is closes


def test_grades_are_those_of_the_engine_in_its_order() -> None:
    assert [one.value for one in Grade] == [one.value for one in EngineGrade]
    assert policy.strongest([Grade.CLAIMED, Grade.VALIDATED, Grade.DEMONSTRATED]) is Grade.VALIDATED
    assert policy.strongest([]) is Grade.CLAIMED


def test_a_check_lifts_papers_to_certified_and_words_to_demonstrated() -> None:
    certified = {kind for kind in EvidenceKind if policy.grade_after_check(kind) is Grade.CERTIFIED}
    assert certified == {
        EvidenceKind.DIPLOMA,
        EvidenceKind.CERTIFICATE,
        EvidenceKind.PRACTICE_STATEMENT,
        EvidenceKind.REGISTER,
        EvidenceKind.BADGE,
        EvidenceKind.VOG,
    }
    assert policy.grade_after_check(EvidenceKind.REFERENCE) is Grade.DEMONSTRATED


@pytest.mark.parametrize(
    ("gate", "number", "problem"),
    [
        ("big-nurse", "19912345630", None),
        ("big-nurse", "19912345604", NumberProblem.PROFESSION),
        ("big-physiotherapist", "19912345604", None),
        ("big-psychologist", "39054812025", None),
        ("big-nurse", "1991234563", NumberProblem.LENGTH),
        ("big-nurse", "199123456300", NumberProblem.LENGTH),
        ("big-nurse", "1991234563a", NumberProblem.DIGITS),
        ("big-nurse", "١٩٩١٢٣٤٥٦٣٠", NumberProblem.DIGITS),
        ("big-nurse", "²9912345630", NumberProblem.DIGITS),
        ("skj", "130005177", None),
        ("skj", "19912345630", NumberProblem.LENGTH),
        ("skj", "", NumberProblem.DIGITS),
    ],
)
def test_numbers_of_registers(gate: str, number: str, problem: NumberProblem | None) -> None:
    assert policy.number_problem(gate, number) is problem


@pytest.mark.parametrize(
    ("begun", "end"),
    [
        (date(2022, 3, 1), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (None, None),
    ],
)
def test_a_registration_ends_after_five_years(begun: date | None, end: date | None) -> None:
    assert policy.usual_end(EvidenceKind.REGISTER, begun) == end
    assert policy.usual_end(EvidenceKind.DIPLOMA, begun) is None


END = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("days_left", "warned_days_left", "due"),
    [
        (61, None, None),
        (60, None, 60),
        (59, 60, None),
        (15, 60, None),
        (14, 60, 14),
        (14, None, 14),
        (10, 14, None),
        (0, 60, 14),
        (0, 14, None),
        (-1, None, None),
    ],
)
def test_two_warnings_each_once(
    days_left: int, warned_days_left: int | None, due: int | None
) -> None:
    def on(days: int) -> date:
        return END - timedelta(days=days)

    warned = None if warned_days_left is None else on(warned_days_left)
    assert policy.warning_due(END, warned, on(days_left)) == due


@pytest.mark.parametrize(
    "url",
    [
        "https://www.edubadges.nl/public/assertions/abc123",
        "https://api.eu.badgr.io/public/assertions/x",
        "https://www.credly.com/badges/7a1b",
        "https://leren.voorbeeld.example/badge/12",
        "https://voorbeeld.example/open/assertion.json",
    ],
)
def test_links_of_badges(url: str) -> None:
    assert policy.is_badge_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.edubadges.nl/public/assertions/abc",
        "https://www.edubadges.nl/",
        "https://www.edubadges.nl/public/assertions/",
        "https://voorbeeld.example/",
        "https://localhost/badge/1",
        "https://127.0.0.1/badge/1",
        "https://[::1]/badge/1",
        "https://voorbeeld.example:8443/badge/1",
        "https://naam:woord@voorbeeld.example/badge/1",
        "javascript:alert(1)//badge",
        "https://voorbeeld.example:badge/",
        "badge",
        "",
    ],
)
def test_what_is_no_link_of_a_badge(url: str) -> None:
    assert not policy.is_badge_link(url)


def test_every_gate_can_be_put_on_file_by_one_kind() -> None:
    gates = [gate for some in policy.GATES_OF.values() for gate in some]
    assert len(gates) == len(set(gates))


@pytest.mark.usefixtures("app")
def test_the_gates_are_those_of_the_framework() -> None:
    gates = {gate for some in policy.GATES_OF.values() for gate in some}
    assert gates == set(framework().gates)

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from portal.opportunities.policy import lacks_to_be_published, may_manage, visible_to_visitors

TODAY = date(2026, 3, 2)


@dataclass
class Facts:
    status: str = "published"
    title: str = "Gastheer"
    text: str = "Je zet koffie."
    hours_min: float | None = 16
    hours_max: float | None = 24
    closes_on: date | None = TODAY
    requirements: list[object] = field(default_factory=lambda: [object()])


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({}, True),
        ({"status": "draft"}, False),
        ({"status": "closed"}, False),
        ({"closes_on": date(2026, 3, 1)}, False),
        ({"closes_on": None}, False),
    ],
)
def test_who_is_not_signed_in_sees(change, seen) -> None:
    assert visible_to_visitors(replace(Facts(), **change), TODAY) is seen


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, ()),
        ({"title": "  "}, ("title",)),
        ({"text": ""}, ("text",)),
        ({"hours_min": None}, ("hours",)),
        ({"hours_max": None}, ("hours",)),
        ({"closes_on": None}, ("closes_on",)),
        ({"closes_on": date(2026, 3, 1)}, ("closes_on",)),
        ({"requirements": []}, ("requirements",)),
    ],
)
def test_what_lacks(change, lacking) -> None:
    assert lacks_to_be_published(replace(Facts(), **change), TODAY) == lacking


def test_only_for_the_own_organisation() -> None:
    assert may_manage(3, {1, 3})
    assert not may_manage(2, {1, 3})

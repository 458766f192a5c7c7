"""What a text of one's own shows: whole sentences, the strongest first, nothing denied."""

from __future__ import annotations

import time

import pytest

from portal.errors import Unavailable
from portal.matching.resident import Resident
from portal.matching.shown import PROPOSED_FROM, shown_in

TEXT = (
    "Ik had acht jaar een cateringbedrijf, kookte voor tweehonderd mensen en deed de inkoop. "
    "Ik hielp mijn schoonvader met wassen en aankleden. Ik kan niet autorijden."
)


def test_each_competence_once_with_the_whole_sentence(matching: Resident) -> None:
    found = shown_in(TEXT)
    by_id = {one.competence: one for one in found}
    assert len(by_id) == len(found)
    assert by_id["cook-for-groups"].sentence.startswith("Ik had acht jaar")
    assert by_id["cook-for-groups"].sentence.endswith("de inkoop.")
    assert "wassen" in by_id["help-washing-dressing"].sentence
    strengths = [one.strength for one in found]
    assert strengths == sorted(strengths, reverse=True)
    assert min(strengths) >= PROPOSED_FROM


def test_what_is_denied_or_empty_shows_nothing(matching: Resident) -> None:
    assert shown_in("  \n ") == []
    assert "drive-clients" not in {one.competence for one in shown_in(TEXT)}
    assert shown_in("Ik kan niet koken voor groepen.") == []


def test_so_many_and_no_more(matching: Resident) -> None:
    assert len(shown_in(TEXT, limit=1)) == 1


def test_it_is_read_in_one_go(matching: Resident) -> None:
    shown_in(TEXT)
    begun = time.perf_counter()
    shown_in(TEXT + " Ik las voor.")
    # Ten milliseconds on an idle machine; what fails here reads each competence by itself.
    assert time.perf_counter() - begun < 0.5


@pytest.mark.usefixtures("app")
def test_it_rests_while_matching_does() -> None:
    with pytest.raises(Unavailable):
        shown_in(TEXT)

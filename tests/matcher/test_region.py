"""The demo region on file: counts, variety, and texts that are written rather than filled in."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from matcher.framework import Framework
from matcher.places import distance_km
from matcher.region import Region, Shape
from matcher.types import Kind, Opportunity, Place


def test_counts_of_the_issue(region: Region):
    assert len(region.organisations) >= 14
    assert len(region.places) >= 30
    kinds = Counter(posting.kind for posting in region.postings.values())
    assert kinds[Kind.VACANCY] >= 90
    assert kinds[Kind.TRAINEESHIP] >= 40
    assert kinds[Kind.COMBINED_FUNCTION] >= 20


def test_texts_and_requirements_are_of_the_right_size(region: Region):
    for posting in region.postings.values():
        assert 120 <= len(posting.text.split()) <= 250, posting.id
        assert 4 <= len(posting.requirements) <= 8, posting.id


def test_every_shape_of_lateral_entry_occurs(region: Region):
    assert {posting.shape for posting in region.postings.values()} >= set(Shape)


def test_every_field_has_opportunities(region: Region, framework: Framework):
    assert {posting.field for posting in region.postings.values()} == set(framework.fields)


def test_every_organisation_and_site_offers_something(region: Region):
    assert {posting.site for posting in region.postings.values()} == set(region.places)


def test_requirements_differ_in_weight(region: Region):
    asked = [one for posting in region.postings.values() for one in posting.requirements]
    for fact in ("critical", "learnable"):
        assert {getattr(one, fact) for one in asked} == {True, False}
    assert any(one.gate for one in asked)
    assert not any(one.gate and one.learnable for one in asked)


def test_no_posting_asks_the_same_twice(region: Region):
    for posting in region.postings.values():
        asked = [one.competence or one.gate for one in posting.requirements]
        assert len(set(asked)) == len(asked), posting.id


def test_the_sites_lie_in_one_region(region: Region):
    found = list(region.places.values())
    assert max(distance_km(one, other) for one, other in combinations(found, 2)) < 120


def five_words(text: str) -> set[tuple[str, ...]]:
    words = "".join(c.lower() if c.isalnum() else " " for c in text).split()
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def test_no_two_texts_share_more_than_thirty_percent_of_their_five_word_sequences(region: Region):
    sequences = {one.id: five_words(one.text) for one in region.postings.values()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for identifier, found in sequences.items():
        for sequence in found:
            holders[sequence].append(identifier)
    shared: Counter[tuple[str, str]] = Counter()
    for identifiers in holders.values():
        shared.update(combinations(sorted(identifiers), 2))
    alike = {
        (one, other): count / min(len(sequences[one]), len(sequences[other]))
        for (one, other), count in shared.items()
    }
    assert {pair: share for pair, share in alike.items() if share > 0.30} == {}


def test_the_measure_of_shared_sequences_sees_a_copy():
    text = "Je helpt bewoners bij het opstaan en je drinkt koffie met wie dat wil"
    assert five_words(text) == five_words(text.upper().replace(" ", "  "))
    assert not five_words(text) & five_words("Iets heel anders met evenveel woorden als dat daar")


def test_an_opportunity_carries_what_was_posted(region: Region, demo: list[Opportunity]):
    assert [one.id for one in demo] == list(region.postings)
    for one in demo:
        posting = region.postings[one.id]
        assert one.organisation == region.organisation_of(posting.site).id
        assert one.place == region.places[posting.site]
        assert one.hours is not None
        assert (one.hours.low, one.hours.high) == (posting.hours_min, posting.hours_max)
        assert one.guidance is bool(posting.guidance)
        assert one.day_parts == posting.slots
        for asked, written in zip(one.requirements, posting.requirements, strict=True):
            assert asked.legal is (written.gate is not None)
            assert (asked.competence, asked.gate) == (written.competence, written.gate)
            assert asked.text


def test_requirement_ids_are_unique_over_the_region(demo: list[Opportunity]):
    ids = [asked.id for one in demo for asked in one.requirements]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_offered_in_several_places(demo: list[Opportunity], kind: Kind):
    found: set[Place | None] = {one.place for one in demo if one.kind is kind}
    assert len(found) >= 5

"""What fits somebody is kept, and made anew when something changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.candidates import ranking, service
from portal.candidates.models import Candidate, CandidateMatch
from portal.extensions import db
from portal.matching.changes import last_number
from portal.matching.resident import Resident
from portal.opportunities.models import Opportunity
from portal.opportunities.service import move
from portal.opportunities.workflow import Action
from portal.transaction import transaction
from tests.factories.candidates import make_candidate
from tests.portal.candidates.test_service import GIVEN
from tests.portal.matching.asking import GARDEN, cook, gardener


def kept(candidate: Candidate) -> list[int]:
    """The opportunities that are kept of somebody, best first."""
    db.session.rollback()
    rows = select(CandidateMatch).where(CandidateMatch.candidate_id == candidate.id)
    return [one.opportunity_id for one in db.session.scalars(rows.order_by(CandidateMatch.rank))]


def close(opportunity: Opportunity) -> None:
    with transaction():
        move(
            db.session.get_one(Opportunity, opportunity.id),
            Action.CLOSE,
            actor=None,
            now=clock.now(),
        )


def rank_due() -> int:
    return ranking.rank_due(now=clock.now())


@pytest.mark.usefixtures("matching")
class TestRanking:
    def test_the_best_come_first_with_what_is_shown_of_them(self) -> None:
        garden, kitchen = gardener(), cook()
        candidate = make_candidate()
        assert rank_due() == 1
        assert kept(candidate) == [kitchen.id, garden.id]
        first = db.session.scalars(select(CandidateMatch).order_by(CandidateMatch.rank)).first()
        assert first is not None
        assert (first.met, first.partly, first.total) == (1, 0, 1)
        assert first.level == "now"
        assert 0 < first.score <= 1
        assert candidate.ranked_version == candidate.version
        assert candidate.ranked_number == last_number()

    def test_nothing_is_done_twice(self) -> None:
        cook()
        make_candidate()
        assert (rank_due(), rank_due()) == (1, 0)

    def test_a_change_of_the_pool_reaches_the_list(self) -> None:
        kitchen = cook()
        candidate = make_candidate()
        rank_due()
        another = cook(title="Kok in de keuken van het ziekenhuis")
        close(kitchen)
        assert rank_due() == 1
        assert kept(candidate) == [another.id]

    def test_a_change_of_the_profile_changes_the_order(self) -> None:
        garden, kitchen = gardener(), cook()
        candidate = make_candidate()
        rank_due()
        with transaction():
            service.save_profile(
                candidate.user,
                replace(GIVEN, skills=GARDEN, ambition=""),
                version=candidate.version,
                now=clock.now(),
            )
        assert rank_due() == 1
        assert kept(candidate) == [garden.id, kitchen.id]

    def test_what_was_seen_stays_seen(self) -> None:
        kitchen = cook()
        candidate = make_candidate()
        rank_due()
        before = db.session.scalars(select(CandidateMatch)).one()
        seen, identity = before.first_seen_at, before.id
        gardener()
        rank_due()
        rows = {one.opportunity_id: one for one in db.session.scalars(select(CandidateMatch))}
        assert rows[kitchen.id].first_seen_at == seen
        assert rows[kitchen.id].id == identity
        assert candidate.ranked_number == last_number()

    def test_what_the_pool_brings_is_news_and_what_the_person_changed_is_not(self) -> None:
        kitchen = cook()
        make_candidate()
        rank_due()
        brought = gardener()
        rank_due()
        rows = {one.opportunity_id: one.news for one in db.session.scalars(select(CandidateMatch))}
        assert rows == {kitchen.id: False, brought.id: True}

    def test_what_the_pool_brought_is_news_also_when_the_profile_changed_meanwhile(self) -> None:
        cook()
        old = gardener(title="Groen in het park")
        candidate = make_candidate(hours_low=8, hours_high=12)
        rank_due()
        brought = gardener()
        with transaction():
            # A coach or an assessor changes something; the person looks at nothing.
            db.session.get_one(Candidate, candidate.id).hours_low = None
            service.profile_changed(candidate.id, now=clock.now())
        rank_due()
        rows = {one.opportunity_id: one.news for one in db.session.scalars(select(CandidateMatch))}
        assert rows[brought.id]
        assert not rows[old.id]

    def test_an_older_answer_does_not_replace_a_newer_one(self) -> None:
        kitchen = cook()
        candidate = make_candidate()
        old = ranking.ranked_now(candidate, now=clock.now())
        garden = gardener()
        rank_due()
        with transaction():
            ranking.keep(old, now=clock.now())
        assert kept(candidate) == [kitchen.id, garden.id]

    def test_evidence_that_expires_is_noticed_within_a_day(self) -> None:
        cook()
        make_candidate()
        rank_due()
        tomorrow = clock.now() + timedelta(days=1, minutes=1)
        assert ranking.rank_due(now=tomorrow) == 1

    def test_it_goes_in_small_batches_those_that_wait_longest_first(self) -> None:
        cook()
        people = [make_candidate() for _ in range(3)]
        assert ranking.rank_due(now=clock.now(), limit=2) == 2
        assert [bool(kept(one)) for one in people] == [True, True, False]
        assert ranking.rank_due(now=clock.now(), limit=2) == 1
        assert kept(people[2])

    def test_one_who_cannot_be_ranked_keeps_nobody_waiting(self) -> None:
        cook()
        broken, fine = make_candidate(), make_candidate()
        with transaction():
            # As of a version of the portal that knew another answer.
            db.session.get_one(Candidate, broken.id).answers = {"make-contact": "misschien"}
        assert rank_due() == 1
        assert kept(fine)
        assert not kept(broken)

    def test_who_wrote_nothing_is_not_ranked(self) -> None:
        cook()
        make_candidate(skills="", ambition="")
        assert rank_due() == 0


def test_while_matching_sleeps_nothing_is_lost(app: Flask, monkeypatch) -> None:
    monkeypatch.setitem(app.extensions, "matching", Resident(app))
    candidate = make_candidate()
    cook()
    assert rank_due() == 0
    assert not ranking.rank_again(candidate.id, now=clock.now())
    assert ranking.due(now=clock.now()) == [candidate.id]


def test_nobody_is_ranked_by_an_unknown_number(app: Flask) -> None:
    assert not ranking.rank_again(987654, now=clock.now())

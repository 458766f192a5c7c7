"""Mail about what is new: once, only what fits, and never what was hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.applications.models import Application
from portal.applications.workflow import Party, State
from portal.candidates import alerts, choices, ranking, service
from portal.candidates.models import Alerts, Candidate, CandidateMatch, CandidateTold, Choice
from portal.extensions import db
from portal.opportunities.models import Opportunity
from portal.opportunities.service import move
from portal.opportunities.workflow import Action
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_opportunity
from tests.factories.candidates import make_candidate
from tests.portal.matching.asking import cook, words

TUESDAY = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
"""Half past nine in the Netherlands."""


def news(candidate: Candidate, opportunity: Opportunity | None = None, **facts) -> Opportunity:
    """An opportunity that the pool brought to somebody, as the ranking keeps it."""
    opportunity = opportunity or make_opportunity()
    given = {"rank": 1, "score": 0.9, "level": "guided", "met": 2, "partly": 0, "total": 3}
    with transaction():
        match = CandidateMatch(
            candidate_id=candidate.id,
            opportunity_id=opportunity.id,
            first_seen_at=clock.now(),
            **{"news": True, **given, **facts},
        )
        db.session.add(match)
        own = db.session.get_one(Candidate, candidate.id)
        own.ranked_version, own.ranked_at = own.version, clock.now()
    return opportunity


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    return db.session.query(OutboxMessage).order_by(OutboxMessage.id).all()


@pytest.fixture
def eager(app: Flask) -> Candidate:
    return make_candidate(alerts=Alerts.AT_ONCE)


def test_it_is_told_once_with_what_it_is_and_a_way_to_stop(eager: Candidate) -> None:
    new = news(eager)
    now = clock.now()
    assert [alerts.tell_due(now=now) for _ in range(3)] == [1, 0, 0]
    (mail,) = mails()
    assert mail.recipient == eager.user.email
    assert new.title in mail.subject
    for told in (
        "Hallo Robin",
        new.title,
        "Heerlen",
        "16 tot 24 uur",
        "Inzetbaar onder begeleiding",
        "2 van de 3",
        f"/mijn-route/passend/{new.slug}",
        f"/meldingen/stoppen/{eager.alerts_token}",
    ):
        assert told in mail.body, told
        assert told in words(mail.html or "") or told in (mail.html or ""), told
    assert db.session.query(CandidateTold).one().opportunity_id == new.id


def test_several_go_in_one_letter_best_first(eager: Candidate) -> None:
    second, first = news(eager, rank=4), news(eager, rank=2)
    assert alerts.tell_due(now=clock.now()) == 1
    (mail,) = mails()
    assert "2 nieuwe plekken" in mail.subject
    assert mail.body.index(first.title) < mail.body.rindex(second.title)
    assert "/mijn-route/passend" in mail.body


def test_the_same_opening_is_never_told_twice_also_when_it_came_back(eager: Candidate) -> None:
    new = news(eager)
    alerts.tell_due(now=clock.now())
    with transaction():
        db.session.query(CandidateMatch).delete()
    news(eager, new)
    assert alerts.tell_due(now=clock.now()) == 0
    assert len(mails()) == 1


@pytest.mark.parametrize(
    "facts",
    [{"news": False}, {"level": "not_yet"}, {"rank": 11}],
    ids=["known", "does not fit yet", "not among the best"],
)
def test_what_is_not_worth_a_mail_is_not_told(eager: Candidate, facts) -> None:
    news(eager, **facts)
    assert alerts.tell_due(now=clock.now()) == 0
    assert not mails()


@pytest.mark.parametrize("choice", Choice)
def test_what_somebody_judged_is_not_told(eager: Candidate, choice: Choice) -> None:
    new = news(eager)
    with transaction():
        choices.choose(eager.user, new.slug, choice, now=clock.now())
    assert alerts.tell_due(now=clock.now()) == 0


def test_what_somebody_answered_is_not_told(eager: Candidate) -> None:
    new, now = news(eager), clock.now()
    with transaction():
        db.session.add(
            Application(
                candidate_id=eager.id,
                opportunity_id=new.id,
                state=State.NEW,
                waits_on=Party.EMPLOYER,
                created_at=now,
                updated_at=now,
            )
        )
    assert alerts.tell_due(now=now) == 0


def test_what_closed_meanwhile_is_not_told(eager: Candidate) -> None:
    new = news(eager)
    with transaction():
        row = db.session.get_one(Opportunity, new.id)
        move(row, Action.CLOSE, actor=None, now=clock.now())
    assert alerts.tell_due(now=clock.now()) == 0


def test_a_profile_that_changed_is_ranked_before_it_is_told(eager: Candidate) -> None:
    news(eager)
    with transaction():
        service.profile_changed(eager.id, now=clock.now())
    assert alerts.tell_due(now=clock.now()) == 0


def test_each_person_hears_only_of_their_own(eager: Candidate) -> None:
    another = make_candidate(alerts=Alerts.AT_ONCE)
    mine, theirs = news(eager), news(another)
    assert alerts.tell_due(now=clock.now()) == 2
    found = {mail.recipient: mail.body for mail in mails()}
    assert f"/{mine.slug}" in found[eager.user.email]
    assert f"/{theirs.slug}" not in found[eager.user.email]
    assert f"/{theirs.slug}" in found[another.user.email]


def test_who_wants_no_mail_gets_none(app: Flask) -> None:
    news(make_candidate(alerts=Alerts.NEVER))
    assert alerts.tell_due(now=TUESDAY) == 0


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (TUESDAY, True),
        (datetime(2027, 3, 2, 7, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 2, 6, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 2, 11, 0, tzinfo=UTC), False),
        (datetime(2027, 3, 3, 8, 30, tzinfo=UTC), False),
        # In summer the Dutch clock is another hour ahead.
        (datetime(2027, 6, 1, 6, 0, tzinfo=UTC), True),
        (datetime(2027, 6, 1, 5, 59, tzinfo=UTC), False),
    ],
)
def test_the_weekly_mail_goes_on_one_morning_in_dutch_time(app: Flask, moment, goes) -> None:
    candidate = make_candidate(alerts=Alerts.WEEKLY)
    news(candidate, make_opportunity(closes_on=moment.date(), now=moment - timedelta(days=5)))
    assert alerts.tell_due(now=moment) == goes


def test_once_a_week_is_once(app: Flask) -> None:
    candidate = make_candidate(alerts=Alerts.WEEKLY)
    days = TUESDAY.date() + timedelta(days=20)
    given = {"now": TUESDAY - timedelta(days=5), "closes_on": days}
    news(candidate, make_opportunity(**given))
    assert alerts.tell_due(now=TUESDAY) == 1
    news(candidate, make_opportunity(**given), rank=2)
    assert alerts.tell_due(now=TUESDAY + timedelta(hours=1)) == 0
    assert alerts.tell_due(now=TUESDAY + timedelta(days=7)) == 1


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2027, 3, 1, 12, 0, tzinfo=UTC), "2027-03-02T08:00:00+01:00"),
        (datetime(2027, 3, 2, 6, 0, tzinfo=UTC), "2027-03-02T08:00:00+01:00"),
        (TUESDAY, "2027-03-09T08:00:00+01:00"),
        (datetime(2027, 3, 24, 12, 0, tzinfo=UTC), "2027-03-30T08:00:00+02:00"),
    ],
)
def test_when_the_next_weekly_mail_goes(now, expected) -> None:
    assert alerts.next_weekly(now).isoformat() == expected


def test_one_who_cannot_be_told_keeps_nobody_waiting(eager: Candidate) -> None:
    another = make_candidate(alerts=Alerts.AT_ONCE)
    news(eager), news(another)
    with transaction():
        # No level of this portal: the letter cannot be written.
        rows = db.session.query(CandidateMatch).filter_by(candidate_id=eager.id)
        rows.update({"level": "ooit"})
    assert alerts.tell_due(now=clock.now()) == 1
    assert [mail.recipient for mail in mails()] == [another.user.email]
    assert db.session.query(CandidateTold).count() == 1


@pytest.mark.usefixtures("matching")
def test_from_a_posting_to_a_letter() -> None:
    cook()
    candidate = make_candidate(alerts=Alerts.AT_ONCE)
    now = clock.now()
    ranking.rank_due(now=now)
    assert alerts.tell_due(now=now) == 0, "what is there already stands on the page"
    new = cook(title="Kok in een klein woonhuis")
    ranking.rank_due(now=now)
    assert alerts.tell_due(now=now) == 1
    assert mails()[0].recipient == candidate.user.email
    assert "Kok in een klein woonhuis" in mails()[0].subject
    assert new.slug in mails()[0].body


class TestStopping:
    def test_one_press_stops_it_and_another_begins_again(self, client, eager) -> None:
        address = f"/meldingen/stoppen/{eager.alerts_token}"
        page = client.get(address)
        assert "Stop deze mail" in words(page.text)
        assert eager.user.email not in page.text
        assert "Robin" not in page.text
        assert client.post(address).status_code == 303
        db.session.refresh(eager)
        assert eager.alerts == Alerts.NEVER
        assert "Deze mail staat uit" in words(client.get(address).text)
        client.post(address, data={"alerts": "weekly"})
        db.session.refresh(eager)
        assert eager.alerts == Alerts.WEEKLY

    def test_looking_stops_nothing(self, client, eager) -> None:
        client.get(f"/meldingen/stoppen/{eager.alerts_token}")
        db.session.refresh(eager)
        assert eager.alerts == Alerts.AT_ONCE

    @pytest.mark.parametrize("token", ["x", "%00", "a%2Fb"])
    def test_an_unknown_link_finds_nobody(self, client, token) -> None:
        assert client.get(f"/meldingen/stoppen/{token}").status_code == 404
        assert client.post(f"/meldingen/stoppen/{token}").status_code == 404

    def test_only_what_there_is_can_be_chosen(self, client, eager) -> None:
        address = f"/meldingen/stoppen/{eager.alerts_token}"
        assert client.post(address, data={"alerts": "hourly"}).status_code == 404
        db.session.refresh(eager)
        assert eager.alerts == Alerts.AT_ONCE

    def test_it_is_chosen_on_the_profile_too(self, client, eager) -> None:
        client.sign_in(eager.user.email)
        assert client.post("/mijn-route/meldingen", data={"alerts": "never"}).status_code == 303
        db.session.refresh(eager)
        assert eager.alerts == Alerts.NEVER
        refused = client.post("/mijn-route/meldingen", data={"alerts": "soms"})
        assert refused.status_code == 422

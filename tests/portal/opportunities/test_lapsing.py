"""An opening lapses when nobody says that it is still open."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.opportunities import lapsing, service
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.policy import lapses_on
from portal.opportunities.workflow import Action, Status
from portal.organisations.models import Right
from portal.organisations.service import add_member
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_user

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()


def posted(days: int, **changes) -> Opportunity:
    """Something that has been online for so many days."""
    closes_on = clock.local_date(NOW) + timedelta(days=90)
    return make_opportunity(now=NOW - timedelta(days=days), closes_on=closes_on, **changes)


def tend(now: datetime) -> tuple[int, int]:
    with transaction():
        ended = lapsing.lapse_due(now=now)
    with transaction():
        return ended, lapsing.warn_due(now=now)


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.subject).order_by(OutboxMessage.id)))


def test_warned_twice_and_then_closed() -> None:
    made = posted(0)
    employer = make_employer(made.site.organisation)
    seen = [tend(NOW + timedelta(days=day, hours=1)) for day in range(62)]
    assert [day for day, (_ended, warned) in enumerate(seen) if warned] == [53, 59]
    assert [day for day, (ended, _warned) in enumerate(seen) if ended] == [60]
    db.session.expire_all()
    assert made.status == Status.CLOSED
    assert made.close_reason == CloseReason.NOT_CONFIRMED
    assert mails() == [f"Is “{made.title}” nog open?"] * 2 + [f"“{made.title}” is gesloten"]
    recipients = set(db.session.scalars(select(OutboxMessage.recipient)))
    assert recipients == {employer.email}


def test_the_task_is_safe_twice() -> None:
    made = posted(54)
    make_employer(made.site.organisation)
    assert tend(NOW) == (0, 1)
    assert tend(NOW) == (0, 0)
    assert len(mails()) == 1
    later = NOW + timedelta(days=7)
    assert tend(later) == (1, 0)
    assert tend(later) == (0, 0)
    assert len(mails()) == 2


def test_a_confirmation_starts_it_again(client) -> None:
    made = posted(54)
    user = make_employer(made.site.organisation)
    tend(NOW)
    url = f"/werkgever/aanbod/{made.slug}/nog-open"
    body = db.session.scalars(select(OutboxMessage.body)).one()
    assert url in body, "one link"
    client.sign_in(user.email)
    page = client.get(url)
    assert "Ja, nog open" in page.text
    assert "Nog open?" in client.get("/werkgever").text
    before = made.version
    assert client.post(url).status_code == 303
    db.session.expire_all()
    assert lapses_on(made) == clock.local_date(clock.now() + timedelta(days=60))
    assert made.version == before, "a colleague who is writing is not in the way"
    assert "Nog open?" not in client.get("/werkgever").text
    assert tend(NOW + timedelta(days=7)) == (0, 0)
    assert tend(NOW + timedelta(days=54)) == (0, 1), "and it is asked again in time"


def test_only_who_recruits_there_confirms(client) -> None:
    made = posted(54)
    url = f"/werkgever/aanbod/{made.slug}/nog-open"
    supervisor = make_user(RoleName.EMPLOYER)
    with transaction():
        add_member(
            made.site.organisation, supervisor, rights=[Right.SUPERVISOR], actor=None, now=NOW
        )
    for user in (supervisor, make_employer()):
        client.sign_in(user.email)
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
        client.sign_out()
    tend(NOW)
    assert mails() == [], "a supervisor is not asked"


def test_what_is_closed_is_not_confirmed(client) -> None:
    made = make_opportunity(Status.CLOSED)
    client.sign_in(make_employer(made.site.organisation).email)
    url = f"/werkgever/aanbod/{made.slug}/nog-open"
    assert "niet open" in client.get(url).text
    assert client.post(url).status_code == 409


def test_opening_again_starts_it_again() -> None:
    made = posted(59)
    user = make_employer(made.site.organisation)
    with transaction():
        service.close(made.slug, version=made.version, actor=user, now=NOW)
        service.reopen(made.slug, version=made.version, actor=user, now=NOW)
    assert tend(NOW + timedelta(days=2)) == (0, 0)
    assert made.confirmed_at == NOW


def test_nothing_lapses_that_nobody_was_warned_of() -> None:
    made = posted(100)
    make_employer(made.site.organisation)
    assert tend(NOW) == (0, 1), "after a pause a week begins"
    assert tend(NOW + timedelta(days=6)) == (0, 1)
    assert made.status == Status.PUBLISHED
    assert tend(NOW + timedelta(days=7)) == (1, 0)


def test_an_opening_from_before_counts_from_its_first_day() -> None:
    made = posted(54)
    with transaction():
        made.confirmed_at = None
    make_employer(made.site.organisation)
    assert tend(NOW) == (0, 1)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [("filled", CloseReason.FILLED), ("closed", CloseReason.CLOSED), ("", CloseReason.CLOSED)],
)
def test_closing_asks_why(client, sent, reason) -> None:
    made = make_opportunity()
    client.sign_in(make_employer(made.site.organisation).email)
    url = f"/werkgever/aanbod/{made.slug}/sluiten"
    page = client.get(url)
    assert 'value="filled"' in page.text
    assert 'value="closed"' in page.text
    data = {"version": str(made.version), "reason": sent}
    assert client.post(url, data=data).status_code == 303
    db.session.expire_all()
    assert made.close_reason == reason
    assert ("vervuld" in client.get("/werkgever").text) is (reason is CloseReason.FILLED)


def test_past_its_last_day_has_its_own_reason() -> None:
    made = make_opportunity(
        now=NOW - timedelta(days=9), closes_on=clock.local_date(NOW) - timedelta(days=1)
    )
    with transaction():
        service.close_due(now=NOW)
    assert made.close_reason == CloseReason.PAST_LAST_DAY
    with transaction():
        made.closes_on = clock.local_date(NOW) + timedelta(days=9)
        service.move(made, Action.REOPEN, actor=None, now=NOW)
    assert made.close_reason is None
    assert db.session.scalar(select(func.count(Opportunity.id))) == 1

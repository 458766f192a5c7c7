from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from portal import clock, worker
from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.candidates.demo import people
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.matching.changes import last_number
from portal.opportunities import queries
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.organisations.models import Membership, Organisation, Site
from portal.seeding import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.tending import TASKS
from portal.transaction import transaction
from tests.factories import make_opportunity


def counts() -> dict[str, int]:
    tables = (User, Organisation, Site, Membership, Opportunity, Candidate)
    return {t.__name__: db.session.scalar(select(func.count(t.id))) or 0 for t in tables}


def run(app: Flask, *words: str):
    result = app.test_cli_runner().invoke(args=words)
    db.session.rollback()
    return result


class TestSeedDemo:
    def test_it_fills_an_empty_database(self, app: Flask, client) -> None:
        result = run(app, "seed-demo")
        assert result.exit_code == 0, result.output
        found = counts()
        written = {one["email"] for one in people()}
        people_of_the_demo = written | {email for email, _role, _of in DEMO_ACCOUNTS}
        assert found["User"] >= len(people_of_the_demo)
        assert all(find_user(email) for email in people_of_the_demo)
        assert found["Candidate"] == len(written) >= 13
        assert found["Organisation"] >= 14
        assert found["Site"] >= 30
        assert last_number() >= found["Opportunity"] > 0
        user = find_user("werkgever@bekwaam.example")
        assert user is not None
        own = queries.of_employer(user.id)
        assert own
        assert {row.site.organisation.name for row in own} == {"Zorghuis De Linde"}
        assert all(row.status == Status.PUBLISHED for row in own)
        assert client.sign_in(user.email, DEMO_PASSWORD).status_code == 302

    def test_again_it_adds_nothing_and_keeps_what_users_did(self, app: Flask) -> None:
        run(app, "seed-demo")
        with transaction():
            row = db.session.scalars(select(Opportunity).order_by(Opportunity.id)).first()
            assert row is not None
            row.title = "Door een werkgever veranderd"
        before, number = counts(), last_number()
        result = run(app, "seed-demo")
        assert "nothing" in result.output
        assert counts() == before
        assert last_number() == number
        assert db.session.get_one(Opportunity, row.id).title == "Door een werkgever veranderd"


def test_the_demo_stays_out_of_production(app: Flask, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "BEKWAAM_ENV", "production")
    result = run(app, "seed-demo")
    assert result.exit_code != 0
    assert counts()["User"] == 0


def test_close_due(app: Flask) -> None:
    past = clock.now() - timedelta(days=40)
    late = make_opportunity(now=past, closes_on=clock.local_date(past) + timedelta(days=1))
    assert "closed: 1" in run(app, "close-due").output
    assert late.status == Status.CLOSED
    assert "closed: 0" in run(app, "close-due").output


def test_purge(app: Flask) -> None:
    assert "purged: 0" in run(app, "purge").output


def test_the_worker_does_all_that_is_listed(app: Flask) -> None:
    assert worker.huey.immediate
    past = clock.now() - timedelta(days=40)
    make_opportunity(now=past, closes_on=clock.local_date(past) + timedelta(days=1))
    done = {task.name: task.run(clock.now()) for task in TASKS}
    assert done["close what is past its last day"] == 1
    assert {task.name for task in TASKS} <= {
        type(task).__name__ for task in worker.huey._registry.periodic_tasks
    }
    # Nothing serves yet, so that no other encoder can follow it.
    assert worker.make_index.call_local() is False


def test_the_worker_is_due_when_it_should(app: Flask) -> None:
    tasks = {
        type(task).__name__ for task in worker.huey.read_periodic(clock.now().replace(minute=5))
    }
    assert {"send mail", "close what is past its last day", "make_index"} <= tasks
    assert "purge what has expired" not in tasks

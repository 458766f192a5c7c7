import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.extensions import db
from portal.matching.changes import changes_since, last_number, record_change
from portal.matching.models import IndexClock, MatchRequest, MatchRun
from portal.matching.retention import purge_expired
from portal.transaction import transaction

NOW = clock.now()


def test_numbers_follow_each_other(app: Flask) -> None:
    assert last_number() == 0
    with transaction():
        assert [record_change(7, NOW), record_change(8, NOW)] == [1, 2]
    assert [tuple(change) for change in changes_since(0)] == [(1, 7), (2, 8)]
    assert [change.number for change in changes_since(1)] == [2]
    assert changes_since(2) == []
    assert last_number() == 2


def test_what_is_rolled_back_takes_no_number(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        record_change(7, NOW)
        raise ZeroDivisionError
    with transaction():
        assert record_change(8, NOW) == 1


def test_a_clock_that_was_read_before_is_not_trusted(app: Flask) -> None:
    clock_row = db.session.get_one(IndexClock, 1)
    assert clock_row.value == 0

    def other() -> None:
        with app.app_context(), transaction():
            record_change(1, NOW)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    with transaction():
        assert record_change(2, NOW) == 2


def test_writers_at_once_are_numbered_in_the_order_of_their_commits(app: Flask) -> None:
    """A reader that follows while four write sees every number once, in order, none late."""
    writers, each = 4, 15
    done = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            with app.app_context():
                for step in range(each):
                    with transaction():
                        record_change(writer * 1000 + step, NOW)
                        # Keeps the number for a while before it commits.
                        time.sleep(0.001 * (writer + 1))
        except BaseException as error:
            failures.append(error)

    def follow() -> None:
        try:
            with app.app_context():
                while True:
                    last_round = done.is_set()
                    seen.extend(c.number for c in changes_since(seen[-1] if seen else 0))
                    db.session.rollback()
                    if last_round:
                        break
        except BaseException as error:
            failures.append(error)

    follower = threading.Thread(target=follow)
    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    follower.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    follower.join()
    assert not failures
    assert seen == list(range(1, writers * each + 1))


def test_what_has_expired_is_forgotten_with_its_runs(app: Flask) -> None:
    with transaction():
        for token, expires in (("oud", NOW), ("nieuw", NOW + timedelta(days=1))):
            request = MatchRequest(
                token=token, created_at=NOW - timedelta(days=1), expires_at=expires
            )
            db.session.add(request)
            db.session.flush()
            run = {"encoder_version": "v", "index_number": 0, "created_at": NOW}
            db.session.add(MatchRun(request_id=request.id, **run))
    with transaction():
        assert purge_expired(NOW) == 1
    assert db.session.scalars(select(MatchRequest.token)).all() == ["nieuw"]
    assert len(db.session.scalars(select(MatchRun)).all()) == 1

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Role, RoleName
from portal.accounts.service import ensure_role
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.transaction import transaction
from tests.factories import make_organisation


class Oops(Exception):
    pass


def roles() -> int:
    return db.session.scalar(select(func.count(Role.id))) or 0


def test_everything_or_nothing(app: Flask) -> None:
    with pytest.raises(Oops), transaction():
        ensure_role(RoleName.COACH)
        raise Oops
    assert roles() == 0
    with transaction():
        ensure_role(RoleName.COACH)
    db.session.remove()
    assert roles() == 1


def test_one_inside_another_belongs_to_it(app: Flask) -> None:
    with pytest.raises(Oops), transaction():
        with transaction():
            ensure_role(RoleName.COACH)
        raise Oops
    assert roles() == 0


def test_changes_before_it_are_refused(app: Flask) -> None:
    db.session.add(Role(name=RoleName.COACH))
    with pytest.raises(RuntimeError, match="outside"), transaction():
        pass
    db.session.rollback()


def test_reads_before_it_are_read_again(app: Flask) -> None:
    mine = make_organisation("Oude naam")
    assert mine.name == "Oude naam"

    def rename() -> None:
        with app.app_context(), transaction():
            db.session.get_one(Organisation, identity).name = "Nieuwe naam"

    identity = mine.id
    other = threading.Thread(target=rename)
    other.start()
    other.join()
    with transaction():
        assert mine.name == "Nieuwe naam"


def test_a_reader_that_becomes_a_writer_waits_its_turn(app: Flask) -> None:
    """Twenty threads read, think, and add one to what they read; nothing is lost."""
    identity = make_organisation("0").id
    failures: list[BaseException] = []

    def add_one() -> None:
        try:
            with app.app_context():
                assert db.session.get(Organisation, identity)
                with transaction():
                    row = db.session.scalars(
                        select(Organisation).where(Organisation.id == identity).with_for_update()
                    ).one()
                    time.sleep(0.002)
                    row.name = str(int(row.name) + 1)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=add_one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert not failures
    assert db.session.get_one(Organisation, identity).name == "20"


def test_moments_keep_their_zone(app: Flask) -> None:
    from datetime import datetime

    from portal.extensions import UtcDateTime

    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), db.engine.dialect)  # noqa: DTZ001

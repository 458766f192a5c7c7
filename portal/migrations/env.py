"""Runs migrations within the application, on its own engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.sql.schema import MetaData

from portal.extensions import WRITE_OPTION, UtcDateTime, db

target_metadata: MetaData = db.metadata


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """A migration must still run when our own types have changed."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations_offline() -> None:
    context.configure(
        url=str(db.engine.url),
        target_metadata=target_metadata,
        literal_binds=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew while others refer to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Inside a transaction SQLite does not listen to this, so it goes around SQLAlchemy's.
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def run_migrations_online() -> None:
    options = current_app.extensions["migrate"].configure_args
    engine = db.engine
    with (
        engine.connect().execution_options(**{WRITE_OPTION: True}) as connection,
        without_foreign_keys(connection),
    ):
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            render_item=render_item,
            # Two starts at once: the second waits, then finds nothing left to do.
            transactional_ddl=True,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"rows refer to what is not there: {broken[:10]}")


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()

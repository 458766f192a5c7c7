"""Small models to switch between, and processes that follow the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.matching import building, encoders
from portal.matching.resident import Resident, State
from tests.factories.encoders import tiny_model
from tests.portal.matching.asking import cook, gardener


@pytest.fixture
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "PORTION", 1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two models of different dimensions, one with prompts, and one that is broken."""
    folder = tmp_path_factory.mktemp("encoders")
    tiny_model(folder / "old", seed=1, dimension=12)
    tiny_model(folder / "new", seed=2, dimension=20, prompts={"query": "vraag: "})
    tiny_model(folder / "nan", broken=True)
    return folder


@pytest.fixture
def models(made: Path, tmp_path: Path) -> Path:
    """The same, to spoil."""
    return Path(shutil.copytree(made, tmp_path / "models"))


@pytest.fixture
def use(app: Flask, models: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Configures a model by name; returns its version, if its files tell it."""

    def use(name: str) -> str:
        monkeypatch.setitem(app.config, "ENCODER", str(models / name))
        return "" if encoders.problem() else encoders.configured().version

    return use


@pytest.fixture
def process(app: Flask) -> Callable[[], Resident]:
    """Starts a web process, or what matters of it here."""

    def start() -> Resident:
        holder = Resident(app)
        holder.wake()
        return holder

    return start


@pytest.fixture
def old(use: Callable[[str], str], process: Callable[[], Resident]) -> Resident:
    """A web process that answers with the old model, over two opportunities."""
    cook(), gardener()
    use("old")
    holder = process()
    assert holder.state is State.READY
    return holder

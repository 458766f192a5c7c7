"""The engine for the tests of the portal: the real one, made once for all of them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from matcher import Encoder, Engine, home, load_encoder
from portal.matching.resident import Resident


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def new_engine(encoder: Encoder) -> Callable[[], Engine]:
    """Makes empty engines; the framework that an earlier run encoded is read from var/cache."""
    known = home.framework()
    return lambda: home.engine(known, encoder)


@pytest.fixture(scope="session")
def engine(new_engine: Callable[[], Engine]) -> Engine:
    return new_engine()


@pytest.fixture
def matching(
    app: Flask, encoder: Encoder, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Resident]:
    """The portal with its engine awake; the pool follows the database of the test."""
    holder = Resident(app)
    holder.adopt(engine, encoder.dimension)
    monkeypatch.setitem(app.extensions, "matching", holder)
    yield holder
    engine.remove(holder.held)

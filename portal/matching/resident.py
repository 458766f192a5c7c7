"""The engine of this process: waking behind the first pages, then kept up with the database.

The database is the truth and the engine a cache of it. Before every answer the process asks
for the changes after the last number that it has seen, so what one process posted is matched by
the next request to any other.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread

from flask import Flask, current_app
from sqlalchemy import select

from matcher import EncoderMissing, Engine, LexicalEncoder, encoder_version, load_encoder
from portal import clock
from portal.errors import Unavailable
from portal.extensions import db
from portal.matching import vectors
from portal.matching.changes import changes_since, last_number
from portal.matching.convert import to_opportunity
from portal.matching.knowledge import framework, places
from portal.opportunities import queries
from portal.opportunities.models import Opportunity

log = logging.getLogger(__name__)

_BATCH = 200
"""So many opportunities are read and encoded at a time."""


class State(StrEnum):
    """How the engine is."""

    WAKING = "waking"
    READY = "ready"
    RESTING = "resting"


class Resident:
    """Holds the engine of one process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._engine: Engine | None = None
        self._dimension = 0
        self._number: int | None = None
        self._lock = Lock()
        self._waking = Lock()
        self._thread: Thread | None = None
        self.held: set[str] = set()
        """Ids of the opportunities that this holder gave its engine."""
        self.state = State.WAKING

    def start(self) -> None:
        """Wake the engine in the background; a second call does nothing."""
        if self._thread is not None or not self._app.config["MATCHING_WAKES"]:
            return
        with self._waking:
            if self._thread is None:
                self._thread = Thread(target=self.wake, name="matching-wakes", daemon=True)
                self._thread.start()

    def adopt(self, engine: Engine, dimension: int) -> None:
        """Take an engine that is awake; the first question gives it the pool."""
        self._engine, self._dimension = engine, dimension
        self.state = State.READY

    def wake(self) -> None:
        """Load the model and the pool. Without a model matching rests, and the rest goes on."""
        with self._app.app_context():
            try:
                engine, self._dimension = _load()
            except EncoderMissing as error:
                # What is wrong stands in the message; a trace adds nothing.
                log.error("matching rests: %s", error)  # noqa: TRY400
                self.state = State.RESTING
                return
            except Unavailable:
                log.error("matching rests: its data cannot be read")  # noqa: TRY400
                self.state = State.RESTING
                return
            except Exception:
                log.exception("matching rests, for a reason that nobody foresaw")
                self.state = State.RESTING
                return
            self._engine = engine
            try:
                self._catch_up(engine)
            except Exception:
                # The first request tries again, and says what is wrong if it still is.
                log.exception("the pool could not be read yet")
            self.state = State.READY

    @property
    def number(self) -> int:
        """The number of the last change that this process has seen."""
        return self._number or 0

    def engine(self) -> Engine:
        """Return the engine with everything that was committed before now.

        Raises Unavailable while it wakes or rests.
        """
        if self._engine is None or self.state is not State.READY:
            raise Unavailable
        # A context of its own has a database session of its own, so that what is stored here
        # does not end what the request has read.
        with self._app.app_context():
            self._catch_up(self._engine)
        return self._engine

    def _catch_up(self, engine: Engine) -> None:
        with self._lock:
            newest = last_number()
            if self._number == newest:
                return
            if self._number is None or newest < self._number:
                # A fresh process, or a database that was put back to an earlier day.
                ids = list(db.session.scalars(select(Opportunity.id).order_by(Opportunity.id)))
                self._remove(engine, self.held - set(map(str, ids)))
            else:
                ids = sorted({change.opportunity_id for change in changes_since(self._number)})
            for start in range(0, len(ids), _BATCH):
                self._refresh(engine, ids[start : start + _BATCH])
            self._number = newest

    def _refresh(self, engine: Engine, ids: list[int]) -> None:
        known = framework()
        today = clock.local_date(clock.now())
        live = [to_opportunity(row, known) for row in queries.visible(ids, today).values()]
        self._remove(engine, self.held & set(map(str, ids)) - {one.id for one in live})
        found = vectors.stored(engine, live, self._dimension)
        fresh = [one for one in live if one.id not in found]
        if fresh:
            made = dict(zip((one.id for one in fresh), engine.encode(fresh), strict=True))
            vectors.keep(engine, fresh, made)
            found |= made
        engine.add(live, [found[one.id] for one in live], engine.version)
        self.held.update(one.id for one in live)
        db.session.expunge_all()

    def _remove(self, engine: Engine, identifiers: set[str]) -> None:
        engine.remove(identifiers)
        self.held -= identifiers


def _load() -> tuple[Engine, int]:
    config = current_app.config
    # First what is quick to read: a broken file shows before the model takes its seconds.
    known = framework()
    places()
    encoder = load_encoder(config["ENCODER"])
    lexical = LexicalEncoder.load(Path(config["BEKWAAM_DATA"]) / "encoder" / "ngrams.npz")
    cache = Path(config["BEKWAAM_VAR"]) / "cache"
    return Engine(known, encoder, lexical, cache=cache), encoder.dimension


def wanted_version() -> str:
    """The version of the encoder that is configured. Raises matcher's EncoderMissing."""
    return encoder_version(current_app.config["ENCODER"])


def resident() -> Resident:
    """Return the engine's holder of this application."""
    found: Resident = current_app.extensions["matching"]
    return found


def init(app: Flask) -> None:
    """Give `app` its engine, which sleeps until somebody needs it or the server starts it."""
    app.extensions["matching"] = Resident(app)

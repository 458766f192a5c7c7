"""The engine of this process: waking behind the first pages, then kept up with the database.

The database is the truth and the engine a cache of it. Before every answer the process asks
for the changes after the last number that it has seen, so what one process posted is matched by
the next request to any other. Behind the answers it looks every few seconds which encoder
serves; when that is another one, it takes its index in, and only then lets go of the old one.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Lock, Thread

from flask import Flask, current_app
from sqlalchemy import select

from matcher import EncoderMissing, Engine
from portal import clock
from portal.errors import Unavailable
from portal.extensions import db
from portal.matching import encoders, vectors
from portal.matching.changes import changes_since, last_number
from portal.matching.convert import to_opportunity
from portal.matching.knowledge import framework
from portal.opportunities import queries
from portal.opportunities.models import Opportunity

log = logging.getLogger(__name__)

_BATCH = 200
"""So many opportunities are read and encoded at a time."""
_LOOKS_EVERY = 3.0
"""Seconds between two looks at which encoder serves."""
_TRIES_AGAIN_AFTER = 30.0
"""Seconds until a model that did not load is tried again; another one is tried at once."""


class State(StrEnum):
    """How the engine is."""

    WAKING = "waking"
    READY = "ready"
    RESTING = "resting"


@dataclass
class _Awake:
    """An engine, and how much of the database it holds."""

    engine: Engine
    dimension: int
    number: int | None = None
    held: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def catch_up(self) -> None:
        """Take in what changed since the last time."""
        with self.lock:
            newest = last_number()
            if self.number == newest:
                return
            if self.number is None or newest < self.number:
                # A fresh process, or a database that was put back to an earlier day.
                ids = list(db.session.scalars(select(Opportunity.id).order_by(Opportunity.id)))
                self._remove(self.held - set(map(str, ids)))
            else:
                ids = sorted({change.opportunity_id for change in changes_since(self.number)})
            for start in range(0, len(ids), _BATCH):
                self._refresh(ids[start : start + _BATCH])
            self.number = newest

    def _refresh(self, ids: list[int]) -> None:
        known = framework()
        today = clock.local_date(clock.now())
        live = [to_opportunity(row, known) for row in queries.visible(ids, today).values()]
        self._remove(self.held & set(map(str, ids)) - {one.id for one in live})
        found = vectors.complete(self.engine, live, self.dimension)
        self.engine.add(live, [found[one.id] for one in live], self.engine.version)
        self.held.update(one.id for one in live)
        db.session.expunge_all()

    def _remove(self, identifiers: set[str]) -> None:
        self.engine.remove(identifiers)
        self.held -= identifiers


class Resident:
    """Holds the engine of one process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._awake: _Awake | None = None
        self._starting = Lock()
        self._ended = Event()
        self._thread: Thread | None = None
        self._failed, self._again_at = "", 0.0
        self.state = State.WAKING
        self.reason = ""
        """Why matching rests, or why the encoder that should serve does not yet; for the log."""

    def start(self) -> None:
        """Wake the engine in the background and keep looking; a second call does nothing."""
        if self._thread is not None or not self._app.config["MATCHING_WAKES"]:
            return
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._watch, name="matching-wakes", daemon=True)
                self._thread.start()

    def stop(self, seconds: float) -> None:
        """Look no more, and wait for a look that is on its way."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def adopt(self, engine: Engine, dimension: int) -> None:
        """Take an engine that is awake; the first question gives it the pool."""
        self._awake = _Awake(engine, dimension)
        self.state = State.READY

    def wake(self) -> None:
        """Follow the encoder that serves: load it and the pool, then let it answer.

        Until then the old one answers. Without any, matching rests, and the rest goes on.
        """
        with self._app.app_context():
            try:
                choice = encoders.to_serve()
                if self._awake is not None and self._awake.engine.version == choice.version:
                    self.reason = ""
                    return
                if choice.version == self._failed and time.monotonic() < self._again_at:
                    return
                self._failed = choice.version
                self._again_at = time.monotonic() + _TRIES_AGAIN_AFTER
                fresh = _Awake(*encoders.awake(choice))
                encoders.register_first(choice, clock.now())
            except EncoderMissing as error:
                self._rest(str(error))
                return
            except Unavailable:
                self._rest("its data cannot be read")
                return
            except Exception as error:
                self._rest(f"{type(error).__name__}, which nobody foresaw", trace=True)
                return
            try:
                fresh.catch_up()
            except Exception:
                log.exception("the pool could not be read yet")
                if self._awake is not None:
                    return
                # The first request tries again, and says what is wrong if it still is.
            self._awake, self.reason, self._failed = fresh, "", ""
            self.state = State.READY

    @property
    def held(self) -> set[str]:
        """Ids of the opportunities that this holder gave its engine."""
        return self._awake.held if self._awake else set()

    @property
    def version(self) -> str | None:
        """The encoder that answers, if one does."""
        return self._awake.engine.version if self._awake else None

    @property
    def number(self) -> int:
        """The number of the last change that this process has seen."""
        return (self._awake.number if self._awake else None) or 0

    def engine(self) -> Engine:
        """Return the engine with everything that was committed before now.

        Raises Unavailable while it wakes or rests.
        """
        awake = self._awake
        if awake is None:
            raise Unavailable
        # A context of its own has a database session of its own, so that what is stored here
        # does not end what the request has read.
        with self._app.app_context():
            awake.catch_up()
        return awake.engine

    def _watch(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            self.wake()
            pause = _LOOKS_EVERY

    def _rest(self, reason: str, *, trace: bool = False) -> None:
        if self._awake is None:
            self.state = State.RESTING
        if reason != self.reason:
            # What is wrong stands in the message; a trace adds something only to a surprise.
            what = "matching rests" if self._awake is None else "the old encoder goes on"
            log.error("%s: %s", what, reason, exc_info=trace)
            self.reason = reason


def resident() -> Resident:
    """Return the engine's holder of this application."""
    found: Resident = current_app.extensions["matching"]
    return found


def init(app: Flask) -> None:
    """Give `app` its engine, which sleeps until somebody needs it or the server starts it."""
    app.extensions["matching"] = Resident(app)
    app.jinja_env.globals["index_progress"] = encoders.progress

"""Makes the index of another encoder, while the old one serves.

In portions, each of them a transaction with its progress: who is ended in the middle goes on
where it stopped, because what is stored is not encoded again. Two builders at once cost time
and nothing else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from threading import Lock, Thread

from flask import Flask, current_app
from sqlalchemy import select

from matcher import EncoderMissing, Engine
from portal import clock
from portal.errors import Unavailable
from portal.extensions import db
from portal.matching import encoders, vectors
from portal.matching.changes import changes_since, last_number
from portal.matching.convert import to_opportunity
from portal.matching.encoders import Choice
from portal.matching.knowledge import framework
from portal.opportunities import queries
from portal.opportunities.models import Opportunity

log = logging.getLogger(__name__)

PORTION = 20
"""So many opportunities are encoded between two notes of the progress."""
_ROUNDS = 20
"""So often at most it looks for what was posted meanwhile; web processes make the rest."""
_AGAIN_AFTER = 600.0
"""Seconds until what failed is tried again, unless other files lie there before."""
Say = Callable[[int, int], None]


class GivenUp(RuntimeError):
    """Meanwhile nobody wants this index any more."""


def wanted() -> Choice | None:
    """The encoder whose index has to be made; None when what serves is what is configured.

    On a new database nothing serves: the first web process sees to that, or `rebuild-index`.
    Raises matcher's EncoderMissing.
    """
    serving = encoders.serving_version()
    if serving is None:
        return None
    choice = encoders.configured()
    if choice.version == serving:
        encoders.give_up()
        return None
    return choice


def build(choice: Choice, say: Say = lambda _done, _total: None) -> int:
    """Make an index whole, then let it serve. Return how many opportunities it holds.

    Raises:
        EncoderMissing: the model does not load; the reason is written down as well.
        Unavailable: a data file is broken; likewise.
        GivenUp: another encoder was configured meanwhile.
    """
    encoders.begin(choice, clock.now())
    try:
        engine, dimension = encoders.awake(choice)
    except EncoderMissing as error:
        encoders.note_problem(choice.version, str(error), clock.now())
        raise
    except Unavailable:
        encoders.note_problem(choice.version, "a data file is broken", clock.now())
        raise
    number = last_number()
    ids = list(db.session.scalars(select(Opportunity.id).order_by(Opportunity.id)))
    total = len(ids)
    _encode(engine, ids, dimension, say)
    for _round in range(_ROUNDS):
        # What was posted or changed since: the portal goes on meanwhile.
        newest = last_number()
        late = {change.opportunity_id for change in changes_since(number)}
        late.update(vectors.lacking(choice.version, clock.local_date(clock.now())))
        if not late:
            break
        number = newest
        _report(choice.version, total, total, say)
        _portion(engine, sorted(late), dimension)
    if not encoders.promote(choice.version, clock.now()):
        raise GivenUp(choice.version)
    return total


def _encode(engine: Engine, ids: Sequence[int], dimension: int, say: Say) -> None:
    total = len(ids)
    for start in range(0, total, PORTION):
        _report(engine.version, start, total, say)
        _portion(engine, ids[start : start + PORTION], dimension)
    _report(engine.version, total, total, say)


def _report(version: str, done: int, total: int, say: Say) -> None:
    if not encoders.note(version, clock.now(), done=done, total=total):
        raise GivenUp(version)
    say(done, total)


def _portion(engine: Engine, ids: Sequence[int], dimension: int) -> None:
    # A context of its own has a database session of its own: a read that stays open for the
    # whole pool would keep the database from tidying up, and every row in memory.
    with current_app.app_context():
        known = framework()
        found = queries.visible(ids, clock.local_date(clock.now()))
        live = [to_opportunity(row, known) for row in found.values()]
        vectors.complete(engine, live, dimension)


class Builder:
    """Builds behind the other work of the worker, one index at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._told = ""
        self._failed: tuple[str, float] | None = None

    def look(self, app: Flask) -> bool:
        """Start building if there is something to build and nobody does; say whether it runs."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return True
            with app.app_context():
                try:
                    choice = wanted()
                except EncoderMissing as error:
                    self._tell(f"the configured encoder cannot be used: {error}")
                    return False
            if choice is None or self._rests(choice.version):
                return False
            self._thread = Thread(
                target=self._build, args=(app, choice), name="index-is-built", daemon=True
            )
            self._thread.start()
            return True

    def wait(self, seconds: float) -> None:
        """Wait until what was started has ended, or the time is up."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _build(self, app: Flask, choice: Choice) -> None:
        with app.app_context():
            log.info("the index of %s is being made", choice.version)
            try:
                number = build(choice)
            except GivenUp:
                log.info("nobody wants the index of %s any more", choice.version)
            except (EncoderMissing, Unavailable) as error:
                self._failed = choice.version, time.monotonic()
                self._tell(f"the index of {choice.version} cannot be made: {error}")
            except Exception as error:
                self._failed = choice.version, time.monotonic()
                log.exception("the index of %s is not whole yet", choice.version)
                encoders.note_problem(choice.version, type(error).__name__, clock.now())
            else:
                self._failed, self._told = None, ""
                log.info("the index of %s serves: %d opportunities", choice.version, number)

    def _rests(self, version: str) -> bool:
        if self._failed is None or self._failed[0] != version:
            return False
        return time.monotonic() < self._failed[1] + _AGAIN_AFTER

    def _tell(self, message: str) -> None:
        # It is looked at every minute; once is enough for the log.
        if message != self._told:
            log.error(message)
            self._told = message

"""The worker: sends mail, closes what is due, forgets what has expired, makes a new index."""

from __future__ import annotations

import os
from functools import lru_cache

from flask import Flask
from huey import MemoryHuey, SqliteHuey, crontab
from huey.api import Huey

from portal import clock, config
from portal.app import create_app
from portal.matching import encoders
from portal.matching.building import Builder
from portal.matching.retention import purge_expired
from portal.opportunities import service as opportunities
from portal.outbox import service as outbox
from portal.transaction import transaction


def _queue() -> Huey:
    if os.environ.get("BEKWAAM_ENV") == "test":
        return MemoryHuey("bekwaam", immediate=True)
    return SqliteHuey("bekwaam", filename=str(config.var_folder(os.environ) / "huey.db"))


huey = _queue()
builder = Builder()


@lru_cache(maxsize=1)
def _app() -> Flask:
    return create_app()


@huey.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def send_outbox() -> int:
    """Send the mail that waits."""
    with _app().app_context():
        return outbox.send_due(now=clock.now())


@huey.periodic_task(crontab(minute="5"))  # type: ignore[untyped-decorator]
def close_due() -> int:
    """Close opportunities after their last day."""
    with _app().app_context(), transaction():
        return opportunities.close_due(now=clock.now())


@huey.periodic_task(crontab(minute="15"))  # type: ignore[untyped-decorator]
def purge() -> int:
    """Delete match requests that have expired, and vectors that nobody uses."""
    with _app().app_context():
        encoders.purge_unused()
        with transaction():
            return purge_expired(clock.now())


@huey.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def make_index() -> bool:
    """Start making the index of another encoder, if one is configured; it goes on by itself."""
    return builder.look(_app())

"""The worker: does what portal/tending.py lists, and makes a new index."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from huey import MemoryHuey, SqliteHuey, crontab
from huey.api import Huey

from portal import clock, config
from portal.app import create_app
from portal.matching.building import Builder
from portal.tending import TASKS, Task


def _queue() -> Huey:
    if os.environ.get("BEKWAAM_ENV") == "test":
        return MemoryHuey("bekwaam", immediate=True)
    return SqliteHuey("bekwaam", filename=str(config.var_folder(os.environ) / "huey.db"))


huey = _queue()
builder = Builder()


@lru_cache(maxsize=1)
def _app() -> Flask:
    return create_app()


def _in_app(task: Task) -> Callable[[], int]:
    def run() -> int:
        with _app().app_context():
            return task.run(clock.now())

    return run


for _task in TASKS:
    _when = crontab(minute=_task.minute, hour=_task.hour)
    huey.periodic_task(_when, name=_task.name)(_in_app(_task))


@huey.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def make_index() -> bool:
    """Start making the index of another encoder, if one is configured; it goes on by itself."""
    return builder.look(_app())

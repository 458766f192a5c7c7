"""The guide and the game of this portal, read once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from flask import current_app

from portal.errors import Unavailable
from portal.matching.knowledge import framework
from portal.orientation.game import Game, load_game
from portal.orientation.guide import Guide, GuideError, load_guide

log = logging.getLogger(__name__)
T = TypeVar("T")


def guide() -> Guide:
    """Return what the guide tells. Raises Unavailable when a file is broken."""
    return _whole(_guide)


def game() -> Game:
    """Return the game. Raises Unavailable when its file is broken."""
    return _whole(_game)


def _whole(read: Callable[[str], T]) -> T:
    try:
        return read(current_app.config["BEKWAAM_DATA"])
    except GuideError as error:
        # What is wrong stands in the message; a trace adds nothing.
        log.error("the guide is broken: %s", error)  # noqa: TRY400
        raise Unavailable from error


@cache
def _guide(data: str) -> Guide:
    return load_guide(Path(data) / "framework" / "guide", framework())


@cache
def _game(data: str) -> Game:
    return load_game(Path(data) / "framework" / "guide" / "game.yaml", framework())

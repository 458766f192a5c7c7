"""What the portal knows besides its database: the framework and the places, read once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import current_app

from matcher import (
    DataFileError,
    Framework,
    Place,
    Places,
    Profession,
    distance_km,
    load_framework,
    load_places,
)
from portal.errors import Unavailable

__all__ = ["Framework", "Place", "Profession", "distance_km", "framework", "places"]

log = logging.getLogger(__name__)


def framework() -> Framework:
    """Return competences, professions, fields, gates and learning activities.

    Raises Unavailable when a file is broken; the log names its line and field.
    """
    with _whole_files():
        return _framework(current_app.config["BEKWAAM_DATA"])


def places() -> Places:
    """Return the places of the Netherlands. Raises Unavailable when the file is broken."""
    with _whole_files():
        return _places(current_app.config["BEKWAAM_DATA"])


@contextmanager
def _whole_files() -> Iterator[None]:
    try:
        yield
    except DataFileError as error:
        # What is wrong stands in the message; a trace adds nothing.
        log.error("a data file is broken: %s", error)  # noqa: TRY400
        raise Unavailable from error


@cache
def _framework(data: str) -> Framework:
    return load_framework(Path(data) / "framework")


@cache
def _places(data: str) -> Places:
    return load_places(Path(data) / "places.csv")

"""What the routes of the portfolio share: the blueprint, whose it is, and where files stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request

from portal import clock
from portal.candidates import queries as candidates
from portal.candidates.models import Candidate
from portal.permissions import signed_in
from portal.portfolio.files import READ_AT_MOST, Store

blueprint = Blueprint("portfolio", __name__)
TAKES_FILES = frozenset({"portfolio.create_evidence", "portfolio.save_evidence"})
"""Endpoints that a file may be sent to."""


@blueprint.url_value_preprocessor
def _room_for_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    # Before anything reads the form: too large a file is then refused by the form, with words
    # and with all that was typed, and not by the server.
    if endpoint in TAKES_FILES:
        request.max_content_length = READ_AT_MOST


def store() -> Store:
    """Where files of people are kept."""
    return Store(Path(current_app.config["BEKWAAM_VAR"]) / "files")


def own() -> Candidate | None:
    """The candidate who asks; None before anything was filled in."""
    return candidates.of_user(signed_in().id)


def today() -> date:
    """The day that it is here."""
    return clock.local_date(clock.now())


def version() -> int:
    """The version that the page was made from; 0, which none has, when it says nothing."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0

"""Saying what happened together with the way back.

A way back is a form that is sent like any other: with POST, its own token against forgery, and
the permission that its view asks for. What is kept until the next page is only the address and
the fields; they travel in the signed session, so nobody but the portal can write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import flash

CATEGORY: Final = "undo"
"""The category of these messages; layout/base.html shows them with components/undo.html."""


def flash_undo(message: str, url: str, fields: Mapping[str, str | int]) -> None:
    """Show `message` on the next page with a button that sends `fields` to `url`.

    `url` is an address of our own that takes a POST and brings back what was before.
    """
    sent = {name: str(value) for name, value in fields.items()}
    # Flask promises text and gives back whatever the session can hold.
    flash({"message": message, "url": url, "fields": sent}, CATEGORY)  # type: ignore[arg-type]

"""The catalogues of the portal's texts, ready for tests that look at English pages."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent


def compile_catalogues() -> None:
    """Do what `make` does, for who runs pytest by hand: compile what is missing or old."""
    for source in ROOT.glob("portal/translations/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = source.with_suffix(f".mo-{os.getpid()}")
        with source.open("rb") as texts, fresh.open("wb") as compiled:
            write_mo(compiled, read_po(texts, locale=source.parent.parent.name))
        # Processes that test side by side each see a whole file.
        fresh.replace(target)

"""What the people of the demo keep of the guide, and what they chose in the game."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from portal.accounts.service import find_user
from portal.candidates import queries as candidates
from portal.candidates.models import FavouriteKind
from portal.orientation import service

KEPT: Final[dict[str, tuple[tuple[FavouriteKind, str], ...]]] = {
    "kandidaat@bekwaam.example": (
        (FavouriteKind.FIELD, "nursing-home"),
        (FavouriteKind.PROFESSION, "care-cook"),
        (FavouriteKind.PROFESSION, "living-room-host"),
        (FavouriteKind.TARGET_GROUP, "older-people"),
    ),
    "medewerker@bekwaam.example": (
        (FavouriteKind.PROFESSION, "care-farm-guide"),
        (FavouriteKind.TARGET_GROUP, "people-mental-health"),
    ),
}
"""By e-mail address, in the order in which they kept it."""


def seed(*, now: datetime) -> Counter[str]:
    """Let the people of the demo keep something, unless they chose for themselves already."""
    added: Counter[str] = Counter()
    for email, wanted in KEPT.items():
        user = find_user(email)
        own = candidates.of_user(user.id) if user else None
        if user is None or own is None or own.game or service.keeps_something(own.id):
            continue
        for number, (kind, ref) in enumerate(wanted):
            at = now - timedelta(hours=len(wanted) - number)
            added["favourites"] += service.keep(user, kind, ref, kept=True, now=at)
    return added

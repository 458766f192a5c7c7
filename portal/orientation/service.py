"""What a candidate keeps of the guide and takes from the game. Call each inside transaction()."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.candidates import service as candidates
from portal.candidates.models import Candidate, Favourite, FavouriteKind
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.asked import MAX_TEXT
from portal.matching.knowledge import framework
from portal.orientation import queries
from portal.orientation.knowledge import game

_MOST_KEPT: Final = 150
"""More than the guide has of everything: who keeps more is no person."""


def known(kind: FavouriteKind, ref: str) -> None:
    """Refuse what the guide does not have. Raises NotFound."""
    everything: Mapping[FavouriteKind, Mapping[str, object]] = {
        FavouriteKind.PROFESSION: framework().professions,
        FavouriteKind.FIELD: framework().fields,
        FavouriteKind.TARGET_GROUP: framework().target_groups,
    }
    if ref not in everything[kind]:
        raise NotFound


def keep(user: User, kind: FavouriteKind, ref: str, *, kept: bool, now: datetime) -> bool:
    """Keep something of the guide, or let it go; says whether that changed anything.

    Raises NotFound for what the guide does not have.
    """
    known(kind, ref)
    candidate = candidates.ensure(user, now=now)
    there = queries.favourite(candidate.id, kind, ref)
    if (there is not None) == kept:
        return False
    if there is not None:
        db.session.delete(there)
    elif len(queries.favourites(candidate.id)) >= _MOST_KEPT:
        raise Invalid
    else:
        db.session.add(Favourite(candidate_id=candidate.id, kind=kind, ref=ref, at=now))
    db.session.flush()
    return True


def use_ambition(
    user: User,
    text: str,
    chosen: Mapping[str, str],
    *,
    replace: bool,
    version: int,
    now: datetime,
) -> Candidate:
    """Put what the game made in the profile: in the place of what stood there, or after it.

    Raises Conflict when the profile was changed since it was shown, and Invalid when both texts
    together are too long.
    """
    candidate = candidates.ensure(user, now=now)
    before = candidate.ambition.strip()
    if before == text or (text in before and not replace):
        # Sent twice: it stands there already.
        return candidate
    if candidate.version != version:
        raise Conflict(
            _("Je profiel is intussen in een ander venster veranderd. Kijk na wat hier staat.")
        )
    whole = text if replace or not before else f"{before}\n\n{text}"
    if len(whole) > MAX_TEXT:
        raise Invalid
    candidate.ambition = whole
    candidate.game = game().read(chosen)
    candidates.profile_changed(candidate.id, now=now)
    return candidate


def keeps_something(candidate_id: int) -> bool:
    """Whether somebody keeps anything of the guide."""
    return bool(queries.favourites(candidate_id))

"""What the routes of the guide share: the blueprint, who looks, and the cards of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, request, url_for
from flask_security import current_user

from portal import clock
from portal.candidates import queries as candidates
from portal.candidates.models import Candidate, Favourite, FavouriteKind
from portal.errors import Gone, NotFound
from portal.matching import service as matching
from portal.matching.models import MatchRequest
from portal.orientation import queries
from portal.orientation.queries import Open
from portal.orientation.views import Telling
from portal.permissions import Permission, allowed, signed_in

blueprint = Blueprint("orientation", __name__)


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks: somebody with a profile, a visitor with a question, or nobody we know of.

    `can_keep` is False for who signed in for other work, such as an employer.
    """

    candidate: Candidate | None
    asked: MatchRequest | None
    token: str
    can_keep: bool

    @property
    def who(self) -> Candidate | MatchRequest | None:
        """Whose text says how far they are."""
        return self.candidate or self.asked

    @property
    def visitor(self) -> bool:
        """Whether nobody is signed in."""
        return not current_user.is_authenticated


def looking() -> Looking:
    """Find out who looks; a question that is gone counts as none."""
    own = allowed(Permission.JOURNEY_OWN)
    candidate = candidates.of_user(signed_in().id) if own else None
    token = request.args.get("aanvraag", "")
    asked = None
    if token and candidate is None:
        try:
            asked = matching.of_token(token, now=clock.now())
        except (Gone, NotFound):
            token = ""
    return Looking(candidate, asked, token if asked else "", own)


def telling(
    look: Looking,
    counts: Open,
    groups: Counter[str] | None = None,
    favourites: list[Favourite] | None = None,
) -> Telling:
    """Return what makes the cards of a page; `favourites` if they were read already."""

    def count(kind: FavouriteKind, ref: str) -> int:
        if kind is FavouriteKind.TARGET_GROUP:
            return groups[ref] if groups is not None else 0
        return counts.of(kind, ref)

    kept: set[tuple[str, str]] | None = None
    if look.candidate is not None:
        if favourites is None:
            favourites = queries.favourites(look.candidate.id)
        kept = {(one.kind, one.ref) for one in favourites}
    elif look.can_keep:
        kept = set()
    return Telling(count, kept=kept, token=look.token)


def here() -> str:
    """The address of this page, to come back to."""
    return request.full_path.rstrip("?")


def own_page(address: str) -> str:
    """An address of the guide that a form sent, to go back to; the guide itself for any other."""
    parts = urlsplit(address)
    start = url_for("orientation.index")
    own = not parts.scheme and not parts.netloc and parts.path.startswith(start)
    return parts.geturl() if own and address.isprintable() and "\\" not in address else start


def sign_in_url(anchor: str = "") -> str:
    """Where a visitor signs in, to come back to this page."""
    return url_for("security.login", next=here() + (f"#{anchor}" if anchor else ""))

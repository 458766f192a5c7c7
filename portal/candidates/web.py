"""What the routes of candidates share: the blueprint, who asks, and where pages lead."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, url_for

from portal.candidates import queries
from portal.candidates.models import Candidate
from portal.matching.kept import Links
from portal.permissions import signed_in

blueprint = Blueprint("candidates", __name__)


def mine(*, lock: bool = False) -> Candidate | None:
    """The profile of who asks; None before the first thing was filled in."""
    return queries.of_user(signed_in().id, lock=lock)


def own_links() -> Links:
    """Where the matches of the own profile lead."""
    return Links(
        show=partial(url_for, "candidates.matches"),
        change=url_for("candidates.profile"),
        change_place=lambda name: url_for("candidates.profile", plaats=name),
        answer=url_for("candidates.answer"),
        paper=url_for("candidates.paper"),
        dismiss=url_for("candidates.dismiss"),
    )

"""The candidate's own pages."""

from __future__ import annotations

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import find_user
from portal.candidates import queries
from portal.candidates.models import CandidateChoice, CandidateMatch, Choice
from portal.extensions import db
from portal.matching.knowledge import places
from portal.organisations.models import Organisation
from portal.transaction import transaction
from tests.factories import make_organisation, make_site
from tests.factories.candidates import make_candidate
from tests.portal.matching.asking import cook

PINNED: dict[str, tuple[int | None, ...]] = {
    "candidates.ask_adopt": (None, 4, None, None, None, None),
    "candidates.ask_hide": (None, 3, None, None, None, None),
    "candidates.ask_stop_alerts": (1, 2, 2, 3, 2, 3),
    "candidates.compare": (None, 7, None, None, None, None),
    "candidates.compare, two": (None, 13, None, None, None, None),
    "candidates.fits": (None, 10, None, None, None, None),
    "candidates.journey": (None, 17, None, None, None, None),
    "candidates.matches": (None, 12, None, None, None, None),
    "candidates.profile": (None, 7, None, None, None, None),
    "candidates.saved": (None, 5, None, None, None, None),
}
STATES = {"candidates.compare, two": "/mijn-route/vergelijken?a={slug}&b={other_slug}"}
_people: list[str] = []


def fill(mine: Organisation, count: int) -> None:
    """More that fits, more saved and more hidden, for the candidate who looks."""
    for email in _people:
        user = find_user(email)
        candidate = queries.of_user(user.id) if user else None
        if candidate is None:
            continue
        for number in range(count):
            one, other = cook(site=make_site()), cook(site=make_site())
            now = clock.now()
            with transaction():
                db.session.add_all(
                    CandidateChoice(
                        candidate_id=candidate.id, opportunity_id=row.id, choice=choice, at=now
                    )
                    for row, choice in ((one, Choice.SAVED), (other, Choice.HIDDEN))
                )
                db.session.add(
                    CandidateMatch(
                        candidate_id=candidate.id,
                        opportunity_id=one.id,
                        rank=number + 1,
                        score=0.5,
                        level="now",
                        met=1,
                        partly=0,
                        total=1,
                        first_seen_at=now,
                        news=True,
                    )
                )
        make_organisation()


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """A profile of the candidate who looks, and something to compare with."""
    user = users[RoleName.CANDIDATE]
    assert user
    _people[:] = [user.email]
    candidate = make_candidate(user, place=places().find("Heerlen"))
    other = cook(site=make_site(mine))
    fill(mine, 1)
    return {"stop_token": candidate.alerts_token, "other_slug": other.slug}

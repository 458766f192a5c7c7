"""The pages of the portfolio."""

from __future__ import annotations

from datetime import timedelta
from itertools import count as numbers

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import find_user
from portal.matching.knowledge import framework
from portal.organisations.models import Organisation
from portal.portfolio.models import EvidenceKind
from tests.factories import make_user
from tests.factories.portfolio import make_evidence, take

PINNED: dict[str, tuple[int | None, ...]] = {
    "portfolio.ask_remove": (None, 4, None, None, None, None),
    "portfolio.choose_kind": (None, 1, None, None, None, None),
    "portfolio.dropped": (None, 4, None, None, None, None),
    "portfolio.edit": (None, 7, None, None, None, None),
    "portfolio.edit_evidence": (None, 7, None, None, None, None),
    "portfolio.evidence": (None, 4, None, None, None, None),
    "portfolio.index": (None, 9, None, None, None, None),
    "portfolio.new": (None, 4, None, None, None, None),
    "portfolio.new_evidence": (None, 4, None, None, None, None),
    "portfolio.still_counts": (None, 4, None, None, None, None),
}
NO_PAGE = {"portfolio.download": "a file"}
_people: list[str] = []
_numbers = numbers()


def fill(mine: Organisation, count: int) -> None:
    """More competences and evidence of who looks, and of others."""
    known = list(framework().competences)
    for email in _people:
        looking = find_user(email)
        for user in (looking, make_user()) if looking else ():
            for _ in range(count):
                competence = known[next(_numbers) % len(known)]
                take(user, competence)
                make_evidence(user, EvidenceKind.DIPLOMA, competences=(competence,))
                make_evidence(
                    user,
                    EvidenceKind.CERTIFICATE,
                    expires_on=clock.local_date(clock.now()) + timedelta(days=9),
                )


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """A competence and evidence of who looks."""
    user = users[RoleName.CANDIDATE]
    assert user
    _people[:] = [user.email]
    take(user, "cook-for-groups")
    item = make_evidence(user, EvidenceKind.DIPLOMA, competences=("cook-for-groups",))
    return {"competence": "cook-for-groups", "kind": "diploma", "evidence_id": str(item.id)}

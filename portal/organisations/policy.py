"""What may happen to organisations and who acts for them. Pure: no database, no request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

ADMIN: Final = "admin"
MOST_REQUESTS: Final = 5
"""So many requests of one person may wait at a time."""
MOST_INVITES: Final = 50
"""So many invitations of one organisation may be open at a time."""


class Check(StrEnum):
    """What a coordinator looks at before an organisation joins the pool, in this order."""

    REGISTER = "register"
    CARE = "care"
    ADDRESS = "address"
    ACTS_FOR = "acts_for"
    RULES = "rules"


CHECKED_OF: Final[Mapping[Check, tuple[str, ...]]] = {
    Check.REGISTER: ("name", "register_number"),
    Check.CARE: ("about", "fields"),
    Check.ADDRESS: ("site_name", "address", "place"),
    Check.ACTS_FOR: ("name", "asker_role", "contact_phone"),
    Check.RULES: (),
}
"""What of a request each check is about: when that changes, it has to be looked at again."""


def open_checks(checks: Mapping[str, Mapping[str, Any]]) -> tuple[Check, ...]:
    """Return what still has to be looked at before somebody can be admitted."""
    return tuple(check for check in Check if not checks.get(check, {}).get("done"))


def to_check_again(changed: Collection[str]) -> frozenset[Check]:
    """Return the checks that a change of these fields of a request undoes."""
    return frozenset(check for check, fields in CHECKED_OF.items() if set(fields) & set(changed))


def may_decide(actor_id: int, member_ids: Collection[int], asked_by_id: int | None) -> bool:
    """Say whether a coordinator may decide: not about an organisation of their own."""
    return actor_id not in member_ids and actor_id != asked_by_id


def leaves_an_admin(rights_by_user: Mapping[int, Iterable[str]]) -> bool:
    """Say whether somebody is left who can change the organisation."""
    return any(ADMIN in rights for rights in rights_by_user.values())

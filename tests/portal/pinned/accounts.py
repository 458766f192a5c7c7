"""The own account, and the mail of an administrator."""

from __future__ import annotations

from portal.accounts.models import RoleName, User
from portal.organisations.models import Organisation
from portal.outbox.workflow import State
from tests.factories.outbox import make_mail

PINNED: dict[str, tuple[int | None, ...]] = {
    "accounts.password": (None, 1, 1, 2, 1, 2),
    "accounts.settings": (None, 1, 1, 2, 1, 2),
    "outbox.ask_again": (None, None, None, None, None, 3),
    "outbox.index": (None, None, None, None, None, 4),
    "outbox.index, searched": (None, None, None, None, None, 5),
    "outbox.markup": (None, None, None, None, None, 2),
    "outbox.show": (None, None, None, None, None, 3),
    "second_factor.show": (None, 1, 1, 2, 1, 2),
}
STATES = {"outbox.index, searched": "/beheer/mail?q=Bericht&state=sent"}
NO_PAGE = {
    "resume.show": "needs what was kept of a form",
    "second_factor.recovery": "needs a second factor",
    "security.mf_recovery": "needs a password first",
    "security.mf_recovery_codes": "leads on to another page",
    "security.tf_select": "leads on to another page",
    "security.two_factor_rescue": "leads on to another page",
    "security.two_factor_setup": "leads on to another page",
    "security.two_factor_token_validation": "needs a password first",
}


def fill(mine: Organisation, count: int) -> None:
    """More mail."""
    for _ in range(count):
        for state in State:
            make_mail(state)


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """A mail that may have gone."""
    made = str(make_mail(State.UNCERTAIN).id)
    return {f"outbox.{page}.id": made for page in ("show", "markup", "ask_again")}

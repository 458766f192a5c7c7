"""Organisations that ask to join, and what their forms send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal import clock
from portal.accounts.models import RoleName, User
from portal.matching.knowledge import places
from portal.organisations import joining
from portal.organisations.joining import JoinInput
from portal.organisations.models import Organisation
from portal.organisations.policy import Check
from portal.organisations.workflow import Standing, Step
from portal.transaction import transaction
from tests.factories import make_user

ALL_CHECKED = dict.fromkeys(Check, (True, "gebeld"))


def join_input(**changes: Any) -> JoinInput:
    """What a small home for older people says when it asks to join."""
    given = JoinInput(
        name="Huize Avondster",
        register_number="12345678",
        website="https://www.avondster.example",
        about="Een klein huis waar tien ouderen samen wonen, koken en tuinieren.",
        fields=("nursing-home",),
        contact_phone="045 123 45 67",
        why_join="We zoeken mensen die graag met ouderen koken.",
        asker_role="Teamleider",
        site_name="Avondster",
        address="Zonstraat 3",
        place=places().find("Heerlen"),
    )
    return replace(given, **changes)


def join_sent(**changes: Any) -> dict[str, Any]:
    """The same as a browser sends it."""
    sent = {
        "name": "Huize Avondster",
        "register_number": "1234 5678",
        "website": "www.avondster.example",
        "about": "Een klein huis waar tien ouderen samen wonen, koken en tuinieren.",
        "fields": ["nursing-home"],
        "contact_phone": "045 123 45 67",
        "why_join": "We zoeken mensen die graag met ouderen koken.",
        "asker_role": "Teamleider",
        "site_name": "Avondster",
        "address": "Zonstraat 3",
        "place": "Heerlen",
        "agrees": "y",
    }
    return sent | changes


def make_request(
    standing: Standing = Standing.ASKED, *, asker: User | None = None, **changes: Any
) -> Organisation:
    """A request to join in the given standing."""
    asker = asker or make_user()
    now = clock.now()
    with transaction():
        made = joining.ask(join_input(**changes), actor=asker, now=now)
    if standing is Standing.ASKED:
        return made
    coordinator = make_user(RoleName.COORDINATOR)
    step = {
        Standing.ADMITTED: Step.ADMIT,
        Standing.REFUSED: Step.REFUSE,
        Standing.WITHDRAWN: Step.WITHDRAW,
    }[standing]
    with transaction():
        if step is Step.ADMIT:
            joining.keep_checks(
                made.id, ALL_CHECKED, version=made.version, actor=coordinator, now=now
            )
            joining.admit(made.id, version=made.version, actor=coordinator, now=now)
        elif step is Step.REFUSE:
            joining.refuse(
                made.id,
                reason="Jullie hebben geen locatie in de regio.",
                next_step="Vraag opnieuw als die er is.",
                version=made.version,
                actor=coordinator,
                now=now,
            )
        else:
            joining.withdraw(made.id, version=made.version, actor=asker, now=now)
    return made

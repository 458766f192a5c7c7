"""The pages of joining, admitting and running an organisation, and of importing."""

from __future__ import annotations

from portal import clock
from portal.accounts.models import RoleName, User
from portal.extensions import db
from portal.opportunities import importing
from portal.organisations import members
from portal.organisations.models import Organisation, Right
from portal.organisations.queries import members as members_of
from portal.transaction import transaction
from tests.factories import make_opportunity, make_site
from tests.factories.organisations import make_request

PINNED: dict[str, tuple[int | None, ...]] = {
    "admission.ask_refuse": (None, None, None, 6, None, None),
    "admission.index": (None, None, None, 8, None, None),
    "admission.show": (None, None, None, 10, None, None),
    "employer.ask_confirm": (None, None, 3, None, None, None),
    "importing.ask_confirm": (None, None, 3, None, None, None),
    "importing.index": (None, None, 2, None, None, None),
    "organisations.ask_remove": (None, None, 5, None, None, None),
    "organisations.ask_withdraw": (None, 3, None, None, None, None),
    "organisations.edit_profile": (None, None, 3, None, None, None),
    "organisations.edit_rights": (None, None, 5, None, None, None),
    "organisations.edit_site": (None, None, 3, None, None, None),
    "organisations.invitation": (1, 2, 2, 3, 2, 3),
    "organisations.join": (0, 3, 2, 3, 2, 3),
    "organisations.manage": (None, None, 6, None, None, None),
    "organisations.new_invite": (None, None, 3, None, None, None),
    "organisations.new_request": (None, 1, 1, 2, 1, 2),
    "organisations.new_site": (None, None, 3, None, None, None),
    "organisations.request_page": (None, 4, None, None, None, None),
}
NO_PAGE = {"importing.template": "a file"}


def fill(mine: Organisation, count: int) -> None:
    """More that wait, and more colleagues that were asked."""
    admin = db.session.get_one(User, members_of(mine.id)[0].user_id)
    for number in range(count):
        make_request(name=f"Huis {mine.id} {clock.now().timestamp()} {number}")
        with transaction():
            members.invite(
                mine.id,
                f"collega{number}-{clock.now().timestamp()}@voorbeeld.example",
                [Right.SUPERVISOR],
                actor=admin,
                now=clock.now(),
            )


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """An own organisation, a request, an invitation and an import."""
    asker, employer = users[RoleName.CANDIDATE], users[RoleName.EMPLOYER]
    assert asker
    assert employer
    now = clock.now()
    asked = make_request(asker=asker)
    site = make_site(mine)
    opening = make_opportunity(site=site)
    token = "een-geheim-dat-alleen-de-mail-kent"
    with transaction():
        actor = db.session.get_one(User, employer.id)
        invited = members.invite(
            mine.id, "gevraagd@voorbeeld.example", [Right.ADMIN], actor=actor, now=now
        )
        invited.digest = members.digest_of(token)
        found = importing.keep(
            [
                {
                    "row": 2,
                    "title": "Helpende",
                    "site_id": site.id,
                    "text": "Je helpt.",
                    "tasks": [],
                    "kind": "vacancy",
                    "field": "nursing-home",
                    "requirements": [],
                    "contract": "permanent",
                    "closes_on": "2030-01-01",
                }
            ],
            "plekken.csv",
            actor=actor,
            now=now,
        )
        kept = found.token
    return {
        "admission.ask_refuse.organisation_id": str(asked.id),
        "admission.show.organisation_id": str(asked.id),
        "employer.ask_confirm.slug": opening.slug,
        "importing.ask_confirm.token": kept,
        "organisations.ask_withdraw.organisation_id": str(asked.id),
        "organisations.request_page.organisation_id": str(asked.id),
        "organisations.invitation.token": token,
        **{
            f"organisations.{page}.{name}": str(value)
            for page in (
                "ask_remove",
                "edit_profile",
                "edit_rights",
                "edit_site",
                "new_invite",
                "new_site",
            )
            for name, value in {
                "organisation_id": mine.id,
                "site_id": site.id,
                "user_id": employer.id,
            }.items()
        },
    }

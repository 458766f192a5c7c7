"""An organisation with a colleague and an invitation, one that asks to join, and an import."""

from __future__ import annotations

from datetime import timedelta

from portal.extensions import db
from portal.opportunities.models import OpportunityImport
from portal.organisations.members import digest_of
from portal.organisations.models import MemberInvite
from portal.transaction import transaction
from tests.factories import make_employer
from tests.factories.organisations import make_request
from tests.portal.objects.world import World

_DECIDES = "a coordinator decides about every organisation that asks to join"
_FORM = "the empty sheet is the same for every employer"
OPEN = {
    (f"admission.{page}", "coordinator"): _DECIDES
    for page in ("index", "show", "check", "ask_refuse", "refuse", "reconsider")
} | {
    ("importing.template", f"employer-{who}"): _FORM
    for who in ("admin", "recruiter", "supervisor", "of-nobody")
}
TOKEN = "een-sleutel-uit-een-mail"


def make(world: World) -> dict[str, str]:
    colleague = make_employer(world.organisation)
    asking = make_request(asker=world.candidate, name=f"Huize {world.secret}")
    with transaction():
        invite = MemberInvite(
            organisation_id=world.organisation.id,
            email="iemand-anders@voorbeeld.example",
            digest=digest_of(TOKEN),
            recruiter=True,
            invited_by_id=world.employer.id,
            created_at=world.now,
            expires_at=world.now + timedelta(days=3),
        )
        found = OpportunityImport(
            token="een-bestand",
            user_id=world.employer.id,
            file_name=f"{world.secret}.csv",
            rows=[],
            created_at=world.now,
            expires_at=world.now + timedelta(hours=1),
        )
        db.session.add_all([invite, found])
        db.session.flush()
    own = ("request_page", "change_request", "ask_withdraw", "withdraw")
    return {
        "organisations:organisation_id": str(world.organisation.id),
        "organisations:site_id": str(world.opportunity.site.id),
        "organisations:user_id": str(colleague.id),
        "organisations:invite_id": str(invite.id),
        "organisations:token": TOKEN,
        "admission:organisation_id": str(asking.id),
        "importing:token": found.token,
        "importing:kind": "csv",
        **{f"organisations.{page}:organisation_id": str(asking.id) for page in own},
    }

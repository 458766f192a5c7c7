"""A draft that nobody sees, and the question of a visitor."""

from __future__ import annotations

from portal.matching import service as matching
from portal.matching.asked import Asked
from portal.transaction import transaction
from tests.portal.objects.world import World

OPEN = {
    (endpoint, "candidate"): "who has the address of a question may read it and keep it"
    for endpoint in ("candidates.ask_adopt", "candidates.adopt")
}
FIELDS = {"candidates.restore": {"choice": "saved"}}


def make(world: World) -> dict[str, str]:
    with transaction():
        token = matching.ask(Asked(world.secret, ""), now=world.now).token
    return {"candidates:slug": world.draft.slug, "candidates:token": token}

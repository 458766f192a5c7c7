"""A mail; the administrator watches all of them, and nobody else any."""

from __future__ import annotations

from tests.factories.outbox import make_mail
from tests.portal.objects.world import World

ACTIONS = ("again", "stop", "went")
OPEN = {
    (f"outbox.{page}", "admin"): "an administrator watches the mail of everybody"
    for page in ("index", "show", "markup", "ask_again", *ACTIONS)
}


def make(world: World) -> dict[str, str]:
    return {"outbox:id": str(make_mail(subject=world.secret, body=world.secret).id)}

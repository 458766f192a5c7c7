"""An employer's openings, and what lies open to everybody who may open the page at all."""

from __future__ import annotations

from tests.portal.objects.world import World


def make(world: World) -> dict[str, str]:
    return {"employer:slug": world.draft.slug}

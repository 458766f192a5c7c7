"""An application of a candidate with a message and a meeting."""

from __future__ import annotations

from datetime import timedelta

from portal.applications import service
from portal.applications.meetings import MeetingInput
from portal.applications.workflow import Party
from portal.candidates.service import ensure
from portal.transaction import transaction
from tests.factories import make_opportunity
from tests.portal.objects.world import World

FIELDS = {"applications.step": {"action": "talk"}}


def make(world: World) -> dict[str, str]:
    mine = make_opportunity(site=world.opportunity.site)
    with transaction():
        candidate = ensure(world.candidate, now=world.now)
        application = service.apply(
            candidate,
            mine,
            letter=world.secret,
            phone="06 12345678",
            actor=world.candidate,
            now=world.now,
        )
        meeting = service.propose_meeting(
            application.id,
            MeetingInput(starts_at=world.now + timedelta(days=3), minutes=30, where=world.secret),
            actor=world.employer,
            party=Party.EMPLOYER,
            now=world.now,
        )
    return {
        "applications:application_id": str(application.id),
        "applications:meeting_id": str(meeting.id),
        # Nobody can respond to what is not on offer.
        "applications:slug": world.draft.slug,
    }

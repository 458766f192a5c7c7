"""An application, a meeting, an invitation, and somebody who may be found."""

from __future__ import annotations

from datetime import timedelta

from portal.applications import service
from portal.applications.meetings import MeetingInput
from portal.applications.workflow import Party
from portal.candidates.models import CandidateMatch
from portal.candidates.service import ensure
from portal.extensions import db
from portal.recruiting import service as recruiting
from portal.transaction import transaction
from tests.factories import make_opportunity, make_site
from tests.factories.recruiting import make_seeker
from tests.portal.objects.world import World

FIELDS = {
    "recruiting.answer_together": {
        "actie": "niet-verder",
        "wie": "{recruiting:application_id}",
        "reason": "other",
        "text": "Dank voor je reactie, dit wordt het niet.",
        "stap": "verstuur",
    },
}


def make(world: World) -> dict[str, object]:
    """Make them, of the world's employer and candidate."""
    site = make_site(world.organisation)
    other = make_opportunity(site=site)
    seeker = make_seeker(name=world.secret)
    with transaction():
        candidate = ensure(world.candidate, now=world.now)
        application = service.apply(
            candidate,
            other,
            letter=world.secret,
            phone="",
            actor=world.candidate,
            now=world.now,
        )
        meeting = service.propose_meeting(
            application.id,
            MeetingInput(starts_at=world.now + timedelta(days=4), minutes=30, where=world.secret),
            actor=world.candidate,
            party=Party.CANDIDATE,
            now=world.now,
        )
        db.session.add(
            CandidateMatch(
                candidate_id=seeker.id,
                opportunity_id=other.id,
                rank=1,
                score=0.5,
                level="guided",
                met=1,
                partly=0,
                total=2,
                first_seen_at=world.now,
            )
        )
        invitation = recruiting.send(
            candidate,
            world.opportunity,
            f"{world.secret}, kom je praten over dit mooie werk?",
            actor=world.employer,
            now=world.now,
        )
    return {
        "recruiting:slug": other.slug,
        "recruiting:code": seeker.code,
        "recruiting:application_id": application.id,
        "recruiting:meeting_id": meeting.id,
        "recruiting:name": "praten",
        "invitations:invitation_id": invitation.id,
    }

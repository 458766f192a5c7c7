"""Requests to sign, evidence to check, and a link, of a candidate with a coach."""

from __future__ import annotations

from datetime import timedelta

from portal.candidates.queries import of_user
from portal.candidates.service import ensure
from portal.coaching.models import Guidance
from portal.extensions import db
from portal.portfolio import sharing_service, validation_service
from portal.portfolio.kinds import CompetenceState, EvidenceKind, Mastery
from portal.portfolio.models import EvidenceItem, PortfolioCompetence
from portal.portfolio.validation_service import Asked
from portal.transaction import transaction
from tests.factories.signing import COOKING, signature
from tests.portal.objects.world import World

_REGION = "a coordinator looks at the evidence of everybody who asks for it"
OPEN = {
    ("checks.index", "coordinator"): _REGION,
    ("checks.show", "coordinator"): _REGION,
    ("checks.save", "coordinator"): _REGION,
}


def make(world: World) -> dict[str, str]:
    with transaction():
        candidate = ensure(world.candidate, now=world.now)
        db.session.add(
            PortfolioCompetence(
                candidate_id=candidate.id,
                competence=COOKING,
                state=CompetenceState.ACCEPTED,
                mastery=Mastery.INDEPENDENT,
                sentence=world.secret,
                created_at=world.now,
                updated_at=world.now,
            )
        )
        evidence = EvidenceItem(
            candidate_id=candidate.id,
            kind=EvidenceKind.DIPLOMA,
            title=world.secret,
            check_asked_at=world.now - timedelta(days=1),
            created_at=world.now,
            updated_at=world.now,
        )
        db.session.add(evidence)
        link = sharing_service.make(
            sharing_service.token_of("", world.candidate.id, "geheim"),
            world.secret,
            days=7,
            with_name=True,
            actor=world.candidate,
            now=world.now,
        )
        asked = Asked(organisation_id=world.organisation.id)
        (signed,) = validation_service.ask(
            [COOKING], asked, world.secret, actor=world.candidate, now=world.now
        )
        validation_service.sign(
            signed.id,
            signature(scope=world.secret, name=world.secret),
            version=1,
            actor=world.employer,
            now=world.now,
        )
        (one,) = validation_service.ask(
            [COOKING], asked, world.secret, actor=world.candidate, now=world.now
        )
        if of_user(world.candidate.id) and not db.session.query(Guidance).count():
            db.session.add(
                Guidance(candidate_id=candidate.id, coach_id=world.coach.id, since=world.now)
            )
    return {
        "validations:validation_id": str(one.id),
        "validations.ask_withdraw:validation_id": str(signed.id),
        "validations.withdraw:validation_id": str(signed.id),
        "validations.answer:validation_id": str(signed.id),
        "validations.remove:validation_id": str(signed.id),
        "checks:evidence_id": str(evidence.id),
        "sharing:link_id": str(link.id),
    }

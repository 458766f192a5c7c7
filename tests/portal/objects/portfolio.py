"""Evidence with a file, and a competence, of a candidate."""

from __future__ import annotations

from pathlib import Path

from portal import clock
from portal.portfolio import evidence_service
from portal.portfolio.files import Store, accept
from portal.transaction import transaction
from tests import VAR
from tests.factories.portfolio import a_pdf, evidence_input, take
from tests.portal.objects.world import World

OPEN = {
    (f"portfolio.{page}", "candidate"): "the form for evidence is the same for everybody"
    for page in ("new_evidence", "create_evidence")
}
COMPETENCE = "make-contact"


def make(world: World) -> dict[str, str]:
    take(world.candidate, COMPETENCE, sentence=world.secret)
    store = Store(Path(VAR.name) / "files")
    with transaction(), store.writing() as put:
        item = evidence_service.add(
            evidence_input(title=world.secret),
            upload=accept(f"{world.secret}.pdf", a_pdf(world.secret)),
            actor=world.candidate,
            now=clock.now(),
            put=put,
        ).item
        file_id = item.file_id
    return {
        "portfolio:evidence_id": str(item.id),
        "portfolio:file_id": str(file_id),
        "portfolio:competence": COMPETENCE,
        "portfolio:kind": "paid_work",
    }

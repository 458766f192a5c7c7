"""What the database and a process tell of their encoder."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from matcher import Profile
from portal.extensions import db
from portal.matching.models import EncoderState, OpportunityVector
from portal.matching.resident import Resident
from tests.portal.matching.asking import COOK

PROFILE = Profile(id="test", skills=COOK)


def ranked(holder: Resident) -> list[tuple[str, float]]:
    matches = holder.engine().rank(PROFILE, limit=50).matches
    return [(one.opportunity, round(one.score, 6)) for one in matches]


def stored() -> dict[str, int]:
    """How many opportunities have vectors, by version."""
    db.session.rollback()
    rows = db.session.execute(
        select(OpportunityVector.encoder_version, func.count()).group_by(
            OpportunityVector.encoder_version
        )
    )
    return dict(rows.all())


def states() -> dict[str, str]:
    db.session.rollback()
    return {row.version: row.status for row in db.session.scalars(select(EncoderState))}


class Killed(BaseException):
    """As a process that ends without a word."""


def cut(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-40])

"""The vectors of opportunities in the database, beside what they describe."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, OperationalError

from matcher import Engine, Opportunity, Vectors
from portal.extensions import db
from portal.matching.models import EncoderState, OpportunityVector
from portal.opportunities.models import Opportunity as OpportunityRow
from portal.opportunities.queries import published
from portal.transaction import transaction

log = logging.getLogger(__name__)


def stored(
    engine: Engine, opportunities: Iterable[Opportunity], dimension: int
) -> dict[str, Vectors]:
    """Return what is stored and still fits, by opportunity id.

    Vectors of another encoder, of an older text or of a half-written row are passed over.
    """
    opportunities = list(opportunities)
    wanted = {one.id: engine.fingerprint(one) for one in opportunities}
    rows_of = {one.id: 1 + sum(not r.legal for r in one.requirements) for one in opportunities}
    rows = db.session.scalars(
        select(OpportunityVector).where(
            OpportunityVector.encoder_version == engine.version,
            OpportunityVector.opportunity_id.in_([int(identifier) for identifier in wanted]),
        )
    )
    found: dict[str, Vectors] = {}
    for row in rows:
        identifier = str(row.opportunity_id)
        if row.content_hash != wanted[identifier]:
            continue
        shape = (rows_of[identifier], dimension)
        whole = len(row.vectors) == shape[0] * shape[1] * np.dtype(np.float32).itemsize
        read = np.frombuffer(row.vectors, dtype=np.float32).reshape(shape) if whole else None
        if read is None or not np.isfinite(read).all():
            log.warning("the vectors of opportunity %s are damaged; made anew", identifier)
            continue
        found[identifier] = read
    return found


def complete(
    engine: Engine, opportunities: Sequence[Opportunity], dimension: int
) -> dict[str, Vectors]:
    """Return the vectors of all of them, by id; what is not stored is made and stored."""
    found = stored(engine, opportunities, dimension)
    fresh = [one for one in opportunities if one.id not in found]
    if fresh:
        made = dict(zip((one.id for one in fresh), engine.encode(fresh), strict=True))
        keep(engine, fresh, made)
        found |= made
    return found


def lacking(version: str, today: date) -> list[int]:
    """Return the ids of what is on offer and has no vectors of this version."""
    described = select(OpportunityVector.opportunity_id).where(
        OpportunityVector.encoder_version == version
    )
    wanted = published(today).where(OpportunityRow.id.not_in(described))
    return list(db.session.scalars(wanted.with_only_columns(OpportunityRow.id)))


def drop(version: str) -> None:
    """Delete the vectors of one version; whoever needs them makes them anew."""
    db.session.execute(
        delete(OpportunityVector).where(OpportunityVector.encoder_version == version)
    )


def keep(
    engine: Engine, opportunities: Sequence[Opportunity], vectors: Mapping[str, Vectors]
) -> None:
    """Store fresh vectors. Failing to do so costs time later and nothing else."""
    try:
        with transaction():
            known = set(db.session.scalars(select(EncoderState.version)))
            if known and engine.version not in known:
                # A process that has yet to switch: what it stores would lie there for ever.
                return
            for one in opportunities:
                db.session.merge(
                    OpportunityVector(
                        opportunity_id=int(one.id),
                        encoder_version=engine.version,
                        content_hash=engine.fingerprint(one),
                        vectors=vectors[one.id].astype(np.float32).tobytes(),
                    )
                )
    except (IntegrityError, OperationalError) as error:
        # Another process stored them first, an opportunity went meanwhile, or the database is
        # busy: whoever needs them next makes them again.
        log.info("vectors were not stored: %s", error)

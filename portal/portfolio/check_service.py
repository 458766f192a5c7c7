"""A person looks at evidence. Call inside transaction()."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.errors import Conflict, NotFound
from portal.outbox.letters import post
from portal.portfolio import check_emails as emails
from portal.portfolio import check_queries as queries
from portal.portfolio import evidence_service
from portal.portfolio.kinds import CheckResult
from portal.portfolio.models import EvidenceItem


def find(evidence_id: int, actor: User, *, lock: bool = False) -> EvidenceItem:
    """Return evidence that this person is asked to look at.

    Raises NotFound, or Conflict when a colleague looked at it first.
    """
    item = queries.for_checker(evidence_id, actor, lock=lock)
    if item is not None:
        return item
    other = queries.looked_at(evidence_id, actor)
    if other is None or other.checked_by is None:
        raise NotFound
    raise Conflict(
        _(
            "%(name)s keek hier al naar. Je hoeft niets meer te doen.",
            name=other.checked_by.name or _("Een collega"),
        )
    )


def check(
    evidence_id: int,
    result: CheckResult,
    *,
    note: str,
    version: int,
    actor: User,
    now: datetime,
) -> EvidenceItem:
    """Write down what was found, and tell whose it is.

    Raises NotFound when it is not for this person to look at, Conflict when somebody was first
    or it was changed since, or Invalid without a reason.
    """
    item = find(evidence_id, actor, lock=True)
    if item.version != version:
        raise Conflict(_("Dit bewijs is intussen veranderd. Kijk eerst wat er nu staat."))
    evidence_service.set_checked(item, result, note=note, actor=actor, now=now)
    letter = emails.confirmed if result is CheckResult.CONFIRMED else emails.rejected
    post(
        item.candidate.user,
        partial(letter, item),
        key=f"evidence-{item.id}-checked-{item.version}",
        now=now,
    )
    return item

"""Links to a portfolio for who has no account. Call what changes inside transaction()."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date, datetime, time, timedelta
from typing import Final

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.audit import service as audit
from portal.candidates.queries import of_user
from portal.clock import ZONE, local_date
from portal.errors import Conflict, Gone, Invalid, NotFound
from portal.extensions import db
from portal.portfolio import sharing_queries as queries
from portal.portfolio.models import ShareLink

DAYS: Final = (7, 30, 90)
MOST: Final = 20
"""So many links work at the same time."""


def digest_of(token: str) -> str:
    """What is kept of a token; from it nobody makes the token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(form_key: str, user_id: int, secret: str) -> str:
    """Return the token of a form: the same form sent twice leads to one link.

    Without a key of the form it is a fresh one. Nobody makes it without our secret.
    """
    if not form_key:
        return secrets.token_urlsafe(24)
    said = f"share-link:{user_id}:{form_key}".encode("utf-8", "surrogatepass")
    made = hmac.new(secret.encode(), said, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:24]).decode()


def make(
    token: str, label: str, *, days: int, with_name: bool, actor: User, now: datetime
) -> ShareLink:
    """Make a link; its token is kept nowhere. A second time it is the same link.

    Raises NotFound without a portfolio, or Invalid when there are too many.
    """
    candidate = of_user(actor.id, lock=True)
    if candidate is None or days not in DAYS:
        raise NotFound
    earlier = queries.by_digest(digest_of(token))
    if earlier is not None and earlier.candidate_id == candidate.id:
        return earlier
    if queries.count_working(candidate.id, now) >= MOST:
        raise Invalid(_("Je hebt al %(most)s links die werken. Trek er eerst een in.", most=MOST))
    link = ShareLink(
        candidate_id=candidate.id,
        digest=digest_of(token),
        label=label,
        with_name=with_name,
        created_at=now,
        # Until the end of that day, as people read a date.
        expires_at=datetime.combine(
            local_date(now) + timedelta(days=days + 1), time(), tzinfo=ZONE
        ),
    )
    db.session.add(link)
    db.session.flush()
    audit.record("share_link.made", link, actor=actor, now=now, days=days, with_name=with_name)
    return link


def revoke(link_id: int, *, actor: User, now: datetime) -> ShareLink:
    """Let a link work no more, for good. Raises NotFound, or Conflict when it was before."""
    link = queries.of_owner(link_id, actor.id, lock=True)
    if link is None:
        raise NotFound
    if link.revoked_at is not None:
        raise Conflict(_("Deze link was al ingetrokken."))
    link.revoked_at = now
    audit.record("share_link.revoked", link, actor=actor, now=now)
    return link


def last_day(link: ShareLink) -> date:
    """Return the last day on which a link works."""
    return local_date(link.expires_at - timedelta(seconds=1))


def working(link: ShareLink, now: datetime) -> bool:
    """Say whether a link leads somewhere."""
    return link.revoked_at is None and link.expires_at > now


def by_token(token: str, *, now: datetime, lock: bool = False) -> ShareLink:
    """Return the link that a token is of. Raises NotFound, or Gone when it works no more."""
    link = queries.by_digest(digest_of(token), lock=lock)
    if link is None:
        raise NotFound
    if not working(link, now):
        raise Gone
    return link


def note_opened(token: str, *, now: datetime) -> ShareLink:
    """Count that somebody opened it. Raises NotFound or Gone."""
    link = by_token(token, now=now, lock=True)
    link.opened += 1
    link.opened_at = now
    return link

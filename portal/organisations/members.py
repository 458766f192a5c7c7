"""Who acts for an organisation: invite, accept, change rights, remove. Inside transaction()."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.accounts.models import RoleName, User
from portal.audit import service as audit
from portal.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.extensions import db
from portal.organisations import emails, policy, queries
from portal.organisations.joining import grant_role
from portal.organisations.models import MemberInvite, Membership, Organisation, Right
from portal.organisations.service import add_member
from portal.outbox.letters import post, post_to

GOOD_FOR: Final = timedelta(days=14)
AGAIN: Final = timedelta(minutes=1)
"""The same invitation within this time is a double click: one mail."""


def invite(
    organisation_id: int,
    email: str,
    rights: Collection[Right],
    *,
    actor: User,
    now: datetime,
) -> MemberInvite:
    """Ask somebody by mail to act for an organisation; asked again, the old link ends.

    Raises NotFound (not an admin of it) or Invalid.
    """
    organisation = _managed(organisation_id, actor)
    _some(rights)
    email = email.lower()
    if any(one.user.email == email for one in queries.members(organisation_id)):
        raise Invalid(_("Deze collega werkt al mee. Pas de rechten aan in de lijst."))
    open_invites = queries.invites(organisation_id, now)
    if len(open_invites) >= policy.MOST_INVITES:
        raise Invalid(_("Er staan te veel uitnodigingen open. Trek er eerst een paar in."))
    for one in open_invites:
        if (one.email, one.rights) == (email, frozenset(rights)) and now - one.created_at < AGAIN:
            return one
    db.session.execute(
        delete(MemberInvite).where(
            MemberInvite.organisation_id == organisation_id,
            MemberInvite.email == email,
            MemberInvite.accepted_at.is_(None),
        )
    )
    token = secrets.token_urlsafe(32)
    made = MemberInvite(
        organisation=organisation,
        email=email,
        digest=digest_of(token),
        invited_by_id=actor.id,
        created_at=now,
        expires_at=now + GOOD_FOR,
        **{right.value: right in rights for right in Right},
    )
    db.session.add(made)
    db.session.flush()
    audit.record(
        "organisation.member_invited",
        organisation,
        actor=actor,
        now=now,
        rights=sorted(rights),
    )
    known = db.session.scalar(select(User).where(User.email == email))
    post_to(
        email,
        known.language if known else actor.language,
        lambda: emails.invited(made, token, actor.name, now=now),
        key=f"member-invite-{made.digest}",
        now=now,
    )
    return made


def withdraw_invite(organisation_id: int, invite_id: int, *, actor: User, now: datetime) -> None:
    """End an invitation; its link stops working. Raises NotFound."""
    organisation = _managed(organisation_id, actor)
    found = db.session.scalar(
        select(MemberInvite).where(
            MemberInvite.id == invite_id,
            MemberInvite.organisation_id == organisation_id,
            MemberInvite.accepted_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    db.session.delete(found)
    audit.record("organisation.invite_withdrawn", organisation, actor=actor, now=now)


def invitation(token: str, *, now: datetime, lock: bool = False) -> MemberInvite:
    """Return an invitation by its token. Raises NotFound, or Gone when its time is up."""
    found = queries.invite_by_digest(digest_of(token), lock=lock)
    if found is None:
        raise NotFound(
            _("Deze uitnodiging is er niet meer. Vraag je collega om een nieuwe uitnodiging.")
        )
    if found.accepted_at is None and found.expires_at <= now:
        raise Gone(_("Deze uitnodiging is verlopen. Vraag je collega om een nieuwe."))
    return found


def accept(token: str, *, actor: User, now: datetime) -> Organisation:
    """Say yes to an invitation; again changes nothing.

    Raises NotFound, Gone, or Forbidden when it is for another address.
    """
    found = invitation(token, now=now, lock=True)
    if found.email != actor.email:
        raise Forbidden(_("Deze uitnodiging is voor een ander e-mailadres. Log daarmee in."))
    if found.accepted_at is not None:
        return found.organisation
    found.accepted_at = now
    # Who was added by another way meanwhile gets both.
    member = add_member(found.organisation, actor, rights=found.rights, actor=actor, now=now)
    for right in found.rights:
        setattr(member, right, True)
    grant_role(actor)
    db.session.flush()
    inviter = db.session.get(User, found.invited_by_id) if found.invited_by_id else None
    if inviter is not None:
        post(
            inviter,
            lambda: emails.joined(found.organisation, actor.name or actor.email),
            key=f"member-joined-{found.digest}",
            now=now,
        )
    return found.organisation


def change_rights(
    organisation_id: int,
    user_id: int,
    rights: Collection[Right],
    *,
    actor: User,
    now: datetime,
) -> Membership:
    """Give a member these rights and no others.

    Raises NotFound, Invalid (no right at all) or Conflict (nobody would be admin).
    """
    organisation = _managed(organisation_id, actor)
    _some(rights)
    member = _leaving_an_admin(organisation_id, user_id, rights)
    for right in Right:
        setattr(member, right, right in rights)
    db.session.flush()
    audit.record(
        "organisation.rights_changed",
        organisation,
        actor=actor,
        now=now,
        user=user_id,
        rights=sorted(rights),
    )
    return member


def remove(organisation_id: int, user_id: int, *, actor: User, now: datetime) -> None:
    """End that somebody acts for an organisation. Raises NotFound or Conflict (the last admin)."""
    organisation = _managed(organisation_id, actor)
    member = _leaving_an_admin(organisation_id, user_id, ())
    user = member.user
    db.session.delete(member)
    db.session.flush()
    if not db.session.scalar(queries.ids_of_member(user.id).limit(1)):
        # Pages of employers would be empty for them.
        user.roles = [role for role in user.roles if role.name != RoleName.EMPLOYER]
        db.session.flush()
    audit.record("organisation.member_removed", organisation, actor=actor, now=now, user=user_id)


def digest_of(token: str) -> str:
    """What is kept of a token: it cannot be turned back into the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _managed(organisation_id: int, actor: User) -> Organisation:
    # The lock makes changes of members take turns, so that the last admin stays.
    organisation = queries.managed(organisation_id, actor.id)
    if organisation is None:
        raise NotFound
    return organisation


def _some(rights: Collection[Right]) -> None:
    if not rights:
        raise Invalid(_("Kies minstens één recht."), fields=("rights",))


def _leaving_an_admin(organisation_id: int, user_id: int, rights: Collection[Right]) -> Membership:
    found = {one.user_id: one for one in queries.members(organisation_id)}
    if user_id not in found:
        raise NotFound
    after: dict[int, Collection[str]] = {one: member.rights for one, member in found.items()}
    if not policy.leaves_an_admin(after | {user_id: rights}):
        raise Conflict(
            _("Dit is de laatste beheerder. Maak eerst een collega beheerder. Dan kan dit wel.")
        )
    return found[user_id]

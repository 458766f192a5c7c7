"""An organisation asks to join the pool, and a coordinator decides. Inside transaction()."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from portal.accounts.models import RoleName, User
from portal.accounts.service import ensure_role
from portal.audit import service as audit
from portal.errors import Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.matching.knowledge import Place
from portal.organisations import emails, policy, queries, workflow
from portal.organisations.models import Organisation, Right
from portal.organisations.policy import Check
from portal.organisations.service import add_member, create_site
from portal.organisations.workflow import Standing, Step
from portal.outbox.letters import Letter, post

_FIELDS = ("name", "register_number", "website", "about", "contact_phone", "why_join", "asker_role")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinInput:
    """What an organisation says when it asks to join; names are the columns'."""

    name: str
    register_number: str
    website: str
    about: str
    fields: tuple[str, ...]
    contact_phone: str
    why_join: str
    asker_role: str
    site_name: str
    address: str
    place: Place


def ask(data: JoinInput, *, actor: User, now: datetime) -> Organisation:
    """Ask to join. A second click finds the request that is there.

    Raises Invalid when too many requests of this person wait.
    """
    # Two clicks at once take turns.
    db.session.scalar(select(User.id).where(User.id == actor.id).with_for_update())
    waiting = [one for one in queries.requests_of(actor.id) if one.standing == Standing.ASKED]
    for one in waiting:
        if one.register_number == data.register_number and one.name == data.name:
            return one
    if len(waiting) >= policy.MOST_REQUESTS:
        raise Invalid(_("Er wachten al vragen van je. Wacht tot we die bekeken hebben."))
    organisation = Organisation(
        slug=_fresh_slug(data.name), standing=Standing.ASKED, asked_by_id=actor.id, asked_at=now
    )
    _fill(organisation, data)
    db.session.add(organisation)
    db.session.flush()
    create_site(
        organisation,
        slug=_fresh_site_slug(organisation.slug),
        name=data.site_name,
        address=data.address,
        place=data.place.name,
        province=data.place.province,
        latitude=data.place.latitude,
        longitude=data.place.longitude,
        actor=actor,
        now=now,
    )
    add_member(organisation, actor, rights=tuple(Right), actor=actor, now=now)
    _tell("asked", organisation, actor, now)
    _write_of_asking(organisation, actor, now)
    return organisation


def change(
    organisation_id: int, data: JoinInput, *, version: int, actor: User, now: datetime
) -> Organisation:
    """Change a request that waits; one that was refused or withdrawn is asked again.

    What a coordinator had looked at and is different now has to be looked at again. Raises
    NotFound, or Conflict when it was decided or changed meanwhile.
    """
    organisation = _own(organisation_id, actor, version)
    site = organisation.sites[0]
    before = {name: getattr(organisation, name) for name in _FIELDS}
    before |= {"fields": list(organisation.fields), "site_name": site.name}
    before |= {"address": site.address, "place": (site.place, site.province)}
    _fill(organisation, data)
    site.name, site.address = data.site_name, data.address
    site.place, site.province = data.place.name, data.place.province
    site.latitude, site.longitude = data.place.latitude, data.place.longitude
    after = {name: getattr(organisation, name) for name in _FIELDS}
    after |= {"fields": list(organisation.fields), "site_name": site.name}
    after |= {"address": site.address, "place": (site.place, site.province)}
    again = policy.to_check_again({name for name in before if before[name] != after[name]})
    organisation.checks = {
        check: (said | {"done": False} if check in again else said)
        for check, said in organisation.checks.items()
    }
    if organisation.standing == Standing.ASKED:
        _tell("changed", organisation, actor, now)
    else:
        _step(organisation, Step.ASK_AGAIN)
        organisation.asked_at = now
        _tell(Step.ASK_AGAIN, organisation, actor, now)
        _write_of_asking(organisation, actor, now)
    return organisation


def withdraw(organisation_id: int, *, version: int, actor: User, now: datetime) -> Organisation:
    """Take a request back while it waits. Raises NotFound or Conflict."""
    organisation = _own(organisation_id, actor, version)
    _step(organisation, Step.WITHDRAW)
    _tell(Step.WITHDRAW, organisation, actor, now)
    return organisation


def keep_checks(
    organisation_id: int,
    checks: Mapping[Check, tuple[bool, str]],
    *,
    version: int,
    actor: User,
    now: datetime,
) -> Organisation:
    """Keep what a coordinator looked at, with the remarks. Raises NotFound, Forbidden, Conflict."""
    organisation = _to_decide(organisation_id, version, actor)
    if organisation.standing != Standing.ASKED:
        raise _late(organisation)
    organisation.checks = {
        check.value: {"done": done, "remark": remark} for check, (done, remark) in checks.items()
    }
    _tell("checked", organisation, actor, now, open=len(policy.open_checks(organisation.checks)))
    return organisation


def admit(organisation_id: int, *, version: int, actor: User, now: datetime) -> Organisation:
    """Let an organisation into the pool; who asked becomes its admin.

    Raises NotFound, Forbidden (an own organisation), Conflict (somebody was first) or Invalid
    (not everything was looked at, or another member of the pool has the name).
    """
    organisation = _to_decide(organisation_id, version, actor)
    _step(organisation, Step.ADMIT)
    if policy.open_checks(organisation.checks):
        raise Invalid(_("Loop eerst alle punten na. Zet bij elk punt een vinkje."))
    if queries.admitted_with_name(organisation.name) not in (None, organisation.id):
        raise Invalid(_("Er doet al een organisatie mee met deze naam. Vraag om een andere naam."))
    if organisation.asked_by is None:
        raise Invalid(_("Wie dit vroeg, heeft geen account meer. Je kunt de vraag weigeren."))
    organisation.decided_at, organisation.decided_by_id = now, actor.id
    organisation.decision_reason = organisation.next_step = ""
    _tell(Step.ADMIT, organisation, actor, now)
    grant_role(organisation.asked_by)
    _post(organisation, "admitted", emails.admitted, now)
    return organisation


def refuse(
    organisation_id: int,
    *,
    reason: str,
    next_step: str,
    version: int,
    actor: User,
    now: datetime,
) -> Organisation:
    """Say no, with the reason and what can be done. Raises as `admit`."""
    organisation = _to_decide(organisation_id, version, actor)
    _step(organisation, Step.REFUSE)
    organisation.decided_at, organisation.decided_by_id = now, actor.id
    organisation.decision_reason, organisation.next_step = reason, next_step
    _tell(Step.REFUSE, organisation, actor, now, reason=reason)
    _post(organisation, "refused", emails.refused, now)
    return organisation


def reconsider(organisation_id: int, *, version: int, actor: User, now: datetime) -> Organisation:
    """Look once more at what was refused. Raises NotFound, Forbidden or Conflict."""
    organisation = _to_decide(organisation_id, version, actor)
    _step(organisation, Step.RECONSIDER)
    organisation.asked_at, organisation.decided_at, organisation.decided_by_id = now, None, None
    _tell(Step.RECONSIDER, organisation, actor, now)
    _post(organisation, "reconsidered", emails.reconsidered, now)
    return organisation


def grant_role(user: User) -> None:
    """Let somebody reach the pages of employers."""
    if not user.has(RoleName.EMPLOYER):
        user.roles.append(ensure_role(RoleName.EMPLOYER))
        db.session.flush()


def _own(organisation_id: int, actor: User, version: int) -> Organisation:
    organisation = queries.request_of(organisation_id, actor.id, lock=True)
    if organisation is None:
        raise NotFound
    if organisation.standing == Standing.ADMITTED:
        raise Conflict(_("Je organisatie doet intussen mee. Pas haar aan bij “Organisatie”."))
    if organisation.version != version:
        raise Conflict(_("Deze vraag is intussen veranderd. Kijk eerst wat er nu staat."))
    return organisation


def _to_decide(organisation_id: int, version: int, actor: User) -> Organisation:
    organisation = queries.request_by_id(organisation_id, lock=True)
    if organisation is None:
        raise NotFound
    members = queries.member_ids(organisation_id)
    if not policy.may_decide(actor.id, members, organisation.asked_by_id):
        raise Forbidden(_("Je hoort zelf bij deze organisatie. Een collega beslist hierover."))
    if organisation.version != version:
        raise _late(organisation)
    return organisation


def _late(organisation: Organisation) -> Conflict:
    if organisation.standing == Standing.ADMITTED:
        return Conflict(_("Een collega was je voor: deze organisatie is al toegelaten."))
    if organisation.standing == Standing.REFUSED:
        return Conflict(_("Een collega was je voor: deze vraag is al geweigerd."))
    if organisation.standing == Standing.WITHDRAWN:
        return Conflict(_("De organisatie heeft haar vraag teruggenomen. Je hoeft niets te doen."))
    return Conflict(_("Deze vraag is intussen veranderd. Kijk eerst wat er nu staat."))


def _step(organisation: Organisation, step: Step) -> None:
    try:
        standing = workflow.next_standing(Standing(organisation.standing), step)
    except workflow.NotAllowed as error:
        raise _late(organisation) from error
    organisation.standing = standing


def _fill(organisation: Organisation, data: JoinInput) -> None:
    for name in _FIELDS:
        setattr(organisation, name, getattr(data, name))
    organisation.fields = list(data.fields)


def _write_of_asking(organisation: Organisation, actor: User, now: datetime) -> None:
    key = f"organisation-{organisation.id}-asked-{organisation.version}"
    post(actor, lambda: emails.received(organisation), key=key, now=now)
    for coordinator in queries.coordinators():
        post(
            coordinator,
            lambda: emails.waits(organisation),
            key=f"{key}-to-{coordinator.id}",
            now=now,
        )


def _post(
    organisation: Organisation, what: str, write: Callable[[Organisation], Letter], now: datetime
) -> None:
    if organisation.asked_by is not None:
        key = f"organisation-{organisation.id}-{what}-{organisation.version}"
        post(organisation.asked_by, lambda: write(organisation), key=key, now=now)


def _tell(
    what: str, organisation: Organisation, actor: User, now: datetime, **detail: object
) -> None:
    if what != "asked":
        organisation.version += 1
    db.session.flush()
    audit.record(f"organisation.{what}", organisation, actor=actor, now=now, **detail)


def _fresh_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "organisatie"
    while True:
        slug = f"{words}-{secrets.token_hex(3)}"
        if not db.session.scalar(
            select(func.count()).select_from(Organisation).where(Organisation.slug == slug)
        ):
            return slug


def _fresh_site_slug(slug: str) -> str:
    return f"{slug[:68]}-{secrets.token_hex(4)}"

"""Organisations, their members and requests in words, as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _

from portal.audit.models import AuditLine
from portal.clock import local_date
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.opportunities.presenting import join_and
from portal.organisations.models import MemberInvite, Membership, Organisation, Right
from portal.organisations.words import RIGHT_NAMES

DECIDE_WITHIN: Final = 7
"""Five working days are a week."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who acts for the organisation; `me` is who looks."""

    user_id: int
    name: str
    email: str
    rights: str
    me: bool


@dataclass(frozen=True, slots=True)
class InviteRow:
    """Somebody who was asked, and has not answered."""

    id: int
    email: str
    rights: str
    days_left: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An organisation that waits for a coordinator, as components/inbox.html shows it."""

    what: str
    url: str
    who: str
    age: int
    left: int
    new: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing of the past of a request, as components/history.html shows it."""

    date: datetime
    what: str
    who: str
    why: str


def rights_text(rights: Collection[Right]) -> str:
    """Rights in a few words: `werven en beheren`."""
    return join_and([str(name) for right, name in RIGHT_NAMES.items() if right in rights])


def field_names(organisation: Organisation) -> str:
    """The fields of work in words."""
    known = framework().fields
    named = [
        str(known[one].label(data_language())) if one in known else one
        for one in organisation.fields
    ]
    return ", ".join(sorted(named))


def member_rows(people: Iterable[Membership], me: Membership) -> list[MemberRow]:
    """Who acts for the organisation; an address is only for who may change it."""
    return [
        MemberRow(
            one.user_id,
            one.user.name or one.user.email,
            one.user.email if me.admin and one.user.name else "",
            rights_text(one.rights),
            one is me,
        )
        for one in people
    ]


def invite_rows(invites: Iterable[MemberInvite], now: datetime) -> list[InviteRow]:
    """Who was asked."""
    today = local_date(now)
    return [
        InviteRow(
            one.id,
            one.email,
            rights_text(one.rights),
            (local_date(one.expires_at) - today).days,
        )
        for one in invites
    ]


def waiting_row(organisation: Organisation, url: str, now: datetime) -> WaitingRow:
    """A request that waits, with how long somebody still has."""
    asked = organisation.asked_at or now
    days = (local_date(now) - local_date(asked)).days
    place = organisation.sites[0].place if organisation.sites else ""
    return WaitingRow(
        what=organisation.name,
        url=url,
        who=place,
        age=days,
        left=DECIDE_WITHIN - days,
        new=not organisation.checks,
    )


def past(lines: Iterable[AuditLine], names: dict[int, str]) -> list[Happened]:
    """What happened to a request, the newest first."""
    words = {
        "organisation.asked": _("Vraag verstuurd"),
        "organisation.changed": _("Vraag aangepast"),
        "organisation.ask_again": _("Vraag opnieuw verstuurd"),
        "organisation.withdraw": _("Vraag teruggenomen"),
        "organisation.checked": _("Punten nagelopen"),
        "organisation.admit": _("Toegelaten"),
        "organisation.refuse": _("Nu nog niet toegelaten"),
        "organisation.reconsider": _("Opnieuw bekeken"),
    }
    return [
        Happened(
            line.at,
            words[line.action],
            names.get(line.actor_id or 0, _("iemand zonder account")),
            str(line.detail.get("reason", "")),
        )
        for line in lines
        if line.action in words
    ]

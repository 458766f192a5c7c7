"""Calendar files (RFC 5545), so that an appointment lands in anybody's agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One appointment. `uid` stays the same when it moves; `sequence` then grows by one."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    where: str
    about: str = ""
    url: str = ""
    cancelled: bool = False
    tentative: bool = False
    """Proposed, and not yet agreed on."""


def calendar_file(one: Appointment, *, now: datetime) -> str:
    """Write an appointment as a file that agendas read; a cancelled one takes it out again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bekwaam//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if one.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.starts_at + timedelta(minutes=one.minutes))
    event.add("summary", one.title)
    event.add("location", one.where)
    if one.about:
        event.add("description", one.about)
    if one.url:
        event.add("url", one.url)
    agreed = "TENTATIVE" if one.tentative else "CONFIRMED"
    event.add("status", "CANCELLED" if one.cancelled else agreed)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text

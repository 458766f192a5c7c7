"""What candidates hear by mail: something new fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.addresses import public_url
from portal.matching.words import level_label
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import hours_text, pay_text
from portal.outbox.letters import Letter


@dataclass(frozen=True, slots=True)
class New:
    """An opportunity that is new for somebody, and how it fits."""

    opportunity: Opportunity
    level: str
    met: int
    total: int


def something_new(name: str, found: Sequence[New], token: str) -> Letter:
    """Tell what is new and fits, best first; at least one."""
    one = found[0].opportunity
    return Letter(
        subject=_("Nieuw voor jou: %(title)s in %(place)s", title=one.title, place=one.site.place)
        if len(found) == 1
        else ngettext(
            "%(num)s nieuwe plek die bij je past",
            "%(num)s nieuwe plekken die bij je passen",
            len(found),
        ),
        lines=(
            _("Hallo %(name)s,", name=name) if name else _("Hallo,"),
            ngettext(
                "Er is een nieuwe plek die goed bij je past.",
                "Er zijn %(num)s nieuwe plekken die goed bij je passen.",
                len(found),
            ),
            *(_line(new) for new in found),
        ),
        action=(
            (_("Bekijk deze plek"), public_url("candidates.fits", slug=one.slug))
            if len(found) == 1
            else (_("Bekijk wat past"), public_url("candidates.matches"))
        ),
        after=(_("Je hoeft niets te doen. Wat je niet wilt zien, kun je verbergen."),),
        stop=(_("Stop deze mail"), public_url("candidates.ask_stop_alerts", stop_token=token)),
    )


def _line(new: New) -> str:
    one = new.opportunity
    facts = ", ".join(
        (
            one.site.organisation.name,
            one.site.place,
            hours_text(one.hours_min, one.hours_max),
            pay_text(one.pay_min, one.pay_max),
        )
    )
    shown = _(
        "%(level)s: je laat %(met)s van de %(total)s eisen zien.",
        level=level_label(new.level),
        met=new.met,
        total=new.total,
    )
    return f"{one.title}. {facts}. {shown}"

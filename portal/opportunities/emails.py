"""What recruiters hear by mail about their openings."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.opportunities.models import Opportunity
from portal.outbox.letters import Letter
from portal.when import day_text


def lapses(opportunity: Opportunity, day: date) -> Letter:
    """Is it still open? One link, one button."""
    return Letter(
        subject=_("Is “%(title)s” nog open?", title=opportunity.title),
        lines=(
            _(
                "“%(title)s” (%(site)s) staat al een tijd online.",
                title=opportunity.title,
                site=opportunity.site.name,
            ),
            _(
                "Zeg voor %(day)s dat de plek nog open is. Anders sluiten we haar op die dag.",
                day=day_text(day),
            ),
        ),
        action=(_("Ja, nog open"), public_url("employer.ask_confirm", slug=opportunity.slug)),
        after=(_("Is er al iemand gevonden? Sluit de plek dan zelf. Wie wacht, weet dat dan."),),
    )


def lapsed(opportunity: Opportunity) -> Letter:
    """It was closed, and can be opened again."""
    return Letter(
        subject=_("“%(title)s” is gesloten", title=opportunity.title),
        lines=(
            _(
                "Niemand zei dat “%(title)s” nog open is. Daarom is de plek nu gesloten.",
                title=opportunity.title,
            ),
            _("Wie wachtte op antwoord, kreeg bericht. Is de plek er nog? Open haar opnieuw."),
        ),
        action=(_("Ga naar mijn aanbod"), public_url("employer.index")),
    )

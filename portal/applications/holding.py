"""Taking hold of an application before it changes, and saying who was first."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.accounts.models import User
from portal.applications import queries
from portal.applications.models import Application
from portal.applications.words import STATE_LABELS, name_of, of_employer
from portal.applications.workflow import Party
from portal.errors import Conflict, NotFound
from portal.when import clock_text


def held(
    application_id: int, *, actor: User, party: Party, also: Iterable[int] = ()
) -> Application:
    """Return an application in the scope of who asks, locked together with its opening.

    `also` are openings of other applications that may change with it. Raises NotFound.
    """
    found = queries.for_party(application_id, actor.id, party)
    if found is None:
        raise NotFound
    queries.hold([found.opportunity_id, *also])
    application = queries.for_party(application_id, actor.id, party, lock=True)
    if application is None:
        raise NotFound
    return application


def must_be_current(application: Application, version: int) -> None:
    """Raise Conflict, with who was first, when the page is older than the application."""
    if application.version != version:
        raise Conflict(who_was_first(application))


def who_was_first(application: Application) -> str:
    """Say what happened meanwhile, by whom and when."""
    step = queries.last_step(application.id)
    state = str(STATE_LABELS[application.state]).lower()
    if step is None or step.party == Party.PORTAL:
        return _(
            "Deze reactie is intussen veranderd: %(state)s. Kijk eerst wat er nu staat.",
            state=state,
        )
    organisation = application.opportunity.site.organisation.name
    name = (
        of_employer(step.actor, organisation)
        if step.party == Party.EMPLOYER
        else name_of(step.actor)
    )
    return _(
        "%(name)s was je voor, om %(time)s uur: %(state)s. Kijk eerst wat er nu staat.",
        name=name,
        time=clock_text(step.at),
        state=state,
    )

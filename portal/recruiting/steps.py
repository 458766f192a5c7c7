"""What an employer does with one application: the steps by their names in addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.accounts.models import User
from portal.applications import service
from portal.applications.models import Application
from portal.applications.policy import RefusalReason
from portal.applications.workflow import Action, Party
from portal.clock import local_date
from portal.recruiting import wording
from portal.recruiting.coverage import coverage
from portal.recruiting.forms import OfferForm, PostponeForm, RefuseForm, StepForm

_WAIT: Final = timedelta(days=14)
"""What we propose to who postpones."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the question of its page, its button, what it says when done, and its form."""

    name: str
    action: Action
    label: LazyString
    title: LazyString
    about: LazyString
    button: LazyString
    done: LazyString
    form: type[StepForm]


_STEPS: Final = (
    Step(
        "praten",
        Action.TALK,
        _l("Ik wil praten"),
        _l("Wil je in gesprek?"),
        _l("De kandidaat krijgt een mail. Stel daarna meteen een moment voor."),
        _l("Ja, ik wil praten"),
        _l("De kandidaat weet dat je wilt praten. Stel een moment voor."),
        StepForm,
    ),
    Step(
        "aanbieden",
        Action.OFFER,
        _l("Bied de baan aan"),
        _l("De baan aanbieden"),
        _l("De kandidaat zegt ja of nee. Pas bij een ja is het rond."),
        _l("Verstuur het aanbod"),
        _l("Je aanbod is verstuurd. Je hoort het als de kandidaat antwoordt."),
        OfferForm,
    ),
    Step(
        "proef",
        Action.TRY,
        _l("Eerst proberen"),
        _l("Eerst samen proberen?"),
        _l("Jullie spreken af dat de kandidaat een keer meeloopt of op proef komt."),
        _l("Zet op proef"),
        _l("Dat staat. De kandidaat krijgt een mail."),
        StepForm,
    ),
    Step(
        "uitstellen",
        Action.POSTPONE,
        _l("Stel uit"),
        _l("Tot wanneer uitstellen?"),
        _l("De kandidaat leest tot wanneer het duurt. Op die dag komt de reactie terug."),
        _l("Stel uit"),
        _l("Uitgesteld. De kandidaat weet tot wanneer."),
        PostponeForm,
    ),
    Step(
        "niet-verder",
        Action.REFUSE,
        _l("Ga niet verder"),
        _l("Niet verder met deze kandidaat"),
        _l("De kandidaat leest waarom, en wat helpt. We sturen ander werk mee dat past."),
        _l("Verstuur dit antwoord"),
        _l("Je antwoord is verstuurd. De kandidaat weet waar die aan toe is."),
        RefuseForm,
    ),
)
STEPS: Final[Mapping[str, Step]] = {one.name: one for one in _STEPS}


def reasons() -> frozenset[str]:
    """The reasons that a refusal can have."""
    return frozenset(RefusalReason)


def begin(step: Step, application: Application, reason: str, *, now: datetime) -> StepForm:
    """The form of a step, with words and days to begin with; all of it can be changed."""
    data: dict[str, Any] = {"version": str(application.version)}
    today = local_date(now)
    if step.action is Action.POSTPONE:
        data |= {"until": today + _WAIT, "word": wording.postponement(application)}
    elif step.action is Action.OFFER:
        data["hours"] = application.opportunity.hours_max
    elif step.action is Action.REFUSE and reason in reasons():
        shown = coverage(application.candidate, application.opportunity, today)
        data |= {"reason": reason, "word": wording.refusal(application, reason, shown)}
    return step.form(formdata=None, data=data)


def take(
    application_id: int,
    step: Step,
    said: Mapping[str, Any],
    *,
    version: int,
    actor: User,
    now: datetime,
) -> Application:
    """Take a step for the employer. Raises NotFound, Conflict or Invalid."""
    return service.move(
        application_id,
        step.action,
        actor=actor,
        party=Party.EMPLOYER,
        now=now,
        version=version,
        **said,
    )


def undo(application_id: int, *, version: int, actor: User, now: datetime) -> Application:
    """Take the employer's last step back. Raises NotFound or Conflict."""
    return service.undo(application_id, actor=actor, party=Party.EMPLOYER, now=now, version=version)

"""Answering several people: choose, write one text, look at each, send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.applications.models import Application
from portal.applications.policy import WORD_LENGTH
from portal.applications.web import number
from portal.applications.words import name_of
from portal.applications.workflow import Action, Party, State, actions_from
from portal.errors import Invalid
from portal.opportunities.fields import tidy
from portal.permissions import Permission, requires, signed_in
from portal.recruiting import board_queries, bulk, wording
from portal.recruiting.board_views import STATE_LABELS
from portal.recruiting.forms import BulkForm
from portal.recruiting.steps import reasons
from portal.recruiting.web import blueprint

ACTIONS = {"niet-verder": Action.REFUSE, "uitstellen": Action.POSTPONE}
_WAIT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one of several people is going to read."""

    id: int
    version: int
    name: str
    opening: str
    state_label: str
    text: str
    error: str


@blueprint.get("/werkgever/reacties/samen")
@requires(Permission.APPLICATION_ANSWER)
def together() -> ResponseReturnValue:
    """Write one text for those who were chosen."""
    chosen, action = _chosen(request.args.getlist("wie")), _action(request.args.get("actie"))
    fit, _unfit = _possible(chosen, action)
    if not fit:
        flash(_("Kies eerst aan wie je wilt schrijven. Zet een vinkje voor hun naam."), "warning")
        return redirect(url_for("recruiting.board", weergave="tabel"), HTTPStatus.SEE_OTHER)
    reason = request.args.get("reden", "")
    reason = reason if reason in reasons() else ""
    form = BulkForm(
        formdata=None,
        refuses=action is Action.REFUSE,
        data={
            "reason": reason or "other_chosen",
            "until": clock.local_date(clock.now()) + _WAIT,
            "text": wording.for_several(
                (reason or "other_chosen") if action is Action.REFUSE else ""
            ),
        },
    )
    return _page(chosen, action, form)


@blueprint.post("/werkgever/reacties/samen")
@requires(Permission.APPLICATION_ANSWER)
def answer_together() -> ResponseReturnValue:
    """Show each text for a last look, or send them all."""
    chosen, action = _chosen(request.form.getlist("wie")), _action(request.form.get("actie"))
    now = clock.now()
    form = BulkForm(refuses=action is Action.REFUSE)
    if not form.check(clock.local_date(now)):
        return _page(chosen, action, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    step = request.form.get("stap", "bekijk")
    if step == "bekijk":
        filled = {
            one.id: wording.personal(one).fill(form.text.data)
            for one in _possible(chosen, action)[0]
        }
        return _page(chosen, action, form, texts=filled)
    texts = {one.id: tidy(request.form.get(f"tekst-{one.id}")) for one in chosen}
    low, high = WORD_LENGTH
    if step == "terug":
        return _page(chosen, action, form)
    if any(not low <= len(text) <= high for text in texts.values()):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(chosen, action, form, texts=texts, status=status)
    outcome = bulk.answer_all(
        [
            bulk.Answer(
                application_id=identity,
                version=number(request.form.get(f"versie-{identity}")),
                text=text,
            )
            for identity, text in texts.items()
        ],
        action,
        reason=form.reason.data if action is Action.REFUSE else "",
        until=form.until.data if action is Action.POSTPONE else None,
        actor=signed_in(),
        now=now,
    )
    if outcome.told:
        flash(
            ngettext(
                "%(num)s persoon kreeg antwoord: %(names)s.",
                "%(num)s mensen kregen antwoord: %(names)s.",
                len(outcome.told),
                names=", ".join(outcome.told),
            ),
            "success",
        )
    for name, why, _id in outcome.failed:
        flash(_("%(name)s kreeg geen antwoord. %(why)s", name=name, why=why), "warning")
    return redirect(url_for("recruiting.board", weergave="tabel"), HTTPStatus.SEE_OTHER)


def _chosen(typed: list[str]) -> list[Application]:
    """Those who were chosen and may be seen; what is no number was never chosen."""
    ids = [number(one) for one in typed[: bulk.MOST]]
    return board_queries.several(signed_in().id, [one for one in ids if one > 0])


def _action(typed: str | None) -> Action:
    if typed not in ACTIONS:
        raise Invalid
    return ACTIONS[typed]


def _possible(
    chosen: list[Application], action: Action
) -> tuple[list[Application], list[Application]]:
    """Whom this can be said to now, and whom not any more."""
    fit = [one for one in chosen if action in actions_from(State(one.state), Party.EMPLOYER)]
    return fit, [one for one in chosen if one not in fit]


def _page(
    chosen: list[Application],
    action: Action,
    form: BulkForm,
    *,
    texts: dict[int, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    fit, unfit = _possible(chosen, action)
    page = render_template(
        "recruiting/together.html",
        form=form,
        action=next(name for name, one in ACTIONS.items() if one is action),
        refuses=action is Action.REFUSE,
        letters=[_letter(one, (texts or {}).get(one.id, "")) for one in fit],
        unfit=[
            (name_of(one.candidate.user), str(STATE_LABELS[one.state]).lower()) for one in unfit
        ],
        looks=texts is not None,
        sample=wording.personal(fit[0]).fill(form.text.data or "") if fit else "",
    )
    return page, status


def _letter(application: Application, text: str) -> Letter:
    low, high = WORD_LENGTH
    error = ""
    if text and len(text) < low:
        error = _("Schrijf een zin waar de kandidaat iets aan heeft.")
    elif len(text) > high:
        error = _("Maak dit korter: %(max)d tekens of minder.", max=high)
    return Letter(
        id=application.id,
        version=application.version,
        name=name_of(application.candidate.user),
        opening=application.opportunity.title,
        state_label=str(STATE_LABELS[application.state]),
        text=text,
        error=error,
    )

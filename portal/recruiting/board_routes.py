"""The applications to an employer: side by side, as a table, and one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.applications import queries as applications
from portal.applications.forms import MessageForm
from portal.applications.models import Application
from portal.applications.standing import line, rate_of
from portal.applications.web import number
from portal.applications.workflow import Action, Party, State, actions_from
from portal.errors import Conflict, Invalid, NotFound
from portal.organisations.models import Right
from portal.organisations.queries import of_member
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.recruiting import board_queries, steps
from portal.recruiting.board_queries import Sort, Wanted
from portal.recruiting.board_views import STATE_LABELS, columns, heads, row_views
from portal.recruiting.forms import StepForm
from portal.recruiting.steps import STEPS, Step
from portal.recruiting.web import blueprint, own, show_page
from portal.transaction import transaction
from portal.undo import flash_undo

PAGE = 25
EACH = 12
"""So many stand in a column; the others are in the table."""


@blueprint.get("/werkgever/reacties")
@requires(Permission.APPLICATION_ANSWER)
def board() -> ResponseReturnValue:
    """Show the applications in columns by state, or as a table."""
    user, now, wanted = signed_in(), clock.now(), _wanted()
    table = request.args.get("weergave") == "tabel"
    url = partial(_board_url, wanted)
    counts = board_queries.counts(user.id, wanted)
    shown = {one: n for one, n in counts.items() if not wanted.states or one in wanted.states}
    pages = paginate(
        sum(shown.values()),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda page: url(weergave="tabel", page=page if page > 1 else None),
    )
    entries = (
        board_queries.page(user.id, wanted, pages.offset, PAGE)
        if table
        else board_queries.columns(user.id, wanted, EACH)
    )
    unread = applications.unread([one.application.id for one in entries], Party.EMPLOYER)
    rows = row_views(entries, unread, now)
    employers = of_member(user.id, Right.RECRUITER)
    return render_template(
        "recruiting/board.html",
        organisation=", ".join(one.name for one in employers),
        answers=[(one.name, said) for one in employers if (said := line(rate_of(one.id)))],
        table=table,
        rows=rows,
        columns=[] if table else columns(rows, counts, url),
        heads=heads(wanted, partial(url, weergave="tabel")),
        pages=pages,
        total=sum(counts.values()),
        wanted=wanted,
        openings=board_queries.openings(user.id),
        states=[(str(one), str(label)) for one, label in STATE_LABELS.items()],
        active=_active(wanted, url, table=table),
        clear_url=url_for("recruiting.board", weergave="tabel" if table else None),
        columns_url=_board_url(Wanted(opening=wanted.opening, waits=wanted.waits)),
        table_url=url(weergave="tabel"),
    )


@blueprint.get("/werkgever/reacties/<int:application_id>")
@requires(Permission.APPLICATION_ANSWER)
def show(application_id: int) -> ResponseReturnValue:
    """Show one application with everything that came with it, and what can be done now."""
    return show_page(application_id, MessageForm(formdata=None))


@blueprint.get("/werkgever/reacties/<int:application_id>/stap/<name>")
@requires(Permission.APPLICATION_ANSWER)
def ask_step(application_id: int, name: str) -> ResponseReturnValue:
    """Ask what a step needs, with words to begin with."""
    application, step = own(application_id), _step(name)
    if step.action not in actions_from(State(application.state), Party.EMPLOYER):
        flash(_("Dit kan nu niet meer. Kijk eerst wat er nu staat."), "warning")
        return redirect(url_for("recruiting.show", application_id=application_id), 303)
    reason = request.args.get("reden", "")
    form = steps.begin(step, application, reason, now=clock.now())
    return _step_page(application, step, form, chosen=reason in steps.reasons())


@blueprint.post("/werkgever/reacties/<int:application_id>/stap/<name>")
@requires(Permission.APPLICATION_ANSWER)
def take_step(application_id: int, name: str) -> ResponseReturnValue:
    """Take a step and tell the candidate; the next page holds the way back."""
    application, step, now = own(application_id), _step(name), clock.now()
    form = step.form()
    if not form.validate():
        return _step_page(application, step, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            moved = steps.take(
                application_id,
                step,
                form.arguments(),
                version=number(form.version.data),
                actor=signed_in(),
                now=now,
            )
            version = moved.version
    except Invalid as error:
        for field in error.fields:
            form[field].errors = [error.message]
        return _step_page(own(application_id), step, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as error:
        latest = own(application_id)
        # What was typed stays. Who has read what happened may still send it, if it can be.
        form.version.data, form.version.raw_data = str(latest.version), None
        return _step_page(latest, step, form, status=HTTPStatus.CONFLICT, stale=error.message or "")
    flash_undo(
        str(step.done),
        url_for("recruiting.undo", application_id=application_id),
        {"version": version},
    )
    return redirect(url_for("recruiting.show", application_id=application_id), 303)


@blueprint.post("/werkgever/reacties/<int:application_id>/herstel")
@requires(Permission.APPLICATION_ANSWER)
def undo(application_id: int) -> ResponseReturnValue:
    """Take the last step back."""
    own(application_id)
    with transaction():
        steps.undo(
            application_id,
            version=number(request.form.get("version")),
            actor=signed_in(),
            now=clock.now(),
        )
    flash(_("Ongedaan gemaakt. De kandidaat krijgt daar bericht van."), "success")
    return redirect(url_for("recruiting.show", application_id=application_id), 303)


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound
    return STEPS[name]


def _step_page(
    application: Application,
    step: Step,
    form: StepForm,
    *,
    chosen: bool = True,
    status: HTTPStatus = HTTPStatus.OK,
    stale: str = "",
) -> ResponseReturnValue:
    page = render_template(
        "recruiting/step.html",
        a=row_views([board_queries.Entry(application, None)], {}, clock.now())[0],
        step=step,
        form=form,
        asks_reason=step.action is Action.REFUSE and not chosen,
        stale=stale,
        possible=step.action in actions_from(State(application.state), Party.EMPLOYER),
    )
    return page, status


def _wanted() -> Wanted:
    """What the address asks for; what we do not know sets no limit."""
    typed = request.args.get("sort", "")
    sort = typed.removeprefix("-")
    return Wanted(
        opening=request.args.get("plek", "").replace("\0", "")[:120],
        states=tuple(one for one in State if one in request.args.getlist("stand")),
        waits=request.args.get("wacht") == "ja",
        sort=Sort(sort) if sort in set(Sort) else Sort.DUE,
        descending=typed.startswith("-"),
    )


def _board_url(wanted: Wanted, **changes: object) -> str:
    """The board with these limits, and these changes; what is as usual stays out."""
    usual = Wanted()
    arguments: dict[str, Any] = {
        "plek": wanted.opening or None,
        "stand": [str(one) for one in wanted.states] or None,
        "wacht": "ja" if wanted.waits else None,
        "sort": (
            ("-" if wanted.descending else "") + wanted.sort
            if (wanted.sort, wanted.descending) != (usual.sort, usual.descending)
            else None
        ),
    }
    return url_for("recruiting.board", **(arguments | changes))


def _active(wanted: Wanted, url: Callable[..., str], *, table: bool) -> list[tuple[str, str]]:
    """The limits that are on: what each says, and the address without it."""
    way = {"weergave": "tabel" if table else None}
    titles = dict(board_queries.openings(signed_in().id)) if wanted.opening else {}
    found = []
    if wanted.opening:
        found.append((titles.get(wanted.opening, wanted.opening), url(plek=None, **way)))
    for state in wanted.states if table else ():
        others = [str(one) for one in wanted.states if one is not state]
        found.append((str(STATE_LABELS[state]), url(stand=others or None, **way)))
    if wanted.waits:
        found.append((_("wacht op ons"), url(wacht=None, **way)))
    return found

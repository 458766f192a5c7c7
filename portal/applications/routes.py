"""A candidate answers openings and follows what comes of it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.applications import queries, service, views, web
from portal.applications.fitting import others_that_fit
from portal.applications.forms import ApplyForm, MessageForm, WithdrawForm
from portal.applications.models import Application
from portal.applications.workflow import Action, Party, State
from portal.candidates import queries as candidates
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.errors import Gone, Invalid, NotFound
from portal.opportunities import queries as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import card
from portal.opportunities.search import once_public, similar
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo

blueprint = Blueprint("applications", __name__)
MINE = Party.CANDIDATE
AT = "applications"
OWN = Permission.JOURNEY_OWN


@blueprint.get("/aanbod/<slug>/reageren")
@requires(OWN)
def new(slug: str) -> ResponseReturnValue:
    """Show what can go with an application, and all that the employer is going to see."""
    user, now = signed_in(), clock.now()
    opportunity = opportunities.by_slug(slug, clock.local_date(now))
    if opportunity is None:
        return _closed(slug)
    candidate = candidates.of_user(user.id)
    there = queries.open_on(candidate.id, opportunity.id) if candidate else None
    if there is not None:
        flash(_("Je hebt al op deze plek gereageerd. Hier zie je hoe het ermee staat."), "info")
        return web.back(there.id, AT)
    form = ApplyForm(named=bool(user.name), phone=candidate.phone if candidate else "")
    return _apply_page(opportunity, candidate, form)


@blueprint.post("/aanbod/<slug>/reageren")
@requires(OWN)
def create(slug: str) -> ResponseReturnValue:
    """Send the application."""
    user, now = signed_in(), clock.now()
    opportunity = opportunities.by_slug(slug, clock.local_date(now))
    if opportunity is None:
        return _closed(slug)
    form = ApplyForm(named=bool(user.name))
    if not form.validate():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _apply_page(opportunity, candidates.of_user(user.id), form, status)
    try:
        with transaction():
            made = service.apply(
                ensure(user, now=now),
                opportunity,
                letter=form.letter.data or "",
                phone=form.phone.data or "",
                name=form.name.data if form.name else "",
                actor=user,
                now=now,
            )
            identity = made.id
    except Gone:
        return _closed(slug)
    flash(_("Je reactie is verstuurd. Je krijgt een mail. Hier zie je wat er gebeurt."), "success")
    return web.back(identity, AT)


@blueprint.get("/reacties")
@requires(OWN)
def index() -> ResponseReturnValue:
    """Show all of somebody's applications, what waits on them first."""
    candidate = candidates.of_user(signed_in().id)
    now = clock.now()
    rows = views.listed(candidate.id, now) if candidate else views.Listed()
    return render_template("applications/index.html", rows=rows)


@blueprint.get("/reacties/<int:application_id>")
@requires(OWN)
def show(application_id: int) -> ResponseReturnValue:
    """Show one application: how it stands, what was said, and what one can do."""
    return _page(web.found(application_id, MINE), MessageForm(formdata=None))


@blueprint.post("/reacties/<int:application_id>/stap")
@requires(OWN)
def step(application_id: int) -> ResponseReturnValue:
    """Take one of the steps that need no more words: talk, or try."""
    action = request.form.get("action", "")
    if action not in (Action.TALK, Action.TRY):
        raise Invalid
    with transaction():
        moved = service.move(
            application_id,
            Action(action),
            actor=signed_in(),
            party=MINE,
            now=clock.now(),
            version=_version(),
        )
        version = moved.version
    told = {
        Action.TALK: _("Doorgegeven: je wilt eerst nog praten."),
        Action.TRY: _("Opgeschreven: jullie gaan het proberen."),
    }[Action(action)]
    flash_undo(told, url_for(".undo", application_id=application_id), {"version": version})
    return web.back(application_id, AT)


@blueprint.get("/reacties/<int:application_id>/aannemen")
@requires(OWN)
def ask_accept(application_id: int) -> ResponseReturnValue:
    """Ask whether it is really yes, and say which other applications that ends."""
    application = web.found(application_id, MINE)
    if application.state != State.OFFERED:
        return web.back(application_id, AT)
    others = _others(application)
    return render_template(
        "applications/accept.html",
        application=application,
        others=views.given_up(others),
    )


@blueprint.post("/reacties/<int:application_id>/aannemen")
@requires(OWN)
def accept(application_id: int) -> ResponseReturnValue:
    """Say yes; the other applications of the person end with it."""
    shown = request.form.getlist("gives_up")
    with transaction():
        moved = service.move(
            application_id,
            Action.ACCEPT,
            actor=signed_in(),
            party=MINE,
            now=clock.now(),
            version=_version(),
            gives_up=[web.number(one) for one in shown],
        )
        version = moved.version
    flash_undo(
        _("Gefeliciteerd met je baan! De werkgever krijgt meteen bericht."),
        url_for(".undo", application_id=application_id),
        {"version": version},
    )
    return web.back(application_id, AT)


@blueprint.get("/reacties/<int:application_id>/intrekken")
@requires(OWN)
def ask_withdraw(application_id: int) -> ResponseReturnValue:
    """Ask whether and why somebody stops."""
    application = web.found(application_id, MINE)
    form = WithdrawForm(formdata=None, version=str(application.version))
    return _withdraw_page(application, form)


@blueprint.post("/reacties/<int:application_id>/intrekken")
@requires(OWN)
def withdraw(application_id: int) -> ResponseReturnValue:
    """Stop; the employer is told, and for a day there is a way back."""
    application, form = web.found(application_id, MINE), WithdrawForm()
    if not form.validate():
        return _withdraw_page(application, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        moved = service.move(
            application_id,
            Action.WITHDRAW,
            actor=signed_in(),
            party=MINE,
            now=clock.now(),
            version=web.number(form.version.data),
            reason=form.reason.data,
            word=form.word.data or "",
        )
        version = moved.version
    flash_undo(
        _("Je reactie is ingetrokken. De werkgever krijgt bericht."),
        url_for(".undo", application_id=application_id),
        {"version": version},
    )
    return web.back(application_id, AT)


@blueprint.post("/reacties/<int:application_id>/ongedaan")
@requires(OWN)
def undo(application_id: int) -> ResponseReturnValue:
    """Take the own last step back."""
    with transaction():
        service.undo(
            application_id, actor=signed_in(), party=MINE, now=clock.now(), version=_version()
        )
    flash(_("Ongedaan gemaakt. De werkgever krijgt bericht."), "success")
    return web.back(application_id, AT)


@blueprint.post("/reacties/<int:application_id>/bericht")
@requires(OWN)
def say(application_id: int) -> ResponseReturnValue:
    """Send the employer a message."""
    answer = web.say(application_id, MINE, AT)
    if isinstance(answer, MessageForm):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(web.found(application_id, MINE), answer, status)
    return answer


@blueprint.post("/reacties/<int:application_id>/gelezen")
@requires(OWN)
def mark_read(application_id: int) -> ResponseReturnValue:
    """Note that the messages were read."""
    return web.mark_read(application_id, MINE, AT)


@blueprint.get("/reacties/<int:application_id>/gesprek")
@requires(OWN)
def new_meeting(application_id: int) -> ResponseReturnValue:
    """Show the form for a proposal."""
    return web.new_meeting(application_id, MINE, AT)


@blueprint.post("/reacties/<int:application_id>/gesprek")
@requires(OWN)
def propose(application_id: int) -> ResponseReturnValue:
    """Propose a time to meet."""
    return web.propose(application_id, MINE, AT)


@blueprint.post("/reacties/<int:application_id>/gesprek/<int:meeting_id>/ja")
@requires(OWN)
def accept_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Say yes to a time."""
    return web.accept_meeting(application_id, meeting_id, MINE, AT)


@blueprint.get("/reacties/<int:application_id>/gesprek/<int:meeting_id>/verzetten")
@requires(OWN)
def ask_move(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Show the form for another time."""
    return web.ask_move(application_id, meeting_id, MINE, AT)


@blueprint.post("/reacties/<int:application_id>/gesprek/<int:meeting_id>/verzetten")
@requires(OWN)
def move_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Propose another time."""
    return web.move_meeting(application_id, meeting_id, MINE, AT)


@blueprint.get("/reacties/<int:application_id>/gesprek/<int:meeting_id>/afzeggen")
@requires(OWN)
def ask_cancel(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Ask whether it should not take place."""
    return web.ask_cancel(application_id, meeting_id, MINE, AT)


@blueprint.post("/reacties/<int:application_id>/gesprek/<int:meeting_id>/afzeggen")
@requires(OWN)
def cancel_meeting(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Call it off."""
    return web.cancel_meeting(application_id, meeting_id, MINE, AT)


@blueprint.get("/reacties/<int:application_id>/gesprek/<int:meeting_id>/agenda.ics")
@requires(OWN)
def calendar(application_id: int, meeting_id: int) -> ResponseReturnValue:
    """Give the file for the agenda."""
    return web.calendar(application_id, meeting_id, MINE)


def _others(application: Application) -> list[Application]:
    mine = queries.open_of_candidate(application.candidate_id)
    return [one for one in mine if one.id != application.id]


def _version() -> int:
    return web.number(request.form.get("version"))


def _page(
    application: Application, form: MessageForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    now = clock.now()
    shown = views.page(application, now)
    today = clock.local_date(now)
    others = others_that_fit(application.candidate_id, today) if shown.ended else []
    page = render_template(
        "applications/show.html",
        page=shown,
        form=form,
        others=[card(one) for one in others],
    )
    return page, status


def _withdraw_page(
    application: Application, form: WithdrawForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("applications/withdraw.html", application=application, form=form)
    return page, status


def _apply_page(
    opportunity: Opportunity,
    candidate: Candidate | None,
    form: ApplyForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "applications/new.html",
        form=form,
        card=card(opportunity),
        shown=_shown(candidate, form) if candidate else None,
        user=signed_in(),
    )
    return page, status


def _shown(candidate: Candidate, form: ApplyForm) -> views.Shown:
    return views.what_employers_see(
        candidate,
        letter=form.letter.data or "",
        phone=form.phone.data or "",
        name=(form.name.data or "") if form.name else "",
        today=clock.local_date(clock.now()),
    )


def _closed(slug: str) -> ResponseReturnValue:
    """Say that an opening has closed, and what is open and fits or is like it."""
    closed = once_public(slug)
    if closed is None:
        raise NotFound
    today = clock.local_date(clock.now())
    candidate = candidates.of_user(signed_in().id)
    rows = others_that_fit(candidate.id, today, besides=closed.id) if candidate else []
    page = render_template(
        "opportunities/gone.html",
        title=closed.title,
        organisation=closed.site.organisation.name,
        rows=[card(row) for row in rows or similar(closed, today)],
    )
    return page, HTTPStatus.GONE

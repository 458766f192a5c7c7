"""The administrator sees what mail waits, went and failed, and decides what is uncertain."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock, headers
from portal.errors import Conflict, NotFound
from portal.outbox import queries, service
from portal.outbox.forms import FindForm
from portal.outbox.masks import mask, without_links
from portal.outbox.models import OutboxMessage
from portal.outbox.views import STATE_LABELS, MailView, mail_view
from portal.outbox.workflow import Action, State
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("outbox", __name__, url_prefix="/beheer/mail")

PAGE = 25


@blueprint.get("")
@requires(Permission.OUTBOX_WATCH)
def index() -> ResponseReturnValue:
    """Show the mails, the newest first, and how many need care."""
    now = clock.now()
    form = FindForm(request.args)
    valid = form.validate()
    state, words = (form.wanted, form.q.data or "") if valid else (None, "")
    counted = queries.counts(now)
    total = queries.count(state, words, now) if words else _total(counted, state)
    pages = paginate(
        total,
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: _address(state, words, number),
    )
    found = queries.page(state, words, offset=pages.offset, limit=PAGE, now=now)
    page = render_template(
        "outbox/index.html",
        form=form,
        mails=[mail_view(one, now) for one in found],
        pages=pages,
        total=total,
        searched=bool(words or state),
        counts=[
            (one, label, counted[one], url_for("outbox.index", state=one.value))
            for one, label in STATE_LABELS.items()
            if counted[one]
        ],
        State=State,
    )
    return page, HTTPStatus.OK if valid else HTTPStatus.UNPROCESSABLE_ENTITY


def _total(counted: dict[State, int], state: State | None) -> int:
    return sum(counted.values()) if state is None else counted[state]


def _address(state: State | None, words: str, page: int) -> str:
    """A page of the list; what limits nothing stays out of its address."""
    return url_for("outbox.index", state=state and state.value, q=words or None, page=page)


@blueprint.get("/<int:id>")
@requires(Permission.OUTBOX_WATCH)
def show(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one mail, without the personal links in it."""
    page = render_template("outbox/show.html", mail=_mail(id), Action=Action, State=State)
    response = Response(page, mimetype="text/html")
    headers.with_frame(response)
    return response


@blueprint.get("/<int:id>/opmaak")
@requires(Permission.OUTBOX_WATCH)
def markup(id: int) -> ResponseReturnValue:  # noqa: A002
    """Show the HTML of a mail, for the frame of its page: nothing in it runs or leads on."""
    message = _message(id)
    if message.html is None:
        raise NotFound
    response = Response(mask(without_links(message.html)), mimetype="text/html")
    headers.only_look(response)
    return response


@blueprint.get("/<int:id>/opnieuw")
@requires(Permission.OUTBOX_WATCH)
def ask_again(id: int) -> ResponseReturnValue:  # noqa: A002
    """Ask whether a mail that may have arrived should really go a second time."""
    mail = _mail(id)
    if Action.AGAIN not in mail.actions:
        return redirect(url_for("outbox.show", id=id), HTTPStatus.SEE_OTHER)
    return render_template("outbox/again.html", mail=mail)


@blueprint.post("/<int:id>/opnieuw")
@requires(Permission.OUTBOX_WATCH)
def again(id: int) -> ResponseReturnValue:  # noqa: A002
    """Let it go (again)."""
    _act(id, Action.AGAIN)
    flash(_("De mail gaat binnen een paar minuten weg."), "success")
    return redirect(url_for("outbox.show", id=id), HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:id>/stop")
@requires(Permission.OUTBOX_WATCH)
def stop(id: int) -> ResponseReturnValue:  # noqa: A002
    """Do not send it any more."""
    _act(id, Action.STOP)
    flash(_("Gestopt. Deze mail gaat niet weg. Je kunt hem later alsnog versturen."), "success")
    return redirect(url_for("outbox.show", id=id), HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:id>/aangekomen")
@requires(Permission.OUTBOX_WATCH)
def went(id: int) -> ResponseReturnValue:  # noqa: A002
    """Note that an uncertain mail did arrive."""
    _act(id, Action.WENT)
    flash(_("Genoteerd: deze mail is aangekomen."), "success")
    return redirect(url_for("outbox.show", id=id), HTTPStatus.SEE_OTHER)


def _act(identity: int, action: Action) -> None:
    try:
        expected = State(request.form.get("state", ""))
    except ValueError:
        raise Conflict(_("Kijk eerst waar deze mail nu is.")) from None
    with transaction():
        service.act(identity, action, expected=expected, actor=signed_in(), now=clock.now())


def _message(identity: int) -> OutboxMessage:
    message = queries.of_id(identity)
    if message is None:
        raise NotFound
    return message


def _mail(identity: int) -> MailView:
    return mail_view(_message(identity), clock.now())

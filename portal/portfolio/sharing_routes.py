"""A portfolio as a page to share and as a document to hand over."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.addresses import public_url
from portal.candidates.models import Candidate
from portal.candidates.queries import of_user
from portal.errors import Conflict, Gone, Invalid, NotFound
from portal.extensions import limiter
from portal.languages import page_language
from portal.permissions import Permission, public, requires, signed_in
from portal.portfolio import sharing_queries as queries
from portal.portfolio import sharing_service as service
from portal.portfolio.models import ShareLink
from portal.portfolio.pdf import Paper, write
from portal.portfolio.sharing_forms import LinkForm, PaperForm
from portal.portfolio.views import PortfolioView, Seen, portfolio_view
from portal.transaction import transaction
from portal.when import day_text

blueprint = Blueprint("sharing", __name__)
_FRESH = "fresh_share_link"
"""Where the session keeps a new link until the next page, which shows it once."""


def _limit() -> str:
    """How often one address may open links, as Flask-Limiter reads it."""
    limit: str = current_app.config["LIMIT_SHARED"]
    return limit


# Whose it is


@blueprint.get("/portfolio/delen")
@requires(Permission.JOURNEY_OWN)
def index() -> ResponseReturnValue:
    """Show the links that there are, the form for a new one, and the document."""
    return _page(LinkForm(formdata=None), PaperForm(formdata=None))


@blueprint.post("/portfolio/delen")
@requires(Permission.JOURNEY_OWN)
def make() -> ResponseReturnValue:
    """Make a link; the next page shows it, once."""
    form = LinkForm()
    if not form.validate():
        return _page(form, PaperForm(formdata=None), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        session[_FRESH] = _made(
            form.form_key.data,
            form.label.data,
            int(form.days.data),
            with_name=bool(form.with_name.data),
        )
    except Invalid as error:
        form.label.errors = [error.message]
        return _page(form, PaperForm(formdata=None), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("sharing.index", _anchor="nieuw"), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/delen/<int:link_id>/intrekken")
@requires(Permission.JOURNEY_OWN)
def ask_revoke(link_id: int) -> ResponseReturnValue:
    """Ask whether a link should really stop."""
    link = queries.of_owner(link_id, signed_in().id)
    if link is None:
        raise NotFound
    return render_template("portfolio/share_revoke.html", one=link)


@blueprint.post("/portfolio/delen/<int:link_id>/intrekken")
@requires(Permission.JOURNEY_OWN)
def revoke(link_id: int) -> ResponseReturnValue:
    """Let a link work no more."""
    try:
        with transaction():
            label = service.revoke(link_id, actor=signed_in(), now=clock.now()).label
    except Conflict as error:
        flash(error.message or "", "info")
    else:
        flash(_("De link “%(label)s” werkt niet meer.", label=label), "success")
    return redirect(url_for("sharing.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/portfolio/pdf")
@requires(Permission.JOURNEY_OWN)
def ask_pdf() -> ResponseReturnValue:
    """Lead to the document, with a link of its own if that was asked."""
    form = PaperForm()
    if not form.validate():
        return _page(LinkForm(formdata=None), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    named = bool(form.named.data)
    wanted: dict[str, Any] = {"naam": "1"} if named else {}
    if form.link.data:
        label = _("PDF van %(day)s", day=day_text(clock.local_date(clock.now())))
        try:
            wanted["link"] = _made(form.form_key.data, label, int(form.link.data), with_name=named)
        except Invalid as error:
            form.link.errors = [error.message]
            return _page(LinkForm(formdata=None), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("sharing.pdf", **wanted), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/pdf")
@requires(Permission.JOURNEY_OWN)
def pdf() -> ResponseReturnValue:
    """Send the document."""
    candidate, now = _own(), clock.now()
    token, link = request.args.get("link", ""), None
    if token:
        link = service.by_token(token, now=now)
        if link.candidate_id != candidate.id:
            raise NotFound
    named = request.args.get("naam") == "1"
    today = clock.local_date(now)
    view = portfolio_view(candidate.id, today, seen=Seen.NAMED if named else Seen.ANONYMOUS)
    paper = Paper(
        name=(candidate.user.name or candidate.code) if named else candidate.code,
        made_on=today,
        language=page_language().tag,
        url=public_url("sharing.door", share_token=token) if link else "",
        until=service.last_day(link) if link else None,
    )
    response = send_file(
        io.BytesIO(write(view, paper)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"portfolio-{candidate.code}.pdf",
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _own() -> Candidate:
    candidate = of_user(signed_in().id)
    if candidate is None:
        raise NotFound
    return candidate


def _made(form_key: str, label: str, days: int, *, with_name: bool) -> str:
    user = signed_in()
    token = service.token_of(form_key, user.id, str(current_app.config["SECRET_KEY"]))
    with transaction():
        service.make(
            token, label, days=days, with_name=with_name, actor=signed_in(), now=clock.now()
        )
    return token


def _page(
    form: LinkForm, paper: PaperForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    now = clock.now()
    candidate = of_user(signed_in().id)
    view = portfolio_view(candidate.id, clock.local_date(now)) if candidate else None
    links = queries.of_candidate(candidate.id) if candidate else []
    fresh = session.pop(_FRESH, "") if status is HTTPStatus.OK else ""
    page = render_template(
        "portfolio/share_index.html",
        form=form,
        paper=paper,
        view=view,
        fresh=public_url("sharing.door", share_token=fresh) if fresh else "",
        links=[
            {
                "id": link.id,
                "label": link.label,
                "with_name": link.with_name,
                "opened": link.opened,
                "opened_on": clock.local_date(link.opened_at) if link.opened_at else None,
                "until": service.last_day(link),
                "state": _state(link),
            }
            for link in links
        ],
    )
    return page, status


def _state(link: ShareLink) -> str:
    if link.revoked_at is not None:
        return "revoked"
    return "working" if service.working(link, clock.now()) else "expired"


# Who has the link


@blueprint.get("/p/<share_token>")
@public
@limiter.limit(_limit)
def door(share_token: str) -> ResponseReturnValue:
    """Say what this is. What only looks at addresses, such as a mail scanner, stays here."""
    try:
        link = service.by_token(share_token, now=clock.now())
    except Gone:
        return _gone()
    return _quiet(
        render_template(
            "portfolio/share_door.html",
            share_token=share_token,
            name=_name(link),
            until=service.last_day(link),
        )
    )


@blueprint.post("/p/<share_token>")
@public
@limiter.limit(_limit)
def enter(share_token: str) -> ResponseReturnValue:
    """Count that somebody opened it, and lead on."""
    try:
        with transaction():
            service.note_opened(share_token, now=clock.now())
    except Gone:
        return _gone()
    return _quiet(
        redirect(url_for("sharing.shared", share_token=share_token), HTTPStatus.SEE_OTHER)
    )


@blueprint.get("/p/<share_token>/portfolio")
@public
@limiter.limit(_limit)
def shared(share_token: str) -> ResponseReturnValue:
    """Show the portfolio to who has the link."""
    now = clock.now()
    try:
        link = service.by_token(share_token, now=now)
    except Gone:
        return _gone()
    seen = Seen.NAMED if link.with_name else Seen.ANONYMOUS
    view: PortfolioView = portfolio_view(link.candidate_id, clock.local_date(now), seen=seen)
    return _quiet(
        render_template(
            "portfolio/share_show.html",
            view=view,
            name=_name(link),
            code=link.candidate.code,
            until=service.last_day(link),
        )
    )


def _name(link: ShareLink) -> str:
    return link.candidate.user.name if link.with_name else ""


def _gone() -> Response:
    return _quiet(render_template("portfolio/share_gone.html"), HTTPStatus.GONE)


def _quiet(page: ResponseReturnValue, status: HTTPStatus | None = None) -> Response:
    """Keep a page out of search engines, and its address out of what it leads to."""
    response = make_response(page) if status is None else make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

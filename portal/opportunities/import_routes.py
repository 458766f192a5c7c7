"""Importing openings from a spreadsheet."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.errors import Invalid, NotFound
from portal.opportunities import importing
from portal.opportunities.import_columns import COLUMNS, HEADINGS
from portal.opportunities.import_forms import UploadForm
from portal.opportunities.importing import Looked
from portal.opportunities.sheet import NotReadable, as_csv, as_workbook
from portal.organisations.queries import sites_of_member
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("importing", __name__, url_prefix="/werkgever/importeren")
READ_AT_MOST = 40 * 1024 * 1024
"""A request up to here is read, so that a page can say that the file is too large."""
SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.url_value_preprocessor
def _room_for_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    # Before the token against forgery is looked for in the form.
    if endpoint == "importing.upload":
        request.max_content_length = READ_AT_MOST


@blueprint.get("")
@requires(Permission.OPPORTUNITY_MANAGE)
def index() -> ResponseReturnValue:
    """Show how it goes, the template, and the form."""
    return _page(UploadForm())


@blueprint.post("")
@requires(Permission.OPPORTUNITY_MANAGE)
def upload() -> ResponseReturnValue:
    """Look at a file: show what is wrong, or keep it to be confirmed."""
    form = UploadForm()
    if not form.validate():
        return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    actor, now = signed_in(), clock.now()
    try:
        looked = importing.look(form.file.data.read(), actor=actor, now=now)
    except NotReadable as error:
        form.file.errors = [str(error)]
        return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if looked.errors:
        return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY, looked=looked)
    with transaction():
        kept = importing.keep(looked.rows, form.file.data.filename or "", actor=actor, now=now)
        token = kept.token
    return redirect(url_for("importing.ask_confirm", token=token), HTTPStatus.SEE_OTHER)


@blueprint.get("/voorbeeld.<kind>")
@requires(Permission.OPPORTUNITY_MANAGE)
def template(kind: str) -> ResponseReturnValue:
    """Give the template with one example: csv or xlsx."""
    site = next(iter(sites_of_member(signed_in().id)), None)
    example = {"Locatie": site.name if site else "", "Sluit op": _next_day()}
    row = [example.get(column.heading, column.example) for column in COLUMNS]
    if kind == "csv":
        body, mimetype = as_csv(HEADINGS, [row]), "text/csv"
    elif kind == "xlsx":
        explained = [(column.heading, str(column.about)) for column in COLUMNS]
        body, mimetype = as_workbook(HEADINGS, [row], explained), _XLSX
    else:
        raise NotFound
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="plekken.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/<token>")
@requires(Permission.OPPORTUNITY_MANAGE)
def ask_confirm(token: str) -> ResponseReturnValue:
    """Show what is going to be added, and ask whether that is right."""
    found = importing.kept(token, actor=signed_in(), now=clock.now())
    sites = {site.id: f"{site.name}, {site.place}" for site in sites_of_member(signed_in().id)}
    return render_template(
        "importing/confirm.html",
        found=found,
        flagged=importing.flagged(found),
        rows=[
            {
                "title": row["title"],
                "site": sites.get(row["site_id"], ""),
                "row": row["row"],
                "closes_on": row["closes_on"],
            }
            for row in found.rows[:SHOWN]
        ],
        more=max(0, len(found.rows) - SHOWN),
    )


@blueprint.post("/<token>")
@requires(Permission.OPPORTUNITY_MANAGE)
def confirm(token: str) -> ResponseReturnValue:
    """Add all of it; again adds nothing."""
    publish = request.form.get("action") == "publish"
    try:
        with transaction():
            number, now_done = importing.put_in(
                token, publish=publish, actor=signed_in(), now=clock.now()
            )
    except Invalid as error:
        flash(error.message or _("Dit kan zo niet online. Kies eerst voor concept."), "warning")
        return redirect(url_for("importing.ask_confirm", token=token), HTTPStatus.SEE_OTHER)
    if not now_done:
        flash(_("Deze plekken stonden er al. We hebben niets dubbel geplaatst."), "info")
    elif publish:
        flash(
            ngettext("%(num)s plek staat online.", "%(num)s plekken staan online.", number),
            "success",
        )
    else:
        flash(
            ngettext(
                "%(num)s plek staat klaar als concept.",
                "%(num)s plekken staan klaar als concept.",
                number,
            ),
            "success",
        )
    return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)


def _next_day() -> str:
    return (clock.local_date(clock.now()) + timedelta(days=30)).strftime("%d-%m-%Y")


def _page(
    form: UploadForm, status: HTTPStatus = HTTPStatus.OK, *, looked: Looked | None = None
) -> ResponseReturnValue:
    errors = looked.errors if looked else []
    page = render_template(
        "importing/index.html",
        form=form,
        columns=COLUMNS,
        errors=[
            {"row": one.row, "column": one.column, "message": one.message} for one in errors[:SHOWN]
        ],
        wrong_rows=len({one.row for one in errors}),
        more=max(0, len(errors) - SHOWN),
        total=len(looked.rows) if looked else 0,
        can_post=bool(sites_of_member(signed_in().id)),
    )
    return page, status

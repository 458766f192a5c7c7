"""What can be learnt in the region: the catalogue, and a page for each activity."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.learning.forms import LearningForm
from portal.learning.views import activity_page, find, grouped
from portal.paging import paginate, wanted_page
from portal.permissions import public

PAGE = 20
blueprint = Blueprint("learning", __name__, url_prefix="/leren")


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """Show what can be learnt, by words and form."""
    form = LearningForm(formdata=request.args)
    good = form.validate()
    found = find(form.q.data, form.form.data) if good else []
    chosen: dict[str, Any] = {field.name: field.data for field in form if field.data}
    pages = paginate(
        len(found),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: url_for("learning.index", **chosen, page=number if number > 1 else None),
    )
    page = render_template(
        "learning/index.html",
        filters=form,
        q=form.q.data,
        groups=grouped(found[pages.offset : pages.offset + PAGE]),
        total=pages.total,
        pages=pages,
    )
    return page, HTTPStatus.OK if good else HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/<id>")
@public
def show(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one learning activity."""
    activity = activity_page(id)
    if activity is None:
        raise NotFound
    came_from = urlsplit(request.referrer or "")
    back = url_for("learning.index")
    if came_from.netloc == request.host and came_from.path == back and came_from.query:
        back = f"{back}?{came_from.query}"
    return render_template("learning/show.html", activity=activity, back_url=back)

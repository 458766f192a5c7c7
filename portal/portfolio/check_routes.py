"""Checking evidence by a person: register numbers, diplomas, papers."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import RoleName
from portal.errors import Conflict
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.portfolio import check_queries as queries
from portal.portfolio import check_service as service
from portal.portfolio.check_forms import CheckForm
from portal.portfolio.check_words import guide
from portal.portfolio.kinds import CheckResult
from portal.portfolio.models import EvidenceItem
from portal.portfolio.validation_words import competence_label
from portal.portfolio.views import EvidenceLine, evidence_line
from portal.transaction import transaction

blueprint = Blueprint("checks", __name__, url_prefix="/bewijs")
_PAGE, _DONE = 20, 10


@blueprint.get("")
@requires(Permission.EVIDENCE_CHECK)
def index() -> ResponseReturnValue:
    """Show what waits for a look, the oldest first, and what this person did last."""
    user, today = signed_in(), clock.local_date(clock.now())
    total = queries.count_waiting(user)
    pages = paginate(
        total,
        wanted_page(request.args.get("page")),
        size=_PAGE,
        url=lambda number: url_for("checks.index", page=number if number > 1 else None),
    )
    found = queries.waiting(user, limit=_PAGE, offset=pages.offset) if total else []
    return render_template(
        "portfolio/check_index.html",
        rows=[
            {
                "what": _title(item, line),
                "url": url_for("checks.show", evidence_id=item.id),
                "who": _name(item),
                "age": (today - clock.local_date(item.check_asked_at)).days,
                "left": None,
                "action": _("Kijk na"),
            }
            for item, line in _lines(found)
            if item.check_asked_at
        ],
        pages=pages,
        done=[
            (item, line, _title(item, line), _name(item))
            for item, line in _lines(queries.checked_by(user, limit=_DONE))
        ],
        everybody=user.has(RoleName.COORDINATOR),
    )


@blueprint.get("/<int:evidence_id>")
@requires(Permission.EVIDENCE_CHECK)
def show(evidence_id: int) -> ResponseReturnValue:
    """Show what to look at, with the form for what was found."""
    item = service.find(evidence_id, signed_in())
    form = CheckForm(
        formdata=None,
        guide=guide(item),
        data={
            "version": str(item.version),
            "result": item.check_result,
            "note": item.check_note,
        },
    )
    return _page(item, form)


@blueprint.post("/<int:evidence_id>")
@requires(Permission.EVIDENCE_CHECK)
def save(evidence_id: int) -> ResponseReturnValue:
    """Keep what was found."""
    item = service.find(evidence_id, signed_in())
    form = CheckForm(guide=guide(item))
    if not form.validate():
        return _page(item, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = CheckResult(form.result.data)
    try:
        with transaction():
            service.check(
                evidence_id,
                result,
                note=form.note.data,
                version=form.seen,
                actor=signed_in(),
                now=clock.now(),
            )
    except Conflict as error:
        # Who was first is told by `find`; else the form comes back with what stands there now.
        latest = service.find(evidence_id, signed_in())
        flash(error.message or "", "warning")
        form.made_from(latest)
        return _page(latest, form, HTTPStatus.CONFLICT)
    flash(
        _("Nagekeken. De kandidaat krijgt een mail.")
        if result is CheckResult.CONFIRMED
        else _("Bewaard. De kandidaat krijgt een mail met wat er mist."),
        "success",
    )
    return redirect(url_for("checks.index"), HTTPStatus.SEE_OTHER)


def _lines(items: list[EvidenceItem]) -> list[tuple[EvidenceItem, EvidenceLine]]:
    today = clock.local_date(clock.now())
    return [(item, evidence_line(item, today)) for item in items]


def _title(item: EvidenceItem, line: EvidenceLine) -> str:
    return line.kind if line.kind == item.title else f"{line.kind}: {item.title}"


def _name(item: EvidenceItem) -> str:
    return item.candidate.user.name or item.candidate.code


def _page(
    item: EvidenceItem, form: CheckForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    ((_same, line),) = _lines([item])
    page = render_template(
        "portfolio/check_show.html",
        item=item,
        line=line,
        title=_title(item, line),
        name=_name(item),
        guide=guide(item),
        competences=[competence_label(one) for one in item.competences],
        form=form,
    )
    return page, status
